package room_test

import (
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// before gives the failure of a stage a plan that was frozen before it was noticed,
// or after it.
func (s *stage) before(noticed time.Duration) practice.Plan {
	s.t.Helper()
	f := s.look(0).Failure
	var p practice.Plan
	var err error
	s.update(func(tx *store.Tx) error {
		p = practice.Plan{ID: "pln_a", Team: f.Team, BegunAt: f.RecognisedAt.Add(-time.Hour), Reasons: []string{"It rained.", "Nobody looked."}}
		p, err = p.Write(practice.Intent{Title: "Leaflets", Aim: "Fifty names by noon.", Signals: []practice.Signal{{What: "Names"}}})
		if err == nil {
			p, err = p.Freeze(f.RecognisedAt.Add(-noticed))
		}
		if err == nil {
			p, err = p.Add("The van is late.", f.RecognisedAt)
		}
		if err == nil {
			p, err = tx.AddPlan(p)
		}
		if err == nil {
			err = tx.SetReasons(p.ID, p.Reasons)
		}
		f.Plan = p.ID
		if err == nil {
			err = tx.SaveFailure(f)
		}
		return err
	})
	return p
}

// Question one shows what was frozen before; without that, and where it was frozen
// only after the outcome, what people agree on is from memory.
func TestQuestion_withWhatWasIntended(t *testing.T) {
	for _, c := range []struct {
		name     string
		noticed  time.Duration // after it was frozen; 0: nothing was
		recalled bool
	}{{"frozen before", time.Minute, false}, {"frozen after", -time.Minute, true}, {"no plan", 0, true}} {
		t.Run(c.name, func(t *testing.T) {
			s := onSQLite(t, 2).come(2)
			if c.noticed != 0 {
				s.before(c.noticed)
			}
			s.move(0)
			ask := func(p practice.Phase) practice.AgreedText {
				q := s.question(0, p)
				if c.recalled != (q.Plan.ID == "") || !c.recalled && (q.Plan.Intent.Aim != "Fifty names by noon." || len(q.Plan.Added) != 1 || q.Plan.Reasons != nil) {
					t.Errorf("%s: beside it stands %+v", p, q.Plan)
				}
				return q.Text
			}
			if text := ask(practice.PhaseIntended); text.Recalled != c.recalled {
				t.Errorf("before it is agreed: %+v", text)
			}
			s.all(practice.PhaseIntended)
			s.agree(practice.PhaseIntended, "Fifty names by noon.")
			if text := ask(practice.PhaseIntended); text.Recalled != c.recalled || text.Text == "" {
				t.Errorf("agreed: %+v", text)
			}
			if text := ask(practice.PhaseHappened); text.Recalled {
				t.Errorf("what happened: %+v", text)
			}
		})
	}
}
