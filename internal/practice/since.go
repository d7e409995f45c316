package practice

import "time"

// Since is when whoever reported something is asked whether anything bad has happened to
// them since. It comes from the day of their report and is kept nowhere, and neither is
// an answer. Whoever put the question away is not asked until a day, and why is not kept.
type Since struct {
	Asks  bool
	Until time.Time // while it asks: when that is over by itself
	Last  bool      // while it asks: it never will again
	Next  time.Time // while it does not: from when on it asks; zero where it never will again
}

// sinceDays are how many days after a report it is asked, and sinceFor how long.
var sinceDays = []int{30, 90}

const sinceFor = 14

// SinceReport says where that stands for a report of a day.
func SinceReport(reported, now time.Time) Since {
	from := reported.UTC().Truncate(24 * time.Hour)
	for i, days := range sinceDays {
		begins := from.AddDate(0, 0, days)
		ends := begins.AddDate(0, 0, sinceFor)
		switch {
		case now.Before(begins):
			return Since{Next: begins}
		case now.Before(ends):
			return Since{Asks: true, Until: ends, Last: i == len(sinceDays)-1}
		}
	}
	return Since{}
}

// SinceAway is until when a report is not asked about, once its question was put away: as
// long as it would stand there now, or for good.
func SinceAway(reported, now time.Time, forGood bool) time.Time {
	if forGood {
		return reported.UTC().Truncate(24*time.Hour).AddDate(0, 0, sinceMost)
	}
	return SinceReport(reported, now).Until
}

// sinceMost is how far back a report can be that anything is asked about.
const sinceMost = 90 + sinceFor

// SinceFrom is the moment before which no report is asked about any more.
func SinceFrom(now time.Time) time.Time { return now.AddDate(0, 0, -sinceMost-1) }

// followed stands before the words of whoever was asked, inside what is sealed: nothing of
// the database shows that they were. Nobody can type it.
const followed = "\x01since\n"
