package loop_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// Somebody reports, edits it on two devices at once, takes it back and sends it
// again.
func TestOwn_onPlainPages(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	b := c.Browser(1).Open("/report").Send("/report", "", "what", "Four crates were never loaded.", "when", "now", "stage", "after")
	b.Sees("Your report is in.", "Edit it or take it back until")
	at := strings.TrimSuffix(b.At, "/in")
	other := c.Browser(1).Open(at+"/edit").Sees("Edit your report", "Four crates were never loaded.")
	b.Open(at+"/edit").Send("/edit", "", "what", "Five crates were never loaded.").Sees("Five crates", "What it said before", "Four crates were never loaded.")
	other.Send("/edit", "", "what", "Six crates were never loaded.").Sees("Six crates", "Five crates")
	if other.Status != http.StatusConflict {
		t.Errorf("whoever was slower: %d", other.Status)
	}
	other.Send("/edit", "", "what", "Six crates were never loaded.").Sees("Six crates", "What it said before, 2 times")
	steward := c.Browser(0).Open(at).Sees("Six crates").Misses("Edit it")
	if steward.Open(at + "/edit"); steward.Status != http.StatusForbidden {
		t.Errorf("somebody else edits: %d", steward.Status)
	}
	b.Open(at+"/edit").Send("/back", "").Sees("It is taken back.", "Six crates were never loaded.")
	if steward.Open(at); steward.Status != http.StatusNotFound {
		t.Errorf("taken back, and %d", steward.Status)
	}
	b.Send("/report", "Send it again").Sees("Your report is in.", "Six crates were never loaded")
}

// What is still to come is neither a fact nor something to report, and the form
// keeps what was typed.
func TestOwn_nothingOfTheFuture(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	today, later := c.Clock.Now().Format(time.DateOnly), c.Clock.Now().Add(time.Hour).Format("15:04")
	refused := func(b *webtest.Plain, field string) {
		t.Helper()
		b.Sees("That is still to come.", "Say when it was.")
		if b.Status != http.StatusUnprocessableEntity || !strings.Contains(b.Page, `href="#`+field+`"`) || !strings.Contains(b.Page, `id="`+field+`"`) {
			t.Errorf("%s: %d, and no way to %q", b.At, b.Status, field)
		}
	}
	b := c.Browser(1).Open("/report")
	if yesterday := c.Clock.Now().AddDate(0, 0, -1).Format(time.DateOnly); !strings.Contains(b.Page, `value="`+yesterday+`"`) || strings.Contains(b.Page, `value="`+today+`"`) {
		t.Error("a day before this one is offered as this one")
	}
	refused(b.Send("/report", "", "what", "Four crates fell.", "when", "earlier", "time", later, "stage", "after"), "when")
	b.Send("/report", "", "what", "Four crates fell.", "when", "now", "stage", "after").Sees("Your report is in.")
	at := strings.TrimSuffix(b.At, "/in")
	refused(b.Open(at+"/edit").Send("/edit", "", "what", "Five crates fell.", "day", today, "time", later), "time")
	refused(b.Open(at).Send("/fact", "", "day", today, "time", later, "text", "It rains."), "time")
	soon := c.Clock.Now().Add(2 * time.Minute).Format("15:04")
	b.Send("/fact", "", "day", today, "time", soon, "text", "It rains.").Sees("It rains.").Misses("still to come")
}

// A report is restricted, and then only practice.
func TestReaders_onPlainPages(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	b := c.Browser(1).Open("/report").Send("/report", "", "what", "The vault stood open.", "when", "now", "stage", "after")
	at := strings.TrimSuffix(b.At, "/in")
	b.Open(at).Sees("Everyone in").Open(at+"/readers").Send("/readers", "Only they read it").Sees("named people only", "Person 1, and nobody else.")
	steward := c.Browser(0)
	if steward.Open(at); steward.Status != http.StatusNotFound {
		t.Errorf("restricted to others, and %d", steward.Status)
	}
	steward.Open("/").Misses("vault")
	b.Open(at+"/readers").Send("/readers", "", "all", "yes").Sees("Everyone in").Misses("named people only")
	steward.Open("/").Sees("The vault stood open")
	b.Send("/drill", "", "drill", "yes").Sees("It counts nowhere").Send("/drill", "It was real", "drill", "no").Misses("It counts nowhere")
	b.Send("/drill", "", "drill", "yes").Send("/clear", "")
	if b.Open(at); b.Status != http.StatusNotFound {
		t.Errorf("cleared away, and %d", b.Status)
	}
}

// A pause that waits for somebody is something that waits for them, and not for whoever
// proposed it.
func TestNow_saysThatAPauseWaits(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	other := c.Browser(1).Open("/report").Send("/report", "", "what", "The vault stood open.", "when", "now", "stage", "after")
	const before, more = "One thing waits for you.", "Two things wait for you."
	c.Browser(0).Open("/").Sees(before)
	pause := "/pause/" + string(c.People[1].Teams[0])
	other.Open(pause).Send(pause, "Propose it", "do", "propose", "why", "Nothing is done", "days", "7").Sees("proposes that")
	other.Open("/").Sees(before, "proposes that")
	c.Browser(0).Open("/").Sees(more, "proposes that")
}
