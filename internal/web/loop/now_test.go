package loop_test

import (
	"regexp"
	"strings"
	"testing"

	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

var mainButton = regexp.MustCompile(`class="btn[^"]*\bgo\b[^"]*"`)

// Whoever comes to the start page finds one main button where something waits for
// them, and reads who is next where it does not.
func TestNow_hasOneMainButton(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 3)
	one := func(who int, has string) *webtest.Plain {
		t.Helper()
		b := c.Browser(who).Open("/").Sees(has)
		if all := mainButton.FindAllString(mainOf(b.Page), -1); len(all) != 1 {
			t.Errorf("person %d has the main buttons %q", who, all)
		}
		return b
	}
	none := func(who int, has ...string) {
		t.Helper()
		b := c.Browser(who).Open("/").Sees(has...).Misses("Decide")
		if mainButton.MatchString(mainOf(b.Page)) {
			t.Errorf("person %d is asked for what is not theirs", who)
		}
	}
	reporter := c.Browser(1).Open("/report").Send("/report", "", "what", "Six lamps were out.", "when", "now", "stage", "after")
	at := strings.TrimSuffix(reporter.At, "/in")
	one(2, "nobody convenes it yet").Sees("Decide", "Six lamps were out")
	reporter.Open(at).Send("/convener", "", "convener", string(c.People[2].Member))
	one(2, "you convene this one")
	none(1, "Nothing is waiting for you.", "Person 2 decides next", "Six lamps were out")
}

func mainOf(page string) string {
	_, rest, _ := strings.Cut(page, "<main")
	main, _, _ := strings.Cut(rest, "</main>")
	return main
}
