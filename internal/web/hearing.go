package web

import (
	"net/http"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// hearingRoutes is what reaches people outside of their start page.
func (s *Web) hearingRoutes() []Route {
	return []Route{
		{Pattern: "GET /you/messages", handler: s.member(s.showHearing)},
		{Pattern: "POST /you/messages", handler: s.member(s.saveHearing)},
		{Pattern: "POST /you/messages/mail", handler: s.member(s.askMail)},
		{Pattern: "POST /you/messages/mail/end", handler: s.member(s.forgetMail)},
		{Pattern: "POST /you/messages/calendar", handler: s.member(s.renewFeed)},
		{Pattern: "POST /you/messages/calendar/titles", handler: s.member(s.showTitles)},
		{Pattern: "POST /you/messages/calendar/end", handler: s.member(s.endFeed)},
		{Pattern: "GET /you/mail/{secret}", handler: s.open(s.showConfirm)},
		{Pattern: "POST /you/mail/{secret}", handler: s.open(s.confirmMail)},
	}
}

// hearingPage is one's own choice: where messages go, when, and a calendar.
type hearingPage struct {
	*Frame
	Form  *Form
	Reach app.Reach
	Kept  bool
}

func (s *Web) showHearing(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	return s.hearingForm(w, r, f, actor, nil)
}

func (s *Web) hearingForm(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor, form *Form) error {
	reach, err := s.App.Reach(r.Context(), actor)
	if err != nil {
		return err
	}
	f.Title = f.Say("hearing.title")
	return s.show(w, form.Status(), "hearing", hearingPage{Frame: f, Form: form, Reach: reach, Kept: r.URL.Query().Get("kept") != ""})
}

// How offers the three ways to hear.
func (p hearingPage) How() Choices {
	c := p.Reach.Contact
	return p.Choices(p.Form, "how", "hearing.how",
		Option{Value: "now", Text: p.Say("hearing.how.now"), Small: p.Say("hearing.how.now.small"), On: !c.Weekly && !c.Muted},
		Option{Value: "weekly", Text: p.Say("hearing.how.weekly"), Small: p.Say("hearing.how.weekly.small"), On: c.Weekly && !c.Muted},
		Option{Value: "muted", Text: p.Say("hearing.how.muted"), Small: p.Say("hearing.how.muted.small"), On: c.Muted})
}

// Mail is the field for an address.
func (p hearingPage) Mail() Field {
	return p.Field(p.Form, "mail", "hearing.mail.field", "").Limited(254).Kind("email").Filled("email").Needed().Little()
}

// From and To are the quiet hours, and Zone is where they are.
func (p hearingPage) From() Field {
	return p.Field(p.Form, "from", "you.quiet.from", clockOf(p.Reach.Contact.QuietFrom)).Kind("time").Little()
}

// To is beside From.
func (p hearingPage) To() Field {
	return p.Field(p.Form, "to", "you.quiet.to", clockOf(p.Reach.Contact.QuietTo)).Kind("time").Little()
}

// Zone is empty for the organisation's.
func (p hearingPage) Zone() Field {
	d := p.Field(p.Form, "zone", "hearing.zone", p.Reach.Contact.Zone).Limited(64).Little()
	d.Hint = p.Say("hearing.zone.hint", "organisation", p.Organisation)
	return d
}

// MailOpen reports whether the field for an address is to be seen at once.
func (p hearingPage) MailOpen() bool {
	return p.Reach.Contact.Mail == "" && p.Reach.Contact.Asked == "" || p.Form.At("mail") != ""
}

func (s *Web) saveHearing(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	form, err := readForm(r, f, fields{"how": 10, "from": 5, "to": 5, "zone": 64})
	if err != nil {
		return err
	}
	c := practice.Contact{Muted: form.Typed("how") == "muted", Weekly: form.Typed("how") == "weekly", Zone: form.Typed("zone"),
		QuietFrom: minutes(form.Typed("from")), QuietTo: minutes(form.Typed("to"))}
	if err = s.App.SaveContact(r.Context(), actor, c); form.Mark(err) {
		return s.hearingForm(w, r, f, actor, form)
	}
	return heard(w, r, err)
}

func (s *Web) askMail(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	form, err := readForm(r, f, fields{"mail": 300})
	if err != nil {
		return err
	}
	if err = s.App.AskMail(r.Context(), actor, form.Typed("mail")); form.Mark(err) {
		return s.hearingForm(w, r, f, actor, form)
	}
	return heard(w, r, err)
}

// heard goes back to the page after something on it was changed.
func heard(w http.ResponseWriter, r *http.Request, err error) error {
	if err == nil {
		redirect(w, r, "/you/messages?kept=yes")
	}
	return err
}

func (s *Web) forgetMail(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	if _, err := readForm(r, f, fields{}); err != nil {
		return err
	}
	return heard(w, r, s.App.ForgetMail(r.Context(), actor))
}

func (s *Web) renewFeed(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	if _, err := readForm(r, f, fields{}); err != nil {
		return err
	}
	secret, err := s.App.RenewFeed(r.Context(), actor)
	if err != nil {
		return err
	}
	return s.shownOnce(w, shownOncePage{Frame: f, Secret: s.base(r) + "/calendar/" + secret + ".ics", Back: "/you/messages",
		Heading: f.Say("hearing.calendar.made"), Lede: f.Say("hearing.calendar.made.why"), Until: f.Say("hearing.calendar.until")})
}

func (s *Web) showTitles(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	form, err := readForm(r, f, fields{"titles": 5})
	if err != nil {
		return err
	}
	return heard(w, r, s.App.ShowTitles(r.Context(), actor, form.Typed("titles") != ""))
}

func (s *Web) endFeed(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	if _, err := readForm(r, f, fields{}); err != nil {
		return err
	}
	return heard(w, r, s.App.EndFeed(r.Context(), actor))
}

// confirmPage is behind the link that went to a mail address.
type confirmPage struct {
	*Frame
	Mail string // empty once it is confirmed
}

func (s *Web) showConfirm(w http.ResponseWriter, r *http.Request, f *Frame) error {
	mail, err := s.App.AskedMail(r.Context(), practice.Actor{}, r.PathValue("secret"))
	if err != nil {
		return err
	}
	f.Title = f.Say("hearing.confirm")
	w.Header().Set("Cache-Control", "no-store")
	return s.show(w, http.StatusOK, "confirm", confirmPage{Frame: f, Mail: mail})
}

func (s *Web) confirmMail(w http.ResponseWriter, r *http.Request, f *Frame) error {
	if _, err := readForm(r, f, fields{}); err != nil {
		return err
	}
	if err := s.App.ConfirmMail(r.Context(), practice.Actor{}, r.PathValue("secret")); err != nil {
		return err
	}
	f.Title = f.Say("hearing.confirm.done")
	return s.show(w, http.StatusOK, "confirm", confirmPage{Frame: f})
}
