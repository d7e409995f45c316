package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(debrieftest.Main(m)) }

// A house is a site with a mail server beside it, and Ines, who set it up and
// reads her mail.
type house struct {
	*testing.T
	site *debrieftest.Site
	mail *debrieftest.MailServer
	ines *debrieftest.Visitor
}

func open(t *testing.T, database string, flags ...string) *house {
	t.Helper()
	h := &house{T: t, mail: debrieftest.StartMail(t, false)}
	h.site = debrieftest.Start(t, debrieftest.Options{Database: database, Flags: append(flags, "--smtp", h.mail.URL)})
	var err error
	if h.ines, err = debrieftest.SetUp(t.Context(), h.site); err != nil {
		t.Fatal(err)
	}
	h.post("/you/messages", "how", "now", "from", "00:00", "to", "00:00", "zone", "")
	h.post("/you/messages/mail", "mail", "ines@x.example")
	link := regexp.MustCompile(`/you/mail/ask_\w+`).FindString(h.mail.Wait(1)[0])
	if _, err := debrieftest.NewVisitor().Get(t.Context(), h.site.URL+link); err != nil { // on a device that was not let in
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.site.URL+link, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if res, page, err := debrieftest.NewVisitor().Do(req); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("confirm: %v\n%s", err, page)
	}
	return h
}

// post sends a form of names and values in turn as Ines.
func (h *house) post(path string, pairs ...string) {
	h.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	if _, err := h.ines.Post(h.Context(), h.site.URL+path, form); err != nil {
		h.Fatal(err)
	}
}

func (h *house) get(path string) string {
	h.Helper()
	page, err := h.ines.Get(h.Context(), h.site.URL+path)
	if err != nil {
		h.Fatal(err)
	}
	return page
}

// call reports failure number n and calls a review of it, for Ines alone.
func (h *house) call(n int) {
	h.Helper()
	h.post("/report", "what", "12 of 50 were wet", "when", "now", "stage", "after")
	me := regexp.MustCompile(`name="people" value="([^"]+)"`).FindStringSubmatch(h.get("/f/" + strconv.Itoa(n) + "/invite"))
	h.post("/f/"+strconv.Itoa(n)+"/invite", "meet", in(24), "box", "25", "people", me[1])
}

// move moves its time, which is told to everybody invited.
func (h *house) move(n int) { h.Helper(); h.post("/f/"+strconv.Itoa(n)+"/invite", "meet", in(25)) }

func in(hours int) string {
	return time.Now().UTC().Add(time.Duration(hours) * time.Hour).Format("2006-01-02T15:04")
}

// quiet waits until nothing is on its way any more.
func (h *house) quiet() {
	h.Helper()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	late := time.After(3 * time.Minute)
	for !strings.Contains(h.get("/team/outgoing"), "Nothing is on its way.") {
		select {
		case <-tick.C:
		case <-late:
			h.Fatal("something is still on its way")
		}
	}
}

// A server that dies after the mail server took a message, and before it could
// write that down, loses nothing: the message comes once more under its old id.
func TestMail_killedBetweenSendingAndKnowing(t *testing.T) {
	h := open(t, storetest.SQLite(t))
	h.call(1)
	h.quiet()
	h.mail.Hold(true)
	h.move(1)
	h.mail.Wait(2)
	h.site.Kill()
	h.mail.Hold(false)
	if err := h.site.Restart(); err != nil {
		t.Fatal(err)
	}
	h.mail.Wait(3)
	h.quiet()
	letters := h.mail.Letters()
	if len(letters) != 3 {
		t.Fatalf("%d letters, want the one asked for and the same one twice", len(letters))
	}
	first, again := debrieftest.Header(t, letters[1], "Message-Id"), debrieftest.Header(t, letters[2], "Message-Id")
	if first != again || !strings.HasPrefix(first, "<dsp_") {
		t.Errorf("ids %q and %q", first, again)
	}
	for _, want := range []string{"METHOD:REQUEST", "SEQUENCE:1", "/f/1/room"} {
		if !strings.Contains(letters[2], want) {
			t.Errorf("no %q in\n%s", want, letters[2])
		}
	}
	if strings.Contains(strings.Join(letters, ""), "wet") {
		t.Errorf("a letter says what it is about:\n%s", letters)
	}
}

// Two servers on one database send each message once between them.
func TestMail_twoNodes(t *testing.T) {
	database := storetest.Postgres(t)
	h := open(t, database)
	debrieftest.Start(t, debrieftest.Options{Database: database, Flags: []string{"--smtp", h.mail.URL}})
	const reviews = 3
	for n := 1; n <= reviews; n++ {
		h.call(n)
	}
	for n := 1; n <= reviews; n++ {
		h.move(n)
	}
	h.quiet()
	ids := map[string]int{}
	for _, letter := range h.mail.Letters() {
		ids[debrieftest.Header(t, letter, "Message-Id")]++
	}
	if len(ids) != 1+reviews || len(h.mail.Letters()) != len(ids) {
		t.Errorf("letters by id: %v", ids)
	}
}

// The chat of a team takes a test and what the team lets out, over HTTP.
func TestChat(t *testing.T) {
	heard := make(chan string, 10)
	chat := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var line struct{ Text string }
		if err := json.NewDecoder(r.Body).Decode(&line); err != nil {
			t.Error(err)
		}
		heard <- line.Text
	}))
	defer chat.Close()
	h := open(t, storetest.SQLite(t), "--chat-peer", strings.TrimPrefix(chat.URL, "http://"))
	team := "/team/messages/" + regexp.MustCompile(`tea_[0-9a-z]+`).FindString(h.get("/you"))
	h.post(team, "titles", "yes", "address", chat.URL+"/hooks/x")
	h.post(team + "/try")
	if got := <-heard; !strings.HasPrefix(got, "This is a test.") || !strings.Contains(got, h.site.URL+team) {
		t.Errorf("the test: %s", got)
	}
	h.call(1)
	if got := <-heard; !strings.HasPrefix(got, "A review was called, for ") || !strings.Contains(got, ": 12 of 50 were wet. "+h.site.URL+"/f/1/room") {
		t.Errorf("called: %s", got)
	}
	h.quiet()
	if page := h.get(team); !strings.Contains(page, "The last one arrived") {
		t.Errorf("the page:\n%s", page)
	}
}
