package practice

import (
	"testing"
	"time"
)

func TestTurns_Up(t *testing.T) {
	auckland, err := time.LoadLocation("Pacific/Auckland")
	if err != nil {
		t.Fatal(err)
	}
	list := Turns{{Member: "a"}, {Member: "b"}, {Member: "c"}}
	at := time.Date(2026, 6, 8, 12, 0, 0, 0, auckland) // a Monday
	first := list.Up(at, auckland)
	if sunday := time.Date(2026, 6, 14, 23, 59, 0, 0, auckland); list.Up(sunday, auckland) != first {
		t.Error("the week is over before its Sunday is")
	}
	next := time.Date(2026, 6, 15, 0, 0, 0, 0, auckland)
	if got, want := list.Up(next, auckland), list[(list.Place(first)+1)%3].Member; got != want {
		t.Errorf("on Monday it is %s, want %s", got, want)
	}
	if list.Up(next, time.UTC) != first {
		t.Error("the week turns by the clock of the team")
	}
	year := map[MemberID]int{}
	for week := range 52 {
		year[list.Up(at.AddDate(0, 0, 7*week), auckland)]++
	}
	if year["a"] < 17 || year["b"] < 17 || year["c"] < 17 {
		t.Errorf("in a year: %v", year)
	}
	away := append(Turns{}, list...)
	away[away.Place(first)].Away = WeekOf(at, auckland)
	if got, want := away.Up(at, auckland), list[(list.Place(first)+1)%3].Member; got != want {
		t.Errorf("%s is away, and it is %s, want %s", first, got, want)
	}
	if away.Up(at.AddDate(0, 0, 21), auckland) != first {
		t.Error("whoever was away once stays away")
	}
	for i := range away {
		away[i].Away = WeekOf(at, auckland)
	}
	if away.Up(at, auckland) != "" || (Turns{}).Up(at, auckland) != "" {
		t.Error("somebody is named where nobody is there")
	}
}
