package loop

import (
	"net/http"
	"slices"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/words"
)

func (s *Pages) nowRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /{$}", Handler: s.Member(s.showHome)},
		{Pattern: "GET /news", Handler: s.Member(s.tellHome)},
		{Pattern: "GET /now", Handler: s.Member(s.showNow)},
		{Pattern: "POST /notice/{id}/put", Handler: s.Member(s.putNotice)},
		{Pattern: "POST /f/{n}/since", Handler: s.Member(s.putSince)},
		{Pattern: "GET /note", Handler: s.Member(s.showNote)},
		{Pattern: "POST /note", Handler: s.Member(s.note)},
		{Pattern: "POST /f/{n}/keep", Handler: s.Member(s.keep)},
	}
}

// homePage is what needs one person, and what changed.
type homePage struct {
	inLoop
	Home  app.Home
	Names map[practice.MemberID]string
	Me    practice.MemberID
	Door  []app.Knocking // who asks to come in
	Story bool           // this is the demo
}

func (s *Pages) showHome(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	page, err := s.homePage(r, f, actor)
	if err != nil {
		return err
	}
	f.Title = f.Say("home.title")
	f.News = "/news"
	return s.Show(w, http.StatusOK, "home", page)
}

// showNow answers with what may change while the page is open.
func (s *Pages) showNow(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	page, err := s.homePage(r, f, actor)
	if err != nil {
		return err
	}
	return s.Fragment(w, "home", "now", page)
}

// tellHome streams that something happened in the reader's team.
func (s *Pages) tellHome(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.Tell(w, r, frame.Topic{Name: string(f.Place.Team.ID), Reader: string(actor.Member),
		Allowed:   s.StillIn(r, f.Place.Team.ID),
		Fragments: func(practice.Event) string { return "home" }})
}

func (s *Pages) homePage(r *http.Request, f *frame.Frame, actor practice.Actor) (homePage, error) {
	home, err := s.App.Home(r.Context(), actor)
	if err != nil {
		return homePage{}, err
	}
	page := homePage{inLoop: inLoop{f}, Home: home, Me: actor.Member, Story: s.Story, Names: map[practice.MemberID]string{}}
	if page.Door, err = s.App.Knocks(r.Context(), actor); err != nil {
		return page, err
	}
	for _, id := range actor.Teams {
		people, err := s.App.PeopleOf(r.Context(), actor, id)
		if err != nil {
			return page, err
		}
		for _, m := range people {
			page.Names[m.ID] = m.Name
		}
	}
	return page, nil
}

// Empty reports whether nothing was ever reported.
func (p homePage) Empty() bool { return !p.Home.Began }

// Room is where the reader is invited to, if a room is open; else nothing.
func (p homePage) Room() string {
	for _, w := range p.Home.Windows {
		if w.Invited {
			return practice.RoomPath(w.Failure.Number)
		}
	}
	return ""
}

// Waits is how many things wait for the reader, where no window runs: as many as
// the page has buttons for.
func (p homePage) Waits() int {
	return len(p.Home.Mine) + len(p.Home.Trials) + len(p.Home.Proposals) + len(p.Home.Rounds) + len(p.Home.Referrals) + len(p.Home.Offers) + len(p.Looks()) + len(p.Home.Effects) + len(p.Home.Resting) + len(p.Home.Legacies) + len(p.Door) + len(p.Asks()) + p.ToDecide() + p.rhythmsWait()
}

// rhythmsWait is in how many of the reader's teams a pause or an alarm waits for them.
func (p homePage) rhythmsWait() (n int) {
	for _, r := range p.Home.Rhythms {
		if r.Waits(p.Now) {
			n++
		}
	}
	return n
}

// ToDecide is how many reports the reader decides about.
func (p homePage) ToDecide() int {
	n := 0
	for _, f := range p.Home.Waiting {
		if p.Decides(f) {
			n++
		}
	}
	return n
}

