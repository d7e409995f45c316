package vitality

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"debrief/internal/measure"
	"debrief/internal/practice"
	"debrief/internal/web/webtest"
)

// asked gives a trail newcomers with their questions, in two quarters that are over; in
// the first of them there are eight, in the second four.
func asked(t *practice.Trail) {
	y, m, _ := t.At.Date()
	for quarter, people := range []int{8, 4} {
		month := time.Date(y, (m-1)/3*3+1-time.Month(6-3*quarter), 1, 0, 0, 0, 0, time.UTC)
		for i := range people {
			t.Runs = append(t.Runs, practice.TrailRun{Month: month, Days: 10 + i})
			t.Said = append(t.Said, practice.TrailSaid{Month: month, What: practice.SaidPeople, N: 1},
				practice.TrailSaid{Month: month, What: "prc", N: 2}, practice.TrailSaid{Month: month, What: practice.SaidNothing, N: 1})
		}
	}
}

// rowsOf are all the lines of a file of a picture.
func rowsOf(p plate) (rows [][]string) {
	for _, t := range []table{p.Table, p.Cases, p.Sums} {
		if len(t.Rows) > 0 {
			rows = append(append(rows, t.Head), t.Rows...)
		}
	}
	return rows
}

// What people tap and what newcomers say has no cases: what is said of it can be counted
// again from whole quarters, of which none has too few.
func TestPage_isRecomputedFromItsQuarters(t *testing.T) {
	f, v := webtest.Frames(t)[0], lively()
	page := fileOf(f, v)
	sum := func(rows [][]string, of string, last bool) (s measure.Share) {
		for _, row := range rows {
			if row[0] != of {
				continue
			}
			if last {
				s = measure.Share{}
			}
			s.K, s.N = s.K+number(t, row[2]), s.N+number(t, row[3])
			if low, high := score(float64(number(t, row[2])), float64(number(t, row[3]))); row[4] != low || row[5] != high {
				t.Errorf("%v should be from %s to %s", row, low, high)
			}
		}
		return s
	}
	for _, row := range page.Others.Table.Rows {
		again, answered := row[0] == f.Say("measure.again"), row[0] == f.Say("measure.answered")
		if !again && !answered {
			continue
		}
		said, rows := measure.Share{K: number(t, row[1]), N: number(t, row[2])}, page.Others.Sums.Rows
		if got := sum(rows, row[0], again); got != said || said.N == 0 {
			t.Errorf("%s: its quarters come to %v, and it says %v", row[0], got, said)
		}
		if rows = dropLast(rows, row[0]); sum(rows, row[0], again) == said {
			t.Errorf("%s: with a quarter less it comes to the same", row[0])
		}
		if answered && said != (measure.Share{K: 16, N: 24}) {
			t.Errorf("the four newcomers of a quarter are in it: %v", said)
		}
	}
	if len(page.Others.Sums.Rows) < 2 {
		t.Errorf("quarters: %v", page.Others.Sums.Rows)
	}
}

// dropLast leaves out the last row of a measure.
func dropLast(rows [][]string, of string) [][]string {
	for i := len(rows) - 1; i >= 0; i-- {
		if rows[i][0] == of {
			return append(append([][]string{}, rows[:i]...), rows[i+1:]...)
		}
	}
	return rows
}

// counting is how a share is counted again from the rows of a file: of those that have one
// word in one column, those that have another in the next.
type counting struct {
	plate  string
	of     measure.Name
	cases  bool // from the cases, and not from the table
	in     int
	is     string
	counts int
	yes    string
}

func (c counting) again(rows [][]string) (s measure.Share) {
	for _, row := range rows {
		if c.in < 0 || row[c.in] == c.is {
			s.N++
			if row[c.counts] == c.yes {
				s.K++
			}
		}
	}
	return s
}

