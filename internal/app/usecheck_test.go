package app_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// A use is a closed review on a desk, whose change people are asked about.
type use struct {
	*desk
	rooms *room.Rooms
	r     practice.Review
	crew  []practice.Actor // Amal promised to bring it about
}

// onUses runs the test with a review that was closed just now, in a team of five.
func onUses(t *testing.T, test func(*use)) {
	onDesks(t, func(d *desk) {
		u := &use{desk: d, rooms: room.New(room.Options{Store: d.store})}
		for _, name := range []string{"Amal", "Ben", "Cleo", "Dara"} {
			u.crew = append(u.crew, add(d.T, d.app, d.steward, name))
		}
		u.r = closedReview(d.T, d.store, u.crew[1], u.crew[2].Member, u.crew[0].Member)
		u.stand(practice.Changed)
		test(u)
	})
}

// stand puts the failure on a place of the ladder, as the close of its room does.
func (u *use) stand(s practice.Standing) {
	u.Helper()
	u.must("standing", u.store.Update(u.Context(), func(tx *store.Tx) error {
		f, err := tx.Failure(u.r.Failure)
		if err != nil {
			return err
		}
		f.Standing = s
		return tx.SaveFailure(f)
	}))
}

// wantStands wants it there.
func (u *use) wantStands(when string, want practice.Standing) {
	u.Helper()
	f, err := u.app.FailureByID(u.Context(), u.steward, u.r.Failure)
	u.must(when, err)
	if f.Standing != want {
		u.Errorf("%s it is %s, want %s", when, f.Standing, want)
	}
}

// after lets time pass and does the day's work.
func (u *use) after(d time.Duration) {
	u.Helper()
	u.now = u.now.Add(d)
	u.must("the day's work", u.app.CheckUse(u.Context()))
}

// asked are those who are asked now.
func (u *use) asked() (all []practice.Actor) {
	u.Helper()
	for _, who := range append(slices.Clone(u.crew), u.steward) {
		_, err := u.app.AskUse(u.Context(), who, u.r.ID)
		if err == nil {
			all = append(all, who)
		} else {
			is(u.T, "asking "+who.Name, err, "not.found")
		}
	}
	return all
}

// say answers with what each of the asked says.
func (u *use) say(answers ...practice.UseAnswer) {
	u.Helper()
	for i, who := range u.asked() {
		if i < len(answers) {
			t, err := u.app.AskUse(u.Context(), who, u.r.ID)
			u.must("ask", err)
			_, err = u.rooms.SayUse(u.Context(), u.r.ID, t.Ticket, nil, answers[i])
			u.must("say", err)
		}
	}
}

// A month after it closed, at most three of those who do the work are asked, never
// whoever promised to bring it about while there are others. What they say decides.
func TestCheckUse_asksThoseWhoDoTheWork(t *testing.T) {
	onUses(t, func(u *use) {
		u.after(practice.UseAfter - time.Hour)
		if got := u.asked(); len(got) > 0 {
			u.Errorf("before a month is over: %v", got)
		}
		u.after(time.Hour)
		asked := u.asked()
		if len(asked) != practice.UseMost || slices.ContainsFunc(asked, func(a practice.Actor) bool { return a.Member == u.crew[0].Member }) {
			u.Errorf("asked: %v", asked)
		}
		for _, who := range asked {
			if got := notices(u.T, u.store, who.Member); !slices.Contains(got, "notice.use") {
				u.Errorf("%s hears %v", who.Name, got)
			}
		}
		u.after(time.Hour) // again in the same days
		if again := u.asked(); len(again) != len(asked) {
			u.Errorf("asked twice: %v", again)
		}
	})
}

