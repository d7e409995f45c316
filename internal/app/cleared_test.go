package app_test

import (
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// practised clears the failure behind a change as practice.
func (w *asking) practised(gap practice.GapID) {
	w.Helper()
	is(w.T, "clear", w.s.Update(w.Context(), func(tx *store.Tx) error {
		g, err := tx.Gap(gap)
		if err != nil {
			return err
		}
		r, err := tx.Review(g.Review)
		if err != nil {
			return err
		}
		_, err = tx.ClearDrill(r.Failure)
		return err
	}), "")
}

// What was practised took the place of a trial that nobody had kept: once it is cleared away,
// that one is on trial again, and its groups are asked about the words that stand.
func TestClearDrill_reopensWhatWasReplaced(t *testing.T) {
	onAsking(t, func(w *asking) {
		first := w.try(1, "FIRST")
		w.say(first, practice.SpokePresent, -1, "It stood on all night.")
		w.say(first, practice.SpokeSafe, 1, "")
		second := w.try(1, "SECOND")
		if r := w.round(first); r.Trial.Runs() || r.End != practice.ConsentReplaced {
			t.Fatalf("not replaced: %+v", r.Trial)
		}
		w.clock.Pass(48 * time.Hour)
		w.practised(second)
		r, l := w.round(first), w.line(1)
		if !r.Trial.Runs() || r.Trial.Kept || l.Trial.Gap != first || l.Text != "SECOND" {
			t.Errorf("%q, trial %+v", l.Text, r.Trial)
		}
		if !r.Runs() || r.Groups[0].Says != "" || r.Groups[1].Says != "" || r.Text().Text != "SECOND" {
			t.Errorf("they are asked about %+v: %+v", r.Text(), r.Groups)
		}
	})
}

// What came after the practice stands: the first trial counts again only once that is gone, too.
func TestClearDrill_leavesWhatCameAfter(t *testing.T) {
	onAsking(t, func(w *asking) {
		is(t, "nobody", w.SaveAuthority(w.Context(), w.steward, practice.Authority{Procedure: w.of.ID}), "")
		first, second := w.try(1, "FIRST"), w.try(1, "SECOND")
		third := w.try(1, "THIRD")
		w.practised(second)
		if l := w.line(1); l.Trial.Gap != third || l.Text != "THIRD" {
			t.Errorf("after the practice is cleared: %q, %+v", l.Text, l.Trial)
		}
		w.practised(third)
		if l := w.line(1); l.Trial.Gap != first || !l.Trial.Runs() {
			t.Errorf("nothing took its place any more: %+v", l.Trial)
		}
		w.practised(first)
		if l := w.line(1); l.Trial.Runs() {
			t.Errorf("what was itself practised runs: %+v", l.Trial)
		}
	})
}
