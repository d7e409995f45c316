package practice

import (
	"strings"
	"testing"
	"time"
)

var parts = Parts{Intended: "fifty", Actual: "twelve", Where: "at the door"}

func TestTake_aFourthWithAReason(t *testing.T) {
	if _, err := (Gap{}).Take(true, 3, " "); code(err) != "gap.fourth" {
		t.Errorf("a fourth: %v", err)
	}
	if g, err := (Gap{}).Take(true, 3, " a flood "); err != nil || !g.Taken || g.Beyond != "a flood" {
		t.Errorf("a fourth with a reason: %v %+v", err, g)
	}
	if g, err := (Gap{}).Take(true, 2, "not asked for"); err != nil || !g.Taken || g.Version != 1 || g.Beyond != "" {
		t.Errorf("a third: %v", err)
	}
	if g, err := (Gap{Taken: true}).Take(true, 3, ""); err != nil || !g.Taken {
		t.Errorf("one that is taken: %v", err)
	}
	if g, err := (Gap{Taken: true, Beyond: "a flood"}).Take(false, 3, "other"); err != nil || g.Taken || g.Beyond != "" {
		t.Errorf("put back: %v", err)
	}
}

func TestKeep(t *testing.T) {
	said := []Answer{{Text: "The bag had 18 leaflets. By ten they were gone."}, {Actual: "twelve signed"}}
	if g, err := (Gap{}).Keep([]string{"By ten they were gone.", "twelve signed"}, said); err != nil || len(g.Quotes) != 2 {
		t.Errorf("two that were said: %v", err)
	}
	if _, err := (Gap{}).Keep([]string{"By nine they were gone."}, said); code(err) != "quote.unsaid" {
		t.Errorf("one that was not: %v", err)
	}
	if _, err := (Gap{}).Keep([]string{"a", "b", "c"}, said); code(err) != "quote.two" {
		t.Errorf("three: %v", err)
	}
	if _, err := (Gap{}).Keep([]string{""}, said); code(err) != "quote.unsaid" {
		t.Errorf("an empty one: %v", err)
	}
}

func TestRewrite(t *testing.T) {
	if g, err := (Gap{}).Rewrite(parts); err != nil || g.Where != parts.Where || g.Version != 1 {
		t.Errorf("%v, %+v", err, g)
	}
	if _, err := (Gap{}).Rewrite(Parts{Intended: "x", Actual: "y"}); code(err) != "gap.where" {
		t.Errorf("without a place: %v", err)
	}
	if _, err := (Gap{Open: true}).Rewrite(parts); code(err) != "gap.judged" {
		t.Errorf("after it was judged: %v", err)
	}
}

func TestJudgementCheck(t *testing.T) {
	for _, c := range []struct {
		j    Judgement
		sure bool
		want string
	}{
		{Judgement{}, false, "kind.required"},
		{Judgement{Kind: Unknown}, false, "kind.required"},
		{Judgement{Kind: Avoidable}, false, ""},
		{Judgement{Kind: KeptOpen}, false, ""},
		{Judgement{Kind: Inherent}, false, "inherent.could"},
		{Judgement{Kind: Inherent, Could: CouldOthers}, false, ""},
		{Judgement{Kind: Inherent, Could: CouldSoon}, false, "inherent.soon"},
		{Judgement{Kind: Inherent, Could: CouldSoon}, true, ""},
		{Judgement{Kind: Inherent, Could: "me"}, true, "inherent.could"},
		{Judgement{Kind: Avoidable, Reason: strings.Repeat("x", MaxLine+1)}, false, "too.long"},
	} {
		if got := code(c.j.Check(c.sure)); got != c.want {
			t.Errorf("%+v, sure %v: %q, want %q", c.j, c.sure, got, c.want)
		}
	}
}

