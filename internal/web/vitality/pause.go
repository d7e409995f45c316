package vitality

import (
	"net/http"
	"slices"
	"strconv"

	"debrief/internal/app"
	"debrief/internal/measure"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// pauseRoutes are what a team reads and decides about its own practice: what it was
// told, whether it pauses, and how it begins anew.
func (s *Pages) pauseRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /pause", Handler: s.Member(s.showPause)},
		{Pattern: "GET /pause/{team}", Handler: s.Member(s.showPause)},
		{Pattern: "POST /pause/{team}", Handler: s.Member(s.decide)},
		{Pattern: "GET /start/{team}", Handler: s.Member(s.showStart)},
		{Pattern: "POST /start/{team}/{failure}", Handler: s.Member(s.notAnew)},
	}
}

// pausePage is what is so now, what can be done about it, and the pauses before.
type pausePage struct {
	*frame.Frame
	R      app.Rhythm
	Cards  []frame.Card
	Own    bool // the reader proposed it, and there are others to agree
	To     string
	Before []app.Paused
	Form   *frame.Form
}

// Did reports whether a form is the one that was sent.
func (p pausePage) Did(do string) *frame.Form {
	if p.Form.Typed("do") == do {
		return p.Form
	}
	return nil
}

// Summary says what is wrong with the form that was sent, and leads to its fields, which
// the forms of the page have by the same names.
func (p pausePage) Summary(m *frame.Form) frame.Summary {
	s := p.Frame.Summary(m)
	wrong := append(s.Wrong[:0:0], s.Wrong...)
	for i := range wrong {
		wrong[i].Field = m.Typed("do") + "-" + wrong[i].Field
	}
	s.Wrong = wrong
	return s
}

// Line is a field of one line, of the form that does something.
func (p pausePage) Line(do, name, key string) frame.Field {
	return p.Field(p.Did(do), name, key, "").Limited(practice.MaxLine).Of(do)
}

// Days is until when to look again.
func (p pausePage) Days(do string) frame.Field {
	return p.Field(p.Did(do), "days", "pause.until", strconv.Itoa(practice.PauseDays)).Kind("number").Little().Of(do)
}

// Case says one of the reviews that the alarm counts.
func (p pausePage) Case(c measure.Case) string {
	if c.Counts {
		return p.Say("alarm.case.nothing", "day", c.At)
	}
	return p.Say("alarm.case.changed", "day", c.At)
}

// Called says of a review that the pause finds it called, and for when.
func (p pausePage) Called(w app.Window) string {
	return p.Say("pause.called.one", "title", w.Failure.Title, "at", w.Review.MeetAt)
}

// Was says what came of a pause, or of a proposal.
func (p pausePage) Was(x app.Paused) string {
	if x.BeganAt.IsZero() {
		return p.Say("pause.was.not", "day", x.ProposedAt, "by", p.Proposer(x.Pause, x.Names), "other", x.Names[x.Ended])
	}
	return p.Say("pause.was", "from", x.BeganAt, "to", x.EndedAt, "by", p.Proposer(x.Pause, x.Names), "other", x.Names[x.Ended])
}

// teamAt is the team of an address; without one, the team the reader is with.
func teamAt(r *http.Request, f *frame.Frame) practice.TeamID {
	if team := r.PathValue("team"); team != "" {
		return practice.TeamID(team)
	}
	return f.Place.Team.ID
}

func (s *Pages) showPause(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.pauseForm(w, r, f, actor, nil)
}

func (s *Pages) pauseForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	team := teamAt(r, f)
	rhythm, err := s.App.Rhythm(r.Context(), actor, team)
	if err != nil {
		return err
	}
	var all []app.Paused
	if !rhythm.Asked {
		if all, err = s.App.Pauses(r.Context(), actor, team); err != nil {
			return err
		}
	}
	if rhythm.Pause.ID != "" && len(all) > 0 {
		all = all[1:]
	}
	cards := f.Rhythm(rhythm)
	for i := range cards { // this page leads to itself nowhere
		cards[i].Ways = slices.DeleteFunc(cards[i].Ways, func(w frame.Way) bool { return w.To == practice.PausePath+"/"+string(team) })
	}
	f.Title = f.Say("pause.title")
	return s.Show(w, form.Status(), "pause", pausePage{Frame: f, R: rhythm, Cards: cards, To: practice.PausePath + "/" + string(team), Before: all, Form: form,
		Own: rhythm.Pause.By == actor.Member && rhythm.People > 1})
}

