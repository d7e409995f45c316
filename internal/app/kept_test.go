package app_test

import (
	"log/slog"
	"slices"
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

func TestDispose_whenTheirTimeIsOver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := storetest.Open(t, address)
		a := app.New(app.Options{Store: s, Index: recall.New()})
		is(t, "before anybody set up", a.Dispose(t.Context()), "")
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		amal, rita := add(t, a, steward, "Amal"), keeper(t, a, steward, "Rita")
		r := closedReview(t, s, amal, steward.Member, steward.Member)
		answers := func() (n int) {
			rec, err := a.Record(t.Context(), amal, 1)
			is(t, "read", err, "")
			if len(rec.Texts) != 1 || len(rec.Gaps) != 1 {
				t.Errorf("of what was agreed is left: %+v", rec)
			}
			o, err := a.OpenAnswers(t.Context(), amal, 1)
			is(t, "open", err, "")
			return len(o.Answers)
		}
		hold := practice.NewHold{Why: "a court asked"}
		for _, day := range []struct{ after, want int }{{89, 1}, {91, 1}, {92, 0}, {93, 0}} {
			late := app.New(app.Options{Store: later(t, address, day.after), Index: recall.New()})
			switch day.after {
			case 91:
				is(t, "a steward holds", late.HoldFailure(t.Context(), steward, 1, hold), "not.yours")
				is(t, "without a reason", late.HoldFailure(t.Context(), rita, 1, practice.NewHold{Why: " "}), "hold.why")
				is(t, "what is not there", late.HoldFailure(t.Context(), rita, 7, hold), "hold.number")
				is(t, "hold", late.HoldFailure(t.Context(), rita, 1, hold), "")
				is(t, "hold again", late.HoldFailure(t.Context(), rita, 1, hold), "hold.twice")
			case 92:
				is(t, "a steward ends it", late.EndHold(t.Context(), steward, 1, "it is over"), "not.yours")
				is(t, "end without a reason", late.EndHold(t.Context(), rita, 1, ""), "hold.why")
				is(t, "end the hold", late.EndHold(t.Context(), rita, 1, "it is over"), "")
				is(t, "end it again", late.EndHold(t.Context(), rita, 1, "it is over"), "not.found")
			}
			is(t, "dispose", late.Dispose(t.Context()), "")
			if got := answers(); got != day.want {
				t.Errorf("after %d days there are %d answers, want %d", day.after, got, day.want)
			}
		}
		if got := notices(t, s, amal.Member); len(got) != 2 || got[0] != "notice.released" || got[1] != "notice.held" {
			t.Errorf("who took part reads %v", got)
		}
		if got := notices(t, s, rita.Member); len(got) != 0 {
			t.Errorf("who has nothing to do with it reads %v", got)
		}
		gone := logOf(t, a, steward)
		if len(gone) != 1 || gone[0].Count != 1 || gone[0].Class != practice.ClassAnswers || gone[0].Days != 90 || gone[0].Day != gone[0].Day.Truncate(24*time.Hour) {
			t.Errorf("the log of disposals says %+v", gone)
		}
		is(t, "look", s.View(t.Context(), func(tx *store.Tx) error {
			left, err := tx.Answers(r.ID, practice.PhaseHappened)
			if len(left) != 0 {
				t.Errorf("%d answers are left", len(left))
			}
			return err
		}), "")
	})
}

