package rest

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"debrief/internal/practice"
)

// route is one line of a noun's table.
type route struct {
	method, path string
	scope        practice.Scope // what an API token must be allowed
	status       int            // of a success
	uploads      bool           // its body is a form with a file
}

func get(path string) route {
	return route{method: http.MethodGet, path: path, scope: practice.ScopeRead, status: http.StatusOK}
}
func post(path string) route {
	return route{method: http.MethodPost, path: path, scope: practice.ScopeWrite, status: http.StatusOK}
}
func put(path string) route    { return post(path).by(http.MethodPut) }
func remove(path string) route { return post(path).by(http.MethodDelete) }

// create is for what makes something that was not there.
func create(path string) route {
	r := post(path)
	r.status = http.StatusCreated
	return r
}

func (r route) by(method string) route {
	r.method = method
	return r
}

// uploading takes a form with a file instead of JSON.
func (r route) uploading() route {
	r.uploads = true
	return r
}

// with asks a token for another scope than the usual one.
func (r route) with(scope practice.Scope) route {
	r.scope = scope
	return r
}

// answer is what every operation answers with. It is one type for all of them,
// because the library is compiled anew for each pair of what comes and what goes.
type answer struct {
	ETag      string   `header:"ETag" hidden:"true"`
	SetCookie []string `header:"Set-Cookie" hidden:"true"`
	Body      any
}

// versioned is whatever two people may edit at once.
type versioned interface{ etag() string }

// arriving is an answer that lets a device in or out.
type arriving interface{ cookies() []string }

// none is the answer of an operation that has nothing to say.
type none struct{}

type keyOfActor struct{}
type keyOfRequest struct{}
type keyOfSeat struct{}

// person adds an operation for people under their own name.
func person[I, B any](s *Rest, r route, do func(context.Context, practice.Actor, *I) (B, error)) {
	o := s.forPeople(r)
	fields := s.types(&o, reflect.TypeFor[I](), reflect.TypeFor[B]())
	huma.Register(s.api, o, func(ctx context.Context, in *I) (*answer, error) {
		body, err := do(ctx, actorIn(ctx), in)
		return s.answerOf(body, err, fields)
	})
}

// forPeople describes a route that asks who is there.
func (s *Rest) forPeople(r route) huma.Operation {
	o := s.operation(r, "token", "device")
	o.Parameters = []*huma.Param{{Name: teamHeader, In: "header", Schema: &huma.Schema{Type: huma.TypeString}}}
	o.Middlewares = huma.Middlewares{func(c huma.Context, next func(huma.Context)) {
		req, w := humago.Unwrap(c)
		actor, err := s.actor(req, r.scope)
		if err != nil {
			s.Refuse(w, req, err)
			return
		}
		next(huma.WithValue(withRequest(c), keyOfActor{}, actor))
	}}
	return o
}

// withRequest keeps the request, for what is only to be known from it: which
// device sent it, and from where. A seat's is not kept.
func withRequest(c huma.Context) huma.Context {
	r, _ := humago.Unwrap(c)
	return huma.WithValue(mended{c}, keyOfRequest{}, r)
}

func requestIn(ctx context.Context) *http.Request {
	r, _ := ctx.Value(keyOfRequest{}).(*http.Request)
	return r
}

func actorIn(ctx context.Context) practice.Actor {
	actor, _ := ctx.Value(keyOfActor{}).(practice.Actor)
	return actor
}

// types describes what an operation takes besides its body, and what it gives. It
// returns the names of the fields that it takes.
func (s *Rest) types(o *huma.Operation, in, out reflect.Type) fieldNames {
	body := s.api.OpenAPI().Components.Schemas.Schema(out, true, o.OperationID+"Response")
	given := &huma.Response{Content: map[string]*huma.MediaType{"application/json": {Schema: body}}}
	if out.Implements(reflect.TypeFor[versioned]()) {
		tag := &huma.Header{Description: s.speaker.Say("api.etag"), Schema: &huma.Schema{Type: huma.TypeString, Examples: []any{`"3"`}}}
		given.Headers = map[string]*huma.Header{"ETag": tag}
	}
	o.Responses = map[string]*huma.Response{strconv.Itoa(o.DefaultStatus): given}
	if o.Method != http.MethodGet {
		o.Parameters = append(o.Parameters, &huma.Param{Name: "Idempotency-Key", In: "header", Schema: &huma.Schema{Type: huma.TypeString}})
	}
	return fieldsOf(in)
}

// teamHeader says in which of their teams somebody is just now. Without it they
// are in all of them.
const teamHeader = "Debrief-Team"

// actor says who asks, and refuses a token that may not.
func (s *Rest) actor(r *http.Request, scope practice.Scope) (practice.Actor, error) {
	actor, err := s.asking(r)
	switch {
	case err != nil:
		return actor, err
	case !actor.May(scope) && !actor.May(practice.ScopeWrite):
		return actor, practice.Refuse(practice.Forbidden, "token.scope").With("scope", scope)
	}
	actor.Once = r.Header.Get("Idempotency-Key")
	if team := practice.TeamID(r.Header.Get(teamHeader)); team != "" {
		if !actor.In(team) {
			return actor, practice.ErrNotFound
		}
		actor.Teams = []practice.TeamID{team}
	}
	return actor, nil
}

