package practice

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// NewReview is an invitation as the convener makes it.
type NewReview struct {
	Failure FailureID
	Form    Form          // empty: a room
	MeetAt  time.Time     // when it begins
	Box     time.Duration // of a room
	People  []MemberID
	There   []MemberID // of them, leaders who were there and say so
	Guide   MemberID   // who is asked to lead it from outside; empty: the script does
	Why     string     // needed where the room is late, or too many rooms are open
}

// MayCall decides what needs a reason that is kept and shown: meeting later
// than 72 hours, or opening one more room than a team can finish.
func (n NewReview) MayCall(f Failure, open int) error {
	if strings.TrimSpace(n.Why) != "" {
		return nil
	}
	switch {
	case f.Late(n.MeetAt) && !f.Severe:
		return Refuse(Conflict, "review.late").At("why")
	case open >= MaxOpen:
		return Refuse(Conflict, "review.many").At("why").With("max", MaxOpen)
	}
	return nil
}

// CheckLeaders refuses, to the inviter alone, whoever decides about the work
// of another in the room and is not said to have been there.
func (n NewReview) CheckLeaders(people []Member) error {
	for _, m := range people {
		if slices.Contains(n.There, m.ID) {
			continue
		}
		if err := m.CheckLeads(people); err != nil {
			return err
		}
	}
	return nil
}

// LeadsAmong counts how many of some people somebody decides about.
func (m Member) LeadsAmong(people []Member) (n int) {
	for _, p := range people {
		if p.ID != m.ID && slices.Contains(m.Leads, p.ID) {
			n++
		}
	}
	return n
}

// CheckLeads refuses somebody who decides about one of those they would sit
// with.
func (m Member) CheckLeads(people []Member) error {
	led := m.LeadsAmong(people)
	if led == 0 {
		return nil
	}
	of := len(slices.DeleteFunc(slices.Clone(people), func(p Member) bool { return p.ID == m.ID }))
	return Refuse(Conflict, "invite.leader").At("people").With("name", m.Name).With("id", m.ID).With("n", led).With("of", of)
}

// Check refuses a room nobody can meet in.
func (n NewReview) Check(now time.Time) error {
	switch {
	case len(n.People) == 0:
		return Refuse(Invalid, "invite.nobody").At("people")
	case n.MeetAt.IsZero():
		return Refuse(Invalid, "required").At("meet")
	case n.MeetAt.Before(now.Add(-time.Minute)):
		return Refuse(Invalid, "date.past").At("meet")
	case n.Form != "" && n.Form != FormLive && n.Form != FormDays:
		return Refuse(Invalid, "required").At("form")
	case n.Form != FormDays && (n.Box < ShortestBox || n.Box > LongestBox):
		return Refuse(Invalid, "box.range").At("box")
	case utf8.RuneCountInString(n.Why) > MaxLine:
		return Refuse(Invalid, "too.long").At("why").With("max", MaxLine)
	}
	return nil
}
