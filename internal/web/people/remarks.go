package people

import (
	"net/http"

	"debrief/internal/language"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// maxTried is how long a sentence is at most that a list is tried on.
const maxTried = practice.MaxLine

// remarksPage is a team's own list of what is remarked on while somebody writes,
// and a sentence to try it on.
type remarksPage struct {
	inTeam
	Form  *frame.Form
	Team  practice.Team
	Now   map[string]string // what stands in the field, by its name
	Edits bool
	Kept  bool
	Tried bool
	Found []string // remarks on the sentence that was tried
}

func (s *Pages) showRemarks(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	t, err := s.App.Team(r.Context(), actor, practice.TeamID(r.PathValue("team")))
	if err != nil {
		return err
	}
	return s.remarksForm(w, f, remarksPage{inTeam: inTeam{f}, Team: t, Edits: actor.Steward || actor.In(t.ID), Kept: r.URL.Query().Get("kept") != ""})
}

func (s *Pages) remarksForm(w http.ResponseWriter, f *frame.Frame, page remarksPage) error {
	page.Now = ownPhrases(page.Team)
	f.Title = f.Say("team.remarks.title")
	return s.Show(w, page.Form.Status(), "remarks", page)
}

func ownPhrases(t practice.Team) map[string]string { return map[string]string{"phrases": t.Phrases} }

// saveRemarks keeps the list, or tries it on a sentence: neither the sentence nor
// what it came to is kept.
func (s *Pages) saveRemarks(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	id := practice.TeamID(r.PathValue("team"))
	t, err := s.App.Team(r.Context(), actor, id)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"phrases": practice.MaxPhrases, "try": maxTried, "do": 8, "version": 32})
	if err != nil {
		return err
	}
	page := remarksPage{inTeam: inTeam{f}, Form: form, Team: t, Edits: actor.Steward || actor.In(t.ID)}
	switch {
	case form.Marked():
	case form.Typed("do") == "try":
		if own, err := s.Phrases.With(form.Typed("phrases")); err == nil {
			page.Tried, page.Found = true, remarked(f, own, form.Typed("try"))
			break
		}
		fallthrough // saying why it cannot be read
	default:
		_, err := s.App.EditTeam(r.Context(), actor, id, func(was practice.Team) (practice.Team, error) {
			now := ownPhrases(was)
			was.Phrases, was.Groups = form.Typed("phrases"), was.Offered()
			return was, form.Over(now)
		})
		if err == nil {
			frame.Redirect(w, r, "/team/remarks/"+string(id)+"?kept=yes")
			return nil
		}
		if !form.Both() && !form.Mark(err) {
			return err
		}
	}
	return s.remarksForm(w, f, page)
}

// remarked is what a reader remarks on a text.
func remarked(f *frame.Frame, by *language.Reader, text string) []string {
	var found []string
	for _, n := range by.Read(text) {
		found = append(found, f.Nudge(n, text).Remark)
	}
	return found
}

// List is the field of the list.
func (p remarksPage) List() frame.Field {
	return p.Field(p.Form, "phrases", "team.remarks.list", p.Now["phrases"]).Limited(practice.MaxPhrases).Tall(10)
}

// Try is the field of a sentence to try it on.
func (p remarksPage) Try() frame.Field {
	return p.Field(p.Form, "try", "team.remarks.try", "").Limited(maxTried)
}

// example is a line of a list, below the name of its section.
type example struct{ Why, Section, Line string }

// Examples show how a list is written.
func (p remarksPage) Examples() []example {
	return []example{
		{p.Say("team.remarks.how.off"), "left alone", p.Say("team.remarks.off.line")},
		{p.Say("team.remarks.how.on"), "blame if somebody", p.Say("team.remarks.on.line")},
		{p.Say("team.remarks.how.who"), "who", p.Say("team.remarks.who.line")},
	}
}
