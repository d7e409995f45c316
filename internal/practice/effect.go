package practice

import (
	"slices"
	"strings"
	"time"
)

// Effect is what somebody watches to see whether a change did what it was made for, and
// what whoever carries it said of that on its day. What is not watched is not asked about,
// and nobody is scolded for not being able to tell.
type Effect struct {
	Gap    GapID
	What   string    // is watched
	AskAt  time.Time // when they are asked; the first moment of a day
	Said   Moved     // empty until they answered
	Text   string    // what they add to that; may be empty
	SaidAt time.Time // the day on which they did
}

// Moved says whether it moved.
type Moved string

// Whether it did.
const (
	MovedYes    Moved = "yes"
	MovedNo     Moved = "no"
	MovedUnsure Moved = "unsure" // they cannot tell
)

// Moves are all of them, in the order in which they are offered.
func Moves() []Moved { return []Moved{MovedYes, MovedNo, MovedUnsure} }

// LongestEffect is how many days ahead somebody can be asked.
const LongestEffect = 2 * 366

// Watch names what is watched, and from which day on somebody is asked. It can be named
// anew until they answered.
func (e Effect) Watch(what string, at, now time.Time) (Effect, error) {
	what = strings.TrimSpace(what)
	switch {
	case e.Said != "":
		return e, Refuse(Conflict, "effect.said").At("what")
	case what == "":
		return e, Refuse(Invalid, "effect.what").At("what")
	case tooLong(what, MaxLine):
		return e, Refuse(Invalid, "too.long").At("what").With("max", MaxLine)
	case !at.After(now) || at.After(now.AddDate(0, 0, LongestEffect)):
		return e, Refuse(Invalid, "effect.day").At("day")
	}
	e.What, e.AskAt = what, at
	return e, nil
}

// Due reports whether somebody is asked.
func (e Effect) Due(now time.Time) bool {
	return e.What != "" && e.Said == "" && !now.Before(e.AskAt)
}

// Answer says whether it moved, on a day in that zone. Who could not tell can say so later.
func (e Effect) Answer(said Moved, text string, now time.Time, zone *time.Location) (Effect, error) {
	text = strings.TrimSpace(text)
	switch {
	case e.What == "":
		return e, ErrNotFound
	case now.Before(e.AskAt):
		return e, Refuse(Conflict, "effect.early").At("said").With("day", e.AskAt)
	case e.Said == MovedYes || e.Said == MovedNo:
		return e, Refuse(Conflict, "effect.said").At("said")
	case !slices.Contains(Moves(), said):
		return e, Refuse(Invalid, "required").At("said")
	case tooLong(text, MaxLine):
		return e, Refuse(Invalid, "too.long").At("text").With("max", MaxLine)
	}
	e.Said, e.Text, e.SaidAt = said, text, DayOf(now, zone)
	return e, nil
}
