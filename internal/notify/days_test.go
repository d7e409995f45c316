package notify

import (
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/words"
)

// A review in writing says until when to write, and not when to meet.
func TestCompose_inWriting(t *testing.T) {
	catalogue, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	opens := time.Date(2026, 6, 13, 10, 0, 0, 0, time.UTC)
	s := New(Options{Words: catalogue, Base: "https://debrief.example.org", Now: func() time.Time { return opens }})
	r := practice.Review{ID: "rev_1", Form: practice.FormDays, Phase: practice.PhaseArrive, Zone: "UTC", MeetAt: opens}
	to := func(code string) app.Parcel {
		return app.Parcel{Mail: "a@example.org", Zone: time.UTC, Dispatches: []app.Outward{{
			Dispatch: practice.Dispatch{Code: code, Link: "/f/1/room"}, Meeting: &app.Meeting{Review: r}}}}
	}
	if got := s.line(to(practice.DispatchCalled)); !strings.Contains(got, "until Sat 13 June, 22:00") {
		t.Errorf("to the chat: %s", got)
	}
	l := s.letter(to("notice.write"))
	if !strings.Contains(l.Text, "Until Sat 13 June, 22:00") || strings.Contains(l.Text, "25 minutes") {
		t.Errorf("by mail: %s", l.Text)
	}
	if file := l.Invitation.String(); !strings.Contains(file, "DTEND:20260613T220000Z") {
		t.Errorf("in the calendar: %s", file)
	}
}

// An invitation to a room says until when to say go or not now, as long as that is asked.
func TestCompose_asksWhetherItIsAGo(t *testing.T) {
	catalogue, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	meets := time.Date(2026, 6, 13, 10, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		now  time.Time
		asks bool
	}{{meets.Add(-time.Hour), true}, {meets.Add(-time.Minute), false}} {
		s := New(Options{Words: catalogue, Base: "https://debrief.example.org", Now: func() time.Time { return c.now }})
		r := practice.Review{ID: "rev_1", Form: practice.FormLive, Phase: practice.PhaseArrive, MeetAt: meets, ReadyAt: meets.Add(-practice.ReadyAhead)}
		l := s.letter(app.Parcel{Mail: "a@example.org", Zone: time.UTC, Dispatches: []app.Outward{{
			Dispatch: practice.Dispatch{Code: "notice.invited", Link: "/f/1/room"}, Meeting: &app.Meeting{Review: r}}}})
		if strings.Contains(l.Text, "Go, or not now: say it there until Sat 13 June, 09:45.") != c.asks {
			t.Errorf("at %s: %s", c.now, l.Text)
		}
	}
}
