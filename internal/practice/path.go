package practice

import "strconv"

// Where the pages about a noun stand, on every face. People say the numbers
// aloud, so the addresses have them.

// FailurePath is the page of a failure.
func FailurePath(number int) string { return "/f/" + strconv.Itoa(number) }

// RecordPath is the record of a failure's review.
func RecordPath(number int) string { return FailurePath(number) + "/record" }

// RoomPath is the door to the room of a failure.
func RoomPath(number int) string { return FailurePath(number) + "/room" }

// GuidePath is the page of whoever leads the room of a failure from outside.
func GuidePath(number int) string { return FailurePath(number) + "/guide" }

// ConflictPath is where a parked conflict stands in the list of them.
func ConflictPath(id ConflictID) string { return "/conflicts#" + string(id) }

// ProcedurePath is the page of a procedure.
func ProcedurePath(slug string) string { return "/p/" + slug }

// VersionPath is the page of one version of a procedure.
func VersionPath(slug string, number int) string {
	return ProcedurePath(slug) + "/history/" + strconv.Itoa(number)
}

// ProposedPath is the page of a change that somebody proposed.
func ProposedPath(slug string, id ProposedID) string {
	return ProcedurePath(slug) + "/proposals/" + string(id)
}

// ConstraintPath is the page of a boundary.
func ConstraintPath(number int) string { return "/c/" + strconv.Itoa(number) }

// AssumptionPath is the page of an assumption.
func AssumptionPath(number int) string { return "/a/" + strconv.Itoa(number) }

// FindingPath is the page of what an experiment taught.
func FindingPath(number int) string { return "/e/" + strconv.Itoa(number) }

// PlanPath is the page of a plan.
func PlanPath(number int) string { return "/plan/" + strconv.Itoa(number) }

// MonitorPath is where a monitor says that something happened.
func MonitorPath(id MonitorID) string { return "/monitor/" + string(id) }

// CarryPath is the page of a promise.
func CarryPath(id CarryID) string { return "/carry/" + string(id) }

// CyclePath is the page of a cycle.
func CyclePath(id CycleID) string { return "/cycle/" + string(id) }

// LegacyPath is where a team reads what a round inherits, and begins it.
func LegacyPath(id CycleID) string { return CyclePath(id) + "/begin" }

// SeatPath is where the pages of the seats of a review begin.
func SeatPath(id ReviewID) string { return "/seat/" + string(id) }

// PausePath is where a team reads that it pauses, and decides about it.
const PausePath = "/pause"

// StartPath is where a team begins anew.
func StartPath(id TeamID) string { return "/start/" + string(id) }

// CausePath is where people of a team say what is in the way.
func CausePath(id AlarmID) string { return "/cause/" + string(id) }

// UsePath is where those who are asked say whether what a review changed is in use.
func UsePath(id ReviewID) string { return "/use/" + string(id) }

// Where a guardian is told something, where they read it, and where everybody reads who
// they are.
const (
	GuardianPath  = "/guardian"
	DeskPath      = "/guardian/desk"
	GuardiansPath = "/team/guardian"
)

// PulsePath is where somebody is asked whether it is safe to speak.
const PulsePath = "/pulse"

// SheetPath is where the sheet of a pulse is filled in, by whoever has one.
func SheetPath(id PulseID) string { return SeatPath(ReviewID(id)) + "/sheet" }

// ReferralPath is where a gap stands that was handed to somebody who can change it.
func ReferralPath(id GapID) string { return "/referral/" + string(id) }

// ConsentPath is where the groups that a change affects say whether it is safe enough to
// try.
func ConsentPath(id GapID) string { return "/consent/" + string(id) }

// OffersPath is where teams read what they offered each other.
const OffersPath = "/offers"

// OfferPath is the page of something that one team offers another.
func OfferPath(id OfferID) string { return OffersPath + "/" + string(id) }

// PartyPath is the page of a group.
func PartyPath(id PartyID) string { return "/groups/" + string(id) }

// RunPath is where somebody is asked whether they saw a newcomer's first run.
func RunPath(id NewcomerID) string { return "/tour/seen/" + string(id) }
