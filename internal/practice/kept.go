package practice

import "time"

// Class is a kind of thing that is kept.
type Class string

// The classes. The store knows what is in each, and how long it stays.
const (
	ClassAnswers    Class = "answers"    // what was written alone in rooms, and judgements
	ClassHot        Class = "hot"        // the five minutes after an action, but for what happened
	ClassPool       Class = "pool"       // reports without a name that wait
	ClassReceipts   Class = "receipts"   // ways back to them
	ClassMisuse     Class = "misuse"     // what guardians were told
	ClassRooms      Class = "rooms"      // what is there only while a room is open
	ClassFailures   Class = "failures"   // failures with facts, threads, redactions and holds
	ClassReviews    Class = "reviews"    // records
	ClassConflicts  Class = "conflicts"  // what a room parked, so that it is not argued there
	ClassLearned    Class = "learned"    // procedures, constraints, findings, promises, plans
	ClassNewcomers  Class = "newcomers"  // who is new to a team
	ClassPeople     Class = "people"     // people and how they are reached
	ClassDoors      Class = "doors"      // devices, links, tokens and shared tablets that ended
	ClassKnocks     Class = "knocks"     // who asks to come in, and signed links
	ClassPartings   Class = "partings"   // how somebody stood who was let go
	ClassNotices    Class = "notices"    // lines on start pages
	ClassDispatches Class = "dispatches" // messages on their way
	ClassRepeats    Class = "repeats"    // what requests led to
	ClassResends    Class = "resends"    // and those that may have waited without a signal
	ClassPrints     Class = "prints"     // fingerprints of redactions
	ClassErasures   Class = "erasures"   // who was erased
	ClassDisposals  Class = "disposals"  // what went
	ClassBackups    Class = "backups"    // what the server copies by itself
	ClassHouse      Class = "house"      // settings, and what the server works by
)

// Kept is how long one class is kept, and what of it goes next.
type Kept struct {
	Class Class
	Days  int       // after which it goes by itself; 0: at once when its time is over, or never by days
	Set   KeptBy    // who can set that
	Goes  bool      // in the daily round
	Next  time.Time // the day on which some of it goes; zero: there is nothing that could
	Count int       // how many go then; 0 where a number could tell something about somebody
}

// KeptBy is who sets how long a class is kept.
type KeptBy string

// Who sets it. Nobody does where it is part of a promise.
const (
	KeptByStewards KeptBy = "stewards"
	KeptByOperator KeptBy = "operator"
)

// Disposal is one line about what went because its time was over: how much of
// which class, on which day, after how many days. Nothing of what it was.
type Disposal struct {
	Class Class
	Count int // 0 where a number could tell something about somebody
	Day   time.Time
	Days  int
}
