package room

import (
	"cmp"
	"errors"
	"slices"

	"debrief/internal/practice"
)

// Before is a step or safeguard that was to prevent what a room is about: somebody said
// so, or it was changed because the same had been reported before.
type Before struct {
	Procedure practice.Procedure
	Step      practice.ProcedureStep
	Safeguard practice.Safeguard
	Scars     []practice.Scar   // of the same failures; none where somebody said so
	Use       practice.UseCheck // what was last said of its use
}

// mostMeant is how many of them a room has in hand.
const mostMeant = 3

// readMeant puts what was meant to prevent this beside question one, what was changed
// last first. Whoever came by a link is told nothing of earlier failures.
func (v *visit) readMeant(q *Question) error {
	if q.Asked != practice.PhaseIntended || q.ByLink {
		return nil
	}
	earlier, err := v.sameBefore(q.Failure)
	if err != nil {
		return err
	}
	for _, s := range earlier {
		i := slices.IndexFunc(q.Before, func(m Before) bool {
			return s.Step != "" && m.Step.ID == s.Step || s.Safeguard != "" && m.Safeguard.ID == s.Safeguard
		})
		if i >= 0 {
			q.Before[i].Scars = append(q.Before[i].Scars, s)
			continue
		}
		if err := v.meant(q, s); err != nil {
			return err
		}
	}
	if step := q.Failure.Step; step != "" && !slices.ContainsFunc(q.Before, func(m Before) bool { return m.Step.ID == step }) {
		return v.meant(q, practice.Scar{Step: step})
	}
	return nil
}

// sameBefore are the scars of what people said was the same, and which were there when
// it came back, the last first.
func (v *visit) sameBefore(f practice.Failure) ([]practice.Scar, error) {
	apart, err := v.tx.Withheld("")
	if err != nil {
		return nil, err
	}
	var closed []practice.FailureID
	for _, id := range apart {
		if id != string(f.ID) {
			closed = append(closed, practice.FailureID(id))
		}
	}
	ids, err := v.tx.Territory(f.ID, closed)
	if err != nil {
		return nil, err
	}
	scars, err := v.tx.ScarsFrom(slices.DeleteFunc(ids, func(id practice.FailureID) bool { return id == f.ID }))
	scars = slices.DeleteFunc(scars, func(s practice.Scar) bool { return s.At.After(f.RecognisedAt) })
	slices.SortStableFunc(scars, func(a, b practice.Scar) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) })
	return scars, err
}

// meant reads one of them, if it is still there.
func (v *visit) meant(q *Question, s practice.Scar) (err error) {
	if len(q.Before) >= mostMeant {
		return nil
	}
	m := Before{}
	if s.Safeguard != "" {
		m.Safeguard, err = v.tx.Safeguard(s.Safeguard)
	} else if m.Step, err = v.tx.Step(s.Step); err == nil {
		if m.Step.Retired > 0 {
			return nil
		}
		m.Procedure, err = v.tx.Procedure(m.Step.Procedure)
	}
	if err != nil {
		return err
	}
	if s.Gap != "" {
		m.Scars = []practice.Scar{s}
		g, err := v.tx.Gap(s.Gap)
		if err != nil {
			return err
		}
		if m.Use, err = v.tx.UseCheck(g.Review); err != nil && !errors.Is(err, practice.ErrNotFound) {
			return err
		}
		m.Use.Asked = nil
	}
	q.Before = append(q.Before, m)
	return nil
}
