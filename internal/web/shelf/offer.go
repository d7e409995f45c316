package shelf

import (
	"net/http"
	"slices"
	"strings"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// offerRoutes is what teams of one organisation learned and put to each other.
func (s *Pages) offerRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /offers", Handler: s.Member(s.showOffers)},
		{Pattern: "POST /offers", Handler: s.Member(s.makeOffer)},
		{Pattern: "GET /offers/new", Handler: s.Member(s.askOffer)},
		{Pattern: "GET /offers/{id}", Handler: s.Member(s.showOffer)},
		{Pattern: "POST /offers/{id}", Handler: s.Member(s.answerOffer)},
	}
}

// offersPage is what the reader's teams were offered, and what they offered.
type offersPage struct {
	*frame.Frame
	Mine, Own []app.Offered
}

func (s *Pages) showOffers(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	all, err := s.App.Offers(r.Context(), actor)
	if err != nil {
		return err
	}
	page := offersPage{Frame: f}
	for _, o := range all {
		if o.Mine {
			page.Mine = append(page.Mine, o)
		} else {
			page.Own = append(page.Own, o)
		}
	}
	f.Title = f.Say("offer.title")
	return s.Show(w, http.StatusOK, "offers", page)
}

// Nothing is what stands where nobody offered anything.
func (p offersPage) Nothing() frame.Empty {
	return frame.Empty{Title: p.Say("offer.none"), Why: p.Say("offer.none.why")}
}

// newOfferPage offers something to other teams.
type newOfferPage struct {
	*frame.Frame
	Form  *frame.Form
	O     app.Offered
	Teams []practice.Team
}

func (s *Pages) askOffer(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.newOffer(asker{w, r, f, actor, ""}, r.URL.Query().Get("about"), nil)
}

func (s *Pages) newOffer(a asker, about string, form *frame.Form) error {
	o, teams, err := s.App.Offerable(a.r.Context(), a.actor, about)
	if err != nil {
		return err
	}
	a.f.Title = a.f.Say("offer.new")
	return s.Show(a.w, form.Status(), "newoffer", newOfferPage{a.f, form, o, teams})
}

// To chooses the teams it is offered to.
func (p newOfferPage) To() frame.Choices {
	var options []frame.Option
	for _, t := range p.Teams {
		options = append(options, frame.Option{Value: string(t.ID), Text: t.Name, On: len(p.Teams) == 1})
	}
	c := p.Choices(p.Form, "to", "offer.to", options...)
	c.Many = true
	return c
}

func (s *Pages) makeOffer(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"about": 40, "to": 40, "why": practice.MaxAnswer})
	if err != nil {
		return err
	}
	actor.Once = form.Key
	about := form.Typed("about")
	if !form.Marked() {
		n := app.NewOffer{About: about, Why: form.Typed("why")}
		for _, t := range form.All("to") {
			n.To = append(n.To, practice.TeamID(t))
		}
		if err = s.App.Offer(r.Context(), actor, n); err == nil {
			frame.Redirect(w, r, practice.OffersPath)
			return nil
		}
		if !form.Mark(err) {
			return err
		}
	}
	return s.newOffer(asker{w, r, f, actor, ""}, about, form)
}

// offerPage is one offer: for the team that was offered it to answer, and for the one that
// offered it to see what came of that.
type offerPage struct {
	*frame.Frame
	Form  *frame.Form
	O     app.Offered
	To    string
	Own   []app.Manual // procedures of the team that was offered a step
	Of    app.Manual   // the one it would go into; empty until it is chosen
	Yours string       // that it is proposed to others, who change this one
	Scars []frame.ScarLine
}

func (s *Pages) showOffer(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.offer(asker{w, r, f, actor, ""}, nil)
}

