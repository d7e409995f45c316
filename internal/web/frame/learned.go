package frame

import (
	"strings"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// Became says in one line what a gap led to; at says when.
func (f *Frame) Became(l app.Learned, at func(time.Time) string) string {
	r := l.Gap.Route
	switch r.Kind {
	case practice.RouteStep:
		return f.Say("record.changed.step", "procedure", l.Procedure.Title, "n", l.Step.Number, "when", at(l.At))
	case practice.RouteSafeguard:
		return f.Say("record.changed.safeguard", "text", l.Safeguard.Text)
	case practice.RouteConstraint:
		return f.Say("record.changed.constraint", "text", strings.TrimRight(l.Constraint.Text, "."), "places", l.Constraint.Places)
	case practice.RouteFinding:
		return f.Say("record.changed.finding", "text", l.Finding.Known)
	case practice.RouteWaiting:
		return f.Say("record.changed.waiting", "procedure", l.Procedure.Title, "n", l.Step.Number)
	case practice.RoutePutBack:
		return f.Say("record.changed.put-back", "procedure", l.Procedure.Title, "n", l.Step.Number, "why", r.Why)
	case practice.RouteProposed:
		return f.Say("record.changed.proposed", "procedure", l.Procedure.Title, "text", l.Proposed.Change.Text)
	case practice.RouteDeclined:
		return f.Say("record.changed.declined", "procedure", l.Procedure.Title, "why", r.Why)
	case practice.RoutePromised:
		return f.Say("record.changed.promised", "day", r.By, "why", r.Why)
	case practice.RouteReferral:
		return f.handed(l)
	case practice.RouteNothing:
		return f.Say("record.changed.none", "why", r.Why)
	case practice.RouteCovered:
		what := l.Safeguard.Text
		if l.Step.ID != "" {
			what = f.Say("search.step", "procedure", l.Procedure.Title, "n", l.Step.Number)
		}
		return f.Say("record.changed.covered", "what", what, "why", r.Why)
	}
	if l.Gap.Verdict == practice.Unknown {
		return f.Say("record.changed.unknown")
	}
	return ""
}

// handed says to whom a gap of a record was handed, and where that stands.
func (f *Frame) handed(l app.Learned) string {
	if l.Stands == "" {
		return f.Say("record.changed.referral", "why", l.Gap.Route.Why)
	}
	return f.Say("record.changed.referral", "why", l.Gap.Route.Why) + " " + f.StandsOutside(l.Stands, l.Referral.Last(), l.Receiver())
}

// StandsOutside says where a gap stands that was handed over. words:use referral.stands.*
func (f *Frame) StandsOutside(state practice.ReferralState, last practice.Receiver, name string) string {
	day := last.SaidAt
	if day.IsZero() {
		day = last.Until
	}
	return f.Say("referral.stands."+string(state), "name", name, "day", f.Day(day), "why", last.Why)
}