// decide takes one of the forms of the page.
func (s *Pages) decide(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	team := teamAt(r, f)
	asked := !actor.In(team)
	if asked {
		if _, err := s.App.Rhythm(r.Context(), actor, team); err != nil {
			return err
		}
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"do": 8, "id": 64, "why": practice.MaxLine, "said": practice.MaxLine, "days": 4})
	if err != nil {
		return err
	}
	f.Lead("pause", r.URL.Path)
	to := r.URL.Path
	if !form.Marked() {
		switch err = s.act(r, actor, team, form); {
		case err == nil:
			switch {
			case asked: // what they were asked is decided
				to = "/"
			case form.Typed("do") == "resume":
				to = practice.StartPath(team)
			}
			frame.Redirect(w, r, to)
			return nil
		case !form.Mark(err):
			return err
		}
	}
	return s.pauseForm(w, r, f, actor, form)
}

func (s *Pages) act(r *http.Request, actor practice.Actor, team practice.TeamID, form *frame.Form) (err error) {
	ctx, id, days := r.Context(), practice.PauseID(form.Typed("id")), frame.Number(form.Typed("days"))
	switch form.Typed("do") {
	case "propose":
		actor.Once = form.Key
		_, err = s.App.ProposePause(ctx, actor, team, form.Typed("why"), days)
	case "agree":
		_, err = s.App.AgreeToPause(ctx, actor, id)
	case "down":
		_, err = s.App.TurnPauseDown(ctx, actor, id, form.Typed("said"))
	case "longer":
		_, err = s.App.LengthenPause(ctx, actor, id, days)
	case "resume":
		_, err = s.App.ResumeFromPause(ctx, actor, id, form.Typed("said"))
	case "aside":
		_, err = s.App.SetAlarmAside(ctx, actor, practice.AlarmID(form.Typed("id")), form.Typed("why"))
	default:
		err = frame.ErrForm
	}
	return err
}

// startPage is the guided new start: one failure, one team, one review.
type startPage struct {
	*frame.Frame
	R      app.Rhythm
	Offers []practice.Failure
}

// Line says when a failure was noticed.
func (p startPage) Line(x practice.Failure) string {
	return p.Say("search.failure", "n", x.Number, "day", x.RecognisedAt)
}

func (s *Pages) showStart(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	team := practice.TeamID(r.PathValue("team"))
	rhythm, err := s.App.Rhythm(r.Context(), actor, team)
	if err != nil {
		return err
	}
	offers, err := s.App.ToBeginWith(r.Context(), actor, team)
	if err != nil {
		return err
	}
	if again := rhythm.Again; again.ID != "" { // first the one that keeps coming back
		offers = slices.DeleteFunc(offers, func(o practice.Failure) bool { return o.ID == again.ID })
		offers = append([]practice.Failure{again}, offers...)
	}
	f.Title = f.Say("start.title")
	return s.Show(w, http.StatusOK, "start", startPage{f, rhythm, offers})
}

// anew says that the same keeps coming back, where it is said on the start page, too.
func (s *Pages) anew(r *http.Request, f *frame.Frame, actor practice.Actor) (*frame.Card, error) {
	rhythm, err := s.App.Rhythm(r.Context(), actor, f.Place.Team.ID)
	if err != nil || rhythm.Again.ID == "" || rhythm.Pause.Runs() || rhythm.Start.Guides() {
		return nil, err
	}
	card := f.Again(rhythm)
	return &card, nil
}

// notAnew puts the suggestion away, until the same comes back once more.
func (s *Pages) notAnew(w http.ResponseWriter, r *http.Request, _ *frame.Frame, actor practice.Actor) error {
	if err := s.App.NotAnew(r.Context(), actor, practice.TeamID(r.PathValue("team")), practice.FailureID(r.PathValue("failure"))); err != nil {
		return err
	}
	frame.Redirect(w, r, "/")
	return nil
}
