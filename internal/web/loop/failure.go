package loop

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

func (s *Pages) failureRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /f/{n}", Handler: s.Member(s.showFailure)},
		{Pattern: "GET /f/{n}/news", Handler: s.Member(s.tellFailure)},
		{Pattern: "GET /f/{n}/facts", Handler: s.Member(s.showFacts)},
		{Pattern: "POST /f/{n}/fact", Handler: s.Upload(s.addFact)},
		{Pattern: "POST /f/{n}/fact/{id}/out", Handler: s.Member(s.removeFact)},
		{Pattern: "POST /f/{n}/triage", Handler: s.Member(s.triage)},
		{Pattern: "POST /f/{n}/convener", Handler: s.Member(s.handConvening)},
		{Pattern: "POST /f/{n}/plan", Handler: s.Member(s.setPlan)},
		{Pattern: "GET /files/{id}", Handler: s.Member(s.showFile)},
	}
}

// failurePage is one failure: what was reported, what is known, who decides,
// and what people tied to it.
type failurePage struct {
	inLoop
	Form     *frame.Form
	Failure  practice.Failure
	Team     practice.Team
	Facts    []practice.Fact
	Ties     []app.Tied
	Reviews  []app.Called
	People   []practice.Member
	Convener string
	Through  *recordPage       // the closed review of the one it goes along with, as far as the reader reads it
	Redacted app.Redactions    // who took personal data out of it
	Hold     string            // what keeps it from going, said whole; empty where nothing does
	Plan     practice.Plan     // whose work it belongs to; mostly none
	Cause    app.Cause         // the condition of a plan that made it; mostly none
	Plans    []practice.Plan   // whose work it could belong to, while the reader may say so
	Hot      practice.Hot      // the five minutes it began with; mostly empty
	Formers  []practice.Former // what it said before it was edited, the latest first
	Yours    bool              // the reader convenes it
	Touched  []string
	Between  app.Thread // the team and whoever reported it without a name
	reader   practice.MemberID
	base     string // of this server, for words to pass on
}

// MayRemove reports whether the reader may take a line off the strip.
func (p failurePage) MayRemove(f practice.Fact) bool {
	return !p.Imported() && p.Closed() == nil && (f.Author == p.reader || p.Yours)
}

// To is the address of the page.
func (p failurePage) To() string { return practice.FailurePath(p.Failure.Number) }

// Led says who leads the review that is called.
func (p failurePage) Led() string {
	if who := leads(p.Frame, p.Open()); who != "" {
		return who
	}
	return p.Say("record.led.script")
}

// Rest is what was reported beyond the title.
func (p failurePage) Rest() string { return practice.Beyond(p.Failure.Title, p.Failure.Text) }

// Convenes says who decides about it and calls the review.
func (p failurePage) Convenes() string {
	switch with := p.With(); {
	case p.Through != nil:
		return p.Say("failure.through", "failure", p.Numbered(*with))
	case with != nil:
		return p.Say("failure.with", "failure", p.Numbered(*with))
	case p.Yours:
		return p.Say("home.item.you")
	case p.Convener != "":
		return p.Say("failure.convene", "name", p.Convener)
	}
	return p.Say("home.item.nobody")
}

// Others are those whom the reader may hand it to, while there is something to
// decide.
func (p failurePage) Others() []practice.Member {
	if p.Closed() != nil || p.With() != nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(p.People), func(m practice.Member) bool { return m.ID == p.reader || m.ID == p.Failure.Convener })
}

// Decides reports whether the reader is the one to decide, or nobody is yet.
func (p failurePage) Decides() bool { return p.Yours || p.Convener == "" }

// HotKind is the kind that was proposed in the five minutes after the action.
func (p failurePage) HotKind() frame.Kind { return p.Kind(string(p.Hot.Kind)) }

// Decided says what the convener decided.
func (p failurePage) Decided() string {
	why := strings.ReplaceAll(p.Failure.TriageWhy, "\n", "; ")
	switch {
	case p.Imported():
		return ""
	case p.Failure.Triage == practice.TriageKept:
		return p.Say("triage.kept")
	case why == "":
		return ""
	case p.Failure.Triage == practice.TriageNoted:
		return p.Say("triage.noted", "why", why)
	case len(p.Reviews) > 0:
		return p.Say("triage.called", "why", why)
	}
	return p.Say("triage.significant", "why", why)
}

