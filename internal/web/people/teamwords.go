package people

import (
	"net/http"
	"slices"
	"strings"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/words"
)

// teamWordsPage is the words of a team: what its pack says, and its own.
type teamWordsPage struct {
	inTeam
	Form  *frame.Form
	Team  practice.Team
	Pack  *words.Pack
	Now   map[string]string // what stands in the fields, by their names
	Rows  []wordRow
	Edits bool
	Kept  bool
}

// wordRow is one word: what it is called plainly, and the fields for the team's
// own.
type wordRow struct {
	Plain string
	One   frame.Field
	Many  *frame.Field // nil where the word has one form
}

// concepts are the words a team may choose itself, those that pages say by now:
// what its pack says of each. words:use team.words.of.*
func (s *Pages) concepts(f *frame.Frame, t practice.Team) []words.Concept {
	return slices.DeleteFunc(s.Words.Pack(t.Pack).Replaceable(), func(c words.Concept) bool { return !f.Has("team.words.of." + c.Name) })
}

// ownWords are what stands in the fields for a team's own words, by their names.
func ownWords(t practice.Team, concepts []words.Concept) map[string]string {
	out := map[string]string{}
	for _, c := range concepts {
		one, many, _ := strings.Cut(t.Words[c.Name], "|")
		out[c.Name] = strings.TrimSpace(one)
		if c.Many != "" {
			out[c.Name+".many"] = strings.TrimSpace(many)
		}
	}
	return out
}

func (s *Pages) showTeamWords(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.teamWordsForm(w, r, f, actor, nil)
}

func (s *Pages) teamWordsForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	teams, err := s.App.Teams(r.Context(), actor)
	if err != nil {
		return err
	}
	t, ok := whichTeam(teams, r.PathValue("team"), actor)
	if !ok {
		return practice.ErrNotFound
	}
	page := teamWordsPage{inTeam: inTeam{f}, Form: form, Team: t, Pack: s.Words.Pack(t.Pack), Edits: actor.Steward || actor.In(t.ID),
		Kept: r.URL.Query().Get("kept") != ""}
	concepts := s.concepts(f, t)
	page.Now = ownWords(t, concepts)
	for _, c := range concepts {
		row := wordRow{Plain: f.Say("team.words.of." + c.Name), One: wordField(f, form, c.Name, "team.words.one", page.Now)}
		row.One.Hint = f.Say("team.words.pack", "word", c.One)
		if c.Many == "" {
			row.One.Label = row.Plain
		} else {
			many := wordField(f, form, c.Name+".many", "team.words.many", page.Now)
			many.Hint = f.Say("team.words.pack", "word", c.Many)
			row.Many = &many
		}
		page.Rows = append(page.Rows, row)
	}
	f.Title = f.Say("team.words.title")
	return s.Show(w, form.Status(), "teamwords", page)
}

func wordField(f *frame.Frame, form *frame.Form, name, key string, now map[string]string) frame.Field {
	return f.Field(form, name, key, now[name]).Limited(practice.MaxWord).Little()
}

func (s *Pages) saveTeamWords(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	t, err := s.App.Team(r.Context(), actor, practice.TeamID(r.PathValue("team")))
	if err != nil {
		return err
	}
	concepts := s.concepts(f, t)
	known := frame.Fields{"version": 32}
	for name := range ownWords(t, concepts) {
		known[name] = practice.MaxWord
	}
	form, err := frame.ReadForm(r, f, known)
	if err != nil {
		return err
	}
	own := readWords(form, concepts)
	if !form.Marked() {
		_, err := s.App.EditTeam(r.Context(), actor, t.ID, func(was practice.Team) (practice.Team, error) {
			now := ownWords(was, concepts)
			was.Words, was.Groups = own, was.Offered()
			return was, form.Over(now)
		})
		if err == nil {
			frame.Redirect(w, r, "/team/words/"+string(t.ID)+"?kept=yes")
			return nil
		}
		if !form.Both() && !form.Mark(err) {
			return err
		}
	}
	return s.teamWordsForm(w, r, f, actor, form)
}

// readWords takes a team's own words from a form. Of a word with two forms both
// are needed.
func readWords(form *frame.Form, concepts []words.Concept) map[string]string {
	own := map[string]string{}
	for _, c := range concepts {
		one, many := form.Typed(c.Name), form.Typed(c.Name+".many")
		switch {
		case strings.ContainsAny(one+many, "|{}[]"):
			form.Mark(practice.Refuse(practice.Invalid, "word.marks").At(c.Name))
		case c.Many != "" && (one == "") != (many == ""):
			missing := c.Name
			if many == "" {
				missing += ".many"
			}
			form.Mark(practice.Refuse(practice.Invalid, "word.both").At(missing))
		case many != "":
			own[c.Name] = one + " | " + many
		case one != "":
			own[c.Name] = one
		}
	}
	return own
}
