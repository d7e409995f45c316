package practice

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Failure is reality diverging from what was intended, as somebody reported
// it. Numbers people say aloud ("F-118") are given when it becomes visible.
type Failure struct {
	ID           FailureID
	Number       int
	Team         TeamID // empty for an imported one, which the whole organisation reads
	Title        string
	Text         string
	Stage        Stage
	RecognisedAt time.Time  // when it was noticed, or when the action ended if that is later
	ReportedAt   time.Time  // zero where it has no author
	Reporter     MemberID   // empty where it has no author
	Alias        string     // what somebody without an account likes to be called; mostly empty
	Touched      []GroupID  // whom it touched
	TouchedOther string     // and whom else, in words
	Source       Source     // how it came here
	Triage       Triage     // what the convener decided
	TriageWhy    string     // the triggers it met, or the reason it was noted
	Convener     MemberID   // who decides that and calls the review
	JoinedTo     FailureID  // the other report of the same event, if people joined them
	Step         StepID     // "would this step have caught it?", if the reporter said so
	Plan         PlanID     // of the work it belongs to; mostly empty
	Standing     Standing   // how far it has come on the ladder
	Version      int        // of its words: 1, and one more for each time they were edited
	Drill        bool       // somebody only practised: it counts nowhere, and can be cleared away
	Severe       bool       // somebody was hurt, died, was attacked or arrested: people come first
	Stopped      Stop       // why no review goes on about it; mostly empty
	StoppedAt    time.Time  // when that was first so
	Only         []MemberID // the only people who read it; empty: the team does
	Provenance   Provenance // of an imported one
	Paused       bool       // its team pauses: no clock runs
	Resumed      time.Time  // when a pause ended that stopped its clock; mostly zero
}

// Stage is how far a failure had come when it was first reported.
type Stage string

// The stages. An early sign has no 72-hour clock: nothing broke.
const (
	StageEarly     Stage = "early"
	StageHappening Stage = "happening"
	StageAfter     Stage = "after"
)

// Source is how a failure came to be known.
type Source string

// The sources. An imported failure is found and shown, and counts in no
// measure.
const (
	SourceReport   Source = "report"
	SourceImported Source = "imported"
	SourceMonitor  Source = "monitor"
	SourceTablet   Source = "tablet" // under a name that was picked at a shared tablet, which proves nothing
	SourceHot      Source = "hot"    // five minutes after an action, on one phone
)

// KnowsDayOnly reports whether nobody noted at what hour it happened.
func (f Failure) KnowsDayOnly() bool { return f.Source == SourceHot }

// Triage is the convener's decision, held against the triggers the team wrote
// in advance.
type Triage string

// The decisions. A failure starts as new and, left alone, is kept.
const (
	TriageNew         Triage = "new"
	TriageSignificant Triage = "significant"
	TriageKept        Triage = "kept"
	TriageNoted       Triage = "noted"
)

// Standing is a failure's place on the ladder, and the only meaning of each
// word. The interface says "held" only from in use on.
type Standing string

// The ladder, from the bottom.
const (
	Reported Standing = "reported"
	Reviewed Standing = "reviewed" // every gap sorted
	Changed  Standing = "changed"  // a revision, safeguard, placed constraint or finding exists
	InUse    Standing = "in_use"   // somebody who does the work said so
	Held     Standing = "held"     // and nothing like it came back since
)

// Provenance is where an imported failure was written, and under which terms.
type Provenance struct {
	Ref         string // its id where it came from
	Number      string // what its writers call it, such as "PM-7"; may be empty
	Org         string
	URL         string
	Source      string // the collection it was taken from
	Licence     string
	Attribution string
	Kind        string
	Print       string // a fingerprint of all it said: equal means nothing changed
}

// The longest texts a person can send, in characters.
const (
	MaxReport = 4000
	MaxAnswer = 600
	MaxGap    = 1200
	MaxLine   = 280
)

// ReviewAim and ReviewLimit are when a review is due after a failure was
// recognised: the sooner the better, 48 hours the aim, 72 the limit (the
// pattern, section 4, step 1).
const (
	ReviewAim   = 48 * time.Hour
	ReviewLimit = 72 * time.Hour
)

