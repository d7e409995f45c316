package practice

import "time"

// Newcomer is somebody in their first time with a team. What is counted of it has nobody
// in it.
type Newcomer struct {
	ID        NewcomerID
	Member    MemberID
	Team      TeamID
	Since     time.Time // the day on which they came
	Led       bool      // the tour was shown to them
	Told      bool      // they said once whether a question was answered
	Ran       bool      // they did a procedure alone, and somebody saw it
	Procedure ProcedureID
	Witness   MemberID  // who is asked whether they saw it; empty where nobody is
	RanOn     time.Time // the day that was stated
}

// How long somebody is new, and what is kept of it.
const (
	NewDays     = 30  // in which one tap says whether a question was answered
	NewcomerFor = 365 // days after which it is forgotten that somebody was new
)

// NewHere reports whether the first days are not over.
func (n Newcomer) NewHere(now time.Time) bool {
	return n.ID != "" && now.Before(n.Since.AddDate(0, 0, NewDays+1))
}

// State keeps that somebody did a procedure alone, as one other person saw. It is theirs
// to say, once.
func (n Newcomer) State(p ProcedureID, witness MemberID, now time.Time) (Newcomer, error) {
	switch {
	case n.ID == "" || n.Ran:
		return n, Refuse(Conflict, "newcomer.ran")
	case p == "":
		return n, Refuse(Invalid, "required").At("procedure")
	case witness == "" || witness == n.Member:
		return n, Refuse(Invalid, "newcomer.witness").At("witness")
	}
	n.Procedure, n.Witness, n.RanOn = p, witness, now.Truncate(day)
	return n, nil
}

// Seen is what the witness says. After a no it can be stated again.
func (n Newcomer) Seen(yes bool) (after Newcomer, days int) {
	days = int(n.RanOn.Sub(n.Since) / day)
	n.Procedure, n.Witness, n.RanOn, n.Ran = "", "", time.Time{}, yes
	return n, days
}

// MonthOf is the first moment of the month that a moment is in.
func MonthOf(at time.Time) time.Time {
	y, m, _ := at.UTC().Date()
	return time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
}

// What is counted beside the ids of what answered a question.
const (
	SaidNothing = "nothing" // nothing answered it
	SaidPeople  = "people"  // somebody said so for the first time
)

// TrailSaid is how often newcomers said something in a month.
type TrailSaid struct {
	Month time.Time
	What  string
	N     int
}

// TrailRun is after how many days somebody did a procedure alone for the first time.
type TrailRun struct {
	Month time.Time
	Days  int
}
