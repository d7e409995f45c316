package auth

import (
	"fmt"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store/storetest"
)

func newClock() *storetest.Clock {
	return storetest.NewClock(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
}

func refused(err error) (code string) {
	if e, ok := err.(*practice.Error); ok {
		return e.Code
	}
	return ""
}
func minutesOf(err error) (minutes int) {
	e, _ := err.(*practice.Error)
	m, _ := e.Args["n"].(int)
	return m
}

func TestPace_backsOffAndForgives(t *testing.T) {
	c := newClock()
	p := newPace(c.Now)
	try := func() error { return p.try(map[string]int{"a": 5}) }
	for i := range 5 {
		if err := try(); err != nil {
			t.Fatalf("try %d: %v", i+1, err)
		}
	}
	for _, want := range []int{1, 2, 4, 8, 15, 15} {
		err := try()
		if refused(err) != "sign.in.slow" || minutesOf(err) != want {
			t.Fatalf("got %v (%v), want %d minutes", err, err, want)
		}
		c.Pass(time.Duration(want)*time.Minute - time.Second)
		if try() == nil {
			t.Fatalf("open a second before %d minutes", want)
		}
		c.Pass(time.Second)
		for i := range 5 {
			if err := try(); err != nil {
				t.Fatalf("after %d minutes, try %d: %v", want, i+1, err)
			}
		}
	}
	c.Pass(time.Hour)
	for range 5 {
		if err := try(); err != nil {
			t.Fatal(err)
		}
	}
	if err := try(); minutesOf(err) != 1 {
		t.Errorf("after a quiet hour the wait is %d minutes, want 1 again", minutesOf(err))
	}
}

func TestPace_slowTyperIsNeverShut(t *testing.T) {
	c := newClock()
	p := newPace(c.Now)
	for i := range 100 {
		if err := p.try(map[string]int{"a": 5}); err != nil {
			t.Fatalf("try %d: %v", i, err)
		}
		c.Pass(13 * time.Second)
	}
}

func TestPace_boundedMemory(t *testing.T) {
	c := newClock()
	p := newPace(c.Now)
	for range 6 {
		_ = p.try(map[string]int{"shut": 5})
	}
	for i := range 3 * paceKeys {
		_ = p.try(map[string]int{fmt.Sprint(i): 5})
	}
	if n := len(p.keys); n > paceKeys {
		t.Errorf("remembers %d keys, %d at most", n, paceKeys)
	}
	if p.try(map[string]int{"shut": 5}) == nil {
		t.Error("a flood of other names opened a door that was shut")
	}
}

func TestPlaceKey(t *testing.T) {
	same := [][2]string{
		{"192.0.2.7:1000", "192.0.2.250:2000"},
		{"[2001:db8:1:2::9]:1", "[2001:db8:1:ffff::1]:2"},
		{"[::ffff:192.0.2.7]:1", "192.0.2.9:5"},
	}
	for _, p := range same {
		if placeKey(p[0]) != placeKey(p[1]) {
			t.Errorf("%s and %s are counted apart", p[0], p[1])
		}
	}
	if placeKey("192.0.2.7:1") == placeKey("192.0.3.7:1") {
		t.Error("192.0.2.0/24 and 192.0.3.0/24 are counted together")
	}
	if placeKey("[2001:db8:1::1]:1") == placeKey("[2001:db8:2::1]:1") {
		t.Error("two households of the newer kind are counted together")
	}
	if placeKey("@") == "" {
		t.Error("an address nobody can read is not counted")
	}
}
