package measure_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"debrief/internal/measure"
	"debrief/internal/practice"
)

// said adds that people answered about changes on a day, so many of them in use.
func (b builder) said(at time.Time, inUse, of int) {
	for i := range of {
		b.Uses = append(b.Uses, practice.TrailUse{SaidAt: at, InUse: i < inUse})
	}
}

// Whole half years that are over are told, each with five changes in it, and no case.
func TestUsed(t *testing.T) {
	b := builder{team()}
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	b.said(day(2025, 8, 1), 4, 4)
	b.said(now.AddDate(0, 0, -1), 0, 9) // in the half year that runs
	wants(t, "four, and nine in the half year that runs", reads(t, b, measure.Used), measure.Share{0, 0}, measure.Few)
	b.said(day(2025, 12, 31), 4, 4)
	r := reads(t, b, measure.Used)
	wants(t, "eight of eight by the last day of it", r, measure.Share{8, 8}, measure.Healthy)
	if i := r.Share.Wilson(); math.Abs(i.Low-8/(8+2.705543)) > 1e-6 || i.High != 1 { // n / (n + z²), where all are
		t.Errorf("eight of eight: %+v", i)
	}
	b.said(day(2025, 6, 30), 1, 6)
	b.said(day(2024, 6, 1), 3, 4)
	r = reads(t, b, measure.Used)
	wants(t, "after one of six", r, measure.Share{8, 8}, measure.Healthy)
	if r.Before != (measure.Share{1, 6}) || r.Trend != measure.Rising || len(r.Cases) > 0 {
		t.Errorf("before %v, %s, %v", r.Before, r.Trend, r.Cases)
	}
	var few []bool
	for _, s := range r.Slices {
		few = append(few, s.Few)
		if s.Few && s.Share.N > 0 {
			t.Errorf("of too few it says %v", s.Share)
		}
	}
	if !slices.Equal(few, []bool{true, true, false, false}) || !r.Slices[3].To.Equal(day(2026, 1, 1)) {
		t.Errorf("the half years are %+v", r.Slices)
	}
	b.Uses = nil
	b.said(day(2025, 9, 1), 2, 5)
	wants(t, "two of five", reads(t, b, measure.Used), measure.Share{2, 5}, measure.Unclear)
	b.said(day(2025, 9, 1), 0, 4)
	wants(t, "two of nine", reads(t, b, measure.Used), measure.Share{2, 9}, measure.Decaying)
	b.At = now.In(time.FixedZone("far behind", -11*60*60)).AddDate(0, 0, 16).Add(-4 * time.Hour) // there it is still June
	b.said(day(2026, 6, 30), 0, 9)
	b.said(day(2026, 7, 1), 5, 5)
	wants(t, "what is said in July in UTC", reads(t, b, measure.Used), measure.Share{0, 9}, measure.Decaying)
}

// tried adds a trial whose term came so many days ago.
func (b builder) tried(days int, change ...func(*practice.TrailTrial)) {
	one := practice.TrailTrial{Failure: b.fails(days + 20), Until: ago(days), EndAt: ago(days).Add(time.Hour), Kept: true}
	for _, c := range change {
		c(&one)
	}
	b.Trials = append(b.Trials, one)
}

func TestUndone(t *testing.T) {
	b := builder{team()}
	back := func(x *practice.TrailTrial) { x.Kept = false }
	for range 11 {
		b.tried(30)
	}
	wants(t, "eleven kept", reads(t, b, measure.Undone), measure.Share{0, 11}, measure.Few)
	b.tried(5, func(x *practice.TrailTrial) { x.EndAt, x.Kept = time.Time{}, false })
	wants(t, "and one nobody decided about", reads(t, b, measure.Undone), measure.Share{0, 12}, measure.Unclear)
	b.tried(-5, func(x *practice.TrailTrial) { x.EndAt, x.Kept = time.Time{}, false }) // its term is to come
	b.tried(-5, func(x *practice.TrailTrial) { x.EndAt = ago(3) })                     // replaced before its term
	b.tried(10, func(x *practice.TrailTrial) { x.Until, x.Kept = time.Time{}, false }) // its groups decided
	b.tried(-5, func(x *practice.TrailTrial) { x.EndAt, x.Kept, x.Replaced = ago(3), false, true })
	b.tried(200)
	b.Trials = append(b.Trials, practice.TrailTrial{Failure: "flr_gone", Until: ago(3), EndAt: ago(3)})
	wants(t, "and others that do not count", reads(t, b, measure.Undone), measure.Share{0, 12}, measure.Unclear)
	b.tried(-5, back, func(x *practice.TrailTrial) { x.EndAt = ago(3) })
	r := reads(t, b, measure.Undone)
	wants(t, "one put back before its term", r, measure.Share{1, 13}, measure.Unclear)
	var hows []string
	for _, c := range r.Cases[10:] {
		hows = append(hows, c.How)
	}
	if !slices.Equal(hows, []string{measure.TriedKept, measure.TriedOpen, measure.TriedBack}) {
		t.Errorf("the last became %v", hows)
	}
	for range 20 {
		b.tried(8, back)
	}
	wants(t, "twenty more put back", reads(t, b, measure.Undone), measure.Share{21, 33}, measure.Decaying)
}
