package practice

import (
	"strings"
	"time"
)

// Stranger is somebody of whom nothing is known and nothing is kept: whoever
// sends a report without a name, or shows the words of one. Whatever takes a
// Stranger never takes an [Actor].
type Stranger struct {
	From string // the network address of the request: tries are counted by it, in memory, under a key that changes
	Once string // the sender's key of this request, remembered in memory; may be empty
}

// Unnamed is a report without a name. What has no author has no clock: it knows
// the day at most.
type Unnamed struct {
	Text         string
	Stage        Stage
	Day          time.Time // when it was noticed, if that was before the day it appears; midnight
	Touched      []GroupID
	TouchedOther string
	Alias        string // what whoever wrote it likes to be called; mostly empty
	Severe       bool   // somebody was hurt, died, was attacked or arrested
}

// Check refuses a report nobody could act on.
func (u Unnamed) Check(now time.Time) error {
	if tooLong(u.Alias, MaxName) {
		return Refuse(Invalid, "too.long").At("alias").With("max", MaxName)
	}
	return NewFailure{Text: u.Text, Stage: u.Stage, At: u.Day, TouchedOther: u.TouchedOther}.Check(now)
}

// mostFew is how many people at most know each other by their words.
const mostFew = 3

// Few reports whether so many people are too few for anything without a name to
// be really without one: each of them knows whose words they read.
func Few(people int) bool { return people <= mostFew }

// Tidy trims what was typed.
func (u Unnamed) Tidy() Unnamed {
	u.Text, u.TouchedOther, u.Alias = strings.TrimSpace(u.Text), strings.TrimSpace(u.TouchedOther), strings.TrimSpace(u.Alias)
	return u
}

// Appear makes the failure that the report becomes at the hour it is released.
func (u Unnamed) Appear(id FailureID, team TeamID, hour time.Time) Failure {
	at := u.Day
	if at.IsZero() {
		at = hour
	}
	return Failure{ID: id, Team: team, Title: Title(u.Text), Text: u.Text, Stage: u.Stage, RecognisedAt: at,
		Touched: u.Touched, TouchedOther: u.TouchedOther, Alias: u.Alias, Severe: u.Severe,
		Source: SourceReport, Triage: TriageNew, Standing: Reported}
}

// Unnamed reports whether a failure was reported by nobody the server knows.
func (f Failure) Unnamed() bool { return f.Source == SourceReport && f.ReportedAt.IsZero() }

// Waiting is something that came without a name and has not appeared yet.
type Waiting struct {
	ID      string // random, as everything that has no author
	Kind    WaitingKind
	Lookup  string    // of the receipt it came with
	Public  []byte    // of that receipt; of a report
	Team    TeamID    // of a report
	Report  Unnamed   // of a report or a correction
	Text    string    // of a message
	Answers MessageID // of a message: the question it answers, or nothing
	Asked   string    // of a message: that question, which nobody but its reader could open
	Told    Told      // of what a guardian is told: sealed already
}

// WaitingKind is what somebody without a name did.
type WaitingKind string

// What waits for the hour: a report, and what its writer did about it since.
const (
	WaitingReport     WaitingKind = "report"
	WaitingMessage    WaitingKind = "message"
	WaitingCorrection WaitingKind = "correction"
	WaitingWithdrawal WaitingKind = "withdrawal"
	WaitingMisuse     WaitingKind = "misuse" // what a guardian is told, at first
	WaitingTold       WaitingKind = "told"   // and what is added later
)

// What waits is looked at every ten minutes, and appears early where as many
// reports wait as hide each other.
const (
	releaseLook = 10 * time.Minute
	EnoughToMix = 3
)

// Appears is when everything that waits now appears at the latest: at the next
// full hour of the organisation's clock, or at its one hour of the day.
func (o Organisation) Appears(now time.Time) time.Time {
	zone := o.Location()
	y, m, d := now.In(zone).Date()
	if o.AppearsAt == 0 {
		return time.Date(y, m, d, now.In(zone).Hour()+1, 0, 0, 0, zone)
	}
	at := time.Date(y, m, d, o.AppearsAt, 0, 0, 0, zone)
	if !at.After(now) {
		at = time.Date(y, m, d+1, o.AppearsAt, 0, 0, 0, zone)
	}
	return at
}

// NextLook is when it is looked again at what waits. Looks are at fixed times
// of the clock, so that none of them says when something came.
func (o Organisation) NextLook(now time.Time) time.Time {
	next := o.Appears(now)
	if o.AppearsAt > 0 {
		return next
	}
	local := now.In(o.Location())
	hour := next.Add(-time.Hour)
	if look := hour.Add((local.Sub(hour)/releaseLook + 1) * releaseLook); look.Before(next) {
		return look
	}
	return next
}

// Releases reports whether what waits appears now, at a look that was due at
// some moment: all of it where an hour is full, and before only where enough
// reports wait and the organisation has no single hour of the day.
func (o Organisation) Releases(due, now time.Time, reports int) bool {
	full := !o.Appears(due.Add(-time.Microsecond)).After(now)
	return full || o.AppearsAt == 0 && reports >= EnoughToMix
}

// ReleaseHour is the time that everything released now is given: the full hour
// before it.
func (o Organisation) ReleaseHour(now time.Time) time.Time {
	local := now.In(o.Location())
	y, m, d := local.Date()
	return time.Date(y, m, d, local.Hour(), 0, 0, 0, local.Location())
}
