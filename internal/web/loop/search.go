package loop

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/web/frame"
)

// searchRoutes is one field that finds everything the reader may see.
func (s *Pages) searchRoutes() []frame.Route {
	return []frame.Route{{Pattern: "GET /search", Handler: s.Member(s.showSearch)}}
}

// searchPage is one field and what it found.
type searchPage struct {
	*frame.Frame
	For     app.SearchFor
	Results app.Results
	Cut     bool // more was typed than a search takes
	Rests   bool // the index is not there yet
}

// longestQuery is as much as a search field takes, in characters.
const longestQuery = 200

func (s *Pages) showSearch(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	page, err := readSearch(r)
	if err != nil {
		return err
	}
	page.Frame = f
	f.Title = f.Say("search.title")
	status := http.StatusOK
	if page.For.Text != "" {
		page.Results, err = s.App.Search(r.Context(), actor, page.For)
		switch {
		case errors.Is(err, app.ErrResting):
			page.Rests, status = true, http.StatusServiceUnavailable
		case err != nil:
			return err
		}
	}
	return s.Show(w, status, "search", page)
}

// readSearch reads the address. What was typed beyond the most a search takes
// is left out, and the page says so.
func readSearch(r *http.Request) (searchPage, error) {
	var p searchPage
	asked := r.URL.Query()
	typed, ok := frame.Clean(asked.Get("q"))
	if !ok {
		return p, frame.ErrText
	}
	typed = strings.TrimSpace(typed)
	if utf8.RuneCountInString(typed) > longestQuery {
		typed, p.Cut = string([]rune(typed)[:longestQuery]), true
	}
	p.For = app.SearchFor{Text: typed, Kind: asked.Get("kind"), Tags: asked["tag"], Page: max(1, frame.Number(asked.Get("page")))}
	return p, nil
}

// to is the address of this search, narrowed in another way.
func (p searchPage) to(kind string, tags []string, page int) string {
	v := url.Values{"q": {p.For.Text}, "tag": tags}
	if kind != "" {
		v.Set("kind", kind)
	}
	if page > 1 {
		v.Set("page", strconv.Itoa(page))
	}
	return "/search?" + v.Encode()
}

// narrowing is a link that narrows what was found, or takes that back.
type narrowing struct {
	Text, To string
	N        int
	Off      string // says that it takes it back; empty where it narrows
}

func (p searchPage) narrowing(text, to string, n int, on bool) narrowing {
	out := narrowing{Text: text, To: to, N: n}
	if on {
		out.Off = p.Say("search.narrow.off", "what", text)
	}
	return out
}

// Kinds narrow it to one kind of thing.
func (p searchPage) Kinds() []narrowing {
	var all []narrowing
	for _, k := range p.Results.Kinds {
		text, to, on := p.Say("search.kind."+k.Value), k.Value, k.Value == p.For.Kind // words:use search.kind.*
		if on {
			to = ""
		}
		all = append(all, p.narrowing(text, p.to(to, p.For.Tags, 1), k.N, on))
	}
	return all
}

// Tags narrow it to a team, a year, how far it had come or how it was sorted.
func (p searchPage) Tags() []narrowing {
	var all []narrowing
	for _, t := range p.Results.Tags {
		text, tags := cmp.Or(t.Name, p.tag(t.Value)), append(slices.Clone(p.For.Tags), t.Value)
		on := slices.Contains(p.For.Tags, t.Value)
		if on {
			tags = slices.DeleteFunc(tags, func(s string) bool { return s == t.Value })
		}
		all = append(all, p.narrowing(text, p.to(p.For.Kind, tags, 1), t.N, on))
	}
	return all
}

// tag says what a tag narrows to.
func (p searchPage) tag(tag string) string {
	group, value, _ := strings.Cut(tag, ":")
	switch group {
	case "from":
		return p.Say("search.elsewhere")
	case "stage":
		return p.Say("search.stage." + value) // words:use search.stage.*
	case "verdict":
		return p.Say("kind." + value) // words:use kind.*
	}
	return value
}

// Narrowed reports whether less than everything was asked for.
func (p searchPage) Narrowed() bool { return p.For.Kind != "" || len(p.For.Tags) > 0 }

// Quoted reports whether something was asked for word for word.
func (p searchPage) Quoted() bool { return strings.ContainsAny(p.For.Text, `"“”„`) }

// Again is this search once more.
func (p searchPage) Again() string { return p.to(p.For.Kind, p.For.Tags, p.For.Page) }

