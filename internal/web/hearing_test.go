package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

// later is a time on this day's clock in the town, as its form sends it.
func later(w *town, d time.Duration) string {
	w.t.Helper()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		w.t.Fatal(err)
	}
	return w.now.Add(d).In(berlin).Format("2006-01-02T15:04")
}

// callMeeting reports something in the town and calls a room about it; it returns
// the number of the failure.
func callMeeting(b *browser) string {
	b.t.Helper()
	b.post("/report", "what", "12 of 50 were wet", "when", "now", "stage", "after")
	people := regexp.MustCompile(`name="people" value="([^"]+)"`).FindStringSubmatch(b.get("/f/1/invite").Body.String())
	if people == nil {
		b.t.Fatalf("nobody to invite: %s", b.get("/f/1/invite").Body)
	}
	got := b.post("/f/1/invite", "meet", later(b.town, 24*time.Hour), "box", "25", "people", people[1])
	if got.Code != http.StatusSeeOther {
		b.t.Fatalf("call: %d\n%s", got.Code, got.Body)
	}
	return "1"
}

func TestHearing(t *testing.T) {
	noor := newTown(t).settle()
	noor.wants("page", noor.get("/you/messages"), http.StatusOK, "This server sends no mail", `value="21:00"`, `value="07:00"`, "Make an address")
	noor.wants("linked", noor.get("/you"), http.StatusOK, `href="/you/messages"`)
	got := noor.post("/you/messages", "how", "weekly", "from", "22:30", "to", "06:15", "zone", "Asia/Tokyo")
	if got.Code != http.StatusSeeOther {
		t.Fatalf("save: %d\n%s", got.Code, got.Body)
	}
	noor.wants("kept", noor.get("/you/messages?kept=yes"), http.StatusOK, `value="weekly" checked`, `value="22:30"`, `value="06:15"`, `value="Asia/Tokyo"`)
	for what, form := range map[string][]string{
		"no hours": {"how", "now", "from", "x", "to", "07:00", "zone", ""},
		"no zone":  {"how", "now", "from", "21:00", "to", "07:00", "zone", "Mars"},
	} {
		noor.wants(what, noor.post("/you/messages", form...), http.StatusUnprocessableEntity, `class="wrong"`)
	}
	noor.wants("mail", noor.post("/you/messages/mail", "mail", "noor@x.example"), http.StatusUnprocessableEntity, "sends no mail")
	noor.wants("no such link", (&browser{town: noor.town}).get("/you/mail/ask_x"), http.StatusConflict, "This link is over")
	noor.wants("no such link, sent", (&browser{town: noor.town}).post("/you/mail/ask_x"), http.StatusConflict, "This link is over")
}

// The address of a calendar is shown once, opens one calendar without any
// session, and nothing once it was renewed, ended, or its owner has left.
func TestFeed(t *testing.T) {
	noor := newTown(t).settle()
	callMeeting(noor)
	program := &browser{town: noor.town}
	address := regexp.MustCompile(`/calendar/cal_[0-9a-z]{26}\.ics`)
	first := address.FindString(noor.post("/you/messages/calendar").Body.String())
	if first == "" || address.MatchString(noor.get("/you/messages").Body.String()) {
		t.Fatalf("the address is %q, or shown again", first)
	}
	got := program.get(first)
	program.wants("the calendar", got, http.StatusOK, "BEGIN:VEVENT", "SUMMARY:", "/f/1/room", "METHOD:PUBLISH", "DTSTART:20260611T120000Z")
	for name, want := range map[string]string{"Content-Type": "text/calendar; charset=utf-8", "Cache-Control": "no-store"} {
		if is := got.Header().Get(name); is != want {
			t.Errorf("%s: %q", name, is)
		}
	}
	if strings.Contains(got.Body.String(), "wet") || program.cookie != nil {
		t.Errorf("it says too much: %s %v", got.Body, program.cookie)
	}
	noor.post("/you/messages/calendar/titles", "titles", "yes")
	program.wants("with titles", program.get(first), http.StatusOK, "12 of 50 were wet")
	second := address.FindString(noor.post("/you/messages/calendar").Body.String())
	program.wants("the old one", program.get(first), http.StatusNotFound)
	program.wants("the new one", program.get(second), http.StatusOK, "12 of 50 were wet")
	program.wants("without its ending", program.get(strings.TrimSuffix(second, ".ics")), http.StatusNotFound)
	noor.post("/you/messages/calendar/end")
	program.wants("ended", program.get(second), http.StatusNotFound)
	third := address.FindString(noor.post("/you/messages/calendar").Body.String())
	program.wants("a third", program.get(third), http.StatusOK)

	amal, amalPage := noor.join("Amal")
	theirs := address.FindString(amal.post("/you/messages/calendar").Body.String())
	program.wants("Amal's", program.get(theirs), http.StatusOK, "BEGIN:VTIMEZONE")
	noor.post(amalPage + "/left")
	program.wants("after Amal left", program.get(theirs), http.StatusNotFound)
}

