package room_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// inWriting turns the stage's review into one in writing that is open from now on.
func (s *stage) inWriting() *stage {
	s.t.Helper()
	s.update(func(tx *store.Tx) error {
		r, err := tx.Review(s.review)
		if err != nil {
			return err
		}
		was := r.Version
		r.Form, r.Zone = practice.FormDays, "Europe/London"
		if r, err = r.Advance(practice.Progress{}, tx.Now()); err != nil {
			return err
		}
		return errors.Join(tx.SaveReview(r, was), tx.Schedule(r))
	})
	return s
}

// both writes questions one and two.
func (s *stage) both(seat int) error {
	return s.rooms.Write(s.ctx(), s.seats[seat],
		room.NewAnswer{Question: practice.PhaseIntended, Text: fmt.Sprintf("meant by number %d", seat)},
		room.NewAnswer{Question: practice.PhaseHappened, Text: fmt.Sprintf("seen by number %d", seat)})
}

// strike lets the present moment of the review come, and its clock strike.
func (s *stage) strike() practice.Review {
	s.t.Helper()
	s.clock.Pass(s.read().PhaseEndsAt.Sub(s.clock.Now()) + time.Second)
	s.must(s.rooms.Clock(s.ctx(), s.review))
	return s.read()
}

func (s *stage) read() (r practice.Review) {
	s.t.Helper()
	s.must(s.store.View(s.ctx(), func(tx *store.Tx) (err error) {
		r, err = tx.Review(s.review)
		return err
	}))
	return r
}

func TestDays_openForAllAtTheirMoment(t *testing.T) {
	onBoth(t, 4, func(s *stage) {
		s.inWriting().come(4)
		for i := range 3 {
			s.must(s.both(i))
		}
		for i := range s.seats {
			for _, q := range []practice.Phase{practice.PhaseIntended, practice.PhaseHappened} {
				if view := s.question(i, q); len(view.Answers) > 0 || view.Open() || view.Count != 0 || view.Progress.Written != 0 {
					t.Fatalf("seat %d reads %s early: %+v", i, q, view.Answers)
				}
			}
		}
		s.refused(s.rooms.Reveal(s.ctx(), s.seats[0], practice.PhaseIntended), "days.early")
		s.must(s.rooms.Clock(s.ctx(), s.review)) // a clock that strikes too soon
		if s.read().Open {
			t.Fatal("opened before its moment")
		}
		r := s.strike()
		if !r.Open || r.Leg() != practice.LegAgree {
			t.Fatalf("%+v", r)
		}
		for _, q := range []practice.Phase{practice.PhaseIntended, practice.PhaseHappened} {
			if one, two := s.question(0, q), s.question(3, q); len(one.Answers) != 3 || one.Answers[0].Text != two.Answers[0].Text {
				t.Errorf("%s is not read by all in one order", q)
			}
		}
	})
}

// Of two nodes that strike at the same moment one does what is to be done.
func TestDays_strikeOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := newStage(t, address, 4).inWriting().come(4)
		for i := range 3 {
			s.must(s.both(i))
		}
		other := room.New(room.Options{Store: storetest.Open(t, address, s.clock.Option), Words: seatWords()})
		s.clock.Pass(s.read().PhaseEndsAt.Sub(s.clock.Now()) + 30*time.Hour) // and both were down for a day
		was := s.read().Version
		var both sync.WaitGroup
		for _, node := range []*room.Rooms{s.rooms, other} {
			both.Go(func() {
				if err := node.Clock(t.Context(), s.review); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		if r := s.read(); r.Version != was+1 || !r.Open || r.PhaseEndsAt.Before(s.clock.Now()) {
			t.Errorf("version %d after %d, open %v, until %s", r.Version, was, r.Open, r.PhaseEndsAt)
		}
	})
}

