package notify

import (
	"fmt"
	"strings"

	"debrief/internal/app"
	"debrief/internal/calendar"
	"debrief/internal/practice"
	"debrief/internal/words"
)

// letter puts a parcel into the words of a mail.
func (s *Sender) letter(p app.Parcel) Letter {
	say := s.Words.Speaker("en", p.Pack, p.Zone)
	first := p.Dispatches[0]
	l := Letter{ID: string(first.ID), To: p.Mail, At: s.Now()}
	foot := say.Say("dispatch.foot", "link", s.Base+"/you/messages")
	switch {
	case first.Confirm != nil:
		l.Subject = say.Say("dispatch.confirm")
		l.Text = paragraphs(say.Say("dispatch.confirm.why", "name", first.Confirm.Name, "organisation", p.Organisation),
			s.Base+first.Link, say.Say("dispatch.confirm.not"))
		return l
	case first.Weekly:
		l.Subject = say.Say("dispatch.weekly", "n", len(p.Dispatches))
		var lines []string
		for _, m := range p.Dispatches {
			lines = append(lines, about(say, m)+"\n"+s.Base+m.Link)
		}
		l.Text = paragraphs(strings.Join(lines, "\n\n"), foot)
		return l
	}
	l.Subject = about(say, first)
	bare := ""
	if first.Title == "" {
		bare = say.Say("dispatch.bare")
	}
	var when, ready string
	if m := first.Meeting; m != nil {
		when = say.Say("dispatch.when", "at", m.Review.MeetAt, "zone", p.Zone.String(), "n", int(m.Review.Box.Minutes()))
		if m.Review.InWriting() {
			when = say.Say("dispatch.when.days", "at", m.Review.WriteBy(), "zone", p.Zone.String())
		}
		if m.Review.AsksReady(s.Now()) {
			ready = say.Say("dispatch.ready", "at", m.Review.ReadyAt)
		}
		method := calendar.Request
		if m.Review.Phase == practice.PhaseOff {
			method = calendar.Cancel
		}
		l.Invitation = &calendar.Calendar{Method: method, Stamp: l.At, To: p.Mail,
			Meetings: []calendar.Meeting{calendar.Of(m.Review, say.Titled(say.Say("dispatch.calendar"), m.Title), s.Base+m.Path())}}
	}
	l.Text = paragraphs(l.Subject+".", when, ready, s.Base+first.Link, bare, foot)
	return l
}

// line puts a message into the words of a chat.
func (s *Sender) line(p app.Parcel) string {
	say := s.Words.Speaker("en", p.Pack, p.Zone)
	m := p.Dispatches[0]
	var at any
	what := kind(m.Code)
	if m.Meeting != nil {
		r := m.Meeting.Review
		if at = r.MeetAt; r.InWriting() && r.Phase != practice.PhaseOff {
			at, what = r.WriteBy(), "write"
		}
	}
	text := say.Say("dispatch.chat."+what, "at", at) // words:use dispatch.chat.*
	return say.Titled(text, tame(m.Title)) + ". " + s.Base + m.Link
}

// about says what a message is about, in half a sentence.
func about(say *words.Speaker, m app.Outward) string {
	key := "dispatch.about." + kind(m.Code) // words:use dispatch.about.*
	if !say.Has(key) {
		key = "dispatch.about.news"
	}
	return say.Titled(say.Say(key), m.Title)
}

// kind is the last part of a code.
func kind(code string) string {
	_, last, _ := strings.Cut(code, ".")
	return last
}

// paragraphs joins those that say something.
func paragraphs(all ...string) string {
	var b strings.Builder
	for _, p := range all {
		if p != "" {
			fmt.Fprintf(&b, "%s\n\n", p)
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// tame takes from a title what a chat would read as a command: calling
// everybody, or a link under other words.
func tame(title string) string {
	return strings.NewReplacer("<", "‹", ">", "›", "@", "@\u2060", "](", "] (").Replace(title)
}
