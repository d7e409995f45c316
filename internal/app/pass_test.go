package app_test

import (
	"crypto/rand"
	"slices"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/auth"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// house is an organisation with a clock that tests move.
type house struct {
	*testing.T
	database   string
	app        *app.App
	doors      *auth.Auth
	store      *store.Store
	clock      *storetest.Clock
	noor, amal practice.Actor
	open       practice.Review // of failure 1
	done       practice.Review // of failure 2
	carrier    practice.Member // a guest
	promise    practice.CarryID
	second     practice.CarryID
}

func eachHouse(t *testing.T, test func(*house)) {
	storetest.Each(t, func(t *testing.T, address string) {
		c := storetest.NewClock(time.Date(2026, 3, 2, 9, 20, 0, 0, time.UTC))
		s := storetest.Open(t, address, c.Option)
		a, noor := setUp(t, s)
		h := &house{T: t, database: address, app: a, store: s, clock: c, noor: noor, amal: add(t, a, noor, "Amal"), promise: "cry_1", second: "cry_2",
			doors: auth.New(auth.Options{Store: s, Now: c.Now, Random: rand.Reader})}
		f, err := a.ReportFailure(t.Context(), noor, practice.NewFailure{Team: noor.Teams[0], Text: "The pump ran dry", Stage: practice.StageAfter, Convene: true})
		is(t, "report", err, "")
		h.open, err = a.CallReview(t.Context(), noor, practice.NewReview{Failure: f.ID, MeetAt: c.Now().Add(time.Hour), Box: 30 * time.Minute,
			People: []practice.MemberID{noor.Member, h.amal.Member}})
		is(t, "call", err, "")
		h.done = closedReview(t, s, noor, noor.Member, h.amal.Member)
		is(t, "promises", s.Update(t.Context(), func(tx *store.Tx) error {
			if h.carrier, err = tx.Guest("Tariq"); err != nil {
				return err
			}
			for _, id := range []practice.CarryID{h.promise, h.second} {
				err := tx.AddCarry(practice.Carry{ID: id, Review: h.done.ID, Failure: h.done.Failure, Team: noor.Teams[0], Carrier: h.carrier.ID,
					Moment: "before June", Act: "service the pump", DueAt: tx.Now().AddDate(0, 0, 7), State: practice.CarryOffered, NamedAt: tx.Now()})
				if err != nil {
					return err
				}
			}
			return nil
		}), "")
		test(h)
	})
}

func TestGuest_takesAPlace(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := t.Context()
		_, err := h.app.InviteGuest(ctx, h.noor, 1, "amal")
		is(t, "somebody with an account", err, "member.known")
		_, err = h.app.InviteGuest(ctx, practice.Actor{Member: "mem_x", Teams: []practice.TeamID{"tea_x"}}, 1, "Lena")
		is(t, "by another team", err, "not.found")
		g, err := h.app.InviteGuest(ctx, h.amal, 1, "Lena")
		is(t, "invited", err, "")
		again, err := h.app.InviteGuest(ctx, h.noor, 1, "lena")
		is(t, "again", err, "")
		if again.Sealed != g.Sealed {
			t.Error("the same guest has two links")
		}
		_, err = h.doors.ByPass(ctx, g.Sealed, practice.PassCarry)
		is(t, "the link for something else", err, "pass.old")
		lena, err := h.doors.ByPass(ctx, g.Sealed, practice.PassSeat)
		is(t, "the link", err, "")
		seen, err := h.app.PassAbout(ctx, lena)
		is(t, "what she sees", err, "")
		if !seen.Review.MeetAt.Equal(h.open.MeetAt) || seen.Carry.ID != "" || seen.Came {
			t.Errorf("she sees %+v", seen)
		}
		h.mayNothingElse(lena)
		_, err = h.app.TakePlace(ctx, lena, h.done.ID, practice.Saw)
		is(t, "a place in another room", err, "token.scope")
		ticket, err := h.app.TakePlace(ctx, lena, h.open.ID, practice.Saw)
		is(t, "her place", err, "")
		if ticket == "" {
			t.Error("no ticket")
		}
		guests, err := h.app.Guests(ctx, h.noor, 1)
		is(t, "guests", err, "")
		if len(guests) != 1 || !guests[0].Came || guests[0].Sealed != g.Sealed {
			t.Errorf("guests: %+v", guests)
		}
		_, err = h.doors.MakeLink(ctx, h.noor, lena.Member, practice.LinkIn)
		is(t, "a link that lets her in", err, "member.guest")
		_, err = h.doors.LetIn(ctx, lena, auth.Arrival{})
		is(t, "a device of hers", err, "sign.in")
	})
}

// mayNothingElse tries what a signed link must not open.
func (h *house) mayNothingElse(guest practice.Actor) {
	h.Helper()
	ctx := h.Context()
	_, err := h.app.Failure(ctx, guest, 2)
	is(h.T, "an earlier failure", err, "not.found")
	_, err = h.app.ReportFailure(ctx, guest, practice.NewFailure{Team: h.noor.Teams[0], Text: "x", Stage: practice.StageAfter})
	if practice.KindOf(err) != practice.Forbidden && practice.KindOf(err) != practice.NotFound {
		h.Errorf("a report: %v", err)
	}
	_, err = h.app.InviteGuest(ctx, guest, 1, "Another")
	is(h.T, "another guest", err, "not.yours")
	is(h.T, "their name", h.app.RenameMember(ctx, guest, guest.Member, "Noor"), "not.yours")
	is(h.T, "their messages", h.app.SaveContact(ctx, guest, practice.Contact{}), "token.scope")
	_, err = h.doors.Devices(ctx, guest, guest.Member)
	is(h.T, "devices", err, "not.found")
	list, err := h.app.Failures(ctx, guest, store.FailureFilter{})
	if err == nil && len(list) > 0 {
		h.Errorf("failures: %v", list)
	}
}

