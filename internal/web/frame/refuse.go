package frame

import (
	"context"
	"errors"
	"maps"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"debrief/internal/practice"
	"debrief/internal/words"
)

// Refusals that belong to the frame and not to the practice.
var (
	errNoSuchPage = practice.ErrNotFound
	errMethod     = practice.Refuse(practice.Invalid, "frame.method")
	errTooLarge   = practice.Refuse(practice.Invalid, "frame.large")
	errField      = practice.Refuse(practice.Invalid, "unknown.field") // a field nobody asked for

	// ErrForm is for a body that is no form, or a form that no page of ours sends.
	ErrForm = practice.Refuse(practice.Invalid, "frame.form")
	// ErrText is for bytes that are no text.
	ErrText = practice.Refuse(practice.Invalid, "text.encoding")
)

// refusedPage is every answer that is a no: what, why, and the ways on.
type refusedPage struct {
	*Frame
	Refusal   Refusal
	Fault     bool   // ours; not a refusal
	Reference string // of a fault, to find its line in the log; may be empty
	Room      bool
	Again     *resend // what was sent and did not arrive, to send once more
}

// resend is a form as it was sent. Its idempotency key goes with it, so sending
// it again cannot do the thing twice.
type resend struct {
	To     string
	Values map[string][]string
}

// Texts are those of its values that a person wrote, for the page to show: of
// one word are keys and choices.
func (r resend) Texts() (all []string) {
	for _, name := range slices.Sorted(maps.Keys(r.Values)) {
		for _, v := range r.Values[name] {
			if len(strings.Fields(v)) > 1 {
				all = append(all, v)
			}
		}
	}
	return all
}

// Fail answers with the page for an error. It is the one place where a kind of
// error becomes a status. What is not theirs and what is not there get the same
// page, byte for byte. The text of a fault of ours goes to the log and nowhere
// else.
func (s *Kit) Fail(w http.ResponseWriter, r *http.Request, f *Frame, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // the browser went elsewhere: nobody is there to answer, and nothing is at fault
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		err = errTooLarge
	}
	refusal := Refused(err)
	page := refusedPage{Frame: f, Room: f.room, Refusal: f.Refuse(refusal)}
	status := status(refusal)
	switch {
	case status == http.StatusInternalServerError:
		page.Fault, page.Again = true, sentAlready(r)
		if f.silent {
			s.Log.Error("fault", "err", err)
			break
		}
		page.Reference = w.Header().Get("X-Request-Id")
		s.Log.Error("fault", "id", page.Reference, "pattern", r.Pattern, "err", err)
	case status == http.StatusTooManyRequests:
		retryAfter(w, refusal)
	case status == http.StatusServiceUnavailable:
		page.Again = sentAlready(r)
		w.Header().Set("Retry-After", "5")
	case status == http.StatusUnauthorized:
		page.Refusal.Ways = []Way{{Text: f.Say("nav.in"), To: "/in", Go: true}}
	}
	switch {
	case page.Again != nil: // which sends it; a link of that name would leave it behind
		page.Refusal = page.Refusal.To("again", "")
	case r.Method == http.MethodGet:
		page.Refusal = page.Refusal.To("again", r.URL.RequestURI())
	}
	if room := f.ways["room"]; f.room && room != "" && !page.Refusal.leadsInto(room) {
		page.Refusal.Ways = append(page.Refusal.Ways, Way{Text: f.Say("room.back"), To: room})
	}
	f.Title = page.Refusal.Title
	w.Header().Set("Cache-Control", "no-store")
	if err := s.Show(w, status, "refused", page); err != nil {
		s.Log.Error("fault in the fault page", "err", err)
		http.Error(w, http.StatusText(status), status)
	}
}

// sentAlready returns the form that was on its way when something broke. A
// passphrase is never written into a page.
func sentAlready(r *http.Request) *resend {
	if r.Method != http.MethodPost || r.MultipartForm != nil || len(r.PostForm) == 0 || r.PostForm["passphrase"] != nil {
		return nil
	}
	return &resend{To: r.URL.RequestURI(), Values: r.PostForm}
}

// retryAfter says when it is worth trying again.
func retryAfter(w http.ResponseWriter, refusal *practice.Error) {
	w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(refusal.Wait.Seconds()))))
}

// Beside lets a page say beside a field why something does not go that is nobody's mistake
// in typing, so that no word is lost.
func Beside(err error, field string) error {
	if refusal := Refused(err); refusal != nil && refusal.Field == "" && refusal.Kind == practice.Conflict {
		return refusal.At(field)
	}
	return err
}

