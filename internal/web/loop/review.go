package loop

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/words"
)

func (s *Pages) reviewRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /f/{n}/invite", Handler: s.Member(s.showInvite)},
		{Pattern: "POST /f/{n}/invite", Handler: s.Member(s.invite)},
		{Pattern: "POST /f/{n}/off", Handler: s.Member(s.callOff)},
		{Pattern: "POST /f/{n}/guide/name", Handler: s.Member(s.nameGuide)},
	}
}

// invitePage asks how, when and who, with an answer preselected everywhere.
type invitePage struct {
	*frame.Frame
	Form     *frame.Form
	Failure  practice.Failure
	Moved    *app.Called // the review whose time is moved, if one is called already
	People   []practice.Member
	Closest  map[practice.MemberID]string // why somebody is preselected
	Times    []time.Time
	Convener string
	Leader   *practice.Error   // only the inviter sees why somebody is not invited
	Yours    bool              // the reader convenes it
	Known    []app.Tied        // earlier ones people tied to it
	Guides   []practice.Member // who could lead it from outside
	base     string            // of this server, for words to pass on
}

// meetLayout is how a proposed time travels in the form.
const meetLayout = "2006-01-02T15:04"

func (s *Pages) showInvite(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.inviteForm(w, r, f, actor, nil)
}

func (s *Pages) inviteForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	page, err := s.invitePage(r, f, actor)
	if err != nil {
		return err
	}
	page.Form = form
	return s.Show(w, form.Status(), "invite", page)
}

func (s *Pages) invitePage(r *http.Request, f *frame.Frame, actor practice.Actor) (invitePage, error) {
	page := invitePage{Frame: f, base: s.Origin(r)}
	ctx := r.Context()
	var err error
	if page.Failure, err = s.failureAt(r, actor); err != nil {
		return page, err
	}
	if page.Failure.Team == "" {
		return page, practice.ErrNotFound
	}
	proposal, err := s.App.ProposeReview(ctx, actor, page.Failure.ID)
	if err != nil {
		return page, err
	}
	if err := s.App.MayCall(ctx, page.Failure.Team); err != nil && proposal.Open == nil {
		return page, err
	}
	page.Yours = page.Failure.Convener == actor.Member
	page.People, page.Times, page.Moved, page.Guides = proposal.People, proposal.Times, proposal.Open, proposal.Guides
	page.Closest = map[practice.MemberID]string{}
	for id, why := range proposal.Closest {
		page.Closest[id] = f.Say("invite.who." + why) // words:use invite.who.*
	}
	if page.Convener, err = s.App.NameOf(ctx, actor, page.Failure.Convener); err != nil {
		return page, err
	}
	if page.Known, err = s.App.Ties(ctx, actor, page.Failure.ID); err != nil {
		return page, err
	}
	f.Title = page.Failure.Title
	return page, nil
}

// When offers the proposed times and another one.
func (p invitePage) Whens() frame.Choices {
	all := practice.Foreseen(p.Now, p.Place.Zone.String())
	options := []frame.Option{{Value: string(practice.FormDays), Text: p.Say("invite.days"), Wide: true,
		Small: p.Say("invite.days.small", "write", all[0].At, "close", all[len(all)-1].At)}}
	for i, t := range p.Times {
		after := p.Say("invite.time.after", "n", int(t.Sub(p.Failure.RecognisedAt).Hours()))
		if p.Failure.KnowsDayOnly() {
			after = p.Say("invite.time.after-day", "time", p.After(p.Failure, t))
		}
		options = append(options, frame.Option{Value: t.In(p.Place.Zone).Format(meetLayout), Text: words.Capital(p.When(t, p.Now)),
			Small: after, On: i == 0})
	}
	options = append(options, frame.Option{Value: "now", Text: p.Say("invite.time.now"), Small: p.Say("invite.time.now.small")})
	options = append(options, frame.Option{Value: "other", Text: p.Say("invite.time.other"), Opens: true, On: len(p.Times) == 0})
	c := p.Choices(p.Form, "meet", "invite.how", options...)
	c.Look, c.Hidden = "three", true
	return c
}

// Day and Time are another time than those proposed.
func (p invitePage) Day() frame.Field {
	return p.Field(p.Form, "day", "invite.time.day", p.Now.In(p.Place.Zone).Format(time.DateOnly)).Kind("date").Little()
}

// Time is beside Day.
func (p invitePage) Time() frame.Field {
	return p.Field(p.Form, "time", "invite.time.clock", p.Clock(p.Now.Add(time.Hour))).Kind("time").Little()
}

