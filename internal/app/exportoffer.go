package app

import (
	"debrief/internal/practice"
	"debrief/internal/store"
)

// exportOffers writes what teams offered each other and what came of it, but for what is
// restricted to named people.
func exportOffers(tx *store.Tx, take func(Exported) error) error {
	teams, err := tx.Teams()
	if err != nil {
		return err
	}
	not, err := withheld(tx, "")
	if err != nil {
		return err
	}
	var ids []practice.TeamID
	for _, t := range teams {
		ids = append(ids, t.ID)
	}
	all, err := tx.OffersOf(ids)
	if err != nil {
		return err
	}
	for _, o := range all {
		if not[string(o.Failure)] {
			continue
		}
		err := take(Exported{File: "offers.jsonl", Line: map[string]any{"id": string(o.ID), "about": o.About, "failure": string(o.Failure), "team": o.From, "to": o.To,
			"words": o.Words, "why": o.Why, "at": day(o.At), "state": o.State, "said": o.Said, "reason": o.Reason, "ended_at": day(o.EndAt),
			"step": string(o.Step), "version": o.Revision, "proposal": string(o.Proposal)}})
		if err != nil {
			return err
		}
	}
	return nil
}
