// Package vitality is the page on which a team sees whether its practice learns or goes
// through the motions: pictures, each with its sentence, its doubt and its table. It
// asks app, knows actors and no seats, and imports no other pages.
package vitality

import (
	"bytes"
	"embed"
	"encoding/csv"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"debrief/internal/app"
	"debrief/internal/measure"
	"debrief/internal/plot"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// Templates are the pages of this package: page/*.html.
//
//go:embed page
var Templates embed.FS

// Pages answers for what is measured.
type Pages struct{ *frame.Kit }

// Routes is every address of these pages.
func (s *Pages) Routes() []frame.Route {
	return append(s.pauseRoutes(), []frame.Route{
		{Pattern: "GET /vitality", Handler: s.Member(s.show)},
		{Pattern: "GET /vitality/{file}", Handler: s.Member(s.save)},
		{Pattern: "GET /ground", Handler: s.Member(s.showGround)},
		{Pattern: "GET /ground/{file}", Handler: s.Member(s.saveGround)},
	}...)
}

// vitalityPage is what is measured of the team the reader is with.
type vitalityPage struct {
	*frame.Frame
	Waits   *frame.Empty // too few people
	Young   bool         // fewer reviews than it takes to speak
	Hollow  plate
	Alarm   string
	Anew    *frame.Card // the same keeps coming back
	Plates  []plate
	New     plate              // how newcomers fare
	Held    []plate            // whether what was changed holds
	Checks  plate              // which changes add a check on people
	Others  plate              // those without a picture
	Said    table              // them, in words
	Scales  plate              // acting and looking back, side by side
	Weighs  table              // them, in words
	Stopped []practice.Failure // in no measure, and said so
	Drills  []practice.Failure // marked as practice, and in none either
	Version int                // of the definitions
	Misuse  []string           // of each half year that is over, whether guardians were told of misuse
}

// plate is a picture with its sentence, its doubt and its table.
type plate struct {
	Name, Title, Read, Count, Fools string
	More                            frame.Link    // to where it is asked, if anywhere
	Made                            string        // what leads to its table
	Picture                         *plot.Picture // nil where there is nothing to draw
	Table                           table
	Cases                           table // each case that it was counted from, where these may be seen
	Cautions                        table // how each of its measures can fool you
	Sums                            table // of what has no cases, each quarter that is shown
}

// Groups are its cases and its sums, those of each measure by themselves and under its name.
func (p plate) Groups() []group { return append(p.Cases.groups(), p.Sums.groups()...) }

func (t table) groups() (all []group) {
	if !t.Named && len(t.Rows) > 0 {
		return []group{{"", t}}
	}
	for _, row := range t.Rows {
		i := slices.IndexFunc(all, func(g group) bool { return g.Title == row[0] })
		if i < 0 {
			i, all = len(all), append(all, group{row[0], table{Head: t.Head[1:]}})
		}
		all[i].Table.Rows = append(all[i].Table.Rows, row[1:])
	}
	return all
}

// group is some cases with what they are of.
type group struct {
	Title string
	Table table
}

// csv is its table as a file, and its cases and its sums, each after an empty line.
func (p plate) csv() []byte {
	file := p.Table.csv()
	for _, more := range []table{p.Cases, p.Sums} {
		if len(more.Rows) > 0 {
			file = append(append(file, '\n'), more.csv()...)
		}
	}
	return file
}

// SVG is the picture on the page.
func (p plate) SVG() template.HTML { return p.Picture.SVG() }

// table is what a picture was drawn from.
type table struct {
	Head []string
	Rows [][]string

	Named bool // the first column says of what measure a row is
}

// csv is the table as a file. Writing to memory does not fail.
func (t table) csv() []byte {
	var b bytes.Buffer
	_ = csv.NewWriter(&b).WriteAll(append([][]string{t.Head}, t.Rows...))
	return b.Bytes()
}

// Out is a failure that is in no measure: its number, and the way to it where all of the
// team read it.
func (p vitalityPage) Out(f practice.Failure) frame.Link {
	l := frame.Link{Text: p.Say("frame.number", "n", f.Number)}
	if !f.Restricted() {
		l.To = practice.FailurePath(f.Number)
	}
	return l
}

func (s *Pages) show(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	v, err := s.App.Vitality(r.Context(), actor, f.Place.Team.ID)
	if err != nil {
		return err
	}
	f.Title = f.Say("vitality.title")
	page := pageOf(f, v)
	if page.Anew, err = s.anew(r, f, actor); err != nil {
		return err
	}
	return s.Show(w, http.StatusOK, "vitality", page)
}

// pageOf says days as people do.
func pageOf(f *frame.Frame, v app.Vitality) vitalityPage {
	return draughts{Frame: f, days: v.Trail.Team.CycleDays, at: v.Trail.At}.page(v)
}

// fileOf has days in the order of the calendar, for whoever counts on.
func fileOf(f *frame.Frame, v app.Vitality) vitalityPage {
	return draughts{Frame: f, days: v.Trail.Team.CycleDays, at: v.Trail.At, file: true}.page(v)
}

func (d draughts) page(v app.Vitality) vitalityPage {
	f := d.Frame
	page := vitalityPage{Frame: f, Version: measure.Version}
	if v.Readings == nil {
		page.Waits = &frame.Empty{Title: f.Say("vitality.people.title"), Why: f.Say("vitality.people", "n", measure.LeastPeople, "people", v.Trail.People),
			Ways: []frame.Way{{Text: f.Say("vitality.safe.title"), To: practice.PulsePath}}}
		return page
	}
	page.Young = !f.Place.Measured
	byName := map[measure.Name]measure.Reading{}
	for _, r := range v.Readings {
		byName[r.Name] = r
	}
	page.Hollow = d.gaps(d.hollow(byName[measure.Hollow]), byName[measure.Change])
	if h := byName[measure.Hollow]; h.Sign == measure.Decaying {
		page.Alarm = f.Say("vitality.alarm", "k", h.Share.K, "n", h.Share.N)
	}
	page.Plates = []plate{d.early(byName[measure.Early]), d.back(byName[measure.Back]), d.places(byName[measure.Back]),
		d.inTime(byName[measure.InTime]), d.cited(byName[measure.Cited]), d.blame(byName[measure.Blame]), d.came(byName[measure.Came]),
		d.safe(byName[measure.Safe], byName[measure.NotNow].Share)}
	page.New = d.newcomers(byName[measure.Alone])
	page.Checks = d.checks(byName[measure.Tighter])
	page.Held = []plate{d.bare(byName[measure.Bare]), d.proof(byName[measure.Proof]), d.used(byName[measure.Used]), d.undone(byName[measure.Undone]), d.scant(byName[measure.Scant])}
	page.Others, page.Said = d.others(v.Readings)
	page.Scales, page.Weighs = d.balance(byName[measure.Unmet], byName[measure.Long], byName[measure.Spent])
	page.Stopped, page.Drills = v.Stopped, v.Drills
	for _, h := range v.Misuse {
		said := f.Say("vitality.misuse.none")
		if h.Some {
			said = f.Say("vitality.misuse.some")
		}
		page.Misuse = append(page.Misuse, f.Say("vitality.misuse.half", "n", (int(h.Start.Month())+5)/6, "year", strconv.Itoa(h.Start.Year()), "said", said))
	}
	return page
}

// save answers with one picture as SVG, or with its table as CSV.
func (s *Pages) save(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	v, err := s.App.Vitality(r.Context(), actor, f.Place.Team.ID)
	if err != nil {
		return err
	}
	name, _, _ := strings.Cut(r.PathValue("file"), ".")
	page := fileOf(f, v)
	all := append([]plate{page.Hollow, page.Others, page.Scales, page.New, page.Checks}, append(page.Held, page.Plates...)...)
	i := slices.IndexFunc(all, func(p plate) bool { return p.Name == name })
	if i < 0 || page.Waits != nil {
		return practice.ErrNotFound
	}
	return send(w, r.PathValue("file"), all[i])
}

// send answers with a picture or its table, as the ending of a file says.
func send(w http.ResponseWriter, file string, p plate) error {
	_, kind, _ := strings.Cut(file, ".")
	if kind != "csv" && (kind != "svg" || p.Picture == nil) {
		return practice.ErrNotFound
	}
	body, of := p.csv(), "text/csv; charset=utf-8"
	if kind == "svg" {
		body, of = p.Picture.File(), "image/svg+xml"
	}
	h := w.Header()
	h.Set("Content-Type", of)
	h.Set("Content-Disposition", `attachment; filename="`+p.Name+`.`+kind+`"`)
	h.Set("Cache-Control", "private, no-cache")
	_, err := w.Write(body)
	return err
}
