package main

import (
	"testing"

	"debrief/internal/store/storetest"
)

// A small run on both databases: no strategy does better than a guess as far as
// so few texts can tell, and every planted leak is caught.
func TestUnmask(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		o, err := lived(t.Context(), address, 14, 2, 11)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { o.store.Close() })
		all := score{}
		if err := o.judge(all); err != nil {
			t.Fatal(err)
		}
		t.Logf("\n%s", all.table())
		if len(o.secrets) < 5 || len(o.answers) < 5 {
			t.Fatalf("%d reports and %d answers prove nothing", len(o.secrets), len(o.answers))
		}
		for name, tries := range all {
			mean, half := tries.interval()
			switch {
			case !isControl(name) && mean-half > gate:
				t.Errorf("%s: %.3f ± %.3f better than a guess", name, mean, half)
			case isControl(name) && mean < 0.5:
				t.Errorf("%s is not caught: %.3f", name, mean)
			}
		}
	})
}
