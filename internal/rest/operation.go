package rest

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"debrief/internal/practice"
)

// route is one line of a noun's table.
type route struct {
	method, path string
	scope        practice.Scope // what an API token must be allowed
}

func get(path string) route  { return route{http.MethodGet, path, practice.ScopeRead} }
func post(path string) route { return route{http.MethodPost, path, practice.ScopeWrite} }

// answer is what every operation answers with.
type answer[B any] struct {
	ETag string `header:"ETag"`
	Body B
}

// versioned is whatever two people may edit at once.
type versioned interface{ etag() string }

// none is the answer of an operation that has nothing to say.
type none struct{}

type keyOfActor struct{}
type keyOfSeat struct{}

// person adds an operation for people under their own name.
func person[I, B any](s *Rest, r route, do func(context.Context, practice.Actor, *I) (B, error)) {
	o := operation(r, "token")
	o.Middlewares = huma.Middlewares{func(c huma.Context, next func(huma.Context)) {
		req, w := humago.Unwrap(c)
		actor, err := s.Auth.Authenticate(req)
		switch {
		case err != nil:
		case !actor.May(r.scope) && !actor.May(practice.ScopeWrite):
			err = practice.Refuse(practice.Forbidden, "token.scope").With("scope", r.scope)
		case len(req.Header.Get("Idempotency-Key")) > 200:
			err = practice.Refuse(practice.Invalid, "too.long").At("Idempotency-Key").With("max", 200)
		}
		if err != nil {
			s.refuse(w, req, err)
			return
		}
		actor.Once = req.Header.Get("Idempotency-Key")
		next(huma.WithValue(mended{c}, keyOfActor{}, actor))
	}}
	huma.Register(s.api, o, func(ctx context.Context, in *I) (*answer[B], error) {
		actor, _ := ctx.Value(keyOfActor{}).(practice.Actor)
		return answered(s, func() (B, error) { return do(ctx, actor, in) })
	})
}

// seatHeader holds the key of a place in a review, as the draw handed it out.
const seatHeader = "Debrief-Seat"

// seated adds an operation for a place in a review. It looks at the key and at
// no token or session.
func seated[I, B any](s *Rest, method, path string, do func(context.Context, practice.Seat, *I) (B, error)) {
	r := route{method: method, path: "/seats/{review}" + path}
	o := operation(r, "seat")
	o.Middlewares = huma.Middlewares{func(c huma.Context, next func(huma.Context)) {
		req, w := humago.Unwrap(c)
		seat, err := s.seat(req.Context(), practice.ReviewID(req.PathValue("review")), req.Header.Get(seatHeader))
		if err != nil {
			s.refuse(w, req, err)
			return
		}
		key := req.Header.Get("Idempotency-Key")
		if key != "" && method != http.MethodGet && !s.sent.First(seat.Key+" "+path+" "+key) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte("{}\n")) // done already; whoever went away needs no answer
			return
		}
		c = huma.WithValue(mended{c}, keyOfSeat{}, seat)
		next(c)
		if key != "" && c.Status() >= http.StatusBadRequest {
			s.sent.Forget(seat.Key + " " + path + " " + key)
		}
	}}
	huma.Register(s.api, o, func(ctx context.Context, in *I) (*answer[B], error) {
		seat, _ := ctx.Value(keyOfSeat{}).(practice.Seat)
		return answered(s, func() (B, error) { return do(ctx, seat, in) })
	})
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
	o := operation(r, "")
	o.Middlewares = huma.Middlewares{func(c huma.Context, next func(huma.Context)) { next(mended{c}) }}
	huma.Register(s.api, o, func(ctx context.Context, in *I) (*answer[B], error) {
		return answered(s, func() (B, error) { return do(ctx, in) })
	})
}

// operation describes a route.
func operation(r route, security string) huma.Operation {
	o := huma.Operation{
		Method: r.method, Path: Prefix + r.path, MaxBodyBytes: bodyLimit,
		OperationID: strings.ToLower(r.method) + strings.NewReplacer("/", "-", "{", "", "}", "").Replace(r.path),
		Tags:        []string{strings.SplitN(strings.TrimPrefix(r.path, "/"), "/", 2)[0]},
	}
	if security != "" {
		o.Security = []map[string][]string{{security: {}}}
	}
	return o
}

// answered runs an operation and says what it returned or refused.
func answered[B any](s *Rest, do func() (B, error)) (*answer[B], error) {
	body, err := do()
	if err != nil {
		return nil, s.problemOf(err)
	}
	a := &answer[B]{Body: body}
	if v, ok := any(body).(versioned); ok {
		a.ETag = v.etag()
	}
	return a, nil
}
