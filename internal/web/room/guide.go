package room

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
)

// talk is part/talk: who leads a room from outside, and the question to talk first.
type talk struct {
	*frame.Frame
	Guide practice.Led
	Asked bool   // by the reader
	To    string // where the question goes
}

// talkFirst is there before the room begins, where somebody leads it.
func talkFirst(t talk, r practice.Review) *talk {
	if t.Guide.Name == "" || r.MayTalkFirst() != nil {
		return nil
	}
	return &t
}

// guideRoutes is for whoever leads a room from outside, and for whoever asks to talk
// with them first. Both are known by name here; the room itself is not entered.
func (s *Pages) guideRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /f/{number}/guide", Handler: s.Member(s.showGuided)},
		{Pattern: "POST /f/{number}/guide", Handler: s.Member(s.answerGuided)},
		{Pattern: "GET /f/{number}/guide/news", Handler: s.Member(s.tellGuided)},
		{Pattern: "POST /f/{number}/room/talk", Handler: s.Member(s.askTalk)},
		{Pattern: "POST /pass/seat/{pass}/talk", Handler: s.Open(s.askGuestTalk)},
	}
}

// guidedPage goes with a room, and has none of its buttons.
type guidedPage struct {
	*frame.Frame
	Form *frame.Form
	G    app.Guided
}

// errLedNoMore is what a page reads that is still open before somebody who led it.
var errLedNoMore = practice.Refuse(practice.NotFound, "guide.over")

func (s *Pages) showGuided(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.guidedForm(w, r, f, actor, nil)
}

func (s *Pages) guidedForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	p, err := s.guidedPage(r, f, actor)
	refusal := frame.Refused(err)
	switch part, closed := r.Header.Get("X-Fragment") == "main" && r.Method == http.MethodGet, refusal != nil && refusal.Code == "review.closed"; {
	case part && errors.Is(err, practice.ErrNotFound):
		return s.RefusalPart(w, "main", f, f.Refuse(errLedNoMore))
	case part && closed:
		return s.RefusalPart(w, "main", f, f.Refuse(refusal))
	case closed:
		frame.Redirect(w, r, practice.RecordPath(refusal.Args["number"].(int)))
		return nil
	case err != nil:
		return err
	case part:
		return s.Fragment(w, "guided", "beside", p)
	}
	p.Form = form
	w.Header().Set("Cache-Control", "no-store") // a note stands on it, and who asks to talk
	return s.Show(w, form.Status(), "guided", p)
}

func (s *Pages) guidedPage(r *http.Request, f *frame.Frame, actor practice.Actor) (guidedPage, error) {
	number, err := frame.NumberIn(r, "number")
	if err != nil {
		return guidedPage{}, err
	}
	f.Lead("record", practice.RecordPath(number))
	p := guidedPage{Frame: f}
	if p.G, err = s.App.Guided(r.Context(), actor, number); err != nil {
		return p, err
	}
	f.Title = p.G.Title
	if goesOn(p.G, nil) == nil && !f.Plain {
		f.News = p.Here() + "/news"
	}
	return p, nil
}

// goesOn refuses to go with a room for somebody who did not say yes in time.
func goesOn(g app.Guided, err error) error {
	if err == nil && !g.Outside && g.Review.MayGuide() != nil {
		return errLedNoMore
	}
	return err
}

// Why is where somebody says that they lead it although they were part of it.
func (p guidedPage) Why() frame.Field {
	return p.Field(p.Form, "why", "guide.part", "").Limited(practice.MaxLine).Needed()
}

// Here is the address of the page.
func (p guidedPage) Here() string { return practice.GuidePath(p.G.Number) }

// Meets says when they meet, or until when they write; nothing once they do.
func (p guidedPage) Meets() string {
	switch r := p.G.Review; {
	case r.Leg() == practice.LegWrite:
		return p.Say("guide.days.until", "at", r.PhaseEndsAt)
	case p.Writing() && !p.Begun() && r.MeetAt.After(p.Now):
		return p.Say("guide.days.opens", "at", r.MeetAt)
	default:
		return meets(p.Frame, r)
	}
}

// Writing reports whether they write, each alone: then nobody reads aloud or asks.
func (p guidedPage) Writing() bool { return p.G.Review.InWriting() }

// May reports whether who leads can still change.
func (p guidedPage) May() bool { return p.G.Review.MayGuide() == nil }

// Begun reports whether the room has begun.
func (p guidedPage) Begun() bool { return !p.G.Review.StartedAt.IsZero() }

// TimeLeft is the clock of the room.
func (p guidedPage) TimeLeft() *Clock {
	return inSeat{Frame: p.Frame, Room: room.Room{Review: p.G.Review}}.TimeLeft()
}

// stage is where the room is: what is asked there, and what it is reminded of.
type stage struct{ What, Remind string }

