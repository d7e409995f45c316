package room_test

import (
	"slices"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// handOver takes a room that has judged its one gap to the hand-over, with
// somebody named.
func (s *stage) handOver() *stage {
	s.t.Helper()
	g := s.sorting(0).Gaps[0].Gap
	_, err := s.rooms.Settle(s.ctx(), s.seats[0], room.GapAt{ID: g.ID, Version: g.Version}, practice.Settlement{Verdict: practice.Avoidable})
	s.must(err)
	s.move(0)
	g = s.sorting(0).Gaps[0].Gap
	_, err = s.rooms.LeaveAsItIs(s.ctx(), s.seats[0], room.GapAt{ID: g.ID, Version: g.Version}, "it was the weather")
	s.must(err)
	s.move(0)
	_, err = s.rooms.NameCarrier(s.ctx(), s.seats[0], practice.NewCarry{Carrier: s.people[0], Moment: "before the next Saturday",
		Act: "bring the short leaflet", DueAt: s.clock.Now().AddDate(0, 0, 7)})
	s.must(err)
	return s
}

// toHandover brings a room to its last screen.
func (s *stage) toHandover() *stage {
	s.t.Helper()
	s.toSort(1)
	for i := range s.seats {
		s.must(s.judge(i, s.sorting(i).Gaps[0].Gap, practice.Avoidable))
	}
	return s.handOver()
}

func TestLetLeadersRead_onlyIfEverybodyTicked(t *testing.T) {
	tick := func(s *stage, seat int, whole bool) { s.must(s.rooms.LetLeadersRead(s.ctx(), s.seats[seat], whole)) }
	for name, c := range map[string]struct {
		do   func(s *stage)
		want bool
	}{
		"nobody":   {func(*stage) {}, false},
		"all":      {func(s *stage) { tick(s, 0, true); tick(s, 1, true); tick(s, 2, true) }, true},
		"one not":  {func(s *stage) { tick(s, 0, true); tick(s, 2, true); tick(s, 2, true) }, false},
		"one back": {func(s *stage) { tick(s, 0, true); tick(s, 1, true); tick(s, 2, true); tick(s, 1, false) }, false},
		"one left": {func(s *stage) {
			tick(s, 0, true)
			tick(s, 1, true)
			s.must(s.rooms.Leave(s.ctx(), s.seats[2]))
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, 3, func(s *stage) {
				s.come(3).toHandover()
				c.do(s)
				r, err := s.rooms.Close(s.ctx(), s.seats[0], s.look(0).Review.Version)
				s.must(err)
				if r.Whole != c.want {
					t.Errorf("leaders read it all: %v, want %v", r.Whole, c.want)
				}
			})
		})
	}
}

// A tick is its seat's alone: nobody else sees it, and the close forgets it.
func TestLetLeadersRead_nobodySeesWhoTicked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := newStage(t, address, 3).come(3)
		s.refused(s.rooms.LetLeadersRead(s.ctx(), s.seats[0], true), "carry.early")
		s.toHandover()
		s.must(s.rooms.LetLeadersRead(s.ctx(), s.seats[1], true))
		for i, want := range []bool{false, true, false} {
			view, err := s.rooms.Handover(s.ctx(), s.seats[i])
			s.must(err)
			if view.Whole != want {
				t.Errorf("seat %d sees the tick as %v", i, view.Whole)
			}
		}
		if n := hands(t, address); n == 0 {
			t.Fatal("no hands before the close: the look at them proves nothing")
		}
		_, err := s.rooms.Close(s.ctx(), s.seats[0], s.look(0).Review.Version)
		s.must(err)
		if n := hands(t, address); n != 0 {
			t.Errorf("%d hands are kept after the close", n)
		}
	})
}

func hands(t *testing.T, address string) (n int) {
	t.Helper()
	for _, r := range copyOf(t, address) {
		if r.Table == "hand" {
			n++
		}
	}
	return n
}

// What was kept open and is sorted at the last moment still has to lead
// somewhere, and what was placed can be taken back until the close.
func TestClose_everyGapLedSomewhere(t *testing.T) {
	onBoth(t, 1, func(s *stage) {
		s.come(1).toSort(1)
		g := func() practice.Gap { return s.sorting(0).Gaps[0].Gap }
		s.must(s.judge(0, g(), practice.KeptOpen))
		s.must(s.settle(0, g(), practice.KeptOpen, ""))
		s.move(0)
		s.move(0)
		_, err := s.rooms.NameCarrier(s.ctx(), s.seats[0], practice.NewCarry{Carrier: s.people[0], Moment: "on Saturday", Act: "ask again",
			DueAt: s.clock.Now().AddDate(0, 0, 7)})
		s.must(err)
		closing := func(code string) {
			s.t.Helper()
			_, err := s.rooms.Close(s.ctx(), s.seats[0], s.look(0).Review.Version)
			if code == "" {
				s.must(err)
				return
			}
			s.refused(err, code)
		}
		leave := func() {
			_, err := s.rooms.LeaveAsItIs(s.ctx(), s.seats[0], room.GapAt{ID: g().ID, Version: g().Version}, "it was the weather")
			s.must(err)
		}
		closing("gap.keptopen")
		s.must(s.settle(0, g(), practice.Avoidable, ""))
		closing("gap.unrouted")
		leave()
		s.must(s.undo(0))
		closing("gap.unrouted")
		leave()
		at := room.GapAt{ID: g().ID, Version: g().Version}
		closing("")
		_, err = s.rooms.Unroute(s.ctx(), s.seats[0], at)
		s.refused(err, "review.closed")
	})
}

