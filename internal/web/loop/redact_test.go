package loop_test

import (
	"net/http"
	"strings"
	"testing"

	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// A name is taken out of a report: which words, is that meant, and it is gone.
func TestRedact_onPlainPages(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	b := c.Browser(1).Open("/report").Send("/report", "", "what", "Quintilia Vex fell at the gate.", "when", "now", "stage", "after")
	at := strings.TrimSuffix(b.At, "/in")
	b.Open(at).Sees("Remove personal data").Open(at + "/redact")
	if b.Send("/redact", "", "words", "Oswin").Sees("These words stand nowhere here."); b.Status != http.StatusUnprocessableEntity {
		t.Errorf("words that stand nowhere: %d", b.Status)
	}
	b.Send("/redact", "", "words", "quintilia vex").Sees("It stands in one place.", "Nobody can bring it back")
	c.Browser(0).Open(at).Sees("Quintilia Vex")
	b.Send("/redact", "Remove it for good").Sees("▇▇▇ fell at the gate", "Person 1 removed personal data").Misses("Quintilia")
}
