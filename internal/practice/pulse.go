package practice

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"
)

// Pulse asks the people of one team seven questions without their names, once a
// quarter: is it safe to speak here? Everybody gets one sheet. Who took one and what
// stands on the sheets are two lists that know nothing of each other, and both are gone
// when it closes.
type Pulse struct {
	ID    PulseID
	Team  TeamID
	From  time.Time // the quarter it is of
	Until time.Time // which ends then, and the pulse with it
	Asked []MemberID
}

// When people are asked: in the last two weeks of a quarter. Where nobody could open it
// in time, everybody has a week at least, or there is none in this quarter.
const (
	PulseOpen  = 14 * 24 * time.Hour
	PulseLeast = 7 * 24 * time.Hour
)

// PulseFew is how many have to answer, and how many have to be left beside them, before
// anything is said; and by how many the people have to be others before two quarters
// are compared.
const PulseFew = 5

// From how many answers on shares are shown in tens, and from how many on exactly.
const (
	PulseRough = 10
	PulseFine  = 20
)

// Quarter is the quarter of a year that a moment lies in, on the organisation's clock.
func (o Organisation) Quarter(at time.Time) (from, until time.Time) {
	zone := o.Location()
	y, m, _ := at.In(zone).Date()
	first := (m-1)/3*3 + 1
	return time.Date(y, first, 1, 0, 0, 0, 0, zone), time.Date(y, first+3, 1, 0, 0, 0, 0, zone)
}

// PulseOpens is when people are asked next, from a moment on: then, where they could
// still be asked now.
func (o Organisation) PulseOpens(at time.Time) time.Time {
	_, until := o.Quarter(at)
	if at.After(until.Add(-PulseLeast)) {
		_, until = o.Quarter(until)
	}
	return until.Add(-PulseOpen)
}

// Open reports whether a sheet may be taken or sent.
func (p Pulse) Open(now time.Time) bool { return !p.Until.IsZero() && now.Before(p.Until) }

// MayAnswer refuses what comes when nobody is asked.
func (p Pulse) MayAnswer(now time.Time) error {
	if !p.Open(now) {
		return Refuse(Conflict, "pulse.over")
	}
	return nil
}

// Circle is the people of one team.
type Circle struct {
	Team   TeamID
	People []MemberID
}

// AskOnce says whom each team asks, so that nobody is asked twice in a quarter: whoever
// is in several teams is asked about the smallest of them that comes to enough people.
// Teams that do not come to enough are left out.
func AskOnce(teams []Circle) (asked []Circle) {
	taken := map[MemberID]bool{}
	smallest := slices.Clone(teams)
	slices.SortStableFunc(smallest, func(a, b Circle) int {
		return cmp.Or(cmp.Compare(len(a.People), len(b.People)), cmp.Compare(a.Team, b.Team))
	})
	for _, t := range smallest {
		free := slices.DeleteFunc(slices.Clone(t.People), func(m MemberID) bool { return taken[m] })
		if len(free) < PulseFew {
			continue
		}
		for _, m := range free {
			taken[m] = true
		}
		slices.Sort(free)
		asked = append(asked, Circle{t.Team, free})
	}
	return asked
}

// SheetItems is how many sentences stand on a sheet, and SheetMost how far people can
// agree with one.
const (
	SheetItems = 7
	SheetMost  = 7
)

// SheetTurned reports whether to agree with a sentence, the first being 1, says that it
// is not safe to speak.
func SheetTurned(nth int) bool { return nth == 1 || nth == 3 || nth == 5 }

// Sheet is how far somebody agrees with each sentence, from 1 to 7.
type Sheet [SheetItems]int

// Missing are the sentences without a mark, the first being 1.
func (s Sheet) Missing() (all []int) {
	for i, mark := range s {
		if mark < 1 || mark > SheetMost {
			all = append(all, i+1)
		}
	}
	return all
}

// Check refuses a sheet on which something is missing.
func (s Sheet) Check() error {
	if all := s.Missing(); len(all) > 0 {
		return SheetLacks(all[0])
	}
	return nil
}

// SheetLacks refuses a sheet because of one sentence.
func SheetLacks(nth int) *Error {
	return Refuse(Invalid, "pulse.missing").At(SheetItem(nth)).With("n", nth)
}

// SheetItem is the name of a sentence, the first being 1.
func SheetItem(nth int) string { return "item" + strconv.Itoa(nth) }

// Sum is all marks of a sheet, those turned around that say the opposite: from 7, it is
// not safe to speak at all, to 49.
func (s Sheet) Sum() (sum int) {
	for i, mark := range s {
		if SheetTurned(i + 1) {
			mark = SheetMost + 1 - mark
		}
		sum += mark
	}
	return sum
}

// Band is how safe it is to speak, as far as it is said.
type Band string

// The bands, of a sheet as of all of them.
const (
	BandLow   Band = "low"
	BandMixed Band = "mixed"
	BandHigh  Band = "high"
)

// Band is that of a sheet: low up to 3 of 7 on average, high from 5 on.
func (s Sheet) Band() Band {
	switch sum := s.Sum(); {
	case sum <= 3*SheetItems:
		return BandLow
	case sum >= 5*SheetItems:
		return BandHigh
	}
	return BandMixed
}

// PulseCount is how many sheets are in which band, and the sum of all marks.
type PulseCount struct{ Low, Mixed, High, Sum int }

