package prose

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

const monthNames = `(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?`

var (
	isoDay   = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)\d\d)[-/](0[1-9]|1[0-2])[-/](0[1-9]|[12]\d|3[01])(?:[^0-9]|$)`)
	dayMonth = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? ` + monthNames + `(?:,? ((?:19|20)\d\d)\b)?`)
	monthDay = regexp.MustCompile(`(?i)\b` + monthNames + ` (\d{1,2})(?:st|nd|rd|th)?\b(?:,? ((?:19|20)\d\d)\b)?`)
	anyYear  = regexp.MustCompile(`(?:19|20)\d\d`)
)

// parseDay reads the day a field begins with.
func parseDay(text string) (time.Time, bool) {
	text = strings.TrimSpace(text)
	if len(text) > 40 {
		text = text[:40]
	}
	if m := isoDay.FindStringSubmatch(text); m != nil {
		return makeDay(m[1], m[2], m[3])
	}
	return findDay(text, "")
}

// findDay returns the first day a text names. Where the text leaves out the
// year, year is it; empty for unknown.
func findDay(text, year string) (time.Time, bool) {
	var best time.Time
	at, found := len(text), false
	try := func(i int, y, m, d string) {
		if y == "" {
			y = year
		}
		if day, ok := makeDay(y, m, d); ok && i < at {
			best, at, found = day, i, true
		}
	}
	sub := func(m []int, n int) string {
		if m[2*n] < 0 {
			return ""
		}
		return text[m[2*n]:m[2*n+1]]
	}
	for _, m := range isoDay.FindAllStringSubmatchIndex(text, 3) {
		try(m[0], sub(m, 1), sub(m, 2), sub(m, 3))
	}
	for _, m := range dayMonth.FindAllStringSubmatchIndex(text, 10) {
		try(m[0], sub(m, 3), sub(m, 2), sub(m, 1))
	}
	for _, m := range monthDay.FindAllStringSubmatchIndex(text, 10) {
		try(m[0], sub(m, 3), sub(m, 1), sub(m, 2))
	}
	return best, found
}

// makeDay makes a day of a year, a month as number or name, and a day.
func makeDay(y, m, d string) (time.Time, bool) {
	year, err := strconv.Atoi(y)
	if err != nil {
		return time.Time{}, false
	}
	day, err := strconv.Atoi(d)
	if err != nil {
		return time.Time{}, false
	}
	month, err := strconv.Atoi(m)
	if err != nil {
		month = 1 + strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(m)[:3])/3
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return t, t.Day() == day && t.Month() == time.Month(month)
}
