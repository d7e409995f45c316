package practice_test

import (
	"testing"
	"time"

	. "debrief/internal/practice"
)

// The question is there for two weeks from the thirtieth and from the ninetieth day on, and
// goes by itself.
func TestSinceReport(t *testing.T) {
	reported := time.Date(2026, 3, 2, 17, 20, 0, 0, time.UTC)
	day := func(n int) time.Time { return time.Date(2026, 3, 2+n, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		now  time.Time
		want Since
	}{
		{reported, Since{Next: day(30)}},
		{day(30).Add(-time.Second), Since{Next: day(30)}},
		{day(30), Since{Asks: true, Until: day(44)}},
		{day(44).Add(-time.Second), Since{Asks: true, Until: day(44)}},
		{day(44), Since{Next: day(90)}},
		{day(90), Since{Asks: true, Until: day(104), Last: true}},
		{day(104), Since{}},
	} {
		if got := SinceReport(reported, c.now); got != c.want {
			t.Errorf("at %s: %+v, want %+v", c.now, got, c.want)
		}
		if c.want != (Since{}) && !reported.After(SinceFrom(c.now)) {
			t.Errorf("at %s it is not looked for", c.now)
		}
	}
}

// Put away for now it comes back once more, and for good never.
func TestSinceAway(t *testing.T) {
	reported := time.Date(2026, 3, 2, 17, 20, 0, 0, time.UTC)
	day := func(n int) time.Time { return time.Date(2026, 3, 2+n, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		now, now2, good time.Time
	}{{day(31), day(44), day(104)}, {day(91), day(104), day(104)}, {day(50), time.Time{}, day(104)}} {
		if got := SinceAway(reported, c.now, false); !got.Equal(c.now2) {
			t.Errorf("at %s for now: until %s", c.now, got)
		}
		if got := SinceAway(reported, c.now, true); !got.Equal(c.good) {
			t.Errorf("at %s for good: until %s", c.now, got)
		}
	}
}

func TestFollowed(t *testing.T) {
	for _, asked := range []bool{true, false} {
		text, was := Followed(NewMisuse{Text: " They moved my shifts. ", Since: asked}.Words())
		if text != "They moved my shifts." || was != asked {
			t.Errorf("%q, %v after %v", text, was, asked)
		}
	}
}
