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

// Why it may fail is shown once everybody reads what gaps people see, and the room
// says which came true.
func TestProve(t *testing.T) {
	s := onSQLite(t, 2).come(2)
	s.before(time.Minute)
	s.move(0)
	s.all(practice.PhaseIntended)
	s.agree(practice.PhaseIntended, "Fifty names by noon.")
	s.all(practice.PhaseHappened)
	s.agree(practice.PhaseHappened, "Twelve.")
	s.must(s.write(0, practice.PhaseGap, "one"))
	if q := s.question(0, practice.PhaseGap); q.Plan.ID == "" || len(q.Plan.Reasons) > 0 {
		t.Errorf("while people write: %+v", q.Plan)
	}
	s.refused(s.rooms.Prove(s.ctx(), s.seats[0], 0, true), "question.order")
	s.must(s.write(1, practice.PhaseGap, "two"))
	s.must(s.rooms.Prove(s.ctx(), s.seats[0], 1, true))
	s.must(s.rooms.Prove(s.ctx(), s.seats[1], 1, true))
	s.refused(s.rooms.Prove(s.ctx(), s.seats[0], 2, true), "not.found")
	if q := s.question(1, practice.PhaseGap); len(q.Plan.Reasons) != 2 || q.Review.CameTrue != 2 {
		t.Errorf("open: %+v, %v", q.Plan, q.Review.CameTrue)
	}
	s.must(s.rooms.Prove(s.ctx(), s.seats[1], 1, false))
	if came := s.look(0).Review.CameTrue; came != 0 {
		t.Errorf("taken back: %v", came)
	}
}
