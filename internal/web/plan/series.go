package plan

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// likeAny is a select of the plan that is done again; nil where there is none to choose.
func likeAny(f *frame.Frame, form *frame.Form, all []practice.Plan, is func(practice.Plan) bool) *frame.Pick {
	c := frame.Pick{Name: "like", Label: f.Say("series.like"), Nobody: f.Say("series.like.none"), Wrong: form.At("like")}
	for _, p := range all {
		c.Options = append(c.Options, frame.Option{Value: strconv.Itoa(p.Number), Text: p.Intent.Title + " · " + stands(f, p), On: is(p)})
	}
	if len(c.Options) == 0 {
		return nil
	}
	return &c
}

// Likes is which earlier plan of the team is done again.
func (p plansPage) Likes() *frame.Pick {
	mine := func(one practice.Plan) bool { return one.Team == p.Place.Team.ID || one.Number == p.Like }
	all := slices.DeleteFunc(slices.Clone(p.All), func(one practice.Plan) bool { return !mine(one) })
	return likeAny(p.Frame, p.Form, all, func(one practice.Plan) bool { return one.Number == p.Like })
}

// Again is what the plan that is done again was called.
func (p plansPage) Again() string {
	i := slices.IndexFunc(p.All, func(one practice.Plan) bool { return one.Number == p.Like })
	if i < 0 {
		return ""
	}
	return p.All[i].Intent.Title
}

// ofTeam are the plans of the team of one.
func (s *Pages) ofTeam(r *http.Request, actor practice.Actor, p practice.Plan) ([]practice.Plan, error) {
	all, err := s.App.Plans(r.Context(), actor)
	return slices.DeleteFunc(all, func(one practice.Plan) bool { return one.Team != p.Team }), err
}

// InSeries is how many plans do the same again, this one included.
func (p planPage) InSeries() (n int) {
	for _, one := range p.Team {
		if one.InSeries() == p.P.InSeries() {
			n++
		}
	}
	return n
}

// Likes is which other plan is done again, the newest of its series chosen.
func (p planPage) Likes() *frame.Pick {
	all := slices.DeleteFunc(slices.Clone(p.Team), func(one practice.Plan) bool { return one.ID == p.P.ID })
	now := slices.IndexFunc(all, func(one practice.Plan) bool { return one.InSeries() == p.P.InSeries() })
	chosen := ""
	if now >= 0 {
		chosen = strconv.Itoa(all[now].Number)
	}
	if p.Form.Typed("do") == "like" {
		chosen = p.Form.Typed("like")
	}
	return likeAny(p.Frame, p.Form, all, func(one practice.Plan) bool { return strconv.Itoa(one.Number) == chosen })
}

// seriesPage is plans that do the same again, side by side, question by question.
type seriesPage struct {
	*frame.Frame
	S     app.Series
	Works []workCell
}

// workCell is one plan in its column.
type workCell struct {
	Title, To, Aim string
	Stands         string // how far it has come
	Draft          bool
	Went           []wentCell
}

// wentCell is what went differently once, as far as the reader may read it.
type wentCell struct {
	Name, Title, To string
	Meant           practice.AgreedText // where it says more than what was frozen
	Happened        string
	Closed          bool // there is a record to read
	Whole           bool // and all of it
	NoGap           string
	Again           bool // people tied it to one in another column
	Gaps            []gapCell
}

// gapCell is one gap with its kind and with what it led to.
type gapCell struct {
	Name, Became string
	Kind         *frame.Kind
	Again        bool // one in another column led to the same
}

func (s *Pages) showSeries(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	n, err := frame.NumberIn(r, "n")
	if err != nil {
		return err
	}
	page := seriesPage{Frame: f}
	if page.S, err = s.App.Series(r.Context(), actor, n); err != nil {
		return err
	}
	page.fill()
	f.Title = f.Say("series.title", "title", page.S.Of.Intent.Title)
	return s.Show(w, http.StatusOK, "series", page)
}

// fill makes a column of each plan.
func (p *seriesPage) fill() {
	for _, one := range p.S.Plans {
		c := workCell{Title: one.Intent.Title, To: practice.PlanPath(one.Number), Aim: one.Intent.Aim, Stands: stands(p.Frame, one.Plan), Draft: !one.Frozen()}
		for _, w := range one.Went {
			c.Went = append(c.Went, p.went(one.Plan, w))
		}
		p.Works = append(p.Works, c)
	}
}

