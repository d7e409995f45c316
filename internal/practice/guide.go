package practice

import (
	"slices"
	"strings"
)

// Guide is somebody who leads a room from outside: they were not part of what
// happened, or say why they lead it all the same, and have no seat. Without one the script leads, and whoever sits in the
// room presses its buttons. A guide is known by name and a seat is not: nothing that
// is done from a seat can be done as a guide.
type Guide struct {
	Review  ReviewID
	Member  MemberID
	Outside bool   // said yes; until then they are asked
	Why     string // they lead although they were part of it; empty where they were not
}

// Led is who led a room from outside, as everybody it concerns reads it; the zero value
// where the script did.
type Led struct{ Name, Why string }

// Accept is a guide's yes: they were not part of it, or say in one line why they lead it
// although they were. Whoever reported it has to say.
func (g Guide) Accept(f Failure, why string) (Guide, error) {
	why = strings.TrimSpace(why)
	switch {
	case why == "" && g.Member == f.Reporter:
		return g, Refuse(Conflict, "guide.reported").At("why")
	case tooLong(why, MaxLine):
		return g, Refuse(Invalid, "too.long").At("why").With("max", MaxLine)
	}
	g.Outside, g.Why = true, why
	return g, nil
}

// Reads reports whether they may read what they lead: it may have been restricted to
// others since.
func (g Guide) Reads(f Failure) bool { return !f.Restricted() || slices.Contains(f.Only, g.Member) }

// MaxNote is how many characters a guide's own note may have.
const MaxNote = 4000

// CheckGuide refuses somebody who cannot lead a room from outside: whoever is invited
// has a seat in it, and people say less before somebody who decides about their work. What is restricted to named people is led by
// one of them.
func (m Member) CheckGuide(f Failure, invited []Member) error {
	switch {
	case !m.Active || m.Guest:
		return Refuse(Invalid, "member.unknown").At("guide")
	case slices.ContainsFunc(invited, func(i Member) bool { return i.ID == m.ID }):
		return Refuse(Conflict, "guide.part").At("guide").With("name", m.Name)
	case m.LeadsAmong(invited) > 0:
		return Refuse(Conflict, "guide.leads").At("guide").With("name", m.Name)
	case f.Restricted() && !slices.Contains(f.Only, m.ID):
		return Refuse(Conflict, "guide.only").At("guide").With("name", m.Name)
	}
	return nil
}

// MayGuide refuses to change who leads a review that has begun: those in it know who
// hears them. One that begins in writing says nothing to anybody before it opens its
// first answers.
func (r Review) MayGuide() error {
	switch {
	case r.Phase == PhaseOff:
		return ErrNotFound
	case r.Phase == PhaseClosed:
		return Refuse(Conflict, "review.closed")
	case !r.StartedAt.IsZero() && (r.Leg() != LegWrite || !r.WrittenAt.IsZero()):
		return errBegun
	}
	return nil
}

// MayTalkFirst refuses to ask for a talk beforehand once a review has begun, in writing
// too: who asked would stand in the files beside what they wrote moments later.
func (r Review) MayTalkFirst() error {
	if err := r.MayGuide(); err != nil || r.StartedAt.IsZero() {
		return err
	}
	return errBegun
}

var errBegun = Refuse(Conflict, "guide.begun").At("guide")

// Counts reports whether anybody is told how many have written so far. In writing a
// number that grew by one would tell who was at it just now.
func (r Review) Counts() bool { return !r.InWriting() || r.Open }
