package room_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
)

func (s *stage) settle(seat int, g practice.Gap, v practice.Verdict, differ string) error {
	_, err := s.rooms.Settle(s.ctx(), s.seats[seat], room.GapAt{ID: g.ID, Version: g.Version},
		practice.Settlement{Verdict: v, Differ: differ, Needs: "another bank", Could: practice.CouldOthers})
	return err
}

// split judges a room of three in three ways and returns the gap as it opens.
func (s *stage) inThreeWays() practice.Gap {
	s.t.Helper()
	g := s.sorting(0).Gaps[0].Gap
	for i, kind := range practice.Kinds() {
		s.must(s.judge(i, g, kind))
	}
	return s.sorting(0).Gaps[0].Gap
}

func TestSettle_differencesAreWordsNotCounts(t *testing.T) {
	s := onSQLite(t, 3).come(3).toSort(1)
	g := s.inThreeWays()
	view := s.sorting(1).Gaps[0]
	if view.Agreed != "" || len(view.Marks) != 3 || view.Marks[1].Reasons[0] != "because inherent" {
		t.Fatalf("%+v", view)
	}
	s.refused(s.settle(0, g, practice.Avoidable, " "), "gap.split")
	_, err := s.rooms.Move(s.ctx(), s.seats[0], s.look(0).Review.Version, "")
	s.refused(err, "gap.unsettled")
	s.must(s.settle(0, g, practice.Avoidable, "We could ask in April."))
	if err := s.settle(1, g, practice.Experiment, "x"); !errors.Is(err, practice.ErrChanged) {
		t.Errorf("settled over another settlement: %v", err)
	}
	s.move(0)
	g = s.sorting(0).Gaps[0].Gap
	s.refused(s.settle(0, g, practice.Experiment, "x"), "gap.settled")
}

func TestJudge_aloneAndChangeable(t *testing.T) {
	s := onSQLite(t, 2).come(2).toSort(1)
	g := s.sorting(0).Gaps[0].Gap
	s.refused(s.rooms.Judge(s.ctx(), s.seats[0], room.NewJudgement{Gap: g.ID, Round: 1, Kind: practice.Inherent}), "inherent.could")
	soon := room.NewJudgement{Gap: g.ID, Round: 1, Kind: practice.Inherent, Could: practice.CouldSoon, Needs: "one more person"}
	s.refused(s.rooms.Judge(s.ctx(), s.seats[0], soon), "inherent.soon")
	soon.Sure = true
	s.must(s.rooms.Judge(s.ctx(), s.seats[0], soon))
	s.must(s.judge(0, g, practice.Avoidable))
	if mine := s.sorting(0).Gaps[0].Mine; mine.Kind != practice.Avoidable || mine.Needs != "" {
		t.Errorf("mine is %+v", mine)
	}
	s.refused(s.settle(0, g, practice.Avoidable, ""), "gap.unopened")
	s.must(s.judge(1, g, practice.KeptOpen))
	after := s.sorting(0).Gaps[0]
	if !after.Open || after.Agreed != practice.Avoidable || len(after.Marks) != 2 {
		t.Errorf("%+v", after)
	}
	s.refused(s.judge(0, g, practice.Inherent), "gap.revealed")
}

func TestHearAgain_closesTheGapOnce(t *testing.T) {
	s := onSQLite(t, 3).come(3).toSort(2)
	gaps := s.sorting(0).Gaps
	for i := range s.seats {
		s.must(s.judge(i, gaps[1].Gap, practice.Avoidable))
	}
	s.inThreeWays()
	g := s.sorting(0).Gaps[0].Gap
	again, err := s.rooms.HearAgain(s.ctx(), s.seats[2], room.GapAt{ID: g.ID, Version: g.Version})
	s.must(err)
	view := s.sorting(1)
	if view.Review.Open || view.Gaps[0].Open || len(view.Gaps[0].Marks) != 0 || !view.Gaps[1].Open {
		t.Fatalf("%+v", view.Gaps)
	}
	if want := s.clock.Now().Add(practice.HearWait + practice.PhaseSort.Silence(1)); !view.Review.PhaseEndsAt.Equal(want) {
		t.Errorf("judged again until %v, want %v", view.Review.PhaseEndsAt, want)
	}
	err = s.rooms.Judge(s.ctx(), s.seats[0], room.NewJudgement{Gap: g.ID, Round: 1, Kind: practice.Avoidable})
	if !errors.Is(err, practice.ErrChanged) {
		t.Errorf("judged the former round: %v", err)
	}
	for i := range s.seats {
		s.must(s.judge(i, again, practice.Inherent))
	}
	g = s.sorting(0).Gaps[0].Gap
	if !g.Open || s.sorting(0).Gaps[0].Agreed != practice.Inherent {
		t.Errorf("%+v", g)
	}
	_, err = s.rooms.HearAgain(s.ctx(), s.seats[0], room.GapAt{ID: g.ID, Version: g.Version})
	s.refused(err, "gap.heard")
}

