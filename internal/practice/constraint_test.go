package practice

import (
	"testing"
	"time"
)

// A limit that somebody asked about again was not last asked about when it was named.
func TestConstraint_Asked(t *testing.T) {
	named, again := time.Date(2028, 2, 29, 9, 0, 0, 0, time.UTC), time.Date(2029, 4, 1, 9, 0, 0, 0, time.UTC)
	if c := (Constraint{NamedAt: named, LookAt: LookAgain(named)}); !c.Asked().Equal(named) {
		t.Errorf("as it was named: %s", c.Asked())
	}
	if c := (Constraint{NamedAt: named, LookAt: LookAgain(again)}); !c.Asked().Equal(again) {
		t.Errorf("once it was asked about: %s", c.Asked())
	}
}