func TestSettle(t *testing.T) {
	open := Gap{Taken: true, Open: true, Round: 1}
	kept := Gap{Taken: true, Open: true, Verdict: KeptOpen, OpenTill: noon}
	same := []Judgement{{Kind: Avoidable}, {Kind: Avoidable}, {Kind: KeptOpen}}
	mixed := []Judgement{{Kind: Avoidable}, {Kind: Inherent}}
	for _, c := range []struct {
		name   string
		g      Gap
		s      Settlement
		judged []Judgement
		now    time.Time
		want   string
	}{
		{"agreed", open, Settlement{Verdict: Avoidable}, same, noon, ""},
		{"against everybody", open, Settlement{Verdict: Experiment}, same, noon, "gap.split"},
		{"a majority is no reason", open, Settlement{Verdict: Avoidable}, mixed, noon, "gap.split"},
		{"the difference in words", open, Settlement{Verdict: Avoidable, Differ: "we could ask in April"}, mixed, noon, ""},
		{"before it was judged", Gap{Taken: true}, Settlement{Verdict: Avoidable}, same, noon, "gap.unopened"},
		{"not taken", Gap{Open: true}, Settlement{Verdict: Avoidable}, same, noon, "gap.unopened"},
		{"inherent without its half", open, Settlement{Verdict: Inherent, Could: CouldOthers}, nil, noon, ""},
		{"inherent without who", open, Settlement{Verdict: Inherent, Needs: "another bank"}, nil, noon, "inherent.could"},
		{"inherent, us, soon", open, Settlement{Verdict: Inherent, Needs: "x", Could: CouldSoon}, nil, noon, "inherent.soon"},
		{"inherent, us, soon, sure", open, Settlement{Verdict: Inherent, Needs: "x", Could: CouldSoon, Sure: true}, nil, noon, ""},
		{"inherent", open, Settlement{Verdict: Inherent, Needs: "another bank", Could: CouldOthers}, nil, noon, ""},
		{"kept open", open, Settlement{Verdict: KeptOpen}, mixed, noon, ""},
		{"kept open within the week", kept, Settlement{Verdict: KeptOpen}, mixed, noon, ""},
		{"kept open longer", kept, Settlement{Verdict: KeptOpen}, mixed, noon.Add(1), "gap.week"},
		{"unknown at once", open, Settlement{Verdict: Unknown}, mixed, noon, "gap.keepfirst"},
		{"unknown later", kept, Settlement{Verdict: Unknown}, mixed, noon.Add(time.Hour), ""},
		{"decided later", kept, Settlement{Verdict: Avoidable}, same, noon.Add(time.Hour), ""},
		{"no kind", open, Settlement{Verdict: "bad luck"}, nil, noon, "kind.required"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g, err := c.g.Settle(c.s, c.judged, c.now)
			if code(err) != c.want {
				t.Fatalf("refusal %q, want %q", code(err), c.want)
			}
			if err == nil && (g.Verdict != c.s.Verdict || g.Version != c.g.Version+1) {
				t.Errorf("settled as %+v", g)
			}
			if err != nil && g.Verdict != c.g.Verdict {
				t.Errorf("a refusal settled it as %s", g.Verdict)
			}
		})
	}
	g, _ := open.Settle(Settlement{Verdict: KeptOpen}, nil, noon)
	if !g.OpenTill.Equal(noon.Add(KeepOpen)) {
		t.Errorf("kept open till %v", g.OpenTill)
	}
}

func TestHearAgain_once(t *testing.T) {
	g := Gap{Taken: true, Open: true, Round: 1, Verdict: Avoidable, Differ: "x"}
	g, err := g.HearAgain()
	if err != nil || g.Open || g.Round != 2 || g.Verdict != "" || g.Differ != "" {
		t.Fatalf("%v, %+v", err, g)
	}
	g.Open = true
	if _, err := g.HearAgain(); code(err) != "gap.heard" {
		t.Errorf("a third round: %v", err)
	}
}

func TestSplit(t *testing.T) {
	g := Gap{Review: "rev_1", Taken: true, Open: true, Round: 1}
	other := Parts{Intended: "fifty", Actual: "nobody read page 31", Where: "at the launch"}
	a, b, err := g.Split(parts, other, 2)
	if err != nil || !a.Taken || !b.Taken || a.Open || b.Open || a.Round != 2 || b.Round != 2 || b.Review != g.Review {
		t.Fatalf("%v\n%+v\n%+v", err, a, b)
	}
	if a.Actual != parts.Actual || b.Actual != other.Actual {
		t.Errorf("%q and %q", a.Actual, b.Actual)
	}
	if _, b, _ = g.Split(parts, other, 3); b.Taken {
		t.Error("a fourth gap came in by splitting")
	}
	if _, _, err := g.Split(parts, parts, 1); code(err) != "gap.same" {
		t.Errorf("twice the same: %v", err)
	}
	if _, _, err := (Gap{Taken: true}).Split(parts, other, 1); code(err) != "gap.unopened" {
		t.Errorf("before it was judged: %v", err)
	}
}

func TestMaySettle(t *testing.T) {
	for _, c := range []struct {
		phase   Phase
		verdict Verdict
		want    string
	}{
		{PhaseGap, "", "question.order"},
		{PhaseSort, "", ""},
		{PhaseSort, Avoidable, ""},
		{PhaseChange, Avoidable, "gap.settled"},
		{PhaseChange, KeptOpen, ""},
		{PhaseCarry, KeptOpen, ""},
		{PhaseClosed, KeptOpen, "review.closed"},
	} {
		if got := code((Review{Phase: c.phase}).MaySettle(Gap{Verdict: c.verdict})); got != c.want {
			t.Errorf("%s in %s: %q, want %q", c.verdict, c.phase, got, c.want)
		}
	}
}