// Each share that has cases comes to what is said from all of its rows, and to something
// else as soon as any one of them is missing.
func TestPage_everyRowIsNeeded(t *testing.T) {
	f, v := webtest.Frames(t)[0], lively()
	page := fileOf(f, v)
	by, plates := map[measure.Name]measure.Reading{}, map[string]plate{}
	for _, r := range v.Readings {
		by[r.Name] = r
	}
	for _, p := range append(append([]plate{page.Hollow, page.Others, page.Scales, page.Checks}, page.Held...), page.Plates...) {
		plates[p.Name] = p
	}
	all := []counting{
		{"hollow", measure.Hollow, false, 2, "yes", 3, "yes"}, {"checks", measure.Tighter, false, -1, "", 2, "yes"},
		{"time", measure.InTime, false, -1, "", 4, "yes"}, {"cited", measure.Cited, false, 2, "yes", 3, "yes"},
		{"early", measure.Early, true, 3, "90 days", 4, "yes"}, {"bare", measure.Bare, false, -1, "", 2, "no"},
		{"proof", measure.Proof, false, -1, "", 4, "yes"}, {"undone", measure.Undone, false, -1, "", 2, "put back"},
		{"scant", measure.Scant, false, -1, "", 2, "too few failures"},
	}
	for plate, names := range map[string][]measure.Name{"hollow": {measure.Change}, "balance": {measure.Unmet, measure.Long},
		"others": {measure.Carried, measure.Shared, measure.Single, measure.NotNow, measure.Led}} {
		for _, name := range names {
			all = append(all, counting{plate, name, true, 0, f.Say("measure."+string(name), "days", 7), 4, "yes"}) // words:use measure.*
		}
	}
	for _, c := range all {
		rows := plates[c.plate].Table.Rows
		if c.cases {
			rows = plates[c.plate].Cases.Rows
		}
		said := by[c.of].Share
		if got := c.again(rows); got != said || said.N == 0 {
			t.Errorf("%s: its rows come to %v, and it says %v", c.of, got, said)
		}
		for i, row := range rows {
			in := c.in < 0 || row[c.in] == c.is
			if less := append(append([][]string{}, rows[:i]...), rows[i+1:]...); in == (c.again(less) == said) {
				t.Errorf("%s: without %v it comes to %v", c.of, row, c.again(less))
			}
		}
	}
}

// The curve can be drawn again from the table: what came back too late for the share is in
// it, and told apart.
func TestPage_redrawsTheCurve(t *testing.T) {
	f, v := webtest.Frames(t)[0], lively()
	own, again := v.Trail.Failures[0], v.Trail.Failures[0]
	own.ID, own.Number, own.At, own.RecognisedAt = "flr_own", 76, v.Trail.At.AddDate(0, 0, -400), v.Trail.At.AddDate(0, 0, -400)
	again.ID, again.Number, again.At, again.RecognisedAt = "flr_late", 77, v.Trail.At.AddDate(0, 0, -2), v.Trail.At.AddDate(0, 0, -2)
	v.Trail.Failures = append(v.Trail.Failures, own, again)
	v.Trail.Changes = append(v.Trail.Changes, practice.TrailChange{What: "stp_own", Failure: own.ID, At: own.At, UsedAt: v.Trail.At.AddDate(0, 0, -340)})
	v.Trail.Ties = append(v.Trail.Ties, practice.Tie{A: again.ID, B: own.ID, Kind: practice.TieSame})
	v.Readings = measure.Readings(v.Trail)
	var r measure.Reading
	for _, one := range v.Readings {
		if one.Name == measure.Back {
			r = one
		}
	}
	var spells []measure.Spell
	later := 0
	for _, row := range fileOf(f, v).Plates[1].Table.Rows {
		if row[1] == "way of failing" && row[2] != "not said yet" {
			spells = append(spells, measure.Spell{Long: time.Duration(number(t, row[3])) * 24 * time.Hour, Over: row[4] != "no"})
			if row[4] == "later" {
				later++
			}
		}
	}
	if later == 0 {
		t.Fatal("nothing came back after its time")
	}
	ends := func(curve []measure.Step) string { return fmt.Sprintf("%.9f", curve[len(curve)-1].Share) }
	if got, want := ends(measure.Survival(spells)), ends(r.Curve); got != want {
		t.Errorf("the curve ends at %s, and that of its table at %s", want, got)
	}
	for i := range spells {
		spells[i].Over = false
	}
	if ends(measure.Survival(spells)) == ends(r.Curve) {
		t.Error("where nothing came back it is the same curve")
	}
}

