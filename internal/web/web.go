// Package web is the pages: one face over app and room, server-rendered, that
// works without scripts and is kept fresh by a small script of our own.
//
// # Adding a page
//
//  1. The address goes into the route slice of the page's file: report.go has
//     reportRoutes. routes, below, joins the slices of all files; that is the
//     whole table.
//
//  2. The handler parses, calls app (or room), and shows. It decides nothing:
//     what it cannot do it returns as an error, and fail in refuse.go makes a page
//     of it.
//
//  3. The page is page/report.html and one struct, reportPage, that embeds *Frame.
//     The file names its layout and defines "main":
//
//     {{template "layout/page" .}}
//     {{define "main"}}<h1>{{.Say "report.heading"}}</h1>{{end}}
//
//     Layouts: page (navigation), room (indigo bar, no navigation), bare (a door,
//     a form that must not distract).
//
//  4. Words are never in templates or Go code: {{.Say "report.heading"}}, inside a
//     range {{$.Say "report.heading"}}. {{.Spans "report.still"}} is a sentence in
//     pieces, for a link inside it.
//
//  5. Parts are called with a small Go value whose texts are already said:
//     {{template "part/refusal" .Refusal}}. Their structs are in part.go, with
//     the Frame methods that build them.
//
//  6. Nothing inline: no style attribute, no script, no handler. Geometry is SVG
//     attributes or a class.
//
//  7. report_test.go says how the page looks empty and full: a line
//     var _ = sample("report", …). A test executes every template with both, and
//     fails for a page that has none.
//
// # Forms
//
// A form posts, the answer is a redirect (303). {{template "part/once" .Form}}
// puts an idempotency key into it. readForm refuses fields it was not told of.
// When app refuses something about a field, the same page is shown again with
// what was typed and the refusal beside the field (Form.Mark).
//
// # Live pages
//
// A page that changes while it is open sets Frame.News to the address of its
// stream and wraps what may change:
//
//	<section data-fragment="answers" data-src="/f/118/room/2/answers">…</section>
//
// The stream says only that "answers" changed; the browser then gets that
// address with its own rights and puts the difference in. What a person is
// editing is never replaced.
package web

import (
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"debrief/internal/app"
	"debrief/internal/auth"
	"debrief/internal/live"
	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/words"
)

// Options are what the pages need from outside.
type Options struct {
	App    *app.App
	Auth   *auth.Auth
	Rooms  *room.Rooms
	Words  *words.Catalogue
	Now    func() time.Time
	Random io.Reader
	Log    *slog.Logger

	// Base is where people find us, such as https://debrief.example.org, for
	// links to copy. Empty means where the request came to.
	Base string

	// Unnamed is where the pages of people without a name are, such as
	// https://quiet.example.org, if they have a host of their own. Empty means
	// here.
	Unnamed string

	// Actor says who is asking and where. For a stranger it returns the place
	// with practice.ErrUnauthenticated. Where it is nil, Auth and App are asked.
	Actor func(*http.Request) (practice.Actor, Place, error)

	// Seat says which place in a review is asking. It looks at the seat's own
	// key and at nothing else. Where it is nil, Rooms is asked.
	Seat func(*http.Request) (practice.Seat, Place, error)

	// Live tells open pages what happened.
	Live *live.Hub
}

// Web answers every page.
type Web struct {
	Options
	assets *assets
	pages  templates
	mux    *http.ServeMux

	lines  lines
	onces  room.Onces
	ending chan struct{} // closed when streams are to end
	ended  sync.Once
}

// New parses the templates and the assets and makes the table of routes.
func New(o Options) (*Web, error) {
	cloth, err := fs.Sub(clothFiles, "cloth")
	if err != nil {
		return nil, err
	}
	s := &Web{
		Options: o, mux: http.NewServeMux(), ending: make(chan struct{}),
		lines: lines{readers: map[string]int{}, topics: map[string]int{}},
	}
	if s.Actor == nil {
		s.Actor = s.asking
	}
	if s.Seat == nil {
		s.Seat = s.sitting
	}
	if s.assets, err = loadAssets(cloth); err != nil {
		return nil, err
	}
	if s.pages, err = loadTemplates(templateFiles, s.assets.funcs()); err != nil {
		return nil, err
	}
	for _, rt := range s.Routes() {
		s.mux.Handle(rt.Pattern, rt.handler)
	}
	return s, nil
}

// Routes is the whole table of addresses: those of people, and those of seats
// and of the unnamed, which know no session and leave no line in the log.
func (s *Web) Routes() []Route {
	return slices.Concat(s.peopleRoutes(), s.seatRoutes(), s.unnamedRoutes())
}

// peopleRoutes is every address that a person under their own name, or a
// stranger, may ask for.
func (s *Web) peopleRoutes() []Route {
	return slices.Concat(
		s.frameRoutes(),
		s.setupRoutes(),
		s.doorRoutes(),
		s.proveRoutes(),
		s.nowRoutes(),
		s.reportRoutes(),
		s.echoRoutes(),
		s.failureRoutes(),
		s.threadRoutes(),
		s.reviewRoutes(),
		s.placeRoutes(),
		s.askingRoutes(),
		s.carryRoutes(),
		s.recordRoutes(),
		s.procedureRoutes(),
		s.constraintRoutes(),
		s.findingRoutes(),
		s.searchRoutes(),
		s.teamRoutes(),
		s.hearingRoutes(),
		s.channelRoutes(),
		s.meetingRoutes(),
		s.addressRoutes(),
		s.moreRoutes(),
	)
}

// seatRoutes is every address under /seat/. None of these goes through
// s.member, and s.seat is the only way in.
func (s *Web) seatRoutes() []Route {
	return quiet(slices.Concat(s.roomRoutes(), s.changeRoutes(), s.handoverRoutes()))
}

// frameRoutes is what belongs to no page.
func (s *Web) frameRoutes() []Route {
	return []Route{
		// Browsers that are new here get these, whichever page they came for.
		{Pattern: "GET /cloth/{file}", Quiet: true, handler: s.raw(s.serveAsset)},
		{Pattern: "GET /favicon.ico", handler: s.raw(s.serveIcon)},
	}
}
