package practice

import (
	"errors"
	"slices"
	"testing"
	"time"
)

var noon = time.Date(2026, 6, 13, 12, 0, 0, 0, time.UTC)

// code returns the code of a refusal, or "" where there is none.
func code(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestAdvance(t *testing.T) {
	later := noon.Add(time.Hour)
	for _, c := range []struct {
		name  string
		r     Review
		p     Progress
		want  string // the refusal
		phase Phase
	}{
		{"nobody came", Review{Phase: PhaseArrive}, Progress{}, "room.empty", ""},
		{"hearsay only", Review{Phase: PhaseArrive}, Progress{Seats: 3, Came: 3, Near: 1}, "room.few", ""},
		{"hearsay with a reason", Review{Phase: PhaseArrive, FewWhy: "the night shift is on leave"}, Progress{Seats: 3, Came: 3, Near: 1}, "", PhaseIntended},
		{"half were there", Review{Phase: PhaseArrive}, Progress{Seats: 4, Came: 4, Near: 2}, "", PhaseIntended},
		{"before the reveal", Review{Phase: PhaseIntended}, Progress{Seats: 2, Written: 2, Text: true, Stand: 2}, "question.order", ""},
		{"without a text", Review{Phase: PhaseIntended, Open: true}, Progress{Seats: 2, Stand: 2}, "text.empty", ""},
		{"all stand behind it", Review{Phase: PhaseIntended, Open: true, PhaseEndsAt: later}, Progress{Seats: 2, Stand: 2, Text: true}, "", PhaseHappened},
		{"one does not yet", Review{Phase: PhaseHappened, Open: true, PhaseEndsAt: later}, Progress{Seats: 2, Stand: 1, Text: true}, "text.waiting", ""},
		{"a difference is no way around the wait", Review{Phase: PhaseHappened, Open: true, PhaseEndsAt: later}, Progress{Seats: 2, Stand: 1, Text: true, Differ: true}, "text.waiting", ""},
		{"after the wait in words", Review{Phase: PhaseHappened, Open: true, PhaseEndsAt: noon}, Progress{Seats: 2, Stand: 1, Text: true}, "text.differ", ""},
		{"after the wait, said", Review{Phase: PhaseHappened, Open: true, PhaseEndsAt: noon}, Progress{Seats: 2, Text: true, Differ: true}, "", PhaseGap},
		{"gaps not revealed", Review{Phase: PhaseGap}, Progress{Seats: 2, Gaps: 1}, "question.order", ""},
		{"no gap", Review{Phase: PhaseGap, Open: true}, Progress{Seats: 2}, "gap.none", ""},
		{"four gaps", Review{Phase: PhaseGap, Open: true}, Progress{Seats: 2, Gaps: 4}, "gap.fourth", ""},
		{"four gaps, one with a reason", Review{Phase: PhaseGap, Open: true}, Progress{Seats: 2, Gaps: 4, Beyond: 1}, "", PhaseSort},
		{"three gaps", Review{Phase: PhaseGap, Open: true}, Progress{Seats: 2, Gaps: 3}, "", PhaseSort},
		{"not judged", Review{Phase: PhaseSort}, Progress{Seats: 2, Gaps: 1}, "question.order", ""},
		{"not settled", Review{Phase: PhaseSort, Open: true}, Progress{Seats: 2, Gaps: 2, Unsettled: 1}, "gap.unsettled", ""},
		{"settled", Review{Phase: PhaseSort, Open: true}, Progress{Seats: 2, Gaps: 2}, "", PhaseChange},
		{"nothing changed", Review{Phase: PhaseChange}, Progress{Gaps: 2, Unrouted: 1}, "gap.unrouted", ""},
		{"changed", Review{Phase: PhaseChange}, Progress{Gaps: 2, KeptOpen: 1}, "", PhaseCarry},
		{"one kept open", Review{Phase: PhaseCarry}, Progress{KeptOpen: 1, Carrier: true}, "gap.keptopen", ""},
		{"nobody carries it", Review{Phase: PhaseCarry}, Progress{}, "carrier.none", ""},
		{"somebody does", Review{Phase: PhaseCarry}, Progress{Carrier: true}, "", PhaseClosed},
		{"closed is closed", Review{Phase: PhaseClosed}, Progress{Carrier: true}, "review.closed", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.r.Advance(c.p, noon)
			if code(err) != c.want {
				t.Fatalf("refusal %q, want %q", code(err), c.want)
			}
			if c.want != "" {
				if got.Phase != c.r.Phase || got.Version != c.r.Version {
					t.Errorf("a refusal moved the room to %s", got.Phase)
				}
				return
			}
			if got.Phase != c.phase || got.Open || got.Version != c.r.Version+1 {
				t.Errorf("moved to %s, open %v, version %d", got.Phase, got.Open, got.Version)
			}
		})
	}
}

