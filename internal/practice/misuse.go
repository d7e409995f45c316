package practice

import (
	"slices"
	"strings"
	"time"
)

// Misuse is one thing a guardian was told: that a review was used against somebody.
// Only the guardians it is for and whoever told it know of it. Its words are sealed to
// them one by one; nothing in the database opens any.
type Misuse struct {
	ID       MisuseID
	Lookup   string     // of the receipt of whoever told it
	Public   []byte     // what to seal to them
	Readers  []MemberID // the guardians it is for
	State    MisuseState
	Day      time.Time // on which it appeared
	ClosedOn time.Time // zero while it is not closed
	Read     Wait      // how long it waited until a guardian first read it
}

// MisuseDays is how long a case is kept after it was closed.
const MisuseDays = 365

// MisuseState is where a case stands.
type MisuseState string

// Where a case stands.
const (
	MisuseOpen        MisuseState = "open"
	MisuseAnswered    MisuseState = "answered"
	MisuseConfirmed   MisuseState = "confirmed"
	MisuseUnconfirmed MisuseState = "unconfirmed"
	MisuseClosed      MisuseState = "closed"
)

// MisuseStates are all of them, in the order of a case.
var MisuseStates = []MisuseState{MisuseOpen, MisuseAnswered, MisuseConfirmed, MisuseUnconfirmed, MisuseClosed}

// Handling is what a guardian does with a case: an answer, and where it stands then.
type Handling struct {
	Case  MisuseID
	Seen  MisuseState // where it stood on the page this comes from
	Text  string      // the answer; what is decided needs one
	State MisuseState // empty: as it stands; an open one is answered then
	Close MemberID    // raw answers are closed to this person
	Open  MemberID    // or opened to them again
	Pause TeamID      // a pause is proposed to this team, or to [NoTeam]
}

// ReadingClosed is that raw answers are closed to somebody because of a case.
type ReadingClosed struct {
	Member MemberID
	Name   string // of the member, where somebody reads it
	Case   MisuseID
	Day    time.Time
	State  MisuseState // of the case
}

// NoTeam is the word of a guardian that no team is asked to pause: that alone would point
// at somebody.
const NoTeam TeamID = "none"

// Proposes says to which team a pause is proposed. What is confirmed proposes one: where
// there are several teams, the guardian says which is asked, or that none is.
func (m Misuse) Proposes(h Handling, teams []Team) (Handling, error) {
	switch {
	case h.Pause != "" || h.State != MisuseConfirmed || m.State == MisuseConfirmed:
	case len(teams) == 1:
		h.Pause = teams[0].ID
	default:
		return h, Refuse(Invalid, "misuse.pause").At("pause")
	}
	return h, nil
}

// HandledBy reports whether a case is for a guardian: one that it was told to, or, to open
// raw answers again and nothing else, any of them. Nobody opens them to themselves.
func (m Misuse) HandledBy(g MemberID, h Handling) bool {
	opens := h.Open != "" && h.Open != g && h.State == "" && h.Close == "" && h.Pause == ""
	return opens || h.Open != g && slices.Contains(m.Readers, g)
}

// Handle moves a case on. Nothing is decided, closed or opened again without a word to
// whoever told it.
func (m Misuse) Handle(h Handling, now time.Time) (Misuse, error) {
	if h.Seen != m.State {
		return m, ErrChanged
	}
	if err := CheckMessage(h.Text); err != nil {
		return m, err
	}
	switch {
	case h.State == "" && m.State == MisuseOpen:
		h.State = MisuseAnswered
	case h.State == "":
		h.State = m.State
	}
	switch {
	case !slices.Contains(MisuseStates, h.State), h.State == MisuseOpen:
		return m, Refuse(Invalid, "required").At("state")
	case (h.Close != "" || h.Pause != "" && h.Pause != NoTeam) && h.State != MisuseConfirmed:
		return m, Refuse(Conflict, "misuse.unconfirmed").At("state")
	}
	m.State, m.ClosedOn = h.State, time.Time{}
	if m.State == MisuseClosed {
		m.ClosedOn = now.UTC().Truncate(24 * time.Hour)
	}
	return m, nil
}

// Again is a case that whoever told it wrote to once more: a closed one is open again.
func (m Misuse) Again() Misuse {
	if m.State == MisuseClosed || m.State == MisuseAnswered {
		m.State, m.ClosedOn = MisuseOpen, time.Time{}
	}
	return m
}

// Told is one message about a case: sealed once to each who reads it, under nobody for
// whoever told it.
type Told struct {
	ID      MessageID
	Case    MisuseID // empty while it waits as the first
	Day     time.Time
	Answer  bool // by a guardian
	Copies  map[MemberID][]byte
	Readers []MemberID // of the first: the guardians it is for
}

// Seal closes a text for each who is to read it.
func (t Told) Seal(text string, keys map[MemberID][]byte) (Told, error) {
	t.Copies = map[MemberID][]byte{}
	for who, key := range keys {
		sealed, err := sealTo(key, t.ID, strings.TrimSpace(text))
		if err != nil {
			return t, err
		}
		t.Copies[who] = sealed
	}
	return t, nil
}

// Read opens the copy of one reader. It reports whether it could: words that were drawn
// anew open nothing older.
func (t Told) Read(who MemberID, key ReceiptKey) (string, bool) {
	text, err := key.Open(t.ID, t.Copies[who])
	return text, err == nil
}

// NewMisuse is what somebody tells a guardian.
type NewMisuse struct {
	Text string
	Name string     // if they like
	To   []MemberID // which guardians; empty: all

	Since bool // they were asked, some time after a report, whether anything bad has happened since
}

// Check refuses what says nothing, or too much.
func (n NewMisuse) Check() error {
	switch {
	case strings.TrimSpace(n.Text) == "":
		return Refuse(Invalid, "message.empty").At("text")
	case tooLong(n.Text, MaxReport):
		return Refuse(Invalid, "too.long").At("text").With("max", MaxReport)
	case tooLong(n.Name, MaxName):
		return Refuse(Invalid, "too.long").At("name").With("max", MaxName)
	}
	return nil
}

// HalfYear is whether guardians were told of misuse in half a year that is over: none,
// or one or more, and never how many.
type HalfYear struct {
	Start time.Time
	Some  bool
}

// HalfYears are the last two that are over, the latest first, of the days on which
// cases appeared. The one that lasts says nothing: a line that turns today would point
// at whoever wrote yesterday.
func HalfYears(days []time.Time, now time.Time) []HalfYear {
	y, m, _ := now.Date()
	end := time.Date(y, (m-1)/6*6+1, 1, 0, 0, 0, 0, now.Location())
	var all []HalfYear
	for range 2 {
		h := HalfYear{Start: end.AddDate(0, -6, 0)}
		h.Some = slices.ContainsFunc(days, func(d time.Time) bool { return !d.Before(h.Start) && d.Before(end) })
		all, end = append(all, h), h.Start
	}
	return all
}

// Words are what is sealed: with the name, where somebody gave one.
func (n NewMisuse) Words() string {
	text := strings.TrimSpace(n.Text)
	if name := strings.TrimSpace(n.Name); name != "" {
		text += "\n\n" + name
	}
	if n.Since {
		text = followed + text
	}
	return text
}

// Followed takes apart what was sealed: the words, and whether whoever wrote them had been
// asked after a report.
func Followed(words string) (string, bool) { return strings.CutPrefix(words, followed) }