func TestDays_oneOfFour(t *testing.T) {
	s := onSQLite(t, 4).inWriting().come(2)
	s.must(s.both(0))
	r := s.strike()
	if r.Open || !r.Extended || r.PhaseEndsAt.Sub(s.clock.Now()) < 11*time.Hour {
		t.Fatalf("half a day more: %+v", r)
	}
	if r = s.strike(); !r.Open {
		t.Fatalf("the pair's form: %+v", r)
	}
	if view := s.look(0); !view.Small() {
		t.Error("two people are told nothing of how unnamed they are")
	}
	if q := s.question(1, practice.PhaseIntended); len(q.Answers) != 1 || q.Text.Stand != 0 {
		t.Errorf("silence is no agreement: %+v", q)
	}
}

// Nobody wrote in time: the first who does later is waited for no longer.
func TestDays_nobodyInTime(t *testing.T) {
	s := onSQLite(t, 3).inWriting().come(1)
	s.strike()
	if r := s.strike(); r.Open {
		t.Fatal("there is nothing to open")
	}
	s.must(s.both(0))
	if s.read().Open {
		t.Error("opened in the moment of the only one who wrote")
	}
	if r := s.strike(); !r.Open {
		t.Errorf("%+v", r)
	}
}

// In writing, people come one by one: nothing that one of them does leaves an
// event, and no answer a time. What is written twice was written once.
func TestDays_dumpDoesNotTellWhoWroteWhen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := newStage(t, address, 12).inWriting()
		c := copied{day: s.clock.Now()}
		for i := range 11 {
			s.come(1)
			s.clock.Pass(time.Hour)
			s.must(s.both(i))
			c.wrote = append(c.wrote, fmt.Sprintf("seen by number %d", i))
		}
		c.rows = copyOf(t, address)
		for _, what := range c.tells() {
			t.Errorf("while they write: %s", what)
		}
		events := func() (kinds []string) {
			for _, r := range copyOf(t, address) {
				if kind := r.Values["kind"]; r.Table == "event" && strings.HasPrefix(kind, "room.") {
					kinds = append(kinds, kind)
				}
			}
			return kinds
		}
		if got := events(); len(got) > 0 {
			t.Errorf("while they write: %v", got)
		}
		r := s.strike()
		if got := events(); !slices.Equal(got, []string{"room.revealed"}) {
			t.Errorf("after the reveal: %v", got)
		}
		if r.WrittenAt.Minute() != 0 || r.WrittenAt.Second() != 0 {
			t.Errorf("written by %s is the moment of the last one", r.WrittenAt)
		}
		c.rows = copyOf(t, address)
		for _, what := range c.tells() {
			t.Errorf("after the reveal: %s", what)
		}
		for name, change := range s.slips(c) {
			if name != "one mark for two answers" && len(c.with(change).tells()) == 0 {
				t.Errorf("nobody would notice %s", name)
			}
		}
	})
}

// A room that stops at any question goes on in writing, with all that it has.
func TestDays_goOnWithNothingLost(t *testing.T) {
	s := onSQLite(t, 3).come(3)
	s.move(0)
	s.all(practice.PhaseIntended)
	s.agree(practice.PhaseIntended, "Six pairs, 50 sign-ups.")
	s.must(s.write(0, practice.PhaseHappened, "what I saw"))
	_, err := s.rooms.Change(s.ctx(), s.seats[0], practice.FormDays, s.look(0).Review.Version-1)
	if !errors.Is(err, practice.ErrChanged) {
		t.Errorf("from an old page: %v", err)
	}
	r, err := s.rooms.Change(s.ctx(), s.seats[0], practice.FormDays, s.look(0).Review.Version)
	if err != nil || r.Leg() != practice.LegWrite || !r.MetAt.Equal(r.StartedAt) {
		t.Fatalf("%v, %+v", err, r)
	}
	if q := s.question(0, practice.PhaseHappened); q.Mine.Text != "what I saw" || q.Meant != "Six pairs, 50 sign-ups." || q.Open() {
		t.Errorf("%+v", q)
	}
	for i := range 3 {
		s.must(s.write(i, practice.PhaseHappened, fmt.Sprint("seen later by ", i)))
	}
	s.strike()
	s.agree(practice.PhaseHappened, "212 doors, 12 signed.")
	s.all(practice.PhaseGap)
	if r = s.strike(); r.Leg() != practice.LegTake {
		t.Errorf("%+v", r)
	}
}

