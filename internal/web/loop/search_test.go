package loop

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

var _ = webtest.Sample("search", func(f *frame.Frame) (any, any) {
	return searchPage{Frame: f, For: app.SearchFor{Text: "oven", Page: 1}, Rests: true}, foundPage(f)
})

var _ = webtest.Sample("search", func(f *frame.Frame) (any, any) {
	none := searchPage{Frame: f, For: app.SearchFor{Text: `"oven left`, Kind: "step", Page: 1}, Cut: true}
	return none, searchPage{Frame: f, For: app.SearchFor{Text: "oven", Page: 2}, Results: app.Results{Total: 70, Found: foundPage(f).Results.Found[:2]}}
})

// foundPage shows one thing of every kind.
func foundPage(f *frame.Frame) searchPage {
	marked := recall.Excerpt{Text: "Oven left on", Marks: [][2]int{{0, 4}}}
	all := []app.Found{
		{Kind: "failure", Title: marked, To: "/f/120", Failure: webtest.Oven, Quote: recall.Excerpt{Text: "the oven was hot", Marks: [][2]int{{4, 8}}, Begun: true, Cut: true}},
		{Kind: "step", Title: marked, To: "/p/closing", Step: webtest.Line, Procedure: practice.Procedure{Title: "Closing"}},
		{Kind: "procedure", Title: marked, To: "/p/closing"},
		{Kind: "safeguard", Title: marked, To: "/p#sfg_a"},
		{Kind: "constraint", Title: marked, To: "/c/14", Constraint: webtest.Limit},
		{Kind: "finding", Title: marked, To: "/e/9", Finding: practice.Finding{Number: 9, At: webtest.Noon}},
		{Kind: "assumption", Title: marked, To: "/a/3", Assumption: practice.Assumption{Number: 3}},
		{Kind: "plan", Title: marked, To: "/plan/1", Plan: practice.Plan{Number: 1, BegunAt: webtest.Noon}},
		{Kind: "plan", Title: marked, To: "/plan/2", Plan: practice.Plan{Number: 2, FrozenAt: webtest.Noon}},
		{Kind: "review", Title: marked, To: "/f/120/record", Failure: webtest.Oven},
		{Kind: "gap", Title: marked, To: "/f/120/record", Failure: webtest.Oven, Gap: practice.Gap{Verdict: practice.Avoidable}},
		{Kind: "gap", Title: marked, To: "/f/120/record", Failure: webtest.Oven},
		{Kind: "carry", Title: marked, To: "/carry/cry_a", Carry: practice.Carry{DueAt: webtest.Noon}},
		{Kind: "failure", Title: recall.Excerpt{Text: "Certificate ran out"}, To: "/f/7", Failure: webtest.Brought, Weak: true},
	}
	r := app.Results{Found: all, Total: len(all), Tags: []app.Facet{{Value: "team:tea_a", Name: "Permits", N: 4}, {Value: "from:elsewhere", N: 1},
		{Value: "year:2026", N: 9}, {Value: "stage:after", N: 1}, {Value: "verdict:avoidable", N: 1}}}
	for _, k := range app.SearchKinds() {
		r.Kinds = append(r.Kinds, app.Facet{Value: k, N: 1})
	}
	return searchPage{Frame: f, For: app.SearchFor{Text: "oven", Kind: "failure", Tags: []string{"year:2026"}, Page: 1}, Results: r}
}

var _ = webtest.Sample("search", func(f *frame.Frame) (any, any) { return searchPage{Frame: f}, searchPage{Frame: f} })

func TestReadSearch(t *testing.T) {
	long := strings.Repeat("ä", 250)
	for _, c := range []struct {
		why, query string
		text       string
		page       int
		cut        bool
	}{
		{"as typed", "q=+lift+key+", "lift key", 1, false},
		{"too long", "q=" + url.QueryEscape(long), long[:400], 1, true},
		{"just as long as it may be", "q=" + url.QueryEscape(long[:400]), long[:400], 1, false},
		{"a page", "q=key&page=3", "key", 3, false},
		{"no page", "q=key&page=-9", "key", 1, false},
		{"nonsense for a page", "q=key&page=x", "key", 1, false},
	} {
		p, err := readSearch(httptest.NewRequest("GET", "/search?"+c.query, nil))
		if err != nil || p.For.Text != c.text || p.For.Page != c.page || p.Cut != c.cut {
			t.Errorf("%s: %+v, cut %v, %v", c.why, p.For, p.Cut, err)
		}
	}
	if _, err := readSearch(httptest.NewRequest("GET", "/search?q=%00", nil)); err == nil {
		t.Error("what is no text was taken")
	}
}

// Every link of the page leads to the same words, with one thing changed.
func TestSearchPage_links(t *testing.T) {
	p := foundPage(webtest.Frames(t)[1])
	p.For.Text = `"lift key" & <b>`
	p.For.Page, p.Results.Total = 2, 61
	at := func(link string) url.Values {
		u, err := url.Parse(link)
		if err != nil || u.Path != "/search" {
			t.Fatalf("%s: %v", link, err)
		}
		return u.Query()
	}
	for _, c := range []struct{ why, link, want string }{
		{"another kind", p.Kinds()[1].To, "kind=step&q=%22lift+key%22+%26+%3Cb%3E&tag=year%3A2026"},
		{"no kind any more", p.Kinds()[0].To, "q=%22lift+key%22+%26+%3Cb%3E&tag=year%3A2026"},
		{"one more tag", p.Tags()[0].To, "kind=failure&q=%22lift+key%22+%26+%3Cb%3E&tag=year%3A2026&tag=team%3Atea_a"},
		{"no tag any more", p.Tags()[2].To, "kind=failure&q=%22lift+key%22+%26+%3Cb%3E"},
		{"the page before", p.Back(), "kind=failure&q=%22lift+key%22+%26+%3Cb%3E&tag=year%3A2026"},
		{"the next page", p.More(), "kind=failure&page=3&q=%22lift+key%22+%26+%3Cb%3E&tag=year%3A2026"},
		{"everything", p.Everything(), "q=%22lift+key%22+%26+%3Cb%3E"},
		{"without marks", p.Loose(), "kind=failure&q=lift+key+%26+%3Cb%3E&tag=year%3A2026"},
	} {
		if got := at(c.link).Encode(); got != c.want {
			t.Errorf("%s: %s, want %s", c.why, got, c.want)
		}
	}
	p.For.Page, p.Results.Total = 3, 60
	if p.More() != "" {
		t.Errorf("a fourth page of 60: %s", p.More())
	}
}
