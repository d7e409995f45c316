package loop_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// Without scripts it is a plain form in two steps: the second shows what leaves.
func TestHot_onPlainPages(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	b := c.Browser(1).Open("/hot").Sees("Nothing of this is kept on this phone.")
	if n := strings.Count(b.Text(), "Is someone afraid of someone here?"); n != 2 {
		t.Errorf("page and card ask %d times whether somebody is afraid", n)
	}
	b.Send("/hot", "", "happened", "12 signed.", "carrier", "other", "other", "we").Sees("One person can.")
	b.Send("/hot", "", "happened", "12 signed.", "meant", "Sign 50.", "severe", "yes", "carrier", "Juniper").Sees("This leaves your phone", "Juniper", "Sign 50.", "Was somebody hurt?", "Wed 10 June")
	b.Send("/hot", "Send it", "sure", "yes").Sees("12 signed", "Juniper", "Nothing is decided by them.", "Support first").Misses("Person 1 reported")
	b.Open(b.At+"/invite").Sees("since Wed 10 June", "less than a day after").Misses("12 h", " h after")
}

// The time to talk is within 72 hours, and says nothing of what happened; nobody has to
// be let in for it.
func TestHot_talk(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	ask := func(days string) *httptest.ResponseRecorder {
		answer := httptest.NewRecorder()
		c.Web.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/hot/talk/"+days, nil))
		return answer
	}
	if entry := ask("3").Body.String(); !strings.Contains(entry, "DTSTART:20260613T120000Z\r\n") || !strings.Contains(entry, "SUMMARY:Talk\r\n") {
		t.Errorf("the entry is %s", entry)
	}
	for _, days := range []string{"0", "4", "x"} {
		if answer := ask(days); answer.Code != http.StatusNotFound {
			t.Errorf("in %s days: %d", days, answer.Code)
		}
	}
}

// Where people write about what happened they read how far the law reaches; where nobody
// writes, it does not stand.
func TestLegal_whereSomebodyWrites(t *testing.T) {
	b := webtest.NewCircle(t, web.New, 1).Browser(0)
	const said = "a court or an authority can demand what is written here"
	for _, at := range []string{"/hot", "/plan", "/report"} {
		b.Open(at).Sees(said)
	}
	b.Open("/plan").Send("/plan", "", "title", "Move it").Sees("Write it", said)
	for _, at := range []string{"/", "/p"} {
		b.Open(at).Misses(said)
	}
}
