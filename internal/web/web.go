// Package web is the pages: one face over app and room, server-rendered, that
// works without scripts and is kept fresh by a small script of our own.
//
// frame is what every page is made with. people, loop, shelf, plan, vitality, tour and room
// have the pages, each with its addresses, its page/*.html and its tests; they stand on the
// frame and do not know each other. Here they come together.
//
// # Adding a page
//
//  1. The address goes into the route slice of the page's file: loop/report.go has
//     reportRoutes. Routes in the package's pages.go joins the slices of its files,
//     and table, below, those of the packages; that is the whole table.
//
//  2. The handler parses, calls app (or room), and shows. It decides nothing:
//     what it cannot do it returns as an error, and Fail in frame/refuse.go makes a
//     page of it.
//
//  3. The page is loop/page/report.html and one struct, reportPage, that embeds
//     *frame.Frame. The file names its layout and defines "main":
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
//     {{template "part/refusal" .Refusal}}. Their structs are in frame/part.go,
//     with the Frame methods that build them.
//
//  6. Nothing inline: no style attribute, no script, no handler. Geometry is SVG
//     attributes or a class.
//
//  7. A test file says how the page looks empty and full: a line
//     var _ = webtest.Sample("report", …). A test executes every template with
//     both, and fails for a page that has none.
//
// # Forms
//
// A form posts, the answer is a redirect (303). {{template "part/once" .Form}}
// puts an idempotency key into it. frame.ReadForm refuses fields it was not told of.
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
	"slices"

	"debrief/internal/web/frame"
	"debrief/internal/web/loop"
	"debrief/internal/web/people"
	"debrief/internal/web/plan"
	"debrief/internal/web/room"
	"debrief/internal/web/shelf"
	"debrief/internal/web/tour"
	"debrief/internal/web/vitality"
)

// New puts the pages of the packages onto one frame.
func New(o frame.Options) (*frame.Kit, error) {
	kit, err := frame.New(o, people.Templates, loop.Templates, shelf.Templates, plan.Templates, room.Templates, vitality.Templates, tour.Templates)
	if err != nil {
		return nil, err
	}
	kit.Mount(table(kit)...)
	return kit, nil
}

// table is every address but the few of the frame itself: those of people, and
// those of seats and of the unnamed, which know no session and leave no line in
// the log.
func table(kit *frame.Kit) []frame.Route {
	loops, rooms := &loop.Pages{Kit: kit}, &room.Pages{Kit: kit}
	return slices.Concat(
		(&people.Pages{Kit: kit}).Routes(),
		loops.Routes(),
		(&shelf.Pages{Kit: kit}).Routes(),
		(&plan.Pages{Kit: kit}).Routes(),
		(&vitality.Pages{Kit: kit}).Routes(),
		(&tour.Pages{Kit: kit}).Routes(),
		rooms.Routes(),
		rooms.SeatRoutes(),
		loops.UnnamedRoutes(),
	)
}
