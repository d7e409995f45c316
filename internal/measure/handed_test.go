package measure_test

import (
	"testing"

	"debrief/internal/measure"
	"debrief/internal/practice"
)

// What is handed to somebody who can change it is neither a change nor hollow, and an
// avoidable gap all the same.
func TestHollow_notWhatIsHandedOver(t *testing.T) {
	b := builder{team()}
	b.reviewed(b.fails(20), 19, practice.RouteReferral)
	b.reviewed(b.fails(20), 19, practice.RouteReferral, practice.RouteNothing)
	if s := reads(t, b, measure.Hollow).Share; s.N != 0 {
		t.Errorf("handed over, and nothing changed: %v", s)
	}
	if s := reads(t, b, measure.Change).Share; s != (measure.Share{0, 1}) {
		t.Errorf("the gap that was not handed over: %v", s)
	}
	b.reviewed(b.fails(20), 19, practice.RouteReferral, practice.RouteCovered)
	if s := reads(t, b, measure.Hollow).Share; s != (measure.Share{0, 1}) {
		t.Errorf("another one is covered: %v", s)
	}
}
