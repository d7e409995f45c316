package people_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// later is a time on this day's clock in the town, as its form sends it.
func later(w *webtest.Town, d time.Duration) string {
	w.T.Helper()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		w.T.Fatal(err)
	}
	return w.Now.Add(d).In(berlin).Format("2006-01-02T15:04")
}

// callMeeting reports something in the town and calls a room about it; it returns
// the number of the failure.
func callMeeting(b *webtest.Browser) string {
	b.T.Helper()
	b.Post("/report", "what", "12 of 50 were wet", "when", "now", "stage", "after")
	people := regexp.MustCompile(`name="people" value="([^"]+)"`).FindStringSubmatch(b.Get("/f/1/invite").Body.String())
	if people == nil {
		b.T.Fatalf("nobody to invite: %s", b.Get("/f/1/invite").Body)
	}
	got := b.Post("/f/1/invite", "meet", later(b.Town, 24*time.Hour), "box", "25", "people", people[1])
	if got.Code != http.StatusSeeOther {
		b.T.Fatalf("call: %d\n%s", got.Code, got.Body)
	}
	return "1"
}

func TestHearing(t *testing.T) {
	noor := webtest.NewTown(t, web.New).Settle()
	noor.Wants("page", noor.Get("/you/messages"), http.StatusOK, "This server sends no mail", `value="21:00"`, `value="07:00"`, "Make an address")
	noor.Wants("linked", noor.Get("/you"), http.StatusOK, `href="/you/messages"`)
	got := noor.Post("/you/messages", "how", "weekly", "from", "22:30", "to", "06:15", "zone", "Asia/Tokyo")
	if got.Code != http.StatusSeeOther {
		t.Fatalf("save: %d\n%s", got.Code, got.Body)
	}
	noor.Wants("kept", noor.Get("/you/messages?kept=yes"), http.StatusOK, `value="weekly" checked`, `value="22:30"`, `value="06:15"`, `value="Asia/Tokyo"`)
	for what, form := range map[string][]string{
		"no hours": {"how", "now", "from", "x", "to", "07:00", "zone", ""},
		"no zone":  {"how", "now", "from", "21:00", "to", "07:00", "zone", "Mars"},
	} {
		noor.Wants(what, noor.Post("/you/messages", form...), http.StatusUnprocessableEntity, `class="wrong"`)
	}
	noor.Wants("mail", noor.Post("/you/messages/mail", "mail", "noor@x.example"), http.StatusUnprocessableEntity, "sends no mail")
	noor.Wants("no such link", (&webtest.Browser{Town: noor.Town}).Get("/you/mail/ask_x"), http.StatusConflict, "This link is over")
	noor.Wants("no such link, sent", (&webtest.Browser{Town: noor.Town}).Post("/you/mail/ask_x"), http.StatusConflict, "This link is over")
}

// The address of a calendar is shown once, opens one calendar without any
// session, and nothing once it was renewed, ended, or its owner has left.
func TestFeed(t *testing.T) {
	noor := webtest.NewTown(t, web.New).Settle()
	callMeeting(noor)
	program := &webtest.Browser{Town: noor.Town}
	address := regexp.MustCompile(`/calendar/cal_[0-9a-z]{26}\.ics`)
	first := address.FindString(noor.Post("/you/messages/calendar").Body.String())
	if first == "" || address.MatchString(noor.Get("/you/messages").Body.String()) {
		t.Fatalf("the address is %q, or shown again", first)
	}
	got := program.Get(first)
	program.Wants("the calendar", got, http.StatusOK, "BEGIN:VEVENT", "SUMMARY:", "/f/1/room", "METHOD:PUBLISH", "DTSTART:20260611T120000Z")
	for name, want := range map[string]string{"Content-Type": "text/calendar; charset=utf-8", "Cache-Control": "no-store"} {
		if is := got.Header().Get(name); is != want {
			t.Errorf("%s: %q", name, is)
		}
	}
	if strings.Contains(got.Body.String(), "wet") || program.Cookie != nil {
		t.Errorf("it says too much: %s %v", got.Body, program.Cookie)
	}
	noor.Post("/you/messages/calendar/titles", "titles", "yes")
	program.Wants("with titles", program.Get(first), http.StatusOK, "12 of 50 were wet")
	second := address.FindString(noor.Post("/you/messages/calendar").Body.String())
	program.Wants("the old one", program.Get(first), http.StatusNotFound)
	program.Wants("the new one", program.Get(second), http.StatusOK, "12 of 50 were wet")
	program.Wants("without its ending", program.Get(strings.TrimSuffix(second, ".ics")), http.StatusNotFound)
	noor.Post("/you/messages/calendar/end")
	program.Wants("ended", program.Get(second), http.StatusNotFound)
	third := address.FindString(noor.Post("/you/messages/calendar").Body.String())
	program.Wants("a third", program.Get(third), http.StatusOK)

	amal, amalPage := noor.Join("Amal")
	theirs := address.FindString(amal.Post("/you/messages/calendar").Body.String())
	program.Wants("Amal's", program.Get(theirs), http.StatusOK, "BEGIN:VTIMEZONE")
	noor.Post(amalPage + "/left")
	program.Wants("after Amal left", program.Get(theirs), http.StatusNotFound)
}