func TestAdvance_startsAndEndsTheClocks(t *testing.T) {
	r := Review{Phase: PhaseArrive, Box: DefaultBox}
	r, err := r.Advance(Progress{Seats: 1, Came: 1, Near: 1}, noon)
	if err != nil {
		t.Fatal(err)
	}
	if !r.StartedAt.Equal(noon) || !r.EndsAt.Equal(noon.Add(DefaultBox)) || r.Sitting != 1 {
		t.Errorf("started %v, ends %v, sitting %d", r.StartedAt, r.EndsAt, r.Sitting)
	}
	if want := noon.Add(90 * time.Second); !r.PhaseEndsAt.Equal(want) {
		t.Errorf("the silence ends %v, want %v", r.PhaseEndsAt, want)
	}
	r = Review{Phase: PhaseGap, Open: true, Box: DefaultBox}
	r, _ = r.Advance(Progress{Seats: 1, Gaps: 3}, noon)
	if want := noon.Add(2 * time.Minute); !r.PhaseEndsAt.Equal(want) {
		t.Errorf("three gaps are judged until %v, want %v", r.PhaseEndsAt, want)
	}
	r = Review{Phase: PhaseCarry}
	r, _ = r.Advance(Progress{Carrier: true}, noon)
	if !r.ClosedAt.Equal(noon) {
		t.Errorf("closed at %v", r.ClosedAt)
	}
}

// A newcomer on a phone has time to read and to write, more for more fields and
// more people, and there is always as much time left to talk.
func TestSilence(t *testing.T) {
	for _, c := range []struct {
		phase Phase
		gaps  int
		want  time.Duration
	}{
		{PhaseIntended, 0, 90 * time.Second},
		{PhaseHappened, 0, 2 * time.Minute},
		{PhaseGap, 0, 2 * time.Minute},
		{PhaseSort, 1, 90 * time.Second},
		{PhaseSort, 9, 2 * time.Minute},
		{PhaseChange, 1, 0},
	} {
		if got := c.phase.Silence(c.gaps); got != c.want {
			t.Errorf("%s, %d gaps: %v, want %v", c.phase, c.gaps, got, c.want)
		}
	}
	var alone time.Duration
	for _, q := range Questions() {
		got := q.Silence(MaxGaps)
		if got < time.Minute || got > 2*time.Minute {
			t.Errorf("%s: %v alone, want one to two minutes", q, got)
		}
		alone += got
	}
	if alone > ShortestBox/2 {
		t.Errorf("of %v, %v are spent alone", ShortestBox, alone)
	}
}

func TestReveal(t *testing.T) {
	writing := Review{Phase: PhaseHappened, PhaseEndsAt: noon}
	for _, c := range []struct {
		name string
		r    Review
		p    Progress
		now  time.Time
		want string
	}{
		{"nobody wrote", writing, Progress{Seats: 2}, noon.Add(time.Hour), "reveal.empty"},
		{"one is writing", writing, Progress{Seats: 2, Written: 1}, noon.Add(-time.Second), "reveal.early"},
		{"all have written", writing, Progress{Seats: 2, Written: 2}, noon.Add(-time.Second), ""},
		{"the silence is over", writing, Progress{Seats: 2, Written: 1}, noon, ""},
		{"no question", Review{Phase: PhaseArrive}, Progress{Seats: 2, Written: 2}, noon, "question.none"},
	} {
		got, err := c.r.Reveal(c.p, c.now)
		if code(err) != c.want || got.Open != (c.want == "") {
			t.Errorf("%s: %q, open %v", c.name, code(err), got.Open)
		}
	}
	open, _ := writing.Reveal(Progress{Seats: 1, Written: 1}, noon)
	if !open.PhaseEndsAt.Equal(noon.Add(AgreeWait)) {
		t.Errorf("the wait for agreement ends %v", open.PhaseEndsAt)
	}
	again, err := open.Reveal(Progress{}, noon.Add(time.Minute))
	if err != nil || again != open {
		t.Errorf("opening twice: %v, %+v", err, again)
	}
}

func TestWrite(t *testing.T) {
	for _, c := range []struct {
		r     Review
		at    Phase
		added bool
		want  string
	}{
		{Review{Phase: PhaseIntended}, PhaseIntended, false, ""},
		{Review{Phase: PhaseIntended, Open: true}, PhaseIntended, true, ""},
		{Review{Phase: PhaseIntended, Open: true}, PhaseHappened, false, "question.order"},
		{Review{Phase: PhaseArrive}, PhaseIntended, false, "question.order"},
		{Review{Phase: PhaseGap}, PhaseHappened, true, ""},
		{Review{Phase: PhaseCarry}, PhaseIntended, true, ""},
		{Review{Phase: PhaseSort}, PhaseSort, false, "question.none"},
		{Review{Phase: PhaseClosed}, PhaseIntended, false, "review.closed"},
	} {
		added, err := c.r.Write(c.at)
		if code(err) != c.want || err == nil && added != c.added {
			t.Errorf("in %s (open %v) to %s: added %v, %q", c.r.Phase, c.r.Open, c.at, added, code(err))
		}
	}
}

func TestPhases_inOrder(t *testing.T) {
	if got := Questions(); !slices.Equal(got, Phases()[1:5]) {
		t.Errorf("the questions are %v", got)
	}
	for i, q := range Questions() {
		if q.Number() != i+1 {
			t.Errorf("%s is number %d", q, q.Number())
		}
	}
	for _, p := range []Phase{PhaseArrive, PhaseChange, PhaseCarry, PhaseClosed} {
		if p.Number() != 0 {
			t.Errorf("%s has a number", p)
		}
	}
}