// A yes that somebody ticked and nobody heard is taken back in the room. Whoever
// is said to have given one hears of it once the room is closed.
func TestUnsayCarry(t *testing.T) {
	onBoth(t, 2, func(s *stage) {
		s.come(2).toHandover()
		_, err := s.rooms.UnsayCarry(s.ctx(), s.seats[1])
		s.refused(err, "carry.unheard")
		n := practice.NewCarry{Carrier: s.people[1], Moment: "before Saturday", Act: "bring it", DueAt: s.clock.Now().AddDate(0, 0, 7), Aloud: true}
		aloud := func() practice.Carry {
			c, err := s.rooms.NameCarrier(s.ctx(), s.seats[0], n)
			s.must(err)
			return c
		}
		named := aloud()
		c, err := s.rooms.UnsayCarry(s.ctx(), s.seats[1])
		s.must(err)
		if c.ID != named.ID || c.Witness || !c.Asks(s.people[1]) {
			s.t.Errorf("taken back, it stands as %+v", c)
		}
		aloud()
		_, err = s.rooms.Close(s.ctx(), s.seats[0], s.look(0).Review.Version)
		s.must(err)
		s.update(func(tx *store.Tx) error {
			for person, want := range []bool{false, true} {
				told, err := tx.WasTold(practice.Notice{Member: s.people[person], Code: "notice.heard", Link: practice.CarryPath(c.ID)})
				if err != nil || told != want {
					s.t.Errorf("person %d hears of the yes: %v, %v", person, told, err)
				}
			}
			return nil
		})
	})
}

// A gap that is not in the team's hands is handed to one person: here, who is asked when
// the room closes and not before; or outside, who gets a link. A limit that nobody can
// change is no task for anybody.
func TestRefer(t *testing.T) {
	onBoth(t, 2, func(s *stage) {
		s.toChange(practice.Avoidable)
		refer := func(n practice.NewReceiver, why, code string) {
			s.t.Helper()
			g := s.embedding(0).Gap
			_, err := s.rooms.Refer(s.ctx(), s.seats[0], room.GapAt{ID: g.ID, Version: g.Version}, n, why)
			if code == "" {
				s.must(err)
				return
			}
			s.refused(err, code)
		}
		asked := func() (n int) {
			s.t.Helper()
			s.update(func(tx *store.Tx) error {
				all, err := tx.Notices(s.people[1])
				n = len(all)
				return err
			})
			return n
		}
		refer(practice.NewReceiver{Name: "Person 1"}, " ", "route.why")
		refer(practice.NewReceiver{}, "it is theirs", "referral.who")
		refer(practice.NewReceiver{Name: "Rosa"}, "it is theirs", "referral.outside")
		refer(practice.NewReceiver{Name: "Rosa", Mail: "rosa"}, "it is theirs", "referral.mail")
		refer(practice.NewReceiver{Name: "Rosa", Mail: "rosa@x.example"}, "it is theirs", "")
		if e := s.embedding(0); e.Done.Name != "Rosa" || e.Done.Receiver.Mail == "" || !e.Gap.Routed() {
			s.t.Errorf("handed to %+v", e.Done)
		}
		s.must(s.undo(0))
		refer(practice.NewReceiver{Name: "person 1"}, "it is theirs", "")
		was := asked()
		gap := s.embedding(0).Gap.ID
		s.move(0)
		_, err := s.rooms.NameCarrier(s.ctx(), s.seats[0], practice.NewCarry{Carrier: s.people[0], Moment: "on Saturday", Act: "ask again",
			DueAt: s.clock.Now().AddDate(0, 0, 7)})
		s.must(err)
		_, err = s.rooms.Close(s.ctx(), s.seats[0], s.look(0).Review.Version)
		s.must(err)
		if asked() <= was {
			s.t.Error("who is to change it is not asked")
		}
		s.update(func(tx *store.Tx) error {
			r, err := tx.Referral(gap)
			if last := r.Last(); len(r.Asked) != 1 || last.To != s.people[1] || !last.At.Equal(tx.Now()) || !last.Until.Equal(tx.Now().Add(practice.ReferralTerm)) {
				s.t.Errorf("asked %+v", r.Asked)
			}
			return err
		})
	})
	s := onSQLite(t, 1).toChange(practice.Avoidable, practice.Experiment)
	at := func(i int) room.GapAt { g := s.embedding(i).Gap; return room.GapAt{ID: g.ID, Version: g.Version} }
	rosa := practice.NewReceiver{Name: "Rosa", Mail: "rosa@x.example"}
	_, err := s.rooms.Refer(s.ctx(), s.seats[0], at(1), rosa, "so")
	s.refused(err, "route.experiment")
	_, err = s.rooms.KeepFinding(s.ctx(), s.seats[0], at(1), practice.Finding{Tried: "a second key", Known: []string{"it bends"}, Next: "A thicker one?", Because: []string{"it is thin"}})
	s.must(err)
	_, err = s.rooms.Refer(s.ctx(), s.seats[0], at(0), rosa, "it is theirs")
	s.must(err)
	s.move(0)
	_, err = s.rooms.NameCarrier(s.ctx(), s.seats[0], practice.NewCarry{Carrier: s.people[0], Moment: "on Saturday", Act: "ask again", DueAt: s.clock.Now().AddDate(0, 0, 7)})
	s.must(err)
	_, err = s.rooms.Close(s.ctx(), s.seats[0], s.look(0).Review.Version)
	s.must(err)
	s.update(func(tx *store.Tx) error {
		all, err := tx.Notices(s.people[0])
		if !slices.ContainsFunc(all, func(n practice.Notice) bool { return n.Code == "notice.referral-link" && n.Args["name"] == "Rosa" }) {
			s.t.Errorf("the team does not hear that Rosa waits for a link: %v", all)
		}
		return err
	})
}