// DueAt returns when the failure's review is due at the latest, and whether a
// clock runs at all: not while support comes first.
func (f Failure) DueAt() (time.Time, bool) {
	if f.Triage != TriageSignificant || f.Stage == StageEarly || f.Paused || f.Severe || f.Stopped != "" {
		return time.Time{}, false
	}
	return f.ClockAt().Add(ReviewLimit), true
}

// ClockAt is from when the clock of a failure runs: from when it was noticed, or from
// the end of a pause that stopped it.
func (f Failure) ClockAt() time.Time {
	if f.Resumed.After(f.RecognisedAt) {
		return f.Resumed
	}
	return f.RecognisedAt
}

// Late reports whether a moment is later than a review of the failure should meet.
func (f Failure) Late(meet time.Time) bool {
	return f.Stage != StageEarly && !f.Paused && meet.After(f.ClockAt().Add(ReviewLimit))
}

// NewFailure is a report as a person makes it.
type NewFailure struct {
	Team         TeamID
	Text         string
	Stage        Stage
	At           time.Time // zero means just now
	Touched      []GroupID
	TouchedOther string
	Convene      bool   // "I convene this one"
	Drill        bool   // "I am only practising"
	Severe       bool   // "Somebody was hurt, died, was attacked or arrested"
	Plan         PlanID // of the work it belongs to; mostly empty
}

// Check refuses a report nobody could act on.
func (n NewFailure) Check(now time.Time) error {
	text := strings.TrimSpace(n.Text)
	switch {
	case text == "":
		return Refuse(Invalid, "report.empty").At("what")
	case utf8.RuneCountInString(text) > MaxReport:
		return Refuse(Invalid, "report.long").At("what").With("max", MaxReport)
	case n.Stage != StageEarly && n.Stage != StageHappening && n.Stage != StageAfter:
		return Refuse(Invalid, "required").At("stage")
	case notYet(n.At, now):
		return Refuse(Invalid, "date.future").At("when")
	case tooOld(n.At):
		return Refuse(Invalid, "date.old").At("when")
	case utf8.RuneCountInString(n.TouchedOther) > MaxLine:
		return Refuse(Invalid, "too.long").At("other").With("max", MaxLine)
	}
	return nil
}

// tooOld reports whether a day is from before there were any: a slip of the
// finger in the field of the year.
func tooOld(t time.Time) bool { return !t.IsZero() && t.Year() < 1970 }

// clockSkew is how far the clock of whoever writes may be ahead of this one.
const clockSkew = 5 * time.Minute

// notYet reports whether a moment is still to come.
func notYet(t, now time.Time) bool { return t.After(now.Add(clockSkew)) }

// maxTitle is how long a title may be before it is cut at a word.
const maxTitle = 90

// Title makes a title from what somebody wrote: the first sentence, cut at a
// word where it runs long. Nobody has to think of one.
func Title(text string) string {
	text = strings.TrimSpace(text)
	for i := range text {
		if endsSentence(text[i:]) {
			text = text[:i]
			break
		}
	}
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= maxTitle {
		return text
	}
	cut, n := 0, 0
	for i, r := range text {
		if n++; n > maxTitle-1 {
			break
		}
		if unicode.IsSpace(r) {
			cut = i
		}
	}
	if cut == 0 {
		cut = len(string([]rune(text)[:maxTitle-1]))
	}
	return strings.TrimRight(text[:cut], " ,;:") + "…"
}

// Beyond is what a text says beyond its title: the rest of it, or all of it where the
// title is not how it begins. Behind a title that was cut it begins with "…", too.
func Beyond(title, text string) string {
	whole, cut := strings.CutSuffix(title, "…")
	rest := text
	for _, word := range strings.Fields(whole) {
		var begins bool
		if rest, begins = strings.CutPrefix(strings.TrimSpace(rest), word); !begins {
			return text
		}
	}
	if cut {
		return "… " + strings.TrimLeft(rest, " ,;:\n")
	}
	return strings.TrimLeft(rest, " .!?\n")
}

