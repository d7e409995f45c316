package practice

import (
	"testing"
	"time"
)

func TestProposeTimes(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	o := Organisation{Zone: "Europe/Berlin", DayStartsAt: 9 * 60, DayEndsAt: 17 * 60}
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 6, day, hour, minute, 0, 0, berlin) }
	for _, c := range []struct {
		name        string
		now, failed time.Time
		want        []time.Time
	}{
		{"in the morning", at(8, 9, 50), at(8, 9, 0), []time.Time{at(8, 10, 30), at(8, 14, 30), at(9, 9, 0)}},
		{"at night", at(8, 23, 0), at(8, 22, 0), []time.Time{at(9, 9, 0), at(9, 13, 0), at(10, 9, 0)}},
		{"near the limit", at(11, 8, 0), at(8, 10, 0), []time.Time{at(11, 9, 0)}},
		{"after it", at(20, 8, 0), at(8, 10, 0), []time.Time{at(20, 9, 0), at(20, 13, 0), at(21, 9, 0)}},
	} {
		got := ProposeTimes(o, Failure{RecognisedAt: c.failed}, c.now)
		if len(got) != len(c.want) {
			t.Errorf("%s: %v; want %v", c.name, got, c.want)
			continue
		}
		for i := range got {
			if !got[i].Equal(c.want[i]) {
				t.Errorf("%s: time %d is %v; want %v", c.name, i, got[i], c.want[i])
			}
		}
	}
}
