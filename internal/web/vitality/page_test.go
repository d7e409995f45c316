package vitality

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/measure"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

func TestPages_emptyAndFull(t *testing.T) {
	s, _ := webtest.NewKit(t, Templates)
	webtest.EveryPage(t, s, Templates)
}

func TestPages_sayTheWordsOfTheirPack(t *testing.T) {
	s, _ := webtest.NewKit(t, Templates)
	webtest.EveryWord(t, s)
}

// lively is a team of seven with a year behind it, of which the last half changed little.
func lively() app.Vitality {
	now := webtest.Noon
	t := practice.Trail{At: now, People: 7, Team: practice.Team{Name: "Depot 3", CycleDays: 7, CycleStartAt: now.AddDate(0, 0, -703)}}
	for i := range 48 {
		at := now.AddDate(0, 0, 7*i-340)
		f := practice.TrailFailure{ID: practice.FailureID(fmt.Sprint("flr_", i)), Number: i + 1, Title: "Wrong pallet label", At: at, RecognisedAt: at,
			Stage: practice.StageAfter, Source: practice.SourceReport, Triage: practice.TriageSignificant}
		if i%4 == 0 || i > 40 {
			f.Stage, f.Triage = practice.StageEarly, practice.TriageKept
		}
		t.Failures = append(t.Failures, f)
		if i%6 == 1 && i > 6 {
			t.Ties = append(t.Ties, practice.Tie{A: f.ID, B: practice.FailureID(fmt.Sprint("flr_", i-6)), Kind: practice.TieSame})
		}
		if f.Triage != practice.TriageSignificant || i%8 == 7 {
			continue
		}
		wrote := at.Add(time.Duration(20+i*7%70) * time.Hour)
		r := practice.TrailReview{ID: practice.ReviewID(fmt.Sprint("rev_", i)), Failure: f.ID, StartedAt: wrote, WrittenAt: wrote, MetAt: wrote.Add(time.Duration(i%3*20) * time.Hour),
			Ready: practice.Go, Outside: i%3 == 0}
		r.ClosedAt = r.MetAt.Add(time.Hour)
		t.Reviews = append(t.Reviews, r)
		t.Taps = append(t.Taps, practice.TrailTaps{ClosedAt: r.ClosedAt, Blame: practice.Tapped{Yes: i % 2, No: 5}, Again: practice.Tapped{Yes: 5, No: i / 30}, Near: practice.Tapped{Yes: 5 - i/12, No: i / 12}})
		route := practice.RouteStep
		if i > 22 && i%5 != 0 {
			route = practice.RouteNothing
		} else {
			t.Changes = append(t.Changes, practice.TrailChange{What: fmt.Sprint("stp_", i%5), Failure: f.ID, Review: r.ID, At: r.ClosedAt})
			if last := &t.Changes[len(t.Changes)-1]; i%7 != 0 { // of the others nobody has said so
				last.UsedAt = last.At.AddDate(0, 0, 31).Truncate(24 * time.Hour)
			}
		}
		t.Gaps = append(t.Gaps, practice.TrailGap{Review: r.ID, Verdict: practice.Avoidable, Route: route})
		t.Carries = append(t.Carries, practice.TrailCarry{Review: r.ID, NamedAt: r.ClosedAt, DueAt: r.ClosedAt.AddDate(0, 0, 5), State: practice.CarryDone, SettleAt: r.ClosedAt.AddDate(0, 0, 3+i%4)})
		t.Steps = append(t.Steps, practice.TrailStep{Failure: r.Failure, At: r.ClosedAt, Checks: i%5 == 0})
		t.Plans = append(t.Plans, practice.TrailPlan{Number: i, Title: "Summer rota", FrozenAt: r.ClosedAt, Cites: i % 2 * 3, Elsewhere: i % 2 * 2})
	}
	t.Reviews = append(t.Reviews, practice.TrailReview{ID: "rev_open", Failure: "flr_46", StartedAt: now.AddDate(0, 0, -12)}, practice.TrailReview{ID: "rev_new", Failure: "flr_47", StartedAt: now.AddDate(0, 0, -2)})
	t.Gaps[len(t.Gaps)-1].Strength, t.Gaps[0].Strength = practice.Eases, practice.Removes
	held(&t)
	asked(&t)
	t.Pulses = []practice.PulseResult{
		{From: time.Date(2025, 10, 1, 0, 0, 0, 0, time.UTC)},
		{From: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Band: practice.BandHigh, Asked: 7, Size: practice.PulseFew},
	}
	t.House = []practice.PulseResult{
		{From: t.Pulses[0].From, Band: practice.BandMixed, Asked: 16, Size: practice.PulseRough, Count: practice.PulseCount{Low: 20, Mixed: 30, High: 50}},
		{From: t.Pulses[1].From, Band: practice.BandHigh, Asked: 26, Size: 24, Count: practice.PulseCount{Low: 1, Mixed: 3, High: 20, Sum: 968}},
	}
	return app.Vitality{Trail: t, Readings: measure.Readings(t), Stopped: []practice.Failure{{Number: 7, StoppedAt: t.At}},
		Drills: []practice.Failure{{Number: 8}, {Number: 9, Only: []practice.MemberID{"mem_x"}}}, Misuse: practice.HalfYears([]time.Time{t.At.AddDate(0, -9, 0)}, t.At)}
}

