package plan

import (
	"testing"

	"debrief/internal/app"
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
	return plansPage{Frame: f}, plansPage{Frame: f, All: []practice.Plan{drafted, frozen()}, Like: 22, Form: webtest.WrongForm(f, "title", "like")}
})

var _ = webtest.Sample("plan", func(f *frame.Frame) (any, any) {
	full := planPage{Frame: f, P: drafted, To: "/plan/22", In: true, Fits: fits(f), Form: webtest.SentForm(f, "about", "con_a", "says", "apart")}
	for _, field := range []string{"reason", "aim", "signals", "so", "known"} {
		full.Form.Mark(practice.Refuse(practice.Invalid, "required").At(field))
	}
	for _, k := range []app.Known{
		{Inherited: practice.Inherited{About: "flr_a", Says: practice.SaysFits, Text: "we split first"}, Scar: webtest.Scar},
		{Inherited: practice.Inherited{About: "flr_b", Says: practice.SaysFits}, Scar: practice.Scar{Of: "Night shift"}},
		{Inherited: practice.Inherited{About: "con_b", Says: practice.SaysApart, Text: "no bus"}, Constraint: webtest.Limit},
		{Inherited: practice.Inherited{About: "fnd_b", Says: practice.SaysTest}, Finding: webtest.Try},
		{Inherited: practice.Inherited{About: "ofr_b", Says: practice.SaysTest}, Offer: app.Offered{Offer: practice.Offer{ID: "ofr_b", About: "con_b", Words: "Two keys"}, Team: "Depot"}},
		{Inherited: practice.Inherited{About: "asm_a", Says: practice.SaysFits}, Assumption: relied(practice.AssumptionReplaced)},
	} {
		full.Known = append(full.Known, lineOf(f, k, webtest.Ilse))
	}
	return planPage{Frame: f, P: opened, To: "/plan/23", Fits: fitting{Frame: f, Resting: true}}, full
})

// relied is what a team assumes, in a state; none: nobody tested it.
func relied(state practice.AssumptionState) app.Assumed {
	a := app.Assumed{Assumption: practice.Assumption{ID: practice.AssumptionID("asm_a" + string(state)), Number: 3, Text: "The bus leaves at six."}, Name: "Permits"}
	if state != "" {
		a.Tests = []practice.AssumptionTest{{Place: 1, State: state, How: "We missed it.", Day: webtest.Noon}}
		a.History = []app.AssumedTest{{AssumptionTest: a.Tests[0], Number: 4, Text: "The bus leaves at five.", Scar: webtest.Scar}}
	}
	return a
}

// fits is one of each that may fit.
func fits(f *frame.Frame) fitting {
	return fitting{Frame: f, Rested: []app.Likeness{{Assumption: relied(practice.AssumptionBroken), Under: drafted}, {Assumption: relied(practice.AssumptionHeld), Under: drafted}}, All: []app.Likeness{{Failure: webtest.Oven, Team: "Night shift", Perhaps: true}, {Constraint: webtest.Limit}, {Finding: webtest.Try}, {Offer: app.Offered{Offer: practice.Offer{ID: "ofr_a", About: "con_c", Words: "Two keys", Why: "One was lost."}, Team: "Depot"}}, {Assumption: relied(practice.AssumptionReplaced)}, {Assumption: relied("")}}}
}

var _ = webtest.Sample("plan", func(f *frame.Frame) (any, any) {
	broken := frozen()
	broken.Intent.Aim, broken.Reasons = "Another", nil
	watched := practice.Monitor{ID: "mon_a", MadeAt: webtest.Noon, HeardAt: webtest.Noon}
	broken.Intent.Stop = ""
	fired := []practice.Firing{{Signal: 1, Failure: webtest.Oven.ID, Count: 3, FirstAt: webtest.Noon, LastAt: webtest.Noon}, {Signal: practice.StopSignal, Failure: "flr_x", Count: 1, FirstAt: webtest.Noon, LastAt: webtest.Noon}}
	looked := app.Looked{Look: practice.Look{Signal: 1, Day: webtest.Noon}, Name: "Ilse"}
	seen := looked
	seen.Something = true
	late := app.Watched{Watch: practice.Watch{Signal: 1, DueAt: webtest.Noon}, Of: practice.Signal{What: "Shortfalls", Every: 7}, Due: true, Looks: []app.Looked{seen, looked, looked}}
	over := late
	late.Plan.LookAt, over.Looks = webtest.Noon, nil
	whole := frozen()
	whole.LookAt = webtest.Noon
	other := drafted
	other.ID, other.Number, other.Series = "pln_c", 24, drafted.ID
	return planPage{Frame: f, P: broken, To: "/plan/22", Watch: []app.Watched{over}, M: practice.Monitor{ID: "mon_a", MadeAt: webtest.Noon}}, planPage{Frame: f, P: whole, Team: []practice.Plan{other, whole}, Under: []frame.Under{{Text: "The bus leaves at six.", To: "/a/3#asu_a", State: "Broken", Open: true}}, To: "/plan/22", Watch: []app.Watched{late}, M: watched, Fired: fired, Gone: []app.Redacted{{Redaction: practice.Redaction{At: webtest.Noon}, Name: "Ilse"}}, Apart: []app.Apart{{Failure: webtest.Oven, CameTrue: 1}}, Form: webtest.WrongForm(f, "addition")}
})