func TestMeeting_file(t *testing.T) {
	noor := newTown(t).settle()
	number := callMeeting(noor)
	page := noor.get("/f/" + number)
	noor.wants("the page", page, http.StatusOK, `href="/f/1/meeting.ics"`, "12 of 50 were wet. We meet Thu 11 June, 14:00, for 25 minutes", "http://example.com/f/1/room")
	file := noor.get("/f/1/meeting.ics")
	noor.wants("the file", file, http.StatusOK, "SUMMARY:Incident review", "SEQUENCE:0")
	if strings.Contains(file.Body.String(), "wet") {
		t.Errorf("it says the title:\n%s", file.Body)
	}
	uid := regexp.MustCompile(`UID:\S+`).FindString(file.Body.String())
	noor.post("/f/1/invite", "meet", later(noor.town, 25*time.Hour))
	noor.wants("moved", noor.get("/f/1/meeting.ics"), http.StatusOK, "DTSTART:20260611T130000Z", "SEQUENCE:1", uid)
	team := regexp.MustCompile(`tea_[a-z0-9]+`).FindString(noor.get("/you").Body.String())
	noor.post("/team/messages/"+team, "titles", "yes", "address", "")
	noor.wants("with titles", noor.get("/f/1/meeting.ics"), http.StatusOK, "SUMMARY:Incident review: 12 of 50 were wet")
	stranger := &browser{town: noor.town}
	if got := stranger.get("/f/1/meeting.ics"); got.Code != http.StatusSeeOther {
		t.Errorf("a stranger gets %d", got.Code)
	}
	noor.wants("no such failure", noor.get("/f/2/meeting.ics"), http.StatusNotFound)
}

func TestChannel(t *testing.T) {
	noor := newTown(t).settle()
	team := "/team/messages/" + regexp.MustCompile(`tea_[a-z0-9]+`).FindString(noor.get("/you").Body.String())
	noor.wants("empty", noor.get(team), http.StatusOK, "A link, nothing else", "Nothing, until there is an address")
	noor.wants("no address", noor.post(team, "titles", "no", "address", "chat.example"), http.StatusUnprocessableEntity, "no address a chat takes")
	noor.wants("try without", noor.post(team+"/try"), http.StatusUnprocessableEntity, "No chat yet")
	if got := noor.post(team, "titles", "no", "address", "https://chat.example/hooks/sesame"); got.Code != http.StatusSeeOther {
		t.Fatalf("save: %d\n%s", got.Code, got.Body)
	}
	page := noor.get(team)
	noor.wants("with one", page, http.StatusOK, "Messages go to chat.example.", "Send a test message", "was called, for")
	if strings.Contains(page.Body.String(), "sesame") {
		t.Error("the secret of the chat is on the page")
	}
	if got := noor.post(team + "/try"); got.Code != http.StatusSeeOther || !strings.HasSuffix(got.Header().Get("Location"), "?tried=yes") {
		t.Errorf("try: %d %v", got.Code, got.Header())
	}
	noor.post(team + "/end")
	noor.wants("ended", noor.get(team), http.StatusOK, "Nothing, until there is an address")

	amal, _ := noor.join("Amal")
	noor.wants("a steward looks", noor.get("/team/outgoing"), http.StatusOK, "not told how to send mail", "One message is on its way")
	amal.wants("a member looks", amal.get("/team/outgoing"), http.StatusNotFound)
	amal.wants("of one's own team", amal.get(team), http.StatusOK)
}
