package notify

import (
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/words"
)

func sender(t *testing.T) *Sender {
	t.Helper()
	catalogue, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	return New(Options{Words: catalogue, Base: "https://debrief.example", Now: func() time.Time { return noon }})
}

// about a review at noon in Berlin, with or without its title.
func parcel(t *testing.T, code, title string) app.Parcel {
	t.Helper()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	m := app.Outward{Dispatch: practice.Dispatch{ID: "dsp_01", Code: code, Link: "/f/7/room"}, Title: title}
	if practice.IsMeeting(code) {
		m.Meeting = &app.Meeting{Title: title, Failure: practice.Failure{Number: 7, Title: "12 of 50 were wet"},
			Review: practice.Review{ID: "rev_01", Version: 2, MeetAt: noon, Box: 25 * time.Minute}}
		if code == "notice.off" {
			m.Meeting.Review.Phase = practice.PhaseOff
		}
	}
	return app.Parcel{Dispatches: []app.Outward{m}, Mail: "ilse@x.example", Organisation: "Alder", Zone: berlin}
}

var outwardCodes = []string{"notice.invited", "notice.moved", "notice.off", "notice.off-why", "notice.there", "notice.convene", "notice.carry", "notice.offered", "notice.refused",
	"notice.signoff", "notice.told", "notice.check", "notice.owner", "notice.unowned", "notice.lead", "notice.closed", "notice.nothing", "notice.changed", "notice.safeguard", "notice.constraint", "notice.finding", "notice.link",
	"notice.link-operator", "notice.stop", "notice.something-nobody-thought-of"}

// A mail says that there is something and where, and not what.
func TestLetter_saysNothing(t *testing.T) {
	s := sender(t)
	for _, code := range outwardCodes {
		l := s.letter(parcel(t, code, ""))
		all := l.Subject + l.Text
		if l.Invitation != nil {
			all += l.Invitation.String()
		}
		for _, secret := range []string{"12 of 50", "wet", "⟦"} {
			if strings.Contains(all, secret) {
				t.Errorf("%s: %q in %s", code, secret, all)
			}
		}
		for _, want := range []string{"https://debrief.example/f/7/room", "https://debrief.example/you/messages", "on purpose"} {
			if !strings.Contains(l.Text, want) {
				t.Errorf("%s: no %q in %s", code, want, l.Text)
			}
		}
		if (l.Invitation != nil) != practice.IsMeeting(code) {
			t.Errorf("%s: invitation %+v", code, l.Invitation)
		}
	}
}

func TestLetter_calledOff(t *testing.T) {
	l := sender(t).letter(parcel(t, "notice.off", ""))
	all := l.Invitation.String()
	for _, want := range []string{"METHOD:CANCEL", "STATUS:CANCELLED", "UID:rev_01@debrief", "SEQUENCE:2"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %s in %s", want, all)
		}
	}
	if l.Subject != "A review you were invited to is called off" {
		t.Errorf("subject %q", l.Subject)
	}
}

func TestLetter_invitation(t *testing.T) {
	l := sender(t).letter(parcel(t, "notice.moved", "12 of 50 were wet"))
	want := `A review you are invited to has another time: 12 of 50 were wet.

Mon 8 June, 14:00 (Europe/Berlin), 25 minutes

https://debrief.example/f/7/room

What reaches you, and when: https://debrief.example/you/messages
`
	if l.Text != want || l.Subject != "A review you are invited to has another time: 12 of 50 were wet" || l.ID != "dsp_01" || l.To != "ilse@x.example" {
		t.Errorf("%+v", l)
	}
	if m := l.Invitation.Meetings[0]; m.UID != "rev_01@debrief" || m.Sequence != 2 || m.Title != "Review: 12 of 50 were wet" || m.Place != "https://debrief.example/f/7/room" {
		t.Errorf("%+v", m)
	}
}

func TestLetter_weekly(t *testing.T) {
	p := parcel(t, "notice.closed", "")
	p.Dispatches[0].Weekly = true
	p.Dispatches = append(p.Dispatches, app.Outward{Dispatch: practice.Dispatch{Code: "notice.in-use", Link: "/f/8/record"}, Title: "Lift"})
	l := sender(t).letter(p)
	want := `A review you had a part in is closed
https://debrief.example/f/7/room

What changed because of you is in use: Lift
https://debrief.example/f/8/record

What reaches you, and when: https://debrief.example/you/messages
`
	if l.Text != want || l.Subject != "This week: 2 things you had a part in" {
		t.Errorf("%s\n%s", l.Subject, l.Text)
	}
}

func TestLetter_confirm(t *testing.T) {
	p := parcel(t, practice.DispatchConfirm, "")
	p.Dispatches[0].Confirm, p.Dispatches[0].Link = &practice.Member{Name: "Ilse"}, "/you/mail/ask_1"
	l := sender(t).letter(p)
	if l.Subject != "Is this your address?" || !strings.Contains(l.Text, "https://debrief.example/you/mail/ask_1\n") || !strings.Contains(l.Text, "Ilse at Alder") {
		t.Errorf("%s\n%s", l.Subject, l.Text)
	}
}

func TestLine(t *testing.T) {
	s := sender(t)
	for _, c := range []struct{ code, title, want string }{
		{practice.DispatchCalled, "", "A review was called, for Mon 8 June, 14:00. https://debrief.example/f/7/room"},
		{practice.DispatchMoved, "", "A review has another time: Mon 8 June, 14:00. https://debrief.example/f/7/room"},
		{practice.DispatchClosed, "12 of 50", "A review is closed: 12 of 50. https://debrief.example/f/7/room"},
		{practice.DispatchStop, "", "A plan of this team stops. https://debrief.example/f/7/room"},
		{practice.DispatchTry, "", "This is a test. What this team lets out arrives here. https://debrief.example/f/7/room"},
		{practice.DispatchClosed, "<!channel> @all [pay](https://x.example)", "A review is closed: ‹!channel› @\u2060all [pay] (https://x.example). https://debrief.example/f/7/room"},
	} {
		if got := s.line(parcel(t, c.code, c.title)); got != c.want {
			t.Errorf("%s: %s, want %s", c.code, got, c.want)
		}
	}
}
