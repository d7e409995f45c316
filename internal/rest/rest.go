// Package rest is the JSON face: every noun as a collection under /api/v1, over
// the same calls of app and room that the pages make.
//
// # Adding an operation
//
// An operation is a line in the table of its noun's file: an address, the scope
// an API token needs, and a function that calls app and shows what it returned.
// person is for people under their own name; seated is for a place in a review,
// which has a key and no name. The description of the API is made from the Go
// types of those functions.
//
// Everything that is refused is application/problem+json with the code of the
// refusal, the field it is about and a way to mend it.
package rest

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"debrief/internal/app"
	"debrief/internal/auth"
	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/words"
)

// Options are what the API needs from outside.
type Options struct {
	App   *app.App
	Rooms *room.Rooms
	Auth  *auth.Auth
	Words *words.Catalogue
	Log   *slog.Logger
	Now   func() time.Time
}

// Rest answers everything under /api/.
type Rest struct {
	Options
	speaker *words.Speaker
	replays replays
	table   sync.Once // makes the operations, which are all below
	mux     *http.ServeMux
	api     huma.API
	open    map[string]bool // the routes that strangers may take
	uploads map[string]bool // the routes that take a file
}

// Prefix is where every collection lies.
const Prefix = "/api/v1"

// New makes the API. Its operations, and from their types the description at
// /api/openapi.json, are made when somebody first asks for one: at once they
// would be a fifth of a start, for servers that only people use.
func New(o Options) *Rest {
	return &Rest{Options: o, speaker: o.Words.Speaker("en", "", nil), mux: http.NewServeMux(),
		open: map[string]bool{}, uploads: map[string]bool{}, replays: replays{now: o.Now}}
}

// description is what the API says of itself.
func (s *Rest) description() *huma.OpenAPI {
	s.table.Do(s.operations)
	return s.api.OpenAPI()
}

// operations makes the table of them.
func (s *Rest) operations() {
	s.api = humago.New(s.mux, s.config())
	s.failures()
	s.reviews()
	s.procedures()
	s.learned()
	s.parties()
	s.consents()
	s.referrals()
	s.conflicts()
	s.offers()
	s.assumptions()
	s.plans()
	s.vitality()
	s.grounds()
	s.tour()
	s.newcomers()
	s.carries()
	s.cycles()
	s.pauses()
	s.setUp()
	s.organisation()
	s.kept()
	s.teams()
	s.members()
	s.devices()
	s.knocks()
	s.passes()
	s.tokens()
	s.notices()
	s.contact()
	s.channels()
	s.packs()
	s.finding()
	s.unnamed()
	s.threads()
	s.guarding()
	s.pulses()
	s.seats()
	s.seatGaps()
	s.describe()
}

// ServeHTTP looks at what was sent before any operation reads it: size, depth,
// and whether it is JSON at all. What has no operation gets a problem too.
func (s *Rest) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.table.Do(s.operations)
	w.Header().Set("Cache-Control", "no-store")
	_, pattern := s.mux.Handler(r)
	if pattern == "" {
		s.refuseElsewhere(w, r)
		return
	}
	r.Pattern = pattern
	if isUnnamed(r.URL.Path) {
		s.unnamedRequest(w, r)
		return
	}
	if err := s.Auth.Allow(r, secretOf(r)); err != nil {
		s.Refuse(w, r, err)
		return
	}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		s.mux.ServeHTTP(w, r)
		return
	}
	// Strangers are told so before anything they sent is looked at.
	if err := s.knows(r); err != nil {
		s.Refuse(w, r, err)
		return
	}
	body, err := s.read(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	s.once(w, r, body)
}

// unnamedRequest passes a request on without looking who sent it.
func (s *Rest) unnamedRequest(w http.ResponseWriter, r *http.Request) {
	body, err := readBody(r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	s.mux.ServeHTTP(w, r)
}

// Routes are the patterns of all operations, as in http.ServeMux.
func (s *Rest) Routes() []string {
	var all []string
	for path, item := range s.description().Paths {
		for _, o := range operationsOf(item) {
			all = append(all, o.Method+" "+path)
		}
	}
	return all
}

// refuseElsewhere answers for an address that no operation has, or not with
// this method.
func (s *Rest) refuseElsewhere(w http.ResponseWriter, r *http.Request) {
	var v verdict
	s.mux.ServeHTTP(&v, r)
	err := practice.ErrNotFound
	if v.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", v.Header().Get("Allow"))
		err = errMethod
	}
	s.Refuse(w, r, err)
}

// knows refuses a stranger. A seat is asked for its key by its operation.
func (s *Rest) knows(r *http.Request) error {
	if isSeat(r.URL.Path) || s.open[r.Pattern] {
		return nil
	}
	_, err := s.asking(r)
	return err
}

// asking says on whose behalf a request comes. Whoever tries many secrets is
// told to wait.
func (s *Rest) asking(r *http.Request) (practice.Actor, error) {
	actor, err := s.Auth.Authenticate(r)
	if errors.Is(err, practice.ErrUnauthenticated) {
		err = s.Auth.Strange(r)
	}
	return actor, err
}

// secretOf is what a request shows to be let in: a token, a device or a seat.
func secretOf(r *http.Request) string {
	return r.Header.Get("Authorization") + r.Header.Get("Cookie") + r.Header.Get(seatHeader)
}

func isSeat(path string) bool { return strings.HasPrefix(path, Prefix+"/seats/") }

// verdict listens to what the router would have answered.
type verdict struct {
	header http.Header
	status int
}

func (v *verdict) Header() http.Header {
	if v.header == nil {
		v.header = http.Header{}
	}
	return v.header
}
func (v *verdict) Write(b []byte) (int, error) { return len(b), nil }
func (v *verdict) WriteHeader(status int)      { v.status = status }
