package practice

import "slices"

// Guide is somebody who leads a room from outside: they were not part of what
// happened, and have no seat. Without one the script leads, and whoever sits in the
// room presses its buttons. A guide is known by name and a seat is not: nothing that
// is done from a seat can be done as a guide.
type Guide struct {
	Review  ReviewID
	Member  MemberID
	Outside bool // said "I was not part of this event"; until then they are asked
}

// Reads reports whether they may read what they lead: it may have been restricted to
// others since.
func (g Guide) Reads(f Failure) bool { return !f.Restricted() || slices.Contains(f.Only, g.Member) }

// MaxNote is how many characters a guide's own note may have.
const MaxNote = 4000

// CheckGuide refuses somebody who cannot lead a room from outside: whoever reported
// what it is about or is invited to it was part of it, and people say less before
// somebody who decides about their work. What is restricted to named people is led by
// one of them.
func (m Member) CheckGuide(f Failure, invited []Member) error {
	switch {
	case !m.Active || m.Guest:
		return Refuse(Invalid, "member.unknown").At("guide")
	case m.ID == f.Reporter || slices.ContainsFunc(invited, func(i Member) bool { return i.ID == m.ID }):
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
