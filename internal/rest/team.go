package rest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"debrief/internal/practice"
	"debrief/internal/words"
)

// TeamBody is how a team works, as somebody sets it.
type TeamBody struct {
	Name       string        `json:"name,omitempty" at:"team" example:"Saturday crew"`
	Pack       string        `json:"pack,omitempty" example:"operations"`
	Emergency  string        `json:"emergency,omitempty" example:"The duty phone"`
	CycleDays  int           `json:"cycle_days,omitempty" at:"cycle" example:"14"`
	WorkHours  int           `json:"work_hours,omitempty" at:"hours" example:"38"`
	CycleStart time.Time     `json:"cycle_start,omitempty"`          // of a new team
	NextCycle  time.Time     `json:"next_cycle,omitempty" at:"next"` // of one that is there
	Groups     []string      `json:"groups,omitempty" example:"[\"Customers\",\"Neighbours\"]"`
	Triggers   []TriggerBody `json:"triggers,omitempty"`
	Phrases    *string       `json:"phrases,omitempty" doc:"the team's own list of what is remarked on while somebody writes; left out, it stays" example:"[left alone]\nneglected children"`
}

// TriggerBody is a sentence written in advance: what makes a failure
// significant.
type TriggerBody struct {
	Kind practice.TriggerKind `json:"kind,omitempty"`
	Text string               `json:"text,omitempty" example:"Somebody was hurt"`
}

func (b TeamBody) team() practice.Team {
	t := practice.Team{Name: b.Name, Pack: b.Pack, Emergency: b.Emergency, CycleDays: b.CycleDays, WorkHours: b.WorkHours, CycleStartAt: b.CycleStart, CycleEndAt: b.NextCycle}
	for _, g := range b.Groups {
		t.Groups = append(t.Groups, practice.Group{Name: g})
	}
	for _, g := range b.Triggers {
		t.Triggers = append(t.Triggers, practice.Trigger{Kind: g.Kind, Text: g.Text})
	}
	return t
}

// begun is a new team: what was not said it takes from its pack.
func (b TeamBody) begun(pack *words.Pack) practice.Team {
	b.Pack = pack.ID
	if b.CycleDays == 0 {
		b.CycleDays = pack.CycleDays
	}
	if b.Groups == nil {
		b.Groups = pack.Groups
	}
	if b.Triggers == nil {
		b.Triggers = slices.Concat(triggers(practice.TriggerHarm, pack.Harms), triggers(practice.TriggerNearMiss, pack.NearMisses))
	}
	return b.team()
}

func triggers(kind practice.TriggerKind, texts []string) []TriggerBody {
	return shown(texts, func(text string) TriggerBody { return TriggerBody{kind, text} })
}

type teamView struct {
	ID         practice.TeamID `json:"id"`
	Name       string          `json:"name"`
	Pack       string          `json:"pack"`
	Emergency  string          `json:"emergency,omitempty"`
	CycleDays  int             `json:"cycle_days"`
	WorkHours  int             `json:"work_hours,omitempty"`
	CycleStart time.Time       `json:"cycle_start,omitzero"`
	NextCycle  time.Time       `json:"next_cycle,omitzero"`
	EarlyWhy   string          `json:"early_why,omitempty"`
	Groups     []groupView     `json:"groups"`
	Triggers   []triggerView   `json:"triggers"`
	Phrases    string          `json:"phrases,omitempty"`
}

func (t teamView) etag() string { return fingerprint(t) }

type groupView struct {
	ID   practice.GroupID `json:"id"`
	Name string           `json:"name"`
	Gone bool             `json:"gone,omitempty"` // not offered any more
}

type triggerView struct {
	Kind practice.TriggerKind `json:"kind"`
	Text string               `json:"text"`
}

func showTeam(t practice.Team) teamView {
	return teamView{t.ID, t.Name, t.Pack, t.Emergency, t.CycleDays, t.WorkHours, t.CycleStartAt, t.CycleEndAt, t.EarlyWhy,
		shown(t.Groups, func(g practice.Group) groupView { return groupView(g) }),
		shown(t.Triggers, func(g practice.Trigger) triggerView { return triggerView(g) }), t.Phrases}
}

// fingerprint is the version of what has no number of its own: it is the same
// as long as the thing says the same.
func fingerprint(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return "" // what we show can always be written
	}
	sum := sha256.Sum256(text)
	return `"` + hex.EncodeToString(sum[:8]) + `"`
}

type newTeam struct {
	Body struct {
		TeamBody
		Why string `json:"why,omitempty" example:"They share our night shift."`
	}
}

type editedTeam struct {
	One
	Edited
	Body TeamBody
}

// teams is the table of teams.
func (s *Rest) teams() {
	person(s, get("/teams"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[teamView], error) {
		list, err := s.App.Teams(ctx, actor)
		if err != nil {
			return page[teamView]{}, err
		}
		return pageOf(*in, list, func(t practice.Team) practice.TeamID { return t.ID }, showTeam)
	})
	person(s, create("/teams"), func(ctx context.Context, actor practice.Actor, in *newTeam) (teamView, error) {
		t := in.Body.begun(s.Words.Pack(in.Body.Pack))
		t.EarlyWhy = in.Body.Why
		made, err := s.App.AddTeam(ctx, actor, t)
		return showTeam(made), err
	})
	person(s, get("/teams/{id}"), func(ctx context.Context, actor practice.Actor, in *One) (teamView, error) {
		t, err := s.App.Team(ctx, actor, practice.TeamID(in.ID))
		return showTeam(t), err
	})
	person(s, put("/teams/{id}"), func(ctx context.Context, actor practice.Actor, in *editedTeam) (teamView, error) {
		t, err := s.App.EditTeam(ctx, actor, practice.TeamID(in.ID), func(was practice.Team) (practice.Team, error) {
			t := in.Body.team()
			t.Pack, t.Words, t.Phrases = s.Words.Pack(t.Pack).ID, was.Words, was.Phrases
			if in.Body.Phrases != nil {
				t.Phrases = *in.Body.Phrases
			}
			return t, in.over(showTeam(was))
		})
		return showTeam(t), err
	})
}