// endsSentence reports whether a sentence ends where rest begins: at a mark that is
// followed by space or nothing, so that "10.30" and "v1.2" stay whole, or at the end
// of a line, where the next does not go on in small letters.
func endsSentence(rest string) bool {
	next, size := utf8.DecodeRuneInString(rest[1:])
	switch rest[0] {
	case '.', '?', '!':
		return size == 0 || unicode.IsSpace(next)
	case '\n':
		next, _ = utf8.DecodeRuneInString(strings.TrimSpace(rest))
		return !unicode.IsLower(next)
	}
	return false
}

// Fact is one line of the strip "facts so far": what is known before the room
// meets. In the room it is shown without its author.
type Fact struct {
	ID      FactID
	Failure FailureID
	At      time.Time // when it was so, not when it was written
	Text    string
	Link    string
	Pasted  string // a longer text that was pasted, folded away
	File    FileID // a picture, stored anew without its metadata
	Author  MemberID
}

// MaxFacts is how many lines, pictures included, a strip holds.
const MaxFacts = 12

// MaxPasted is the longest pasted text of a fact, in characters.
const MaxPasted = 8000

// Check refuses a fact without words, of a time that no fact can be of, or with
// an address that leads nowhere.
func (f Fact) Check(now time.Time) error {
	switch {
	case strings.TrimSpace(f.Text) == "":
		return Refuse(Invalid, "fact.empty").At("text")
	case utf8.RuneCountInString(f.Text) > MaxLine:
		return Refuse(Invalid, "too.long").At("text").With("max", MaxLine)
	case utf8.RuneCountInString(f.Pasted) > MaxPasted:
		return Refuse(Invalid, "too.long").At("pasted").With("max", MaxPasted)
	case f.Link != "" && !WebAddress(f.Link):
		return Refuse(Invalid, "link.bad").At("link")
	case notYet(f.At, now):
		return Refuse(Invalid, "date.future").At("time")
	case tooOld(f.At):
		return Refuse(Invalid, "date.old").At("time")
	}
	return nil
}

// Tie joins two failures by a person's tap. Only people's ties count; machines
// propose at most.
type Tie struct {
	ID   LinkID
	A, B FailureID
	Kind TieKind
	At   time.Time
}

// Other returns the failure at the other end of a tie.
func (t Tie) Other(f FailureID) FailureID {
	if t.A == f {
		return t.B
	}
	return t.A
}

// TieKind tells the same way of failing from the same event reported twice.
type TieKind string

// The kinds of tie. Failures tied as the same again form a territory; those
// joined are one event and count once.
const (
	TieSame   TieKind = "same"
	TieJoined TieKind = "joined"
)

// Check refuses a tie of a failure to itself, of a kind nobody knows, or a
// second join: a report belongs to one event.
func (t Tie) Check(f, other Failure) error {
	switch {
	case t.Kind != TieSame && t.Kind != TieJoined:
		return Refuse(Invalid, "required").At("kind")
	case f.ID == other.ID:
		return Refuse(Invalid, "tie.itself")
	case t.Kind == TieJoined && f.JoinedTo != "" && f.JoinedTo != other.ID:
		return Refuse(Conflict, "tie.joined")
	case t.Kind == TieJoined && other.JoinedTo == f.ID:
		return Refuse(Conflict, "tie.joined")
	}
	return nil
}

// Decide holds a failure against the triggers the team wrote in advance. A
// failure is significant because it meets at least one of them; it is noted
// with a reason; with nothing ticked it is kept.
func (f Failure) Decide(d Triage, triggers []string, why string) (Failure, error) {
	switch d {
	case TriageSignificant:
		if len(triggers) == 0 {
			return f, Refuse(Invalid, "triage.trigger").At("trigger")
		}
		f.TriageWhy = strings.Join(triggers, "\n")
	case TriageNoted:
		if strings.TrimSpace(why) == "" {
			return f, Refuse(Invalid, "triage.why").At("why")
		}
		f.TriageWhy = strings.TrimSpace(why)
	case TriageKept, TriageNew:
		f.TriageWhy = ""
	default:
		return f, Refuse(Invalid, "required").At("decision")
	}
	if utf8.RuneCountInString(f.TriageWhy) > MaxAnswer {
		return f, Refuse(Invalid, "too.long").At("why").With("max", MaxAnswer)
	}
	f.Triage = d
	return f, nil
}
