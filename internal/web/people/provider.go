package people

import (
	"net/http"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// providerRoutes is the way to a provider that people sign in at, and back. It is
// left by links: a browser takes no form there.
func (s *Pages) providerRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /in/oidc", Handler: s.Open(s.setOut)},
		{Pattern: "GET /in/oidc/back", Handler: s.Open(s.comeBack)},
		{Pattern: "GET /you/oidc", Handler: s.Member(s.setOutToLink)},
		{Pattern: "POST /you/oidc/end", Handler: s.Member(s.unlink)},
	}
}

// knownCookie has, sealed, who somebody is at the provider, for when they knock.
const knownCookie = "known"

func (s *Pages) setOut(w http.ResponseWriter, r *http.Request, _ *frame.Frame) error {
	to, trip, err := s.Auth.SetOut(r, frame.Next(r))
	if err != nil {
		return err
	}
	http.SetCookie(w, trip)
	frame.Redirect(w, r, to)
	return nil
}

func (s *Pages) setOutToLink(w http.ResponseWriter, r *http.Request, _ *frame.Frame, _ practice.Actor) error {
	to, trip, err := s.Auth.SetOutToLink(r, r.URL.Query().Get("wish"))
	if err != nil {
		return err
	}
	http.SetCookie(w, trip)
	frame.Redirect(w, r, to)
	return nil
}

// comeBack leaves the address at once that the provider sent the browser to: what
// stands in it is in no history and no referrer.
func (s *Pages) comeBack(w http.ResponseWriter, r *http.Request, _ *frame.Frame) error {
	http.SetCookie(w, s.Auth.NoTrip())
	back, err := s.Auth.ComeBack(r)
	switch {
	case err != nil:
		return err
	case back.Nobody:
		if back.Known != "" {
			http.SetCookie(w, s.Auth.AtDoor(knownCookie, back.Known, codeHour))
		}
		frame.Redirect(w, r, "/in?nobody=yes")
		return nil
	case back.Secret != "":
		s.takeOver(w, r, back.Secret)
	}
	frame.Redirect(w, r, back.Next)
	return nil
}

func (s *Pages) unlink(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{})
	if err != nil {
		return err
	}
	_, this, err := s.Auth.ByCookie(r)
	if err != nil {
		return err
	}
	err = s.Auth.Unlink(r.Context(), actor, this)
	switch {
	case form.Mark(err):
		return s.youForm(w, r, f, actor, form)
	case err != nil:
		return err
	}
	frame.Redirect(w, r, "/you?kept=yes")
	return nil
}

// byProvider is the field by which whoever knocks asks to come by the provider
// from then on.
const byProvider = "by-provider"

// ByProvider asks that of somebody who has just come from there.
func (p doorPage) ByProvider() frame.Choices { return p.Provider.ask(p.Frame, nil, true) }

// ByProvider asks that of somebody who came from there a while ago, perhaps on a
// device of many.
func (p joinPage) ByProvider() frame.Choices { return p.Provider.ask(p.Frame, p.Form, false) }

func (p provider) ask(f *frame.Frame, form *frame.Form, on bool) frame.Choices {
	c := f.Choices(form, byProvider, "provider.next", frame.Option{Value: "yes", Text: f.Say("provider.link", "name", p.Name), On: on})
	c.Many, c.Hidden = true, true
	return c
}

// provider is where people may sign in, as pages name it; nil for nowhere.
type provider struct {
	Name   string
	Knocks bool // who is linked with nobody may knock as who they are there
	Linked bool // the reader comes that way
	Wish   string
}

func (s *Pages) provider() *provider {
	at := s.Auth.Provider()
	if at == nil {
		return nil
	}
	return &provider{Name: at.Name, Knocks: at.Knocks}
}

// ownProvider is the provider as somebody who is in sees it.
func (s *Pages) ownProvider(r *http.Request, actor practice.Actor, this practice.DeviceID) (*provider, error) {
	p := s.provider()
	if p == nil {
		return nil, nil
	}
	var err error
	if p.Linked, err = s.Auth.Linked(r.Context(), actor); err != nil {
		return nil, err
	}
	p.Wish, err = s.Auth.Wish(r.Context(), this)
	return p, err
}