var _ = webtest.Sample("plan", func(f *frame.Frame) (any, any) {
	redacted := frozen()
	redacted.Intent.Ask = practice.Removed
	redacted = redacted.Reprint()
	return planPage{Frame: f, P: redacted, To: "/plan/22"}, planPage{Frame: f, P: redacted, To: "/plan/22"}
})

var _ = webtest.Sample("legacy", func(f *frame.Frame) (any, any) {
	page := legacyPage{Frame: f, To: "/cycle/cyc_a/begin", Form: webtest.SentForm(f, "about", "con_a"),
		O: app.Legacy{Cycle: practice.Cycle{ID: "cyc_a", Number: 2, StartAt: webtest.Noon, EndAt: webtest.Noon.AddDate(9, 0, 0)}, Name: "Permits"}}
	page.Form.Mark(practice.Refuse(practice.Invalid, "inherited.because").At("so"))
	page.Form.Mark(practice.Refuse(practice.Conflict, "cycle.unread").At("left").With("n", 2))
	about := func(id string) practice.Inherited { return practice.Inherited{Cycle: "cyc_a", About: id} }
	read := about("con_b")
	read.Says, read.Text = practice.SaysApart, "no bus"
	page.O.Items = []app.Known{{Inherited: about("con_a"), Constraint: webtest.Limit}, {Inherited: about("fnd_a"), Finding: webtest.Try},
		{Inherited: about("cry_a"), Promise: app.Carried{Carry: practice.Carry{ID: "cry_a", Act: "brief them", DueAt: webtest.Noon}, Carrier: practice.Member{Name: "Dana"}}},
		{Inherited: about("scr_a"), Change: app.Meant{Scar: webtest.Scar, Procedure: webtest.Closing.Procedure, Step: webtest.Line}},
		{Inherited: about("scr_b"), Change: app.Meant{Scar: webtest.Scar, Safeguard: practice.Safeguard{ID: "sfg_a", Text: "A lamp"}}}, {Inherited: read, Constraint: webtest.Limit}}
	for _, k := range page.O.Items[:5] {
		page.Unread = append(page.Unread, lineOf(f, k, webtest.Ilse))
	}
	page.Read = []knownLine{lineOf(f, page.O.Items[5], webtest.Ilse)}
	return legacyPage{Frame: f, O: app.Legacy{Cycle: page.O.Cycle}, To: page.To}, page
})

var _ = webtest.Sample("legacy", func(f *frame.Frame) (any, any) {
	c := practice.Cycle{ID: "cyc_a", Number: 2, StartAt: webtest.Noon, EndAt: webtest.Noon}
	begun := c
	begun.BegunAt = webtest.Noon
	return legacyPage{Frame: f, O: app.Legacy{Cycle: c}, To: "/cycle/cyc_a/begin"}, legacyPage{Frame: f, O: app.Legacy{Cycle: begun}, To: "/cycle/cyc_a/begin"}
})

var _ = webtest.Sample("writeplan", func(f *frame.Frame) (any, any) {
	return writePage{Frame: f, P: opened, To: "/plan/23", Now: texts(practice.Intent{}), Fits: fitting{Frame: f, Resting: true}},
		writePage{Frame: f, P: drafted, To: "/plan/22", Now: texts(meant), Fits: fits(f), Form: webtest.WrongForm(f, "title", "aim", "hard", "notice", "signals", "what1", "ask", "stop")}
})

var _ = webtest.Sample("planpaper", func(f *frame.Frame) (any, any) {
	return paperPage{Frame: f, P: drafted, Fits: fits(f)}, paperPage{Frame: f, P: frozen(), Known: []knownLine{{Title: "Two ovens", Line: "So: one.", Broken: "Broken"}}}
})

