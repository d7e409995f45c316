package calendar_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"

	"debrief/internal/calendar"
)

var noon = time.Date(2026, 6, 8, 12, 0, 0, 0, time.UTC)

// read takes a calendar apart with a parser that is not ours.
func read(t *testing.T, text string) *ical.Calendar {
	t.Helper()
	c, err := ical.NewDecoder(strings.NewReader(text)).Decode()
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return c
}

// text is what the other parser makes of a TEXT value.
func text(t *testing.T, props ical.Props, name string) string {
	t.Helper()
	got, err := props.Text(name)
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	return got
}

func TestString_invitation(t *testing.T) {
	m := calendar.Meeting{UID: "rev_01@debrief", Sequence: 3, Start: noon, Length: 25 * time.Minute, Title: "A review",
		Text: "https://x.example/f/1/room", Place: "Depot 3; bay 4, left", Link: "https://x.example/f/1/room"}
	c := calendar.Calendar{Method: calendar.Request, Stamp: noon.Add(-time.Hour), From: "debrief@x.example", To: "ilse@x.example",
		Meetings: []calendar.Meeting{m}}
	got := c.String()
	parsed := read(t, got)
	if method := text(t, parsed.Props, ical.PropMethod); method != "REQUEST" {
		t.Errorf("method %q", method)
	}
	events := parsed.Events()
	if len(events) != 1 {
		t.Fatalf("%d events in\n%s", len(events), got)
	}
	e := events[0].Props
	for name, want := range map[string]string{ical.PropUID: m.UID, ical.PropSummary: m.Title, ical.PropDescription: m.Text,
		ical.PropLocation: m.Place, ical.PropStatus: "CONFIRMED", ical.PropClass: "PRIVATE"} {
		if is := text(t, e, name); is != want {
			t.Errorf("%s: %q, want %q", name, is, want)
		}
	}
	if n, err := e.Get(ical.PropSequence).Int(); n != 3 || err != nil {
		t.Errorf("sequence %d, %v", n, err)
	}
	if to := e.Get(ical.PropAttendee); to.Value != "mailto:ilse@x.example" || to.Params.Get("RSVP") != "FALSE" {
		t.Errorf("attendee %+v", to)
	}
	if from := e.Get(ical.PropOrganizer); from.Value != "mailto:debrief@x.example" {
		t.Errorf("organizer %+v", from)
	}
	end, err := events[0].DateTimeEnd(time.UTC)
	if err != nil || !end.Equal(noon.Add(25*time.Minute)) {
		t.Errorf("ends %v, %v", end, err)
	}
	if want := "text/calendar; charset=utf-8; method=REQUEST"; c.Type() != want {
		t.Errorf("type %q, want %q", c.Type(), want)
	}
}

func TestString_calledOff(t *testing.T) {
	m := calendar.Meeting{UID: "rev_01@debrief", Sequence: 4, Start: noon, Length: time.Hour, Title: "A review"}
	off := m
	off.Off = true
	for name, c := range map[string]calendar.Calendar{
		"to one person": {Method: calendar.Cancel, Stamp: noon, Meetings: []calendar.Meeting{m}},
		"in a list":     {Method: calendar.Publish, Stamp: noon, Meetings: []calendar.Meeting{off}},
	} {
		e := read(t, c.String()).Events()[0].Props
		if status := text(t, e, ical.PropStatus); status != "CANCELLED" {
			t.Errorf("%s: status %q", name, status)
		}
	}
}

// A calendar with nothing in it is still one that a reader takes.
func TestString_empty(t *testing.T) {
	got := calendar.Calendar{Method: calendar.Publish, Name: "Debrief", Refresh: time.Hour, Stamp: noon}.String()
	c := read(t, got)
	if len(c.Children) != 1 || c.Children[0].Name != ical.CompTimezone || text(t, c.Props, "X-WR-CALNAME") != "Debrief" {
		t.Errorf("got\n%s", got)
	}
	every, err := c.Props.Get(ical.PropRefreshInterval).Duration()
	if err != nil || every != time.Hour {
		t.Errorf("refresh %v, %v", every, err)
	}
}

// Around every change of the clocks a meeting stays the moment it was, and an
// hour stays an hour.
func TestString_summerTime(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu", "Africa/Casablanca"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for hour := range 366 * 24 / 3 {
			start := time.Date(2026, 1, 1, 0, 30, 0, 0, zone).Add(time.Duration(3*hour) * time.Hour)
			_, before := start.Zone()
			_, after := start.Add(3 * time.Hour).Zone()
			if hour%50 != 0 && before == after {
				continue
			}
			e := read(t, calendar.Calendar{Method: calendar.Publish, Stamp: noon, Meetings: []calendar.Meeting{
				{UID: "x", Start: start, Length: 3 * time.Hour, Title: "x"}}}.String()).Events()[0]
			got, err1 := e.DateTimeStart(zone)
			end, err2 := e.DateTimeEnd(zone)
			if err1 != nil || err2 != nil || !got.Equal(start) || end.Sub(got) != 3*time.Hour || got.In(zone).Format(time.RFC3339) != start.Format(time.RFC3339) {
				t.Errorf("%s: %v to %v, want %v (%v, %v)", name, got, end, start, err1, err2)
			}
		}
	}
}

// alphabet has what hurts: what must be escaped, what is long in octets, line
// ends, what looks like another property.
var alphabet = []string{"a", " ", ",", ";", `\`, `\n`, `"`, ":", "\n", "\r\n", "ß", "漢", "👩‍🚒", "\t", "BEGIN:VEVENT", "\nATTENDEE:mailto:x@y", "=", "%0A"}

// Any text comes back from the other parser as it went in, whatever its length,
// and no line is longer than 75 octets or cut inside a character.
func TestString_anyText(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 8))
	for range 3000 {
		var b strings.Builder
		for range random.IntN(60) {
			b.WriteString(alphabet[random.IntN(len(alphabet))])
		}
		check(t, b.String())
	}
}

func FuzzString(f *testing.F) {
	for _, s := range append(alphabet, "\x00\x1b[31m", "\xff\xfe", "\u2028", strings.Repeat("é", 300)) {
		f.Add(s)
	}
	f.Fuzz(check)
}

func check(t *testing.T, s string) {
	t.Helper()
	got := calendar.Calendar{Method: calendar.Publish, Stamp: noon, Meetings: []calendar.Meeting{
		{UID: "x", Start: noon, Length: time.Hour, Title: s, Text: s, Place: s, Link: "https://x.example/" + s}}}.String()
	for line := range strings.SplitSeq(strings.TrimSuffix(got, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n\x00") {
			t.Errorf("line %q of %q", line, s)
		}
	}
	c := read(t, got)
	if len(c.Children) != 1 || len(c.Children[0].Props[ical.PropAttendee]) != 0 {
		t.Errorf("%q made more of it:\n%s", s, got)
	}
	want := plain(s)
	for _, name := range []string{ical.PropSummary, ical.PropDescription, ical.PropLocation} {
		p := c.Children[0].Props.Get(name)
		if p == nil && want == "" {
			continue
		}
		if is := text(t, c.Children[0].Props, name); is != want {
			t.Errorf("%s: %q, want %q", name, is, want)
		}
	}
}

// plain is a text without what has no place in a calendar.
func plain(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && (r < 0x20 || r >= 0x7f && r < 0xa0) {
			return -1
		}
		return r
	}, s)
}