func (s *Pages) offer(a asker, form *frame.Form) error {
	o, err := s.App.OfferByID(a.r.Context(), a.actor, practice.OfferID(a.r.PathValue("id")))
	if err != nil {
		return err
	}
	page := offerPage{Frame: a.f, Form: form, O: o, To: practice.OfferPath(o.ID)}
	if o.Scar.Failure != "" {
		page.Scars = a.f.Scars([]practice.Scar{o.Scar}, a.actor)
	}
	if o.OfStep() && o.Open() {
		if err := s.whereTo(a, &page); err != nil {
			return err
		}
	}
	switch {
	case o.Own && !o.Open():
		a.f.Title = a.f.Say("offer.title.own", "other", o.Other)
	case o.Waits():
		a.f.Title = a.f.Say("offer.title.mine", "team", o.Team)
	default:
		a.f.Title = a.f.Say("offer.title.was", "team", o.Team)
	}
	return s.Show(a.w, form.Status(), "offer", page)
}

// whereTo finds the procedures a step could go into, and the one that was chosen.
func (s *Pages) whereTo(a asker, page *offerPage) error {
	all, err := s.App.Procedures(a.r.Context(), a.actor)
	if err != nil {
		return err
	}
	slug := a.r.URL.Query().Get("procedure")
	if page.Form != nil {
		slug = page.Form.Typed("procedure")
	}
	for _, m := range all {
		if m.Procedure.Team != page.O.To {
			continue
		}
		page.Own = append(page.Own, m)
		if m.Procedure.Slug == slug {
			page.Of = m
		}
	}
	if len(page.Own) == 1 {
		page.Of = page.Own[0]
	}
	if page.Of.Procedure.ID == "" {
		return nil
	}
	say, err := s.App.Authority(a.r.Context(), a.actor, page.Of.Procedure.Slug)
	if err == nil && len(say.Who) > 0 && !say.Changes {
		page.Yours = mayLine(a.f, say)
	}
	return err
}

// Procedures chooses the list that a step goes into.
func (p offerPage) Procedures() frame.Choices {
	var options []frame.Option
	for _, m := range p.Own {
		options = append(options, frame.Option{Value: m.Procedure.Slug, Text: m.Procedure.Title})
	}
	return p.Choices(nil, "procedure", "offer.procedure", options...)
}

// Places chooses where in the list: a step of its own behind one, or instead of one.
func (p offerPage) Places() frame.Choices {
	options := []frame.Option{{Value: "add:", Text: p.Say("procedure.edit.front")}}
	steps := p.Of.Steps
	for i, s := range steps {
		options = append(options, frame.Option{Value: "add:" + string(s.ID), On: i == len(steps)-1, Text: p.Say("offer.behind", "n", s.Number, "text", practice.Title(p.PlainText(s.Text)))})
	}
	for _, s := range steps {
		instead := "offer.instead"
		if s.Core() {
			instead = "offer.instead.core"
		}
		options = append(options, frame.Option{Value: "edit:" + string(s.ID), Text: p.Say(instead, "n", s.Number, "text", practice.Title(p.PlainText(s.Text)))}) // words:use offer.instead offer.instead.core
	}
	return p.Choices(p.Form, "place", "offer.place", options...)
}

// Checks asks whether it adds a check on people here, as it does where it comes from.
func (p offerPage) Checks() frame.Check {
	form := p.Form.For("adopt")
	c := p.Check(form, "check.tick.line")
	if form == nil && p.O.Checks != "" {
		c.On, c.Whom.Value = true, p.O.Checks
	}
	return c
}

// Base is the version that was seen.
func (p offerPage) Base() int { return p.Of.Revision.Number }

// offeredLine is one of a list.
type offeredLine struct {
	To, Title, Between, Stands, Answer string
	Open                               bool
}

// Line says what was offered, between which teams, and where it stands.
func (p offersPage) Line(o app.Offered) offeredLine {
	return offeredLine{practice.OfferPath(o.ID), p.PlainText(o.Heard()), p.OfferKind(o) + " · " + p.Say("offer.between", "team", o.Team, "other", o.Other),
		p.OfferStands(o), p.Say("home.carry.answer"), o.Open()}
}

// At is where what is offered stands, if the team that offered it has it still.
func (p offerPage) At() frame.Link {
	switch {
	case p.O.Constraint.ID != "":
		return frame.Link{Text: p.Say("offer.see"), To: practice.ConstraintPath(p.O.Constraint.Number)}
	case p.O.Finding.ID != "":
		return frame.Link{Text: p.Say("offer.see"), To: practice.FindingPath(p.O.Finding.Number)}
	}
	return frame.Link{}
}

