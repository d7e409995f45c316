package measure

import (
	"slices"
	"time"

	"debrief/internal/practice"
)

// Name is a measure by its name.
type Name string

// The measures that what is recorded allows.
const (
	Early    Name = "early"    // M1: failures that were first told as an early sign, by people
	InTime   Name = "time"     // M2: significant failures that were written about within 72 hours
	Change   Name = "change"   // M3: avoidable gaps that changed something by the next cycle
	Mix      Name = "mix"      // M3: what changes do, from removing a hazard to asking for care
	Used     Name = "used"     // M3: of the changes that people were asked about, those that are in use
	Proof    Name = "proof"    // M3: how soon after a review what it changed was there
	Back     Name = "back"     // M4: ways of failing that came back after a change for them was in use
	Hollow   Name = "hollow"   // M5: reviews with an avoidable gap that changed nothing
	Blame    Name = "blame"    // M6: closing answers that there was blame
	Bare     Name = "bare"     // M6: agreed texts that name nothing somebody else could look at
	Carried  Name = "carried"  // M7: promises that were kept by their day
	Cited    Name = "cited"    // M8: plans that do something differently because of an earlier failure
	Shared   Name = "shared"   // M8: of what they cite, what another team learned
	Single   Name = "single"   // M10: changes that rest on one failure
	Undone   Name = "undone"   // M10: of what was tried, what was put back
	Scant    Name = "scant"    // M10: changes of core steps with too little behind them
	Tighter  Name = "tighter"  // M13: changes that add a check on people
	Safe     Name = "safe"     // M11: how safe it is to speak, as a band
	Alone    Name = "alone"    // M9: days until a newcomer first did a procedure alone
	Answered Name = "answered" // M9: questions of newcomers that something answered
	Came     Name = "came"     // M11: those near to a failure who were invited, and came
	Again    Name = "again"    // M11: closing answers that people would come again
	NotNow   Name = "notnow"   // M11: rooms that were not now
	Unmet    Name = "unmet"    // M14: significant failures nobody wrote about within 72 hours
	Long     Name = "long"     // M14: open reviews that are older than a cycle
	Spent    Name = "spent"    // M14: hours of people in rooms, and beside them what came of reviews
	Led      Name = "led"      // reviews led from outside that changed something, beside those led by the script
)

// reader is a measure with how it is read.
type reader struct {
	name Name
	read func(*walked) Reading
}

// readers are all the measures, in the order of their names in the practice.
var readers = []reader{
	{Early, (*walked).early}, {InTime, (*walked).inTime}, {Change, (*walked).change}, {Mix, (*walked).mix}, {Used, (*walked).used}, {Proof, (*walked).proof},
	{Back, (*walked).back}, {Hollow, (*walked).hollow}, {Blame, (*walked).blame}, {Bare, (*walked).bare}, {Carried, (*walked).carried}, {Cited, (*walked).cited},
	{Shared, (*walked).shared}, {Single, (*walked).single}, {Undone, (*walked).undone}, {Scant, (*walked).scant}, {Safe, (*walked).safe}, {Came, (*walked).came},
	{Again, (*walked).again}, {NotNow, (*walked).notNow}, {Tighter, (*walked).tighter}, {Unmet, (*walked).unmet}, {Long, (*walked).long},
	{Spent, (*walked).spent}, {Led, (*walked).led}, {Alone, (*walked).alone}, {Answered, (*walked).answered},
}

// Names are all of them, in that order.
func Names() (names []Name) {
	for _, r := range readers {
		names = append(names, r.name)
	}
	return names
}

// Reading is what a measure says of a team at a moment. What it has depends on the
// measure; what it lacks is empty.
type Reading struct {
	Name   Name
	Share  Share
	Sign   Sign
	Trend  Trend     // since the share before
	Before Share     // of the window before
	From   time.Time // of what happened since is counted
	Differ Interval  // by how much the share may well differ from the one before, where two are compared
	Sure   float64   // how probable it is that more than half are hollow
	Slices []Slice   // of time, the first first
	Cases  []Case    // each one, the first first
	Apart  []Apart
	Middle Middle // of how long it took
	Curve  []Step // of what lasts
	Parts  []Part // the cases by their kind
	Rate   Rate
	Places []Place                // where the same was reported again
	Pulses []practice.PulseResult // what was said of the quarters of the team
	House  []practice.PulseResult // and of the whole organisation
}

// Slice is the share of one stretch of time. It is Open while it can still grow, and
// Few where there are too few in it to show a share.
type Slice struct {
	From, To  time.Time
	Share     Share
	Open, Few bool
}

// Case is one of what was counted.
type Case struct {
	Number  int // of the failure, or of the plan
	Title   string
	At      time.Time
	In      bool // among the latest, which the share counts
	Counts  bool // is one of K
	How     string
	Took    Spell
	Written bool // met late, and written about in time
}

// Apart is what is counted beside a share.
type Apart struct {
	What string
	N    int
}

// Rate is how often something rare was had in so many cycles.
type Rate struct {
	Count  int
	Cycles float64
}

// Interval is how often it may well be had in one cycle.
func (r Rate) Interval() Interval {
	i := Poisson(r.Count)
	return Interval{i.Low / r.Cycles, i.High / r.Cycles}
}

// Place is one way of failing that was reported more than once.
type Place struct {
	Number   int // of the first
	Title    string
	Reported []time.Time
	Changed  []time.Time
}

// LeastPeople is how many there have to be in a team before anything of it is
// measured: behind the number of a smaller one stands a person.
const LeastPeople = 5

// LeastReviews is how many a team has closed before what is measured of it is worth a
// look.
const LeastReviews = 3

// Readings are all the measures of a team, in the order of their names in the practice;
// none where it has too few people.
func Readings(t practice.Trail) []Reading {
	if t.People < LeastPeople {
		return nil
	}
	w := walk(t)
	all := make([]Reading, 0, len(readers))
	for _, r := range readers {
		all = append(all, r.read(w))
	}
	return all
}

// HollowOf is the reading that the alarm goes by; nothing is counted where a team has
// too few people.
func HollowOf(t practice.Trail) Reading {
	if t.People < LeastPeople {
		return Reading{Name: Hollow, Sign: Few}
	}
	return walk(t).hollow()
}

// latest are the last n of some things.
func latest[T any](all []T, n int) []T { return all[max(0, len(all)-n):] }

// where are those of some things that are meant.
func where[T any](all []T, meant func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(all), func(x T) bool { return !meant(x) })
}