// seatHeader holds the key of a place in a review, as the draw handed it out.
const seatHeader = "Debrief-Seat"

// seated adds an operation for a place in a review. It looks at the key and at
// no token or session.
func seated[I, B any](s *Rest, method, path string, do func(context.Context, practice.Seat, *I) (B, error)) {
	bySeat(s, post("/seats/{review}"+path).by(method), do)
}

// made is seated for what makes something that was not there.
func made[I, B any](s *Rest, path string, do func(context.Context, practice.Seat, *I) (B, error)) {
	bySeat(s, create("/seats/{review}"+path), do)
}

func bySeat[I, B any](s *Rest, r route, do func(context.Context, practice.Seat, *I) (B, error)) {
	o := s.forSeats(r)
	fields := s.types(&o, reflect.TypeFor[I](), reflect.TypeFor[B]())
	huma.Register(s.api, o, func(ctx context.Context, in *I) (*answer, error) {
		body, err := do(ctx, seatIn(ctx), in)
		return s.answerOf(body, err, fields)
	})
}

// forSeats describes a route that asks which seat is there, and nothing else.
func (s *Rest) forSeats(r route) huma.Operation {
	o := s.operation(r, "seat")
	o.Middlewares = huma.Middlewares{func(c huma.Context, next func(huma.Context)) {
		req, w := humago.Unwrap(c)
		seat, err := s.seat(req.Context(), practice.ReviewID(req.PathValue("review")), req.Header.Get(seatHeader))
		if err != nil {
			s.Refuse(w, req, err)
			return
		}
		next(huma.WithValue(mended{c}, keyOfSeat{}, seat))
	}}
	return o
}

func seatIn(ctx context.Context) practice.Seat {
	seat, _ := ctx.Value(keyOfSeat{}).(practice.Seat)
	return seat
}

// seat opens a place in a review with its key.
func (s *Rest) seat(ctx context.Context, review practice.ReviewID, typed string) (practice.Seat, error) {
	key, err := base64.RawURLEncoding.DecodeString(typed)
	if err != nil || len(key) == 0 {
		return practice.Seat{}, practice.ErrUnauthenticated
	}
	seat, err := s.Rooms.Seat(ctx, review, key)
	if errors.Is(err, practice.ErrNotFound) {
		err = practice.ErrUnauthenticated
	}
	return seat, err
}

// stranger adds an operation that knows neither person nor seat.
func stranger[I, B any](s *Rest, r route, do func(context.Context, *I) (B, error)) {
	o := s.operation(r)
	o.Middlewares = huma.Middlewares{func(c huma.Context, next func(huma.Context)) { next(withRequest(c)) }}
	fields := s.types(&o, reflect.TypeFor[I](), reflect.TypeFor[B]())
	s.open[r.method+" "+Prefix+r.path] = true
	huma.Register(s.api, o, func(ctx context.Context, in *I) (*answer, error) {
		body, err := do(ctx, in)
		return s.answerOf(body, err, fields)
	})
}

// operation describes a route.
func (s *Rest) operation(r route, keys ...string) huma.Operation {
	s.uploads[r.method+" "+Prefix+r.path] = r.uploads
	name := strings.ToLower(r.method) + strings.NewReplacer("/", "-", "{", "", "}", "").Replace(r.path)
	o := huma.Operation{
		Method: r.method, Path: Prefix + r.path, MaxBodyBytes: bodyLimit, DefaultStatus: r.status,
		OperationID: name, Summary: s.speaker.Say("operation." + name),
		Tags:   []string{s.group(r.path)},
		Errors: errorsOf(r, keys),
		// The body has been read by then. A deadline for reading would pass while
		// the answer is made, which looks like a reader who went away.
		BodyReadTimeout: -1,
	}
	for _, key := range keys {
		o.Security = append(o.Security, map[string][]string{key: {}})
	}
	return o
}

// group is what people call the noun an address begins with. words:use api.group.*
func (s *Rest) group(path string) string {
	noun, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return s.speaker.Say("api.group." + noun)
}

// errorsOf are the statuses an operation may refuse with.
func errorsOf(r route, keys []string) []int {
	all := []int{http.StatusBadRequest, http.StatusNotFound, http.StatusConflict, http.StatusTooManyRequests, http.StatusServiceUnavailable}
	if len(keys) > 0 {
		all = append(all, http.StatusUnauthorized, http.StatusForbidden)
	}
	if r.method != http.MethodGet {
		all = append(all, http.StatusPreconditionFailed, http.StatusRequestEntityTooLarge, http.StatusPreconditionRequired)
	}
	return all
}

// answerOf says what an operation returned or refused.
func (s *Rest) answerOf(body any, err error, fields fieldNames) (*answer, error) {
	if err != nil {
		return nil, s.problemOf(err, fields)
	}
	a := &answer{Body: body}
	if v, ok := body.(versioned); ok {
		a.ETag = v.etag()
	}
	if v, ok := body.(arriving); ok {
		a.SetCookie = v.cookies()
	}
	return a, nil
}
