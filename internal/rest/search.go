package rest

import (
	"context"
	"strconv"
	"unicode/utf8"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// longestQuery is how long a search may be, in characters.
const longestQuery = 200

type foundView struct {
	Kind  string   `json:"kind"`
	Title string   `json:"title"`
	Quote string   `json:"quote,omitempty"`
	To    string   `json:"to"`
	Weak  bool     `json:"weak"`
	Why   []string `json:"why"`
}

type searchFor struct {
	Cursor string   `query:"cursor"`
	Q      string   `query:"q"`
	Kind   string   `query:"kind"`
	Tags   []string `query:"tags,explode" maxItems:"10"`
}

// page is which page the cursor stands for.
func (f searchFor) page() (int, error) {
	at, err := Paging{Cursor: f.Cursor}.after()
	if err != nil || at == "" {
		return 1, err
	}
	n, err := strconv.Atoi(at)
	if err != nil {
		return 0, errCursor
	}
	return n, nil
}

// foundPage is what a search found, the nearest first, and what narrows it.
type foundPage struct {
	Items []foundView `json:"items"`
	Total int         `json:"total"`
	Kinds []facetView `json:"kinds"`
	Tags  []facetView `json:"tags"`
	Next  string      `json:"next,omitempty"`
}

// facetView is a part of what was found.
type facetView struct {
	Value string `json:"value"`
	Name  string `json:"name,omitempty"`
	N     int    `json:"n"`
}

func showFacet(f app.Facet) facetView { return facetView(f) }

type asked struct {
	Body struct {
		Text    string   `json:"text,omitempty"`
		Title   string   `json:"title,omitempty"`
		Limit   int      `json:"limit,omitempty" minimum:"1" maximum:"100"`
		Exclude []string `json:"exclude,omitempty" maxItems:"100"`
	}
}

// LikeView is an earlier failure or a known limit that shares words with a
// question, as programs read it.
type LikeView struct {
	Ref     string      `json:"ref"`
	Kind    string      `json:"kind"`
	Title   string      `json:"title"`
	Score   float64     `json:"score"`
	Weak    bool        `json:"weak"`
	Perhaps bool        `json:"perhaps"`
	Why     []string    `json:"why"`
	Tied    []namedView `json:"tied"` // failures that people tied to it; they have no place of their own
}

// namedView is a failure as it is called.
type namedView struct {
	Ref   string `json:"ref"`
	Title string `json:"title"`
}

// ShowLike says what was found; no list of it is null.
func ShowLike(a app.Alike) LikeView {
	return LikeView{a.Ref, a.Kind, a.Title, a.Score, a.Weak, a.Perhaps, some(a.Why),
		shown(a.Tied, func(n app.Named) namedView { return namedView{n.Ref, n.Title} })}
}

// finding is the table of search and of "has this happened before?".
func (s *Rest) finding() {
	person(s, get("/search"), s.search)
	person(s, post("/similar").with(practice.ScopeRead), func(ctx context.Context, actor practice.Actor, in *asked) (page[LikeView], error) {
		b := in.Body
		answers, err := s.App.Similar(ctx, actor, []app.Ask{{Title: b.Title, Text: b.Text, Limit: b.Limit, Exclude: b.Exclude}})
		if err != nil {
			return page[LikeView]{}, err
		}
		return page[LikeView]{Items: shown(answers[0], ShowLike)}, nil
	})
}

func (s *Rest) search(ctx context.Context, actor practice.Actor, in *searchFor) (foundPage, error) {
	if utf8.RuneCountInString(in.Q) > longestQuery {
		return foundPage{}, practice.Refuse(practice.Invalid, "too.long").At("q").With("max", longestQuery)
	}
	n, err := in.page()
	if err != nil {
		return foundPage{}, err
	}
	r, err := s.App.Search(ctx, actor, app.SearchFor{Text: in.Q, Kind: in.Kind, Tags: in.Tags, Page: n})
	out := foundPage{Total: r.Total, Kinds: shown(r.Kinds, showFacet), Tags: shown(r.Tags, showFacet),
		Items: shown(r.Found, func(f app.Found) foundView {
			return foundView{f.Kind, f.Title.Text, f.Quote.Text, f.To, f.Weak, some(f.Why)}
		})}
	if n < app.PagesOfFound && n*app.PageOfFound < r.Total {
		out.Next = cursorAt(strconv.Itoa(n + 1))
	}
	return out, err
}
