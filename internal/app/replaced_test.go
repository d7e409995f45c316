package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// asking is a team with a list whose changes two groups are asked about; Ben speaks for both.
type asking struct {
	*testing.T
	*app.App
	s                  *store.Store
	clock              *storetest.Clock
	steward, mate, ben practice.Actor
	of                 practice.Procedure
	groups             []practice.PartyID
}

// onAsking runs a test on each database.
func onAsking(t *testing.T, test func(w *asking)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, address string) { newAsking(t, address, test) })
}

func newAsking(t *testing.T, address string, test func(w *asking)) {
	t.Helper()
	clock := storetest.NewClock(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
	w := &asking{T: t, s: storetest.Open(t, address, clock.Option), clock: clock}
	w.App, w.steward = setUp(t, w.s)
	w.mate, w.ben, w.of = add(t, w.App, w.steward, "Mate"), add(t, w.App, w.steward, "Ben"), brought(t, w.App, w.steward)
	for _, name := range []string{"Drivers", "Neighbours"} {
		g, err := w.AddParty(t.Context(), w.steward, practice.Party{Name: name, Days: 3, Members: []practice.MemberID{w.ben.Member}})
		is(t, name, err, "")
		is(t, "voice", w.ChooseVoice(t.Context(), w.ben, g.ID, "Ben", practice.Voice{At: clock.Now().Add(-time.Hour), How: "We met."}), "")
		w.groups = append(w.groups, g.ID)
	}
	is(t, "asked", w.SaveAuthority(t.Context(), w.steward, practice.Authority{Procedure: w.of.ID, Asked: w.groups}), "")
	test(w)
}

// line is a step as it stands.
func (w *asking) line(n int) practice.ProcedureStep { return w.manual().Steps[n] }

func (w *asking) manual() app.Manual {
	w.Helper()
	m, err := w.Procedure(w.Context(), w.steward, w.of.Slug)
	is(w.T, "read", err, "")
	return m
}

// try lets a failure give a step other words, in the place of what is on trial there.
func (w *asking) try(n int, text string) (gap practice.GapID) {
	w.Helper()
	step := w.line(n).ID
	is(w.T, text, w.s.Update(w.Context(), func(tx *store.Tx) (err error) {
		gap, err = storetest.Tried(tx, step, tx.Now().AddDate(0, 0, -1), text, "")
		return err
	}), "")
	return gap
}

func (w *asking) say(gap practice.GapID, kind practice.SpokenKind, group int, text string) {
	w.Helper()
	s := app.Statement{Kind: kind, Text: text}
	who := w.steward
	if group >= 0 {
		s.Party, who = w.groups[group], w.ben
	}
	is(w.T, string(kind), w.SayInConsent(w.Context(), who, gap, s), "")
}

func (w *asking) round(gap practice.GapID) app.ConsentRound {
	w.Helper()
	r, err := w.Consent(w.Context(), w.steward, gap)
	is(w.T, "round", err, "")
	return r
}

// What another learning took the place of was kept by nobody: where that one is put back, the
// first is on trial again, and every group is asked anew.
func TestPutBack_reopensWhatWasReplaced(t *testing.T) {
	onAsking(t, func(w *asking) {
		ctx, was := w.Context(), w.line(1).Text
		first := w.try(1, "FIRST")
		w.say(first, practice.SpokePresent, -1, "It stood on all night.")
		w.say(first, practice.SpokeSafe, 1, "")
		w.say(first, practice.SpokeHarm, 0, "It hurts us.")
		second := w.try(1, "SECOND")
		if r := w.round(first); r.Trial.Runs() || r.Trial.Kept || r.End != practice.ConsentReplaced {
			t.Errorf("replaced: %+v, round %s", r.Trial, r.End)
		}
		w.clock.Pass(30 * 24 * time.Hour)
		is(t, "put back", w.PutBack(ctx, w.steward, second, "It did not hold."), "")
		r := w.round(first)
		if l := w.line(1); l.Text != "FIRST" || l.Trial.Gap != first || !r.Trial.Runs() || r.Trial.Kept || !r.Runs() || r.Agreed() {
			t.Errorf("%q, trial %+v, round %s", l.Text, l.Trial, r.Stage())
		}
		for _, g := range r.Groups {
			if g.Says != "" || !g.Until.Equal(w.clock.Now().AddDate(0, 0, 3)) {
				t.Errorf("a group is not asked anew: %+v", g)
			}
		}
		if r.Text().Text != "FIRST" || r.Text().Number != 2 || len(r.Said) != 3 {
			t.Errorf("asked about %+v", r.Texts)
		}
		if told := notices(t, w.s, w.ben.Member); !slices.Contains(told, "notice.consent") {
			t.Errorf("they are told %v", told)
		}
		w.say(first, practice.SpokeSafe, 0, "")
		if r := w.round(first); r.End != "" {
			t.Errorf("one yes of before counts: %+v", r.Groups)
		}
		third := w.try(1, "THIRD")
		fourth := w.try(1, "FOURTH")
		for _, back := range []practice.GapID{fourth, third, first} {
			is(t, "put back in turn", w.PutBack(ctx, w.steward, back, "It did not hold."), "")
		}
		if l := w.line(1); l.Text != was || l.Trial.Runs() {
			t.Errorf("put back in turn: %q, %+v", l.Text, l.Trial)
		}
	})
}

// What another change took the place of before anybody asked is asked about as it was.
func TestPutBack_reopensWhatNobodyAskedYet(t *testing.T) {
	onAsking(t, func(w *asking) {
		first := w.try(1, "FIRST")
		second := w.try(1, "SECOND")
		is(t, "put back", w.PutBack(w.Context(), w.steward, second, "It did not hold."), "")
		if r := w.round(first); r.Stage() != practice.AtPresent || !r.Trial.Runs() || r.Trial.Latest != w.line(1).Since {
			t.Errorf("%s, %+v", r.Stage(), r.Trial)
		}
		is(t, "put back, too", w.PutBack(w.Context(), w.steward, first, "It did not hold."), "")
	})
}

// Where nobody is asked, what was replaced is on trial again as well.
func TestPutBack_reopensATrialOfNoGroups(t *testing.T) {
	onAsking(t, func(w *asking) {
		is(t, "nobody", w.SaveAuthority(w.Context(), w.steward, practice.Authority{Procedure: w.of.ID}), "")
		was := w.line(1).Text
		first := w.try(1, "FIRST")
		for _, back := range []practice.GapID{w.try(1, "SECOND"), first} {
			is(t, "put back", w.PutBack(w.Context(), w.steward, back, "It did not hold."), "")
		}
		if l := w.line(1); l.Text != was || l.Trial.Runs() {
			t.Errorf("%q, %+v", l.Text, l.Trial)
		}
	})
}

// A room that changes a step and takes that back leaves the round there was about it.
func TestUnrevise_reopensTheRoundOfOthers(t *testing.T) {
	onAsking(t, func(w *asking) {
		ctx, step := w.Context(), w.line(1).ID
		is(t, "core", w.MarkStep(ctx, w.steward, w.of.ID, practice.CoreMark{Step: step, Core: true, Why: "Fire."}), "")
		var gaps []practice.GapID
		for i, text := range []string{"A", "B", "C"} {
			is(t, text, w.s.Update(ctx, func(tx *store.Tx) error {
				g, err := storetest.Spoken(tx, step, "", tx.Now().AddDate(0, 0, -9+i), text)
				gaps = append(gaps, g)
				return err
			}), "")
		}
		_, err := w.PlaceCoreChange(ctx, w.steward, w.of.ID, step, gaps[2], w.of.Revision)
		is(t, "place", err, "")
		w.say(gaps[2], practice.SpokePresent, -1, "It stood on all night.")
		w.say(gaps[2], practice.SpokeSafe, 0, "")
		other := w.try(1, "Something else")
		if r := w.round(gaps[2]); r.End != practice.ConsentReplaced {
			t.Fatalf("not replaced: %s", r.Stage())
		}
		is(t, "taken back", w.s.Update(ctx, func(tx *store.Tx) error {
			_, err := tx.Unrevise(other)
			return err
		}), "")
		r := w.round(gaps[2])
		if l := w.line(1); l.Text != "C" || l.Trial.Gap != gaps[2] || !r.Runs() || r.Groups[0].Says != "" || r.Trial.Kept {
			t.Errorf("%q, trial %+v, round %s", l.Text, l.Trial, r.Stage())
		}
		w.say(gaps[2], practice.SpokeSafe, 0, "")
		w.say(gaps[2], practice.SpokeSafe, 1, "")
		if r := w.round(gaps[2]); r.End != practice.ConsentPassed || !r.Trial.Runs() || r.Trial.Until.IsZero() {
			t.Errorf("every yes to the same words: %s, %+v", r.End, r.Trial)
		}
	})
}

// Groups answer about the words that stand: plain wording and a page pasted in leave them
// alone, and after a law all of them are asked anew.
func TestConsent_ofTheWordsThatStand(t *testing.T) {
	onAsking(t, func(w *asking) {
		ctx := w.Context()
		gap := w.try(1, "A")
		w.say(gap, practice.SpokePresent, -1, "It stood on all night.")
		w.say(gap, practice.SpokeSafe, 0, "")
		change := func(reason practice.Reason, c practice.StepChange) error {
			t.Helper()
			c.Procedure, c.Base, c.Step = w.of.ID, w.manual().Revision.Number, w.line(1).ID
			o := practice.OtherChange{Reason: reason, From: w.clock.Now(), StepChange: c}
			if reason != practice.ReasonWording {
				o.Source = "Fire act"
			}
			_, err := w.ChangeWithoutFailure(ctx, w.mate, o)
			return err
		}
		for _, c := range []practice.StepChange{{Act: practice.ActEdit, Text: "B"}, {Act: practice.ActRemove}, {Act: practice.ActMove},
			{Act: practice.ActSplit, Text: "A", Rest: "B"}, {Act: practice.ActMerge, To: w.line(0).ID, Text: "B"}} {
			is(t, string(c.Act), change(practice.ReasonWording, c), "trial.runs")
		}
		is(t, "another step", change(practice.ReasonWording, practice.StepChange{Act: practice.ActAdd, Text: "Look round"}), "")
		m := w.manual()
		for _, to := range []string{"- [ ] B\n", ""} {
			_, err := w.PasteProcedure(ctx, w.mate, w.of.ID, app.Pasted{Base: m.Revision.Number, Markdown: strings.Replace(m.Revision.Markdown, "- [ ] A\n", to, 1)})
			is(t, "pasted", err, "trial.runs")
		}
		is(t, "a law", change(practice.ReasonLaw, practice.StepChange{Act: practice.ActEdit, Text: "B"}), "")
		r := w.round(gap)
		if r.Text().Text != "B" || r.Text().Number != 2 || r.Groups[0].Says != "" || !r.Runs() {
			t.Errorf("after a law: %+v, %+v", r.Text(), r.Groups)
		}
		is(t, "a law is not put back", w.PutBack(ctx, w.steward, gap, "We do not like it."), "trial.later")
		w.say(gap, practice.SpokeSafe, 1, "")
		if r := w.round(gap); r.End != "" {
			t.Error("a yes to other words counts")
		}
		w.say(gap, practice.SpokeSafe, 0, "")
		if r := w.round(gap); r.End != practice.ConsentPassed || w.line(1).Text != r.Text().Text {
			t.Errorf("passed on %q while %q is in use: %s", r.Text().Text, w.line(1).Text, r.End)
		}
		other := w.try(0, "C")
		w.say(other, practice.SpokePresent, -1, "It was wrong.")
		is(t, "a law takes it out", func() error {
			_, err := w.ChangeWithoutFailure(ctx, w.mate, practice.OtherChange{Reason: practice.ReasonLaw, Source: "Fire act", From: w.clock.Now(),
				StepChange: practice.StepChange{Procedure: w.of.ID, Base: w.manual().Revision.Number, Act: practice.ActRemove, Step: w.line(0).ID}})
			return err
		}(), "")
		if r := w.round(other); r.End != practice.ConsentReplaced || r.Trial.Runs() || r.Trial.Kept {
			t.Errorf("nothing is left to ask about: %s, %+v", r.Stage(), r.Trial)
		}
	})
}

// A harm that a group named is taken up, referred or ends in the old wording: it is not waited out.
func TestKeepTrial_notOverAHarm(t *testing.T) {
	onAsking(t, func(w *asking) {
		ctx := w.Context()
		gap := w.try(1, "FIRST")
		w.say(gap, practice.SpokePresent, -1, "It stood on all night.")
		w.say(gap, practice.SpokeHarm, 0, "It hurts us.")
		for range 3 {
			w.clock.Pass(91 * 24 * time.Hour)
			is(t, "kept over a harm", w.KeepTrial(ctx, w.steward, gap, 90, "We like it."), "consent.harmed")
		}
		h, err := w.Home(ctx, w.steward)
		is(t, "home", err, "")
		if len(h.Trials) != 1 || h.Trials[0].Ask != practice.TrialIntegrates || !h.Trials[0].Overdue(w.clock.Now()) {
			t.Errorf("on the start page: %+v", h.Trials)
		}
		is(t, "referred", w.SayInConsent(ctx, w.steward, gap, app.Statement{Kind: practice.SpokeIntegrate, How: practice.IntegrateRefer, Text: "x", Who: w.mate.Member}), "")
		is(t, "referred and kept", w.KeepTrial(ctx, w.steward, gap, 90, "We like it."), "consent.harmed")
		is(t, "taken up", w.SayInConsent(ctx, w.mate, gap, app.Statement{Kind: practice.SpokeIntegrate, How: practice.IntegrateMeasure, Text: "We look each day."}), "")
		w.clock.Pass(5 * 24 * time.Hour)
		is(t, "nobody answered", w.KeepTrial(ctx, w.steward, gap, 9, "We wait for them."), "")
	})
}

// Plain wording of a core step changes its capital letters and punctuation; a law says which.
func TestChangeWithoutFailure_ofACoreStep(t *testing.T) {
	onAsking(t, func(w *asking) {
		step := w.line(1)
		is(t, "core", w.MarkStep(w.Context(), w.steward, w.of.ID, practice.CoreMark{Step: step.ID, Core: true, Why: "Fire."}), "")
		change := func(reason practice.Reason, source string, c practice.StepChange) error {
			c.Procedure, c.Base, c.Step = w.of.ID, w.manual().Revision.Number, step.ID
			_, err := w.ChangeWithoutFailure(w.Context(), w.mate, practice.OtherChange{Reason: reason, Source: source, From: w.clock.Now(), StepChange: c})
			return err
		}
		edit := practice.StepChange{Act: practice.ActEdit, Text: "Leave the oven on"}
		is(t, "gutted", change(practice.ReasonWording, "", edit), "core.wording")
		is(t, "in two", change(practice.ReasonWording, "", practice.StepChange{Act: practice.ActSplit, Text: "x", Rest: "y"}), "core.wording")
		is(t, "elsewhere", change(practice.ReasonWording, "", practice.StepChange{Act: practice.ActMove}), "core.wording")
		is(t, "spelled", change(practice.ReasonWording, "", practice.StepChange{Act: practice.ActEdit, Text: strings.ToUpper(step.Text) + "!"}), "")
		is(t, "no law", change(practice.ReasonLaw, " ", edit), "other.source")
		is(t, "a law", change(practice.ReasonLaw, "Fire act", edit), "")
	})
}