// Host is where a link leads, without the rest of it.
func (p failurePage) Host(link string) string { return frame.HostOf(link) }

// More reports whether something is to be mended in what a fact may bring along.
func (p failurePage) More() bool {
	return p.Form.At("link") != "" || p.Form.At("picture") != "" || p.Form.At("pasted") != ""
}

func (s *Pages) showFailure(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.failureForm(w, r, f, actor, nil)
}

func (s *Pages) failureForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	page, err := s.failurePage(r, f, actor)
	if err != nil {
		return err
	}
	page.Form = form
	return s.Show(w, form.Status(), "failure", page)
}

// failurePage reads everything the page shows.
func (s *Pages) failurePage(r *http.Request, f *frame.Frame, actor practice.Actor) (failurePage, error) {
	page := failurePage{inLoop: inLoop{f}, reader: actor.Member, base: s.Origin(r)}
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return page, err
	}
	page.Failure, page.Yours = failure, failure.Convener == actor.Member
	ctx := r.Context()
	if page.Facts, err = s.App.Facts(ctx, actor, failure.ID); err != nil {
		return page, err
	}
	if err = s.readTies(ctx, actor, &page); err != nil {
		return page, err
	}
	if page.Reviews, err = s.App.ReviewsOf(ctx, actor, failure.ID); err != nil {
		return page, err
	}
	if page.Convener, err = s.App.NameOf(ctx, actor, failure.Convener); err != nil {
		return page, err
	}
	if page.Between, err = s.App.Thread(ctx, actor, failure.ID); err != nil {
		return page, err
	}
	if page.Redacted, err = s.App.Redactions(ctx, actor, failure.ID); err != nil {
		return page, err
	}
	if err = errors.Join(s.readHold(ctx, actor, &page), s.readPlans(r, actor, &page)); err != nil {
		return page, err
	}
	if page.Hot, err = s.App.Hot(ctx, actor, failure.ID); err != nil {
		return page, err
	}
	if page.Formers, err = s.App.Formers(ctx, actor, failure.ID); err != nil {
		return page, err
	}
	if failure.Team != "" {
		if page.Team, err = s.App.Team(ctx, actor, failure.Team); err != nil {
			return page, err
		}
		if page.People, err = s.App.PeopleOf(ctx, actor, failure.Team); err != nil {
			return page, err
		}
	}
	page.Touched = touched(failure, page.Team)
	f.Title = failure.Title
	f.News = practice.FailurePath(failure.Number) + "/news"
	return page, nil
}

// readTies reads what people tied to the failure, and the record of the one it goes
// along with, where there is one for this reader.
func (s *Pages) readTies(ctx context.Context, actor practice.Actor, p *failurePage) error {
	var err error
	if p.Ties, err = s.App.Ties(ctx, actor, p.Failure.ID); err != nil || p.With() == nil {
		return err
	}
	record, err := s.App.Record(ctx, actor, p.With().Number)
	if practice.KindOf(err) == practice.NotFound {
		return nil
	}
	p.Through = &recordPage{inLoop: p.inLoop, R: record}
	return err
}

// touched are the names of those a failure touched.
func touched(f practice.Failure, t practice.Team) []string {
	var names []string
	for _, id := range f.Touched {
		for _, g := range t.Groups {
			if g.ID == id {
				names = append(names, g.Name)
			}
		}
	}
	if f.TouchedOther != "" {
		names = append(names, f.TouchedOther)
	}
	return names
}

// Line is when it was, whom it touched and how far it had come.
func (p failurePage) Line() string {
	when, stage := p.Happened(p.Failure), p.Say("failure.stage."+string(p.Failure.Stage))
	if len(p.Touched) == 0 {
		return p.Say("failure.line.bare", "when", when, "stage", stage)
	}
	return p.Say("failure.line", "when", when, "who", p.Touched, "stage", stage)
}

// FromTablet reports whether it came under a name that was picked at a shared tablet.
func (p failurePage) FromTablet() bool { return p.Failure.Source == practice.SourceTablet }