func TestCheckUse_counts(t *testing.T) {
	for name, c := range map[string]struct {
		said []practice.UseAnswer
		want practice.Standing
		hear string // what whoever promised hears
	}{
		"all":           {[]practice.UseAnswer{practice.UseYes, practice.UseYes, practice.UseYes}, practice.InUse, "notice.in-use-elsewhere"},
		"more than not": {[]practice.UseAnswer{practice.UseYes, practice.UseNo, practice.UseYes}, practice.InUse, "notice.in-use-elsewhere"},
		"one was there": {[]practice.UseAnswer{practice.UseUnmet, practice.UseYes, practice.UseUnmet}, practice.InUse, "notice.in-use-elsewhere"},
		"half":          {[]practice.UseAnswer{practice.UseYes, practice.UsePartly, practice.UseUnmet}, practice.Changed, "notice.unused"},
		"no":            {[]practice.UseAnswer{practice.UseNo, practice.UsePartly, practice.UseYes}, practice.Changed, "notice.unused"},
		"nobody met it": {[]practice.UseAnswer{practice.UseUnmet, practice.UseUnmet}, practice.Changed, ""},
		"nobody said":   {nil, practice.Changed, ""},
	} {
		t.Run(strings.ReplaceAll(name, " ", "_"), func(t *testing.T) {
			onUses(t, func(u *use) {
				u.after(practice.UseAfter)
				u.say(c.said...)
				u.wantStands("while they are asked", practice.Changed)
				u.after(practice.UseOpen)
				u.wantStands("counted", c.want)
				heard := slices.DeleteFunc(notices(u.T, u.store, u.crew[0].Member), func(code string) bool {
					return !strings.HasPrefix(code, "notice.in-use") && code != "notice.unused"
				})
				if got := strings.Join(heard, " "); got != c.hear {
					u.Errorf("whoever promised hears %q, want %q", got, c.hear)
				}
				if got := u.asked(); len(got) > 0 {
					u.Errorf("still asked: %v", got)
				}
				u.after(practice.UseAfter)
				if again := len(u.asked()) > 0; again != (c.want == practice.Changed) {
					u.Errorf("asked again: %v", again)
				}
			})
		})
	}
}

// Once all have answered it is counted, with the day's work and not in that moment.
func TestCheckUse_waitsForTheDay(t *testing.T) {
	onUses(t, func(u *use) {
		u.after(practice.UseAfter)
		u.say(practice.UseYes, practice.UseYes, practice.UseYes)
		u.wantStands("with the last answer", practice.Changed)
		u.after(time.Hour)
		u.wantStands("with the day's work", practice.InUse)
	})
}

// It held when nothing like it came back for half a year; what came back is in use, and
// no more.
func TestCheckUse_holds(t *testing.T) {
	onUses(t, func(u *use) {
		u.after(practice.UseAfter)
		u.say(practice.UseYes, practice.UseYes, practice.UseYes)
		u.after(time.Hour)
		u.after(practice.HeldAfter - 24*time.Hour)
		u.wantStands("before half a year", practice.InUse)
		u.after(48 * time.Hour)
		u.wantStands("after it", practice.Held)
		again, err := u.app.ReportFailure(u.Context(), u.crew[3], practice.NewFailure{Team: u.steward.Teams[0], Text: "12 of 50 once more", Stage: practice.StageAfter})
		u.must("report", err)
		_, err = u.app.TieFailures(u.Context(), u.crew[3], again.ID, u.r.Failure, practice.TieSame)
		u.must("the same again", err)
		u.after(time.Hour)
		u.wantStands("came back", practice.InUse)
	})
}

// zone is the organisation's.
func (u *use) zone() *time.Location {
	u.Helper()
	o, err := u.app.Organisation(u.Context(), u.steward)
	u.must("organisation", err)
	return o.Location()
}

// scar is the mark of the one change.
func (u *use) scar() (s practice.Scar) {
	u.Helper()
	u.must("scars", u.store.View(u.Context(), func(tx *store.Tx) error {
		all, err := tx.ScarsFrom([]practice.FailureID{u.r.Failure})
		s = all[0]
		return err
	}))
	return s
}