// Then asks whether people write from that other time on.
func (p invitePage) Then() frame.Choices {
	c := p.Choices(p.Form, "form", "invite.how", frame.Option{Value: string(practice.FormDays), Text: p.Say("invite.days.then")})
	c.Many, c.Hidden = true, true
	return c
}

// Boxes are how long the room may take.
func (p invitePage) Boxes() frame.Choices {
	var options []frame.Option
	for _, m := range []int{20, 25, 30} {
		options = append(options, frame.Option{Value: strconv.Itoa(m), Text: p.Say("invite.box.minutes", "n", m), On: m == 25})
	}
	c := p.Choices(p.Form, "box", "invite.box", options...)
	c.Look = "inline"
	return c
}

// Who offers the people of the team, the closest ticked.
func (p invitePage) Who() frame.Choices {
	var options []frame.Option
	for _, m := range p.People {
		why, closest := p.Closest[m.ID]
		options = append(options, frame.Option{Value: string(m.ID), Text: m.Name, Small: why, On: closest})
	}
	c := p.Choices(p.Form, "people", "invite.who", options...)
	c.Many, c.Look, c.Hidden = true, "three", true
	return c
}

// Led asks who leads: the script unless somebody else is chosen.
func (p invitePage) Led() frame.Choices {
	c := p.Choices(p.Form, "led", "guide.who",
		frame.Option{Value: "script", Text: p.Say("guide.script"), Small: p.Say("guide.script.small"), On: true},
		frame.Option{Value: "outside", Text: p.Say("guide.outside"), Small: p.Say("guide.outside.small"), Opens: true})
	c.Look, c.Hidden = "halves", true
	return c
}

// guiding is who could lead a room from outside, to choose one of.
type guiding struct {
	frame.Field
	Empty string
	Who   []frame.Option
}

// Guide is that choice.
func (p invitePage) Guide() guiding {
	g := guiding{Field: p.Field(p.Form, "guide", "guide.whom", "").Little(), Empty: p.Say("guide.choose")}
	for _, m := range p.Guides {
		g.Who = append(g.Who, frame.Option{Value: string(m.ID), Text: m.Name, On: string(m.ID) == g.Value})
	}
	return g
}

// GuideNow says who leads a review that is called; nothing where the script does.
func (p invitePage) GuideNow() string { return leads(p.Frame, p.Moved) }

func leads(f *frame.Frame, c *app.Called) string {
	switch {
	case c == nil || c.Guide.Member == "":
		return ""
	case c.Guide.Leads(c.Failure) && c.Guide.Why != "":
		return f.Say("guide.yes.part", "name", c.Guide.Name, "why", c.Guide.Why)
	case c.Guide.Leads(c.Failure):
		return f.Say("guide.yes", "name", c.Guide.Name)
	case c.Guide.Outside:
		return f.Say("guide.nobody")
	case c.Review.MayGuide() == nil:
		return f.Say("guide.asked", "name", c.Guide.Name)
	}
	return ""
}

// Many reports whether there are people to choose from.
func (p invitePage) Many() bool { return len(p.People) >= 5 }

// Few reports whether whoever is invited knows the others by their words.
func (p invitePage) Few() bool { return practice.Few(len(p.People)) }

// Why asks for the reason where the room is late or one too many.
func (p invitePage) Why() frame.Field {
	return p.Field(p.Form, "why", "invite.time.late", "").Limited(practice.MaxLine)
}

// NeedsWhy reports whether a reason is asked for.
func (p invitePage) NeedsWhy() bool {
	return p.Form.At("why") != "" || p.Form.Typed("why") != "" ||
		p.Failure.Late(p.Now) && !p.Failure.Severe
}

// Stand is the failure in the five steps of the loop.
func (p invitePage) Stand() frame.Thread {
	people := p.Convener
	if p.Yours {
		people = p.Say("home.item.you")
	}
	return p.Thread(1, p.Reported(p.Failure), people)
}

// Hours stand below the axis.
func (p invitePage) Hours() frame.Hours { return p.HoursOf(p.Failure) }

// Tell is the invitation of a room that is called, to pass on.
func (p invitePage) Tell() Tell {
	if p.Moved == nil {
		return Tell{}
	}
	return invitation(p.Frame, p.Failure, p.Moved.Review, p.base)
}

