package store_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// A scar stays with the words: it goes along when its step is joined with
// another, and with both halves when it is split.
func TestSteps_inheritScars(t *testing.T) {
	scar := func(name string, step practice.StepID, revision int) practice.Scar {
		return practice.Scar{ID: practice.ScarID(name), Step: step, Revision: revision}
	}
	for _, tt := range []struct {
		name  string
		steps []practice.ProcedureStep
		scars []practice.Scar
		want  map[practice.StepID]string
	}{
		{"its own", []practice.ProcedureStep{{ID: "a", Begun: 1}, {ID: "b", Begun: 1}},
			[]practice.Scar{scar("1", "b", 2), scar("2", "b", 3)}, map[practice.StepID]string{"a": "", "b": "1 2"}},
		{"joined", []practice.ProcedureStep{{ID: "a", Begun: 1}, {ID: "b", Begun: 1, Retired: 3, Became: "a"}},
			[]practice.Scar{scar("1", "b", 2), scar("2", "a", 4)}, map[practice.StepID]string{"a": "1 2", "b": "1"}},
		{"joined twice over", []practice.ProcedureStep{{ID: "a", Begun: 1}, {ID: "b", Begun: 1, Retired: 4, Became: "a"}, {ID: "c", Begun: 1, Retired: 3, Became: "b"}},
			[]practice.Scar{scar("1", "c", 2)}, map[practice.StepID]string{"a": "1", "b": "1", "c": "1"}},
		{"split", []practice.ProcedureStep{{ID: "a", Begun: 1}, {ID: "b", Begun: 3, Origin: "a"}},
			[]practice.Scar{scar("1", "a", 2), scar("2", "a", 5), scar("3", "b", 6)}, map[practice.StepID]string{"a": "1 2", "b": "1 3"}},
		{"split, then the first half joined another", []practice.ProcedureStep{{ID: "a", Begun: 1, Retired: 4, Became: "c"}, {ID: "b", Begun: 3, Origin: "a"}, {ID: "c", Begun: 1}},
			[]practice.Scar{scar("1", "a", 2)}, map[practice.StepID]string{"a": "1", "b": "1", "c": "1"}},
		{"what joined after the split stays with one half", []practice.ProcedureStep{{ID: "a", Begun: 1}, {ID: "b", Begun: 3, Origin: "a"}, {ID: "c", Begun: 1, Retired: 5, Became: "a"}},
			[]practice.Scar{scar("1", "c", 2)}, map[practice.StepID]string{"a": "1", "b": "", "c": "1"}},
		{"split and joined again", []practice.ProcedureStep{{ID: "a", Begun: 1}, {ID: "b", Begun: 3, Origin: "a", Retired: 4, Became: "a"}},
			[]practice.Scar{scar("1", "a", 2)}, map[practice.StepID]string{"a": "1", "b": "1"}},
	} {
		practice.Inherit(tt.steps, tt.scars, nil, nil)
		got := map[practice.StepID]string{}
		for _, s := range tt.steps {
			var names []string
			for _, c := range s.Scars {
				names = append(names, string(c.ID))
			}
			got[s.ID] = strings.Join(names, " ")
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

// What is read back is called as the page calls it, and goes on so when the page
// changes; what was taken out takes no number.
func TestSteps_numbers(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		p := begin(t, s, opening)
		numbers := func() string {
			var all []string
			for _, step := range stepsOf(t, s, p) {
				if step.Retired == 0 {
					all = append(all, step.Number)
				}
			}
			return strings.Join(all, " ")
		}
		if got := numbers(); got != "1 2 2.1 3 4 5" {
			t.Errorf("the steps are %s", got)
		}
		page, err := prose.ParseProcedure([]byte(strings.Replace(opening, "- [ ] Open the side door\n", "", 1)))
		if err != nil {
			t.Fatal(err)
		}
		update(t, s, func(tx *store.Tx) error {
			done, err := tx.Paste(p, page, practice.Revision{Reason: practice.ReasonWording})
			if err == nil && done.Procedure.Revision != 2 {
				t.Errorf("kept as %d", done.Procedure.Revision)
			}
			return err
		})
		if got := numbers(); got != "1 1.1 2 3 4" {
			t.Errorf("without the first the steps are %s", got)
		}
	})
}