// Everything is this search without what narrows it, Loose without quotation
// marks.
func (p searchPage) Everything() string { return p.to("", nil, 1) }

// Loose is the same words in any order and inflection.
func (p searchPage) Loose() string {
	p.For.Text = strings.NewReplacer(`"`, "", "“", "", "”", "", "„", "").Replace(p.For.Text)
	return p.to(p.For.Kind, p.For.Tags, 1)
}

// Back and More are the pages around this one; empty where there is none.
func (p searchPage) Back() string {
	if p.For.Page <= 1 {
		return ""
	}
	return p.to(p.For.Kind, p.For.Tags, p.For.Page-1)
}

// More is the next page.
func (p searchPage) More() string {
	if p.For.Page >= app.PagesOfFound || p.For.Page*app.PageOfFound >= p.Results.Total {
		return ""
	}
	return p.to(p.For.Kind, p.For.Tags, p.For.Page+1)
}

// Strong have words that were typed; Far say the same in others.
func (p searchPage) Strong() []app.Found { return p.found(false) }

// Far is the other half.
func (p searchPage) Far() []app.Found { return p.found(true) }

func (p searchPage) found(weak bool) []app.Found {
	var out []app.Found
	for _, f := range p.Results.Found {
		if f.Weak == weak {
			out = append(out, f)
		}
	}
	return out
}

// Where says what sort of thing was found, and where it stands.
func (p searchPage) Where(f app.Found) string {
	switch recall.Kind(f.Kind) {
	case recall.Failure:
		if org := f.Failure.Provenance.Org; org != "" {
			return p.Say("search.one.imported", "n", f.Failure.Number, "org", org)
		}
		if f.Failure.RecognisedAt.IsZero() {
			return p.Say("frame.number", "n", f.Failure.Number)
		}
		return p.Say("search.one.failure", "n", f.Failure.Number, "when", p.Happened(f.Failure))
	case recall.Step:
		return p.Say("search.step", "procedure", f.Procedure.Title, "n", f.Step.Number)
	case recall.Constraint:
		return p.Say("search.one.constraint", "n", f.Constraint.Number, "places", f.Constraint.Places)
	case recall.Finding:
		return p.Say("search.one.finding", "n", f.Finding.Number, "when", p.When(f.Finding.At, p.Now))
	case recall.Assumption:
		return p.Say("search.one.assumption", "n", f.Assumption.Number, "state", p.Say("assumption.state."+string(f.Assumption.State()))) // words:use assumption.state.*
	case recall.Review:
		return p.Say("search.one.review", "n", f.Failure.Number)
	case recall.Gap:
		if f.Gap.Verdict == "" {
			return p.Say("search.one.gap.unsorted", "n", f.Failure.Number)
		}
		return p.Say("search.one.gap", "n", f.Failure.Number, "verdict", p.Say("kind."+string(f.Gap.Verdict))) // words:use kind.*
	case recall.Plan:
		if !f.Plan.Frozen() {
			return p.Say("search.one.draft", "day", f.Plan.BegunAt)
		}
		return p.Say("search.one.plan", "at", f.Plan.FrozenAt)
	case recall.Carry:
		return p.Say("search.one.carry", "day", f.Carry.DueAt)
	}
	return p.Say("search.one." + f.Kind) // words:use search.one.*
}

// hitPart is one thing that was found, with the page's words.
type hitPart struct {
	searchPage
	Found app.Found
}

// Hit hands one thing to the part that shows it.
func (p searchPage) Hit(f app.Found) hitPart { return hitPart{p, f} }

// Runs cuts a piece of text where what was looked for begins and ends.
func (p searchPage) Runs(e recall.Excerpt) []frame.Run {
	var runs []frame.Run
	at := 0
	for _, m := range e.Marks {
		runs = append(runs, frame.Run{Text: e.Text[at:m[0]]}, frame.Run{Text: e.Text[m[0]:m[1]], Changed: true})
		at = m[1]
	}
	return append(runs, frame.Run{Text: e.Text[at:]})
}

// Report is the report form, with the words that were typed.
func (p searchPage) Report() string { return "/report?" + url.Values{"what": {p.For.Text}}.Encode() }

// Keys are the shortcuts that help here.
func (p searchPage) Keys() []frame.Shortcut {
	return slices.DeleteFunc(p.Shortcuts(), func(k frame.Shortcut) bool {
		return !slices.Contains([]string{"/", "r", "j k", "Enter", "?"}, k.Press)
	})
}
