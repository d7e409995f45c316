package app_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
)

// A hollow is a team of six on a desk, whose reviews change nothing, or do.
type hollow struct {
	*desk
	rooms *room.Rooms
	team  practice.TeamID
	crew  []practice.Actor
}

func onHollows(t *testing.T, test func(*hollow)) {
	onDesks(t, func(d *desk) {
		h := &hollow{desk: d, rooms: room.New(room.Options{Store: d.store}), team: d.steward.Teams[0], crew: []practice.Actor{d.steward}}
		for _, name := range []string{"Amal", "Ben", "Cleo", "Dara", "Elif"} {
			h.crew = append(h.crew, add(d.T, d.app, d.steward, name))
		}
		test(h)
	})
}

// met is a review so many days ago, that changed something or nothing.
func (h *hollow) met(days int, changed bool) {
	h.Helper()
	h.must("a review", h.store.Update(h.Context(), func(tx *store.Tx) error {
		at := tx.Now().AddDate(0, 0, -days)
		f, err := tx.AddFailure(practice.Failure{ID: practice.FailureID(tx.NewID("flr")), Team: h.team, Title: "Late", Text: "Late", Stage: practice.StageAfter,
			RecognisedAt: at, Source: practice.SourceReport, Triage: practice.TriageSignificant, Standing: practice.Reviewed})
		if err != nil {
			return err
		}
		r := practice.Review{ID: practice.ReviewID(tx.NewID("rev")), Failure: f.ID, Form: practice.FormLive, Lead: h.steward.Member, MeetAt: at,
			Box: practice.DefaultBox, Phase: practice.PhaseClosed, StartedAt: at, WrittenAt: at, MetAt: at, ClosedAt: at}
		gap := practice.Gap{ID: practice.GapID(tx.NewID("gap")), Review: r.ID, Intended: "a", Actual: "b", Where: "c", Taken: true, Verdict: practice.Avoidable,
			Route: practice.Route{Kind: practice.RouteNothing, Why: "no time"}}
		guard := practice.Safeguard{ID: practice.SafeguardID(tx.NewID("sfg")), Team: h.team, Link: "https://elsewhere.example", Text: "one lock", At: at}
		if changed {
			gap.Route = practice.Route{Kind: practice.RouteSafeguard, To: string(guard.ID)}
		}
		errs := []error{tx.AddReview(r, nil), tx.AddSafeguard(guard), tx.AddGap(gap)}
		if changed {
			errs = append(errs, tx.AddScar(practice.Scar{ID: practice.ScarID(tx.NewID("scr")), Safeguard: guard.ID, Failure: f.ID, Gap: gap.ID, At: at}))
		}
		return errors.Join(errs...)
	}))
}

// watch does the day's work, and returns what the team was told so far.
func (h *hollow) watch() []practice.Alarm {
	h.Helper()
	h.must("the day's work", h.app.WatchAlarms(h.Context()))
	all, err := h.app.Alarms(h.Context(), h.steward, h.team)
	h.must("alarms", err)
	return all
}

// say answers the question what is in the way, as one of the crew.
func (h *hollow) say(id practice.AlarmID, causes ...practice.Cause) {
	h.Helper()
	for i, c := range causes {
		t, err := h.app.AskCause(h.Context(), h.crew[i], id)
		h.must("ask", err)
		h.must("say", h.rooms.SayCause(h.Context(), id, t.Ticket, c))
	}
}

// raised is a team that was told.
func (h *hollow) raised() practice.Alarm {
	h.Helper()
	for days := range 3 {
		h.met(40+10*days, false)
	}
	h.met(80, true)
	all := h.watch()
	if len(all) != 1 {
		h.Fatalf("three of four changed nothing: %v", all)
	}
	return all[0]
}

// Three of four is the first that speaks; two of four and three of three are silent.
func TestWatchAlarms_speaksOnceAnEpisode(t *testing.T) {
	onHollows(t, func(h *hollow) {
		h.met(60, false)
		h.met(50, false)
		h.met(40, false)
		if all := h.watch(); len(all) != 0 {
			h.Errorf("three of three: %v", all)
		}
		h.met(70, true)
		first := h.watch()
		if len(first) != 1 || !first[0].Stands() {
			h.Fatalf("three of four: %v", first)
		}
		h.met(30, true) // three of five would not have spoken
		if all := h.watch(); len(all) != 1 || !all[0].OverAt.IsZero() {
			h.Errorf("three of five: %v", all)
		}
		h.met(29, true)
		if all := h.watch(); len(all) != 1 || all[0].OverAt.IsZero() {
			h.Errorf("as many changed something: %v", all)
		}
		for range 4 {
			h.met(28, false)
		}
		if all := h.watch(); len(all) != 2 {
			h.Errorf("a second episode: %v", all)
		}
	})
}

