package people

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"debrief/internal/auth"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

func (s *Pages) youRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /you", Handler: s.Member(s.showYou)},
		{Pattern: "GET /you/devices/{device}", Handler: s.Member(s.showDevice)},
		{Pattern: "POST /you/devices/{device}", Handler: s.Member(s.nameDevice)},
		{Pattern: "POST /you/passphrase", Handler: s.Member(s.changePassphrase)},
		{Pattern: "POST /you/tokens", Handler: s.Member(s.makeToken)},
		{Pattern: "POST /you/tokens/{token}/end", Handler: s.Member(s.endToken)},
	}
}

// youPage is one's own: name, devices, passphrase, tokens.
type youPage struct {
	*frame.Frame
	Form       *frame.Form
	Person     person
	Teams      []practice.Team
	Devices    []ownDevice
	Tokens     []practice.Token
	Passphrase bool // they have one
	Last       bool // they are the only steward
	Least      int  // characters of a new one
	Kept       bool
	Provider   *provider // where they may sign in too; nil for nowhere
}

// ownDevice is one line of the list.
type ownDevice struct {
	practice.Device
	This bool
}

func (s *Pages) showYou(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.youForm(w, r, f, actor, nil)
}

func (s *Pages) youForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	m, err := s.App.Member(r.Context(), actor, actor.Member)
	if err != nil {
		return err
	}
	page := youPage{Frame: f, Form: form, Person: person{Member: m, Initial: f.Initials(m.Name), You: true},
		Least: auth.LeastPassphrase(actor.Steward), Kept: r.URL.Query().Get("kept") != ""}
	teams, err := s.App.Teams(r.Context(), actor)
	if err != nil {
		return err
	}
	page.Teams = slices.DeleteFunc(teams, func(t practice.Team) bool { return !actor.In(t.ID) })
	devices, err := s.Auth.Devices(r.Context(), actor, actor.Member)
	if err != nil {
		return err
	}
	_, this, err := s.Auth.ByCookie(r)
	if err != nil {
		return err
	}
	for _, d := range devices {
		page.Devices = append(page.Devices, ownDevice{d, d.ID == this})
	}
	if page.Provider, err = s.ownProvider(r, actor, this); err != nil {
		return err
	}
	if page.Tokens, err = s.Auth.Tokens(r.Context(), actor, actor.Member); err != nil {
		return err
	}
	if page.Passphrase, err = s.Auth.HasPassphrase(r.Context(), actor); err != nil {
		return err
	}
	members, err := s.App.Members(r.Context(), actor)
	if err != nil {
		return err
	}
	another := func(o practice.Member) bool { return o.Steward && o.Active && o.ID != actor.Member }
	page.Last = actor.Steward && !slices.ContainsFunc(members, another)
	f.Title = f.Say("you.title")
	return s.Show(w, form.Status(), "you", page)
}

func (s *Pages) changePassphrase(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"before": 1024, "passphrase": 1024})
	if err != nil {
		return err
	}
	_, this, err := s.Auth.ByCookie(r)
	if err != nil {
		return err
	}
	err = s.Auth.ChangePassphrase(r.Context(), actor, this, r.PostFormValue("before"), r.PostFormValue("passphrase"))
	if err == nil {
		if proof := s.Auth.ProofOf(r); proof != nil {
			http.SetCookie(w, proof)
		}
		frame.Redirect(w, r, "/you?kept=yes")
		return nil
	}
	if !form.Mark(frame.SlowAt(w, err, "before")) {
		return err
	}
	form.Forget("before")
	form.Forget("passphrase")
	return s.youForm(w, r, f, actor, form)
}

func (s *Pages) makeToken(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"purpose": practice.MaxName, "scope": 10, "days": 4})
	if err != nil {
		return err
	}
	n := practice.NewToken{Name: form.Typed("purpose"), Days: practice.TokenDays}
	for _, scope := range form.All("scope") {
		n.Scopes = append(n.Scopes, practice.Scope(scope))
	}
	if days := form.Typed("days"); days != "" {
		n.Days, err = strconv.Atoi(days)
		if err != nil || n.Days < 1 {
			n.Days = -1
		}
	}
	t, secret, err := s.Auth.MakeToken(r.Context(), actor, actor.Member, n)
	switch {
	case form.Mark(renamed(err, "name", "purpose")):
		return s.youForm(w, r, f, actor, form)
	case err != nil:
		return err
	}
	return s.shownOnce(w, shownOncePage{Frame: f, Secret: secret, Back: "/you",
		Heading: f.Say("people.token.made", "name", t.Name), Lede: f.Say("you.tokens.once"),
		Until: f.Say("people.until", "day", t.EndsAt)})
}

func (s *Pages) endToken(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	if err := s.Auth.EndToken(r.Context(), actor, practice.TokenID(r.PathValue("token"))); err != nil {
		return err
	}
	frame.Redirect(w, r, "/you")
	return nil
}

// renamed points a refusal at the field's name on a page with several forms.
func renamed(err error, from, to string) error {
	var refusal *practice.Error
	if errors.As(err, &refusal) && refusal.Field == from {
		return refusal.At(to)
	}
	return err
}

// TokenLine says until when a token lasts and when it was last used.
func (p youPage) TokenLine(t practice.Token) string {
	switch {
	case !p.Now.Before(t.EndsAt):
		return p.Say("people.token.over", "until", t.EndsAt)
	case t.SeenAt.IsZero():
		return p.Say("people.token.unused", "until", t.EndsAt)
	}
	return p.Say("people.token.line", "until", t.EndsAt, "seen", t.SeenAt)
}

// ScopeWord says a scope in one word.
func (p youPage) ScopeWord(s practice.Scope) string { return p.Say("people.scope." + string(s)) }

// ScopeChoices are what a token may do; reading is preselected.
func (p youPage) ScopeChoices(form *frame.Form) frame.Choices {
	var options []frame.Option
	for _, s := range []practice.Scope{practice.ScopeRead, practice.ScopeReport, practice.ScopeWrite} {
		options = append(options, frame.Option{Value: string(s), Text: p.Say("you.tokens.scope." + string(s)), On: s == practice.ScopeRead})
	}
	c := p.Choices(form, "scope", "you.tokens.scopes", options...)
	c.Many = true
	return c
}

// TokenOpen and PassphraseOpen keep the fold open whose form is to be mended.
func (p youPage) TokenOpen() bool {
	return p.Form.At("purpose")+p.Form.At("scope")+p.Form.At("days") != ""
}

// PassphraseOpen is explained above.
func (p youPage) PassphraseOpen() bool { return p.Form.At("before")+p.Form.At("passphrase") != "" }