// A hold ends by itself after its last day, and says so in the log.
func TestHold_untilADay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := storetest.Open(t, address)
		a := app.New(app.Options{Store: s, Index: recall.New()})
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		amal, rita := add(t, a, steward, "Amal"), keeper(t, a, steward, "Rita")
		closedReview(t, s, amal, steward.Member, steward.Member)
		today := time.Now().Truncate(24 * time.Hour)
		is(t, "a day that is over", a.HoldFailure(t.Context(), rita, 1, practice.NewHold{Why: "x", Until: today.AddDate(0, 0, -1)}), "hold.past")
		is(t, "hold", a.HoldFailure(t.Context(), rita, 1, practice.NewHold{Why: "a court asked", Until: today.AddDate(0, 0, 100)}), "")
		for _, day := range []struct {
			after int
			gone  int
		}{{99, 0}, {102, 1}} {
			late := app.New(app.Options{Store: later(t, address, day.after), Index: recall.New()})
			is(t, "the round", late.Dispose(t.Context()), "")
			r, err := late.Retention(t.Context(), rita)
			if err != nil || r.Holds[0].Lasts() != (day.gone == 0) || len(r.Disposals) != day.gone {
				t.Errorf("after %d days: %+v, %+v, %v", day.after, r.Holds, r.Disposals, err)
			}
		}
	})
}

// keeper is somebody who keeps records.
func keeper(t *testing.T, a *app.App, steward practice.Actor, name string) practice.Actor {
	t.Helper()
	who := add(t, a, steward, name)
	steward.Proved = false
	is(t, "a steward at a device that was left open", a.SetRecords(t.Context(), steward, who.Member, true), "prove.first")
	steward.Proved = true
	is(t, "make a keeper", a.SetRecords(t.Context(), steward, who.Member, true), "")
	who.Records = true
	return who
}

func logOf(t *testing.T, a *app.App, steward practice.Actor) []practice.Disposal {
	t.Helper()
	r, err := a.Retention(t.Context(), steward)
	is(t, "what went", err, "")
	return r.Disposals
}

// Of what is on hold nothing can be taken away, and nobody whose name stands with
// it is erased: they are told who decided that.
func TestHold_stops(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := storetest.Open(t, address)
		a := app.New(app.Options{Store: s, Index: recall.New(), Log: slog.New(slog.DiscardHandler)})
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		ben, tove, rita := add(t, a, steward, "Ben"), add(t, a, steward, "Tove"), keeper(t, a, steward, "Rita")
		ben.Proved, tove.Proved = true, true
		f := reported(t, a, ben, "The kettle boiled dry.")
		fact, err := a.AddFact(t.Context(), ben, practice.Fact{Failure: f.ID, Text: "It was hot."}, nil)
		is(t, "fact", err, "")
		_, err = a.MarkDrill(t.Context(), ben, f.ID, true)
		is(t, "drill", err, "")
		is(t, "hold", a.HoldFailure(t.Context(), rita, f.Number, practice.NewHold{Why: "a court asked"}), "")
		verbs := map[string]func() error{
			"take back": func() error { _, err := a.TakeBackReport(t.Context(), ben, f.ID); return err },
			"fact":      func() error { return a.RemoveFact(t.Context(), ben, fact.ID) },
			"clear":     func() error { return a.ClearDrill(t.Context(), ben, f.ID) },
			"take out": func() error {
				_, err := a.RemovePersonalData(t.Context(), ben, f.ID, practice.NewRedaction{Words: "kettle", Sure: true})
				return err
			},
		}
		for name, do := range verbs {
			is(t, name, do(), "hold.stays")
		}
		is(t, "erase", a.EraseMe(t.Context(), ben, "someone"), "erase.held")
		is(t, "erase who has nothing to do with it", a.EraseMe(t.Context(), tove, "someone"), "")
		held, err := a.HoldOn(t.Context(), ben, f.ID)
		if err != nil || held.By != "Rita" || held.Why != "a court asked" || !held.Lasts() {
			t.Errorf("its page says %+v, %v", held, err)
		}
		rita.Proved = true
		is(t, "the keeper goes", a.EraseMe(t.Context(), rita, "someone"), "")
		is(t, "erase after that", a.EraseMe(t.Context(), ben, "someone"), "erase.held.once")
		if got := logOf(t, a, steward); len(got) != 0 {
			t.Errorf("went: %+v", got)
		}
		max := keeper(t, a, steward, "Max")
		is(t, "end", a.EndHold(t.Context(), max, f.Number, "the court is done"), "")
		is(t, "take out now", verbs["take out"](), "")
		is(t, "erase now", a.EraseMe(t.Context(), ben, "someone"), "")
	})
}

