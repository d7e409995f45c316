package loop

import (
	"net/http"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// referralRoutes is where a gap stands that was handed to somebody who can change it: for
// the team that did, and for whoever is asked, by their account or by a signed link.
func (s *Pages) referralRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /referral/{gap}", Handler: s.Member(s.showReferral)},
		{Pattern: "POST /referral/{gap}", Handler: s.Member(s.answerReferral)},
		{Pattern: "GET /referral/{gap}/link", Handler: s.Member(s.backToReferral)},
		{Pattern: "POST /referral/{gap}/link", Handler: s.Member(s.linkForReceiver)},
		{Pattern: "GET /pass/referral/{pass}", Handler: s.Open(s.showReferralByLink)},
		{Pattern: "POST /pass/referral/{pass}", Handler: s.Open(s.answerReferralByLink)},
	}
}

// referralPage has the words of the gap, what the failure is called, and what became of
// the question to each who was asked.
type referralPage struct {
	*frame.Frame
	R    app.Referral
	Form *frame.Form
	Here string // where its forms go
	Pass bool   // came by a signed link
	Link string // for who is asked without an account, made just now
}

// FormOf is what was typed into one form of the page; nothing where it was another one.
func (p referralPage) FormOf(do string) *frame.Form {
	if p.Form.Typed("do") != do {
		return nil
	}
	return p.Form
}

// Asked reports whether the reader is asked, and has not answered.
func (p referralPage) Asked() bool { return p.R.Mine && p.R.Awaits() }

// Moves reports whether the team can ask somebody else.
func (p referralPage) Moves() bool {
	return p.R.Own && (p.R.Awaits() || p.R.State == practice.ReferralDeclined)
}

// Stands says in one line where it stands.
func (p referralPage) Stands() string {
	last := p.R.Last()
	return p.StandsOutside(p.R.State, last, p.R.Names[last.To])
}

// Lede says what is asked, or whom the reader waits for.
func (p referralPage) Lede() string {
	if p.Asked() {
		return p.Say("referral.lede.asked", "team", p.R.Team.Name, "day", p.Day(p.R.Last().Until))
	}
	return p.Say("referral.lede", "team", p.R.Team.Name)
}

// trailLine is one who was asked, and what came of that.
type trailLine struct {
	Name, Line, Why string
	Now             bool
}

// Trail is everybody who was asked, in order. words:use referral.said.*
func (p referralPage) Trail() (all []trailLine) {
	for i, one := range p.R.Asked {
		t := trailLine{Name: p.R.Names[one.To], Why: one.Why, Now: i == len(p.R.Asked)-1}
		if one.Says == "" {
			t.Line = p.Say("referral.asked.since", "day", p.Day(one.At), "until", p.Day(one.Until))
		} else {
			t.Line = p.Say("referral.said."+string(one.Says), "day", p.Day(one.SaidAt))
		}
		all = append(all, t)
	}
	return all
}

// Mail is the address the link goes to by hand.
func (p referralPage) Mail() string { return p.R.Last().Mail }

// To is the record it comes from, for the team.
func (p referralPage) To() string { return practice.RecordPath(p.R.Failure.Number) }

// hander is who came, and by which address.
type hander struct {
	w     http.ResponseWriter
	r     *http.Request
	f     *frame.Frame
	actor practice.Actor
	gap   practice.GapID
}

func (s *Pages) showReferral(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.referral(hander{w, r, f, actor, practice.GapID(r.PathValue("gap"))}, nil, "")
}

func (s *Pages) referral(a hander, form *frame.Form, link string) error {
	one, err := s.App.Referral(a.r.Context(), a.actor, a.gap)
	if err != nil {
		return err
	}
	page := referralPage{Frame: a.f, R: one, Form: form, Here: practice.ReferralPath(a.gap), Pass: a.actor.Pass.ID != "", Link: link}
	if page.Pass {
		page.Here = a.r.URL.Path
	}
	a.f.Title = a.f.Say("referral.title")
	if page.Asked() {
		a.f.Title = a.f.Say("referral.title.asked")
	}
	a.w.Header().Set("Cache-Control", "no-store")
	return s.Show(a.w, form.Status(), "referral", page)
}

func (s *Pages) answerReferral(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.sayReferral(hander{w, r, f, actor, practice.GapID(r.PathValue("gap"))})
}

func (s *Pages) sayReferral(a hander) error {
	form, err := frame.ReadForm(a.r, a.f, frame.Fields{"do": 10, "why": practice.MaxAnswer, "name": practice.MaxName, "mail": practice.MaxLine})
	if err != nil {
		return err
	}
	if !form.Marked() {
		err = s.App.AnswerReferral(a.r.Context(), a.actor, a.gap, app.ReferralAnswer{Says: practice.ReferralSays(form.Typed("do")),
			Why: form.Typed("why"), Next: practice.NewReceiver{Name: form.Typed("name"), Mail: form.Typed("mail")}})
		if err == nil {
			return s.answered(a, form)
		}
		if !form.Mark(err) {
			return err
		}
	}
	return s.referral(a, form, "")
}

// answered leads on. A link is over with a redirection, so the page says thanks and is gone.
func (s *Pages) answered(a hander, form *frame.Form) error {
	if a.actor.Pass.ID != "" && form.Typed("do") == string(practice.ReferralRedirect) {
		a.f.Title = a.f.Say("referral.thanks")
		a.w.Header().Set("Cache-Control", "no-store")
		return s.Show(a.w, http.StatusOK, "referred", referralPage{Frame: a.f, Pass: true})
	}
	frame.Redirect(a.w, a.r, a.r.URL.Path)
	return nil
}

// linkForReceiver makes the signed link by which somebody outside answers.
func (s *Pages) linkForReceiver(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	gap := practice.GapID(r.PathValue("gap"))
	g, err := s.App.ReferralPass(r.Context(), actor, gap)
	if err != nil {
		return err
	}
	return s.referral(hander{w, r, f, actor, gap}, nil, s.Origin(r)+g.Path())
}

// backToReferral leads whoever loads the page with a link anew to where one is made: the link
// itself was shown once.
func (s *Pages) backToReferral(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	gap := practice.GapID(r.PathValue("gap"))
	if _, err := s.App.Referral(r.Context(), actor, gap); err != nil {
		return err
	}
	frame.Redirect(w, r, practice.ReferralPath(gap))
	return nil
}

func (s *Pages) showReferralByLink(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	a, err := s.receiver(w, r, f)
	if err != nil {
		return err
	}
	return s.referral(a, nil, "")
}

func (s *Pages) answerReferralByLink(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	a, err := s.receiver(w, r, f)
	if err != nil {
		return err
	}
	return s.sayReferral(a)
}

// receiver opens a signed link.
func (s *Pages) receiver(w http.ResponseWriter, r *http.Request, f *frame.Frame) (hander, error) {
	guest, err := s.Auth.ByPass(r.Context(), r.PathValue("pass"), practice.PassReferral)
	return hander{w, r, f, guest, practice.GapID(guest.Pass.About)}, err
}

// ReferralTitle is what a gap that was handed over asks of the reader.
func (p homePage) ReferralTitle(r app.Referral) string {
	if r.Mine {
		return p.Say("referral.title.asked")
	}
	return p.Say("referral.stuck")
}

// ReferralLine says who asks until when, or who has not answered since when.
func (p homePage) ReferralLine(r app.Referral) string {
	if r.Mine {
		return p.Say("referral.home.asked", "team", r.Team.Name, "day", p.Day(r.Last().Until))
	}
	return p.StandsOutside(r.State, r.Last(), r.Names[r.Last().To])
}