// Imported reports whether it was brought in from elsewhere.
func (p failurePage) Imported() bool { return p.Failure.Source == practice.SourceImported }

// Same is how many people said "same again" of it.
func (p failurePage) Same() int {
	n := 0
	for _, t := range p.Ties {
		if t.Kind == practice.TieSame {
			n++
		}
	}
	return n
}

// Open is the review that is called and not closed, if there is one.
func (p failurePage) Open() *app.Called {
	if len(p.Reviews) > 0 && p.Reviews[0].Review.Phase != practice.PhaseClosed {
		return &p.Reviews[0]
	}
	return nil
}

// Closed is the latest review that was closed, if there is one.
func (p failurePage) Closed() *app.Called {
	for i := range p.Reviews {
		if p.Reviews[i].Review.Phase == practice.PhaseClosed {
			return &p.Reviews[i]
		}
	}
	return nil
}

// Over reports whether it was reviewed, itself or with another one.
func (p failurePage) Over() bool { return p.Closed() != nil || p.Through != nil }

// Undecided reports whether somebody still has to look at it.
func (p failurePage) Undecided() bool {
	return p.Failure.Triage == practice.TriageNew && !p.Imported() && p.With() == nil
}

// With is the failure it goes along with, or nil.
func (p failurePage) With() *practice.Failure { return app.Leading(p.Ties) }

// Stand is the failure in the five steps of the loop. words:use standing.*
func (p failurePage) Stand() frame.Thread {
	step, people, questions, change := 1, p.Convener, "", ""
	if p.Yours || p.With() != nil {
		people = p.Convenes()
	}
	if o := p.Open(); o != nil {
		people = p.When(o.Review.MeetAt, p.Now)
		if !o.Review.StartedAt.IsZero() {
			step = 2
		}
	}
	if t := p.Through; t != nil {
		step, questions = 5, p.Say("thread.took", "time", p.Hours(t.R.Review.ClosedAt.Sub(t.R.Review.StartedAt)))
		change = p.Say("standing." + strings.ReplaceAll(string(t.R.Failure.Standing), "_", "-"))
	}
	if c := p.Closed(); c != nil {
		step = 5
		people = p.Say("thread.after", "time", p.After(p.Failure, c.Review.StartedAt))
		questions = p.Say("thread.took", "time", p.Hours(c.Review.ClosedAt.Sub(c.Review.StartedAt)))
		if change = p.Say("standing." + strings.ReplaceAll(string(p.Failure.Standing), "_", "-")); p.Failure.Standing == practice.Reported {
			step = 4
		}
	}
	return p.Thread(step, p.Reported(p.Failure), people, questions, change)
}

// Window is the axis of the 72 hours, where a clock runs.
func (p failurePage) Window() frame.Axis {
	var meet time.Time
	if o := p.Open(); o != nil {
		meet = o.Review.MeetAt
	}
	return p.Axis(p.Failure, meet)
}

// Clock72 reports whether a clock runs at all.
func (p failurePage) Clock72() bool {
	_, runs := p.Failure.DueAt()
	return runs && p.Closed() == nil
}

// Missed reports whether the time to meet is over, and the reader may say in one
// tap why nobody did.
func (p failurePage) Missed() bool {
	due, runs := p.Failure.DueAt()
	return runs && p.Now.After(due) && p.Open() == nil && p.Closed() == nil && p.Decides()
}

// At is the time field of a fact: now.
func (p failurePage) At() frame.Field {
	return p.Field(p.Form, "time", "failure.facts.when", p.Frame.Clock(p.Now)).Kind("time").Little()
}

// Day is the day field of a fact: today.
func (p failurePage) Day() frame.Field {
	return p.Field(p.Form, "day", "failure.facts.day", p.Now.In(p.Place.Zone).Format(time.DateOnly)).Kind("date").Little()
}

// Triggers are the team's own sentences.
func (p failurePage) Triggers() frame.Choices {
	var all []frame.Option
	for _, t := range p.Team.Triggers {
		all = append(all, frame.Option{Value: t.Text, Text: t.Text})
	}
	all = append(all, frame.Option{Value: p.Say("triage.asked"), Text: p.Say("triage.asked")})
	c := p.Choices(p.Form, "trigger", "triage.triggers", all...)
	c.Many, c.Hidden = true, true
	return c
}