// Two servers and clocks that jump tell a team once.
func TestWatchAlarms_onceOnTwoServersAndThroughTheClock(t *testing.T) {
	onHollows(t, func(h *hollow) {
		for days := range 3 {
			h.met(40+10*days, false)
		}
		h.met(80, true)
		other := app.New(app.Options{Store: h.store})
		var both sync.WaitGroup
		for _, a := range []*app.App{h.app, other, h.app, other} {
			both.Go(func() {
				for err := practice.ErrBusy; errors.Is(err, practice.ErrBusy); {
					if got := a.WatchAlarms(context.WithoutCancel(h.Context())); got == nil || !errors.Is(got, practice.ErrBusy) {
						if got != nil {
							h.Error(got)
						}
						return
					}
				}
			})
		}
		both.Wait()
		if all := h.watch(); len(all) != 1 {
			h.Fatalf("told %d times", len(all))
		}
		at := h.now
		h.now = at.Add(-48 * time.Hour)
		h.watch()
		h.now = at.Add(3 * 24 * time.Hour)
		h.watch()
		h.now = at
		if all := h.watch(); len(all) != 1 || !all[0].OverAt.IsZero() {
			h.Errorf("after the clock jumped: %v", all)
		}
	})
}

// What people say is in the way is shown at its moment and not before, from five answers
// on, and only what most named; then no answer is left.
func TestWatchAlarms_findsWhatMostSaid(t *testing.T) {
	for _, tt := range []struct {
		said []practice.Cause
		want practice.Found
	}{
		{[]practice.Cause{practice.CauseTime, practice.CauseTime, practice.CauseTime, practice.CauseTime}, practice.FoundFew},
		{[]practice.Cause{practice.CauseTime, practice.CauseTime, practice.CauseTime, practice.CauseUndone, practice.CauseUnsafe}, practice.Found(practice.CauseTime)},
		{[]practice.Cause{practice.CauseTime, practice.CauseTime, practice.CauseTime, practice.CauseUndone, practice.CauseUnsafe, practice.CauseOther}, practice.FoundDiffers},
	} {
		onHollows(t, func(h *hollow) {
			alarm := h.raised()
			h.say(alarm.ID, tt.said...)
			h.now = alarm.Until.Add(-time.Second)
			if got := h.watch()[0]; got.Found != "" {
				h.Errorf("before its moment: %q", got.Found)
			}
			h.now = alarm.Until
			if got := h.watch()[0]; got.Found != tt.want {
				h.Errorf("%v comes to %q, want %q", tt.said, got.Found, tt.want)
			}
			h.must("what is left", h.store.View(h.Context(), func(tx *store.Tx) error {
				if left, err := tx.Causes(alarm.ID); err != nil || len(left) > 0 {
					h.Errorf("%v, %v", left, err)
				}
				return nil
			}))
			_, err := h.app.AskCause(h.Context(), h.crew[1], alarm.ID)
			is(h.T, "asked afterwards", err, "alarm.over")
		})
	}
}

// There are never more answers than people, whatever device they use, and nobody else is
// asked: what is shown from five answers on is of five people.
func TestAskCause_asksTheTeam(t *testing.T) {
	onHollows(t, func(h *hollow) {
		alarm := h.raised()
		stranger := practice.Actor{Member: h.steward.Member, Steward: true}
		_, err := h.app.AskCause(h.Context(), stranger, alarm.ID)
		is(h.T, "a steward by that alone", err, "not.found")
		door, err := h.app.CauseDoor(h.Context(), h.crew[0], alarm.ID)
		if err != nil || door.Taken || door.Ticket != "" {
			h.Errorf("before it is taken: %+v, %v", door, err)
		}
		ticket, err := h.app.AskCause(h.Context(), h.crew[0], alarm.ID)
		h.must("ask", err)
		_, err = h.app.AskCause(h.Context(), h.crew[0], alarm.ID)
		is(h.T, "once more, on another device", err, "cause.taken")
		if door, err = h.app.CauseDoor(h.Context(), h.crew[0], alarm.ID); err != nil || !door.Taken || door.Tag != ticket.Tag {
			h.Errorf("once it is taken: %+v, %v", door, err)
		}
		for range 4 {
			h.must("over and over", h.rooms.SayCause(h.Context(), alarm.ID, ticket.Ticket, practice.CauseTime))
		}
		is(h.T, "a cause that nobody offered", h.rooms.SayCause(h.Context(), alarm.ID, ticket.Ticket, "boss"), "required")
		last, err := h.app.AskCause(h.Context(), h.crew[3], alarm.ID)
		h.must("nobody is locked out", err)
		h.must("one honest answer", h.rooms.SayCause(h.Context(), alarm.ID, last.Ticket, practice.CauseUnsafe))
		h.now = alarm.Until
		if got := h.watch()[0].Found; got != practice.FoundFew {
			h.Errorf("two people come to %q", got)
		}
		h.must("who was asked", h.store.View(h.Context(), func(tx *store.Tx) error {
			if has, err := tx.HasCauseTicket(alarm.ID, h.crew[0].Member); err != nil || has {
				h.Errorf("still listed after the count: %v, %v", has, err)
			}
			return nil
		}))
	})
}