func TestMeeting_file(t *testing.T) {
	noor := webtest.NewTown(t, web.New).Settle()
	number := callMeeting(noor)
	page := noor.Get("/f/" + number)
	noor.Wants("the page", page, http.StatusOK, `href="/f/1/meeting.ics"`, "12 of 50 were wet. We meet Thu 11 June, 14:00, for 25 minutes", "http://example.com/f/1/room")
	file := noor.Get("/f/1/meeting.ics")
	noor.Wants("the file", file, http.StatusOK, "SUMMARY:Incident review", "SEQUENCE:0")
	if strings.Contains(file.Body.String(), "wet") {
		t.Errorf("it says the title:\n%s", file.Body)
	}
	uid := regexp.MustCompile(`UID:\S+`).FindString(file.Body.String())
	noor.Post("/f/1/invite", "meet", later(noor.Town, 25*time.Hour))
	noor.Wants("moved", noor.Get("/f/1/meeting.ics"), http.StatusOK, "DTSTART:20260611T130000Z", "SEQUENCE:1", uid)
	team := regexp.MustCompile(`tea_[a-z0-9]+`).FindString(noor.Get("/you").Body.String())
	noor.Post("/team/messages/"+team, "titles", "yes", "address", "")
	noor.Wants("with titles", noor.Get("/f/1/meeting.ics"), http.StatusOK, "SUMMARY:Incident review: 12 of 50 were wet")
	stranger := &webtest.Browser{Town: noor.Town}
	if got := stranger.Get("/f/1/meeting.ics"); got.Code != http.StatusSeeOther {
		t.Errorf("a stranger gets %d", got.Code)
	}
	noor.Wants("no such failure", noor.Get("/f/2/meeting.ics"), http.StatusNotFound)
}

func TestChannel(t *testing.T) {
	noor := webtest.NewTown(t, web.New).Settle()
	team := "/team/messages/" + regexp.MustCompile(`tea_[a-z0-9]+`).FindString(noor.Get("/you").Body.String())
	noor.Wants("empty", noor.Get(team), http.StatusOK, "A link, nothing else", "Nothing, until there is an address")
	noor.Wants("no address", noor.Post(team, "titles", "no", "address", "chat.example"), http.StatusUnprocessableEntity, "no address a chat takes")
	noor.Wants("try without", noor.Post(team+"/try"), http.StatusUnprocessableEntity, "No chat yet")
	if got := noor.Post(team, "titles", "no", "address", "https://chat.example/hooks/sesame"); got.Code != http.StatusSeeOther {
		t.Fatalf("save: %d\n%s", got.Code, got.Body)
	}
	page := noor.Get(team)
	noor.Wants("with one", page, http.StatusOK, "Messages go to chat.example.", "Send a test message", "was called, for")
	if strings.Contains(page.Body.String(), "sesame") {
		t.Error("the secret of the chat is on the page")
	}
	if got := noor.Post(team + "/try"); got.Code != http.StatusSeeOther || !strings.HasSuffix(got.Header().Get("Location"), "?tried=yes") {
		t.Errorf("try: %d %v", got.Code, got.Header())
	}
	noor.Post(team + "/end")
	noor.Wants("ended", noor.Get(team), http.StatusOK, "Nothing, until there is an address")

	amal, _ := noor.Join("Amal")
	noor.Wants("a steward looks", noor.Get("/team/outgoing"), http.StatusOK, "not told how to send mail", "One message is on its way")
	amal.Wants("a member looks", amal.Get("/team/outgoing"), http.StatusNotFound)
	amal.Wants("of one's own team", amal.Get(team), http.StatusOK)
}