func TestSplit_makesTwoToJudge(t *testing.T) {
	for taken, want := range map[int]int{1: 2, 2: 3, 3: 3} {
		s := onSQLite(t, 3).come(3).toSort(taken)
		for i := range s.seats {
			for j, g := range s.sorting(i).Gaps {
				kind := practice.Avoidable
				if j == 0 {
					kind = practice.Kinds()[i]
				}
				s.must(s.judge(i, g.Gap, kind))
			}
		}
		g := s.sorting(0).Gaps[0].Gap
		first := practice.Parts{Intended: "read page 31", Actual: "nobody did", Where: "at the launch"}
		second := practice.Parts{Intended: "the test tells", Actual: "it never does", Where: "in the sandbox"}
		_, err := s.rooms.Split(s.ctx(), s.seats[0], room.GapAt{ID: g.ID, Version: g.Version}, first, second)
		s.must(err)
		view := s.sorting(1)
		kept := 0
		if taken == 3 {
			kept = 1
		}
		if len(view.Gaps) != want || view.Kept != kept || view.Review.Open {
			t.Errorf("%d taken: now %d, %d kept unsorted", taken, len(view.Gaps), view.Kept)
		}
		_, err = s.rooms.Move(s.ctx(), s.seats[0], view.Review.Version, "")
		s.refused(err, "question.order")
	}
}

func TestKeepOpen_forAWeek(t *testing.T) {
	s := onSQLite(t, 3).come(3).toSort(1)
	g := s.inThreeWays()
	s.refused(s.settle(0, g, practice.Unknown, ""), "gap.keepfirst")
	s.must(s.settle(0, g, practice.KeptOpen, ""))
	if wait, err := s.store.NextJob(s.ctx(), []string{"gap.week"}); err != nil || wait != practice.KeepOpen {
		t.Errorf("somebody is told in %v, %v", wait, err)
	}
	s.move(0)
	s.clock.Pass(practice.KeepOpen + time.Hour)
	g = s.sorting(0).Gaps[0].Gap
	s.refused(s.settle(0, g, practice.KeptOpen, ""), "gap.week")
	s.must(s.settle(0, g, practice.Unknown, ""))
}

func TestExtend_byMoreThanHalf(t *testing.T) {
	s := onSQLite(t, 4).come(4)
	s.move(0)
	ends := s.look(0).Review.EndsAt
	s.must(s.rooms.Extend(s.ctx(), s.seats[0]))
	s.must(s.rooms.Extend(s.ctx(), s.seats[0]))
	s.must(s.rooms.Extend(s.ctx(), s.seats[1]))
	if r := s.look(1); !r.Review.EndsAt.Equal(ends) || r.More != 2 || !r.MineMore {
		t.Errorf("half of the room moved the end to %v; %d hands", r.Review.EndsAt, r.More)
	}
	s.must(s.rooms.Extend(s.ctx(), s.seats[2]))
	if r := s.look(3); !r.Review.EndsAt.Equal(ends.Add(practice.Extension)) {
		t.Errorf("three of four: it ends %v", r.Review.EndsAt)
	}
	s.refused(s.rooms.Extend(s.ctx(), s.seats[3]), "box.second")
	version := s.look(0).Review.Version
	s.refused(s.rooms.SitAgain(s.ctx(), s.seats[0], version), "box.running")
	s.clock.Pass(24 * time.Hour)
	s.must(s.rooms.SitAgain(s.ctx(), s.seats[0], version))
	if err := s.rooms.SitAgain(s.ctx(), s.seats[1], version); !errors.Is(err, practice.ErrChanged) {
		t.Errorf("two taps made two sittings: %v", err)
	}
	if r := s.look(0); r.Review.Sitting != 2 || r.More != 0 || r.Review.Phase != practice.PhaseIntended {
		t.Errorf("sitting %d at %s with %d hands", r.Review.Sitting, r.Review.Phase, r.More)
	}
}

