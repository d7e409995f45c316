package practice

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Carry is one sentence with a moment and an act, and the one person who said
// yes to it (the pattern, section 4, step 7). What is visible is the promise
// and its state, never who failed.
type Carry struct {
	ID       CarryID
	Review   ReviewID
	Failure  FailureID
	Team     TeamID
	Carrier  MemberID
	Moment   string // "before the June cohort starts"
	Act      string // "brief the cohort on the flood check"
	DueAt    time.Time
	State    CarryState
	Witness  bool      // they said yes aloud and the room heard it
	Proof    string    // what shows that it is done: a line or an address
	Why      string    // why it was dropped
	NamedAt  time.Time // when they were asked; zero once they said no
	SettleAt time.Time // when it was done or dropped
	Offered  MemberID  // to whom it is being handed over, until they say yes
}

// CarryState is where a promise stands.
type CarryState string

// The states. Until somebody said yes it stays open on everyone's start page.
const (
	CarryOffered  CarryState = "offered"
	CarryAccepted CarryState = "accepted"
	CarryDone     CarryState = "done"
	CarryDropped  CarryState = "dropped"
)

// YesWithin is how long a named person has before others may take it, and those
// who were in the room are asked to name another.
const YesWithin = 24 * time.Hour

// LongestCarry is the furthest day a carry may be due: the next cycle, and a
// month at most, unless a reason is kept.
func LongestCarry(nextCycle, now time.Time) time.Time {
	month := now.AddDate(0, 0, 30)
	if nextCycle.Before(month) {
		return nextCycle
	}
	return month
}

// NewCarry is the hand-over as a room makes it.
type NewCarry struct {
	Carrier MemberID // somebody the organisation knows
	Typed   string   // or the name as it was typed
	Moment  string
	Act     string
	DueAt   time.Time
	LateWhy string // why it is due later than the next cycle
	Aloud   bool   // they said yes, and the room heard it
	Guest   bool   // they have no account here: the name is known for this promise alone
}

// Check refuses a carry without a moment, an act or a day.
func (n NewCarry) Check(nextCycle, now time.Time) error {
	switch {
	case strings.TrimSpace(n.Act) == "":
		return Refuse(Invalid, "carry.act").At("act")
	case strings.TrimSpace(n.Moment) == "":
		return Refuse(Invalid, "carry.moment").At("moment")
	case n.DueAt.IsZero():
		return Refuse(Invalid, "required").At("due")
	case n.DueAt.Before(now.Add(-24 * time.Hour)):
		return Refuse(Invalid, "carry.past").At("due")
	case n.DueAt.After(LongestCarry(nextCycle, now).Add(24*time.Hour)) && strings.TrimSpace(n.LateWhy) == "":
		return Refuse(Invalid, "carry.late").At("latewhy")
	case utf8.RuneCountInString(n.Act) > MaxLine || utf8.RuneCountInString(n.Moment) > MaxLine:
		return Refuse(Invalid, "too.long").At("act").With("max", MaxLine)
	}
	return nil
}

// everybody are the names behind which nobody stands.
var everybody = map[string]bool{
	"all": true, "everyone": true, "everybody": true, "anyone": true, "someone": true, "somebody": true,
	"we": true, "us": true, "they": true, "team": true, "group": true, "crew": true, "staff": true,
	"ops": true, "operations": true, "management": true, "committee": true, "board": true, "department": true,
	"circle": true, "branch": true, "office": true, "it": true, "hr": true, "devs": true, "engineering": true,
	"tbd": true, "tba": true, "tbc": true, "n/a": true, "na": true, "none": true, "nobody": true, "?": true,
}

// roles are words for a place somebody holds, not for the person in it.
var roles = map[string]bool{
	"pm": true, "po": true, "cto": true, "ceo": true, "manager": true, "lead": true, "supervisor": true,
	"organizer": true, "organiser": true, "architect": true, "owner": true, "coordinator": true,
	"director": true, "secretary": true, "facilitator": true, "convener": true, "admin": true,
}

// OnePerson finds the one member a typed name means: the whole of it, its first word
// or an alias. A team cannot carry a learning, one person can: groups, roles, two
// names and strangers are refused, each in its own words.
func OnePerson(typed string, members []Member) (Member, error) {
	name := FoldName(typed)
	for _, m := range members {
		if m.Active && FoldName(m.Name) == name {
			return m, nil
		}
	}
	if name == "" {
		return Member{}, Refuse(Invalid, "carrier.none").At("carrier")
	}
	if err := notSeveral(name); err != nil {
		return Member{}, err
	}
	var found []Member
	for _, m := range members {
		if first, _, _ := strings.Cut(strings.ToLower(m.Name), " "); m.Active && (first == name || Calls(m.Name, name)) {
			found = append(found, m)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return Member{}, Refuse(Invalid, "carrier.unknown").At("carrier").With("name", strings.TrimSpace(typed))
	}
	return Member{}, Refuse(Invalid, "carrier.which").At("carrier").With("name", strings.TrimSpace(typed))
}

// NotOnePerson are the words behind which no single person stands, in the order
// of the alphabet.
func NotOnePerson() []string {
	return slices.Sorted(func(yield func(string) bool) {
		for _, words := range []map[string]bool{everybody, roles} {
			for word := range words {
				if !yield(word) {
					return
				}
			}
		}
	})
}

// notSeveral refuses a folded name behind which no single person stands: a
// group, a role, or two names.
func notSeveral(name string) error {
	bare := strings.TrimPrefix(strings.TrimPrefix(strings.Trim(name, ".!"), "the "), "our ")
	switch {
	case everybody[bare] || strings.HasSuffix(bare, " team") || strings.HasSuffix(bare, " group"):
		return Refuse(Invalid, "carrier.group").At("carrier")
	case roles[bare]:
		return Refuse(Invalid, "carrier.role").At("carrier")
	case strings.Contains(name, " and ") || strings.ContainsAny(name, ",&+/;"):
		return Refuse(Invalid, "carrier.two").At("carrier")
	}
	return nil
}
