package practice

import "time"

// Wait is how long something waited, and no day: within a week, later within a month, or
// empty, which is after that or not yet.
type Wait string

// The waits.
const (
	WaitWeek  Wait = "week"
	WaitMonth Wait = "month"
)

// WaitOf is how long what appeared on a day waited until another one, zero while it waits.
func WaitOf(day, done time.Time) Wait {
	switch {
	case done.IsZero():
		return ""
	case done.Before(day.AddDate(0, 0, 8)):
		return WaitWeek
	case done.Before(day.AddDate(0, 0, 31)):
		return WaitMonth
	}
	return ""
}

// Waited is one thing a guardian was told: the day on which it appeared, how long it waited
// until a guardian read it, and the day of the first answer, zero while there is none.
type Waited struct {
	Day      time.Time
	Read     Wait
	Answered time.Time
}

// answer is how long it waited for its answer.
func (w Waited) answer() Wait { return WaitOf(w.Day, w.Answered) }

// read is how long it waited to be read: what was answered was read by then.
func (w Waited) read() Wait {
	answer := w.answer()
	switch {
	case w.Read == WaitWeek || answer == WaitWeek:
		return WaitWeek
	case w.Read == WaitMonth || answer == WaitMonth:
		return WaitMonth
	}
	return ""
}

// Portion is how much of something, without a number.
type Portion string

// The portions.
const (
	PortionNone Portion = "none"
	PortionSome Portion = "some"
	PortionMost Portion = "most" // more than half
	PortionAll  Portion = "all"
)

// AnswerTimes is how long what guardians were told waited for a first answer, or until it was
// first read, in a year that is over. Under five messages it says nothing: somebody could be recognised.
type AnswerTimes struct {
	From, Until time.Time
	Enough      bool
	Week        Portion // within a week
	Month       Portion // later, within a month
	Later       Portion // after that, or not yet
}

// leastWaited is of how many messages something is said.
const leastWaited = 5

// GuardianTimes is how long it waited until it was read, and for its answer.
type GuardianTimes struct {
	Read, Answer AnswerTimes
}

// GuardianTimesOf looks at both.
func GuardianTimesOf(all []Waited, now time.Time) GuardianTimes {
	return GuardianTimes{timesOf(all, now, Waited.read), timesOf(all, now, Waited.answer)}
}

// timesOf looks at what appeared in the year that ends a month before the present half
// year began. Its messages have had their month then, so that what it says stands still
// for half a year: a line that turns today would point at whoever wrote yesterday.
func timesOf(all []Waited, now time.Time, wait func(Waited) Wait) AnswerTimes {
	y, m, _ := now.Date()
	half := time.Date(y, (m-1)/6*6+1, 1, 0, 0, 0, 0, time.UTC)
	t := AnswerTimes{Until: half.AddDate(0, -1, 0)}
	t.From = t.Until.AddDate(-1, 0, 0)
	var n, week, month int
	for _, w := range all {
		if w.Day.Before(t.From) || !w.Day.Before(t.Until) {
			continue
		}
		n++
		switch wait(w) {
		case WaitWeek:
			week++
		case WaitMonth:
			month++
		}
	}
	if n < leastWaited {
		return t
	}
	t.Enough, t.Week, t.Month, t.Later = true, portion(week, n), portion(month, n), portion(n-week-month, n)
	return t
}

func portion(k, n int) Portion {
	switch {
	case k == 0:
		return PortionNone
	case k == n:
		return PortionAll
	case 2*k > n:
		return PortionMost
	}
	return PortionSome
}