var _ = webtest.Sample("redactplan", func(f *frame.Frame) (any, any) {
	return redactPage{Frame: f, P: frozen(), Form: webtest.WrongForm(f, "words")}, redactPage{Frame: f, P: frozen(), Form: webtest.SentForm(f, "words", "Ilse Brandt"), Found: practice.Redaction{Places: 3}}
})

var _ = webtest.Sample("monitor", func(f *frame.Frame) (any, any) {
	m := practice.Monitor{ID: "mon_a", MadeAt: webtest.Noon, HeardAt: webtest.Noon, Former: "salt", Until: webtest.Noon.AddDate(9, 0, 0)}
	return monitorPage{Frame: f, P: frozen(), To: "/plan/22"}, monitorPage{Frame: f, P: frozen(), To: "/plan/22", M: m, At: "https://debrief.example/monitor/mon_a", Secret: "whsec_x"}
})

var _ = webtest.Sample("monitor", func(f *frame.Frame) (any, any) {
	return monitorPage{Frame: f, P: frozen(), To: "/plan/22"}, monitorPage{Frame: f, P: frozen(), To: "/plan/22", M: practice.Monitor{ID: "mon_a", MadeAt: webtest.Noon}, At: "https://debrief.example/monitor/mon_a"}
})

var _ = webtest.Sample("series", func(f *frame.Frame) (any, any) {
	gap := func(id practice.GapID, at string, route practice.Route) app.Learned {
		return app.Learned{Gap: practice.Gap{ID: id, Where: at, Verdict: practice.Avoidable, Taken: true, Route: route}}
	}
	text := func(phase practice.Phase, text string, recalled bool) practice.AgreedText {
		return practice.AgreedText{Phase: phase, Text: text, Recalled: recalled}
	}
	step := gap("gap_a", "at the door", practice.Route{Kind: practice.RouteStep, To: "stp_a"})
	step.Step, step.Procedure = webtest.Line, webtest.Closing.Procedure
	guard := gap("gap_b", "at the gate", practice.Route{Kind: practice.RouteSafeguard, To: "sfg_a"})
	guard.Safeguard = webtest.Guard
	limit := gap("gap_c", "on the road", practice.Route{Kind: practice.RouteConstraint, To: "con_a"})
	limit.Gap.Verdict, limit.Constraint = practice.Inherent, webtest.Limit
	unsorted := gap("gap_d", "", practice.Route{})
	unsorted.Gap.Verdict = ""
	record := func(number int, whole bool, said ...practice.AgreedText) app.Record {
		r := app.Record{Failure: webtest.Oven, Whole: whole, Texts: said, Review: practice.Review{ID: "rev_a"}}
		r.Failure.Number = number
		return r
	}
	one, two, three, four := record(41, true, text(practice.PhaseIntended, "Half of them", false), text(practice.PhaseHappened, "Six of them", false)),
		record(42, true, text(practice.PhaseIntended, "All of them", true)), record(43, false), record(44, true)
	one.Gaps, two.Gaps, three.Gaps = []app.Learned{step, unsorted}, []app.Learned{step, guard, limit}, []app.Learned{guard}
	four.Review.NothingWhy = "It was seen in time."
	began := frozen()
	draft := drafted
	draft.Number, draft.Intent.Aim = 24, ""
	went := func(r app.Record) app.Went { return app.Went{Failure: r.Failure, Record: r} }
	cases := func(gaps ...practice.Gap) []app.RepeatCase {
		return []app.RepeatCase{{Plan: began, Failure: one.Failure, Gaps: gaps}, {Plan: draft, Failure: two.Failure}}
	}
	full := seriesPage{Frame: f, S: app.Series{Of: began, Earlier: 2, Plans: []app.Work{{Plan: began, Went: []app.Went{went(one), went(two), went(three), went(four), {Failure: webtest.Oven}}}, {Plan: began}, {Plan: draft}},
		Repeats: []app.Repeat{{Tied: true, Works: 2, Cases: cases()}, {Led: step, Works: 2, Cases: cases(step.Gap)}, {Led: guard, Works: 2, Cases: cases(guard.Gap)}, {Led: limit, Works: 2, Cases: cases(limit.Gap)}}}}
	full.fill()
	alone := seriesPage{Frame: f, S: app.Series{Of: began, Plans: []app.Work{{Plan: began}}}}
	alone.fill()
	return alone, full
})

var _ = webtest.Sample("series", func(f *frame.Frame) (any, any) {
	twice := seriesPage{Frame: f, S: app.Series{Of: frozen(), Plans: []app.Work{{Plan: frozen()}, {Plan: drafted}}}}
	twice.fill()
	return twice, twice
})
