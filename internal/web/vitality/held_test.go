package vitality

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"debrief/internal/measure"
	"debrief/internal/practice"
	"debrief/internal/web/webtest"
)

// held gives a trail what was said of its changes, and what was tried.
func held(t *practice.Trail) {
	half := time.Date(t.At.Year(), (t.At.Month()-1)/6*6+1, 1, 0, 0, 0, 0, time.UTC)
	for i := range 11 {
		t.Uses = append(t.Uses, practice.TrailUse{SaidAt: half.AddDate(0, 0, -150*(1+i/6)), InUse: i%6 < 4})
	}
	for i := range t.Gaps {
		t.Gaps[i].Bare, t.Gaps[i].Text = i%2 == 0, fmt.Sprint("The label was missing ", i%9)
		if g := &t.Gaps[i]; g.Route == practice.RouteStep {
			g.MadeAt = t.Reviews[i].ClosedAt.Add(time.Duration(i%4*9) * time.Hour)
		}
	}
	for i := range 4 {
		t.Core = append(t.Core, practice.TrailCore{Step: "stp_k", Revision: 2 + i/3, Failure: t.Failures[20+i].ID, At: t.At.AddDate(0, 0, -40+i), Ours: true, Harm: i == 3})
	}
	for i := range 13 {
		until := t.At.AddDate(0, 0, -5*i)
		t.Trials = append(t.Trials, practice.TrailTrial{Failure: t.Failures[i].ID, Until: until, EndAt: until, Kept: i > 0})
	}
}

// What those who do the work said is told in sums, and what was tried case by case.
func TestPage_saysWhatHolds(t *testing.T) {
	v := lively()
	by := map[string]plate{}
	for _, p := range pageOf(webtest.Frames(t)[0], v).Held {
		by[p.Name] = p
	}
	used := by["used"]
	if !strings.Contains(used.Count, "4 of 6 in use") || len(used.Table.Rows) != 2 || strings.Contains(string(used.Table.csv()), "pallet") {
		t.Errorf("%q: %s", used.Count, used.Table.csv())
	}
	for _, row := range used.Table.Rows {
		var k, n float64
		if _, err := fmt.Sscan(row[1]+" "+row[2], &k, &n); err != nil {
			t.Fatal(err)
		}
		if low, high := score(k, n); row[3] != low || row[4] != high {
			t.Errorf("%v should be from %s to %s", row, low, high)
		}
	}
	undone := by["undone"]
	back := 0
	for _, row := range undone.Table.Rows {
		if row[2] == "put back" {
			back++
		}
	}
	if back != 1 || len(undone.Table.Rows) != 13 || !strings.Contains(undone.Count, "1 of 13 put back") || strings.Contains(undone.Count, "anybody") {
		t.Errorf("%q: %s", undone.Count, undone.Table.csv())
	}
	proof, before := by["proof"], 0
	for _, row := range proof.Table.Rows {
		if row[4] == "yes" {
			before++
		}
	}
	if says := fmt.Sprint(before, " of the last ", len(proof.Table.Rows), " before the end"); before == 0 || !strings.HasPrefix(proof.Count, says) || !strings.Contains(proof.Count, "Half of them within") {
		t.Errorf("%q: %s", proof.Count, proof.Table.csv())
	}
	if scant := by["scant"]; !strings.HasPrefix(scant.Count, "0 of 2 with too little") || scant.Table.Rows[0][2] != "three failures or more" || scant.Table.Rows[1][2] != "one failure, and serious harm" {
		t.Errorf("%q: %s", scant.Count, scant.Table.csv())
	}
	bare, none := by["bare"], 0
	for _, row := range bare.Table.Rows {
		if row[2] == "no" {
			none++
		}
	}
	if says := fmt.Sprint(none, " of ", len(bare.Table.Rows), " name none"); none == 0 || !strings.HasPrefix(bare.Count, says) {
		t.Errorf("%q: %s", bare.Count, bare.Table.csv())
	}
	hollow, same := pageOf(webtest.Frames(t)[0], v).Hollow, 0
	for _, row := range hollow.Table.Rows {
		if row[2] == "yes" && row[5] == "yes" {
			same++
		}
	}
	if same == 0 || !strings.Contains(hollow.Count, fmt.Sprint(same, " with a gap in the words")) {
		t.Errorf("%q: %s", hollow.Count, hollow.Table.csv())
	}
	for i := range v.Trail.Gaps {
		v.Trail.Gaps[i].MadeAt = v.Trail.Reviews[i].ClosedAt
	}
	v.Trail.Trials = v.Trail.Trials[1:]
	v.Readings = measure.Readings(v.Trail)
	for _, p := range pageOf(webtest.Frames(t)[0], v).Held {
		if p.Name == "proof" && !strings.Contains(p.Count, "within 0 hours, so 0 to 0") {
			t.Errorf("all were done before the end: %q", p.Count)
		}
		if p.Name == "undone" && !strings.Contains(p.Count, "Does anybody look?") {
			t.Errorf("none of twelve put back: %q", p.Count)
		}
	}
}
