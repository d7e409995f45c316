package room_test

import (
	"testing"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// tells wants an act to be told in the log, from which every open page learns that
// something is new.
func (s *stage) tells(kind string, do func() error) {
	s.t.Helper()
	was := storetest.Events(s.t, s.store, store.Position{}).Next
	s.must(do())
	for _, e := range storetest.Events(s.t, s.store, was).Events {
		if e.Kind == kind && e.In == string(s.review) {
			return
		}
	}
	s.t.Errorf("%s is not told", kind)
}

// works are the kinds of work that wait.
func (s *stage) works() map[string]int {
	s.t.Helper()
	kinds := map[string]int{}
	for _, r := range s.rows("job") {
		kinds[r.Values["kind"]]++
	}
	return kinds
}

func TestActs_areToldToTheRoom(t *testing.T) {
	s := onSQLite(t, 3).come(3)
	ctx, one := s.ctx(), s.seats[0]
	version := func() int { return s.look(0).Review.Version }
	move := func() error { _, err := s.rooms.Move(ctx, one, version(), ""); return err }
	s.tells("room.moved", move)
	s.tells("room.pressed", func() error { return s.rooms.MoreTime(ctx, one) })
	s.tells("room.pressed", func() error { return s.rooms.CallRoll(ctx, one) })
	s.tells("room.written", func() error { return s.write(0, practice.PhaseIntended, "mine") })
	s.must(s.write(1, practice.PhaseIntended, "mine too"))
	s.tells("room.revealed", func() error { return s.write(2, practice.PhaseIntended, "and mine") })
	s.tells("room.text", func() error {
		_, err := s.rooms.SaveText(ctx, one, room.NewText{Question: practice.PhaseIntended, Text: "Fifty."})
		return err
	})
	s.tells("room.stood", func() error {
		return s.rooms.Stand(ctx, s.seats[1], s.question(1, practice.PhaseIntended).Text, true)
	})
	s.clock.Pass(practice.AgreeWait)
	s.tells("room.text", func() error { return s.rooms.NoteDifference(ctx, one, practice.PhaseIntended, "sixty", "") })
	s.agree(practice.PhaseIntended, "Fifty sign-ups.")
	s.all(practice.PhaseHappened)
	s.agree(practice.PhaseHappened, "Twelve.")
	s.all(practice.PhaseGap)
	s.tells("room.gap", func() error {
		_, err := s.rooms.AddGap(ctx, one, practice.Parts{Intended: "50", Actual: "12", Where: "door"}, "")
		return err
	})
	s.move(0)
	gap := s.sorting(0).Gaps[0].Gap
	s.tells("room.judged", func() error { return s.judge(0, gap, practice.Avoidable) })
	s.must(s.judge(1, gap, practice.Avoidable))
	s.tells("room.revealed", func() error { return s.judge(2, gap, practice.Avoidable) })
	s.handOver()
	s.tells("room.pressed", func() error { return s.rooms.Tap(ctx, one, room.Taps()[0], true) })
	s.tells("carry.named", func() error {
		_, err := s.rooms.NameCarrier(ctx, one, practice.NewCarry{Carrier: s.people[1], Moment: "before Saturday", Act: "bring it",
			DueAt: s.clock.Now().AddDate(0, 0, 7)})
		return err
	})
	s.tells("review.closed", func() error { _, err := s.rooms.Close(ctx, one, version()); return err })
}

// What the close promises for later waits as work: the files are wiped, the last
// traces of seats go, and whoever was named is asked and has a day.
func TestClose_leavesTheRestAsWork(t *testing.T) {
	s := onSQLite(t, 2).come(2).toHandover()
	was := s.works()
	_, err := s.rooms.Close(s.ctx(), s.seats[0], s.look(0).Review.Version)
	s.must(err)
	for _, kind := range []string{"store.scrub", room.TapsOver, "carry.unanswered"} {
		if n := s.works()[kind] - was[kind]; n != 1 {
			t.Errorf("%d of %s wait since the close", n, kind)
		}
	}
	asked := 0
	for _, r := range s.rows("notice") {
		if r.Values["code"] == "notice.carry" && r.Values["member"] == string(s.people[0]) {
			asked++
		}
	}
	if asked != 1 {
		t.Errorf("the one who is named is asked %d times", asked)
	}
}

// Whether something appears at a look or not, the next look waits already.
func TestRelease_looksAgain(t *testing.T) {
	s := outside(t, storetest.SQLite(t))
	looks := func() int { return s.works()[store.ReleaseKind] }
	was := looks()
	s.hour()
	if looks() <= was {
		t.Error("after an hour with nothing nobody looks again")
	}
	s.report("The fee was wrong.")
	was = looks()
	s.hour()
	if looks() <= was {
		t.Error("after a report appeared nobody looks again")
	}
}
