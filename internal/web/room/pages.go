// Package room is the pages of a review: its door, where people still have names,
// and the room from inside, where there are seats and no sessions. The door asks
// app; inside, a page asks the room and nobody else. It imports no other pages.
package room

import (
	"embed"
	"slices"

	"debrief/internal/room"
	"debrief/internal/web/frame"
)

// Templates are the pages of this package: page/*.html.
//
//go:embed page
var Templates embed.FS

// Pages answers at the door of a room and in it.
type Pages struct {
	*frame.Kit
	onces  room.Onces
	sheets sheets
}

// Routes is where people still have names: the door, whoever asks in, and guests.
func (s *Pages) Routes() []frame.Route {
	return slices.Concat(s.placeRoutes(), s.askingRoutes(), s.guideRoutes(), s.guestRoutes(), s.tabletRoutes(), s.useRoutes(), s.pulseRoutes(), s.causeRoutes())
}

// SeatRoutes is every address under /seat/. None of these goes through
// [frame.Kit.Member], s.seat is the only way in, and none leaves a line in the log.
func (s *Pages) SeatRoutes() []frame.Route {
	return frame.Quiet(slices.Concat(s.roomRoutes(), s.changeRoutes(), s.handoverRoutes()))
}
