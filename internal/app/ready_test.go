package app_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// say keeps answers to the question before the open room.
func (h *house) say(all ...practice.Readiness) {
	h.Helper()
	for i, a := range all {
		is(h.T, "say", h.store.Update(h.Context(), func(tx *store.Tx) error {
			return tx.SayReady(h.open.ID, string(rune('a'+i)), a)
		}), "")
	}
}

// asksNow reads the review, and how many answers there are to the question before it.
func (h *house) asksNow() (r practice.Review, answers int) {
	h.Helper()
	is(h.T, "read", h.store.View(h.Context(), func(tx *store.Tx) (err error) {
		r, err = tx.Review(h.open.ID)
		return err
	}), "")
	for _, row := range storetest.Dump(h.T, h.database) {
		if row.Table == "ready" {
			answers++
		}
	}
	return r, answers
}

// Whatever is answered, and by however many: nothing is known before the moment, and
// at the moment one word is, of which nothing is left.
func TestReady_isSaidAtItsMoment(t *testing.T) {
	for name, c := range map[string]struct {
		said []practice.Readiness
		want practice.Readiness
	}{
		"nobody says anything": {nil, practice.Go},
		"all go":               {[]practice.Readiness{practice.Go, practice.Go}, practice.Go},
		"one of two":           {[]practice.Readiness{practice.NotNow, practice.Go}, practice.NotNow},
		"both not now":         {[]practice.Readiness{practice.NotNow, practice.NotNow}, practice.NotNow},
	} {
		t.Run(name, func(t *testing.T) {
			eachHouse(t, func(h *house) {
				h.T.Helper()
				before, _ := h.asksNow()
				h.say(c.said...)
				h.clock.Pass(before.ReadyAt.Sub(h.clock.Now()) - time.Microsecond)
				is(h.T, "too soon", h.app.CloseReady(h.Context(), h.open.ID), "")
				if r, n := h.asksNow(); r != before || n != len(c.said) {
					h.Fatalf("before its moment: %+v", r)
				}
				h.clock.Pass(time.Microsecond)
				is(h.T, "close", h.app.CloseReady(h.Context(), h.open.ID), "")
				r, n := h.asksNow()
				if r.Ready != c.want || r.InWriting() != (c.want == practice.NotNow) || n != 0 || !r.MeetAt.Equal(before.MeetAt) {
					h.Errorf("%+v with %d answers", r, n)
				}
			})
		})
	}
}

func TestReady_isSaidOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		c := storetest.NewClock(time.Date(2026, 3, 2, 9, 20, 0, 0, time.UTC))
		s := storetest.Open(t, address, c.Option)
		a, noor := setUp(t, s)
		amal := add(t, a, noor, "Amal")
		f, err := a.ReportFailure(t.Context(), noor, practice.NewFailure{Team: noor.Teams[0], Text: "The pump ran dry", Stage: practice.StageAfter, Convene: true})
		is(t, "report", err, "")
		open, err := a.CallReview(t.Context(), noor, practice.NewReview{Failure: f.ID, MeetAt: c.Now().Add(time.Hour), Box: 30 * time.Minute,
			People: []practice.MemberID{noor.Member, amal.Member}})
		is(t, "call", err, "")
		h := &house{T: t, database: address, app: a, store: s, clock: c, noor: noor, amal: amal, open: open}
		h.say(practice.Go, practice.NotNow)
		c.Pass(time.Hour)
		other := app.New(app.Options{Store: storetest.Open(t, address, c.Option)})
		var both sync.WaitGroup
		for _, node := range []*app.App{a, other} {
			both.Go(func() {
				if err := node.CloseReady(t.Context(), open.ID); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		if r, n := h.asksNow(); r.Version != open.Version+1 || r.Ready != practice.NotNow || n != 0 {
			t.Errorf("%+v", r)
		}
		for _, m := range []practice.Actor{noor, amal} {
			home, err := a.Home(t.Context(), m)
			is(t, "home", err, "")
			told := 0
			for _, n := range home.Notices {
				if n.Code == "notice.write" {
					told++
				}
			}
			if told != 1 {
				t.Errorf("%s is told %d times", m.Name, told)
			}
		}
	})
}