func TestPress_isSeenAndBelongsToNobody(t *testing.T) {
	s := onSQLite(t, 3).come(3)
	s.move(0)
	s.must(s.rooms.Press(s.ctx(), s.seats[0], "blame"))
	if mine, other := s.look(0), s.look(1); !mine.Blame || !other.Blame || mine.Move {
		t.Errorf("%v and %v", mine.Blame, other.Blame)
	} else if fmt.Sprint(mine) != fmt.Sprint(other) {
		t.Error("the one who pressed sees another room")
	}
	s.refused(s.rooms.Press(s.ctx(), s.seats[0], "here"), "required")
	s.must(s.rooms.Press(s.ctx(), s.seats[1], "move"))
	for i := range 3 {
		s.must(s.write(i, practice.PhaseIntended, "the tank was full"))
	}
	if r := s.look(1); !r.Review.Open || !r.Blame || r.Move {
		t.Errorf("once the answers are open, %v: blame %v, move on %v", r.Review.Open, r.Blame, r.Move)
	}
	s.must(s.rooms.Heard(s.ctx(), s.seats[2], "blame"))
	if s.look(0).Blame {
		t.Error("still pressed after the room talked about it")
	}
}

// Twelve seats write, agree and judge at once: every answer is there, once, and
// the room opened once.
func TestTwelveSeats_atOnce(t *testing.T) {
	onBoth(t, 12, func(s *stage) {
		s.come(12)
		s.move(0)
		each := func(what string, fn func(ctx context.Context, i int) error) {
			s.t.Helper()
			var all sync.WaitGroup
			for i := range s.seats {
				all.Go(func() {
					if err := fn(context.Background(), i); err != nil {
						s.t.Errorf("%s, seat %d: %v", what, i, err)
					}
				})
			}
			all.Wait()
		}
		for _, q := range []practice.Phase{practice.PhaseIntended, practice.PhaseHappened} {
			each("write", func(ctx context.Context, i int) error {
				return s.rooms.Write(ctx, s.seats[i], room.NewAnswer{Question: q, Text: fmt.Sprintf("answer %02d", i)})
			})
			view := s.question(3, q)
			var texts []string
			for _, a := range view.Answers {
				texts = append(texts, a.Text)
			}
			slices.Sort(texts)
			if len(slices.Compact(texts)) != 12 || view.Count != 12 {
				s.t.Fatalf("%s: %v", q, texts)
			}
			text, err := s.rooms.SaveText(s.ctx(), s.seats[0], room.NewText{Question: q, Text: "one text"})
			s.must(err)
			each("stand", func(ctx context.Context, i int) error { return s.rooms.Stand(ctx, s.seats[i], text, true) })
			if n := s.question(0, q).Text.Stand; n != 12 {
				s.t.Errorf("%d stand behind it", n)
			}
			s.move(0)
		}
		s.all(practice.PhaseGap)
		_, err := s.rooms.AddGap(s.ctx(), s.seats[0], practice.Parts{Intended: "a", Actual: "b", Where: "c"}, "")
		s.must(err)
		s.move(0)
		g := s.sorting(0).Gaps[0].Gap
		each("judge", func(ctx context.Context, i int) error {
			return s.rooms.Judge(ctx, s.seats[i], room.NewJudgement{Gap: g.ID, Round: 1, Kind: practice.Avoidable})
		})
		if sorted := s.sorting(0).Gaps[0]; !sorted.Open || sorted.Marks[0].N != 12 {
			s.t.Errorf("%+v", sorted)
		}
	})
}

// TestRooms_walks presses buttons at random in real rooms: whatever the order,
// no question is skipped, nothing is read early, and three gaps are the most.
func TestRooms_walks(t *testing.T) {
	furthest := map[practice.Phase]int{}
	for seed := uint64(0); seed < 3 || furthest[practice.PhaseChange] == 0 && seed < 12; seed++ {
		n := 1 + int(seed%3)
		s := onSQLite(t, n).come(n)
		random := rand.New(rand.NewPCG(seed, 7))
		at := practice.PhaseArrive
		for range 200 {
			s.clock.Pass(time.Duration(random.IntN(80)) * time.Second)
			s.anything(random)
			now := s.look(0).Review.Phase
			if now != at && slices.Index(practice.Phases(), now) != slices.Index(practice.Phases(), at)+1 {
				t.Fatalf("seed %d: from %s to %s", seed, at, now)
			}
			if at != now || random.IntN(5) == 0 {
				s.holds(now)
			}
			at = now
		}
		furthest[at]++
	}
	if furthest[practice.PhaseChange] == 0 {
		t.Errorf("no room came to the end of question four: %v", furthest)
	}
}

