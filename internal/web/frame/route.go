package frame

import (
	"net/http"
	"strings"
	"time"

	"debrief/internal/practice"
)

// Route is one line of the table.
type Route struct {
	Pattern string // as in http.ServeMux: "GET /f/{n}"
	Quiet   bool   // leaves no line in the request log and no count
	Handler http.Handler
}

// Handlers return what went wrong instead of answering it; [Kit.Fail] turns it into
// a page. There is one form for each way of asking, and none knows two of them.
type (
	// RawHandler answers with what is no page.
	RawHandler func(w http.ResponseWriter, r *http.Request) error
	// OpenHandler answers whoever asks, a stranger or not.
	OpenHandler func(w http.ResponseWriter, r *http.Request, f *Frame) error
	// MemberHandler answers somebody who was let in.
	MemberHandler func(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error
)

// What a request may weigh, and how long a large one may take.
const (
	// FormLimit is the most bytes of a form without files.
	FormLimit   = 256 << 10
	uploadLimit = 10<<20 + FormLimit
	uploadTime  = 60 * time.Second
)

// Raw is for what is no page: assets, small answers.
func (s *Kit) Raw(h RawHandler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, FormLimit)
		if err := h(w, r); err != nil {
			s.Fail(w, r, s.Strange(r), err)
		}
	})
}

// Open is for pages anyone may ask for; the actor is a stranger's where nobody
// is let in.
func (s *Kit) Open(h OpenHandler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w = packing(w, r)
		r.Body = http.MaxBytesReader(w, r.Body, FormLimit)
		actor, place, err := s.Actor(r)
		f := s.Begin(r, place)
		if err == nil {
			f.Welcome(actor)
		} else if practice.KindOf(err) != practice.Unauthenticated {
			s.Fail(w, r, f, err)
			return
		}
		if err := h(w, r, f); err != nil {
			s.Fail(w, r, f, err)
		}
	})
}

// Member is for pages of people who were let in. A stranger who came to read is
// sent to the way in, which brings them back here.
func (s *Kit) Member(h MemberHandler) http.Handler { return s.memberWith(FormLimit, h) }

// Upload is [Kit.Member] for forms that carry a file.
func (s *Kit) Upload(h MemberHandler) http.Handler { return s.memberWith(uploadLimit, h) }

func (s *Kit) memberWith(limit int64, h MemberHandler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w = packing(w, r)
		if limit > FormLimit {
			// A writer that cannot set a deadline keeps the server's shorter one.
			_ = http.NewResponseController(w).SetReadDeadline(s.Now().Add(uploadTime))
		}
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		actor, place, err := s.Actor(r)
		f := s.Begin(r, place)
		if err != nil {
			switch {
			case practice.KindOf(err) != practice.Unauthenticated || r.Method != http.MethodGet:
				s.Fail(w, r, f, err)
			case r.Header.Get("Accept") == "text/event-stream": // a page that stayed open, and reads no page here
				LastNews(w)
			default:
				Redirect(w, r, s.wayIn(r))
			}
			return
		}
		f.Welcome(actor)
		if err := h(w, r, f, actor); err != nil {
			s.Fail(w, r, f, err)
		}
	})
}

// Quiet marks routes that leave no line in the log.
func Quiet(routes []Route) []Route {
	for i := range routes {
		routes[i].Quiet = true
	}
	return routes
}

// Redirect answers a form with the page to look at next.
func Redirect(w http.ResponseWriter, r *http.Request, to string) {
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// ServeHTTP answers any address that is not the API's. What has no route gets
// the same page as what somebody may not see.
func (s *Kit) ServeHTTP(w http.ResponseWriter, r *http.Request) {
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
	s.Open(func(http.ResponseWriter, *http.Request, *Frame) error { return err }).ServeHTTP(w, r)
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
