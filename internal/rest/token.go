package rest

import (
	"context"
	"time"

	"debrief/internal/practice"
)

// TokenView is a token as its member sees it: never its secret.
type TokenView struct {
	ID     practice.TokenID  `json:"id"`
	Member practice.MemberID `json:"member"`
	Name   string            `json:"name"`
	Scopes []practice.Scope  `json:"scopes"`
	EndsAt time.Time         `json:"ends_at"`
	SeenAt time.Time         `json:"seen_at,omitzero"`
}

func showToken(t practice.Token) TokenView { return TokenView(t) }

// madeToken is a token with its secret, which is shown this once.
type madeToken struct {
	TokenView
	Token string `json:"token"`
}

type newToken struct {
	Body struct {
		Name   string           `json:"name,omitempty" example:"The monitor"`
		Scopes []practice.Scope `json:"scopes,omitempty" at:"scope"`
		Days   int              `json:"days,omitempty" example:"90"`
	}
}

// ListOfMember reads on in a list that belongs to one person.
type ListOfMember struct {
	Paging
	Member string `query:"member"`
}

// of is whose list it is: somebody's, or of whoever asks.
func (l ListOfMember) of(actor practice.Actor) practice.MemberID {
	if l.Member == "" {
		return actor.Member
	}
	return memberID(actor, l.Member)
}

// tokens is the table of what programs come in with. A token makes no token.
func (s *Rest) tokens() {
	person(s, get("/tokens"), func(ctx context.Context, actor practice.Actor, in *ListOfMember) (page[TokenView], error) {
		list, err := s.Auth.Tokens(ctx, actor, in.of(actor))
		if err != nil {
			return page[TokenView]{}, err
		}
		return pageOf(in.Paging, list, func(t practice.Token) practice.TokenID { return t.ID }, showToken)
	})
	person(s, create("/tokens"), func(ctx context.Context, actor practice.Actor, in *newToken) (madeToken, error) {
		t, secret, err := s.Auth.MakeToken(ctx, actor, actor.Member, practice.NewToken{Name: in.Body.Name, Scopes: in.Body.Scopes, Days: in.Body.Days})
		return madeToken{showToken(t), secret}, err
	})
	person(s, remove("/tokens/{id}"), func(ctx context.Context, actor practice.Actor, in *One) (none, error) {
		return none{}, s.Auth.EndToken(ctx, actor, practice.TokenID(in.ID))
	})
}
