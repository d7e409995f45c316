package loop

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"debrief/internal/app"
	"debrief/internal/calendar"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// meetingRoutes is when people meet, for their calendars.
func (s *Pages) meetingRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /f/{n}/meeting.ics", Handler: s.Member(s.saveMeeting)},
		{Pattern: "GET /calendar/{file}", Handler: s.Raw(s.showFeed)},
	}
}

// saveMeeting answers with a meeting as a calendar file.
func (s *Pages) saveMeeting(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	n, err := frame.NumberIn(r, "n")
	if err != nil {
		return err
	}
	m, err := s.App.MeetingOf(r.Context(), actor, n)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="F-%d.ics"`, n))
	return s.writeCalendar(w, r, f, calendar.Calendar{}, m)
}

// feedAge is how often a program is asked to look.
const feedAge = time.Hour

// showFeed answers whoever has the secret address with one person's meetings.
// There is no cookie and no name: what the address opens is all there is.
func (s *Pages) showFeed(w http.ResponseWriter, r *http.Request) error {
	secret, ok := strings.CutSuffix(r.PathValue("file"), ".ics")
	if !ok {
		return practice.ErrNotFound
	}
	meetings, err := s.App.FeedOf(r.Context(), practice.Actor{}, secret)
	if err != nil {
		return err
	}
	f := s.Strange(r)
	return s.writeCalendar(w, r, f, calendar.Calendar{Name: f.Say("dispatch.calendar.name"), Refresh: feedAge}, meetings...)
}

func (s *Pages) writeCalendar(w http.ResponseWriter, r *http.Request, f *frame.Frame, c calendar.Calendar, meetings ...app.Meeting) error {
	c.Method, c.Stamp = calendar.Publish, f.Now
	for _, m := range meetings {
		c.Meetings = append(c.Meetings, calendar.Of(m.Review, f.Titled(f.Say("dispatch.calendar"), m.Title), s.Origin(r)+m.Path()))
	}
	w.Header().Set("Content-Type", calendar.Type)
	w.Header().Set("Cache-Control", "no-store")
	_, err := w.Write([]byte(c.String()))
	return err
}

// Tell is part/tell: words to copy and pass on, because everything works
// without mail.
type Tell struct {
	Heading, Text string
	Calendar      string // address of a calendar file; may be empty
}

// Tell is the invitation, as long as the room has not begun.
func (p failurePage) Tell() Tell {
	open := p.Open()
	if open == nil || !open.Review.StartedAt.IsZero() && open.Review.Leg() != practice.LegWrite {
		return Tell{}
	}
	return invitation(p.Frame, p.Failure, open.Review, p.base)
}

// invitation is part/tell for a room that is called: as words and as a file.
func invitation(f *frame.Frame, of practice.Failure, r practice.Review, base string) Tell {
	to := practice.FailurePath(of.Number)
	if r.InWriting() {
		return Tell{Heading: f.Say("invite.copy"), Calendar: to + "/meeting.ics",
			Text: f.Say("invite.days.text", "title", of.Title, "at", r.WriteBy(), "link", base+to+"/room")}
	}
	return Tell{Heading: f.Say("invite.copy"), Calendar: to + "/meeting.ics", Text: f.Say("invite.text", "title", of.Title,
		"when", f.Moment(r.MeetAt), "minutes", int(r.Box.Minutes()), "link", base+to+"/room")}
}

// Tell is what came of it, as far as the reader may read it.
func (p recordPage) Tell() Tell {
	if p.Guest {
		return Tell{}
	}
	var changes []string
	for _, l := range p.R.Gaps {
		if became := p.Became(l); became != "" {
			changes = append(changes, became)
		}
	}
	return Tell{Heading: p.Say("tell.record"),
		Text: p.Say("tell.record.text", "title", p.R.Failure.Title, "changes", strings.Join(changes, " "), "link", p.base+p.To()+"/record")}
}
