// Package frame is the kit that every page is made with: who is asking and where,
// the table of routes and the ways to ask, templates and their parts, forms as
// they were typed, refusals, live news, and the cloth that pages are dressed in.
// It knows no page but two of its own, and imports none of the packages that
// have them; what it shows comes from practice, app and words.
package frame

import (
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"debrief/internal/app"
	"debrief/internal/auth"
	"debrief/internal/language"
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

	// Phrases notice what sentences do to whoever reads them; nil: those that come
	// with the program.
	Phrases *language.Reader

	// Base is where people find us, such as https://debrief.example.org, for
	// links to copy. Empty means where the request came to.
	Base string

	// Unnamed is where the pages of people without a name are, such as
	// https://quiet.example.org, if they have a host of their own. Empty means
	// here.
	Unnamed string

	// Story says that this is the demo: its start page tells where to begin.
	Story bool

	// Actor says who is asking and where. For a stranger it returns the place
	// with practice.ErrUnauthenticated. Where it is nil, Auth and App are asked.
	Actor func(*http.Request) (practice.Actor, Place, error)

	// Seat says which place in a review is asking. It looks at the seat's own
	// key and at nothing else. Where it is nil, Rooms is asked.
	Seat func(*http.Request) (practice.Seat, Place, error)

	// Fresh hears that somebody stands before a server that nobody has set up; nil:
	// nobody wants to know.
	Fresh func()

	// Live tells open pages what happened.
	Live *live.Hub
}

// Kit is what every page is made with and answered by. The packages that have
// pages embed it.
type Kit struct {
	Options
	assets *assets
	pages  templates
	mux    *http.ServeMux
	routes []Route

	readers readers

	lines  lines
	still  still
	ending chan struct{} // closed when streams are to end
	ended  sync.Once
}

// New parses the assets and the templates: its own, and page/*.html of each of the
// others. The addresses of the others come with [Kit.Mount].
func New(o Options, pages ...fs.FS) (*Kit, error) {
	cloth, err := fs.Sub(clothFiles, "cloth")
	if err != nil {
		return nil, err
	}
	s := &Kit{
		Options: o, mux: http.NewServeMux(), ending: make(chan struct{}),
		lines: lines{readers: map[string]int{}, topics: map[string]int{}},
		still: still{all: map[device]*asked{}},
	}
	if s.Actor == nil {
		s.Actor = s.asking
	}
	if s.Phrases == nil {
		s.Phrases = language.English()
	}
	if s.assets, err = loadAssets(cloth); err != nil {
		return nil, err
	}
	if s.pages, err = loadTemplates(append(pages, templateFiles), s.assets.funcs()); err != nil {
		return nil, err
	}
	s.Mount(s.ownRoutes()...)
	return s, nil
}

// Mount adds addresses to the table. Two of one pattern are a mistake in a
// program, and panic.
func (s *Kit) Mount(routes ...Route) {
	for _, rt := range routes {
		s.mux.Handle(rt.Pattern, rt.Handler)
	}
	s.routes = append(s.routes, routes...)
}

// Routes is the whole table of addresses.
func (s *Kit) Routes() []Route { return s.routes }

// ownRoutes is what belongs to no noun.
func (s *Kit) ownRoutes() []Route {
	return []Route{
		// Browsers that are new here get these, whichever page they came for.
		{Pattern: "GET /cloth/{file}", Quiet: true, Handler: s.Raw(s.serveAsset)},
		{Pattern: "GET /favicon.ico", Handler: s.Raw(s.serveIcon)},

		{Pattern: "GET /worker.js", Quiet: true, Handler: s.Raw(s.serveWorker())},

		{Pattern: "GET /more", Handler: s.Member(s.showMore)},
		{Pattern: "POST /team/here", Handler: s.Member(s.switchTeam)},
	}
}