// What comes back before people say that a change is in use says nothing of it: it
// counts from the day they say so, and not any more once they say that it is not.
func TestCheckUse_comesBackOnlyAfterItIsInUse(t *testing.T) {
	onUses(t, func(u *use) {
		again := func() {
			f, err := u.app.ReportFailure(u.Context(), u.crew[3], practice.NewFailure{Team: u.steward.Teams[0], Text: "12 of 50 once more", Stage: practice.StageAfter})
			u.must("report", err)
			_, err = u.app.TieFailures(u.Context(), u.crew[3], f.ID, u.r.Failure, practice.TieSame)
			u.must("the same again", err)
		}
		u.after(practice.UseAfter)
		again()
		if s := u.scar(); !s.Early() || s.Back() || !s.UsedAt.IsZero() {
			u.Errorf("before anybody said so: %+v", s)
		}
		u.say(practice.UseYes, practice.UseYes, practice.UseYes)
		u.after(24 * time.Hour)
		if s := u.scar(); !s.Early() || !s.UsedAt.Equal(practice.DayOf(u.now, u.zone())) || !s.Again.IsZero() {
			u.Errorf("since it is in use: %+v", s)
		}
		u.after(practice.HeldAfter + 24*time.Hour)
		u.wantStands("what came back before it was in use stands in no way", practice.Held)
		again()
		u.now = u.now.Add(time.Hour)
		again()
		if s := u.scar(); !s.Back() || s.Early() || s.Again.IsZero() || !s.Again.Before(s.CameBack) {
			u.Errorf("came back: %+v", s)
		}
		u.must("not any more", u.store.Update(u.Context(), func(tx *store.Tx) error {
			return tx.MarkUsed(practice.UseCheck{Review: u.r.ID, Tally: practice.UseTally{No: 1}, SaidAt: u.now.UTC().Truncate(24 * time.Hour)})
		}))
		if s := u.scar(); !s.UsedAt.IsZero() {
			u.Errorf("not in use any more: %+v", s)
		}
	})
}

// later lets a second gap of the review wait at a core step, for which two other
// failures speak, too.
func (u *use) later(p practice.Procedure) (step practice.StepID, gap practice.GapID) {
	u.Helper()
	m, err := u.app.Procedure(u.Context(), u.steward, p.Slug)
	u.must("read", err)
	step = m.Steps[1].ID
	u.must("mark", u.app.MarkStep(u.Context(), u.steward, p.ID, practice.CoreMark{Step: step, Core: true, Why: "Fire."}))
	u.must("a second gap", u.store.Update(u.Context(), func(tx *store.Tx) error {
		gap = practice.GapID(tx.NewID("gap"))
		_, err1 := storetest.Spoken(tx, step, "", u.now.AddDate(0, 0, -19), "Turn it off and look")
		_, err2 := storetest.Spoken(tx, step, "", u.now.AddDate(0, 0, -18), "Turn both off")
		return errors.Join(err1, err2, tx.AddGap(practice.Gap{ID: gap, Review: u.r.ID, Intended: "cold", Actual: "hot", Where: "at the oven", Taken: true,
			Verdict: practice.Avoidable, Route: practice.Route{Kind: practice.RouteWaiting, To: string(step)}, Version: 1}),
			tx.AddCoreChange(practice.CoreChange{Gap: gap, Revision: 1, Change: practice.StepChange{Act: practice.ActEdit, Step: step, Text: "Oven and gas off"}}))
	}))
	return step, gap
}

// What was said stays true of what it was said of. A change that comes later has people
// asked again, a month after it, and not before; where it is put back again, what was
// said before is all there is.
func TestCheckUse_ofWhatComesLater(t *testing.T) {
	onUses(t, func(u *use) {
		p := brought(u.T, u.app, u.steward)
		step, gap := u.later(p)
		u.after(practice.UseAfter)
		u.say(practice.UseYes, practice.UseYes, practice.UseYes)
		u.after(time.Hour)
		u.wantStands("said", practice.InUse)
		u.after(practice.HeldAfter + 24*time.Hour)
		u.wantStands("half a year on", practice.Held)
		_, err := u.app.PlaceCoreChange(u.Context(), u.steward, p.ID, step, gap, 1)
		u.must("place", err)
		u.wantStands("with a new change", practice.Changed)
		u.must("the other two are not asked about", u.store.Update(u.Context(), func(tx *store.Tx) error {
			scars, err := tx.ScarsOf(p.ID)
			for _, s := range scars {
				f, err1 := tx.Failure(s.Failure)
				if f.Standing = practice.Held; f.ID != u.r.Failure {
					err1 = errors.Join(err1, tx.SaveFailure(f))
				}
				err = errors.Join(err, err1)
			}
			return err
		}))
		u.after(practice.UseAfter - time.Hour)
		if got := u.asked(); len(got) > 0 {
			u.Errorf("asked before the month is over: %v", got)
		}
		u.after(time.Hour)
		if len(u.asked()) == 0 {
			u.Fatal("nobody is asked about the new change")
		}
		u.must("put back", u.store.Update(u.Context(), func(tx *store.Tx) error {
			s, err1 := tx.Step(step)
			tried := practice.Trial{Gap: gap, Failure: u.r.Failure, Procedure: p.ID, Step: step, Revision: s.Since, Latest: s.Since, Why: "It takes an hour."}
			_, err2 := tx.PutBack(tried)
			return errors.Join(err1, err2)
		}))
		u.wantStands("put back", practice.InUse)
		if len(u.asked()) > 0 {
			u.Error("people are asked about nothing")
		}
		u.after(practice.UseOpen)
		u.wantStands("the next day", practice.Held)
	})
}