// quiet is a team of five to which nothing happened.
func quiet() app.Vitality {
	t := practice.Trail{At: webtest.Noon, People: 5, Team: practice.Team{Name: "Night shift", CycleDays: 7}}
	return app.Vitality{Trail: t, Readings: measure.Readings(t)}
}

// begun is a team with two reports and nothing else.
func begun() app.Vitality {
	v := lively()
	v.Trail.Failures, v.Trail.Reviews = v.Trail.Failures[45:], v.Trail.Reviews[:2]
	v.Trail.Gaps, v.Trail.Changes, v.Trail.Plans, v.Trail.Carries, v.Trail.Taps, v.Trail.Ties = nil, nil, v.Trail.Plans[:1], nil, nil, nil
	v.Readings = measure.Readings(v.Trail)
	return v
}

// again is a page of a team in which the same keeps coming back.
func again(f *frame.Frame) vitalityPage {
	page, card := pageOf(f, begun()), f.Again(app.Rhythm{Team: webtest.Permits, Again: webtest.Oven})
	page.Anew = &card
	return page
}

var (
	_ = webtest.Sample("vitality", func(f *frame.Frame) (any, any) { return pageOf(f, app.Vitality{}), pageOf(f, lively()) })
	_ = webtest.Sample("vitality", func(f *frame.Frame) (any, any) { return pageOf(f, quiet()), again(f) })
)

// grounded is where the failures of that team came to be: on one procedure in new places,
// on another the same again, and two of them on none.
func grounded() app.Grounds {
	t := lively().Trail
	t.Failures = append(t.Failures[:11:11], practice.TrailFailure{ID: "flr_x", Number: 99, Title: "<b>Nobody told the school</b>", At: t.At.AddDate(0, 0, -3), RecognisedAt: t.At.AddDate(0, 0, -3)})
	t.Ties = nil
	var on []practice.TrailGround
	for i := range 10 {
		line := practice.TrailGround{Failure: t.Failures[i].ID, Step: fmt.Sprint("stp_", i%5), Procedure: "prc_a", Slug: "opening", Title: "Opening the hall"}
		if i >= 5 {
			line.Step, line.Procedure, line.Slug, line.Title = "stp_k", "prc_b", "closing", "Closing"
		}
		if i > 5 {
			t.Ties = append(t.Ties, practice.Tie{A: t.Failures[i-1].ID, B: line.Failure, Kind: practice.TieSame})
		}
		on = append(on, line)
	}
	return app.Grounds{Team: t.Team, From: t.At.AddDate(0, 0, -measure.GroundDays), Until: t.At, All: measure.Grounds(t, on)}
}

var _ = webtest.Sample("ground", func(f *frame.Frame) (any, any) {
	f.Title = f.Say("ground.title")
	return groundPageOf(f, app.Grounds{}), groundPageOf(f, grounded())
})

