package webtest

import (
	"net/http"
	"net/url"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
)

// WrongForm is a form with something to mend in each of the fields.
func WrongForm(f *frame.Frame, names ...string) *frame.Form {
	form := SentForm(f)
	for _, name := range names {
		form.Mark(practice.Refuse(practice.Invalid, "required").At(name))
	}
	return form
}

// SentForm is a form as it was sent: names and values in turn.
func SentForm(f *frame.Frame, pairs ...string) *frame.Form {
	values, known := url.Values{}, frame.Fields{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
		known[pairs[i]] = len(pairs[i+1])
	}
	form, err := frame.ReadForm(&http.Request{Method: http.MethodPost, PostForm: values, Form: values}, f, known)
	if err != nil {
		panic(err)
	}
	return form
}

// What pages of several rooms are filled with.
var (
	Oven = practice.Failure{ID: "flr_a", Number: 120, Team: "tea_a", Title: "Oven left on", Text: "Oven left on. All night.",
		Stage: practice.StageAfter, RecognisedAt: Noon, ReportedAt: Noon, Triage: practice.TriageNew, Standing: practice.Reported,
		TouchedOther: "the night shift", Convener: "mem_ilse"}
	Brought = practice.Failure{ID: "flr_b", Number: 7, Title: "Certificate ran out", Text: "It ran out.", Stage: practice.StageAfter,
		RecognisedAt: Noon, Source: practice.SourceImported, Provenance: practice.Provenance{Org: "Elsewhere", URL: "https://elsewhere.example/1",
			Licence: "CC0", Attribution: "By them"}}
	Scar = practice.Scar{ID: "scr_a", Step: "stp_a", Failure: "flr_a", Number: 41, Title: "Before", At: Noon}
	Line = practice.ProcedureStep{ID: "stp_a", Place: 3, Number: "3", Text: "Turn the oven **off**", Scars: []practice.Scar{Scar}}
	// Core takes three failures to change: two speak for it, of which one may be read.
	Core = practice.ProcedureStep{ID: "stp_c", Place: 5, Number: "5", Text: "Take the fee", CoreTimes: []practice.CoreTime{{From: Noon, Why: "The rules say so."}},
		Waits: []practice.CoreChange{{Gap: "gap_w", Change: practice.StepChange{Act: practice.ActEdit, Step: "stp_c", Text: "Take the fee last"}, Closed: Noon,
			Speaks: practice.Speaks{Failure: "flr_w", Event: "flr_w", By: "mem_ilse", Noticed: Noon, Number: 98, Title: "Paid twice", Team: "tea_a"}},
			{Gap: "gap_x", Change: practice.StepChange{Act: practice.ActRemove, Step: "stp_c"}, Closed: Noon,
				Speaks: practice.Speaks{Failure: "flr_x", Event: "flr_x", Noticed: Noon.AddDate(0, 0, 1), Of: "Night"}}}}
	Guard   = practice.Safeguard{ID: "sfg_a", Link: "https://elsewhere.example/2", Text: "It turns itself off", At: Noon, Scars: []practice.Scar{Scar}}
	Limit   = practice.Constraint{ID: "con_a", Number: 14, Kind: practice.ByPartner, Text: "The bus leaves at six", Assume: "we end at half past five", Places: []string{"shift plan"}}
	InPlace = practice.Gap{ID: "gap_a", Taken: true, Intended: "Off at six", Actual: "On till nine", Where: "the last round", Verdict: practice.Avoidable, Quotes: []string{"I smelled it"}}
	Try     = practice.Finding{ID: "fnd_a", Number: 9, Tried: "A timer", Expected: "off", Got: "off, twice", Known: []string{"it works"}, Next: "On Sundays?", Because: []string{"nobody is there"}, At: Noon, Asked: "https://elsewhere.example/4"}
	Promise = app.Carried{Carry: practice.Carry{ID: "cry_a", Carrier: "mem_ilse", Act: "brief them", Moment: "before June", DueAt: Noon, State: practice.CarryAccepted, Witness: true, Offered: "mem_d"},
		Carrier: practice.Member{ID: "mem_ilse", Name: "Ilse"}, Offered: practice.Member{ID: "mem_d", Name: "Dana"}, Failure: Oven}
	Closing = room.Page{Procedure: practice.Procedure{ID: "prc_a", Title: "Closing", Slug: "closing", Revision: 2}, Steps: []practice.ProcedureStep{Line, {ID: "stp_b", Place: 4, Number: "4", Text: "Lock"}}}
	Permits = practice.Team{ID: "tea_a", Name: "Permits", Pack: "tech", Emergency: "Line 5", EarlyWhy: "They asked",
		Groups: []practice.Group{{Name: "Clerks"}}, Triggers: []practice.Trigger{{Kind: practice.TriggerHarm, Text: "Harm"}}}
	ScarLines = []frame.ScarLine{{Number: "F-41", Title: "Before", To: "/f/41"}}
)

// Routed is the gap after it led somewhere.
func Routed(kind practice.RouteKind) practice.Gap {
	g := InPlace
	g.ID += practice.GapID("_" + kind)
	g.Route = practice.Route{Kind: kind, To: "x", Why: "because", By: Noon}
	return g
}

// Sorted is the gap with another verdict.
func Sorted(v practice.Verdict) practice.Gap {
	g := InPlace
	g.ID += practice.GapID("_" + v)
	g.Verdict, g.Differ = v, "not all of us"
	return g
}
