package rest

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"debrief/internal/practice"
)

// problem is a refusal as a program reads it (RFC 9457), and as a person who
// looks over its shoulder does.
type problem struct {
	huma.ErrorModel `json:"-"` // by which huma knows a refusal
	Type            string     `json:"type"`
	Title           string     `json:"title"`
	Status          int        `json:"status"`
	Detail          string     `json:"detail,omitempty"`
	Code            string     `json:"code"`
	Fix             string     `json:"fix"`
	Errors          []mistake  `json:"errors,omitempty"`
	Current         any        `json:"current,omitempty"` // what is there now, where somebody else was faster
	wait            time.Duration
}

// mistake is one field of a request that is to be mended.
type mistake struct {
	Field  string `json:"field"`
	Detail string `json:"detail"`
}

// problemOf makes a problem of any error. The text of a fault of ours goes to
// the log and nowhere else.
func (s *Rest) problemOf(err error, fields fieldNames) *problem {
	var own *problem
	if errors.As(err, &own) {
		return own
	}
	refusal := refusalOf(err)
	if refusal == nil {
		if !errors.Is(err, context.Canceled) {
			s.Log.Error("fault", "face", "api", "err", err)
		}
	} else if refusal.Kind == practice.NotFound || errors.Is(refusal, practice.ErrForbidden) {
		refusal = practice.ErrNotFound // not yours and not there look alike
	}
	said := s.speaker.Refusal(refusal)
	p := &problem{Type: "about:blank", Title: said.Title, Status: status(refusal), Detail: said.Why, Code: "internal"}
	p.ErrorModel.Status = p.Status
	if refusal != nil {
		p.Code, p.Fix, p.wait = refusal.Code, s.fix(refusal), refusal.Wait
		if field := fields.of(refusal.Field); field != "" {
			p.Errors = []mistake{{field, said.Title}}
		}
	}
	var c meanwhile
	if p.Status == http.StatusPreconditionFailed && errors.As(err, &c) {
		p.Current = c.current
	}
	if p.Status == http.StatusServiceUnavailable {
		p.wait = waitBusy
	}
	if p.Fix == "" && len(said.Ways) > 0 {
		p.Fix = said.Ways[0].Text
	}
	if p.Fix == "" {
		p.Fix = said.Why
	}
	return p
}

// meanwhile is an error of whoever was slower, with what is there now.
type meanwhile struct {
	error
	current any
}

// Unwrap returns the error itself.
func (m meanwhile) Unwrap() error { return m.error }

// beside puts what is there now beside an error, for whoever was slower.
func beside(err error, current any) error {
	if err == nil {
		return nil
	}
	return meanwhile{err, current}
}

// refusalOf finds what may be said aloud; a fault of ours is nothing.
func refusalOf(err error) *practice.Error {
	var refusal *practice.Error
	if !errors.As(err, &refusal) || refusal.Kind == practice.Internal {
		return nil
	}
	return refusal
}

// waitBusy is after how long to come back to a server that is busy.
const waitBusy = 5 * time.Second

// fix is what a program does about a refusal, where that is another thing than
// what a person does.
func (s *Rest) fix(e *practice.Error) string {
	switch e.Code {
	case practice.ErrUnauthenticated.Code:
		return s.speaker.Say("api.fix.sign-in")
	case "token.scope":
		return s.speaker.Say("api.fix.scope", "scope", e.Args["scope"])
	case practice.ErrChanged.Code, "step.meanwhile", errVersion.Code:
		return s.speaker.Say("api.fix.version")
	case errUnknown.Code:
		return s.speaker.Say("api.fix.field", "field", e.Field)
	case errCursor.Code:
		return s.speaker.Say("api.fix.page")
	case errKey.Code:
		return s.speaker.Say("api.fix.key")
	case practice.ErrBusy.Code:
		return s.speaker.Say("api.fix.wait", "seconds", seconds(waitBusy))
	}
	if e.Wait > 0 {
		return s.speaker.Say("api.fix.wait", "seconds", seconds(e.Wait))
	}
	return ""
}

// seconds rounds up: who waits that long has waited long enough.
func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

// status is the one table from kinds to status codes.
func status(e *practice.Error) int {
	if e == nil {
		return http.StatusInternalServerError
	}
	switch e.Code {
	case errLarge.Code:
		return http.StatusRequestEntityTooLarge
	case errMethod.Code:
		return http.StatusMethodNotAllowed
	case practice.ErrChanged.Code, "step.meanwhile":
		return http.StatusPreconditionFailed
	case errVersion.Code:
		return http.StatusPreconditionRequired
	}
	if e.Wait > 0 {
		return http.StatusTooManyRequests
	}
	return map[practice.Kind]int{
		practice.Invalid: http.StatusBadRequest, practice.Unauthenticated: http.StatusUnauthorized,
		practice.Forbidden: http.StatusForbidden, practice.NotFound: http.StatusNotFound,
		practice.Conflict: http.StatusConflict, practice.Busy: http.StatusServiceUnavailable,
	}[e.Kind]
}

// problemType is how every refusal is announced.
const problemType = "application/problem+json"

// headers puts onto an answer what belongs to a refusal.
func (p *problem) headers(set func(name, value string)) {
	set("Content-Type", problemType)
	if p.wait > 0 {
		set("Retry-After", strconv.Itoa(seconds(p.wait)))
	}
	if p.Status == http.StatusUnauthorized {
		set("WWW-Authenticate", "Bearer")
	}
}

// Refuse answers for an operation that was not asked.
func (s *Rest) Refuse(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return
	}
	p := s.problemOf(err, nil)
	p.headers(w.Header().Set)
	w.WriteHeader(p.Status)
	// Whoever went away in the meantime needs no answer.
	_ = json.NewEncoder(w).Encode(p)
}

// ownProblems says in our words what the reader of requests refused, and puts
// the headers of a refusal onto every answer that is one.
func (s *Rest) ownProblems(c huma.Context, _ string, v any) (any, error) {
	m, ok := v.(*huma.ErrorModel)
	if ok {
		v = s.unreadable(m)
	}
	if p, ok := v.(*problem); ok {
		p.headers(c.SetHeader)
	}
	return v, nil
}

// unreadable is a request that does not fit its description, with every field
// that does not.
func (s *Rest) unreadable(m *huma.ErrorModel) *problem {
	if m.Status >= http.StatusInternalServerError {
		return s.problemOf(errors.New(m.Detail), nil)
	}
	if len(m.Errors) == 0 {
		return s.problemOf(errJSON, nil)
	}
	var wrong []mistake
	refusal := errField
	for _, d := range m.Errors {
		_, field, _ := strings.Cut(d.Location, ".") // body.text, query.limit, header.If-Match
		if strings.HasPrefix(d.Message, "unexpected") || strings.HasPrefix(d.Message, "unknown") {
			refusal = errUnknown.At(field)
		}
		wrong = append(wrong, mistake{field, d.Message})
	}
	p := s.problemOf(refusal, nil)
	p.Errors = wrong
	return p
}

type request = huma.Context

// mended is a request whose unreadable input is answered with 400.
type mended struct{ request }

// SetStatus knows one status for input that is wrong.
func (c mended) SetStatus(status int) {
	if status == http.StatusUnprocessableEntity || status == http.StatusUnsupportedMediaType {
		status = http.StatusBadRequest
	}
	c.request.SetStatus(status)
}