// A procedure is drawn with what its failures look like in words, and as a file; two
// failures are listed.
func TestGround_saysItsShape(t *testing.T) {
	page := groundPageOf(webtest.Frames(t)[0], grounded())
	says := map[string]string{"p-opening": "New places: 5", "p-closing": "The same ditch: 5", "elsewhere": "Too few"}
	for _, p := range page.All {
		if want := says[p.Name]; want == "" || !strings.HasPrefix(p.Count, want) {
			t.Errorf("%s says %q", p.Name, p.Count)
		}
		if p.Few != (p.Picture == nil) {
			t.Errorf("%s: few %t, and its picture is %v", p.Name, p.Few, p.Picture)
			continue
		}
		if p.Picture == nil {
			continue
		}
		file := string(p.Picture.File())
		arcs, rings := strings.Count(file, "Q"), strings.Count(file, "<circle")
		if again := strings.Contains(p.Count, "ditch"); arcs != map[bool]int{true: 4}[again] || rings != map[bool]int{true: 1, false: 5}[again] ||
			strings.Contains(file, "class=") || !strings.Contains(file, p.Count) {
			t.Errorf("%s: %d arcs, %d rings: %s", p.Name, arcs, rings, file)
		}
		if day := regexp.MustCompile(`\d{4}-\d\d-\d\d`); !strings.Contains(string(p.Table.csv()), "new place") || !day.Match(p.Table.csv()) || day.MatchString(p.Read+fmt.Sprint(p.Cases)) {
			t.Errorf("%s: %s, %q %v", p.Name, p.Table.csv(), p.Read, p.Cases)
		}
	}
	if len(page.All) != 3 || len(page.Read) < 2 {
		t.Errorf("%d of them, explained by %q", len(page.All), page.Read)
	}
	few := grounded()
	few.All = slices.DeleteFunc(few.All, func(g measure.Ground) bool { return g.Shape() != measure.ShapeFew })
	if page := groundPageOf(webtest.Frames(t)[0], few); len(page.All) != 1 || len(page.Read) != 0 {
		t.Errorf("nothing is drawn, and it explains %q", page.Read)
	}
}

// Every number of the page can be counted again from its tables, by another way than
// the one it was made with.
func TestPage_isRecomputedFromItsTables(t *testing.T) {
	f := webtest.Frames(t)[0]
	v := lively()
	page := pageOf(f, v)
	if page.Alarm == "" {
		t.Error("seven of ten changed nothing, and nothing is said")
	}
	by := map[measure.Name]measure.Reading{}
	for _, r := range v.Readings {
		by[r.Name] = r
	}
	count := func(p plate, in, counts int) (s measure.Share) {
		for _, row := range p.Table.Rows {
			if in < 0 || row[in] == "yes" {
				s.N++
				if row[counts] == "yes" {
					s.K++
				}
			}
		}
		return s
	}
	recomputed := 0
	for _, p := range append([]plate{page.Hollow, page.Checks}, page.Plates...) {
		var name measure.Name
		var got measure.Share
		switch p.Name {
		case "hollow":
			name, got = measure.Hollow, count(p, 2, 3)
		case "checks":
			name, got = measure.Tighter, count(p, -1, 2)
		case "time":
			name, got = measure.InTime, count(p, -1, 4)
		case "cited":
			name, got = measure.Cited, count(p, 2, 3)
		case "back":
			p.Table.Rows = slices.DeleteFunc(p.Table.Rows, func(row []string) bool { return row[1] != "way of failing" })
			name, got = measure.Back, count(p, 5, 4)
		case "came": // of the last quarter shown; whose each was may not be seen
			last := p.Table.Rows[len(p.Table.Rows)-1]
			name, got.K, got.N = measure.Came, number(t, last[1]), number(t, last[2])
		case "early":
			p.Table = p.Cases
			p.Table.Rows = slices.DeleteFunc(slices.Clone(p.Cases.Rows), func(row []string) bool { return row[3] != "90 days" })
			name, got = measure.Early, count(p, -1, 4)
		default:
			continue
		}
		recomputed++
		if want := by[name].Share; got != want || want.N == 0 {
			t.Errorf("%s: its table has %v, and it says %v", p.Name, got, want)
		}
		if says := fmt.Sprint(got.K, " of ", got.N); p.Name != "hollow" && !strings.Contains(p.Count, says) && !strings.Contains(p.Count, fmt.Sprint(got.K, " of the last ", got.N)) {
			t.Errorf("%s: says %q, and its table %s", p.Name, p.Count, says)
		}
	}
	if recomputed != 7 {
		t.Errorf("recomputed %d", recomputed)
	}
	for _, row := range append(page.Others.Table.Rows, page.Scales.Table.Rows[:2]...) {
		k, _ := strconv.ParseFloat(row[1], 64)
		n, _ := strconv.ParseFloat(row[2], 64)
		if low, high := score(k, n); n > 0 && (row[3] != low || row[4] != high) {
			t.Errorf("%v should be from %s to %s", row, low, high)
		}
	}
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Error(err)
	}
	return n
}

