package stories

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/debrieftest"
)

// A bomb is a small request that some service somewhere paid dearly for.
type bomb struct {
	name    string
	to      string // a path; under /api/ it goes with a token
	kind    string // of the body
	body    []byte
	headers []string // name and value in turn
	want    int      // the status; 200, or 201 from the API, where it is taken in and shown
	memory  int64    // what it may cost of it; 0 for the usual
}

// What a bomb may cost: so many times the processor time of an ordinary page
// of the largest size, so much memory, and so much answer.
const (
	bombTimes  = 20
	bombMemory = 64 << 20
	bombAnswer = 2 << 20
)

// Nothing that somebody sends may stop the others: each ends in words, at a
// bounded cost, and the next request is answered.
func TestBombs(t *testing.T) {
	alone(t, func(s *story) {
		at := s.besieged()
		ordinary := at.throw(ordinaryPage)
		s.Logf("an ordinary page of the largest size: %v, %d MiB", ordinary.Processor, ordinary.Memory>>20)
		for _, b := range slices.Concat(webBombs(), pictureBombs(), apiBombs(at.team)) {
			s.Run(b.name, func(t *testing.T) {
				at.T = t
				got := at.throw(b)
				if got.status != b.want {
					t.Errorf("answered %d, want %d:\n%s", got.status, b.want, wordsOf(got.page))
				}
				if wrong := got.tooDear(ordinary, b.memory); wrong != "" {
					t.Error(wrong)
				}
				if _, err := at.visitor.Get(t.Context(), at.site.URL+"/"); err != nil {
					t.Errorf("after it: %v", err)
				}
			})
		}
	})
}

// A service that renders what it is sent with the same parser and none of our
// bounds is found out by the same look.
func TestBombs_catchesARendererWithoutBounds(t *testing.T) {
	site := debrieftest.Start(t, debrieftest.Options{Binary: self(t)})
	at := &siege{T: t, site: site, visitor: debrieftest.NewVisitor()}
	ordinary := at.throw(ordinaryPage)
	if wrong := at.throw(smallTable).tooDear(ordinary, 0); wrong == "" {
		t.Error("it passed")
	}
}

// siege is a site and somebody who means it no good.
type siege struct {
	*testing.T
	site    *debrieftest.Site
	visitor *debrieftest.Visitor
	token   string
	team    string
}

func (s *story) besieged() *siege {
	s.Helper()
	visitor, err := debrieftest.SetUp(s.Context(), s.site)
	if err != nil {
		s.Fatal(err)
	}
	token, err := visitor.Token(s.Context(), s.site.URL, "read", "report", "write")
	if err != nil {
		s.Fatal(err)
	}
	if _, err := visitor.Post(s.Context(), s.site.URL+"/report", url.Values{"what": {"The van left early."}, "when": {"now"}, "stage": {"after"}}); err != nil {
		s.Fatal(err)
	}
	at := &siege{T: s.T, site: s.site, visitor: visitor, token: token}
	_, teams := at.send(bomb{to: "/api/v1/teams"})
	at.team = regexp.MustCompile(`tea_\w+`).FindString(teams)
	return at
}

// outcome is what a bomb was answered, and what it cost.
type outcome struct {
	debrieftest.Cost
	status int
	page   string
}

// throw sends a bomb and follows where it leads. A refusal says something.
func (s *siege) throw(b bomb) outcome {
	s.Helper()
	var got outcome
	cost, err := s.site.Cost(func() {
		answer, page := s.send(b)
		got.status, got.page = answer.StatusCode, page
	})
	if err != nil {
		s.Fatal(err)
	}
	got.Cost = cost
	if got.status >= 400 && len(strings.Fields(got.page)) < 4 {
		s.Errorf("%d without a word", got.status)
	}
	return got
}

func (s *siege) send(b bomb) (*http.Response, string) {
	s.Helper()
	method := http.MethodPost
	if b.body == nil {
		method = http.MethodGet
	}
	r, err := http.NewRequestWithContext(s.Context(), method, s.site.URL+b.to, bytes.NewReader(b.body))
	if err != nil {
		s.Fatal(err)
	}
	r.Header.Set("Content-Type", b.kind)
	for i := 0; i+1 < len(b.headers); i += 2 {
		r.Header.Set(b.headers[i], b.headers[i+1])
	}
	if strings.HasPrefix(b.to, "/api/") {
		r.Header.Set("Authorization", "Bearer "+s.token)
	}
	answer, page, err := s.visitor.Do(r)
	if err != nil {
		s.Fatal(err)
	}
	if to := answer.Header.Get("Location"); answer.StatusCode == http.StatusSeeOther {
		return s.send(bomb{to: to})
	}
	return answer, page
}

// tooDear says what a bomb cost more than it may.
func (o outcome) tooDear(ordinary outcome, memory int64) string {
	memory = cmp.Or(memory, bombMemory)
	if debrieftest.RaceDetector {
		memory *= 6 // it keeps who touched what
	}
	if most := bombTimes * max(ordinary.Processor, 20*time.Millisecond); o.Processor > most {
		return fmt.Sprintf("it cost %v of processor time, %v at most", o.Processor, most)
	}
	if most := max(memory, 4*ordinary.Memory); o.Memory > most {
		return fmt.Sprintf("it cost %d MiB, %d at most", o.Memory>>20, most>>20)
	}
	if len(o.page) > bombAnswer {
		return fmt.Sprintf("the answer weighs %d KiB", len(o.page)>>10)
	}
	return ""
}

// wordsOf is the beginning of what a page says.
func wordsOf(page string) string {
	if i := strings.Index(page, "<main"); i >= 0 {
		page = page[i:]
	}
	return fmt.Sprintf("%.1000s", page)
}
