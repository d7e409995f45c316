// Package calendar writes a time, a place and a title as iCalendar, the way RFC
// 5545 and RFC 5546 want it: for a file to take along, an invitation by mail,
// and a calendar that other programs look at again and again.
//
// Times are written in UTC: a meeting is one moment, and whoever reads it knows
// their own clock. So no rule about summer time travels with it and none can be
// out of date.
package calendar

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"debrief/internal/practice"
)

// Type is the media type of what [Calendar.String] returns; with a method, as
// mail wants it, it is [Calendar.Type].
const Type = "text/calendar; charset=utf-8"

// Method says what the reader is meant to do with a calendar.
type Method string

// The methods. Publish asks for nothing; Request and Cancel are to one person.
const (
	Publish Method = "PUBLISH"
	Request Method = "REQUEST"
	Cancel  Method = "CANCEL"
)

// Meeting is one entry.
type Meeting struct {
	UID      string // the same through every change, and nobody else's
	Sequence int    // rises with every change, so that an old copy loses
	Start    time.Time
	Length   time.Duration
	Title    string
	Text     string
	Place    string
	Link     string // http or https
	Off      bool   // called off
}

// Calendar is some meetings and what they are for.
type Calendar struct {
	Method   Method
	Name     string        // what a program calls it in its list; may be empty
	Refresh  time.Duration // how often to look again; 0 says nothing
	Stamp    time.Time     // when this was written
	From, To string        // mail addresses of an invitation; both empty else
	Meetings []Meeting
}

// Type is the media type with the method, for the part of a mail.
func (c Calendar) Type() string { return Type + "; method=" + string(c.Method) }

// String is the calendar as text, lines ended by CRLF and folded at 75 octets.
func (c Calendar) String() string {
	var w writer
	w.line("BEGIN", "VCALENDAR")
	w.line("VERSION", "2.0")
	w.line("PRODID", "-//Debrief//Debrief//EN")
	w.line("METHOD", string(c.Method))
	if c.Name != "" {
		w.line("NAME", escape(c.Name))
		w.line("X-WR-CALNAME", escape(c.Name)) // what programs read that are older than NAME
	}
	if c.Refresh > 0 {
		w.line("REFRESH-INTERVAL;VALUE=DURATION", seconds(c.Refresh))
		w.line("X-PUBLISHED-TTL", seconds(c.Refresh))
	}
	for _, m := range c.Meetings {
		c.write(&w, m)
	}
	if len(c.Meetings) == 0 {
		w.utc()
	}
	w.line("END", "VCALENDAR")
	return w.String()
}

func (c Calendar) write(w *writer, m Meeting) {
	w.line("BEGIN", "VEVENT")
	w.line("UID", escape(m.UID))
	w.line("SEQUENCE", strconv.Itoa(m.Sequence))
	w.line("DTSTAMP", moment(c.Stamp))
	w.line("DTSTART", moment(m.Start))
	w.line("DTEND", moment(m.Start.Add(m.Length)))
	w.line("SUMMARY", escape(m.Title))
	if m.Text != "" {
		w.line("DESCRIPTION", escape(m.Text))
	}
	if m.Place != "" {
		w.line("LOCATION", escape(m.Place))
	}
	if m.Link != "" {
		w.line("URL", bare(m.Link))
	}
	w.line("CLASS", "PRIVATE")
	if m.Off || c.Method == Cancel {
		w.line("STATUS", "CANCELLED")
	} else {
		w.line("STATUS", "CONFIRMED")
	}
	if c.From != "" {
		w.line("ORGANIZER", "mailto:"+bare(c.From))
	}
	if c.To != "" {
		// No answer is asked for: who comes is nobody's list.
		w.line("ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=FALSE", "mailto:"+bare(c.To))
	}
	w.line("END", "VEVENT")
}

// writer gathers content lines.
type writer struct{ strings.Builder }

// fold is how many octets a line may have, its end not counted.
const fold = 75

// line writes one content line. A long one goes on after a space, and never
// breaks inside a character.
func (w *writer) line(name, value string) {
	text := name + ":" + value
	for room := fold; len(text) > room; room = fold - 1 {
		cut := room
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		w.WriteString(text[:cut] + "\r\n ")
		text = text[cut:]
	}
	w.WriteString(text + "\r\n")
}

// utc describes the time zone that everything is in. Nobody needs it, but a
// calendar without any component is refused by some readers.
func (w *writer) utc() {
	for _, l := range [][2]string{
		{"BEGIN", "VTIMEZONE"}, {"TZID", "Etc/UTC"}, {"BEGIN", "STANDARD"}, {"DTSTART", "19700101T000000"},
		{"TZOFFSETFROM", "+0000"}, {"TZOFFSETTO", "+0000"}, {"END", "STANDARD"}, {"END", "VTIMEZONE"},
	} {
		w.line(l[0], l[1])
	}
}

// moment is a time as iCalendar has it in UTC. Fractions of a second are left
// out.
func moment(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// seconds is a length of time.
func seconds(d time.Duration) string { return "PT" + strconv.Itoa(int(d/time.Second)) + "S" }

// escape makes any text a TEXT value. Control characters have no place in it.
func escape(s string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n") {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\\' || r == ';' || r == ',':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\t' || !unicode.IsControl(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// bare is an address as it is, which can have no line ends.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// Of is the meeting of a review; of one in writing, the last minutes in which to
// write alone, and once they are over, those in which people can meet for the
// change. Every move of its time raises the number of the review's version, and so
// the sequence.
func Of(r practice.Review, title, link string) Meeting {
	m := Meeting{UID: string(r.ID) + "@debrief", Sequence: r.Version, Start: r.MeetAt, Length: r.Box,
		Title: title, Text: link, Place: link, Link: link, Off: r.Phase == practice.PhaseOff}
	if r.InWriting() {
		until := r.WriteBy()
		if r.Phase.Before(practice.PhaseClosed) && r.Phase != practice.PhaseArrive && r.Leg() != practice.LegWrite {
			until = r.DueAt(practice.LegChange)
		}
		m.Start, m.Length = until.Add(-practice.MeetBox), practice.MeetBox
	}
	return m
}
