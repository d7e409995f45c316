// Package loop is the pages a failure goes through: the start page, the report,
// with a name and without, its echo, the failure and its facts, the review that
// is called, the record, whoever carries it on, and search. It asks app under a
// name and room without one, never both at an address, and imports no other
// pages.
package loop

import (
	"embed"
	"slices"

	"debrief/internal/web/frame"
)

// Templates are the pages of this package: page/*.html.
//
//go:embed page
var Templates embed.FS

// Pages answers for failures and what comes of them.
type Pages struct{ *frame.Kit }

// Routes is every address that people ask for under their own name.
func (s *Pages) Routes() []frame.Route {
	return slices.Concat(
		s.nowRoutes(),
		s.reportRoutes(),
		s.tabletRoutes(),
		s.hotRoutes(),
		s.echoRoutes(),
		s.failureRoutes(),
		s.ownRoutes(),
		s.readerRoutes(),
		s.redactRoutes(),
		s.threadRoutes(),
		s.reviewRoutes(),
		s.meetingRoutes(),
		s.recordRoutes(),
		s.stopRoutes(),
		s.referralRoutes(),
		s.conflictRoutes(),
		s.carryRoutes(),
		s.searchRoutes(),
	)
}
