package practice

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// walker is a room in which people press whatever they like, in any order.
type walker struct {
	rand    *rand.Rand
	now     time.Time
	review  Review
	seats   int
	wrote   map[Phase]map[int]bool
	text    map[Phase]bool
	stand   map[int]bool
	differ  bool
	gaps    []Gap
	judged  map[string]bool // "gap/round/seat"
	carrier bool
	left    []Phase // the phases the room left, in order
}

func (w *walker) taken() (n int) {
	for _, g := range w.gaps {
		if g.Taken {
			n++
		}
	}
	return n
}

// hasJudged reports whether a seat has judged every gap that is to be judged.
func (w *walker) hasJudged(seat int) bool {
	any := false
	for i, g := range w.gaps {
		if !g.Taken || g.Open {
			continue
		}
		any = true
		if !w.judged[fmt.Sprint(i, "/", g.Round, "/", seat)] {
			return false
		}
	}
	return any
}

func (w *walker) progress() Progress {
	p := Progress{Came: w.seats, Near: w.seats, Seats: w.seats, Written: len(w.wrote[w.review.Phase]), Stand: len(w.stand),
		Text: w.text[w.review.Phase], Differ: w.differ, Carrier: w.carrier}
	if w.review.Phase == PhaseSort {
		for seat := range w.seats {
			if w.hasJudged(seat) {
				p.Written++
			}
		}
	}
	for _, g := range w.gaps {
		if !g.Taken {
			continue
		}
		p.Gaps++
		if g.Beyond != "" {
			p.Beyond++
		}
		switch {
		case g.Verdict == KeptOpen:
			p.KeptOpen++
		case g.Verdict == "":
			p.Unsettled++
		case !g.Routed():
			p.Unrouted++
		}
	}
	return p
}

// step presses one button, whether it makes sense or not.
func (w *walker) step(t *testing.T) {
	w.now = w.now.Add(time.Duration(w.rand.IntN(90)) * time.Second)
	seat := w.rand.IntN(w.seats)
	switch w.rand.IntN(13) {
	case 0, 1:
		w.write(t, Phases()[w.rand.IntN(len(Phases()))], seat)
	case 2:
		w.reveal(t)
	case 3:
		w.advance(t)
	case 4:
		if w.review.Reads(w.review.Phase) && w.review.Phase.HasText() {
			w.text[w.review.Phase], w.stand = true, map[int]bool{}
		}
	case 5:
		w.stand[seat] = true
	case 6:
		w.differ = w.rand.IntN(4) == 0
	case 7:
		if w.review.Phase == PhaseGap && w.review.Open {
			w.gaps = append(w.gaps, Gap{Round: 1})
		}
	case 8:
		if w.review.Phase == PhaseGap {
			take, why := w.rand.IntN(4) > 0, []string{"", "a flood"}[w.rand.IntN(2)]
			w.change(func(g Gap) (Gap, error) { return g.Take(take, w.taken(), why) })
		}
	case 9:
		w.judge(seat)
	case 10:
		w.settle(t)
	case 11:
		w.again(t)
	case 12:
		w.noGap()
	}
}

func (w *walker) noGap() {
	r, err := w.review.NoGap(len(w.gaps), []string{"", "it was the weather"}[w.rand.IntN(2)], w.now)
	switch {
	case err != nil:
		return
	case w.review.Phase == PhaseGap:
		w.left = append(w.left, PhaseGap)
	case r.Phase == PhaseGap:
		w.left = w.left[:len(w.left)-1]
	}
	w.review = r
}

func (w *walker) change(how func(Gap) (Gap, error)) {
	if len(w.gaps) == 0 {
		return
	}
	i := w.rand.IntN(len(w.gaps))
	if g, err := how(w.gaps[i]); err == nil {
		w.gaps[i] = g
	}
}

func (w *walker) write(t *testing.T, p Phase, seat int) {
	added, err := w.review.Write(p)
	if err != nil {
		return
	}
	if p.Before(w.review.Phase) != added && p != w.review.Phase {
		t.Fatalf("an answer to %s in %s: added %v", p, w.review.Phase, added)
	}
	if w.review.Phase.Before(p) {
		t.Fatalf("answered %s in %s", p, w.review.Phase)
	}
	if w.wrote[p] == nil {
		w.wrote[p] = map[int]bool{}
	}
	w.wrote[p][seat] = true
}

func (w *walker) reveal(t *testing.T) {
	p := w.progress()
	r, err := w.review.Reveal(p, w.now)
	if err != nil {
		return
	}
	if !w.review.Open && p.Written < w.seats && w.now.Before(w.review.PhaseEndsAt) {
		t.Fatalf("opened %s while %d of %d were writing", r.Phase, w.seats-p.Written, w.seats)
	}
	w.review = r
	if r.Phase == PhaseSort {
		for i := range w.gaps {
			w.gaps[i].Open = w.gaps[i].Open || w.gaps[i].Taken
		}
	}
}

