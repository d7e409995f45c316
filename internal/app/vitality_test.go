package app_test

import (
	"fmt"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// What is measured of a team is its people's, from five of them on, on the clock of
// the organisation; and the operator's.
func TestVitality_isTheTeams(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := newLibrary(t, s)
		ctx := t.Context()
		_, err := l.Vitality(ctx, l.tove, l.crew)
		is(t, "of another team", err, "not.found")
		steward := l.noor
		steward.Teams = nil
		_, err = l.Vitality(ctx, steward, l.crew)
		is(t, "a steward by that alone", err, "not.found")
		few, err := l.Vitality(ctx, l.tove, l.clinics)
		is(t, "of few", err, "")
		if few.Readings != nil || few.Misuse != nil {
			t.Errorf("%d people have %v", few.Trail.People, few.Readings)
		}
		_, err = l.Grounds(ctx, l.tove, l.crew)
		is(t, "where another team fails", err, "not.found")
		grounds, err := l.Grounds(ctx, l.noor, l.crew)
		is(t, "where it fails", err, "")
		marks := 0
		for _, g := range grounds.All {
			marks += len(g.Marks)
		}
		if marks < len(saturdayReports) || grounds.Team.ID != l.crew {
			t.Errorf("of %d reports, %d stand in %+v", len(saturdayReports), marks, grounds.All)
		}
		for i := range 5 {
			add(t, l.App, l.noor, fmt.Sprint("Person ", i))
		}
		v, err := l.Vitality(ctx, l.noor, l.crew)
		is(t, "of enough", err, "")
		if len(v.Readings) == 0 || len(v.Misuse) != 2 || len(v.Trail.Failures) != len(saturdayReports) || v.Trail.At.Location().String() != newOrganisation().Zone {
			t.Errorf("%d readings of %d reports at %v", len(v.Readings), len(v.Trail.Failures), v.Trail.At)
		}
		again, err := l.Vitality(ctx, practice.Actor{Operator: true}, l.crew)
		is(t, "the operator", err, "")
		if len(again.Readings) != len(v.Readings) {
			t.Errorf("the operator reads %d", len(again.Readings))
		}
	})
}