// Who is not invited is not asked; whoever is asked anew has the time for it, also
// after the review was called off; and what was said for another time is forgotten.
func TestReady_noWayAround(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := h.Context()
		_, err := h.app.AskReady(ctx, add(h.T, h.app, h.noor, "Ben"), h.open.ID)
		is(h.T, "not invited", err, "not.found")
		asked, err := h.app.AskReady(ctx, h.amal, h.open.ID)
		is(h.T, "invited", err, "")
		if again, _ := h.app.AskReady(ctx, h.amal, h.open.ID); again.Tag != asked.Tag || again.Ticket == asked.Ticket || !practice.IsDeviceTag(asked.Tag) {
			h.Errorf("%+v, then %+v", asked, again)
		}
		h.say(practice.NotNow)
		_, err = h.app.MoveReview(ctx, h.noor, h.open.ID, practice.NewReview{MeetAt: h.clock.Now()})
		is(h.T, "moved to now", err, "ready.soon")
		_, err = h.app.MoveReview(ctx, h.noor, h.open.ID, practice.NewReview{MeetAt: h.clock.Now().Add(2 * time.Hour)})
		is(h.T, "moved", err, "")
		if _, n := h.asksNow(); n != 0 {
			h.Error("what was said for another time is kept")
		}
		h.say(practice.NotNow)
		h.clock.Pass(2*time.Hour - practice.ReadyAhead)
		is(h.T, "close", h.app.CloseReady(ctx, h.open.ID), "")
		_, err = h.app.AskReady(ctx, h.amal, h.open.ID)
		is(h.T, "asked after it", err, "ready.over")
		_, err = h.app.MoveReview(ctx, h.noor, h.open.ID, practice.NewReview{Form: practice.FormLive, MeetAt: h.clock.Now()})
		is(h.T, "opened anyway", err, "ready.soon")
		is(h.T, "called off", h.app.CallOff(ctx, h.noor, h.open.ID, ""), "")
		n := practice.NewReview{Failure: h.open.Failure, MeetAt: h.clock.Now(), Box: 30 * time.Minute, People: []practice.MemberID{h.noor.Member, h.amal.Member}}
		_, err = h.app.CallReview(ctx, h.noor, n)
		is(h.T, "called anew for now", err, "ready.soon")
		n.MeetAt = n.MeetAt.Add(time.Hour)
		r, err := h.app.CallReview(ctx, h.noor, n)
		is(h.T, "called anew", err, "")
		if !r.AsksReady(h.clock.Now()) {
			h.Error("nobody is asked again")
		}
	})
}

// After two "not now" in a row in a team its guardian is told that, and no more; who has
// no account is told by a steward. A go in between begins the count anew.
func TestReady_twiceNotNow(t *testing.T) {
	for name, c := range map[string]struct {
		guardian      string
		answers       []practice.Readiness
		steward, amal string // the notice each has in the end
	}{
		"once":                   {"Amal", []practice.Readiness{practice.NotNow}, "", ""},
		"with a go in between":   {"Amal", []practice.Readiness{practice.NotNow, practice.Go, practice.NotNow}, "", ""},
		"a guardian of the team": {"amal", []practice.Readiness{practice.NotNow, practice.NotNow}, "", "notice.not-now"},
		"one from outside":       {"Marguerite, 0170 555", []practice.Readiness{practice.NotNow, practice.NotNow}, "notice.not-now-tell", ""},
		"nobody":                 {"", []practice.Readiness{practice.NotNow, practice.NotNow}, "notice.not-now-nobody", ""},
	} {
		t.Run(name, func(t *testing.T) {
			eachHouse(t, func(h *house) {
				h.T.Helper()
				is(h.T, "name a guardian", h.store.Update(h.Context(), func(tx *store.Tx) error {
					o, err := tx.Organisation()
					if err != nil {
						return err
					}
					o.Guardian = c.guardian
					return tx.SaveOrganisation(o)
				}), "")
				for _, a := range c.answers {
					r, _ := h.asksNow()
					h.say(a)
					h.clock.Pass(r.ReadyAt.Sub(h.clock.Now()) + time.Second)
					is(h.T, "close", h.app.CloseReady(h.Context(), h.open.ID), "")
					_, err := h.app.MoveReview(h.Context(), h.noor, h.open.ID, practice.NewReview{MeetAt: h.clock.Now().Add(time.Hour), Form: practice.FormLive})
					is(h.T, "move", err, "")
				}
				for who, want := range map[practice.MemberID]string{h.noor.Member: c.steward, h.amal.Member: c.amal} {
					got := ""
					is(h.T, "read", h.store.View(h.Context(), func(tx *store.Tx) error {
						all, err := tx.Notices(who)
						for _, n := range all {
							if strings.HasPrefix(n.Code, "notice.not-now") {
								got += n.Code
							}
							if _, about := n.Args["title"]; about && strings.HasPrefix(n.Code, "notice.not-now") {
								h.Errorf("it says what about: %v", n.Args)
							}
						}
						return err
					}), "")
					if got != want {
						h.Errorf("%s was told %q, want %q", who, got, want)
					}
				}
			})
		})
	}
}

// Where few are asked, the one word tells too much, and the question says so.
func TestAskReady_saysWhereFewAreAsked(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		people := []practice.MemberID{steward.Member}
		for _, name := range []string{"Ana", "Ben", "Cleo"} {
			people = append(people, add(t, a, steward, name).Member)
		}
		for n, few := range map[int]bool{2: true, 3: true, 4: false} {
			f, err := a.ReportFailure(t.Context(), steward, practice.NewFailure{Text: "12 of 50", Stage: practice.StageAfter, Convene: true})
			is(t, "report", err, "")
			r, err := a.CallReview(t.Context(), steward, practice.NewReview{Failure: f.ID, MeetAt: time.Now().Add(time.Hour), Box: practice.DefaultBox, People: people[:n]})
			is(t, "call", err, "")
			asked, err := a.AskReady(t.Context(), steward, r.ID)
			if is(t, "ask", err, ""); asked.Few != few {
				t.Errorf("of %d people few are asked: %v", n, asked.Few)
			}
		}
	})
}
