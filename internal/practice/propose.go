package practice

import "time"

// mostProposed is how many times a convener is offered: more is a search.
const mostProposed = 3

// ProposeTimes returns up to three times for a failure's review: inside the
// organisation's working hours, as soon as people can come, and within 72 hours
// of the failure being recognised where that is still possible.
func ProposeTimes(o Organisation, f Failure, now time.Time) []time.Time {
	zone := o.Location()
	last := f.ClockAt().Add(ReviewLimit)
	late := !last.After(now.Add(time.Hour))
	var out []time.Time
	t := halfHour(now.In(zone).Add(15 * time.Minute))
	for day := 0; day < 7 && len(out) < mostProposed; {
		at, end := o.hours(t)
		switch {
		case t.Before(at):
			t = at
		case !t.Before(end):
			t, day = o.nextMorning(t), day+1
			continue
		}
		if !late && t.After(last) {
			break
		}
		out = append(out, t)
		t = t.Add(4 * time.Hour)
	}
	return out
}

// hours returns when people are at work on the day of t.
func (o Organisation) hours(t time.Time) (from, to time.Time) {
	midnight := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
	at := func(minutes int) time.Time {
		return time.Date(midnight.Year(), midnight.Month(), midnight.Day(), minutes/60, minutes%60, 0, 0, t.Location())
	}
	start, end := o.DayStartsAt, o.DayEndsAt
	if end <= start {
		start, end = 9*60, 17*60
	}
	return at(start), at(end).Add(-LongestBox)
}

// nextMorning is when the next day's work begins.
func (o Organisation) nextMorning(t time.Time) time.Time {
	from, _ := o.hours(time.Date(t.Year(), t.Month(), t.Day()+1, 12, 0, 0, 0, t.Location()))
	return from
}

// halfHour is the next full or half hour from t on.
func halfHour(t time.Time) time.Time {
	r := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute()/30*30, 0, 0, t.Location())
	if r.Before(t) {
		r = r.Add(30 * time.Minute)
	}
	return r
}