func (w *walker) advance(t *testing.T) {
	open := w.review.Open
	r, err := w.review.Advance(w.progress(), w.now)
	if err != nil {
		return
	}
	if w.review.Phase.Number() > 0 && !open {
		t.Fatalf("left %s without a reveal", w.review.Phase)
	}
	w.left = append(w.left, w.review.Phase)
	w.review, w.stand, w.differ = r, map[int]bool{}, false
}

func (w *walker) judge(seat int) {
	if w.review.Phase != PhaseSort || w.review.Open || len(w.gaps) == 0 {
		return
	}
	i := w.rand.IntN(len(w.gaps))
	if w.gaps[i].Judge() == nil {
		w.judged[fmt.Sprint(i, "/", w.gaps[i].Round, "/", seat)] = true
	}
}

func (w *walker) settle(t *testing.T) {
	w.change(func(g Gap) (Gap, error) {
		if err := w.review.MaySettle(g); err != nil {
			return g, err
		}
		v := append(Kinds(), KeptOpen, Unknown)[w.rand.IntN(5)]
		s, err := g.Settle(Settlement{Verdict: v, Needs: "x", Could: CouldOthers}, nil, w.now)
		if err == nil && !g.Open {
			t.Fatal("settled a gap before its judgements were revealed")
		}
		s.Route = Route{Kind: RouteNothing}
		return s, err
	})
	w.carrier = w.rand.IntN(4) == 0
}

func (w *walker) again(t *testing.T) {
	if len(w.gaps) == 0 || w.review.Phase != PhaseSort {
		return
	}
	i := w.rand.IntN(len(w.gaps))
	var half Gap
	g, err := w.gaps[i].HearAgain()
	if w.rand.IntN(2) == 0 {
		other := Parts{"a", "c", "d"}
		g, half, err = w.gaps[i].Split(Parts{"a", "b", "c"}, other, w.taken())
	}
	if err != nil {
		return
	}
	w.gaps[i] = g
	if half.Round > 0 {
		w.gaps = append(w.gaps, half)
	}
	if w.review, err = w.review.Rejudge(1, 0, w.now); err != nil {
		t.Fatal(err)
	}
}

// check is what must hold whatever was pressed.
func (w *walker) check(t *testing.T) {
	order := Phases()
	if w.review.NothingWhy != "" {
		order = slices.DeleteFunc(order, func(p Phase) bool { return p == PhaseSort || p == PhaseChange })
		if len(w.gaps) > 0 {
			t.Fatalf("no gap, and there are %d", len(w.gaps))
		}
	}
	if want := order[:len(w.left)]; !slices.Equal(w.left, want) {
		t.Fatalf("left %v, want %v", w.left, want)
	}
	unexplained := slices.DeleteFunc(slices.Clone(w.gaps), func(g Gap) bool { return !g.Taken || g.Beyond != "" })
	if n := len(unexplained); n > MaxGaps {
		t.Fatalf("%d gaps in question four without a reason", n)
	}
	for _, q := range Questions() {
		if w.review.Phase.Before(q) && (w.review.Reads(q) || len(w.wrote[q]) > 0) {
			t.Fatalf("%s could be read or answered in %s", q, w.review.Phase)
		}
	}
	if w.review.Phase == PhaseClosed {
		for i, g := range w.gaps {
			if g.Taken && !g.Sorted() {
				t.Fatalf("closed with gap %d unsorted: %+v", i, g)
			}
		}
	}
}

// TestRoom_walks lets a few hundred rooms press buttons at random: no order of
// calls skips a question, shows an answer early or takes a fourth gap.
func TestRoom_walks(t *testing.T) {
	closed, nothing := 0, 0
	for seed := range uint64(300) {
		w := &walker{rand: rand.New(rand.NewPCG(seed, 1)), now: noon, seats: 1 + int(seed%4),
			review: Review{Phase: PhaseArrive, Box: DefaultBox}, wrote: map[Phase]map[int]bool{},
			text: map[Phase]bool{}, stand: map[int]bool{}, judged: map[string]bool{}}
		for range 600 {
			w.step(t)
			w.check(t)
		}
		if w.review.Phase == PhaseClosed {
			closed++
			if w.review.NothingWhy != "" {
				nothing++
			}
		}
	}
	if closed < 30 || nothing < 10 || closed-nothing < 10 {
		t.Errorf("only %d of 300 rooms came to their end, %d of them without a gap: the walk proves little", closed, nothing)
	}
}