// Where nothing is left of what people are asked about, they are no longer asked, and
// who they were is forgotten.
func TestCheckUse_ofNothingLeft(t *testing.T) {
	onUses(t, func(u *use) {
		u.after(practice.UseAfter)
		u.must("take it back", u.store.Update(u.Context(), func(tx *store.Tx) error {
			gaps, err := tx.Gaps(u.r.ID)
			if err != nil {
				return err
			}
			g := gaps[0]
			g.Route.Kind = practice.RoutePutBack
			g.Version++
			return errors.Join(tx.RemoveSafeguard(practice.SafeguardID(g.Route.To)), tx.SaveGap(g, g.Version-1))
		}))
		u.stand(practice.Reviewed)
		u.after(practice.UseOpen)
		u.wantStands("counted", practice.Reviewed)
		u.must("who was asked", u.store.View(u.Context(), func(tx *store.Tx) error {
			c, err := tx.UseCheck(u.r.ID)
			if len(c.Asked) > 0 || !c.Until.IsZero() {
				u.Errorf("still asked: %+v", c)
			}
			return err
		}))
	})
}

// useTells is what a copy of the database tells of who answered: a person or a time
// beside an answer, or, once it is counted, anything of either.
func useTells(rows []storetest.Row, counted bool) (found []string) {
	for _, r := range rows {
		switch {
		case r.Table == "use_answer" && (len(r.Values) != 3 || counted):
			found = append(found, fmt.Sprint("an answer: ", r.Values))
		case r.Table == "use_answer" && strings.Contains(r.Values["mark"], "mem_"):
			found = append(found, "a mark is a person")
		case r.Table == "use_asked" && counted:
			found = append(found, "somebody who was asked")
		case counted && (r.Table == "notice" || r.Table == "dispatch") && r.Values["code"] == "notice.use":
			found = append(found, "a line to somebody who was asked")
		}
	}
	return found
}

// A copy tells nobody who said what; a year later, not even who was asked.
func TestCheckUse_aCopyTellsNobody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		clock := storetest.NewClock(time.Date(2026, 6, 8, 10, 0, 0, 0, time.UTC))
		s := storetest.Open(t, address, clock.Option)
		a, steward := setUp(t, s)
		crew := []practice.Actor{add(t, a, steward, "Amal"), add(t, a, steward, "Ben"), add(t, a, steward, "Cleo")}
		r := closedReview(t, s, crew[0], steward.Member, steward.Member)
		is(t, "changed", s.Update(t.Context(), func(tx *store.Tx) error {
			f, err := tx.Failure(r.Failure)
			f.Standing = practice.Changed
			if err != nil {
				return err
			}
			return tx.SaveFailure(f)
		}), "")
		clock.Pass(practice.UseAfter)
		is(t, "ask", a.CheckUse(t.Context()), "")
		rooms := room.New(room.Options{Store: s})
		for _, who := range crew {
			ticket, err := a.AskUse(t.Context(), who, r.ID)
			is(t, "ticket", err, "")
			_, err = rooms.SayUse(t.Context(), r.ID, ticket.Ticket, nil, practice.UseYes)
			is(t, "say", err, "")
		}
		ticket, err := a.AskUse(t.Context(), crew[0], r.ID)
		is(t, "another ticket", err, "")
		_, err = rooms.SayUse(t.Context(), r.ID, ticket.Ticket, nil, practice.UseNo)
		is(t, "a fourth answer of three people", err, "use.over")
		_, err = rooms.SayUse(t.Context(), r.ID, "forged", nil, practice.UseNo)
		is(t, "a forged ticket", err, "ticket.old")
		rows := storetest.Dump(t, address)
		if n := len(slices.DeleteFunc(slices.Clone(rows), func(r storetest.Row) bool { return r.Table != "use_answer" })); n != 3 {
			t.Fatalf("%d answers prove nothing", n)
		}
		for _, what := range useTells(rows, false) {
			t.Error("while they are asked: ", what)
		}
		if len(useTells(rows, true)) == 0 {
			t.Error("nobody would notice what is left")
		}
		clock.Pass(practice.UseOpen)
		is(t, "count", a.CheckUse(t.Context()), "")
		for _, what := range useTells(storetest.Dump(t, address), true) {
			t.Error("counted: ", what)
		}
	})
}

