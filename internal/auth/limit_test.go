package auth

import (
	"errors"
	"net/http/httptest"
	"testing"
	"time"

	"debrief/internal/practice"
)

func TestAllow_sixHundredAMinuteForEachSecret(t *testing.T) {
	c := newClock()
	a := &Auth{now: c.Now, pace: newPace(c.Now)}
	r := httptest.NewRequest("GET", "/api/v1/failures", nil)
	for i := range requestsPerKey {
		if err := a.Allow(r, "one"); err != nil {
			t.Fatalf("request %d: %v", i+1, err)
		}
	}
	c.Pass(20 * time.Second)
	err := a.Allow(r, "one")
	var e *practice.Error
	if !errors.As(err, &e) || e.Code != "api.slow" || e.Wait != 40*time.Second {
		t.Errorf("one more: %v", err)
	}
	if err := a.Allow(r, "another"); err != nil {
		t.Errorf("another secret: %v", err)
	}
	c.Pass(40*time.Second - time.Nanosecond)
	if a.Allow(r, "one") == nil {
		t.Error("before the minute is over")
	}
	c.Pass(time.Nanosecond)
	for range requestsPerKey { // and no longer for having tried meanwhile
		if err := a.Allow(r, "one"); err != nil {
			t.Fatal(err)
		}
	}
	if a.Allow(r, "one") == nil {
		t.Error("the next minute has no end")
	}
	c.Pass(3 * time.Minute)
	if err := a.Allow(r, "one"); err != nil {
		t.Errorf("long afterwards: %v", err)
	}
}

func TestStrange_isCountedByPlace(t *testing.T) {
	c := newClock()
	a := &Auth{now: c.Now, pace: newPace(c.Now)}
	from := func(address string) error {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = address
		return a.Strange(r)
	}
	for range strangersPerPlace {
		if err := from("192.0.2.7:1234"); !errors.Is(err, practice.ErrUnauthenticated) {
			t.Fatal(err)
		}
	}
	if err := from("192.0.2.99:1"); refused(err) != "api.slow" {
		t.Errorf("a neighbour: %v", err)
	}
	if err := from("198.51.100.7:1"); !errors.Is(err, practice.ErrUnauthenticated) {
		t.Errorf("somewhere else: %v", err)
	}
	c.Pass(time.Minute)
	if err := from("192.0.2.7:1234"); !errors.Is(err, practice.ErrUnauthenticated) {
		t.Errorf("a minute later: %v", err)
	}
}
