package web

import (
	"net/http"
	"net/url"
	"strings"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// searchRoutes is one field that finds everything the reader may see.
func (s *Web) searchRoutes() []Route {
	return []Route{{Pattern: "GET /search", handler: s.member(s.showSearch)}}
}

// searchPage is one field and what it found.
type searchPage struct {
	*Frame
	Query string
	Kind  string
	Found []app.Found
	Kinds []kindLink
}

// kindLink narrows what was found to one kind of thing.
type kindLink struct {
	Text, To string
	Here     bool
}

// longestQuery is as much as a search field takes, in characters.
const longestQuery = 200

func (s *Web) showSearch(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	query, ok := clean(r.URL.Query().Get("q"))
	if !ok {
		return errText
	}
	if words := []rune(query); len(words) > longestQuery {
		query = string(words[:longestQuery])
	}
	page := searchPage{Frame: f, Query: query, Kind: r.URL.Query().Get("kind")}
	f.Title = f.Say("search.title")
	var err error
	if strings.TrimSpace(query) != "" {
		if page.Found, err = s.App.Search(r.Context(), actor, query, page.Kind); err != nil {
			return err
		}
	}
	for _, kind := range append([]string{""}, app.SearchKinds()...) {
		link := kindLink{Text: f.Say("search.all"), Here: kind == page.Kind}
		if kind != "" {
			link.Text = f.Say("search.kind." + kind) // words:use search.kind.*
		}
		link.To = "/search?" + queryOf("q", query, "kind", kind)
		page.Kinds = append(page.Kinds, link)
	}
	return s.show(w, http.StatusOK, "search", page)
}

// Strong are those that fit; Far are further off.
func (p searchPage) Strong() []app.Found { return p.found(false) }

// Far is the other half.
func (p searchPage) Far() []app.Found { return p.found(true) }

func (p searchPage) found(weak bool) []app.Found {
	var out []app.Found
	for _, f := range p.Found {
		if f.Weak == weak {
			out = append(out, f)
		}
	}
	return out
}

// Where says what sort of thing was found, and where it stands.
func (p searchPage) Where(f app.Found) string {
	switch {
	case f.Step.ID != "":
		return p.Say("search.step", "procedure", f.Procedure.Title, "n", f.Step.Place)
	case f.Failure.ID != "" && f.Failure.Source == practice.SourceImported:
		return p.Say("search.imported", "org", f.Failure.Provenance.Org)
	case f.Failure.ID != "":
		return p.Say("search.failure", "n", f.Failure.Number, "day", f.Failure.RecognisedAt)
	case f.Constraint.ID != "":
		return p.Say("search.lives", "places", f.Constraint.Places)
	}
	return p.Say("search.kind." + f.Kind) // words:use search.kind.*
}

// hitPart is one thing that was found, with the page's words.
type hitPart struct {
	searchPage
	Found app.Found
}

// Pair hands one thing to the part that shows it.
func (p searchPage) Pair(f app.Found) hitPart { return hitPart{p, f} }

// Words takes what was typed along to the report.
func (p searchPage) Words() string { return queryOf("what", p.Query) }

// queryOf writes names and values as an address carries them.
func queryOf(pairs ...string) string {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			v.Set(pairs[i], pairs[i+1])
		}
	}
	return v.Encode()
}