// What has no picture, and what is said beside one, can be counted again from the cases,
// which are in the file, too.
func TestPage_isRecomputedFromItsCases(t *testing.T) {
	f, v := webtest.Frames(t)[0], lively()
	page := fileOf(f, v)
	tally := func(rows [][]string, name int, is string, counts int) (s measure.Share) {
		for _, row := range rows {
			if row[name] == is {
				s.N++
				if row[counts] == "yes" {
					s.K++
				}
			}
		}
		return s
	}
	mix := func(rows [][]string) (n int) {
		for _, row := range rows {
			if strings.HasPrefix(row[0], f.Say("measure.mix")) {
				n++
			}
		}
		return n
	}
	taps := []string{f.Say("measure.again"), f.Say("measure.answered")} // whole quarters, and no cases
	for _, p := range []plate{page.Others, page.Scales} {
		counted := 0
		for _, row := range p.Table.Rows[:min(len(p.Table.Rows), map[string]int{"others": 99, "balance": 2}[p.Name])] {
			if slices.Contains(taps, row[0]) {
				continue
			}
			want, got := measure.Share{K: number(t, row[1]), N: number(t, row[2])}, tally(p.Cases.Rows, 0, row[0], 4)
			if strings.HasPrefix(row[0], f.Say("measure.mix")) {
				got.N = mix(p.Cases.Rows)
			}
			if counted++; got != want || want.N == 0 {
				t.Errorf("%s: its cases come to %v, and it says %v", row[0], got, want)
			}
		}
		if counted < 2 {
			t.Errorf("%s: counted %d", p.Name, counted)
		}
	}
	for what, p := range map[string]plate{"others": page.Others, "hollow": page.Hollow} {
		file := csv.NewReader(bytes.NewReader(p.csv()))
		file.FieldsPerRecord = -1
		if rows, err := file.ReadAll(); err != nil || !reflect.DeepEqual(rows, rowsOf(p)) {
			t.Errorf("%s: its file has %v, %v", what, rows, err)
		}
	}
	rows := 0
	for _, g := range page.Others.Groups() {
		if rows += len(g.Table.Rows); g.Title == "" || len(g.Table.Head) != len(g.Table.Rows[0]) {
			t.Errorf("%q has %v", g.Title, g.Table)
		}
	}
	if rows != len(page.Others.Cases.Rows)+len(page.Others.Sums.Rows) {
		t.Errorf("%d rows on the page, and %d in the file", rows, len(page.Others.Cases.Rows))
	}
	gaps := tally(page.Hollow.Cases.Rows, 0, f.Say("measure.change"), 4)
	if gaps.N == 0 || !strings.Contains(page.Hollow.Count, fmt.Sprintf("last %d avoidable gaps %d changed", gaps.N, gaps.K)) {
		t.Errorf("%v of the gaps, and it says %q", gaps, page.Hollow.Count)
	}
	early, back := page.Plates[0], page.Plates[1]
	for i, when := range []string{"90 days", "the 90 days before"} {
		s := tally(early.Cases.Rows, 3, when, 4)
		if row := early.Table.Rows[i]; row[0] != when || row[1] != strconv.Itoa(s.K) || row[2] != strconv.Itoa(s.N) || s.N == 0 {
			t.Errorf("%s: %v, and the row %v", when, s, row)
		}
	}
	for _, row := range early.Table.Rows[2:] {
		var s measure.Share
		for _, c := range early.Cases.Rows {
			day, err := time.Parse(time.DateOnly, c[1])
			if quarter := fmt.Sprintf("Q%d %s", (day.Month()+2)/3, day.Format("06")); err == nil && quarter == row[0] {
				if s.N++; c[4] == "yes" {
					s.K++
				}
			}
		}
		if row[1] != strconv.Itoa(s.K) || row[2] != strconv.Itoa(s.N) {
			t.Errorf("%v of the reports, and the row %v", s, row)
		}
	}
	came, days := 0, 0
	for _, row := range back.Table.Rows {
		if row[1] == "way of failing" && (row[5] == "yes" || row[5] == "too young") {
			if days += min(number(t, row[3]), 180); row[4] == "yes" {
				came++
			}
		}
	}
	if says := fmt.Sprintf("In %d rounds of work %d came back", days/7, came); !strings.Contains(back.Count, says) && !strings.Contains(back.Count, fmt.Sprintf("In %d rounds of work %d came back", days/7+1, came)) {
		t.Errorf("%s, and it says %q", says, back.Count)
	}
}

