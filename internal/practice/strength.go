package practice

import (
	"slices"
	"strings"
	"unicode"
)

// Strength is what a change does about what went wrong, as whoever made it says. It is
// shown as a mix, never as a score.
type Strength string

// What it does, empty where nobody said, the strongest first: what works by itself does not wait for anybody to
// remember it.
const (
	Removes Strength = "removes" // it removes what can go wrong
	Eases   Strength = "eases"   // it makes the right thing easier
	Reminds Strength = "reminds" // it changes a rule, a list or a reminder
	Exhorts Strength = "exhorts" // it trains people, or asks them to take care
)

// Strengths are what a change can do, the strongest first.
func Strengths() []Strength { return []Strength{Removes, Eases, Reminds, Exhorts} }

// Check refuses what is none.
func (s Strength) Check() error {
	if s == "" || slices.Contains(Strengths(), s) {
		return nil
	}
	return Refuse(Invalid, "required").At("strength")
}

// Showing are the words of a language by which a change is known that only shows something.
type Showing struct {
	Adds   []string // that there is one more
	Things []string // of what is looked at or sat through
	Acts   []string // that somebody then does something
}

// mostShowing is how many words a change may have to be nothing but that.
const mostShowing = 14

// Only reports whether a change is nothing but one more graph, alert, column or training:
// it says nothing of what somebody does then.
func (s Showing) Only(text string) bool {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
	has := func(any []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(any, w) })
	}
	return len(words) <= mostShowing && has(s.Adds) && has(s.Things) && !has(s.Acts)
}

// LongList is how many lines a list may have before one more asks which one goes.
const LongList = 20

// Longer is how many lines a list has that got longer and is long, to ask which of them goes;
// 0 where that is no question.
func Longer(was, now int) int {
	if now > was && now > LongList {
		return now
	}
	return 0
}