// Landed says where a step went that was taken over, or is proposed.
func (p offerPage) Landed() frame.Link {
	switch {
	case p.O.Line.ID != "":
		return frame.Link{Text: p.Say("offer.landed", "procedure", p.O.Of.Title, "n", p.O.Line.Number),
			To: practice.ProcedurePath(p.O.Of.Slug) + "/step/" + string(p.O.Line.ID)}
	case p.O.Proposal != "":
		return frame.Link{Text: p.Say("proposal.title"), To: practice.ProposedPath(p.O.Of.Slug, p.O.Proposal)}
	}
	return frame.Link{}
}

// Comes says when a step that was taken over comes back, and where that is said.
func (p offerPage) Comes() frame.Link {
	t := p.O.Trial
	switch {
	case !t.Runs() || !p.O.Mine:
		return frame.Link{}
	case t.Waits():
		return frame.Link{Text: p.Say("trial.groups"), To: practice.ConsentPath(t.Gap)}
	case t.Asks(p.Now) != "":
		return frame.Link{Text: p.Say("offer.asks"), To: p.Landed().To + "#trial"}
	}
	at := t.Until
	if !t.LookAt.IsZero() {
		at = t.LookAt
	}
	return frame.Link{Text: p.Say("offer.comes", "day", p.Day(at))}
}

// answerOf is a form as the practice sees it: in words that were left as they are, it is
// taken over as it is.
func (s *Pages) answerOf(a asker, form *frame.Form, o app.Offered) (app.OfferAnswer, error) {
	says := app.OfferAnswer{Says: practice.OfferSays(form.Typed("do")), Text: form.Typed("why"), Base: frame.Number(form.Typed("base"))}
	if form.Typed("check") != "" {
		says.Checked = form.Typed("checked")
	}
	if says.Says != practice.OfferAdopt {
		return says, nil
	}
	if text := form.Typed("text"); strings.Join(strings.Fields(text), " ") != strings.Join(strings.Fields(o.Words), " ") {
		says.Says, says.Text = practice.OfferAdapt, text
	}
	if slug := form.Typed("procedure"); slug != "" {
		m, err := s.App.Procedure(a.r.Context(), a.actor, slug)
		if err != nil {
			return says, err
		}
		says.Procedure = m.Procedure.ID
	}
	act, step, _ := strings.Cut(form.Typed("place"), ":")
	says.Act, says.Step = practice.StepAct(act), practice.StepID(step)
	return says, nil
}

func (s *Pages) answerOffer(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"do": 10, "text": practice.MaxStep, "why": practice.MaxAnswer, "procedure": 200, "place": 60, "base": 9, "check": 1, "checked": practice.MaxName})
	if err != nil {
		return err
	}
	actor.Once = form.Key
	a := asker{w, r, f, actor, ""}
	o, err := s.App.OfferByID(r.Context(), actor, practice.OfferID(r.PathValue("id")))
	if err != nil {
		return err
	}
	if !form.Marked() {
		says, err := s.answerOf(a, form, o)
		if err != nil {
			return err
		}
		if err = s.App.AnswerOffer(r.Context(), actor, o.ID, says); err == nil {
			frame.Redirect(w, r, r.URL.Path)
			return nil
		}
		if !form.Mark(frame.Beside(err, "text")) {
			return err
		}
	}
	return s.offer(a, form)
}

// offersOf says to which teams something was offered.
func (s *Pages) offersOf(r *http.Request, f *frame.Frame, about string, actor practice.Actor) (*frame.Offers, error) {
	all, may, err := s.App.OffersAbout(r.Context(), actor, about)
	return f.Offers(all, about, may), err
}

// offersOfStep says it of what the last failure of the reader's own team changed of a step.
func (s *Pages) offersOfStep(r *http.Request, f *frame.Frame, step practice.ProcedureStep, actor practice.Actor) (*frame.Offers, error) {
	for _, c := range slices.Backward(step.Scars) {
		if c.Given == "" && actor.In(c.Team) {
			return s.offersOf(r, f, string(c.ID), actor)
		}
	}
	return nil, nil
}