func TestGuest_takenBackAndOver(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := t.Context()
		g, err := h.app.InviteGuest(ctx, h.noor, 1, "Lena")
		is(t, "invited", err, "")
		is(t, "taken back by another team", h.app.EndPass(ctx, practice.Actor{Member: "mem_x"}, g.Pass.ID), "not.found")
		is(t, "taken back", h.app.EndPass(ctx, h.amal, g.Pass.ID), "")
		_, err = h.doors.ByPass(ctx, g.Sealed, practice.PassSeat)
		is(t, "afterwards", err, "pass.old")
		invited, err := h.app.Review(ctx, h.noor, h.open.ID)
		is(t, "the review", err, "")
		if len(invited.Invited) != 2 {
			t.Errorf("invited: %+v", invited.Invited)
		}
		g, err = h.app.InviteGuest(ctx, h.noor, 1, "Lena")
		is(t, "invited again", err, "")
		h.clock.Pass(g.Pass.EndsAt.Sub(h.clock.Now()))
		_, err = h.doors.ByPass(ctx, g.Sealed, practice.PassSeat)
		is(t, "when it is over", err, "pass.old")
	})
}

func TestGuest_carries(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := t.Context()
		_, err := h.app.CarryPass(ctx, h.amal, h.promise)
		is(t, "by somebody who was not in the room", err, "not.found")
		g, err := h.app.CarryPass(ctx, h.noor, h.promise)
		is(t, "the link", err, "")
		tariq, err := h.doors.ByPass(ctx, g.Sealed, practice.PassCarry)
		is(t, "opened", err, "")
		seen, err := h.app.PassAbout(ctx, tariq)
		is(t, "what he sees", err, "")
		if seen.Carry.Act != "service the pump" || seen.Review.ID != "" {
			t.Errorf("he sees %+v", seen)
		}
		h.mayNothingElse(tariq)
		is(t, "another promise of his", h.app.AcceptCarry(ctx, tariq, h.second), "token.scope")
		is(t, "yes", h.app.AcceptCarry(ctx, tariq, h.promise), "")
		is(t, "done without a word", h.app.FinishCarry(ctx, tariq, h.promise, practice.CarryDone, ""), "carry.proof")
		is(t, "done", h.app.FinishCarry(ctx, tariq, h.promise, practice.CarryDone, "Serviced on Tuesday."), "")
		one, err := h.app.Carry(ctx, h.noor, h.promise)
		is(t, "the promise", err, "")
		if one.Carry.State != practice.CarryDone || !one.Carrier.Guest {
			t.Errorf("%+v", one)
		}

		g, err = h.app.CarryPass(ctx, h.noor, h.second)
		is(t, "the other link", err, "")
		tariq, err = h.doors.ByPass(ctx, g.Sealed, practice.PassCarry)
		is(t, "opened", err, "")
		is(t, "no", h.app.DeclineCarry(ctx, tariq, h.second), "")
		is(t, "somebody else is named", h.app.NameCarrier(ctx, h.noor, h.second, h.amal.Member), "")
		_, err = h.app.PassAbout(ctx, tariq)
		is(t, "what the first one sees then", err, "pass.old")

		added, err := h.app.AddMembers(ctx, h.noor, h.noor.Teams[0], []string{"Tariq"})
		is(t, "he joins the team", err, "")
		if added[0].Member.Guest {
			t.Error("he is still a guest")
		}
		_, err = h.doors.ByPass(ctx, g.Sealed, practice.PassCarry)
		is(t, "the link of somebody with an account", err, "pass.old")
	})
}

// A guest reads at their link that something is on hold, once they know what it is
// about; whoever convenes is asked to tell them.
func TestGuest_isToldOfAHold(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := t.Context()
		keeper := h.amal
		keeper.Records = true
		g, err := h.app.InviteGuest(ctx, h.noor, 1, "Lena")
		is(t, "invited", err, "")
		lena, err := h.doors.ByPass(ctx, g.Sealed, practice.PassSeat)
		is(t, "the link", err, "")
		g, err = h.app.CarryPass(ctx, h.noor, h.promise)
		is(t, "another link", err, "")
		tariq, err := h.doors.ByPass(ctx, g.Sealed, practice.PassCarry)
		is(t, "opened", err, "")
		reads := func(who practice.Actor, want string) {
			t.Helper()
			if seen, err := h.app.PassAbout(ctx, who); err != nil || seen.Hold != want {
				t.Errorf("%s reads %q, %v", who.Name, seen.Hold, err)
			}
		}
		reads(tariq, "")
		for _, number := range []int{1, 2} {
			is(t, "hold", h.app.HoldFailure(ctx, keeper, number, practice.NewHold{Why: "a court asked"}), "")
		}
		reads(tariq, "a court asked")
		reads(lena, "")
		_, err = h.app.TakePlace(ctx, lena, h.open.ID, practice.Saw)
		is(t, "her place", err, "")
		reads(lena, "a court asked")
		home, err := h.app.Home(ctx, keeper)
		if err != nil || !slices.ContainsFunc(home.Notices, func(n practice.Notice) bool { return n.Code == "notice.held-guest" && n.Args["name"] == "Tariq" }) {
			t.Errorf("the keeper, where nobody convenes, reads %+v, %v", home.Notices, err)
		}
	})
}
