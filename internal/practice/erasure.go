package practice

import (
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
// made to follow: who was erased, what was taken out, what is held. It is kept
// beside the database and its backups.
type Ledger struct {
	Erasures   []Erasure
	Redactions []Redaction
	Holds      []Hold
}

// Mine is everything that is kept about one person under their name, but for
// what nobody can tell to be theirs: what they wrote in a seat or without a name.
type Mine struct {
	Name       string     `json:"name"`
	Teams      []string   `json:"teams"`
	Steward    bool       `json:"steward"`
	Leads      []string   `json:"leads"` // whose work, pay or role they decide about
	Contact    Contact    `json:"contact"`
	Devices    []Device   `json:"devices"`
	Tokens     []Token    `json:"tokens"`
	Identities []Identity `json:"identities"`
	Reports    []MyReport `json:"reports"`
	Facts      []Fact     `json:"facts"`
	Rooms      []MyRoom   `json:"rooms"`
	Promises   []Carry    `json:"promises"`
	Procedures []string   `json:"procedures"` // they look after
	Notices    []Notice   `json:"notices"`
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
}
