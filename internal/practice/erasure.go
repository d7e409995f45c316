package practice

import "time"

// Erasure says that somebody was erased. It has their id and no name, and is
// kept beside the database: a backup from before knows the name, and whoever
// restores it erases again.
type Erasure struct {
	Member MemberID  `json:"member"`
	Called string    `json:"called"` // what stands where their name stood
	Day    time.Time `json:"day"`
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
