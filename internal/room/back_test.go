package room_test

import (
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// prevented lets a review of the same failure have changed something: a safeguard, so
// long before this one was noticed. It returns the gap behind it.
func (s *stage) prevented(before time.Duration, tie practice.TieKind, restricted bool) (gap practice.Gap) {
	s.t.Helper()
	now := s.look(0).Failure
	s.update(func(tx *store.Tx) error {
		f := practice.Failure{ID: practice.FailureID(tx.NewID("flr")), Team: s.team, Title: "Nobody signed", Text: "Nobody signed",
			Stage: practice.StageAfter, RecognisedAt: now.RecognisedAt.Add(-before - time.Hour), Source: practice.SourceReport, Standing: practice.Changed}
		if restricted {
			f.Only = s.people[:1]
		}
		f, err := tx.AddFailure(f)
		if err != nil {
			return err
		}
		at := now.RecognisedAt.Add(-before)
		r := practice.Review{ID: practice.ReviewID(tx.NewID("rev")), Failure: f.ID, Form: practice.FormLive, Lead: s.people[0], MeetAt: at, Box: practice.DefaultBox,
			Phase: practice.PhaseClosed, StartedAt: at, ClosedAt: at}
		guard := practice.Safeguard{ID: practice.SafeguardID(tx.NewID("sfg")), Team: s.team, Link: "https://elsewhere.example", Text: "two pens", At: at}
		gap = practice.Gap{ID: practice.GapID(tx.NewID("gap")), Review: r.ID, Intended: "50", Actual: "0", Where: "door", Taken: true, Verdict: practice.Avoidable,
			Route: practice.Route{Kind: practice.RouteSafeguard, To: string(guard.ID)}}
		for _, err := range []error{tx.AddReview(r, s.people[:1]), tx.AddSafeguard(guard), tx.AddGap(gap),
			tx.AddScar(practice.Scar{ID: practice.ScarID(tx.NewID("scr")), Safeguard: guard.ID, Failure: f.ID, Gap: gap.ID, At: at})} {
			if err != nil {
				return err
			}
		}
		if tie == "" {
			return nil
		}
		return tx.AddTie(practice.Tie{ID: practice.LinkID(tx.NewID("lnk")), A: now.ID, B: f.ID, Kind: tie, At: tx.Now()})
	})
	return gap
}

// When a failure comes back, question one has what was meant to prevent it in hand; not
// what was put there later, was for something else, or is for other eyes.
func TestQuestion_whatWasMeantToPreventIt(t *testing.T) {
	for name, c := range map[string]struct {
		before     time.Duration
		tie        practice.TieKind
		restricted bool
		want       int
	}{"the same": {40 * 24 * time.Hour, practice.TieSame, false, 1}, "later": {-time.Hour, practice.TieSame, false, 0},
		"something else": {time.Hour, "", false, 0}, "restricted": {time.Hour, practice.TieSame, true, 0}} {
		t.Run(name, func(t *testing.T) {
			s := onSQLite(t, 3).come(2)
			s.byLink("Noor")
			gap := s.prevented(c.before, c.tie, c.restricted)
			s.move(0)
			q := s.question(0, practice.PhaseIntended)
			if len(q.Before) != c.want {
				t.Fatalf("in hand is %+v", q.Before)
			}
			if by := s.question(2, practice.PhaseIntended); len(by.Before) != 0 {
				t.Errorf("whoever came by a link reads %+v", by.Before)
			}
			if c.want == 0 {
				return
			}
			if m := q.Before[0]; m.Safeguard.Text != "two pens" || len(m.Scars) != 1 || !m.Scars[0].UsedAt.IsZero() || m.Use.Round != 0 {
				t.Errorf("before anybody was asked: %+v", m)
			}
			check := practice.UseCheck{Review: gap.Review, Round: 1, Tally: practice.UseTally{Yes: 2}, SaidAt: s.clock.Now().Truncate(24 * time.Hour)}
			s.update(func(tx *store.Tx) error {
				if err := tx.SaveUseCheck(check); err != nil {
					return err
				}
				return tx.MarkUsed(check)
			})
			if m := s.question(1, practice.PhaseIntended).Before[0]; !m.Scars[0].UsedAt.Equal(check.SaidAt) || !m.Use.Tally.InUse() {
				t.Errorf("once it is in use: %+v", m)
			}
			s.all(practice.PhaseIntended)
			s.agree(practice.PhaseIntended, "Fifty.")
			if q := s.question(0, practice.PhaseHappened); len(q.Before) != 0 {
				t.Errorf("with question two: %+v", q.Before)
			}
		})
	}
}
