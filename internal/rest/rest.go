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
	"io"
	"log/slog"
	"net/http"
	"strings"

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
}

// Rest answers everything under /api/.
type Rest struct {
	Options
	speaker *words.Speaker
	mux     *http.ServeMux
	api     huma.API
	sent    room.Onces
}

// Prefix is where every collection lies.
const Prefix = "/api/v1"

// New makes the table of operations and, from their types, the description at
// /api/openapi.json.
func New(o Options) *Rest {
	s := &Rest{Options: o, speaker: o.Words.Speaker("en", "", nil), mux: http.NewServeMux()}
	c := huma.DefaultConfig(s.speaker.Say("api.title"), "1")
	c.Info.Description = s.speaker.Say("api.about")
	c.OpenAPIPath, c.DocsPath, c.SchemasPath, c.CreateHooks = "/api/openapi", "", "", nil
	c.Transformers = []huma.Transformer{s.ownProblems}
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token": {Type: "http", Scheme: "bearer", BearerFormat: "dbf_…"},
		"seat":  {Type: "apiKey", In: "header", Name: seatHeader},
	}
	s.api = humago.New(s.mux, c)
	s.failures()
	s.reviews()
	s.procedures()
	s.learned()
	s.carries()
	s.people()
	s.finding()
	s.seats()
	s.seatGaps()
	s.describeProblem()
	return s
}

// describeProblem puts our own shape of a refusal into the description.
func (s *Rest) describeProblem() {
	schemas := s.api.OpenAPI().Components.Schemas
	own := schemas.Schema(reflectProblem, false, "")
	schemas.Map()["ErrorModel"] = own
}

// ServeHTTP looks at what was sent before any operation reads it: size, depth,
// and whether it is JSON at all. What has no operation gets a problem too.
func (s *Rest) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	_, pattern := s.mux.Handler(r)
	if pattern == "" {
		var v verdict
		s.mux.ServeHTTP(&v, r)
		err := practice.ErrNotFound
		if v.status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", v.Header().Get("Allow"))
			err = errMethod
		}
		s.refuse(w, r, err)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		// Strangers are told so before anything they sent is looked at.
		if err := s.knows(r); err != nil {
			s.refuse(w, r, err)
			return
		}
		body, err := readBody(r)
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		r.ContentLength = int64(len(body))
	}
	r.Pattern = pattern
	s.mux.ServeHTTP(w, r)
}

// knows refuses a stranger. A seat is asked for its key by its operation.
func (s *Rest) knows(r *http.Request) error {
	if isSeat(r.URL.Path) {
		return nil
	}
	_, err := s.Auth.Authenticate(r)
	return err
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
