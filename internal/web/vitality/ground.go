package vitality

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"debrief/internal/app"
	"debrief/internal/measure"
	"debrief/internal/plot"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// groundPage is where the failures of a team came to be, procedure by procedure.
type groundPage struct {
	*frame.Frame
	Nothing *frame.Empty
	Read    []string // the signs that are drawn, one sentence each
	All     []groundPlate
}

// groundPlate is one procedure with its picture, or with its cases where there are few.
type groundPlate struct {
	plate
	To    string // the procedure; empty where it is none
	Few   bool
	Cases []groundCase
}

// groundCase is one failure in the table.
type groundCase struct {
	To   string   // empty: a day of a change
	Rest []string // its row
}

func (s *Pages) showGround(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	g, err := s.App.Grounds(r.Context(), actor, f.Place.Team.ID)
	if err != nil {
		return err
	}
	f.Title = f.Say("ground.title")
	return s.Show(w, http.StatusOK, "ground", groundPageOf(f, g))
}

func groundPageOf(f *frame.Frame, g app.Grounds) groundPage {
	page := groundPage{Frame: f}
	if len(g.All) == 0 {
		page.Nothing = &frame.Empty{Title: f.Say("ground.empty"), Why: f.Say("ground.empty.why"), Ways: []frame.Way{{Text: f.Say("home.empty.report"), To: "/report"}}}
	}
	d := draughts{Frame: f, at: g.Until, file: true}
	var fresh, again, changed bool
	for _, one := range g.All {
		p := d.ground(one)
		page.All = append(page.All, p)
		if p.Few {
			continue
		}
		changed = changed || len(one.Changed) > 0
		for _, m := range one.Marks {
			fresh, again = fresh || m.Same == 0, again || m.Same > 0
		}
	}
	for _, sign := range []struct {
		name  string
		drawn bool
	}{{"fresh", fresh}, {"again", again}, {"changed", changed}} {
		if sign.drawn {
			page.Read = append(page.Read, f.Say("ground.read."+sign.name)) // words:use ground.read.*
		}
	}
	return page
}

// ground draws one. words:use ground.shape.*
func (d draughts) ground(g measure.Ground) groundPlate {
	p := groundPlate{plate: plate{Name: "elsewhere", Title: d.Say("ground.none"), Made: d.Say("ground.made")}, Few: g.Shape() == measure.ShapeFew}
	if g.Procedure != "" {
		p.Name, p.Title, p.To = "p-"+g.Slug, g.Title, practice.ProcedurePath(g.Slug)
	}
	p.Count = d.Say("ground.shape."+string(g.Shape()), "n", len(g.Marks), "places", g.Places, "again", g.Again)
	if g.After > 0 {
		p.Count += " " + d.Say("ground.after", "n", g.After)
	}
	p.Read = d.Say("ground.unchanged")
	from := begins(g)
	var days []string // as people say them; the files have them in the order of the calendar
	var changed []float64
	share := func(t time.Time) float64 { return t.Sub(from).Hours() / d.at.Sub(from).Hours() }
	for _, at := range g.Changed {
		days, changed = append(days, d.Date(at)), append(changed, share(at))
	}
	switch n := len(days); {
	case n > mostDays:
		p.Read = d.Say("ground.changed.often", "n", n, "day", days[n-1])
	case n > 0:
		p.Read = d.Say("ground.changed", "days", d.List(days))
	}
	p.Table.Head = []string{d.Say("vitality.col.failure"), d.Say("vitality.col.day"), d.Say("ground.col.same"), d.Say("ground.col.after")}
	var marks []plot.Mark
	for _, m := range g.Marks {
		same := d.Say("ground.fresh")
		if m.Again() {
			same = d.number(m.Same)
		}
		row := []string{d.failure(measure.Case{Number: m.Number, Title: m.Title}), d.date(m.At), same, d.yes(m.After)}
		p.Table.Rows = append(p.Table.Rows, row)
		said := slices.Clone(row)
		said[1] = d.Date(m.At)
		one, mark := groundCase{Rest: said}, plot.Mark{At: share(m.At), Again: m.Again(), Last: share(m.Last)}
		if m.Number > 0 {
			one.To, mark.Text = practice.FailurePath(m.Number), d.number(m.Number)
		}
		p.Cases, marks = append(p.Cases, one), append(marks, mark)
	}
	for i, at := range g.Changed {
		force := d.Say("ground.force")
		p.Table.Rows = append(p.Table.Rows, []string{force, d.date(at), "", ""})
		p.Cases = append(p.Cases, groundCase{Rest: []string{force, days[i], "", ""}})
	}
	if !p.Few {
		p.Picture = plot.Ground(p.Title+". "+p.Count+" "+p.Read, marks, changed, d.Date(from), d.Say("vitality.now"))
	}
	return p
}

// mostDays is how many days of changes are said; the table has them all.
const mostDays = 3

// begins is when the picture of a ground does: with the first that is in it.
func begins(g measure.Ground) time.Time {
	at := g.Marks[0].At
	if len(g.Changed) > 0 && g.Changed[0].Before(at) {
		at = g.Changed[0]
	}
	return at.AddDate(0, 0, -1)
}

// saveGround answers with one picture as SVG, or with its table as CSV.
func (s *Pages) saveGround(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	g, err := s.App.Grounds(r.Context(), actor, f.Place.Team.ID)
	if err != nil {
		return err
	}
	page := groundPageOf(f, g)
	name, _, _ := strings.Cut(r.PathValue("file"), ".")
	i := slices.IndexFunc(page.All, func(p groundPlate) bool { return p.Name == name })
	if i < 0 {
		return practice.ErrNotFound
	}
	return send(w, r.PathValue("file"), page.All[i].plate)
}
