// Package recall answers "have we been in this ditch before?" and the search
// page, from one index in memory.
//
// It is exact, offline and pure: no clock, no database, no network. The same
// documents give the same answers in whatever order they came, on every node
// and on both databases; equal scores are ordered by id. Whether somebody may
// see a document is asked while scoring, never after the best were chosen, so
// that what a person may not see cannot push out what they may.
package recall

// Kind says what sort of thing a document is.
type Kind string

// The kinds of document that can be found.
const (
	Failure    Kind = "failure"
	Review     Kind = "review"
	Procedure  Kind = "procedure"
	Step       Kind = "step"
	Safeguard  Kind = "safeguard"
	Constraint Kind = "constraint"
	Finding    Kind = "finding"
	Assumption Kind = "assumption"
	Gap        Kind = "gap"
	Carry      Kind = "carry"
	Plan       Kind = "plan"
)

// Doc is one thing that can be found. Of Title and Text the index keeps the
// words only.
type Doc struct {
	ID    string
	Kind  Kind
	Names []string // what people call it aloud, such as "F-12"
	Title string
	Text  string   // plain or Markdown; key terms of a record that has little else go here too
	Team  string   // whose it is; empty for the whole organisation's
	Of    string   // the id of what it is a part of; empty if it stands alone
	Tags  []string // what a search can be narrowed to besides kinds, each "group:value"
	At    int64    // when it happened, in microseconds of Unix time; 0 if nobody knows
}

// Query is a question to the index.
type Query struct {
	Title   string   // may be empty; counts for more than Text
	Text    string   // as much as there is; the beginning counts for more
	Limit   int      // how many hits at most; 0 means 5
	Exclude []string // ids that shall not be found, such as the one that asks
	Filter
}

// Filter narrows a question. The zero value lets everything pass.
type Filter struct {
	Kinds []Kind
	Tags  []string // it must have them all

	// Allow says whether whoever asks may see a document; nil allows all.
	// It gets the document without title, text and tags, is asked while
	// scoring, must not change it, and must not call back into the index.
	Allow func(*Doc) bool
}

// Hit is a document that answers a question.
type Hit struct {
	ID    string
	Kind  Kind
	Score float64 // comparable within one answer only
	// Weak is true where the likeness is not clear: the interface says "perhaps"
	// of it, or "new ground" when nothing better was found.
	Weak bool
	// Perhaps is true where a weak likeness is still more than chance would give.
	Perhaps bool
	// Why are the words of the question that matched, as they were written
	// there, the most telling first.
	Why []string
}

// ByChance reports that the likeness is no more than chance would give.
func (h Hit) ByChance() bool { return h.Weak && !h.Perhaps }