// What another team changed against the same, and is in use, is named beside a limit
// that stands; it lifts none. What is not in use yet, came back, is restricted or is of
// the same team speaks against nothing.
func TestConstraint_anotherTeamFoundOtherwise(t *testing.T) {
	onUses(t, func(u *use) {
		var limit practice.Constraint
		var at practice.Failure
		vans := practice.Team{ID: "tea_vans", Name: "Vans", Pack: "plain", CycleDays: 14}
		u.must("a limit of another team", u.store.Update(u.Context(), func(tx *store.Tx) (err error) {
			if err = tx.AddTeam(vans); err != nil {
				return err
			}
			at, err = tx.AddFailure(practice.Failure{ID: practice.FailureID(tx.NewID("flr")), Team: vans.ID, Title: "Nobody signs", Text: "Nobody signs",
				Stage: practice.StageAfter, RecognisedAt: tx.Now().Add(-time.Hour), Source: practice.SourceReport})
			if err != nil {
				return err
			}
			r := practice.Review{ID: practice.ReviewID(tx.NewID("rev")), Failure: at.ID, Form: practice.FormLive, Lead: u.steward.Member, MeetAt: tx.Now(), Box: practice.DefaultBox,
				Phase: practice.PhaseClosed, ClosedAt: tx.Now()}
			g := practice.Gap{ID: practice.GapID(tx.NewID("gap")), Review: r.ID, Intended: "50", Actual: "0", Where: "door", Taken: true, Verdict: practice.Inherent}
			if err := errors.Join(tx.AddReview(r, nil), tx.AddGap(g)); err != nil {
				return err
			}
			limit, err = tx.AddConstraint(practice.Constraint{ID: practice.ConstraintID(tx.NewID("cst")), Team: vans.ID, Text: "Nobody signs at the door", Assume: "none",
				Places: []string{"the plan"}, NamedAt: tx.Now(), LookAt: practice.LookAgain(tx.Now()), Evidence: []practice.GapID{g.ID}})
			return err
		}))
		wants := func(when string, who practice.Actor, changes, findings int) {
			u.Helper()
			b, err := u.app.Constraint(u.Context(), who, limit.Number)
			u.must(when, err)
			got := map[bool]int{}
			for _, a := range b.Against {
				got[a.Finding.ID != ""]++
			}
			if got[false] != changes || got[true] != findings || !b.Constraint.Withdrawn.IsZero() {
				u.Errorf("%s: %+v", when, b.Against)
			}
		}
		u.must("the same", u.store.Update(u.Context(), func(tx *store.Tx) error {
			return tx.AddTie(practice.Tie{ID: practice.LinkID(tx.NewID("lnk")), A: at.ID, B: u.r.Failure, Kind: practice.TieSame, At: tx.Now()})
		}))
		wants("not in use yet", u.steward, 0, 1)
		u.after(practice.UseAfter)
		u.say(practice.UseYes, practice.UseYes, practice.UseYes)
		u.after(practice.UseOpen)
		wants("in use", u.steward, 1, 1)
		f, err := u.app.FailureByID(u.Context(), u.steward, u.r.Failure)
		u.must("read", err)
		f.Only = []practice.MemberID{u.crew[0].Member}
		u.must("restrict", u.store.Update(u.Context(), func(tx *store.Tx) error { return tx.RestrictFailure(f) }))
		wants("restricted to others", u.steward, 0, 0)
		f.Only = nil
		u.must("free", u.store.Update(u.Context(), func(tx *store.Tx) error { return tx.RestrictFailure(f) }))
		again, err := u.app.ReportFailure(u.Context(), u.crew[3], practice.NewFailure{Team: u.steward.Teams[0], Text: "12 of 50 once more", Stage: practice.StageAfter})
		u.must("report", err)
		_, err = u.app.TieFailures(u.Context(), u.crew[3], again.ID, u.r.Failure, practice.TieSame)
		u.must("the same again", err)
		wants("came back", u.steward, 0, 1)
	})
}
