package web

import (
	"debrief/internal/practice"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// samplesOf holds every page twice, as empty as it can be and with everything it
// can show.
var samplesOf = map[string][]func(*Frame) (empty, full any){}

// sample says how a page looks empty and full. The test file of each page calls
// it, more than once where a page has several faces; a page without a sample fails
// the test below.
func sample(page string, of func(*Frame) (empty, full any)) bool {
	samplesOf[page] = append(samplesOf[page], of)
	return true
}

// frames are a page's frame for a stranger, for a person, and on a live page.
func frames(t *testing.T) []*Frame {
	s, _ := newWeb(t)
	var all []*Frame
	for range 3 {
		all = append(all, s.frame(httptest.NewRequest(http.MethodGet, "/more", nil), Place{Organisation: "Halvern City", Team: practice.Team{Name: "Permits"}, Zone: time.UTC}))
	}
	all[1].welcome(ilse)
	all[2].welcome(ilse)
	all[2].News = "/news"
	return all
}

func TestPages_emptyAndFull(t *testing.T) {
	s, _ := newWeb(t)
	files, err := os.ReadDir("page")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range frames(t) {
		for _, file := range files {
			name := strings.TrimSuffix(file.Name(), ".html")
			of, ok := samplesOf[name]
			if !ok {
				t.Errorf("page %s has no sample", name)
				continue
			}
			for _, of := range of {
				empty, full := of(f)
				checkPage(t, s, name, empty)
				checkPage(t, s, name, full)
			}
		}
	}
}

// checkPage executes a page and looks for what no page may have.
func checkPage(t *testing.T, s *Web, name string, data any) {
	t.Helper()
	load, ok := s.pages[name]
	if !ok {
		t.Errorf("no page %s", name)
		return
	}
	set, err := load()
	if err != nil {
		t.Error(err)
		return
	}
	var b strings.Builder
	if err := set.ExecuteTemplate(&b, "page/"+name, data); err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	for _, wrong := range faults(b.String()) {
		t.Errorf("%s: %s", name, wrong)
	}
}

var refusedInPages = map[string]*regexp.Regexp{
	"words that are not in the catalogue": regexp.MustCompile(`⟦[^⟧]*⟧`),
	"a value the template refused":        regexp.MustCompile(`ZgotmplZ|<no value>|%!`),
	"a style attribute":                   regexp.MustCompile(`\sstyle=`),
	"an event handler":                    regexp.MustCompile(`<[^>]*\son[a-z]+=`),
	"an inline script":                    regexp.MustCompile(`<script[^>]*>[^<]`),
	"a data address":                      regexp.MustCompile(`["'(]data:`),
}

// faults are what a page may not have: words nobody wrote, anything the content
// security policy refuses, two elements of one id, none or two h1.
func faults(page string) []string {
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