// Decides reports whether the reader is the one to decide, or nobody is who is
// still there.
func (p homePage) Decides(f practice.Failure) bool { return p.Yours(f) || p.Names[f.Convener] == "" }

// Main is what the one main button of the page is about: a time to find, a room
// to go to, somebody to let in, a promise, a change that comes back, a report to decide about, or what a
// notice asks for. Where a story begins, its own button is the main one.
func (p homePage) Main() string {
	if p.Story && p.Room() != "" {
		return ""
	}
	room := ""
	for _, w := range p.Home.Windows {
		switch next := p.next(w); {
		case next.Report:
			return string(w.Failure.ID)
		case next.To != "" && room == "":
			room = string(w.Failure.ID)
		}
	}
	switch {
	case room != "":
		return room
	case len(p.Door) > 0:
		return string(p.Door[0].ID)
	case len(p.Home.Mine) > 0:
		return string(p.Home.Mine[0].Carry.ID)
	case len(p.Home.Trials) > 0:
		return string(p.Home.Trials[0].Gap)
	case len(p.Home.Proposals) > 0:
		return string(p.Home.Proposals[0].ID)
	case len(p.Home.Rounds) > 0:
		return "ask-" + string(p.Home.Rounds[0].Gap)
	case len(p.Home.Referrals) > 0:
		return "to-" + string(p.Home.Referrals[0].Gap)
	case len(p.Home.Offers) > 0:
		return string(p.Home.Offers[0].ID)
	case len(p.Home.Legacies) > 0:
		return string(p.Home.Legacies[0].ID)
	}
	for _, f := range p.Fresh() {
		if p.Decides(f) {
			return string(f.ID)
		}
	}
	if asks := p.Asks(); len(asks) > 0 && !p.Empty() {
		return string(asks[0].ID)
	}
	return ""
}

// Looks are the signals that the reader looks at, and OthersLook those that others do.
func (p homePage) Looks() []app.Watched { return p.looksOf(true) }

// OthersLook is the other half.
func (p homePage) OthersLook() []app.Watched { return p.looksOf(false) }

func (p homePage) looksOf(mine bool) []app.Watched {
	return slices.DeleteFunc(slices.Clone(p.Home.Looks), func(w app.Watched) bool { return w.Mine != mine })
}

// LookLine says of which plan a signal is, since when it is due, and who looks.
func (p homePage) LookLine(w app.Watched) string {
	line := w.Plan.Intent.Title + " · " + p.Say("look.since", "day", w.DueAt)
	if w.Of.Who == "" {
		return line
	}
	return line + " · " + w.Of.Who
}

// Left says how much of what a round inherits nobody has read.
func (p homePage) Left(o app.Legacy) string {
	return p.Say("legacy.left", "n", o.Unread(), "all", len(o.Items))
}

// HeadLine says in one line what runs.
func (p homePage) HeadLine() string {
	timed, untimed := 0, 0
	var next app.Window
	for _, w := range p.Home.Windows {
		if w.Review.ID == "" {
			untimed++
			continue
		}
		if timed++; timed == 1 || due(w.Review).At.Before(due(next.Review).At) {
			next = w
		}
	}
	line := ""
	if timed > 0 {
		line = p.Say("home.heading.rooms", "n", timed, "when", p.when(due(next.Review).At))
	}
	if untimed > 0 {
		if line != "" {
			line += " "
		}
		line += p.Say("home.heading.untimed", "n", untimed)
	}
	return line
}

// when is a moment as near as it can be said: the clock alone where it is today.
func (p homePage) when(at time.Time) string {
	if p.SameDay(at) {
		return p.Say("home.at", "clock", p.Clock(at))
	}
	return p.When(at, p.Now)
}

// Line is when it was and whom it touched.
func (p homePage) Line(f practice.Failure) string {
	who := touched(f, p.Place.TeamOf(f.Team))
	if len(who) == 0 {
		return p.Happened(f)
	}
	return p.Say("home.item.line", "when", p.Happened(f), "who", who)
}

