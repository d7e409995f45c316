package app_test

import (
	"errors"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// later opens the database again, at another time.
func later(t *testing.T, address string, days int) *store.Store {
	t.Helper()
	at := time.Now().AddDate(0, 0, days)
	return storetest.Open(t, address, func(o *store.Options) { o.Now = func() time.Time { return at } })
}

func TestDisposeAnswers_whenTheirTimeIsOver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := storetest.Open(t, address)
		a := app.New(app.Options{Store: s, Index: recall.New()})
		is(t, "before anybody set up", a.DisposeAnswers(t.Context()), "")
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		amal := add(t, a, steward, "Amal")
		r := closedReview(t, s, amal, steward.Member, steward.Member)
		answers := func() (n int) {
			rec, err := a.Record(t.Context(), amal, 1)
			is(t, "read", err, "")
			if len(rec.Texts) != 1 || len(rec.Gaps) != 1 {
				t.Errorf("of what was agreed is left: %+v", rec)
			}
			return len(rec.Answers)
		}
		for _, day := range []struct{ after, want int }{{89, 1}, {91, 1}, {92, 0}, {93, 0}} {
			late := app.New(app.Options{Store: later(t, address, day.after), Index: recall.New()})
			switch day.after {
			case 91:
				is(t, "a member holds", late.HoldAnswers(t.Context(), amal, 1, "a court asked"), "not.yours")
				is(t, "without a reason", late.HoldAnswers(t.Context(), steward, 1, " "), "hold.why")
				is(t, "hold", late.HoldAnswers(t.Context(), steward, 1, "a court asked"), "")
			case 92:
				is(t, "end the hold", late.HoldAnswers(t.Context(), steward, 1, ""), "")
			}
			is(t, "dispose", late.DisposeAnswers(t.Context()), "")
			if got := answers(); got != day.want {
				t.Errorf("after %d days there are %d answers, want %d", day.after, got, day.want)
			}
		}
		if got := notices(t, s, amal.Member); len(got) != 2 || got[0] != "notice.released" || got[1] != "notice.held" {
			t.Errorf("who took part reads %v", got)
		}
		err = s.View(t.Context(), func(tx *store.Tx) error {
			gone, err := tx.Disposals()
			if len(gone) != 1 || gone[0].Count != 1 || gone[0].Class != "answers" || gone[0].Day.IsZero() || gone[0].Day != gone[0].Day.Truncate(24*time.Hour) {
				t.Errorf("the log of disposals says %+v", gone)
			}
			left, err2 := tx.Answers(r.ID, practice.PhaseHappened)
			if len(left) != 0 {
				t.Errorf("%d answers are left", len(left))
			}
			return errors.Join(err, err2)
		})
		is(t, "look", err, "")
	})
}
