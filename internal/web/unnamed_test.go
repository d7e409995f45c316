package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
)

// leaveName opens the report form as one of the team and leaves the name off.
func leaveName(c *circle, person int) *plain {
	c.t.Helper()
	b := c.browser(person).open("/report")
	link := regexp.MustCompile(`<a class="choice" href="([^"]*)"`).FindStringSubmatch(b.page)
	if link == nil {
		c.t.Fatalf("no way to leave the name off: %s", b.text())
	}
	return b.open(link[1])
}

// receiptOn finds the words on the page.
func receiptOn(b *plain) string {
	b.t.Helper()
	m := regexp.MustCompile(`id="words">([a-z ]+)<`).FindStringSubmatch(b.page)
	if m == nil || len(strings.Fields(m[1])) != practice.ReceiptWords {
		b.t.Fatalf("%d at %s: no seven words in %s", b.status, b.at, b.text())
	}
	return m[1]
}

// passHour lets what waits appear.
func passHour(c *circle) {
	c.t.Helper()
	due := c.clock.Now().Truncate(time.Hour).Add(time.Hour)
	c.clock.Pass(due.Sub(c.clock.Now()) + time.Second)
	if err := c.web.Rooms.Release(c.t.Context(), due); err != nil {
		c.t.Fatal(err)
	}
}

// From the report form to the answer of the team's question, on plain pages.
func TestUnnamed_onPlainPages(t *testing.T) {
	c := newCircle(t, 2)
	b := leaveName(c, 1).sees("What went wrong?", "From what this server keeps, nobody — including its operator — can later work out who wrote this.",
		"It cannot hide your words, your device or your network.", "today 13:00").misses("Person 1")
	b.send("/r/"+lastPart(b.at), "", "stage", "after").sees("Look at one thing again", "Write what happened.")
	b.send("/r/"+lastPart(b.at), "", "what", "Four crates were never loaded.", "stage", "after", "when", "today")
	b.sees("Your report is in. You can close this.", "It appears today 13:00", "shown this once").misses("F-2")
	words := receiptOn(b)

	d := c.browser(-1).open("/receipt").send("/receipt", "words", "words", strings.ToUpper(strings.ReplaceAll(words, " ", ", ")))
	d.sees("It waits, and appears today 13:00", "Four crates were never loaded.", "Correct it", "Take it back")
	d.send("/receipt/correct", "", "what", "Three crates were never loaded.").sees("Three crates were never loaded.").misses("Four")
	c.browser(0).open("/f/2").sees("There is nothing here for you")

	passHour(c)
	team := c.browser(0).open("/f/2").sees("Three crates were never loaded", "reported without a name", "Ask whoever reported it")
	team.send("/f/2/ask", "", "ask", "").sees("There is nothing to send yet")
	team.send("/f/2/ask", "", "ask", "Which van was it?").sees("Not answered yet").misses("Which van")

	d.send("/receipt/back", "", "words", words) // the page from before the hour: now the report has appeared
	d.sees("Your report goes today 14:00", "as F-2", "Nobody has decided about it yet.", "Which van was it?")
	d.send("/receipt/say", "answers", "text", "The blue one.").sees("What you wrote appears today 14:00")
	passHour(c)
	d.open("/receipt").send("/receipt", "words", "words", words).sees("No report with these words.")
	team.open("/f/2").sees("There is nothing here for you")
}

func lastPart(address string) string {
	u, _ := url.Parse(address)
	return u.Path[strings.LastIndex(u.Path, "/")+1:]
}

// What is answered can be read by the team, with the question.
func TestUnnamed_answers(t *testing.T) {
	c := newCircle(t, 2)
	b := leaveName(c, 1)
	words := receiptOn(b.send("/r/"+lastPart(b.at), "", "what", "Four crates were never loaded.", "stage", "after"))
	passHour(c)
	team := c.browser(0).open("/f/2").send("/f/2/ask", "", "ask", "Which van was it?")
	c.browser(-1).open("/receipt").send("/receipt", "words", "words", words).send("/receipt/say", "answers", "text", "The blue one.")
	passHour(c)
	team.open("/f/2").sees("Which van was it?", "The blue one.")
}

