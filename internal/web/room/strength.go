package room

import (
	"strings"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// strong asks what a change does about what went wrong. What waits for people to take care
// gets a question at once; nothing is barred.
type strong struct {
	ID, Label, Easier, Wrong string
	Options                  []frame.Option
}

// Strong asks it in one of the forms. A step is a line of a list, so that is chosen; of what
// is changed elsewhere nothing is known.
//
// words:use strength.of.*
func (p changePage) Strong(way string) strong {
	form := p.FormOf(way)
	s := strong{ID: way + "-strength", Label: p.Say("strength.ask"), Easier: p.Say("strength.easier"), Wrong: form.At("strength")}
	chosen := practice.Reminds
	if way == "elsewhere" {
		chosen = ""
	}
	if form != nil {
		chosen = practice.Strength(form.Typed("strength"))
	}
	for _, one := range practice.Strengths() {
		s.Options = append(s.Options, frame.Option{Value: string(one), Text: p.Say("strength.of." + string(one)), On: one == chosen, Opens: one == practice.Exhorts})
	}
	return s
}

// Asks are questions about what is being written, or was put in place just now.
func (p changePage) Asks() (all []string) {
	text := p.Form.Typed("text")
	if r := p.E.Gap.Route; r.Changes() {
		text = p.E.Done.Step.Text + p.E.Done.Safeguard.Text
		if r.Strength == practice.Exhorts {
			all = append(all, p.Say("strength.easier"))
		}
	}
	words := func(key string) []string { return strings.Fields(p.Say(key)) }
	showing := practice.Showing{Adds: words("strength.shows.adds"), Things: words("strength.shows.things"), Acts: words("strength.shows.acts")} // words:use strength.shows.*
	if showing.Only(text) {
		all = append(all, p.Say("strength.shows"))
	}
	return all
}

// Longer asks which line goes, where one is added to a long list.
func (l rewrite) Longer() string {
	if n := len(l.Page.Manual().Steps); l.Act == practice.ActAdd && n >= practice.LongList {
		return l.Page.Say("strength.longer", "n", n)
	}
	return ""
}