// A page says days as people do, and its files in the order of the calendar.
func TestPage_saysDaysAsElsewhere(t *testing.T) {
	f, v := webtest.Frames(t)[0], lively()
	iso := regexp.MustCompile(`\d{4}-\d\d-\d\d`)
	days := 0
	all := func(p vitalityPage) []plate {
		return append(append([]plate{p.Hollow, p.Others, p.Scales, p.New, p.Checks}, p.Held...), p.Plates...)
	}
	for _, p := range all(pageOf(f, v)) {
		if at := iso.FindString(fmt.Sprint(rowsOf(p), p.Count, p.Read)); at != "" {
			t.Errorf("%s says %s", p.Name, at)
		}
	}
	for _, p := range all(fileOf(f, v)) {
		days += len(iso.FindAllString(string(p.csv()), -1))
	}
	if days < 100 {
		t.Errorf("the files have %d days", days)
	}
}

// Of five newcomers the ends of the interval would be what two of them said; of eight
// they are the second and the seventh.
func TestPage_newcomersHaveNoEndsUnderEight(t *testing.T) {
	f, v := webtest.Frames(t)[0], lively()
	if p := pageOf(f, v).New; !strings.Contains(p.Count, "within 13 days, so 11 to 16") || p.Table.Rows[0][2] != "11" {
		t.Errorf("of eight: %q %v", p.Count, p.Table.Rows)
	}
	v.Trail.Runs = v.Trail.Runs[:5]
	v.Readings = measure.Readings(v.Trail)
	if p := pageOf(f, v).New; !strings.Contains(p.Count, "within 12 days. 5 in") || p.Table.Rows[0][2] != "" || p.Table.Rows[0][3] != "" {
		t.Errorf("of five: %q %v", p.Count, p.Table.Rows)
	}
}

// Sentences with none, one and two read as sentences do.
func TestPage_saysNoneOneAndTwo(t *testing.T) {
	f := webtest.Frames(t)[0]
	for _, c := range []struct {
		key, want string
		args      []any
	}{
		{"vitality.back.count", "One way of failing has a change in use, none came back.", []any{"all", 1, "over", 0}},
		{"vitality.back.count", "2 ways of failing have a change in use, 1 came back.", []any{"all", 2, "over", 1}},
		{"vitality.back.young", "One more is too young to count.", []any{"n", 1, "k", 0}},
		{"vitality.back.young", "2 more are too young to count; back already, and in the curve: 1.", []any{"n", 2, "k", 1}},
		{"vitality.back.rate", "In one round of work none came back: 0 to 3 in 100 rounds.", []any{"k", 0, "cycles", 1, "low", 0, "high", 3}},
		{"vitality.hollow.last", "none in this time", []any{"k", 0, "n", 0}},
		{"vitality.hollow.last", "the last one: 1 changed nothing", []any{"k", 1, "n", 1}},
		{"vitality.half.time", "Half within one hour, so 0 to 2.", []any{"middle", 1, "low", 0, "high", 2}},
		{"vitality.balance.closed", "0", []any{"n", "0", "written", 0}},
		{"vitality.balance.closed", "2, of them 1 in writing alone", []any{"n", "2", "written", 1}},
	} {
		if got := f.Say(c.key, c.args...); got != c.want { // words:use vitality.*
			t.Errorf("%s says %q, want %q", c.key, got, c.want)
		}
	}
	v := lively()
	for i := range v.Trail.Changes {
		v.Trail.Changes[i].UsedAt = time.Time{}
	}
	v.Readings = measure.Readings(v.Trail)
	if back := pageOf(f, v).Plates[1]; strings.Contains(back.Count, "0 ways") || !strings.HasPrefix(back.Count, "Nobody has said yet") {
		t.Errorf("with nothing in use: %q", back.Count)
	}
}
