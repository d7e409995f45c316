package shelf

import (
	"net/http"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// ownerPage says who looks after a procedure, and who has to sign it off.
type ownerPage struct {
	*frame.Frame
	Form   *frame.Form
	Of     app.Manual
	To     string
	People []practice.Member
}

func (s *Pages) showOwner(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.ownerForm(w, r, f, actor, nil)
}

func (s *Pages) ownerForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	m, err := s.App.Procedure(r.Context(), actor, r.PathValue("slug"))
	if err == nil && !m.Mine {
		err = practice.Refuse(practice.Forbidden, "procedure.others")
	}
	if err != nil {
		return err
	}
	f.Title = f.Say("procedure.owner.title")
	page := ownerPage{Frame: f, Form: form, Of: m, To: practice.ProcedurePath(m.Procedure.Slug)}
	everybody, err := s.App.Members(r.Context(), actor)
	if err != nil {
		return err
	}
	for _, p := range everybody {
		if p.Active {
			page.People = append(page.People, p)
		}
	}
	return s.Show(w, form.Status(), "owner", page)
}

func (s *Pages) saveOwner(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"title": practice.MaxLine, "owner": 40, "signby": 40, "until": 10})
	if err != nil {
		return err
	}
	m, err := s.App.Procedure(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	p := practice.Procedure{ID: m.Procedure.ID, Title: form.Typed("title"), Team: f.Place.Team.ID,
		Owner: practice.MemberID(form.Typed("owner")), SignOff: practice.SignOff{By: practice.MemberID(form.Typed("signby"))}}
	p.SignOff.Until, err = form.DayOrNone("until", f.Zone)
	form.Mark(err)
	if !form.Marked() {
		err := s.App.OwnProcedure(r.Context(), actor, p)
		if err == nil {
			frame.Redirect(w, r, practice.ProcedurePath(m.Procedure.Slug))
			return nil
		}
		if !form.Mark(err) {
			return err
		}
	}
	return s.ownerForm(w, r, f, actor, form)
}

func (s *Pages) signOff(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	m, err := s.App.Procedure(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	if err := s.App.SignProcedure(r.Context(), actor, m.Procedure.ID); err != nil {
		return err
	}
	frame.Redirect(w, r, practice.ProcedurePath(m.Procedure.Slug))
	return nil
}

// retire takes a procedure out of use, or back in.
func (s *Pages) retire(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"back": 1})
	if err != nil {
		return err
	}
	m, err := s.App.Procedure(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	if err := s.App.RetireProcedure(r.Context(), actor, m.Procedure.ID, form.Typed("back") == ""); err != nil {
		return err
	}
	frame.Redirect(w, r, practice.ProcedurePath(m.Procedure.Slug))
	return nil
}

func (p ownerPage) people(name, key string, now practice.MemberID) frame.Pick {
	c := frame.Pick{Name: name, Label: p.Say(key), Nobody: p.Say("procedure.owner.nobody"), Wrong: p.Form.At(name)}
	chosen := string(now)
	if p.Form != nil {
		chosen = p.Form.Typed(name)
	}
	for _, m := range p.People {
		c.Options = append(c.Options, frame.Option{Value: string(m.ID), Text: m.Name, On: chosen == string(m.ID)})
	}
	return c
}

// Keeper chooses who looks after it.
func (p ownerPage) Keeper() frame.Pick {
	return p.people("owner", "procedure.owner.who", p.Of.Procedure.Owner)
}

// Signer chooses who still has to agree.
func (p ownerPage) Signer() frame.Pick {
	return p.people("signby", "procedure.signoff.by", p.Of.Procedure.SignOff.By)
}

// Until is the day by which they have to.
func (p ownerPage) Until() frame.Field {
	day := ""
	if u := p.Of.Procedure.SignOff.Until; !u.IsZero() {
		day = u.In(p.Zone).Format(time.DateOnly)
	}
	return p.Field(p.Form, "until", "procedure.signoff.until", day).Kind("date")
}