// FactTime says when a fact was so, with its day where that is another one.
func (p failurePage) FactTime(at time.Time) string {
	if at.In(p.Place.Zone).Format(time.DateOnly) == p.Failure.RecognisedAt.In(p.Place.Zone).Format(time.DateOnly) {
		return p.Frame.Clock(at)
	}
	return p.When(at, p.Now)
}

// tellFailure streams that the strip has changed.
func (s *Pages) tellFailure(w http.ResponseWriter, r *http.Request, _ *frame.Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	return s.Tell(w, r, frame.Topic{Name: string(failure.ID), Reader: string(actor.Member),
		Allowed: func(ctx context.Context) error {
			asking, _, err := s.Actor(r.WithContext(ctx))
			if err == nil {
				_, err = s.App.FailureByID(ctx, asking, failure.ID)
			}
			return err
		},
		Fragments: func(practice.Event) string { return "facts" }})
}

// showFacts answers with the strip alone, for pages that are open.
func (s *Pages) showFacts(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	page, err := s.failurePage(r, f, actor)
	if err != nil {
		return err
	}
	return s.Fragment(w, "failure", "facts", page)
}

func (s *Pages) addFact(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"day": 16, "time": 8, "text": practice.MaxLine, "link": 2048,
		"pasted": practice.MaxPasted, "picture": 0})
	if err != nil {
		return err
	}
	actor.Once = form.Key
	fact := practice.Fact{Failure: failure.ID, Text: form.Typed("text"), Link: form.Typed("link"), Pasted: form.Typed("pasted")}
	var picture *app.Picture
	if fact.At, err = clockOn(form, f.Place.Zone); err == nil {
		picture, err = pictureOf(form)
	}
	if err == nil && !form.Marked() {
		_, err = s.App.AddFact(r.Context(), actor, fact, picture)
		if err == nil {
			frame.Redirect(w, r, practice.FailurePath(failure.Number)+"#facts")
			return nil
		}
	}
	if err != nil && !form.Mark(err) {
		return err
	}
	return s.failureForm(w, r, f, actor, form)
}

// pictureOf reads the picture of a form, if one was chosen.
func pictureOf(form *frame.Form) (*app.Picture, error) {
	file, err := form.File("picture")
	if err != nil {
		return nil, nil
	}
	return app.NewPicture(bytes.NewReader(file.Data))
}

func (s *Pages) removeFact(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	if err := s.App.RemoveFact(r.Context(), actor, practice.FactID(r.PathValue("id"))); err != nil {
		return err
	}
	frame.Redirect(w, r, practice.FailurePath(frame.Number(r.PathValue("n")))+"#facts")
	return nil
}

func (s *Pages) triage(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"decision": 16, "trigger": practice.MaxLine, "why": practice.MaxLine})
	if err != nil {
		return err
	}
	t := app.Triage{Decision: practice.Triage(form.Typed("decision")), Triggers: form.All("trigger"), Why: form.Typed("why")}
	done, err := s.App.TriageFailure(r.Context(), actor, failure.ID, t)
	switch {
	case form.Mark(err):
		return s.failureForm(w, r, f, actor, form)
	case err != nil:
		return err
	case done.Triage == practice.TriageSignificant:
		frame.Redirect(w, r, practice.FailurePath(failure.Number)+"/invite")
	default:
		frame.Redirect(w, r, practice.FailurePath(failure.Number))
	}
	return nil
}

func (s *Pages) handConvening(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"convener": 64})
	if err != nil {
		return err
	}
	err = s.App.HandConvening(r.Context(), actor, failure.ID, practice.MemberID(form.Typed("convener")))
	switch {
	case form.Mark(err):
		return s.failureForm(w, r, f, actor, form)
	case err != nil:
		return err
	}
	frame.Redirect(w, r, practice.FailurePath(failure.Number))
	return nil
}

// showFile answers with a picture as the server wrote it, sealed off from
// everything a page may do.
func (s *Pages) showFile(w http.ResponseWriter, r *http.Request, _ *frame.Frame, actor practice.Actor) error {
	p, err := s.App.File(r.Context(), actor, practice.FileID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return frame.SendPicture(w, p.Kind, p.Data)
}