// Of is how many sheets were counted.
func (c PulseCount) Of() int { return c.Low + c.Mixed + c.High }

// Band is that of all sheets together. One who does not dare to speak among six who do
// is not "high": it takes two thirds, with fewer than one in ten who are low. Half who
// do not dare are enough for low.
func (c PulseCount) Band() Band {
	n := c.Of()
	switch {
	case 2*c.Low >= n:
		return BandLow
	case 3*c.High >= 2*n && 10*c.Low < n:
		return BandHigh
	}
	return BandMixed
}

// PulseBox is the sheets of a pulse when it closes.
type PulseBox struct {
	Pulse  Pulse
	Sheets []Sheet
}

func (b PulseBox) count() (c PulseCount) {
	for _, s := range b.Sheets {
		c.Sum += s.Sum()
		switch s.Band() {
		case BandLow:
			c.Low++
		case BandHigh:
			c.High++
		default:
			c.Mixed++
		}
	}
	return c
}

// PulseResult is all that is kept of a pulse, and what everybody reads of it.
type PulseResult struct {
	ID    PulseID
	Team  TeamID    // empty for the whole organisation
	From  time.Time // the quarter
	Until time.Time
	Asked int  // how many people were; 0 where nothing is said
	Size  int  // how many answered: exactly from 20 on, before that "5 or more" and "10 or more"
	Band  Band // empty: too few to say, here or beside it
	// Count is of 100 sheets, in tens, from 10 on, and of the sheets themselves from 20
	// on. It is empty where fewer answered, and where fewer than five are outside the
	// largest band.
	Count PulseCount
}

// PulseCounted is a result as the close makes it, with who was asked: to see each time
// after by how many they are others. Nobody reads that list.
type PulseCounted struct {
	PulseResult
	Who []MemberID
}

// Said reports whether enough answered to say anything.
func (r PulseResult) Said() bool { return r.Band != "" }

// Exact reports whether the sheets themselves are counted.
func (r PulseResult) Exact() bool { return r.Size >= PulseFine }

// Rough reports whether there are shares in tens.
func (r PulseResult) Rough() bool { return r.Size == PulseRough }

// enough reports whether so many answers of so many people say something: five, and
// three of five.
func enough(answers, asked int) bool { return answers >= PulseFew && 5*answers >= 3*asked }

// bare reports whether so few are left that whoever knows the rest knows them.
func bare(left int) bool { return left > 0 && left < PulseFew }

// CountPulses says what is said of every team, and of the organisation where several
// were asked. A team is shown only where enough of it answered, and enough or nobody
// beside it: otherwise what all answered, less what the team did, would be what a few
// did. For the same reason the organisation is shown no more finely than the smallest
// part of it: each team, and those that are not shown taken together.
func CountPulses(boxes []PulseBox) (results []PulseCounted) {
	if len(boxes) == 0 {
		return nil
	}
	house := PulseBox{Pulse: Pulse{From: boxes[0].Pulse.From, Until: boxes[0].Pulse.Until}}
	for _, b := range boxes {
		house.Sheets = append(house.Sheets, b.Sheets...)
		house.Pulse.Asked = append(house.Pulse.Asked, b.Pulse.Asked...)
	}
	hidden, least := 0, len(house.Sheets)
	for _, b := range boxes {
		n := len(b.Sheets)
		shown := enough(n, len(b.Pulse.Asked)) && !bare(len(house.Sheets)-n)
		results = append(results, b.say(shown, n))
		if !shown {
			hidden += n
		} else {
			least = min(least, n)
		}
	}
	if len(boxes) > 1 {
		if hidden > 0 {
			least = min(least, hidden)
		}
		shown := enough(len(house.Sheets), len(house.Pulse.Asked)) && !bare(hidden)
		results = append(results, house.say(shown, least))
	}
	return results
}

// say is what everybody reads of a box, if anything: as finely as so many answers allow.
func (b PulseBox) say(shown bool, fine int) PulseCounted {
	r := PulseCounted{PulseResult: PulseResult{ID: b.Pulse.ID, Team: b.Pulse.Team, From: b.Pulse.From, Until: b.Pulse.Until}}
	if !shown {
		return r
	}
	c, n := b.count(), len(b.Sheets)
	r.Asked, r.Who, r.Band, r.Size = len(b.Pulse.Asked), b.Pulse.Asked, c.Band(), PulseFew
	switch fine = min(fine, n); {
	case n-max(c.Low, c.Mixed, c.High) < PulseFew: // a share would say what each of them answered, or its lack that all agree
	case fine >= PulseFine:
		r.Size, r.Count = n, c
	case fine >= PulseRough:
		r.Size, r.Count = PulseRough, PulseCount{Low: tens(c.Low, n), Mixed: tens(c.Mixed, n), High: tens(c.High, n)}
	}
	return r
}

// tens is a share in 100, to the next ten.
func tens(k, n int) int { return 10 * int(math.Round(10*float64(k)/float64(n))) }

// Compares reports whether this may stand beside what was said before of these people:
// they have to be others by enough, or whoever knows who came and went could tell what
// they said.
func (r PulseCounted) Compares(before PulseResult, who []MemberID) bool {
	common := 0
	for _, m := range r.Who {
		if slices.Contains(who, m) {
			common++
		}
	}
	return before.Asked+r.Asked-2*common >= PulseFew // whoever was erased since is not in the list, and counts
}
