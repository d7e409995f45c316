package web

import (
	"debrief/internal/app"
	"debrief/internal/practice"
)

var _ = sample("constraints", func(f *Frame) (any, any) {
	b := app.Bounded{Constraint: limit, Scars: []practice.Scar{scar, {Of: "Night shift"}}}
	moved := b
	moved.Constraint.Withdrawn, moved.Constraint.Why = noon, "a later bus"
	return constraintsPage{inManual: inManual{f}}, constraintsPage{inManual: inManual{f}, Stand: []app.Bounded{b}, Moved: []app.Bounded{moved}}
})

var _ = sample("constraint", func(f *Frame) (any, any) {
	c := limit
	c.Kind, c.Doubt, c.Link, c.NamedAt, c.LookAt = practice.ByPartner, "a later bus", "https://elsewhere.example/5", noon, noon
	gone := c
	gone.Withdrawn, gone.Why = noon, "a later bus"
	return constraintPage{inManual: inManual{f}, B: app.Bounded{Constraint: gone}}, constraintPage{inManual: inManual{f}, Mine: true, B: app.Bounded{Constraint: c}, From: scarOf, Form: wrongForm(f, "why", "place")}
})

var _ = sample("findings", func(f *Frame) (any, any) {
	return findingsPage{inManual: inManual{f}}, findingsPage{inManual: inManual{f}, Lines: []app.Question{{Findings: []practice.Finding{try}}}}
})

var _ = sample("finding", func(f *Frame) (any, any) {
	return findingPage{inManual: inManual{f}}, findingPage{inManual: inManual{f}, K: app.Kept{Finding: try, Before: try}, From: scarOf}
})
