package tour

import (
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/measure"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

func TestPages_emptyAndFull(t *testing.T) {
	s, _ := webtest.NewKit(t, Templates)
	webtest.EveryPage(t, s, Templates)
}

func TestPages_sayTheWordsOfTheirPack(t *testing.T) {
	s, _ := webtest.NewKit(t, Templates)
	webtest.EveryWord(t, s)
}

// lived is a team with something at every stop.
func lived() app.Tour {
	fell := practice.Failure{ID: "flr_a", Number: 41, Title: "The oven was left on", Text: "The oven was left on.\nAll night, and the flour beside it.",
		RecognisedAt: webtest.Noon.Add(-400 * time.Hour), Standing: practice.InUse}
	back := webtest.Scar
	back.CameBack = webtest.Noon
	return app.Tour{Team: webtest.Permits, Changed: 3, Failure: fell, Again: 2,
		Line: &app.Mended{Step: webtest.Line, Procedure: practice.Procedure{Slug: "closing", Title: "Closing"}, Failure: fell, Scars: []practice.Scar{back, webtest.Scar}},
		Others: []app.Mended{{Safeguard: practice.Safeguard{ID: "sfg_a", Text: "It turns itself off"}, Scars: []practice.Scar{webtest.Scar}},
			{Step: practice.ProcedureStep{ID: "stp_b", Text: "Lock the door"}}},
		Limit:   &app.Bounded{Constraint: webtest.Limit, Scars: []practice.Scar{{Failure: "flr_z", Of: "Night shift"}}},
		Finding: &app.Kept{Finding: webtest.Try, Scar: webtest.Scar},
		Promise: &app.Carried{Carry: practice.Carry{Act: "brief the cohort", Moment: "before June", DueAt: webtest.Noon, Carrier: "mem_dana"}, Carrier: practice.Member{Name: "Dana Reyes"},
			Failure: fell, Outcome: practice.OutcomeKept},
		Vitality: app.Vitality{Readings: []measure.Reading{{Name: measure.Early, Share: measure.Share{K: 5, N: 12}}, {Name: measure.Change}}},
		Used:     []app.Used{{Procedure: practice.Procedure{ID: "prc_a", Slug: "closing", Title: "Closing"}, Scars: []practice.Scar{webtest.Scar}}, {Constraint: webtest.Limit}},
	}
}

func pageOf(f *frame.Frame, t app.Tour) tourPage {
	return tourPage{Frame: f, Stops: stopsOf(f, t, webtest.Ilse), Used: troddenOf(f, t, webtest.Ilse)}
}

// atStop is the page of one stop.
func atStop(f *frame.Frame, t app.Tour, n int, pick string) tourPage {
	p := pageOf(f, t)
	p.at(n, pick)
	return p
}

var (
	_ = webtest.Sample("tour", func(f *frame.Frame) (any, any) { return pageOf(f, app.Tour{}), pageOf(f, lived()) })
	_ = webtest.Sample("tour", func(f *frame.Frame) (any, any) {
		return atStop(f, app.Tour{}, 2, ""), atStop(f, lived(), 2, "")
	})
	_ = webtest.Sample("tour", func(f *frame.Frame) (any, any) {
		all := pageOf(f, lived())
		all.All, all.New, all.Said = true, true, true
		return atStop(f, lived(), 6, ""), all
	})
	_ = webtest.Sample("tour", func(f *frame.Frame) (any, any) {
		return atStop(f, lived(), 1, ""), atStop(f, lived(), 2, "sfg_a")
	})
)

var _ = webtest.Sample("ran", func(f *frame.Frame) (any, any) {
	return ranPage{Frame: f}, ranPage{Frame: f, Of: practice.Procedure{Slug: "closing", Title: "Closing"}, Me: "mem_ilse", Asked: "Dana",
		People: []practice.Member{{ID: "mem_ilse", Name: "Ilse"}, {ID: "mem_dana", Name: "Dana"}}, Form: webtest.WrongForm(f, "witness")}
})

var _ = webtest.Sample("seen", func(f *frame.Frame) (any, any) {
	return seenPage{Frame: f}, seenPage{Frame: f, Run: app.Run{Who: practice.Member{Name: "Nadja"}, Of: practice.Procedure{Title: "Closing"}}}
})

// Each stop has its story and leads to the thing itself; where there is nothing, it says
// so and makes nothing up.
func TestStops(t *testing.T) {
	f := webtest.Frames(t)[1]
	to := []string{"/f/41", "/p/closing#stp_a", "/c/14", "/e/9", "/carry", "/vitality"}
	for i, s := range stopsOf(f, lived(), webtest.Ilse) {
		if s.N != i+1 || s.Waits != "" || s.To != to[i] || s.Way == "" || len(s.Voice) == 0 {
			t.Errorf("stop %d: %+v", i+1, s)
		}
		if text := s.Title + s.Big + strings.Join(s.Voice, " "); strings.Contains(text, "Dana") {
			t.Errorf("stop %d names whoever promised: %s", i+1, text)
		}
	}
	for _, s := range stopsOf(f, app.Tour{}, webtest.Ilse) {
		if s.Waits == "" || s.To != "" || s.Big != "" || len(s.Voice)+len(s.Scars) > 0 {
			t.Errorf("made up: %+v", s)
		}
	}
	if p := pageOf(f, app.Tour{}); !p.Empty() || !p.Young() || p.First().Ways[0].To != "/report" {
		t.Errorf("an organisation without anything: %+v", p.First())
	}
	if p := pageOf(f, lived()); p.Empty() || p.Young() {
		t.Error("a full one is said to be empty")
	}
}

// What it became is told only after the reader picked, and whatever they picked. Where
// there is less to choose from than three, nothing is asked.
func TestStops_asksBeforeItTells(t *testing.T) {
	f := webtest.Frames(t)[1]
	before := atStop(f, lived(), 2, "").Here
	if before.Guess == nil || len(before.Guess.Choices.Options) != 3 || len(before.Voice)+len(before.Scars) > 0 || before.To != "" || before.Title != "The oven was left on" {
		t.Errorf("before: %+v", before)
	}
	for pick, words := range map[string]string{"stp_a": "Turn the oven off", "sfg_a": "It turns itself off"} {
		after := atStop(f, lived(), 2, pick).Here
		if after.Guess != nil || after.Picked != words || after.Voice[1] != "Turn the oven off" || after.To == "" {
			t.Errorf("%s: %+v", pick, after)
		}
	}
	if again := atStop(f, lived(), 2, "stp_zzz").Here; again.Guess == nil || again.To != "" {
		t.Errorf("picked what was not offered: %+v", again)
	}
	few := lived()
	few.Others, few.Changed = few.Others[:1], 2
	if s := atStop(f, few, 2, "").Here; s.Guess != nil || len(s.Voice) != 2 || !pageOf(f, few).Young() {
		t.Errorf("with two: %+v", s)
	}
}

// Eight minutes in all, fewer at each stop, never none.
func TestLeft(t *testing.T) {
	for n, want := range map[int]int{1: 8, 3: 6, 6: 2} {
		if got := left(n); got != want {
			t.Errorf("at stop %d: %d", n, got)
		}
	}
}
