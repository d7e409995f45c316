package practice

import (
	"slices"
	"time"
)

// Turn is somebody's place among those of a team who convene in turn.
type Turn struct {
	Member MemberID
	Away   time.Time // the beginning of the week in which they are skipped; mostly zero
}

// Turns are those who convene in turn, a week each and then from the front again.
type Turns []Turn

// WeekOf is the beginning of the week that a moment is in: its Monday.
func WeekOf(at time.Time, zone *time.Location) time.Time {
	y, m, d := at.In(zone).Date()
	monday := d - (int(at.In(zone).Weekday())+6)%7
	return time.Date(y, m, monday, 0, 0, 0, 0, zone)
}

// Up returns whose week it is: nobody where nobody stands on the list, or all of
// them are away. Whoever is away gives the week to the next one.
func (ts Turns) Up(at time.Time, zone *time.Location) MemberID {
	week := WeekOf(at, zone)
	y, m, d := week.Date()
	days := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60)
	for i := range ts {
		if t := ts[(int(days/7)+i)%len(ts)]; !t.Away.Equal(week) {
			return t.Member
		}
	}
	return ""
}

// Members are those on the list, in its order.
func (ts Turns) Members() []MemberID {
	var all []MemberID
	for _, t := range ts {
		all = append(all, t.Member)
	}
	return all
}

// Place returns where somebody stands on the list, or -1.
func (ts Turns) Place(m MemberID) int {
	return slices.IndexFunc(ts, func(t Turn) bool { return t.Member == m })
}
