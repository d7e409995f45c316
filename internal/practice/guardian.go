package practice

import "slices"

// Guardian is somebody outside the line of command who hears when a review is used
// against anyone. A steward alone can neither make one nor end one: it takes somebody
// who is no steward, and the guardian's own yes.
type Guardian struct {
	Member  MemberID
	Name    string   // of the member
	NamedBy MemberID // who put them forward; empty where they were erased since
	Agreed  bool     // somebody else agreed
	Lookup  string   // of the words they read by; empty until they took it on
	Public  []byte   // what to seal messages to
	EndBy   MemberID // who wants it to end; mostly empty
}

// Stands reports whether they are a guardian, and not only put forward.
func (g Guardian) Stands() bool { return g.Agreed && g.Lookup != "" }

// MayBeGuardian refuses whoever decides about others, lets people in, or is not really
// here: power has no business reading what is said about it.
func MayBeGuardian(m Member) error {
	switch {
	case m.Guest || !m.Active:
		return Refuse(Conflict, "member.guest").At("member").With("name", m.Name)
	case m.Steward || len(m.Leads) > 0:
		return Refuse(Conflict, "guardian.power").At("member").With("name", m.Name)
	}
	return nil
}

// StandsApart refuses power to whoever is a guardian: they give that back first.
func StandsApart(all []Guardian, m Member) error {
	if slices.ContainsFunc(Guarding(all), func(g Guardian) bool { return g.Member == m.ID }) {
		return Refuse(Conflict, "guardian.apart").With("name", m.Name)
	}
	return nil
}

// MayLetGo refuses a steward who wants to let a guardian go: that would end them alone.
// It does so for every guardian, whether others stand and whatever they were told: a
// refusal that depended on a case would say that there is one.
func MayLetGo(all []Guardian, m Member) error {
	if StandsApart(all, m) != nil {
		return Refuse(Conflict, "guardian.leaves").With("name", m.Name)
	}
	return nil
}

// Agree lets somebody agree to a guardian: not whoever put them forward, not they
// themselves, and no steward.
func (g Guardian) Agree(by Member) (Guardian, error) {
	if by.Steward || by.Guest || by.ID == g.Member || by.ID == g.NamedBy {
		return g, Refuse(Forbidden, "guardian.another")
	}
	g.Agreed = true
	return g, nil
}

// MayEnd decides whether somebody ends it now: the guardian alone, or somebody who is
// no steward where another one wants it to end. ends is false where it only waits for
// such a person from now on.
func (g Guardian) MayEnd(by Member) (ends bool, err error) {
	switch {
	case by.ID == g.Member, !g.Stands() && by.Steward:
		return true, nil
	case by.Guest:
		return false, ErrForbidden
	case g.EndBy != "" && g.EndBy != by.ID:
		if by.Steward {
			return false, Refuse(Forbidden, "guardian.another")
		}
		return true, nil
	}
	return false, nil
}

// Guarding are those who are guardians.
func Guarding(all []Guardian) []Guardian {
	return slices.DeleteFunc(slices.Clone(all), func(g Guardian) bool { return !g.Stands() })
}