// Refused makes of any error a refusal that may be said aloud: nil for a fault of
// ours, and one and the same for what is not theirs and what is not there.
func Refused(err error) *practice.Error {
	var refusal *practice.Error
	switch {
	case !errors.As(err, &refusal):
		return nil
	case refusal.Kind == practice.Internal:
		return nil
	case refusal.Kind == practice.NotFound, errors.Is(refusal, practice.ErrForbidden):
		return practice.ErrNotFound // not yours and not there look alike
	}
	return refusal
}

// status is the one table from kinds to status codes.
func status(refusal *practice.Error) int {
	if refusal == nil {
		return http.StatusInternalServerError
	}
	switch refusal.Code {
	case errMethod.Code:
		return http.StatusMethodNotAllowed
	case errTooLarge.Code:
		return http.StatusRequestEntityTooLarge
	}
	switch refusal.Kind {
	case practice.Invalid:
		return http.StatusBadRequest
	case practice.Unauthenticated:
		return http.StatusUnauthorized
	case practice.Forbidden:
		return http.StatusForbidden
	case practice.NotFound:
		return http.StatusNotFound
	case practice.Conflict:
		return http.StatusConflict
	case practice.Busy:
		if refusal.Wait > 0 {
			return http.StatusTooManyRequests
		}
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// Refuse answers with the page for an error that no handler met: a form from
// another site, a panic that was logged already. It asks nobody who is asking.
func (s *Kit) Refuse(w http.ResponseWriter, r *http.Request, err error) {
	f := s.Strange(r)
	f.room, f.silent = isSeat(r), IsUnnamed(r)
	s.Fail(w, r, f, err)
}

// Refuse says a refusal as the part that shows it.
func (f *Frame) Refuse(e *practice.Error) Refusal {
	said := f.Speaker.Refusal(e)
	return Refusal{Title: said.Title, Why: said.Why, Ways: f.waysOf(said.Ways)}
}

// waysOf turns the named ways of a refusal into links. What leads somewhere else
// on each page is left to the page, and not shown before: see Refusal.To.
func (f *Frame) waysOf(lines []words.Line) []Way {
	var ways []Way
	for _, l := range lines {
		to, own := f.ways[l.Name]
		if !own {
			if to = wayTo[l.Name]; to != "" {
				to = f.Home + to
			}
		}
		ways = append(ways, Way{Name: l.Name, Text: l.Text, To: to})
	}
	return ways
}

// leadsInto reports whether one of the ways leads to an address or below it.
func (r Refusal) leadsInto(address string) bool {
	return slices.ContainsFunc(r.Ways, func(w Way) bool { return strings.HasPrefix(w.To, address) })
}

// To gives a way its address, by its name in the catalogue: way.step is "step".
func (r Refusal) To(name, address string) Refusal {
	r.Ways = slices.Clone(r.Ways)
	for i := range r.Ways {
		if r.Ways[i].Name == name {
			r.Ways[i].To = address
		}
	}
	return r
}

// wayTo is where the ways that mean the same on every page lead.
var wayTo = map[string]string{
	"now":    "/",
	"report": "/report",
	"pause":  practice.PausePath,
	"search": "/search",
	"in":     "/in",
	"manual": "/p",
	"more":   "/more",
	"prove":  "/prove",

	"guardian":  practice.GuardianPath,
	"guardians": practice.GuardiansPath,
}

// SlowAt shows "too many tries" beside the field instead of on a page of its
// own, where what was typed would be lost.
func SlowAt(w http.ResponseWriter, err error, field string) error {
	var refusal *practice.Error
	if !errors.As(err, &refusal) || refusal.Wait == 0 {
		return err
	}
	retryAfter(w, refusal)
	slow := *refusal
	slow.Kind = practice.Invalid
	return slow.At(field)
}

// ShowRefusal answers with the page of a refusal, said with the ways of this page.
func (s *Kit) ShowRefusal(w http.ResponseWriter, f *Frame, refusal *practice.Error, said Refusal) error {
	return s.Show(w, status(refusal), "refused", refusedPage{Frame: f, Room: f.room, Refusal: said})
}

// RefusalPart answers with that part of the page of a refusal which a script asked
// for.
func (s *Kit) RefusalPart(w http.ResponseWriter, part string, f *Frame, refusal Refusal) error {
	return s.Fragment(w, "refused", part, refusedPage{Frame: f, Room: f.room, Refusal: refusal})
}
