package app

import (
	"debrief/internal/practice"
	"debrief/internal/store"
)

// exportProposals writes what was proposed to those who change a procedure, but for what is
// restricted, practised or of a room that has not closed.
func exportProposals(tx *store.Tx, take func(Exported) error) error {
	procedures, err := tx.Procedures()
	if err != nil {
		return err
	}
	not, err := withheld(tx, "")
	if err != nil {
		return err
	}
	for _, p := range procedures {
		all, err := tx.ProposedTo(p.ID)
		if err != nil {
			return err
		}
		for _, one := range all {
			line, err := proposedLine(tx, one, not)
			if err != nil {
				return err
			}
			if line == nil {
				continue
			}
			if err := take(Exported{File: "proposals.jsonl", Line: line}); err != nil {
				return err
			}
		}
	}
	return nil
}

// proposedLine is one proposal; nil for one that is left out.
func proposedLine(tx *store.Tx, one practice.Proposed, not map[string]bool) (map[string]any, error) {
	by, err := memberOrNobody(tx, one.By)
	if err != nil {
		return nil, err
	}
	c := one.Change
	line := map[string]any{"id": string(one.ID), "procedure": string(c.Procedure), "step": string(c.Step), "act": c.Act, "text": c.Text, "rest": c.Rest,
		"to": string(c.To), "adds_check_on": c.Checked, "reason": c.Reason, "source": c.Source, "from": day(c.From), "by": by.Name, "at": day(one.At),
		"state": one.State, "why": one.Why, "ended_at": day(one.EndAt), "version": one.Revision}
	if one.Gap == "" {
		return line, nil
	}
	g, err := tx.Gap(one.Gap)
	if err != nil {
		return nil, err
	}
	r, err := tx.Review(g.Review)
	if err != nil {
		return nil, err
	}
	f, err := tx.Failure(r.Failure)
	if err != nil || f.Drill || not[string(f.ID)] || r.ClosedAt.IsZero() {
		return nil, err
	}
	line["gap"], line["failure"] = string(one.Gap), string(f.ID)
	return line, nil
}
