package frame

import (
	"html/template"
	"slices"
	"strings"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/words"
)

// Changed is a text as it was and as it is, in whole words. One of the two may
// be empty.
func (f *Frame) Changed(was, is string) Diff {
	d := Diff{Label: f.Say("other.diff")}
	for _, s := range prose.WordDiff(was, is) {
		if s.Kind != prose.Added {
			d.Was = append(d.Was, Run{Text: s.Text, Changed: s.Kind == prose.Gone})
		}
		if s.Kind != prose.Gone {
			d.Is = append(d.Is, Run{Text: s.Text, Changed: s.Kind == prose.Added})
		}
	}
	return d
}

// Wording is part/wording: what happened to one line, said and shown.
type Wording struct {
	Line string
	Diff *Diff // nil where the words stayed
}

// Wordings says what happened to lines.
//
// words:use procedure.turn.*
func (f *Frame) Wordings(turns []app.LineTurn) []Wording {
	var out []Wording
	for _, t := range turns {
		what := "changed"
		switch {
		case t.New == "" && t.Became != "":
			what = "joined"
		case t.New == "":
			what = "gone"
		case t.Old == "" && t.Origin != "":
			what = "split"
		case t.Old == "":
			what = "new"
		case t.Moved:
			what = "moved"
		}
		w := Wording{Line: f.Say("procedure.turn."+what, "n", t.Number)}
		if t.Old != t.New {
			d := f.Changed(t.Old, t.New)
			w.Diff = &d
		}
		out = append(out, w)
	}
	return out
}

// ScarLine is one failure behind a step, as its page names it. What the reader
// may not read has neither a number nor an address.
type ScarLine struct {
	Number, Title string
	To            string
}

// Scars names the failures behind a step, the latest first and each once. A
// report is read by its team; others are led to its record.
func (f *Frame) Scars(scars []practice.Scar, actor practice.Actor) []ScarLine {
	var out []ScarLine
	seen := map[practice.FailureID]bool{}
	for i := len(scars) - 1; i >= 0; i-- {
		s := scars[i]
		if seen[s.Failure] {
			continue
		}
		seen[s.Failure] = true
		l := ScarLine{Number: f.scar(s), Title: s.Title, To: practice.FailurePath(s.Number)}
		switch {
		case s.Given != "":
			l = f.given(s)
		case s.Number == 0:
			l = ScarLine{Title: words.Capital(f.scar(s))}
		case !actor.In(s.Team):
			l.To += "/record"
		}
		out = append(out, l)
	}
	return out
}

// given says which team a line was taken over from, with the way to its offer.
func (f *Frame) given(s practice.Scar) ScarLine {
	l := ScarLine{Number: f.Say("offer.from", "team", s.Of), Title: s.Title, To: practice.OfferPath(s.Offer)}
	if s.Offer == "" {
		l = ScarLine{Title: l.Number}
	}
	return l
}

// learnedHere are the failures behind a line but those of other teams, from which it was
// taken over: of these nobody here says how long they held.
func learnedHere(scars []practice.Scar) []practice.Scar {
	return slices.DeleteFunc(slices.Clone(scars), func(s practice.Scar) bool { return s.Given != "" })
}

// scar is the number of a failure, or whose it is where the reader may not read
// it.
func (f *Frame) scar(s practice.Scar) string {
	if s.Given != "" {
		return f.Say("offer.from", "team", s.Of)
	}
	if s.Number == 0 {
		return f.Say("frame.theirs", "team", s.Of)
	}
	return f.Say("frame.number", "n", s.Number)
}

// Numbers says the failures behind a line: F-41, F-87 and F-118.
func (f *Frame) Numbers(scars []practice.Scar) string {
	var all []string
	for _, s := range scars {
		if name := f.scar(s); !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return f.List(all)
}

// Since is what may be said of a change today: not reported again for so many
// days, or that it came back; nothing where no failure stands behind it. That it is
// in use, and that it held, it says only where people who do the work said so; what
// came back before that came back while it was not in use yet. It never says that the
// change works.
func (f *Frame) Since(scars []practice.Scar) string {
	if scars = learnedHere(scars); len(scars) == 0 {
		return ""
	}
	last := LatestScar(scars)
	from := last.At
	for _, s := range scars {
		switch {
		case !s.CameBack.After(last.At):
		case s.Back():
			return f.Back(s)
		case s.CameBack.After(from):
			from = s.CameBack
		}
	}
	switch {
	case from.After(last.At) && last.UsedAt.IsZero():
		return f.Back(practice.Scar{CameBack: from})
	case f.SameDay(from):
		return f.Say("since.today", "clock", f.Clock(from))
	}
	switch days := f.Days(from, f.Now); last.Standing {
	case practice.InUse:
		return f.Say("since.used", "days", days)
	case practice.Held:
		return f.Say("since.held", "days", days)
	default:
		return f.Say("since.quiet", "days", days)
	}
}

// Back says that the same came back, and whether the change was in use by then.
func (f *Frame) Back(s practice.Scar) string {
	if s.Early() {
		return f.Say("since.early", "day", f.Day(s.CameBack))
	}
	return f.Say("since.back", "day", f.Day(s.CameBack))
}

// LatestScar is the scar that came last.
func LatestScar(scars []practice.Scar) practice.Scar {
	return slices.MaxFunc(scars, func(a, b practice.Scar) int { return a.At.Compare(b.At) })
}

// SameDay reports whether a moment is of today, where the reader is.
func (f *Frame) SameDay(t time.Time) bool {
	return t.In(f.Zone).Format(time.DateOnly) == f.Now.In(f.Zone).Format(time.DateOnly)
}

// Inline shows the Markdown of a step of a page, its links as the page defines
// them; a single paragraph without its tags, so that it can stand behind a
// number.
func Inline(page prose.Procedure, markdown string) template.HTML {
	h := strings.TrimSpace(string(page.HTML(markdown)))
	inner, opens := strings.CutPrefix(h, "<p>")
	inner, closes := strings.CutSuffix(inner, "</p>")
	if opens && closes && !strings.Contains(inner, "<p>") {
		return template.HTML(inner)
	}
	return template.HTML(h)
}

// PageOf reads the page of a procedure as it was kept. One that cannot be read
// any more has no links.
func PageOf(markdown string) prose.Procedure {
	page, err := prose.ParseProcedure([]byte(markdown))
	if err != nil {
		return prose.Procedure{}
	}
	return page
}

// PlainText is what a line of Markdown says, without its marks.
func (f *Frame) PlainText(markdown string) string { return prose.Plain(markdown) }