// Window is the axis of the 72 hours.
func (p invitePage) Window() frame.Axis {
	var meet time.Time
	if p.Moved != nil {
		meet = p.Moved.Review.MeetAt
	}
	return p.Axis(p.Failure, meet)
}

func (s *Pages) invite(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	page, err := s.invitePage(r, f, actor)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"meet": 32, "day": 16, "time": 8, "form": 8, "box": 4, "people": 64, "there": 64, "without": 64, "led": 8, "guide": 64, "why": practice.MaxLine})
	if err != nil {
		return err
	}
	actor.Once, page.Form = form.Key, form
	n, err := newReview(form, f)
	n.Failure = page.Failure.ID
	if err == nil && !form.Marked() {
		if page.Moved != nil {
			_, err = s.App.MoveReview(r.Context(), actor, page.Moved.Review.ID, n)
		} else {
			_, err = s.App.CallReview(r.Context(), actor, n)
		}
		if err == nil {
			frame.Redirect(w, r, practice.FailurePath(page.Failure.Number))
			return nil
		}
	}
	if refusal := frame.Refused(err); refusal != nil && refusal.Code == "invite.leader" {
		page.Leader = refusal
		return s.Show(w, http.StatusConflict, "invite", page)
	}
	if err != nil && !form.Mark(err) {
		return err
	}
	return s.Show(w, form.Status(), "invite", page)
}

// callOff ends the review that is called.
func (s *Pages) callOff(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	page, err := s.invitePage(r, f, actor)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"why": practice.MaxLine})
	if err != nil {
		return err
	}
	if page.Moved != nil && !form.Marked() { // called off twice is called off
		actor.Once = form.Key
		err = s.App.CallOff(r.Context(), actor, page.Moved.Review.ID, form.Typed("why"))
	}
	switch {
	case form.Mark(err) || form.Marked():
		return s.failureForm(w, r, f, actor, form)
	case err != nil:
		return err
	}
	frame.Redirect(w, r, practice.FailurePath(page.Failure.Number))
	return nil
}

// nameGuide asks one person to lead the review that is called, or lets the script lead
// it again.
func (s *Pages) nameGuide(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	page, err := s.invitePage(r, f, actor)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"guide": 64, "led": 8})
	if err != nil {
		return err
	}
	switch {
	case page.Moved == nil:
		return practice.ErrNotFound
	case form.Typed("led") == "script":
		err = s.App.EndGuide(r.Context(), actor, page.Moved.Review.ID)
	case form.Typed("guide") == "":
		err = practice.Refuse(practice.Invalid, "required").At("guide")
	default:
		err = s.App.NameGuide(r.Context(), actor, page.Moved.Review.ID, practice.MemberID(form.Typed("guide")))
	}
	if form.Mark(err) || form.Marked() {
		page.Form = form
		return s.Show(w, form.Status(), "invite", page)
	}
	if err != nil {
		return err
	}
	frame.Redirect(w, r, practice.FailurePath(page.Failure.Number)+"/invite#leads")
	return nil
}

// newReview reads the form.
func newReview(form *frame.Form, f *frame.Frame) (practice.NewReview, error) {
	n := practice.NewReview{Form: practice.FormLive, Why: form.Typed("why"), Box: practice.DefaultBox}
	if m, err := strconv.Atoi(form.Typed("box")); err == nil {
		n.Box = time.Duration(m) * time.Minute
	}
	for _, id := range form.All("people") {
		if id != form.Typed("without") {
			n.People = append(n.People, practice.MemberID(id))
		}
	}
	if form.Typed("led") == "outside" {
		if n.Guide = practice.MemberID(form.Typed("guide")); n.Guide == "" {
			form.Mark(practice.Refuse(practice.Invalid, "required").At("guide"))
		}
	}
	for _, id := range slices.Compact(form.All("there")) {
		n.There = append(n.There, practice.MemberID(id))
	}
	var err error
	switch meet := form.Typed("meet"); meet {
	case "now":
		n.MeetAt = f.Now
		return n, nil
	case string(practice.FormDays):
		n.Form, n.MeetAt = practice.FormDays, f.Now
		return n, nil
	case "other":
		n.Form = practice.Form(cmp.Or(form.Typed("form"), string(practice.FormLive)))
	default:
		if n.MeetAt, err = time.ParseInLocation(meetLayout, meet, f.Place.Zone); err != nil {
			return n, practice.Refuse(practice.Invalid, "required").At("meet")
		}
		return n, nil
	}
	n.MeetAt, err = clockOn(form, f.Place.Zone)
	return n, err
}
