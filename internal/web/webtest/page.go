package webtest

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// samples holds every page of the package under test twice, as empty as it can be
// and with everything it can show.
var samples = map[string][]func(*frame.Frame) (empty, full any){}

// Sample says how a page looks empty and full. The test file of each page calls
// it, more than once where a page has several faces; a page without a sample fails
// [EveryPage].
func Sample(page string, of func(*frame.Frame) (empty, full any)) bool {
	samples[page] = append(samples[page], of)
	return true
}

// SampleOf is the first sample of a page.
func SampleOf(page string, f *frame.Frame) (empty, full any) { return samples[page][0](f) }

// Frames are a page's frame for a stranger, for a person, and on a live page.
func Frames(t *testing.T) []*frame.Frame {
	s, _ := NewKit(t)
	var all []*frame.Frame
	for range 3 {
		all = append(all, s.Begin(httptest.NewRequest(http.MethodGet, "/more", nil), frame.Place{Organisation: "Halvern City", Support: []string{"Dr. Vera, 040 555 0101"}, Team: practice.Team{Name: "Permits"}, Zone: time.UTC}))
	}
	all[1].Welcome(Ilse)
	all[2].Welcome(Ilse)
	all[2].News = "/news"
	return all
}

// EveryPage executes all pages of a package, page/*.html in templates, with all
// their samples, and looks for what no page may have.
func EveryPage(t *testing.T, s *frame.Kit, templates fs.FS) {
	t.Helper()
	files, err := fs.ReadDir(templates, "page")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range Frames(t) {
		for _, file := range files {
			name := strings.TrimSuffix(file.Name(), ".html")
			if len(samples[name]) == 0 {
				t.Errorf("page %s has no sample", name)
			}
			for _, of := range samples[name] {
				empty, full := of(f)
				CheckPage(t, s, name, empty)
				CheckPage(t, s, name, full)
			}
		}
	}
}

// CheckPage executes a page and looks for what no page may have.
func CheckPage(t *testing.T, s *frame.Kit, name string, data any) {
	t.Helper()
	for _, wrong := range Faults(Executed(t, s, name, data)) {
		t.Errorf("%s: %s", name, wrong)
	}
}

// Executed is a page as it is sent.
func Executed(t *testing.T, s *frame.Kit, name string, data any) string {
	t.Helper()
	w := httptest.NewRecorder()
	if err := s.Show(w, http.StatusOK, name, data); err != nil {
		t.Error(err)
	}
	return w.Body.String()
}

var refusedInPages = map[string]*regexp.Regexp{
	"words that are not in the catalogue": regexp.MustCompile(`⟦[^⟧]*⟧`),
	"a value the template refused":        regexp.MustCompile(`ZgotmplZ|<no value>|%!`),
	"a style attribute":                   regexp.MustCompile(`\sstyle=`),
	"an event handler":                    regexp.MustCompile(`<[^>]*\son[a-z]+=`),
	"an inline script":                    regexp.MustCompile(`<script[^>]*>[^<]`),
	"a data address":                      regexp.MustCompile(`["'(]data:`),
	"a form the browser judges":           regexp.MustCompile(`<form [^n][^>]*>|\sformnovalidate`),
}

// Faults are what a page may not have: words nobody wrote, anything the content
// security policy refuses, two elements of one id, none or two h1.
func Faults(page string) []string {
	var wrong []string
	for what, re := range refusedInPages {
		if found := re.FindString(page); found != "" {
			wrong = append(wrong, what+": "+found)
		}
	}
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`\sid="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if seen[m[1]] {
			wrong = append(wrong, "two elements with the id "+m[1])
		}
		seen[m[1]] = true
	}
	if n := strings.Count(page, "<h1"); n != 1 {
		wrong = append(wrong, "not one h1")
	}
	return wrong
}
