package shelf

import (
	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

var _ = webtest.Sample("constraints", func(f *frame.Frame) (any, any) {
	b := app.Bounded{Constraint: webtest.Limit, Scars: []practice.Scar{webtest.Scar, {Of: "Night shift"}}}
	b.Against = []app.Against{{Team: "Vans", Finding: webtest.Try}}
	moved := b
	moved.Constraint.Withdrawn, moved.Constraint.Why = webtest.Noon, "a later bus"
	return constraintsPage{inManual: inManual{Frame: f}}, constraintsPage{inManual: inManual{Frame: f}, Stand: []app.Bounded{b}, Moved: []app.Bounded{moved}}
})

var _ = webtest.Sample("constraint", func(f *frame.Frame) (any, any) {
	c := webtest.Limit
	c.Kind, c.Doubt, c.Link, c.NamedAt, c.LookAt = practice.ByPartner, "a later bus", "https://elsewhere.example/5", webtest.Noon, webtest.Noon
	gone := c
	gone.Withdrawn, gone.Why = webtest.Noon, "a later bus"
	return constraintPage{inManual: inManual{Frame: f}, B: app.Bounded{Constraint: gone}, Registered: []app.Assumed{relied()}}, constraintPage{inManual: inManual{Frame: f}, Mine: true, B: app.Bounded{Constraint: c, Against: []app.Against{{Team: "Vans", Scar: webtest.Scar}, {Team: "Boats", Scar: practice.Scar{Of: "Boats"}}, {Team: "Vans", Finding: webtest.Try}}}, From: webtest.ScarLines, Form: webtest.WrongForm(f, "why", "place"), Offers: f.Offers([]app.Offered{offeredAs(practice.OfferWaits)}, "con_a", true)}
})

var _ = webtest.Sample("findings", func(f *frame.Frame) (any, any) {
	return findingsPage{inManual: inManual{Frame: f}}, findingsPage{inManual: inManual{Frame: f}, Lines: []app.Question{{Findings: []practice.Finding{webtest.Try}, Promise: &app.Carried{Carry: practice.Carry{ID: "cry_a", State: practice.CarryOffered}}}}}
})

var _ = webtest.Sample("finding", func(f *frame.Frame) (any, any) {
	return findingPage{inManual: inManual{Frame: f}}, findingPage{inManual: inManual{Frame: f}, K: app.Kept{Finding: webtest.Try, Before: webtest.Try}, From: webtest.ScarLines, Offers: f.Offers(nil, "fnd_a", true)}
})
