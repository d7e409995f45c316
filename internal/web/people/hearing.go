package people

import (
	"net/http"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// hearingRoutes is what reaches people outside of their start page.
func (s *Pages) hearingRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /you/messages", Handler: s.Member(s.showHearing)},
		{Pattern: "POST /you/messages", Handler: s.Member(s.saveHearing)},
		{Pattern: "POST /you/messages/mail", Handler: s.Member(s.askMail)},
		{Pattern: "POST /you/messages/mail/end", Handler: s.Member(s.forgetMail)},
		{Pattern: "POST /you/messages/calendar", Handler: s.Member(s.renewFeed)},
		{Pattern: "POST /you/messages/calendar/titles", Handler: s.Member(s.showTitles)},
		{Pattern: "POST /you/messages/calendar/end", Handler: s.Member(s.endFeed)},
		{Pattern: "GET /you/mail/{secret}", Handler: s.Open(s.showConfirm)},
		{Pattern: "POST /you/mail/{secret}", Handler: s.Open(s.confirmMail)},
	}
}

// hearingPage is one's own choice: where messages go, when, and a calendar.
type hearingPage struct {
	*frame.Frame
	Form  *frame.Form
	Reach app.Reach
	Kept  bool
}

func (s *Pages) showHearing(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.hearingForm(w, r, f, actor, nil)
}

func (s *Pages) hearingForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	reach, err := s.App.Reach(r.Context(), actor)
	if err != nil {
		return err
	}
	f.Title = f.Say("hearing.title")
	return s.Show(w, form.Status(), "hearing", hearingPage{Frame: f, Form: form, Reach: reach, Kept: r.URL.Query().Get("kept") != ""})
}

// How offers the three ways to hear.
func (p hearingPage) How() frame.Choices {
	c := p.Reach.Contact
	return p.Choices(p.Form, "how", "hearing.how",
		frame.Option{Value: "now", Text: p.Say("hearing.how.now"), Small: p.Say("hearing.how.now.small"), On: !c.Weekly && !c.Muted},
		frame.Option{Value: "weekly", Text: p.Say("hearing.how.weekly"), Small: p.Say("hearing.how.weekly.small"), On: c.Weekly && !c.Muted},
		frame.Option{Value: "muted", Text: p.Say("hearing.how.muted"), Small: p.Say("hearing.how.muted.small"), On: c.Muted})
}

// Mail is the field for an address.
func (p hearingPage) Mail() frame.Field {
	return p.Field(p.Form, "mail", "hearing.mail.field", "").Limited(254).Kind("email").Filled("email").Needed().Little()
}

// From and To are the quiet hours, and Zone is where they are.
func (p hearingPage) From() frame.Field {
	return p.Field(p.Form, "from", "you.quiet.from", clockOf(p.Reach.Contact.QuietFrom)).Kind("time").Little()
}

// To is beside From.
func (p hearingPage) To() frame.Field {
	return p.Field(p.Form, "to", "you.quiet.to", clockOf(p.Reach.Contact.QuietTo)).Kind("time").Little()
}

// Zone is empty for the organisation's.
func (p hearingPage) Zone() frame.Field {
	d := p.Field(p.Form, "zone", "hearing.zone", p.Reach.Contact.Zone).Limited(64).Little()
	d.Hint = p.Say("hearing.zone.hint", "organisation", p.Organisation)
	return d
}

// MailOpen reports whether the field for an address is to be seen at once.
func (p hearingPage) MailOpen() bool {
	return p.Reach.Contact.Mail == "" && p.Reach.Contact.Asked == "" || p.Form.At("mail") != ""
}

func (s *Pages) saveHearing(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"how": 10, "from": 5, "to": 5, "zone": 64})
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

func (s *Pages) askMail(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"mail": 300})
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
		frame.Redirect(w, r, "/you/messages?kept=yes")
	}
	return err
}

func (s *Pages) forgetMail(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	return heard(w, r, s.App.ForgetMail(r.Context(), actor))
}

func (s *Pages) renewFeed(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	secret, err := s.App.RenewFeed(r.Context(), actor)
	if err != nil {
		return err
	}
	return s.shownOnce(w, shownOncePage{Frame: f, Secret: s.Origin(r) + "/calendar/" + secret + ".ics", Back: "/you/messages",
		Heading: f.Say("hearing.calendar.made"), Lede: f.Say("hearing.calendar.made.why"), Until: f.Say("hearing.calendar.until")})
}

func (s *Pages) showTitles(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"titles": 5})
	if err != nil {
		return err
	}
	return heard(w, r, s.App.ShowTitles(r.Context(), actor, form.Typed("titles") != ""))
}

func (s *Pages) endFeed(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	return heard(w, r, s.App.EndFeed(r.Context(), actor))
}

// confirmPage is behind the link that went to a mail address.
type confirmPage struct {
	*frame.Frame
	Mail string // empty once it is confirmed
}

func (s *Pages) showConfirm(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	mail, err := s.App.AskedMail(r.Context(), practice.Actor{}, r.PathValue("secret"))
	if err != nil {
		return err
	}
	f.Title = f.Say("hearing.confirm")
	w.Header().Set("Cache-Control", "no-store")
	return s.Show(w, http.StatusOK, "confirm", confirmPage{Frame: f, Mail: mail})
}

func (s *Pages) confirmMail(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	if err := s.App.ConfirmMail(r.Context(), practice.Actor{}, r.PathValue("secret")); err != nil {
		return err
	}
	f.Title = f.Say("hearing.confirm.done")
	return s.Show(w, http.StatusOK, "confirm", confirmPage{Frame: f})
}
