package shelf

import (
	"html/template"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

// What the pages about procedures are filled with.
var (
	closing = practice.Procedure{ID: "prc_a", Slug: "closing", Title: "Closing", Owner: "mem_ilse", Revision: 2,
		SignOff: practice.SignOff{By: "mem_ilse", Until: webtest.Noon}}
	pageTwo = practice.Revision{Procedure: "prc_a", Number: 2, At: webtest.Noon, Reason: practice.ReasonLaw, Source: "Rule 7", From: webtest.Noon.Add(72 * time.Hour),
		Steps: []practice.StepID{"stp_a"}, Markdown: "Words.\n\n- Turn the oven **off**\n"}
	manualFull = app.Manual{Procedure: closing, Revision: pageTwo, Steps: []practice.ProcedureStep{webtest.Line, {ID: "stp_b", Place: 4, Number: "4", Text: "Go"}}, Owner: practice.Member{Name: "Ilse"}, SignBy: practice.Member{Name: "Dana"}, Mine: true}
	worded     = []frame.Wording{{Line: "Step 3", Diff: &frame.Diff{Label: "What changes", Was: []frame.Run{{Text: "on"}}, Is: []frame.Run{{Text: "off", Changed: true}}}}, {Line: "Step 4"}}
	told       = history{Heading: "How", Bars: []frame.HeldBar{{X: "0.0%", Width: "10.0%", Text: "version 2"}},
		Turns: []turn{{When: "Wed", Name: "Version 2", To: "/p/closing/history/2", Scar: &webtest.ScarLines[0], Notes: []string{"a", "b"}, Wordings: worded}, {When: "Tue", Name: "Version 1", To: "/1", Why: "first version"}}}
	blamedHere = []blamed{{N: "1", To: "/p/closing/step/stp_a", Text: "Turn", From: "version 2", At: "/2", Scar: &webtest.ScarLines[0]}, {N: "2", To: "/2", Text: "Go", From: "version 1", At: "/1", Why: "first version"}}
)

var _ = webtest.Sample("shelf", func(f *frame.Frame) (any, any) {
	return shelfPage{inManual: inManual{Frame: f}}, shelfPage{inManual: inManual{Frame: f}, Procedures: []shelved{shelve(f, store.Shelved{Procedure: closing, Steps: 2, Failures: 1, ChangedAt: webtest.Noon})},
		Safeguards: []safeguardLine{{Text: "It turns itself off", To: "https://elsewhere.example/2", Where: "elsewhere.example", Scars: webtest.ScarLines, Side: "since", Seam: f.Seam(1)}}}
})

var _ = webtest.Sample("newprocedure", func(f *frame.Frame) (any, any) {
	return newProcedurePage{Frame: f}, newProcedurePage{Frame: f, Form: webtest.WrongForm(f, "markdown"), Teams: []practice.Team{webtest.Permits, {ID: "tea_b", Name: "Night"}}}
})

func fullProcedure(f *frame.Frame) procedurePage {
	return procedurePage{inManual: inManual{Frame: f}, Of: app.History{Manual: manualFull, Decides: true}, To: "/p/closing", Under: []frame.Under{{Text: "The bus leaves at six.", To: "/a/3#asu_a", State: "Broken", Open: true}, {Text: "At seven.", To: "/a/4"}}, Line: "Two steps.", New: true, Alone: true, Later: "later", Changed: "changed", Done: "done",
		SignOff: signOff{Text: "waits", Waiting: true, Mine: true}, Latest: &told, Print: "https://here.example/p/closing", Square: f.QR("https://here.example/p/closing", "Still current?"),
		Has:  say{Told: "Night", May: "Ilse changes it.", Waits: []frame.Link{{To: "/p/closing/proposals/prp_a", Text: "Proposed"}}, Groups: []practice.Party{clerks, panel}, Trials: []frame.Link{{To: "/consent/gap_a", Text: "Step 3"}}, Mine: true},
		Use:  usage{Last: "Last used", Why: "Not ticked since", May: true, Unused: []unusedLine{{N: "1", Text: "Turn", To: "/p/closing/step/stp_a#unused", Line: "Never ticked.", Scars: webtest.ScarLines}}},
		Runs: []run{{Prose: template.HTML("<p>Words.</p>"), In: 1}, {Steps: []stepLine{{ID: "stp_a", N: "1", Text: "Turn", Seam: f.Seam(8), Scars: webtest.ScarLines, Side: "since", Edit: "/e", Past: "/h"}, {ID: "stp_b", N: "1.1", In: 4, Text: "Go", Past: "/h", Takes: true, Trial: "provisional", Core: f.Core(webtest.Core, practice.Actor{})}}}}}
}

var _ = webtest.Sample("procedure", func(f *frame.Frame) (any, any) { return procedurePage{inManual: inManual{Frame: f}}, fullProcedure(f) })

var _ = webtest.Sample("use", func(f *frame.Frame) (any, any) { return procedurePage{inManual: inManual{Frame: f}}, fullProcedure(f) })

var _ = webtest.Sample("history", func(f *frame.Frame) (any, any) {
	return historyPage{Frame: f}, historyPage{Frame: f, To: "/p/closing", History: told, Lines: blamedHere}
})

var _ = webtest.Sample("version", func(f *frame.Frame) (any, any) {
	return versionPage{Frame: f}, versionPage{Frame: f, To: "/p/closing", Turn: told.Turns[0], Around: []frame.Diff{f.Changed("", "Words.")}, Lines: blamedHere, Before: "/1", After: "/3"}
})

var _ = webtest.Sample("line", func(f *frame.Frame) (any, any) {
	return linePage{Frame: f, History: &history{}}, linePage{Frame: f, Of: app.History{Manual: manualFull, Decides: true}, To: "/p/closing", Step: webtest.Line, Scars: webtest.ScarLines, Side: "since", Gone: "taken out", Became: "/there", Mark: "since", Core: f.Core(webtest.Core, practice.Actor{}), History: &told, Offers: f.Offers([]app.Offered{tookOver()}, "scr_a", true)}
})

var _ = webtest.Sample("line", func(f *frame.Frame) (any, any) {
	third := webtest.Core.Waits[0].Speaks
	third.Event = "flr_y"
	return linePage{Frame: f, Of: app.History{Manual: app.Manual{Mine: true}, Decides: true}, Step: webtest.Line, Form: webtest.WrongForm(f, "why"), History: &history{}},
		linePage{Frame: f, Of: app.History{Manual: manualFull, Decides: true}, To: "/p/closing", Step: webtest.Core, Unmarks: true, Core: f.Core(webtest.Core, practice.Actor{}, third), History: &told,
			Trial: &trial{Gap: "gap_a", Says: []string{"since", "harm"}, Asks: practice.TrialOver, Days: true, May: true, Round: "/consent/gap_a", Form: webtest.WrongForm(f, "why", "days")}}
})

var _ = webtest.Sample("line", func(f *frame.Frame) (any, any) {
	return linePage{Frame: f, Step: webtest.Line, History: &history{}, Unused: &unused{Says: []string{"kept"}}},
		linePage{Frame: f, Of: app.History{Manual: manualFull, Decides: true}, To: "/p/closing", Step: webtest.Line, History: &told, Unused: &unused{Says: []string{"since", "never"}, May: true, Form: webtest.WrongForm(f, "why")}}
})

var _ = webtest.Sample("current", func(f *frame.Frame) (any, any) {
	return currentPage{Frame: f}, currentPage{Frame: f, To: "/p/closing", Answer: "No.", Wordings: worded}
})

var _ = webtest.Sample("revise", func(f *frame.Frame) (any, any) {
	full := revisePage{Frame: f, Of: manualFull, To: "/p/closing", Act: practice.ActSplit, Step: webtest.Line, Above: webtest.Line, Sees: true,
		Wordings: worded, Problem: "That breaks it.", Both: &frame.BothSaid{Heading: "Both", Theirs: "theirs", Mine: "mine"}, Form: webtest.WrongForm(f, "text", "reason", "source", "from")}
	full.Acts = full.acts()
	return revisePage{Frame: f, Act: practice.ActAdd}, full
})

var _ = webtest.Sample("paste", func(f *frame.Frame) (any, any) {
	return pastePage{Frame: f}, pastePage{Frame: f, Of: manualFull, To: "/p/closing", Text: "- Go\n", Sees: true, Kept: 1, Wordings: worded, Form: webtest.WrongForm(f, "markdown")}
})

var _ = webtest.Sample("owner", func(f *frame.Frame) (any, any) {
	return ownerPage{Frame: f}, ownerPage{Frame: f, Of: manualFull, To: "/p/closing", People: []practice.Member{{ID: "mem_ilse", Name: "Ilse"}}, Form: webtest.WrongForm(f, "owner", "signby", "until", "title")}
})
