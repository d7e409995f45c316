package practice

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
)

// Erasure says that somebody was erased. It has their id and no name, and is
// kept beside the database: a backup from before knows the name, and whoever
// restores it erases again.
type Erasure struct {
	Member MemberID  `json:"member"`
	Called string    `json:"called"` // what stands where their name stood
	Day    time.Time `json:"day"`
	By     MemberID  `json:"by,omitempty"`  // the steward who did it for them; empty: they did it themselves
	Why    string    `json:"why,omitempty"` // then: how they asked
}

// CheckLetter refuses an erasure for somebody without a reason, and with a
// reason that keeps the name.
func CheckLetter(name, why string) error {
	switch folded := FoldName(why); {
	case folded == "":
		return Refuse(Invalid, "erase.why").At("why")
	case tooLong(why, MaxLine):
		return Refuse(Invalid, "too.long").At("why").With("max", MaxLine)
	case strings.Contains(folded, FoldName(name)):
		return Refuse(Invalid, "erase.name").At("why").With("name", name)
	}
	return nil
}

// Ledger is what a copy of the database from before does not know and has to be
// made to follow: who was erased, what was taken out, what is held, what was taken
// back. It is kept beside the database and its backups.
type Ledger struct {
	Erasures   []Erasure
	Redactions []Redaction
	Holds      []Hold
	Gone       []Gone
}

// Lacks counts what another ledger has and this one has not: the end of a hold too.
func (l Ledger) Lacks(known Ledger) int {
	has := map[string]bool{}
	for _, key := range l.keys() {
		has[key] = true
	}
	return len(slices.DeleteFunc(known.keys(), func(key string) bool { return has[key] }))
}

// keys name everything in a ledger.
func (l Ledger) keys() (all []string) {
	for _, e := range l.Erasures {
		all = append(all, string(e.Member))
	}
	for _, r := range l.Redactions {
		all = append(all, string(r.ID))
	}
	for _, h := range l.Holds {
		all = append(all, string(h.ID))
		if !h.Lasts() {
			all = append(all, string(h.ID)+" ended")
		}
	}
	for _, g := range l.Gone {
		all = append(all, g.Print)
	}
	return all
}

// Gone says that a report was taken back, or a line of facts removed, on a day. It
// has a fingerprint of the id: only whoever has a copy from before can tell which,
// and nobody whether it had a name.
type Gone struct {
	Print string    `json:"print"`
	Day   time.Time `json:"day"`
}

// GonePrint is the fingerprint of an id, which has at least 70 random bits: nobody
// finds it by trying.
func GonePrint(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:])
}

// AllGone is one list of several, without what no copy from before may be left of,
// each once, on the first of its days.
func AllGone(now time.Time, lists ...[]Gone) []Gone {
	all := slices.DeleteFunc(slices.Concat(lists...), func(g Gone) bool { return !now.Before(g.Day.AddDate(0, 0, PrintDays)) })
	slices.SortFunc(all, func(a, b Gone) int { return cmp.Or(strings.Compare(a.Print, b.Print), a.Day.Compare(b.Day)) })
	return slices.CompactFunc(all, func(a, b Gone) bool { return a.Print == b.Print })
}

// Mine is everything that is kept about one person under their name, but for
// what nobody can tell to be theirs: what they wrote in a seat or without a name.
type Mine struct {
	Name       string       `json:"name"`
	Teams      []string     `json:"teams"`
	Steward    bool         `json:"steward"`
	Leads      []string     `json:"leads"` // whose work, pay or role they decide about
	Contact    Contact      `json:"contact"`
	Devices    []Device     `json:"devices"`
	Tokens     []Token      `json:"tokens"`
	Identities []Identity   `json:"identities"`
	Reports    []MyReport   `json:"reports"`
	Facts      []Fact       `json:"facts"`
	Rooms      []MyRoom     `json:"rooms"`
	Guided     []MyGuide    `json:"guided"` // rooms one leads or led from outside
	Promises   []Carry      `json:"promises"`
	Procedures []string     `json:"procedures"` // they look after
	Groups     []string     `json:"groups"`     // they belong to, or speak for
	Spoken     []MySpoken   `json:"spoken"`     // in rounds of groups
	Proposed   []MySpoken   `json:"proposed"`   // changes, to those who change a procedure
	Referrals  []MyReferral `json:"referrals"`  // gaps one was asked to take on
	Notices    []Notice     `json:"notices"`
}

// MySpoken is what one said in a round of groups.
type MySpoken struct {
	Procedure string     `json:"procedure"`
	Kind      SpokenKind `json:"kind"`
	Text      string     `json:"text"`
	At        time.Time  `json:"at"`
}

// MyReferral is a gap one was asked to take on, and what one said.
type MyReferral struct {
	Title string       `json:"title"`
	Says  ReferralSays `json:"says,omitempty"`
	Why   string       `json:"why,omitempty"`
	Mail  string       `json:"mail,omitempty"`
	At    time.Time    `json:"at"`
}

// MyReport is a report one wrote, with what it said before.
type MyReport struct {
	Failure
	Before []Former `json:"before"`
}

// MyRoom is a review one was invited to.
type MyRoom struct {
	Number    int    `json:"number"` // of the failure
	Title     string `json:"title"`
	Closeness string `json:"closeness"`
	There     bool   `json:"there"` // one took a seat; which one is kept nowhere
	Talk      bool   `json:"talk"`  // one asked whoever leads it to talk beforehand
}

// MyGuide is a room one leads or led from outside.
type MyGuide struct {
	Number int    `json:"number"` // of the failure
	Title  string `json:"title"`
	Note   string `json:"note"` // until the room closes
}
