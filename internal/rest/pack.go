package rest

import (
	"context"

	"debrief/internal/practice"
	"debrief/internal/words"
)

// packView is how one kind of organisation speaks, and what it is offered.
type packView struct {
	ID             string        `json:"id"`
	Name           string        `json:"name"`
	For            string        `json:"for"`
	About          string        `json:"about"`
	Words          wordsView     `json:"words"`
	Questions      [4]string     `json:"questions"`
	Triggers       []TriggerBody `json:"triggers"`
	Groups         []string      `json:"groups"`
	Places         []string      `json:"places"`
	FirstProcedure string        `json:"first_procedure"`
	FirstStep      string        `json:"first_step"`
	RetentionDays  int           `json:"retention_days"`
	CycleDays      int           `json:"cycle_days"`
}

// wordsView is what a team calls the nouns of the loop.
type wordsView map[string]string

func showPack(p *words.Pack) packView {
	return packView{p.ID, p.Name, p.Line, p.About, p.Concepts(), p.Questions,
		append(triggers(practice.TriggerHarm, p.Harms), triggers(practice.TriggerNearMiss, p.NearMisses)...),
		some(p.Groups), some(p.Places), p.FirstProcedure, p.FirstStep, p.RetentionDays, p.CycleDays}
}

// packs is the table of words that teams choose from.
func (s *Rest) packs() {
	person(s, get("/packs"), func(_ context.Context, _ practice.Actor, in *Paging) (page[packView], error) {
		return pageOf(*in, s.Words.Packs, func(p *words.Pack) string { return p.ID }, showPack)
	})
	person(s, get("/packs/{id}"), func(_ context.Context, _ practice.Actor, in *One) (packView, error) {
		for _, p := range s.Words.Packs {
			if p.ID == in.ID {
				return showPack(p), nil
			}
		}
		return packView{}, practice.ErrNotFound
	})
}
