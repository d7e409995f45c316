package practice

// Reading is how much somebody reads of the record that a closed review leaves.
type Reading int

// The forms of a record, each with all of the one before it.
const (
	ReadsNothing Reading = iota // not even what the failure is called
	ReadsShort                  // when it was, what changed, and who carries it
	ReadsWhole                  // all that was agreed
)

// Reader is what somebody has to do with a closed review.
type Reader struct {
	Took     bool // was invited and entered the room
	Reported bool // reported the failure
	Team     bool // is of the failure's team
	Leads    bool // leads somebody who entered the room
	Carries  bool // carries the promise, or is asked to
}

// Reads decides how much of a record somebody reads. Those who were there and
// whoever reported it read the whole. Others it concerns read the short form,
// unless everybody in the room ticked that they may read the whole.
func (r Reader) Reads(ticked bool) Reading {
	concerns := r.Team || r.Leads || r.Carries
	switch {
	case r.Took || r.Reported || concerns && ticked:
		return ReadsWhole
	case concerns:
		return ReadsShort
	}
	return ReadsNothing
}
