package plan

import (
	"testing"

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

// What the pages are filled with.
var (
	meant = practice.Intent{Title: "Payout days", Aim: "Half of them by 31 July", Hard: "The rates", Notice: "Wrong days", Ask: "Ada, on day 3", Stop: "at 2%",
		Signals: []practice.Signal{{What: "Shortfalls", From: "2%", Where: "row 4", Who: "Wen"}, {What: "Stale"}}}
	drafted = practice.Plan{ID: "pln_a", Number: 22, Team: "tea_a", Intent: meant, Version: 2, BegunAt: webtest.Noon}
	opened  = practice.Plan{ID: "pln_b", Number: 23, Team: "tea_a", BegunAt: webtest.Noon, OpenedAt: webtest.Noon, Reasons: []string{"Nobody looked."}}
)

// frozen is a plan whose work has begun.
func frozen() practice.Plan {
	p, err := drafted.Freeze(webtest.Noon)
	if err == nil {
		p, err = p.Add("It rained.", webtest.Noon)
	}
	if err != nil {
		panic(err)
	}
	p.Reasons = opened.Reasons
	return p
}

var _ = webtest.Sample("plans", func(f *frame.Frame) (any, any) {
	return plansPage{Frame: f}, plansPage{Frame: f, All: []practice.Plan{drafted, frozen()}, Form: webtest.WrongForm(f, "title")}
})

var _ = webtest.Sample("plan", func(f *frame.Frame) (any, any) {
	return planPage{Frame: f, P: opened, To: "/plan/23"}, planPage{Frame: f, P: drafted, To: "/plan/22", In: true, Form: webtest.WrongForm(f, "reason", "aim", "signals")}
})

var _ = webtest.Sample("plan", func(f *frame.Frame) (any, any) {
	broken := frozen()
	broken.Intent.Aim, broken.Reasons = "Another", nil
	return planPage{Frame: f, P: broken, To: "/plan/22"}, planPage{Frame: f, P: frozen(), To: "/plan/22", Form: webtest.WrongForm(f, "addition")}
})

var _ = webtest.Sample("writeplan", func(f *frame.Frame) (any, any) {
	return writePage{Frame: f, P: opened, To: "/plan/23", Now: texts(practice.Intent{})},
		writePage{Frame: f, P: drafted, To: "/plan/22", Now: texts(meant), Form: webtest.WrongForm(f, "title", "aim", "hard", "notice", "signals", "what1", "ask", "stop")}
})