// anything does something, sensible or not, and minds no refusal.
func (s *stage) anything(random *rand.Rand) {
	s.t.Helper()
	seat := random.IntN(len(s.seats))
	q := practice.Phases()[random.IntN(6)]
	ctx, who := s.ctx(), s.seats[seat]
	r := s.look(seat).Review
	if random.IntN(3) > 0 {
		q = r.Phase
	}
	var err error
	switch random.IntN(10) {
	case 0, 1:
		err = s.write(seat, q, "mine")
	case 2:
		err = s.rooms.Reveal(ctx, who, q)
	case 3:
		_, err = s.rooms.Move(ctx, who, r.Version, "")
	case 4, 5:
		view, e := s.rooms.Question(ctx, who, q)
		if err = e; e == nil {
			_, err = s.rooms.SaveText(ctx, who, room.NewText{Question: q, Text: "one text", Version: view.Text.Version, Stand: true})
		}
	case 6:
		_, err = s.rooms.AddGap(ctx, who, practice.Parts{Intended: "a", Actual: "b", Where: "c"}, "")
	case 7:
		err = s.touchGap(random, seat)
	case 8, 9:
		err = s.touchSorting(random, seat)
	}
	if err != nil && practice.KindOf(err) == practice.Internal {
		s.t.Fatal(err)
	}
}

func (s *stage) touchGap(random *rand.Rand, seat int) error {
	view, err := s.rooms.Question(s.ctx(), s.seats[seat], practice.PhaseGap)
	if err != nil || len(view.Gaps) == 0 {
		return err
	}
	g := view.Gaps[random.IntN(len(view.Gaps))]
	_, err = s.rooms.TakeGap(s.ctx(), s.seats[seat], room.GapAt{ID: g.ID, Version: g.Version}, room.Taking{Take: random.IntN(4) > 0})
	return err
}

func (s *stage) touchSorting(random *rand.Rand, seat int) error {
	view, err := s.rooms.Sorting(s.ctx(), s.seats[seat])
	if err != nil || len(view.Gaps) == 0 {
		return err
	}
	g := view.Gaps[random.IntN(len(view.Gaps))].Gap
	at := room.GapAt{ID: g.ID, Version: g.Version}
	kind := practice.Kinds()[random.IntN(3)]
	switch random.IntN(8) {
	case 0:
		_, err = s.rooms.HearAgain(s.ctx(), s.seats[seat], at)
	case 1:
		_, err = s.rooms.Split(s.ctx(), s.seats[seat], at, practice.Parts{Intended: "a", Actual: "b", Where: "c"},
			practice.Parts{Intended: "a", Actual: "d", Where: "c"})
	case 2, 3:
		err = s.settle(seat, g, kind, "seen differently")
	default:
		err = s.judge(seat, g, kind)
	}
	return err
}

// holds checks what must hold whatever was pressed.
func (s *stage) holds(at practice.Phase) {
	s.t.Helper()
	for _, q := range []practice.Phase{practice.PhaseIntended, practice.PhaseHappened, practice.PhaseGap} {
		view, err := s.rooms.Question(s.ctx(), s.seats[0], q)
		if at.Before(q) {
			s.refused(err, "question.order")
			continue
		}
		s.must(err)
		if !view.Open() && len(view.Answers) > 0 {
			s.t.Fatalf("%s is read before the reveal", q)
		}
	}
	view, err := s.rooms.Sorting(s.ctx(), s.seats[0])
	if at.Before(practice.PhaseSort) {
		s.refused(err, "question.order")
		return
	}
	s.must(err)
	if len(view.Gaps) > practice.MaxGaps {
		s.t.Fatalf("%d gaps in question four", len(view.Gaps))
	}
	for _, g := range view.Gaps {
		if !g.Open && (len(g.Marks) > 0 || g.Verdict != "") {
			s.t.Fatalf("a gap is settled or read before the reveal: %+v", g)
		}
		if practice.PhaseSort.Before(at) && g.Verdict == "" {
			s.t.Fatalf("the room went on with a gap unsorted")
		}
	}
}
