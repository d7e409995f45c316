package shelf

import (
	"net/http"
	"slices"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// asker is who came, and by which address.
type asker struct {
	w     http.ResponseWriter
	r     *http.Request
	f     *frame.Frame
	actor practice.Actor
	gap   practice.GapID
}

func (s *Pages) showConsent(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.consent(asker{w, r, f, actor, practice.GapID(r.PathValue("gap"))}, nil, "")
}

func (s *Pages) consent(a asker, form *frame.Form, link string) error {
	round, err := s.App.Consent(a.r.Context(), a.actor, a.gap)
	if err != nil {
		return err
	}
	a.f.Title = a.f.Say("consent.title")
	page := consentPage{Frame: a.f, R: round, Form: form, Here: a.r.URL.Path, Guest: a.actor.Pass.ID != "", For: practice.PartyID(a.r.URL.Query().Get("for")), Link: link}
	if link != "" {
		page.Here = practice.ConsentPath(a.gap)
	}
	page.Scars, page.Stand = a.f.Scars(round.Line.Scars, a.actor), page.standing()
	if round.Takes {
		everybody, err := s.App.Members(a.r.Context(), a.actor)
		if err != nil {
			return err
		}
		page.People = slices.DeleteFunc(everybody, func(m practice.Member) bool { return !m.Active || m.ID == a.actor.Member })
	}
	a.w.Header().Set("Cache-Control", "no-store")
	return s.Show(a.w, form.Status(), "consent", page)
}

var consentFields = frame.Fields{"do": 12, "party": 64, "line": practice.MaxAnswer, "question": practice.MaxAnswer, "re": 64, "reply": practice.MaxAnswer,
	"reaction": practice.MaxAnswer, "harm": practice.MaxAnswer, "how": 12, "why": practice.MaxAnswer, "text": practice.MaxStep, "days": 3, "who": 64,
	"until": 10, "base": 9, "reason": practice.MaxLine, "more": 3}

func (s *Pages) sayInConsent(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.sayIn(asker{w, r, f, actor, practice.GapID(r.PathValue("gap"))})
}

func (s *Pages) sayIn(a asker) error {
	form, err := frame.ReadForm(a.r, a.f, consentFields)
	if err != nil {
		return err
	}
	a.f.Lead("choose", practice.PartyPath(practice.PartyID(form.Typed("party"))))
	a.f.Lead("round", "#integrate")
	if !form.Marked() {
		if err = s.said(a, form); err == nil {
			frame.Redirect(a.w, a.r, a.r.URL.Path)
			return nil
		}
		if !form.Mark(err) {
			return err
		}
	}
	return s.consent(a, form, "")
}

// said hands on what was said. words:use consent.do.*
func (s *Pages) said(a asker, form *frame.Form) error {
	do := practice.SpokenKind(form.Typed("do"))
	said := app.Statement{Kind: do, Party: practice.PartyID(form.Typed("party")), Re: form.Typed("re"), How: practice.Integration(form.Typed("how")),
		Words: form.Typed("text"), Days: frame.Number(form.Typed("days")), Who: practice.MemberID(form.Typed("who")), Base: max(frame.Number(form.Typed("base")), 0)}
	ctx := a.r.Context()
	switch do {
	case practice.SpokeKept:
		err := s.App.KeepTrial(ctx, a.actor, a.gap, frame.Number(form.Typed("more")), form.Typed("reason"))
		return moved(err, map[string]string{"why": "reason", "days": "more"})
	case practice.SpokeBack:
		return moved(s.App.PutBack(ctx, a.actor, a.gap, form.Typed("reason")), map[string]string{"why": "reason"})
	case practice.SpokeLonger:
		until, err := form.Day("until", a.f.Zone)
		if err != nil {
			return err
		}
		said.Until = until.AddDate(0, 0, 1)
	case practice.SpokePresent:
		said.Text = form.Typed("line")
	case practice.SpokeIntegrate:
		said.Text = form.Typed("why")
	default:
		said.Text = form.Typed(string(do))
	}
	return s.App.SayInConsent(ctx, a.actor, a.gap, said)
}

// moved puts a refusal at the field that this page has for it.
func moved(err error, fields map[string]string) error {
	if refusal := frame.Refused(err); refusal != nil && fields[refusal.Field] != "" {
		return refusal.At(fields[refusal.Field])
	}
	return err
}

// linkForVoice makes the signed link by which somebody without an account speaks for a
// group.
func (s *Pages) linkForVoice(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"party": 64})
	if err != nil {
		return err
	}
	gap := practice.GapID(r.PathValue("gap"))
	g, err := s.App.VoicePass(r.Context(), actor, gap, practice.PartyID(form.Typed("party")))
	if err != nil {
		return err
	}
	return s.consent(asker{w, r, f, actor, gap}, nil, s.Origin(r)+g.Path())
}

func (s *Pages) showConsentByLink(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	a, err := s.byLink(w, r, f)
	if err != nil {
		return err
	}
	return s.consent(a, nil, "")
}

func (s *Pages) sayByLink(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	a, err := s.byLink(w, r, f)
	if err != nil {
		return err
	}
	return s.sayIn(a)
}

// byLink opens a signed link.
func (s *Pages) byLink(w http.ResponseWriter, r *http.Request, f *frame.Frame) (asker, error) {
	guest, err := s.Auth.ByPass(r.Context(), r.PathValue("pass"), practice.PassConsent)
	return asker{w, r, f, guest, practice.GapID(guest.Pass.About)}, err
}