// A hold keeps the whole event: every report that people joined to it, before or
// after, with whoever has to do with it, who is told by their own report. What is
// held together cannot be taken apart.
func TestHold_keepsWhatIsJoined(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := storetest.Open(t, address)
		a := app.New(app.Options{Store: s, Index: recall.New()})
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		amal, tove, max, rita := add(t, a, steward, "Amal"), add(t, a, steward, "Tove"), add(t, a, steward, "Max"), keeper(t, a, steward, "Rita")
		tove.Proved = true
		closedReview(t, s, amal, steward.Member, steward.Member)
		led, err := a.Failure(t.Context(), amal, 1)
		is(t, "what is held", err, "")
		same, later := reported(t, a, tove, "Twelve came, of fifty."), reported(t, a, max, "Most were missing.")
		tie, err := a.TieFailures(t.Context(), tove, same.ID, led.ID, practice.TieJoined)
		is(t, "join", err, "")
		is(t, "hold", a.HoldFailure(t.Context(), rita, led.Number, practice.NewHold{Why: "a court asked"}), "")
		_, err = a.TieFailures(t.Context(), max, later.ID, same.ID, practice.TieJoined)
		is(t, "join after it", err, "")
		for name, do := range map[string]func() error{
			"take back":         func() error { _, err := a.TakeBackReport(t.Context(), tove, same.ID); return err },
			"take a later back": func() error { _, err := a.TakeBackReport(t.Context(), max, later.ID); return err },
			"untie":             func() error { return a.UntieFailures(t.Context(), tove, tie.ID) },
			"tie in another way": func() error {
				_, err := a.TieFailures(t.Context(), tove, same.ID, led.ID, practice.TieSame)
				return err
			},
		} {
			is(t, name, do(), "hold.stays")
		}
		is(t, "hold it twice", a.HoldFailure(t.Context(), rita, later.Number, practice.NewHold{Why: "x"}), "hold.twice")
		is(t, "erase", a.EraseMe(t.Context(), tove, "someone"), "erase.held")
		for _, who := range []practice.Actor{tove, max} {
			if got := notices(t, s, who.Member); !slices.Contains(got, "notice.held") {
				t.Errorf("%s reads %v", who.Name, got)
			}
		}
		on, err := a.HoldOn(t.Context(), max, later.ID)
		if err != nil || on.Why != "a court asked" {
			t.Errorf("its page says %+v, %v", on, err)
		}
		is(t, "end it by a number of the event", a.EndHold(t.Context(), rita, later.Number, "it is over"), "")
		is(t, "untie then", a.UntieFailures(t.Context(), tove, tie.ID), "")
		_, err = a.TakeBackReport(t.Context(), tove, same.ID)
		is(t, "take back then", err, "")
		if got := notices(t, s, max.Member); len(got) != 2 || got[0] != "notice.released" {
			t.Errorf("Max reads %v", got)
		}
	})
}

// What is joined keeps the answers of the other report's review.
func TestHold_keepsAnswersOfWhatIsJoined(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := storetest.Open(t, address)
		a := app.New(app.Options{Store: s, Index: recall.New()})
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		amal, rita := add(t, a, steward, "Amal"), keeper(t, a, steward, "Rita")
		r := closedReview(t, s, amal, steward.Member, steward.Member)
		other := reported(t, a, amal, "Twelve came, of fifty.")
		_, err = a.TieFailures(t.Context(), amal, other.ID, r.Failure, practice.TieJoined)
		is(t, "join", err, "")
		is(t, "hold", a.HoldFailure(t.Context(), rita, other.Number, practice.NewHold{Why: "a court asked"}), "")
		for _, day := range []struct{ after, want int }{{92, 1}, {93, 0}} {
			late := app.New(app.Options{Store: later(t, address, day.after), Index: recall.New()})
			if day.want == 0 {
				is(t, "end", late.EndHold(t.Context(), rita, other.Number, "it is over"), "")
			}
			is(t, "the round", late.Dispose(t.Context()), "")
			o, err := a.OpenAnswers(t.Context(), amal, 1)
			if err != nil || len(o.Answers) != day.want {
				t.Errorf("after %d days there are %d answers, %v", day.after, len(o.Answers), err)
			}
		}
	})
}

