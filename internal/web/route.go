package web

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"debrief/internal/practice"
)

// Route is one line of the table.
type Route struct {
	Pattern string // as in http.ServeMux: "GET /f/{n}"
	Quiet   bool   // leaves no line in the request log and no count
	handler http.Handler
}

// Handlers return what went wrong instead of answering it; fail turns it into a
// page. There is one form for each way of asking, and none knows two of them.
type (
	rawHandler    func(w http.ResponseWriter, r *http.Request) error
	openHandler   func(w http.ResponseWriter, r *http.Request, f *Frame) error
	memberHandler func(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error
)

// What a request may weigh, and how long a large one may take.
const (
	formLimit   = 256 << 10
	uploadLimit = 10<<20 + formLimit
	uploadTime  = 60 * time.Second
)

// raw is for what is no page: assets, small answers.
func (s *Web) raw(h rawHandler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, formLimit)
		if err := h(w, r); err != nil {
			s.fail(w, r, s.strange(r), err)
		}
	})
}

// open is for pages anyone may ask for; the actor is a stranger's where nobody
// is let in.
func (s *Web) open(h openHandler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w = packing(w, r)
		r.Body = http.MaxBytesReader(w, r.Body, formLimit)
		actor, place, err := s.Actor(r)
		f := s.frame(r, place)
		if err == nil {
			f.welcome(actor)
		} else if practice.KindOf(err) != practice.Unauthenticated {
			s.fail(w, r, f, err)
			return
		}
		if err := h(w, r, f); err != nil {
			s.fail(w, r, f, err)
		}
	})
}

// member is for pages of people who were let in. A stranger who came to read is
// sent to the way in, which brings them back here.
func (s *Web) member(h memberHandler) http.Handler { return s.memberWith(formLimit, h) }

// upload is member for forms that carry a file.
func (s *Web) upload(h memberHandler) http.Handler { return s.memberWith(uploadLimit, h) }

func (s *Web) memberWith(limit int64, h memberHandler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w = packing(w, r)
		if limit > formLimit {
			// A writer that cannot set a deadline keeps the server's shorter one.
			_ = http.NewResponseController(w).SetReadDeadline(s.Now().Add(uploadTime))
		}
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		actor, place, err := s.Actor(r)
		f := s.frame(r, place)
		if err != nil {
			if practice.KindOf(err) == practice.Unauthenticated && r.Method == http.MethodGet {
				redirect(w, r, "/in?next="+url.QueryEscape(r.URL.RequestURI()))
				return
			}
			s.fail(w, r, f, err)
			return
		}
		f.welcome(actor)
		if err := h(w, r, f, actor); err != nil {
			s.fail(w, r, f, err)
		}
	})
}

// quiet marks routes that leave no line in the log.
func quiet(routes []Route) []Route {
	for i := range routes {
		routes[i].Quiet = true
	}
	return routes
}

// redirect answers a form with the page to look at next.
func redirect(w http.ResponseWriter, r *http.Request, to string) {
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// ServeHTTP answers any address that is not the API's. What has no route gets
// the same page as what somebody may not see.
func (s *Web) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h, pattern := s.mux.Handler(r)
	if pattern != "" {
		s.mux.ServeHTTP(w, r)
		return
	}
	var v verdict
	h.ServeHTTP(&v, r)
	err := errNoSuchPage
	if v.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", v.Header().Get("Allow"))
		err = errMethod
	}
	if isSeat(r) || IsUnnamed(r) { // which look at no session
		s.Refuse(w, r, err)
		return
	}
	s.open(func(http.ResponseWriter, *http.Request, *Frame) error { return err }).ServeHTTP(w, r)
}

// isSeat reports whether the address belongs to a place in a review.
func isSeat(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/seat/") }

// IsUnnamed reports whether an address is one of people without a name.
func IsUnnamed(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, "/r/") || r.URL.Path == "/receipt" || strings.HasPrefix(r.URL.Path, "/receipt/")
}

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
