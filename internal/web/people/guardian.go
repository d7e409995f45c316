package people

import (
	"net/http"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// guardianRoutes is who is a guardian, and how one becomes one.
func (s *Pages) guardianRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /team/guardian", Handler: s.Member(s.showGuardians)},
		{Pattern: "POST /team/guardian", Handler: s.Member(s.proposeGuardian)},
		{Pattern: "POST /team/guardian/words", Handler: s.Member(s.takeOnGuarding)},
		{Pattern: "POST /team/guardian/{member}", Handler: s.Member(s.aboutGuardian)},
	}
}

// guardiansPage is those who stand, and those who are put forward with what is missing.
type guardiansPage struct {
	inTeam
	Form         *frame.Form
	Organisation practice.Organisation
	All          []practice.Guardian
	People       []practice.Member // who could be put forward
	Words        string            // of the guardian who reads this, this once
	Times        practice.GuardianTimes
	steward      bool
}

func (s *Pages) showGuardians(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.guardiansForm(w, r, actor, guardiansPage{inTeam: inTeam{f}})
}

func (s *Pages) guardiansForm(w http.ResponseWriter, r *http.Request, actor practice.Actor, p guardiansPage) (err error) {
	if p.Organisation, err = s.App.Organisation(r.Context(), actor); err != nil {
		return err
	}
	if p.All, err = s.App.Guardians(r.Context(), actor); err != nil {
		return err
	}
	if p.Times, err = s.App.GuardianTimes(r.Context(), actor); err != nil {
		return err
	}
	people, err := s.App.Members(r.Context(), actor)
	if err != nil {
		return err
	}
	p.People = slices.DeleteFunc(slices.Clone(people), func(m practice.Member) bool {
		return practice.MayBeGuardian(m) != nil || slices.ContainsFunc(p.All, func(g practice.Guardian) bool { return g.Member == m.ID })
	})
	p.steward, p.Title = actor.Steward, p.Say("guardians.title")
	return s.Show(w, p.Form.Status(), "guardians", p)
}

func (s *Pages) proposeGuardian(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"member": 64})
	if err != nil {
		return err
	}
	if err := s.App.ProposeGuardian(r.Context(), actor, practice.MemberID(form.Typed("member"))); err != nil {
		if !form.Mark(err) {
			return err
		}
		return s.guardiansForm(w, r, actor, guardiansPage{inTeam: inTeam{f}, Form: form})
	}
	frame.Redirect(w, r, practice.GuardiansPath)
	return nil
}

// takeOnGuarding answers with the words and with no redirect: they stand in this one
// answer and in no address.
func (s *Pages) takeOnGuarding(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	words, key, err := s.Rooms.DrawReceipt(r.Context())
	if err != nil {
		return err
	}
	if err := s.App.TakeOnGuarding(r.Context(), actor, key); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return s.guardiansForm(w, r, actor, guardiansPage{inTeam: inTeam{f}, Words: words})
}

func (s *Pages) aboutGuardian(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"do": 8})
	if err != nil {
		return err
	}
	id := practice.MemberID(r.PathValue("member"))
	switch form.Typed("do") {
	case "agree":
		err = s.App.AgreeGuardian(r.Context(), actor, id)
	case "end":
		_, err = s.App.EndGuardian(r.Context(), actor, id)
	case "keep":
		err = s.App.KeepGuardian(r.Context(), actor, id)
	default:
		err = practice.Refuse(practice.Invalid, "required").At("do")
	}
	if err != nil {
		return err
	}
	frame.Redirect(w, r, practice.GuardiansPath)
	return nil
}

// waited is how long messages waited for one thing, line by line.
type waited struct {
	Title string
	Lines []string
}

// Waits says how long messages waited to be read, and for a first answer.
func (p guardiansPage) Waits() []waited {
	return []waited{{p.Say("guardians.time.read"), p.waits(p.Times.Read)}, {p.Say("guardians.time.answer"), p.waits(p.Times.Answer)}}
}

// waits are the lines of one of them. words:use guardians.portion.*
func (p guardiansPage) waits(t practice.AnswerTimes) []string {
	part := func(x practice.Portion) string { return p.Say("guardians.portion." + string(x)) }
	return []string{p.Say("guardians.time.week", "part", part(t.Week)), p.Say("guardians.time.month", "part", part(t.Month)),
		p.Say("guardians.time.later", "part", part(t.Later))}
}

// Proposes reports whether the reader may put somebody forward.
func (p guardiansPage) Proposes() bool { return p.steward && len(p.People) > 0 }

// guardianLine is one of them, with what the reader may do about it.
type guardianLine struct {
	practice.Guardian
	Line  string
	Mine  bool   // the reader is it
	Agree bool   // the reader may agree
	End   string // what the button to end it says; empty: there is none
	Keep  bool   // the reader wanted it to end
}

// Lines are all of them.
func (p guardiansPage) Lines() (all []guardianLine) {
	me := practice.Member{ID: p.You.ID, Steward: p.steward}
	for _, g := range p.All {
		l := guardianLine{Guardian: g, Mine: g.Member == me.ID, Keep: g.EndBy == me.ID && g.Member != me.ID}
		_, err := g.Agree(me)
		l.Agree = !g.Agreed && err == nil
		switch {
		case g.Stands() && g.EndBy != "":
			l.Line = p.Say("guardians.ending")
		case g.Stands():
			l.Line = p.Say("guardians.stands")
		case g.Agreed:
			l.Line = p.Say("guardians.waits.yes", "name", g.Name)
		case g.Lookup != "":
			l.Line = p.Say("guardians.waits.agree")
		default:
			l.Line = p.Say("guardians.waits.both", "name", g.Name)
		}
		ends, err := g.MayEnd(me)
		switch {
		case err != nil || l.Keep:
		case l.Mine:
			l.End = p.Say("guardians.give.back")
		case ends:
			l.End = p.Say("guardians.end")
		default:
			l.End = p.Say("guardians.end.ask")
		}
		all = append(all, l)
	}
	return all
}
