package people

import (
	"errors"
	"net/http"

	"debrief/internal/auth"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// doorRoutes is how people and their devices come in, and go.
func (s *Pages) doorRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /in", Handler: s.Open(s.showDoor)},
		{Pattern: "POST /in", Handler: s.Open(s.signIn)},
		{Pattern: "GET /in/{secret}", Handler: s.Open(s.showLink)},
		{Pattern: "POST /in/{secret}", Handler: s.Open(s.openLink)},
		{Pattern: "POST /out", Handler: s.Open(s.signOut)},
	}
}

// doorPage is the way in of a device: by a link somebody handed over, or with a
// name and a passphrase.
type doorPage struct {
	*frame.Frame
	Form     *frame.Form
	Next     string // where they were going
	Ready    bool   // set-up was done
	Out      bool   // they signed out just now
	Nobody   bool   // they come from the provider, and nobody here is linked with that
	Provider *provider
	Receipt  string // where the words of a receipt are asked for
}

// Knocks reports whether a yes to whoever asks here opens their way by the
// provider too.
func (p doorPage) Knocks() bool { return p.Nobody && p.Provider != nil && p.Provider.Knocks }

func (s *Pages) showDoor(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	if f.You != nil {
		frame.Redirect(w, r, frame.Next(r))
		return nil
	}
	ready, err := s.Auth.IsSetUp(r.Context())
	if err != nil {
		return err
	}
	if !ready && s.Fresh != nil {
		s.Fresh()
	}
	f.Title = f.Say("signin.title")
	asked := r.URL.Query()
	return s.Show(w, http.StatusOK, "door", doorPage{Frame: f, Next: frame.Next(r), Ready: ready, Out: asked.Get("out") != "",
		Nobody: asked.Get("nobody") != "", Provider: s.provider(), Receipt: s.ReceiptAddress()})
}

func (s *Pages) signIn(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"name": practice.MaxName, "passphrase": 1024, "next": 2048})
	if err != nil {
		return err
	}
	if form.Marked() {
		return s.doorAgain(w, r, f, form)
	}
	secret, err := s.Auth.SignIn(r.Context(), auth.SignIn{
		Name: form.Typed("name"), Passphrase: r.PostFormValue("passphrase"), Remote: r.RemoteAddr, Agent: r.UserAgent(),
	})
	switch {
	case form.Mark(frame.SlowAt(w, err, "passphrase")):
		return s.doorAgain(w, r, f, form)
	case err != nil:
		return err
	}
	s.takeOver(w, r, secret)
	frame.Redirect(w, r, frame.Next(r))
	return nil
}

// doorAgain shows the way in once more, without the passphrase.
func (s *Pages) doorAgain(w http.ResponseWriter, r *http.Request, f *frame.Frame, form *frame.Form) error {
	f.Title = f.Say("signin.title")
	form.Forget("passphrase")
	w.Header().Set("Cache-Control", "no-store")
	return s.Show(w, form.Status(), "door", doorPage{Frame: f, Form: form, Next: frame.Next(r), Ready: true, Provider: s.provider(), Receipt: s.ReceiptAddress()})
}

// linkPage stands behind a link that opens once. Looking at it opens nothing.
type linkPage struct {
	*frame.Frame
	Form  *frame.Form
	Name  string
	Reset bool
	Least int // characters of a new passphrase

	Provider *provider // where they may sign in instead; nil for nowhere
}

func (s *Pages) showLink(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	return s.link(w, r, f, nil)
}

func (s *Pages) link(w http.ResponseWriter, r *http.Request, f *frame.Frame, form *frame.Form) error {
	w.Header().Set("Cache-Control", "no-store")
	i, err := s.Auth.Invitation(r.Context(), r.PathValue("secret"))
	if errors.Is(err, practice.ErrNotFound) {
		return errLinkOld
	}
	if err != nil {
		return err
	}
	f.Title = f.Say("signin.title")
	return s.Show(w, form.Status(), "link", linkPage{Frame: f, Form: form, Name: i.Name,
		Reset: i.Use == practice.LinkReset, Least: auth.LeastPassphrase(i.Steward), Provider: s.provider()})
}

// errLinkOld is for a link that was opened, is over or never was.
var errLinkOld = practice.Refuse(practice.Conflict, "link.once")

func (s *Pages) openLink(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"passphrase": 1024})
	if err != nil {
		return err
	}
	cookie, err := s.Auth.OpenLink(r.Context(), r.PathValue("secret"), r.PostFormValue("passphrase"), auth.Arrival{Agent: r.UserAgent()})
	switch {
	case errors.Is(err, practice.ErrNotFound):
		return errLinkOld
	case form.Mark(err):
		form.Forget("passphrase")
		return s.link(w, r, f, form)
	case err != nil:
		return err
	}
	s.takeOver(w, r, cookie)
	frame.Redirect(w, r, "/")
	return nil
}

// takeOver gives the browser its new secret. The device it was before, perhaps
// somebody else's, ends.
func (s *Pages) takeOver(w http.ResponseWriter, r *http.Request, secret string) {
	if actor, device, err := s.Auth.ByCookie(r); err == nil {
		if err := s.Auth.EndDevice(r.Context(), actor, device); err != nil {
			s.Log.Warn("a device that was replaced goes on", "err", err)
		}
	}
	if err := s.Auth.LeaveTablet(r); err != nil {
		s.Log.Warn("a tablet that was replaced goes on", "err", err)
	}
	s.Auth.SetCookie(w, secret)
}

// signOut ends this device and asks the browser to forget what it kept of us.
func (s *Pages) signOut(w http.ResponseWriter, r *http.Request, _ *frame.Frame) error {
	actor, device, err := s.Auth.ByCookie(r)
	if err == nil {
		err = s.Auth.EndDevice(r.Context(), actor, device)
	}
	if err != nil && !errors.Is(err, practice.ErrUnauthenticated) && !errors.Is(err, practice.ErrNotFound) {
		return err
	}
	s.Auth.ClearCookie(w)
	w.Header().Set("Clear-Site-Data", `"cache", "cookies", "storage"`)
	frame.Redirect(w, r, "/in?out=yes")
	return nil
}
