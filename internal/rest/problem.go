package rest

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"debrief/internal/practice"
)

// problem is a refusal as a program reads it (RFC 9457), and as a person who
// looks over its shoulder does.
type problem struct {
	huma.ErrorModel
	Code    string `json:"code"`
	Field   string `json:"field,omitempty"`
	Fix     string `json:"fix,omitempty"`
	Current any    `json:"current,omitempty"` // what is there now, where somebody else was faster
}

var reflectProblem = reflect.TypeFor[problem]()

// problemOf makes a problem of any error. The text of a fault of ours goes to
// the log and nowhere else.
func (s *Rest) problemOf(err error) *problem {
	var own *problem
	if errors.As(err, &own) {
		return own
	}
	var refusal *practice.Error
	if !errors.As(err, &refusal) || refusal.Kind == practice.Internal {
		if !errors.Is(err, context.Canceled) {
			s.Log.Error("fault", "face", "api", "err", err)
		}
		refusal = nil
	} else if refusal.Kind == practice.NotFound || errors.Is(refusal, practice.ErrForbidden) {
		refusal = practice.ErrNotFound // not yours and not there look alike
	}
	said := s.speaker.Refusal(refusal)
	p := &problem{Code: "internal", ErrorModel: huma.ErrorModel{
		Type: "about:blank", Title: said.Title, Detail: said.Why, Status: status(refusal)}}
	if refusal != nil {
		p.Code, p.Field, p.Fix = refusal.Code, refusal.Field, s.fix(refusal)
	}
	if p.Fix == "" && len(said.Ways) > 0 {
		p.Fix = said.Ways[0].Text
	}
	if p.Fix == "" {
		p.Fix = said.Why
	}
	return p
}

// fix is what a program does about a refusal, where that is another thing than
// what a person does.
func (s *Rest) fix(e *practice.Error) string {
	switch e.Code {
	case practice.ErrUnauthenticated.Code:
		return s.speaker.Say("api.fix.sign-in")
	case "token.scope":
		return s.speaker.Say("api.fix.scope", "scope", e.Args["scope"])
	case practice.ErrChanged.Code, "step.meanwhile", "api.version":
		return s.speaker.Say("api.fix.version")
	case "unknown.field":
		return s.speaker.Say("api.fix.field", "field", e.Field)
	case "api.cursor":
		return s.speaker.Say("api.fix.page")
	case practice.ErrBusy.Code:
		return s.speaker.Say("api.fix.wait", "seconds", waitSeconds)
	}
	return ""
}

// waitSeconds is after how long to come back to a server that is busy.
const waitSeconds = 5

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
	case practice.ErrChanged.Code:
		return http.StatusPreconditionFailed
	case "api.version":
		return http.StatusPreconditionRequired
	}
	return map[practice.Kind]int{
		practice.Invalid: http.StatusBadRequest, practice.Unauthenticated: http.StatusUnauthorized,
		practice.Forbidden: http.StatusForbidden, practice.NotFound: http.StatusNotFound,
		practice.Conflict: http.StatusConflict, practice.Busy: http.StatusServiceUnavailable,
	}[e.Kind]
}

// refuse answers for an operation that was not asked.
func (s *Rest) refuse(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return
	}
	p := s.problemOf(err)
	w.Header().Set("Content-Type", p.ContentType("application/json"))
	if p.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "5")
	}
	if p.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	w.WriteHeader(p.Status)
	// Whoever went away in the meantime needs no answer.
	_ = json.NewEncoder(w).Encode(p)
}

// ownProblems says in our words what the reader of requests refused.
func (s *Rest) ownProblems(_ huma.Context, _ string, v any) (any, error) {
	m, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	refusal := errJSON
	if len(m.Errors) > 0 {
		d := m.Errors[0]
		field := strings.TrimPrefix(strings.TrimPrefix(d.Location, "body"), ".")
		switch {
		case d.Message == "unexpected property":
			refusal = practice.Refuse(practice.Invalid, "unknown.field").At(field)
		default:
			refusal = practice.Refuse(practice.Invalid, "api.field").At(field)
		}
	}
	if m.Status >= http.StatusInternalServerError {
		return s.problemOf(errors.New(m.Detail)), nil
	}
	return s.problemOf(refusal), nil
}

type request = huma.Context

// mended is a request whose unreadable input is answered with 400.
type mended struct{ request }

// SetStatus knows one status for input that is wrong.
func (c mended) SetStatus(status int) {
	if status == http.StatusUnprocessableEntity || status == http.StatusUnsupportedMediaType {
		status = http.StatusBadRequest
	}
	if status >= http.StatusBadRequest {
		c.SetHeader("Content-Type", (&problem{}).ContentType("application/json"))
	}
	if status == http.StatusServiceUnavailable {
		c.SetHeader("Retry-After", "5")
	}
	c.request.SetStatus(status)
}