// went says what went differently in a plan.
func (p *seriesPage) went(of practice.Plan, w app.Went) wentCell {
	r := w.Record
	c := wentCell{Name: p.Say("frame.number", "n", w.Failure.Number), Title: w.Failure.Title, To: practice.FailurePath(w.Failure.Number),
		Closed: r.Review.ID != "", Whole: r.Whole, NoGap: r.Review.NothingWhy}
	if c.Closed {
		c.To = practice.RecordPath(w.Failure.Number)
	}
	for _, t := range r.Texts {
		switch {
		case t.Phase == practice.PhaseHappened:
			c.Happened = t.Text
		case t.Recalled || strings.TrimSpace(t.Text) != of.Intent.Aim:
			c.Meant = t
		}
	}
	for _, one := range p.S.Repeats {
		c.Again = c.Again || one.Tied && slices.ContainsFunc(one.Cases, func(o app.RepeatCase) bool { return o.Failure.ID == w.Failure.ID })
	}
	for _, l := range r.Gaps {
		g := gapCell{Name: l.Gap.Name(), Became: p.Became(l, func(t time.Time) string { return p.Day(t) }), Again: p.again(l.Gap.ID)}
		if l.Gap.Verdict != "" {
			kind := p.Kind(frame.VerdictKind(l.Gap.Verdict))
			g.Kind = &kind
		}
		c.Gaps = append(c.Gaps, g)
	}
	return c
}

// again reports whether a gap led to the same as one in another column.
func (p *seriesPage) again(gap practice.GapID) bool {
	return slices.ContainsFunc(p.S.Repeats, func(r app.Repeat) bool {
		return r.Led.Gap.ID != "" && slices.ContainsFunc(r.Cases, func(c app.RepeatCase) bool {
			return slices.ContainsFunc(c.Gaps, func(g practice.Gap) bool { return g.ID == gap })
		})
	})
}

// To is the plan from which it was asked.
func (p seriesPage) To() string { return practice.PlanPath(p.S.Of.Number) }

// Unbroken keeps a date on one line, so that no column is narrower than it.
func (seriesPage) Unbroken(text string) string { return strings.ReplaceAll(text, " ", "\u00a0") }

// Nothing is what stands where no other plan is like it.
func (p seriesPage) Nothing() frame.Empty {
	return frame.Empty{Title: p.Say("series.alone"), Why: p.Say("series.alone.why"), Ways: []frame.Way{{Text: p.Say("series.again"), To: "/plan?like=" + strconv.Itoa(p.S.Of.Number) + "#title", Go: true}}}
}

// repeatLine is one thing that came back, with each time that it did.
type repeatLine struct {
	Title, Why string
	Cases      []frame.Link
}

// Repeats are what came back, what did so in most plans first.
func (p seriesPage) Repeats() (all []repeatLine) {
	for _, r := range p.S.Repeats {
		l := repeatLine{Why: p.why(r)}
		for _, c := range r.Cases {
			said := c.Failure.Title
			if name := names(c.Gaps); name != "" {
				said = name
			}
			l.Title = said
			l.Cases = append(l.Cases, frame.Link{To: practice.FailurePath(c.Failure.Number),
				Text: p.Say("series.case", "failure", p.Say("frame.number", "n", c.Failure.Number), "day", p.Day(c.Failure.RecognisedAt), "text", said)})
		}
		all = append(all, l)
	}
	return all
}

// why says what makes them the same.
func (p seriesPage) why(r app.Repeat) string {
	all := []string{p.Say("series.times", "n", r.Works, "all", len(p.S.Plans))}
	if r.Tied {
		all = append(all, p.Say("series.tied"))
	}
	switch l := r.Led; {
	case l.Step.ID != "":
		all = append(all, p.Say("series.led", "text", p.Say("search.step", "procedure", l.Procedure.Title, "n", l.Step.Number)))
	case l.Safeguard.ID != "":
		all = append(all, p.Say("series.led", "text", l.Safeguard.Text))
	case l.Constraint.ID != "":
		all = append(all, p.Say("series.led.limit", "text", l.Constraint.Text))
	}
	return strings.Join(all, " ")
}

// names are what some gaps are called.
func names(gaps []practice.Gap) string {
	var all []string
	for _, g := range gaps {
		if name := g.Name(); name != "" {
			all = append(all, name)
		}
	}
	return strings.Join(all, " · ")
}