// Stage is where the room is. words:use guide.at.* question.*
func (p guidedPage) Stage() stage {
	key := "question." + strconv.Itoa(p.G.Review.Phase.Number())
	if p.G.Review.Phase.Number() == 0 {
		key = "guide.at." + string(p.G.Review.Phase)
	}
	switch leg := p.G.Review.Leg(); { // words:use days.do.*
	case leg != "":
		return stage{p.Say(key), p.Say("guide.days.now", "what", p.Say("days.do."+string(leg)))}
	case p.Writing():
		return stage{p.Say(key), p.Say("guide.days.first")}
	}
	return stage{p.Say(key), p.Say(key + ".remind")}
}

// Aloud is what is read before question one; nothing afterwards.
func (p guidedPage) Aloud() []string {
	if p.G.Review.Phase != practice.PhaseArrive {
		return nil
	}
	return opening(p.Frame, p.G.Guardian)
}

// Prompts are the questions to ask next, the same that anybody in the room may ask.
func (p guidedPage) Prompts() []string {
	if p.G.Review.Phase.Number() == 0 || p.Writing() {
		return nil
	}
	return inSeat{Frame: p.Frame}.Prompts()
}

// Counts says how many have written, where everybody in the room is told.
func (p guidedPage) Counts() bool {
	r := p.G.Review
	return r.Counts() && r.Phase.HasAnswers()
}

// Before are the lines of the list for before the room, or before they read each
// other.
func (p guidedPage) Before() (all []string) {
	list := "guide.before"
	if p.Writing() {
		list = "guide.writing"
	}
	for _, l := range p.Lines(list) {
		all = append(all, l.Text)
	}
	return all
}

// Asked is the name of the question a text was agreed on. words:use question.*
func (p guidedPage) Asked(t practice.AgreedText) string {
	return p.Say("question." + strconv.Itoa(t.Phase.Number()) + ".name")
}

// answerGuided is all a guide does: say that they were not part of it, or why they lead
// it all the same, say no, keep a note.
func (s *Pages) answerGuided(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"do": 10, "why": practice.MaxLine, "note": practice.MaxNote})
	if err != nil {
		return err
	}
	p, err := s.guidedPage(r, f, actor)
	if err != nil {
		return err
	}
	to := p.Here()
	switch do := form.Typed("do"); {
	case form.Marked():
	case do == "outside":
		err = s.App.AcceptGuide(r.Context(), actor, p.G.Review.ID, form.Typed("why"))
	case do == "no":
		to, err = "/", s.App.EndGuide(r.Context(), actor, p.G.Review.ID)
	case do == "note":
		to, err = to+"#note-of-mine", s.App.NoteAsGuide(r.Context(), actor, p.G.Review.ID, form.Typed("note"))
	default:
		return frame.ErrForm
	}
	if form.Mark(err) || form.Marked() {
		return s.guidedForm(w, r, f, actor, form)
	}
	if err != nil {
		return err
	}
	frame.Redirect(w, r, to)
	return nil
}

// tellGuided streams that the room went on. It tells what a seat is told, and ends
// when the actor leads it no more.
func (s *Pages) tellGuided(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	p, err := s.guidedPage(r, f, actor)
	err = goesOn(p.G, err)
	if frame.Refused(err) != nil && r.Header.Get("Accept") == "text/event-stream" { // a page that stayed open, and reads there why
		frame.LastNews(w)
		return nil
	}
	if err != nil {
		return err
	}
	return s.Tell(w, r, frame.Topic{
		Name:   string(p.G.Review.ID),
		Reader: string(actor.Member),
		Allowed: func(ctx context.Context) error {
			asking, _, err := s.Actor(r.WithContext(ctx))
			if err != nil {
				return err
			}
			return goesOn(s.App.Guided(ctx, asking, p.G.Number))
		},
		Fragments: func(practice.Event) string { return "main" },
	})
}

// askTalk asks whoever leads a room to talk first, or takes it back.
func (s *Pages) askTalk(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"do": 10})
	if err != nil {
		return err
	}
	number, err := frame.NumberIn(r, "number")
	if err != nil {
		return err
	}
	f.Lead("room", practice.RoomPath(number))
	door, err := s.App.Door(r.Context(), actor, number)
	if err != nil {
		return err
	}
	if err := s.App.AskTalk(r.Context(), actor, door.Review.ID, form.Typed("do") != "back"); err != nil {
		return err
	}
	frame.Redirect(w, r, practice.RoomPath(number)+"#talk")
	return nil
}

// askGuestTalk is the same for somebody without an account.
func (s *Pages) askGuestTalk(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	p, err := s.came(r, f, practice.PassSeat)
	if err != nil {
		return err
	}
	f.Lead("room", p.Here)
	form, err := frame.ReadForm(r, f, frame.Fields{"do": 10})
	if err != nil {
		return err
	}
	if err := s.App.AskTalk(r.Context(), p.Guest, p.About.Review.ID, form.Typed("do") != "back"); err != nil {
		return err
	}
	frame.Redirect(w, r, p.Here+"#talk")
	return nil
}
