package words

import (
	"fmt"
	"strings"
	"time"
)

// terms are the small words of a language, from its file language.txt.
type terms struct {
	days, months   []string // Sunday and January first
	numbers        []string // zero, one, two, …
	and, thousands string
}

// readTerms takes them out of the sentences, where they stand as lists.
func (l *spoken) readTerms() (terms, error) {
	list := func(key string) []string {
		if s := l.sentences[key]; len(s) == 1 {
			return strings.Fields(s[0].text)
		}
		return nil
	}
	t := terms{days: list("language.days"), months: list("language.months"), numbers: list("language.numbers")}
	t.and = strings.Join(list("language.and"), " ")
	t.thousands = strings.Join(list("language.thousands"), "")
	if len(t.days) != 7 || len(t.months) != 12 || len(t.numbers) == 0 || t.and == "" {
		return t, fmt.Errorf("%s/language.txt: want 7 days, 12 months, numbers and a word for and", l.tag)
	}
	return t, nil
}

// Day says "Mon 8 June" in the reader's zone, and "Mon 8 June 2025" where that is
// another year.
func (s *Speaker) Day(t time.Time) string {
	t = t.In(s.Zone)
	if s.Year != 0 && s.Year != t.Year() {
		return s.Date(t)
	}
	return s.Say("language.day", "weekday", s.spoken.terms.days[t.Weekday()], "day", t.Day(),
		"month", s.spoken.terms.months[t.Month()-1])
}

// Date says "Mon 8 June 2026" in the reader's zone.
func (s *Speaker) Date(t time.Time) string {
	t = t.In(s.Zone)
	return s.Say("language.date", "weekday", s.spoken.terms.days[t.Weekday()], "day", t.Day(),
		"month", s.spoken.terms.months[t.Month()-1], "year", t.Year())
}

// Clock says "07:30" in the reader's zone.
func (s *Speaker) Clock(t time.Time) string { return t.In(s.Zone).Format("15:04") }

// Until says the minute at whose beginning a time is over, "07:31" for 07:30:20: never
// one that has begun on the wall while time is left.
func (s *Speaker) Until(t time.Time) string {
	return s.Clock(t.Add(time.Minute - time.Nanosecond))
}

// Moment says "Mon 8 June, 07:30" in the reader's zone.
func (s *Speaker) Moment(t time.Time) string {
	return s.Say("language.moment", "day", s.Day(t), "clock", s.Clock(t))
}

// When says a moment as near as it is: "today 10:52", "yesterday 16:40",
// "Mon 8 June, 07:30", and in another year "Mon 8 June 2025".
func (s *Speaker) When(t, now time.Time) string {
	clock := s.Clock(t)
	switch s.dayNumber(t) - s.dayNumber(now) {
	case 0:
		return s.Say("language.today", "clock", clock)
	case -1:
		return s.Say("language.yesterday", "clock", clock)
	case 1:
		return s.Say("language.tomorrow", "clock", clock)
	}
	if t.In(s.Zone).Year() != now.In(s.Zone).Year() {
		return s.Date(t)
	}
	return s.Moment(t)
}

// Days says how many calendar days lie between two moments: "143 days".
func (s *Speaker) Days(from, to time.Time) string {
	return s.Say("language.days.n", "n", s.dayNumber(to)-s.dayNumber(from))
}

// Hours says a length of time: "40 minutes", "30 hours", and from four days on
// "5 days".
func (s *Speaker) Hours(d time.Duration) string {
	switch {
	case d < time.Minute:
		return s.Say("language.moments")
	case d < time.Hour:
		return s.Say("language.minutes.n", "n", int(d/time.Minute))
	case d < 96*time.Hour:
		return s.Say("language.hours.n", "n", int((d+30*time.Minute)/time.Hour))
	default:
		return s.Say("language.days.n", "n", int((d+12*time.Hour)/(24*time.Hour)))
	}
}

// dayNumber counts calendar days in the reader's zone, whatever the length of
// a day there.
func (s *Speaker) dayNumber(t time.Time) int {
	y, m, d := t.In(s.Zone).Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}
