package web

import (
	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/room"
)

// wrongForm is a form with something to mend in each of the fields.
func wrongForm(f *Frame, names ...string) *Form {
	form := &Form{Sent: true, frame: f}
	for _, name := range names {
		form.Mark(practice.Refuse(practice.Invalid, "required").At(name))
	}
	return form
}

// What pages of several rooms are filled with.
var (
	oven = practice.Failure{ID: "flr_a", Number: 120, Team: "tea_a", Title: "Oven left on", Text: "Oven left on. All night.",
		Stage: practice.StageAfter, RecognisedAt: noon, ReportedAt: noon, Triage: practice.TriageNew, Standing: practice.Reported,
		TouchedOther: "the night shift", Convener: "mem_ilse"}
	brought = practice.Failure{ID: "flr_b", Number: 7, Title: "Certificate ran out", Text: "It ran out.", Stage: practice.StageAfter,
		RecognisedAt: noon, Source: practice.SourceImported, Provenance: practice.Provenance{Org: "Elsewhere", URL: "https://elsewhere.example/1",
			Licence: "CC0", Attribution: "By them"}}
	scar    = practice.Scar{ID: "scr_a", Step: "stp_a", Failure: "flr_a", Number: 41, Title: "Before", At: noon}
	line    = practice.ProcedureStep{ID: "stp_a", Place: 3, Text: "Turn the oven **off**", Scars: []practice.Scar{scar}}
	guard   = practice.Safeguard{ID: "sfg_a", Link: "https://elsewhere.example/2", Text: "It turns itself off", At: noon, Scars: []practice.Scar{scar}}
	limit   = practice.Constraint{ID: "con_a", Number: 14, Kind: practice.ByPartner, Text: "The bus leaves at six", Assume: "we end at half past five", Places: []string{"shift plan"}}
	inPlace = practice.Gap{ID: "gap_a", Taken: true, Intended: "Off at six", Actual: "On till nine", Where: "the last round", Verdict: practice.Avoidable, Quotes: []string{"I smelled it"}}
	try     = practice.Finding{ID: "fnd_a", Number: 9, Tried: "A timer", Expected: "off", Got: "off, twice", Known: []string{"it works"}, Next: "On Sundays?", Because: []string{"nobody is there"}, At: noon, Asked: "https://elsewhere.example/4"}
	promise = app.Carried{Carry: practice.Carry{ID: "cry_a", Carrier: "mem_ilse", Act: "brief them", Moment: "before June", DueAt: noon, State: practice.CarryAccepted, Witness: true, Offered: "mem_d"},
		Carrier: practice.Member{ID: "mem_ilse", Name: "Ilse"}, Offered: practice.Member{ID: "mem_d", Name: "Dana"}, Failure: oven}
	page    = room.Page{Procedure: practice.Procedure{ID: "prc_a", Title: "Closing", Slug: "closing", Revision: 2}, Steps: []practice.ProcedureStep{line, {ID: "stp_b", Place: 4, Text: "Lock"}}}
	permits = practice.Team{ID: "tea_a", Name: "Permits", Pack: "tech", Emergency: "Line 5", EarlyWhy: "They asked",
		Groups: []practice.Group{{Name: "Clerks"}}, Triggers: []practice.Trigger{{Kind: practice.TriggerHarm, Text: "Harm"}}}
	scarOf = []scarLine{{Number: "F-41", Title: "Before", To: "/f/41"}}
)

// routed is the gap after it led somewhere.
func routed(kind practice.RouteKind) practice.Gap {
	g := inPlace
	g.ID += practice.GapID("_" + kind)
	g.Route = practice.Route{Kind: kind, To: "x", Why: "because", By: noon}
	return g
}

// sorted is the gap with another verdict.
func sorted(v practice.Verdict) practice.Gap {
	g := inPlace
	g.ID += practice.GapID("_" + v)
	g.Verdict, g.Differ = v, "not all of us"
	return g
}