// No sign stands without its doubt, and each measure says how it can fool.
func TestPage_saysItsDoubt(t *testing.T) {
	page := pageOf(webtest.Frames(t)[0], lively())
	for _, p := range append([]plate{page.Hollow}, page.Plates...) {
		if signed := strings.Contains(p.Read, "sign.") || strings.Contains(p.Read, "either way"); signed && !strings.Contains(p.Count, " in 100") {
			t.Errorf("%s: %q %q", p.Name, p.Read, p.Count)
		}
	}
	if half := page.Plates[3].Count; !strings.Contains(half, "Half within ") {
		t.Errorf("no middle: %s", half)
	}
	carried := slices.IndexFunc(page.Said.Rows, func(row []string) bool { return strings.HasPrefix(row[0], "Promises") })
	if carried < 0 || !strings.Contains(page.Said.Rows[carried][1], "Half within ") {
		t.Errorf("no middle of promises: %v", page.Said.Rows)
	}
	if n := len(page.Others.Cautions.Rows); n != 8 {
		t.Errorf("%d of them say how they can fool you", n)
	}
}

// score solves the equation that Wilson's interval is the answer to, instead of using
// the answer: where is the distance from p exactly z standard errors?
func score(k, n float64) (low, high string) {
	end := func(from, to float64) string {
		for range 80 {
			mid := (from + to) / 2
			if math.Abs(k/n-mid) > 1.6448536269514722*math.Sqrt(mid*(1-mid)/n) {
				from = mid
			} else {
				to = mid
			}
		}
		return strconv.Itoa(int(math.Round(100 * from)))
	}
	return end(0, k/n), end(1, k/n)
}

// Every picture is well formed by itself, says its numbers to whoever does not see it,
// and has no class and no style.
func TestPage_picturesAreFiles(t *testing.T) {
	page := pageOf(webtest.Frames(t)[0], lively())
	for _, p := range append([]plate{page.Hollow}, page.Plates...) {
		if p.Picture == nil {
			t.Errorf("%s has no picture", p.Name)
			continue
		}
		file := string(p.Picture.File())
		for d := xml.NewDecoder(strings.NewReader(file)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", p.Name, err)
			}
		}
		if strings.Contains(file, "class=") || strings.Contains(file, "style=") || strings.Contains(file, "NaN") || p.Name != "ditch" && !strings.ContainsAny(p.Picture.Label, "0123456789") {
			t.Errorf("%s: %s", p.Name, file)
		}
	}
}
