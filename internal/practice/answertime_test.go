package practice_test

import (
	"testing"
	"time"

	. "debrief/internal/practice"
)

// How long messages waited is said in portions, of five or more, of a year whose messages
// have had their month; what comes or is answered today changes nothing.
func TestGuardianTimesOf(t *testing.T) {
	now := time.Date(2026, 8, 20, 9, 0, 0, 0, time.UTC)
	may := time.Date(2026, 5, 3, 0, 0, 0, 0, time.UTC)
	after := func(days ...int) (all []Waited) {
		for i, n := range days {
			w := Waited{Day: may.AddDate(0, -i, 0)}
			if n >= 0 {
				w.Answered = w.Day.AddDate(0, 0, n)
			}
			all = append(all, w)
		}
		return all
	}
	said := func(all []Waited) [3]Portion {
		got := GuardianTimesOf(all, now).Answer
		if !got.Until.Equal(time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)) || !got.From.Equal(time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)) || got.Enough == (got.Week == "") {
			t.Errorf("%+v", got)
		}
		return [3]Portion{got.Week, got.Month, got.Later}
	}
	for _, c := range []struct {
		all  []Waited
		want [3]Portion
	}{
		{nil, [3]Portion{}},
		{after(0, 1, 2, 7), [3]Portion{}},
		{after(0, 1, 2, 7, 7), [3]Portion{PortionAll, PortionNone, PortionNone}},
		{after(0, 1, 2, 8, -1), [3]Portion{PortionMost, PortionSome, PortionSome}},
		{after(8, 30, 30, 31, -1), [3]Portion{PortionNone, PortionMost, PortionSome}},
		{after(-1, -1, 40, 31, 90), [3]Portion{PortionNone, PortionNone, PortionAll}},
	} {
		if got := said(c.all); got != c.want {
			t.Errorf("%+v: %v, want %v", c.all, got, c.want)
		}
		today := append([]Waited{{Day: now}, {Day: now.AddDate(0, -2, 0), Answered: now}, {Day: now.AddDate(-3, 0, 0)}}, c.all...)
		if got := said(today); got != c.want {
			t.Errorf("with what came now: %v, want %v", got, c.want)
		}
	}
}

// What was answered was read by then, and read before it where that is known. Under five
// messages nothing is said of it, either.
func TestGuardianTimesOf_read(t *testing.T) {
	now := time.Date(2026, 8, 20, 9, 0, 0, 0, time.UTC)
	may := time.Date(2026, 5, 3, 0, 0, 0, 0, time.UTC)
	all := []Waited{{Day: may, Read: WaitWeek}, {Day: may, Read: WaitWeek, Answered: may.AddDate(0, 0, 20)}, {Day: may, Answered: may.AddDate(0, 0, 7)},
		{Day: may, Read: WaitMonth}, {Day: may, Answered: may.AddDate(0, 0, 90)}}
	got := GuardianTimesOf(all, now)
	if r := got.Read; !r.Enough || r.Week != PortionMost || r.Month != PortionSome || r.Later != PortionSome {
		t.Errorf("read: %+v", r)
	}
	if a := got.Answer; a.Week != PortionSome || a.Month != PortionSome || a.Later != PortionMost {
		t.Errorf("answered: %+v", a)
	}
	if r := GuardianTimesOf(all[1:], now).Read; r.Enough || r.Week != "" {
		t.Errorf("of four: %+v", r)
	}
	for days, want := range map[int]Wait{0: WaitWeek, 7: WaitWeek, 8: WaitMonth, 30: WaitMonth, 31: ""} {
		if got := WaitOf(may, may.AddDate(0, 0, days)); got != want {
			t.Errorf("after %d days: %q", days, got)
		}
	}
}
