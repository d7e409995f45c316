package main

import (
	"encoding/json"
	"fmt"
	"testing"

	"debrief/internal/measure"
	"debrief/internal/rest"
	"debrief/internal/store/storetest"
)

func TestMeasure(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db string) {
		measured := func(args ...string) string {
			t.Helper()
			out, beside, code := command(t, "", append([]string{"measure", "--database", db}, args...)...)
			if code != exitDone {
				t.Fatalf("exit %d: %s", code, beside)
			}
			return out
		}
		if out := measured("--json"); out != "" {
			t.Errorf("before set-up: %s", out)
		}
		settled(t, db)
		says(t, measured(), "Nothing is measured of fewer than 5 people")
		team := func() (v rest.VitalityView) {
			t.Helper()
			if err := json.Unmarshal([]byte(measured("--json")), &v); err != nil {
				t.Fatal(err)
			}
			return v
		}
		if v := team(); v.Enough || len(v.Measures) > 0 {
			t.Errorf("of few: %+v", v)
		}
		for i := range 5 {
			if _, beside, code := command(t, "", "user", "add", "--database", db, fmt.Sprint("Person ", i)); code != exitDone {
				t.Fatal(beside)
			}
		}
		v := team()
		if !v.Enough || len(v.Measures) == 0 || v.Measures[0].Sign != measure.Few || v.Measures[0].Share.High != 1 {
			t.Errorf("of enough: %+v", v)
		}
		told := map[measure.Name]bool{}
		for _, r := range v.Measures {
			told[r.Measure] = true
		}
		for _, name := range measure.Names() {
			if !told[name] {
				t.Errorf("nothing is told of the measure %q", name)
			}
			delete(told, name)
		}
		for name := range told {
			t.Errorf("the measure %q has no place among the names", name)
		}
		says(t, measured(), "Told as an early sign, in 90 days: nothing yet. Too few to say")
	})
}
