package app

import (
	"slices"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// exportAssumptions writes what is assumed, how that was tested and what rests on it. What
// is restricted is not named, and of drafts of plans nobody hears.
func exportAssumptions(tx *store.Tx, take func(Exported) error) error {
	all, err := tx.Assumptions()
	if err != nil {
		return err
	}
	not, err := withheld(tx, "")
	if err != nil {
		return err
	}
	for _, a := range slices.Backward(all) {
		tests, err := exportTests(tx, a, not)
		if err != nil {
			return err
		}
		uses := []map[string]any{}
		for _, u := range a.Uses {
			if u.Plan != "" {
				p, err := tx.Plan(u.Plan)
				if err != nil {
					return err
				}
				if !p.Frozen() {
					continue
				}
			}
			uses = append(uses, map[string]any{"procedure": string(u.Procedure), "step": string(u.Step), "plan": string(u.Plan), "fine": u.Fine})
		}
		err = take(Exported{File: "assumptions.jsonl", Line: map[string]any{"id": string(a.ID), "number": a.Number, "team": a.Team, "text": a.Text,
			"state": a.State(), "limit": string(a.Limit), "registered_at": day(a.Day), "tests": tests, "uses": uses}})
		if err != nil {
			return err
		}
	}
	return nil
}

func exportTests(tx *store.Tx, a practice.Assumption, not map[string]bool) ([]map[string]any, error) {
	tests := []map[string]any{}
	for _, t := range a.Tests {
		gap := t.Gap
		if gap != "" {
			f, err := failureOfGap(tx, gap)
			if err != nil {
				return nil, err
			}
			if not[string(f.ID)] {
				gap = ""
			}
		}
		tests = append(tests, map[string]any{"state": t.State, "how": t.How, "gap": string(gap), "instead": string(t.Next), "day": day(t.Day)})
	}
	return tests, nil
}
