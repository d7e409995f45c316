package app_test

import (
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// placed lets three failures change a core step, which two groups are asked about.
func (w *asking) placed() practice.GapID {
	w.Helper()
	ctx, step := w.Context(), w.line(1).ID
	is(w.T, "core", w.MarkStep(ctx, w.steward, w.of.ID, practice.CoreMark{Step: step, Core: true, Why: "Fire."}), "")
	var gaps []practice.GapID
	for i, text := range []string{"A", "B", "C"} {
		is(w.T, text, w.s.Update(ctx, func(tx *store.Tx) error {
			g, err := storetest.Spoken(tx, step, "", tx.Now().AddDate(0, 0, -9+i), text)
			gaps = append(gaps, g)
			return err
		}), "")
	}
	_, err := w.PlaceCoreChange(ctx, w.steward, w.of.ID, step, gaps[2], w.of.Revision)
	is(w.T, "place", err, "")
	return gaps[2]
}

// What groups agree on has a day on which it comes back, and is then kept or put back like
// every other provisional change. Nothing becomes of it by itself.
func TestConsent_whatIsAgreedComesBack(t *testing.T) {
	onAsking(t, func(w *asking) {
		ctx := w.Context()
		team, err := w.App.Team(ctx, w.steward, w.of.Team)
		is(t, "team", err, "")
		gap := w.placed()
		w.say(gap, practice.SpokePresent, -1, "It stood on all night.")
		w.say(gap, practice.SpokeSafe, 0, "")
		if r := w.round(gap); !r.Trial.Until.IsZero() {
			t.Errorf("a day before every group has agreed: %s", r.Trial.Until)
		}
		w.say(gap, practice.SpokeSafe, 1, "")
		r := w.round(gap)
		if r.End != practice.ConsentPassed || !r.Trial.Runs() || r.Trial.Waits() || !r.Trial.Until.After(w.clock.Now().AddDate(0, 0, 1)) ||
			r.Trial.Until.After(w.clock.Now().AddDate(0, 0, 2*team.CycleDays+4)) {
			t.Fatalf("agreed: %s, %+v", r.End, r.Trial)
		}
		asks := func() []app.Tried {
			h, err := w.Home(ctx, w.steward)
			is(t, "home", err, "")
			return h.Trials
		}
		is(t, "kept before its day", w.KeepTrial(ctx, w.steward, gap, 0, "We like it."), "trial.early")
		if all := asks(); len(all) != 0 {
			t.Errorf("asked before its day: %+v", all)
		}
		w.clock.Pass(r.Trial.Until.Sub(w.clock.Now()))
		if all := asks(); len(all) != 1 || all[0].Ask != practice.TrialOver {
			t.Errorf("on its day: %+v", all)
		}
		w.clock.Pass(400 * 24 * time.Hour)
		if l := w.line(1); l.Text != "C" || !l.Trial.Runs() {
			t.Errorf("something became of it by itself: %q, %+v", l.Text, l.Trial)
		}
		is(t, "no reason", w.KeepTrial(ctx, w.steward, gap, 0, " "), "trial.why")
		is(t, "kept", w.KeepTrial(ctx, w.steward, gap, 0, "It holds."), "")
		if r := w.round(gap); r.Trial.Runs() || !r.Trial.Kept {
			t.Errorf("kept: %+v", r.Trial)
		}
	})
}

// A shorter time that was agreed is the day on which it comes back, and it can be put back.
func TestConsent_whatIsAgreedForLessTime(t *testing.T) {
	onAsking(t, func(w *asking) {
		gap := w.placed()
		w.say(gap, practice.SpokePresent, -1, "It stood on all night.")
		w.say(gap, practice.SpokeHarm, 0, "It hurts us.")
		is(t, "shorter", w.SayInConsent(w.Context(), w.steward, gap,
			app.Statement{Kind: practice.SpokeIntegrate, How: practice.IntegrateShorten, Text: "Two days are enough.", Days: 2}), "")
		w.say(gap, practice.SpokeSafe, 0, "")
		w.say(gap, practice.SpokeSafe, 1, "")
		if r := w.round(gap); r.End != practice.ConsentPassed || !r.Trial.Until.Equal(w.clock.Now().AddDate(0, 0, 2)) {
			t.Errorf("for two days: %s, until %s", r.End, r.Trial.Until)
		}
		w.clock.Pass(49 * time.Hour)
		is(t, "put back", w.PutBack(w.Context(), w.steward, gap, "It did not help."), "")
		if l := w.line(1); l.Text == "C" || l.Trial.Runs() {
			t.Errorf("put back: %q, %+v", l.Text, l.Trial)
		}
	})
}