// Yours reports whether the reader convenes it.
func (p homePage) Yours(f practice.Failure) bool { return f.Convener == p.Me }

// Convenes says who decides about it and calls the review.
func (p homePage) Convenes(f practice.Failure) string {
	switch name := p.Names[f.Convener]; {
	case p.Yours(f):
		return p.Say("home.item.you")
	case name == "":
		return p.Say("home.item.nobody")
	default:
		return p.Say("home.item.other", "name", name)
	}
}

// Awaits says who decides about a report next.
func (p homePage) Awaits(f practice.Failure) string {
	if p.Decides(f) {
		return p.Convenes(f)
	}
	return p.Say("home.item.decides", "name", p.Names[f.Convener])
}

// Next is the button beside a window, and whether it is the main one.
func (p homePage) Next(w app.Window) frame.Link {
	next := p.next(w)
	next.Report = p.Main() == string(w.Failure.ID)
	return next
}

// next is a time to find, or the door of the room for those who are invited.
func (p homePage) next(w app.Window) frame.Link {
	to := practice.FailurePath(w.Failure.Number)
	switch {
	case w.Review.ID == "" && p.Home.Pauses(w.Failure.Team):
		return frame.Link{}
	case w.Review.ID == "" && w.Failure.Convener != "" && !p.Yours(w.Failure):
		return frame.Link{}
	case w.Review.ID == "":
		return frame.Link{Text: p.Say("home.item.time"), To: to + "/invite", Report: true}
	case !w.Invited:
		return frame.Link{}
	case w.Review.Leg() != "":
		return p.inWriting(w.Review, to)
	case p.SameDay(w.Review.MeetAt):
		return frame.Link{Text: p.Say("home.item.room", "clock", p.Clock(w.Review.MeetAt)), To: to + "/room"}
	}
	return frame.Link{Text: p.Say("home.item.door"), To: to + "/room"}
}

// Asked reports whether the reader is asked for a yes.
func (p homePage) Asked(c app.Carried) bool { return c.Carry.Asks(p.Me) }

// Promised says when a promise is due and where it comes from.
func (p homePage) Promised(c app.Carried) string {
	from := p.Numbered(c.Failure)
	if c.Outcome == practice.OutcomeMissed {
		return p.Say("home.carry.overdue", "day", p.Day(c.Carry.DueAt), "failure", from)
	}
	return p.Say("home.carry.when", "moment", words.Capital(c.Carry.Moment), "day", c.Carry.DueAt, "failure", from)
}

// Ahead says when the next round begins, and how many promises somebody brings
// to it; nothing where there are none.
func (p homePage) Ahead() string {
	all, brought, missed := 0, 0, 0
	for _, c := range append(slices.Clone(p.Home.Mine), p.Home.OnTheWay...) {
		if all++; c.Carry.State != practice.CarryOffered {
			brought++
		}
		if c.Outcome == practice.OutcomeMissed {
			missed++
		}
	}
	if all == 0 {
		return ""
	}
	line := p.Say("home.cycle.line", "days", p.Days(p.Now, p.Place.Team.NextCycle(p.Now))) + " " +
		p.Say("home.cycle.brought", "n", brought, "all", all)
	if missed > 0 {
		line += " " + p.Say("home.cycle.missed", "n", missed)
	}
	return line
}

// Return is what the reader's own report led to, and whether it came back.
func (p homePage) Return() string {
	m := p.Home.Back
	from, scars := p.Say("frame.number", "n", m.Scar.Number), m.Step.Scars
	if own := p.Home.Through; own.ID != "" {
		from = p.Say("home.back.through", "own", p.Numbered(own), "failure", from)
	}
	line := p.Say("home.back", "failure", from, "procedure", m.Procedure.Title, "n", m.Step.Number)
	if m.Safeguard.ID != "" {
		line, scars = p.Say("home.back.elsewhere", "failure", from, "text", m.Safeguard.Text), m.Safeguard.Scars
	}
	return line + " " + words.Capital(p.Since(scars)) + "."
}

