package loop_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/web"
	"debrief/internal/web/frame"
	"debrief/internal/web/loop"
	"debrief/internal/web/webtest"
)

// leaveName opens the report form as one of the team and leaves the name off.
func leaveName(c *webtest.Circle, person int) *webtest.Plain {
	c.T.Helper()
	b := c.Browser(person).Open("/report")
	link := regexp.MustCompile(`<a class="choice" href="([^"]*)"`).FindStringSubmatch(b.Page)
	if link == nil {
		c.T.Fatalf("no way to leave the name off: %s", b.Text())
	}
	return b.Open(link[1])
}

// receiptOn finds the words on the page.
func receiptOn(b *webtest.Plain) string {
	b.T.Helper()
	m := regexp.MustCompile(`id="words">([a-z ]+)<`).FindStringSubmatch(b.Page)
	if m == nil || len(strings.Fields(m[1])) != practice.ReceiptWords {
		b.T.Fatalf("%d at %s: no seven words in %s", b.Status, b.At, b.Text())
	}
	return m[1]
}

// passHour lets what waits appear.
func passHour(c *webtest.Circle) {
	c.T.Helper()
	due := c.Clock.Now().Truncate(time.Hour).Add(time.Hour)
	c.Clock.Pass(due.Sub(c.Clock.Now()) + time.Second)
	if err := c.Web.Rooms.Release(c.T.Context(), due); err != nil {
		c.T.Fatal(err)
	}
}

// From the report form to the answer of the team's question, on plain pages.
func TestUnnamed_onPlainPages(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	b := leaveName(c, 1).Sees("What went wrong?", "From what this server keeps, nobody — including its operator — can later work out who wrote this.",
		"It cannot hide your words, your device or your network.", "today 13:00").Misses("Person 1")
	b.Send("/r/"+lastPart(b.At), "", "stage", "after").Sees("Look at one thing again.", "Write what happened.")
	b.Send("/r/"+lastPart(b.At), "", "what", "Four crates were never loaded.", "stage", "after", "when", "today")
	b.Sees("Your report is in. You can close this.", "It appears today 13:00", "shown this once").Misses("F-2")
	words := receiptOn(b)

	d := c.Browser(-1).Open("/receipt").Send("/receipt", "words", "words", strings.ToUpper(strings.ReplaceAll(words, " ", ", ")))
	d.Sees("It waits, and appears today 13:00", "Four crates were never loaded.", "Correct it", "Take it back")
	d.Send("/receipt/correct", "", "what", "Three crates were never loaded.").Sees("Three crates were never loaded.").Misses("Four")
	c.Browser(0).Open("/f/2").Sees("Nothing stands at this address")

	passHour(c)
	team := c.Browser(0).Open("/f/2").Sees("Three crates were never loaded", "reported without a name", "Ask whoever reported it").Misses("January")
	team.Send("/f/2/ask", "", "ask", "").Sees("There is nothing to send yet")
	team.Send("/f/2/ask", "", "ask", "Which van was it?").Sees("Not answered yet").Misses("Which van")

	d.Send("/receipt/back", "", "words", words) // the page from before the hour: now the report has appeared
	d.Sees("Your report goes today 14:00", "as F-2", "Nobody has decided about it yet.", "Which van was it?")
	d.Send("/receipt/say", "answers", "text", "The blue one.").Sees("What you wrote appears today 14:00", "You wrote. It appears today 14:00", "The blue one.").Misses("Your answer")
	passHour(c)
	d.Open("/receipt").Send("/receipt", "words", "words", words).Sees("No report with these words.")
	team.Open("/f/2").Sees("Nothing stands at this address")
}

func lastPart(address string) string {
	u, _ := url.Parse(address)
	return u.Path[strings.LastIndex(u.Path, "/")+1:]
}

// A month later the words lead to a question. No and rather not say change nothing, and yes
// leads to the guardian, whose page says that it came from there.
func TestReceipt_asksWhatHappenedSince(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	b := leaveName(c, 1)
	b.Send("/r/"+lastPart(b.At), "", "what", "Four crates were never loaded.", "stage", "after", "when", "today")
	words := receiptOn(b)
	passHour(c)
	const ask = "Has anything bad happened to you since?"
	d := c.Browser(-1).Open("/receipt").Send("/receipt", "words", "words", words).Misses(ask).Sees("for two weeks, it asks here")
	c.Clock.Pass(31 * 24 * time.Hour)
	d.Open("/receipt").Send("/receipt", "words", "words", words).Sees(ask, "Whatever you tap, nothing of it is kept")
	d.Send("/receipt/since", "", "since", "not").Sees("Thank you. Nothing of it is kept.").Misses(ask)
	d.Open("/receipt").Send("/receipt", "words", "words", words).Sees(ask)
	d.Open("/guardian?since").Sees("Tell the guardian").Misses("crates")
}

