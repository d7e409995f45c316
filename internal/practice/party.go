package practice

import (
	"slices"
	"strings"
	"time"
)

// Party is a group of people whom procedures affect, in the whole organisation. Some of
// them have an account here, some do not. It is asked as one, by whoever speaks for it.
type Party struct {
	ID      PartyID
	Name    string
	Outside string // who else belongs to it, in words
	Days    int    // its own term, in which it answers
	Members []MemberID
	Voices  []Voice // who spoke for it, the first first; the last does
	Version int
}

// Voice is who speaks for a group, and how the group chose them.
type Voice struct {
	Member MemberID
	At     time.Time // the day on which the group chose
	How    string
}

// How long a group has to answer, in days, where it does not say otherwise; and the most
// it may take.
const (
	PartyDays     = 3
	MostPartyDays = 120
)

// Voice is who speaks for it now; nobody where it has chosen nobody.
func (p Party) Voice() Voice {
	if len(p.Voices) == 0 {
		return Voice{}
	}
	return p.Voices[len(p.Voices)-1]
}

// Has reports whether somebody belongs to the group or speaks for it.
func (p Party) Has(m MemberID) bool {
	return m != "" && (slices.Contains(p.Members, m) || p.Voice().Member == m)
}

// Check refuses a group without a name, or with a term that is none.
func (p Party) Check() error {
	switch {
	case CheckName(p.Name) != nil:
		return CheckName(p.Name)
	case p.Days < 1 || p.Days > MostPartyDays:
		return Refuse(Invalid, "party.days").At("days").With("max", MostPartyDays)
	case tooLong(p.Outside, MaxLine):
		return Refuse(Invalid, "too.long").At("outside").With("max", MaxLine)
	}
	return nil
}

// MayEdit decides who says what a group is, how long it takes and who speaks for it: the
// group itself, as soon as anybody of it has an account.
func (p Party) MayEdit(m MemberID) error {
	if len(p.Members) == 0 || p.Has(m) {
		return nil
	}
	return Refuse(Forbidden, "party.own").With("group", p.Name)
}

// Choose lets somebody speak for the group from now on: how it chose is said, too.
func (p Party) Choose(v Voice, now time.Time) (Party, error) {
	v.How = strings.TrimSpace(v.How)
	switch {
	case v.How == "":
		return p, Refuse(Invalid, "party.how").At("how")
	case tooLong(v.How, MaxLine):
		return p, Refuse(Invalid, "too.long").At("how").With("max", MaxLine)
	case v.At.IsZero() || v.At.After(now) || tooOld(v.At):
		return p, Refuse(Invalid, "party.day").At("day")
	}
	p.Voices = append(slices.Clone(p.Voices), v)
	return p, nil
}

// Authority is who has a say about one procedure, beside whoever looks after it: who may
// change it, which groups are asked, and who is told.
type Authority struct {
	Procedure ProcedureID
	May       []MemberID // people of its team; none: all of it
	Asked     []PartyID  // the groups that it affects
	Told      []string   // ids of people and teams
}

// Left is a group that was taken off the list of those whom a procedure affects.
type Left struct {
	Party PartyID
	Name  string
	Until time.Time // it is asked all the same
}

// AsksUntil is until when the team still asks a group that was taken off the list of a
// procedure: for one cycle, so that nobody is left out just before a change is made.
func (t Team) AsksUntil(left time.Time) time.Time {
	if t.CycleDays < 1 {
		return left.AddDate(0, 0, 14)
	}
	return left.AddDate(0, 0, t.CycleDays)
}

// Named reports whether only some people change the procedure.
func (a Authority) Named() bool { return len(a.May) > 0 }

// Who are those who change it, whoever looks after it first; none where the whole team does.
func (a Authority) Who(p Procedure) []MemberID {
	if !a.Named() || p.Owner == "" || slices.Contains(a.May, p.Owner) {
		return a.May
	}
	return append([]MemberID{p.Owner}, a.May...)
}

// MayChange decides whether somebody of its team changes the procedure, or proposes to.
func (a Authority) MayChange(p Procedure, m MemberID) error {
	if !a.Named() || m != "" && slices.Contains(a.Who(p), m) {
		return nil
	}
	return Refuse(Forbidden, "procedure.named")
}