// From the first word to the close without one meeting; the clock closes it where
// one person said yes.
func TestDays_toTheClose(t *testing.T) {
	onBoth(t, 3, func(s *stage) {
		s.inWriting().come(3)
		for i := range 3 {
			s.must(s.both(i))
		}
		s.strike()
		for i := range 3 {
			for _, q := range []practice.Phase{practice.PhaseIntended, practice.PhaseHappened} {
				text := s.question(i, q).Text
				_, err := s.rooms.SaveText(s.ctx(), s.seats[i], room.NewText{Question: q, Text: "Agreed on " + string(q), Version: text.Version, Stand: true})
				s.must(err)
			}
		}
		if r := s.strike(); r.Phase != practice.PhaseGap {
			t.Fatalf("both texts are agreed: %+v", r)
		}
		s.all(practice.PhaseGap)
		s.strike()
		_, err := s.takeUp(0)
		s.must(err)
		if r := s.strike(); r.Leg() != practice.LegSort {
			t.Fatalf("%+v", r)
		}
		_, err = s.rooms.Change(s.ctx(), s.seats[0], practice.FormLive, s.read().Version)
		s.refused(err, "meet.early")
		for i := range 3 {
			s.must(s.judge(i, s.sorting(i).Gaps[0].Gap, practice.Avoidable))
		}
		if s.read().Open {
			t.Error("the judgements open in the moment of the last one")
		}
		s.strike()
		s.must(s.settle(0, s.sorting(0).Gaps[0].Gap, practice.Avoidable, ""))
		if r := s.strike(); r.Leg() != practice.LegChange {
			t.Fatalf("%+v", r)
		}
		g := s.sorting(0).Gaps[0].Gap
		_, err = s.rooms.LeaveAsItIs(s.ctx(), s.seats[0], room.GapAt{ID: g.ID, Version: g.Version}, "it was the weather")
		s.must(err)
		if r := s.strike(); r.Phase != practice.PhaseCarry {
			t.Fatalf("%+v", r)
		}
		named := practice.NewCarry{Carrier: s.people[0], Moment: "before the next Saturday", Act: "bring the short leaflet", DueAt: s.clock.Now().AddDate(0, 0, 7)}
		_, err = s.rooms.NameCarrier(s.ctx(), s.seats[0], named)
		s.must(err)
		if r := s.strike(); r.Phase != practice.PhaseCarry {
			t.Fatalf("closed without a yes: %+v", r)
		}
		named.Aloud = true
		_, err = s.rooms.NameCarrier(s.ctx(), s.seats[0], named)
		s.must(err)
		if r := s.strike(); r.Phase != practice.PhaseClosed || !r.MetAt.IsZero() {
			t.Errorf("%+v", r)
		}
	})
}

// Two reminders at most, to everybody alike, and none where nothing is missing.
func TestDays_remindTwice(t *testing.T) {
	s := onSQLite(t, 4).inWriting().come(1)
	remind := func(times int) {
		t.Helper()
		if at := s.read().RemindAt(); at.After(s.clock.Now()) {
			s.clock.Pass(at.Sub(s.clock.Now()))
		}
		for range 2 { // a job may run again
			s.must(s.rooms.Remind(s.ctx(), s.review))
		}
		for _, m := range s.people {
			s.must(s.store.View(s.ctx(), func(tx *store.Tx) error {
				notices, err := tx.Notices(m)
				if len(notices) != times {
					t.Errorf("%s has %d reminders, not %d", m, len(notices), times)
				}
				return err
			}))
		}
	}
	s.must(s.rooms.Remind(s.ctx(), s.review))
	remind(1)
	s.strike()
	remind(2)
	s.must(s.both(0))
	s.strike()
	remind(2)
}