// What is answered can be read by the team, with the question.
func TestUnnamed_answers(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	b := leaveName(c, 1)
	words := receiptOn(b.Send("/r/"+lastPart(b.At), "", "what", "Four crates were never loaded.", "stage", "after"))
	passHour(c)
	team := c.Browser(0).Open("/f/2").Send("/f/2/ask", "", "ask", "Which van was it?")
	c.Browser(-1).Open("/receipt").Send("/receipt", "words", "words", words).Send("/receipt/say", "answers", "text", "The blue one.")
	passHour(c)
	team.Open("/f/2").Sees("Which van was it?", "The blue one.")
}

// Whoever comes by the team's address alone hears of nothing earlier, may say
// what to be called, and sees no page of the team.
func TestUnnamed_byTheTeamsAddress(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	steward := c.Browser(0).Open("/team").Sees("Report without an account", "/r/")
	address := regexp.MustCompile(`id="at" href="([^"]*)"`).FindStringSubmatch(steward.Page)[1]
	if !strings.HasPrefix(address, c.URL+"/r/") {
		t.Errorf("the address is %s", address)
	}
	b := c.Browser(-1).Open(address).Sees("A name to call you by").Misses("12 of 50")
	b.Send(lastPart(address), "", "what", "Twelve of fifty parcels were delivered.", "stage", "happening", "alias", "Farah from no. 8", "severe", "yes")
	b.Sees("Your report is in. You can close this.", "Support first").Misses("12 of 50", "No name was kept")
	passHour(c)
	c.Browser(0).Open("/f/2").Sees("reported by Farah from no. 8, without an account", "Support first")

	steward.Send("/team/address/"+string(c.People[0].Teams[0]), "Make a new one")
	next := regexp.MustCompile(`id="at" href="([^"]*)"`).FindStringSubmatch(steward.Page)[1]
	if next == address {
		t.Error("the address stayed the same")
	}
	c.Browser(-1).Open(address).Sees("This address leads nowhere.")
	c.Browser(-1).Open(next).Sees("What went wrong?")
}

// None of these pages looks at a session: the same request with a cookie and
// without gets the same answer, and nobody is asked who it was.
func TestUnnamed_knowsNoSession(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	address := regexp.MustCompile(`href="(/r/[^"]*)"`).FindStringSubmatch(c.Browser(0).Open("/report").Page)[1]
	address = strings.ReplaceAll(address, "&amp;", "&")
	asked := false
	c.Web.Actor = func(*http.Request) (practice.Actor, frame.Place, error) {
		asked = true
		return practice.Actor{}, frame.Place{}, practice.ErrUnauthenticated
	}
	for _, route := range (&loop.Pages{Kit: c.Web}).UnnamedRoutes() {
		method, to, _ := strings.Cut(route.Pattern, " ")
		if to = strings.ReplaceAll(to, "{word}", strings.TrimPrefix(address, "/r/")); !route.Quiet {
			t.Errorf("%s leaves a line in the log", route.Pattern)
		}
		answers := map[string]string{}
		for name, cookie := range map[string]string{"with a session": "session=0; debrief=abc", "without": ""} {
			r := httptest.NewRequest(method, to, strings.NewReader("words=lantern+ochre&what=&text=x"))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Cookie", cookie)
			r.RemoteAddr = map[string]string{"": "192.0.2.1:1"}[cookie] // so that neither slows the other down
			w := httptest.NewRecorder()
			c.Web.ServeHTTP(w, r)
			if h := w.Header(); h.Get("Set-Cookie") != "" || h.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: %v", route.Pattern, h)
			}
			answers[name] = onceKey.ReplaceAllString(w.Body.String(), "")
		}
		if answers["with a session"] != answers["without"] || answers["without"] == "" {
			t.Errorf("%s answers otherwise with a session", route.Pattern)
		}
	}
	for _, wrong := range []string{"/receipt/say", "/r/x/y", "/receipt/none"} {
		c.Web.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", wrong, nil))
	}
	if asked {
		t.Error("somebody asked who it was")
	}
	c.Web.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/more", nil))
	if !asked {
		t.Error("the control was not asked who it was")
	}
}

var onceKey = regexp.MustCompile(`name="once" value="[^"]*"`)

// The words stand in the one answer, whoever sends the form again: in no
// address, and not with a key of another page.
func TestUnnamed_sentTwice(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	b := leaveName(c, 0)
	form := *b
	first := receiptOn(b.Send("/r/"+lastPart(b.At), "", "what", "The door stood open.", "stage", "after"))
	again := receiptOn(form.Send("/r/"+lastPart(form.At), "", "what", "The door stood open.", "stage", "after"))
	if first != again {
		t.Errorf("sent twice it has the receipts %q and %q", first, again)
	}
	if strings.Contains(b.At, "=") && strings.Contains(b.At, strings.Fields(first)[0]) {
		t.Errorf("words in an address: %s", b.At)
	}
	other := leaveName(c, 0)
	if third := receiptOn(other.Send("/r/"+lastPart(other.At), "", "what", "The door stood open.", "stage", "after")); third == first {
		t.Error("two reports share a receipt")
	}
}

func TestReceipt_namesWordsThatAreNone(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	c.Browser(-1).Open("/receipt").Send("/receipt", "words", "words", "lanterm ochre fifteen meadow crisp copper sundial").
		Sees("lanterm", "Did you mean one of these: lantern")
}
