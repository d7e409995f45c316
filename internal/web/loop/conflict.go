package loop

import (
	"net/http"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// conflictRoutes is the list of parked conflicts.
func (s *Pages) conflictRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /conflicts", Handler: s.Member(s.showConflicts)},
		{Pattern: "GET /conflicts/{id}", Handler: s.Member(s.showConflicts)}, // a refused form stays here, and is loaded again,
		{Pattern: "POST /conflicts/{id}", Handler: s.Member(s.actOnConflict)},
	}
}

// conflictsPage is every conflict that the reader's reviews put aside, those that go on
// first.
type conflictsPage struct {
	*frame.Frame
	All  []app.Aside
	Can  []practice.Guardian // to whom it can be handed
	Form *frame.Form
	At   practice.ConflictID // what the form was about
}

// asideCard is one of them.
type asideCard struct {
	conflictsPage
	C app.Aside
}

// Cards are all of them.
func (p conflictsPage) Cards() (all []asideCard) {
	for _, c := range p.All {
		all = append(all, asideCard{p, c})
	}
	return all
}

// FormOf is what was typed into one form of the card; nothing where it was another one.
func (c asideCard) FormOf(do string) *frame.Form {
	if c.At != c.C.ID || c.Form.Typed("do") != do {
		return nil
	}
	return c.Form
}

// Wrong is what is to be mended in it.
func (c asideCard) Wrong() *frame.Form {
	if c.At != c.C.ID {
		return nil
	}
	return c.Form
}

// Stands says in one line where it stands.
func (c asideCard) Stands() string {
	switch a := c.C; {
	case a.Over():
		return c.Say("conflict.ended", "day", a.EndOn)
	case a.Open:
		return c.Say("conflict.nobody")
	case a.Late(c.Now):
		return c.Say("conflict.late", "name", c.Whose(), "day", a.DueOn)
	case a.Yes:
		return c.Say("conflict.owner", "name", c.Whose(), "day", a.DueOn)
	default:
		return c.Say("conflict.asked", "name", c.Whose(), "day", a.DueOn)
	}
}

// Whose names whoever looks after it, or is asked to.
func (c asideCard) Whose() string {
	if c.C.Guards {
		return c.Say("conflict.guards", "name", c.C.Name)
	}
	return c.C.Name
}

// Hands are the guardians to whom the reader can hand it: not the one who looks after it.
func (c asideCard) Hands() (all []frame.Option) {
	if c.C.Over() || !c.C.Open && c.C.Yes && !c.C.Mine {
		return nil
	}
	chosen := c.FormOf("guardian").Typed("to")
	for _, g := range c.Can {
		if g.Member != c.C.Owner {
			all = append(all, frame.Option{Value: string(g.Member), Text: g.Name, On: len(c.Can) == 1 || chosen == string(g.Member)})
		}
	}
	return all
}

// From says of which review it is.
func (c asideCard) From() string { return c.Say("conflict.from", "team", c.C.Team, "day", c.C.Day) }

// Asks reports whether somebody can be asked to look after it.
func (c asideCard) Asks() bool { return !c.C.Over() && !c.C.Yes || c.C.Open }

// Answers reports whether the reader is asked.
func (c asideCard) Answers() bool { return c.C.Mine && !c.C.Yes && !c.C.Over() }

// Ends reports whether the reader looks after it.
func (c asideCard) Ends() bool { return c.C.Mine && c.C.Yes && !c.C.Over() }

// Due is the day by which somebody looks after it, in two weeks at first.
func (c asideCard) Due(do string) frame.Field {
	return c.Field(c.FormOf(do), "due", "conflict.due", c.Now.In(c.Zone).AddDate(0, 0, practice.ConflictDue).Format(time.DateOnly)).Kind("date").Of(do + "-" + string(c.C.ID))
}

// Line is a field of one of its forms.
func (c asideCard) Line(do, name, key string) frame.Field {
	return c.Field(c.FormOf(do), name, key, "").Limited(practice.MaxLine).Of(do + "-" + string(c.C.ID))
}

func (s *Pages) showConflicts(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.conflicts(w, r, f, actor, conflictsPage{})
}

func (s *Pages) conflicts(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, page conflictsPage) error {
	all, err := s.App.Conflicts(r.Context(), actor)
	if err != nil {
		return err
	}
	f.Title = f.Say("conflict.title")
	can, err := s.App.Guardians(r.Context(), actor)
	if err != nil {
		return err
	}
	page.Frame, page.All, page.Can = f, all, practice.Guarding(can)
	w.Header().Set("Cache-Control", "no-store")
	return s.Show(w, page.Form.Status(), "conflicts", page)
}

// actOnConflict asks somebody, or does what its owner does.
func (s *Pages) actOnConflict(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"do": 8, "to": 64, "name": practice.MaxName, "due": 10, "how": practice.MaxLine})
	if err != nil {
		return err
	}
	id := practice.ConflictID(r.PathValue("id"))
	act := app.ConflictAct{Do: form.Typed("do"), Name: form.Typed("name"), To: practice.MemberID(form.Typed("to")), How: form.Typed("how")}
	act.Due, err = form.DayOrNone("due", f.Zone)
	form.Mark(err)
	if !form.Marked() {
		err = s.App.ActOnConflict(r.Context(), actor, id, act)
		if err == nil {
			frame.Redirect(w, r, practice.ConflictPath(id))
			return nil
		}
		if !form.Mark(err) {
			return err
		}
	}
	return s.conflicts(w, r, f, actor, conflictsPage{Form: form, At: id})
}
