// Package people is the pages about people and their teams: setting up, the door,
// everybody and their devices, a team and its words, and where messages reach
// them. It asks app and auth, knows actors and no seats, and imports no other
// pages.
package people

import (
	"embed"
	"slices"

	"debrief/internal/web/frame"
)

// Templates are the pages of this package: page/*.html.
//
//go:embed page
var Templates embed.FS

// Pages answers for people and teams.
type Pages struct{ *frame.Kit }

// Routes is every address of these pages.
func (s *Pages) Routes() []frame.Route {
	return slices.Concat(
		s.setupRoutes(),
		s.doorRoutes(),
		s.providerRoutes(),
		s.joinRoutes(),
		s.knockRoutes(),
		s.leavingRoutes(),
		s.proveRoutes(),
		s.teamRoutes(),
		s.addressRoutes(),
		s.hearingRoutes(),
		s.channelRoutes(),
		s.keptRoutes(),
		s.guardianRoutes(),
		s.tabletRoutes(),
	)
}