// A steward erases who has left and asks by letter, and nobody who is here.
func TestEraseMember_byLetter(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := storetest.Open(t, address)
		a := app.New(app.Options{Store: s, Index: recall.New()})
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		ines, other := add(t, a, steward, "Ines Quill"), add(t, a, steward, "Other")
		steward.Proved = true
		is(t, "another steward", a.SetSteward(t.Context(), steward, other.Member, true), "")
		letter := practice.Erasure{Called: "someone", Why: "by letter of 3 November"}
		open := steward
		open.Proved = false
		is(t, "who is here", a.EraseMember(t.Context(), steward, ines.Member, letter), "erase.here")
		is(t, "let go", a.LetGo(t.Context(), steward, ines.Member, nil), "")
		is(t, "from a device that was left open", a.EraseMember(t.Context(), open, ines.Member, letter), "prove.first")
		is(t, "a member", a.EraseMember(t.Context(), ines, ines.Member, letter), "not.yours")
		is(t, "without a reason", a.EraseMember(t.Context(), steward, ines.Member, practice.Erasure{}), "erase.why")
		is(t, "with the name", a.EraseMember(t.Context(), steward, ines.Member, practice.Erasure{Why: "ines  quill wrote"}), "erase.name")
		is(t, "erase", a.EraseMember(t.Context(), steward, ines.Member, letter), "")
		is(t, "once more", a.EraseMember(t.Context(), steward, ines.Member, letter), "not.found")
		stands(t, address, "Quill", false)
		if got := notices(t, s, other.Member); len(got) == 0 || got[0] != "notice.erased" {
			t.Errorf("the other steward reads %v", got)
		}
		r, err := a.Retention(t.Context(), steward)
		if err != nil || len(r.Erasures) != 1 || r.Erasures[0].Steward == "" || r.Erasures[0].Why != letter.Why {
			t.Errorf("the log says %+v, %v", r.Erasures, err)
		}
	})
}

// A report that waited on a phone for a signal goes in once, though weeks lie
// between: its key is known for thirty days, and of the time no more than the day.
func TestReport_sentAgainAfterWeeks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := storetest.Open(t, address)
		a := app.New(app.Options{Store: s, Index: recall.New()})
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		steward.Once = "waits-on-a-phone"
		first := reported(t, a, steward, "The kettle boiled dry.")
		sent, err := a.SendHot(t.Context(), steward, fiveMinutes(steward.Teams[0]))
		is(t, "five minutes", err, "")
		stands(t, address, "waits-on-a-phone", false)
		for _, day := range []struct {
			after int
			same  bool
		}{{1, true}, {29, true}, {31, false}} {
			late := app.New(app.Options{Store: later(t, address, day.after), Index: recall.New()})
			is(t, "the round", late.Dispose(t.Context()), "")
			again := reported(t, late, steward, "The kettle boiled dry.")
			hot, err := late.SendHot(t.Context(), steward, fiveMinutes(steward.Teams[0]))
			is(t, "five minutes again", err, "")
			if (again.ID == first.ID) != day.same || (hot.ID == sent.ID) != day.same {
				t.Errorf("after %d days the report is %s, the five minutes %s", day.after, again.ID, hot.ID)
			}
		}
	})
}