// Whoever comes by the team's address alone hears of nothing earlier, may say
// what to be called, and sees no page of the team.
func TestUnnamed_byTheTeamsAddress(t *testing.T) {
	c := newCircle(t, 1)
	steward := c.browser(0).open("/team").sees("Report without an account", "/r/")
	address := regexp.MustCompile(`id="at" href="([^"]*)"`).FindStringSubmatch(steward.page)[1]
	if !strings.HasPrefix(address, c.url+"/r/") {
		t.Errorf("the address is %s", address)
	}
	b := c.browser(-1).open(address).sees("A name to call you by").misses("12 of 50")
	b.send(lastPart(address), "", "what", "Twelve of fifty parcels were delivered.", "stage", "happening", "alias", "Farah from no. 8")
	b.sees("Your report is in. You can close this.").misses("12 of 50", "No name was kept")
	passHour(c)
	c.browser(0).open("/f/2").sees("reported by Farah from no. 8, without an account")

	steward.send("/team/address/"+string(c.people[0].Teams[0]), "Make a new one")
	next := regexp.MustCompile(`id="at" href="([^"]*)"`).FindStringSubmatch(steward.page)[1]
	if next == address {
		t.Error("the address stayed the same")
	}
	c.browser(-1).open(address).sees("This address leads nowhere.")
	c.browser(-1).open(next).sees("What went wrong?")
}

// None of these pages looks at a session: the same request with a cookie and
// without gets the same answer, and nobody is asked who it was.
func TestUnnamed_knowsNoSession(t *testing.T) {
	c := newCircle(t, 1)
	address := regexp.MustCompile(`href="(/r/[^"]*)"`).FindStringSubmatch(c.browser(0).open("/report").page)[1]
	address = strings.ReplaceAll(address, "&amp;", "&")
	asked := false
	c.web.Actor = func(*http.Request) (practice.Actor, Place, error) {
		asked = true
		return practice.Actor{}, Place{}, practice.ErrUnauthenticated
	}
	for _, route := range c.web.unnamedRoutes() {
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
			c.web.ServeHTTP(w, r)
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
		c.web.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", wrong, nil))
	}
	if asked {
		t.Error("somebody asked who it was")
	}
	c.web.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/more", nil))
	if !asked {
		t.Error("the control was not asked who it was")
	}
}

var onceKey = regexp.MustCompile(`name="once" value="[^"]*"`)

// The words stand in the one answer, whoever sends the form again: in no
// address, and not with a key of another page.
func TestUnnamed_sentTwice(t *testing.T) {
	c := newCircle(t, 1)
	b := leaveName(c, 0)
	form := *b
	first := receiptOn(b.send("/r/"+lastPart(b.at), "", "what", "The door stood open.", "stage", "after"))
	again := receiptOn(form.send("/r/"+lastPart(form.at), "", "what", "The door stood open.", "stage", "after"))
	if first != again {
		t.Errorf("sent twice it has the receipts %q and %q", first, again)
	}
	if strings.Contains(b.at, "=") && strings.Contains(b.at, strings.Fields(first)[0]) {
		t.Errorf("words in an address: %s", b.at)
	}
	other := leaveName(c, 0)
	if third := receiptOn(other.send("/r/"+lastPart(other.at), "", "what", "The door stood open.", "stage", "after")); third == first {
		t.Error("two reports share a receipt")
	}
}

func TestReceipt_namesWordsThatAreNone(t *testing.T) {
	c := newCircle(t, 1)
	c.browser(-1).open("/receipt").send("/receipt", "words", "words", "lanterm ochre fifteen meadow crisp copper sundial").
		sees("lanterm", "Did you mean one of these: lantern")
}
