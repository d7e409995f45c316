package rest

import (
	"context"
	"unicode/utf8"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// longestQuery is how long a search may be, in characters.
const longestQuery = 200

type foundView struct {
	Kind  string   `json:"kind"`
	Title string   `json:"title"`
	To    string   `json:"to"`
	Weak  bool     `json:"weak"`
	Why   []string `json:"why"`
}

type searchFor struct {
	Q    string `query:"q"`
	Kind string `query:"kind"`
}

type asked struct {
	Body struct {
		Text    string   `json:"text,omitempty"`
		Title   string   `json:"title,omitempty"`
		Limit   int      `json:"limit,omitempty" minimum:"1" maximum:"100"`
		Exclude []string `json:"exclude,omitempty"`
	}
}

// likeView is an earlier failure or a known limit that shares words with a
// question.
type likeView struct {
	Ref   string   `json:"ref"`
	Kind  string   `json:"kind"`
	Title string   `json:"title"`
	Score float64  `json:"score"`
	Weak  bool     `json:"weak"`
	Why   []string `json:"why"`
}

// finding is the table of search and of "has this happened before?".
func (s *Rest) finding() {
	person(s, get("/search"), func(ctx context.Context, actor practice.Actor, in *searchFor) (page[foundView], error) {
		if utf8.RuneCountInString(in.Q) > longestQuery {
			return page[foundView]{}, practice.Refuse(practice.Invalid, "too.long").At("q").With("max", longestQuery)
		}
		r, err := s.App.Search(ctx, actor, app.SearchFor{Text: in.Q, Kind: in.Kind})
		return page[foundView]{Items: shown(r.Found, func(f app.Found) foundView {
			return foundView{f.Kind, f.Title.Text, f.To, f.Weak, some(f.Why)}
		})}, err
	})
	person(s, route{"POST", "/similar", practice.ScopeRead}, func(ctx context.Context, actor practice.Actor, in *asked) (page[likeView], error) {
		b := in.Body
		answers, err := s.App.Similar(ctx, actor, []app.Ask{{Title: b.Title, Text: b.Text, Limit: b.Limit, Exclude: b.Exclude}})
		if err != nil {
			return page[likeView]{}, err
		}
		return page[likeView]{Items: shown(answers[0], func(a app.Alike) likeView {
			return likeView{a.Ref, a.Kind, a.Title, a.Score, a.Weak, some(a.Why)}
		})}, nil
	})
}
