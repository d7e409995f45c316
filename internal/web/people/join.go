package people

import (
	"errors"
	"net/http"
	"time"

	"debrief/internal/auth"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// joinRoutes is where people ask to come in who hold the code of a team. The
// code goes from the link into a cookie, and the link is left at once: it stands
// in no history, no referrer and no log.
func (s *Pages) joinRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /join", Handler: s.Open(s.showJoin)},
		{Pattern: "POST /join", Handler: s.Open(s.knock)},
		{Pattern: "POST /join/back", Handler: s.Open(s.takeKnockBack)},
		{Pattern: "GET /join/{code}", Handler: s.Open(s.takeCode)},
	}
}

// What the cookies at the door are called, and how long a code stays in one.
const (
	codeCookie = "code"
	wayCookie  = "knock"
	codeHour   = time.Hour
	lookEvery  = "5" // seconds between two looks of a device that waits
)

// joinPage asks for a name and a code, or shows that somebody waits.
type joinPage struct {
	*frame.Frame
	Form  *frame.Form
	Code  string // as it was scanned
	Team  string // whose code it is, where that is known
	Knock practice.Knock
	Gone  bool // what was asked took too long

	Provider *provider // where they come from, as somebody nobody here is linked with
}

// Waits, Refused and Second say which of the pages it is.
func (p joinPage) Waits() bool { return p.Knock.State == practice.KnockWaiting }

// Refused reports whether somebody said no.
func (p joinPage) Refused() bool { return p.Knock.State == practice.KnockRefused }

// Second reports whether somebody who is in asks for one more team.
func (p joinPage) Second() bool { return p.You != nil }

func (s *Pages) takeCode(w http.ResponseWriter, r *http.Request, _ *frame.Frame) error {
	code := r.PathValue("code")
	if len(code) > 100 {
		return practice.ErrNotFound
	}
	http.SetCookie(w, s.Auth.AtDoor(codeCookie, code, codeHour))
	frame.Redirect(w, r, "/join")
	return nil
}

// atDoor reads one of the cookies at the door.
func atDoor(r *http.Request, name string) string {
	c, err := r.Cookie("debrief-" + name)
	if err != nil {
		return ""
	}
	return c.Value
}

// showJoin shows where the asking of this device stands. Once somebody said yes,
// looking lets it in.
func (s *Pages) showJoin(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	secret := atDoor(r, wayCookie)
	if f.You != nil || secret == "" {
		return s.join(w, r, f, nil)
	}
	k, t, err := s.Auth.Knocked(r.Context(), secret)
	switch {
	case errors.Is(err, practice.ErrNotFound):
		http.SetCookie(w, s.Auth.AtDoor(wayCookie, "", 0))
		return s.joinWith(w, r, f, joinPage{Frame: f, Gone: true})
	case err != nil:
		return err
	case k.State == practice.KnockLetIn && r.Method == http.MethodGet:
		return s.comeIn(w, r, secret)
	case k.State == practice.KnockWaiting:
		w.Header().Set("Refresh", lookEvery)
	}
	return s.joinWith(w, r, f, joinPage{Frame: f, Knock: k, Team: t.Name})
}

func (s *Pages) comeIn(w http.ResponseWriter, r *http.Request, secret string) error {
	cookie, err := s.Auth.ComeIn(r.Context(), secret, auth.Arrival{Agent: r.UserAgent()})
	if err != nil {
		return err
	}
	http.SetCookie(w, s.Auth.AtDoor(wayCookie, "", 0))
	http.SetCookie(w, s.Auth.AtDoor(codeCookie, "", 0))
	s.takeOver(w, r, cookie)
	frame.Redirect(w, r, "/")
	return nil
}

// join shows the form, with the team whose code was scanned.
func (s *Pages) join(w http.ResponseWriter, r *http.Request, f *frame.Frame, form *frame.Form) error {
	page := joinPage{Frame: f, Form: form, Code: atDoor(r, codeCookie)}
	if page.Code != "" && form.At("code") == "" {
		t, err := s.Auth.CodeOf(r.Context(), page.Code, r.RemoteAddr)
		if err != nil {
			http.SetCookie(w, s.Auth.AtDoor(codeCookie, "", 0))
			return err
		}
		page.Team = t.Name
	}
	if atDoor(r, knownCookie) != "" && f.You == nil {
		page.Provider = s.provider()
	}
	return s.joinWith(w, r, f, page)
}

func (s *Pages) joinWith(w http.ResponseWriter, _ *http.Request, f *frame.Frame, page joinPage) error {
	f.Title = f.Say("signin.title")
	w.Header().Set("Cache-Control", "no-store")
	return s.Show(w, page.Form.Status(), "join", page)
}

func (s *Pages) knock(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"name": practice.MaxName, "code": 100, byProvider: 3})
	if err != nil {
		return err
	}
	if form.Marked() {
		return s.join(w, r, f, form)
	}
	if f.You != nil {
		return s.knockAs(w, r, f, form)
	}
	asking := auth.Asking{Code: form.Typed("code"), Name: form.Typed("name"), Remote: r.RemoteAddr, Agent: r.UserAgent()}
	if form.Has(byProvider, "yes") {
		asking.Known = atDoor(r, knownCookie)
	}
	_, secret, err := s.Auth.Knock(r.Context(), asking)
	switch {
	case form.Mark(frame.SlowAt(w, err, "code")):
		return s.join(w, r, f, form)
	case err != nil:
		return err
	}
	http.SetCookie(w, s.Auth.AtDoor(knownCookie, "", 0))
	http.SetCookie(w, s.Auth.AtDoor(wayCookie, secret, practice.KnockLife))
	frame.Redirect(w, r, "/join")
	return nil
}

// knockAs asks for one more team. Whoever asks is known, and waits nowhere: the
// team is on their pages once somebody of it said yes.
func (s *Pages) knockAs(w http.ResponseWriter, r *http.Request, f *frame.Frame, form *frame.Form) error {
	actor, _, err := s.Actor(r)
	if err != nil {
		return err
	}
	k, err := s.Auth.KnockAs(r.Context(), actor, form.Typed("code"))
	switch {
	case form.Mark(err):
		return s.join(w, r, f, form)
	case err != nil:
		return err
	}
	http.SetCookie(w, s.Auth.AtDoor(codeCookie, "", 0))
	t, err := s.App.Team(r.Context(), actor, k.Team)
	if err != nil {
		return err
	}
	return s.joinWith(w, r, f, joinPage{Frame: f, Knock: k, Team: t.Name})
}

func (s *Pages) takeKnockBack(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	err := s.Auth.TakeKnockBack(r.Context(), atDoor(r, wayCookie))
	if err != nil && !errors.Is(err, practice.ErrNotFound) {
		return err
	}
	http.SetCookie(w, s.Auth.AtDoor(wayCookie, "", 0))
	frame.Redirect(w, r, "/join")
	return nil
}
