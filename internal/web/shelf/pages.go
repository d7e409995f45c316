// Package shelf is the manual: procedures with their steps and history, the ways
// to revise them, boundaries, and what experiments taught. It asks app, knows
// actors and no seats, and imports no other pages.
package shelf

import (
	"embed"
	"slices"

	"debrief/internal/web/frame"
)

// Templates are the pages of this package: page/*.html.
//
//go:embed page
var Templates embed.FS

// Pages answers for the manual.
type Pages struct{ *frame.Kit }

// Routes is every address of these pages.
func (s *Pages) Routes() []frame.Route {
	return slices.Concat(
		s.procedureRoutes(),
		s.constraintRoutes(),
		s.findingRoutes(),
		s.assumptionRoutes(),
		s.consentRoutes(),
		s.partyRoutes(),
		s.proposedRoutes(),
		s.offerRoutes(),
	)
}
