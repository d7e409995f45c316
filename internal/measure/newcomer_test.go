package measure_test

import (
	"testing"
	"time"

	"debrief/internal/measure"
	"debrief/internal/practice"
)

// Of newcomers whole quarters are told, each with five of its own; nothing that one of
// them says shows before that.
func TestNewcomers_areToldByWholeQuarters(t *testing.T) {
	b := builder{team()}
	came := func(month time.Month, days ...int) {
		at := time.Date(2026, month, 1, 0, 0, 0, 0, time.UTC)
		for _, d := range days {
			b.Runs = append(b.Runs, practice.TrailRun{Month: at, Days: d})
			b.Said = append(b.Said, practice.TrailSaid{Month: at, What: practice.SaidPeople, N: 1}, practice.TrailSaid{Month: at, What: "prc", N: 2}, practice.TrailSaid{Month: at, What: practice.SaidNothing, N: 1})
		}
	}
	told := func(when string, median, of int) {
		t.Helper()
		alone, answered := reads(t, b, measure.Alone), reads(t, b, measure.Answered)
		if n, _ := alone.Beside("newcomers"); n != of || int(alone.Middle.Median.Hours()/24) != median || len(alone.Cases) > 0 {
			t.Errorf("%s: alone %+v", when, alone)
		}
		if of > 0 && (alone.Middle.High > 0) != (of >= 8) {
			t.Errorf("%s: of %d it says %+v", when, of, alone.Middle)
		}
		if want := (measure.Share{K: 2 * of, N: 3 * of}); answered.Share != want || len(answered.Cases) > 0 {
			t.Errorf("%s: answered %+v", when, answered)
		}
	}
	came(6, 10, 12, 14, 16, 18)
	told("five of a quarter that runs", 0, 0)
	came(1, 20, 22)
	came(3, 24, 26)
	told("and four of one that is over", 0, 0)
	came(2, 28)
	told("and the fifth", 24, 5)
	came(6, 40)
	told("and one more now", 24, 5)
	b.At = time.Date(2026, 7, 1, 0, 30, 0, 0, time.FixedZone("", 3600)) // its months are not over yet
	told("as its clock says that the quarter is over", 24, 5)
	b.At = b.At.Add(time.Hour)
	told("once it is", 20, 11)
	b.At = b.At.AddDate(1, 0, 0)
	told("a year later", 0, 0)
	if r := reads(t, b, measure.Answered); r.Before.N != 33 {
		t.Errorf("of the year before: %+v", r)
	}
}
