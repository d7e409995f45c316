// Package plan is the pages before the work: what a team means to do, how it would
// notice that it fails, why it may, and what a round of work inherits. It asks app, knows actors and no seats, and
// imports no other pages.
package plan

import (
	"embed"

	"debrief/internal/web/frame"
)

// Templates are the pages of this package: page/*.html.
//
//go:embed page
var Templates embed.FS

// Pages answers for plans.
type Pages struct{ *frame.Kit }

// Routes is every address of these pages.
func (s *Pages) Routes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /plan", Handler: s.Member(s.showPlans)},
		{Pattern: "POST /plan", Handler: s.Member(s.begin)},
		{Pattern: "GET /plan/{n}", Handler: s.Member(s.showPlan)},
		{Pattern: "POST /plan/{n}", Handler: s.Member(s.act)},
		{Pattern: "GET /plan/{n}/write", Handler: s.Member(s.showWrite)},
		{Pattern: "POST /plan/{n}/write", Handler: s.Member(s.write)},
		{Pattern: "GET /plan/{n}/series", Handler: s.Member(s.showSeries)},
		{Pattern: "GET /plan/{n}/paper", Handler: s.Member(s.showPaper)},
		{Pattern: "GET /plan/{n}/redact", Handler: s.Member(s.showRedact)},
		{Pattern: "POST /plan/{n}/redact", Handler: s.Member(s.redact)},
		{Pattern: "GET /plan/{n}/monitor", Handler: s.Member(s.showMonitor)},
		{Pattern: "POST /plan/{n}/monitor", Handler: s.Member(s.setMonitor)},
		{Pattern: "GET /cycle/{id}/begin", Handler: s.Member(s.showLegacy)},
		{Pattern: "POST /cycle/{id}/begin", Handler: s.Member(s.open)},
		{Pattern: "POST /plan/{n}/known", Handler: s.Member(s.previewKnown)},
	}
}