// Places says which steps of a procedure changed.
func (p homePage) Places(u app.Unseen) string {
	return p.Say("home.seen.steps", "n", len(u.Numbers), "steps", p.List(u.Numbers))
}

// mostNotices is how many notices stand open on the start page.
const mostNotices = 4

// Asks are the notices that ask for one thing: they stand with what waits.
func (p homePage) Asks() []practice.Notice { return p.notices(true) }

// Newest are the other notices, as far as they stand open; Older the rest.
func (p homePage) Newest() []practice.Notice {
	all := p.notices(false)
	return all[:min(mostNotices, len(all))]
}

// Older is the other half.
func (p homePage) Older() []practice.Notice { return p.notices(false)[len(p.Newest()):] }

func (p homePage) notices(ask bool) []practice.Notice {
	return slices.DeleteFunc(slices.Clone(p.Home.Notices), func(n practice.Notice) bool { return (len(wayOf(p.Frame, n)) > 0) != ask })
}

// Window is the axis of one failure.
func (p homePage) Window(w app.Window) frame.Axis {
	return p.Axis(w.Failure, w.Review.MeetAt)
}

// Early are the reports where nothing broke; Fresh are the others nobody has
// looked at yet.
func (p homePage) Early() []practice.Failure { return p.waiting(true) }

// Fresh is the other half.
func (p homePage) Fresh() []practice.Failure { return p.waiting(false) }

func (p homePage) waiting(early bool) []practice.Failure {
	var out []practice.Failure
	for _, f := range p.Home.Waiting {
		if (f.Stage == practice.StageEarly) == early {
			out = append(out, f)
		}
	}
	return out
}

// noted is a notice as it stands in the margin.
type noted struct {
	ID            practice.NoticeID
	Text, To, Put string
	Ways          []frame.Way
	Key           string
}

func (s *Pages) keep(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	if _, err := s.App.TriageFailure(r.Context(), actor, failure.ID, app.Triage{Decision: practice.TriageKept}); err != nil {
		return err
	}
	frame.Redirect(w, r, "/")
	return nil
}

// notePage notes several failures with one reason.
type notePage struct {
	*frame.Frame
	Form    *frame.Form
	Waiting []practice.Failure
}

func (s *Pages) showNote(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.noteForm(w, r, f, actor, nil)
}

func (s *Pages) noteForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	home, err := s.App.Home(r.Context(), actor)
	if err != nil {
		return err
	}
	f.Title = f.Say("triage.note.several")
	others := func(one practice.Failure) bool { return one.Convener != "" && one.Convener != actor.Member }
	return s.Show(w, form.Status(), "note", notePage{Frame: f, Form: form, Waiting: slices.DeleteFunc(home.Waiting, others)})
}

// Which offers every failure nobody has looked at.
func (p notePage) Which() frame.Choices {
	var options []frame.Option
	for _, f := range p.Waiting {
		options = append(options, frame.Option{Value: string(f.ID), Text: f.Title, Small: p.Say("search.failure", "n", f.Number, "day", f.RecognisedAt)})
	}
	c := p.Choices(p.Form, "which", "triage.note.which", options...)
	c.Many = true
	return c
}

func (s *Pages) note(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"which": 64, "why": practice.MaxLine})
	if err != nil {
		return err
	}
	var ids []practice.FailureID
	for _, id := range form.All("which") {
		ids = append(ids, practice.FailureID(id))
	}
	err = s.App.NoteFailures(r.Context(), actor, ids, form.Typed("why"))
	switch {
	case form.Mark(err):
		return s.noteForm(w, r, f, actor, form)
	case err != nil:
		return err
	}
	frame.Redirect(w, r, "/")
	return nil
}
