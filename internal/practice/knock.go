package practice

import (
	"strings"
	"time"
)

// TeamCode is what a team hands out, as a link, a square or some words:
// whoever holds it may ask to come in, and no more.
type TeamCode struct {
	Team   TeamID
	Words  string // "alder copper heron mill"
	EndsAt time.Time
}

// Knock is somebody who holds the code of a team and asks to come in. Nobody
// has an account for knocking: somebody of the team says yes first.
type Knock struct {
	ID     KnockID
	Team   TeamID
	Name   string   // what they say the team calls them
	Member MemberID // who asks, where they are known on their device; once let in, who they are
	Words  string   // both screens show them, so that people can compare
	Label  string   // of the device
	State  KnockState
	By     MemberID // who said yes or no; empty while it waits
	At     time.Time
	EndsAt time.Time

	Identity Identity // who they are for a provider, if a yes is to open that way too
}

// KnockState is where a knock stands.
type KnockState string

// The states of a knock.
const (
	KnockWaiting KnockState = "waiting"
	KnockLetIn   KnockState = "let_in"
	KnockRefused KnockState = "refused"
)

// How long a code is good, how long a knock waits, and how many of them wait at
// one team: whoever found a code cannot bury the team under names.
const (
	CodeLife  = 7 * 24 * time.Hour
	KnockLife = 24 * time.Hour
	MaxKnocks = 20
)

// Waits reports whether somebody can still say yes or no.
func (k Knock) Waits(now time.Time) bool {
	return k.State == KnockWaiting && now.Before(k.EndsAt)
}

// CheckYes refuses a yes to a name that opens more than the team: m is whom the
// team knows under it, comesIn whether they have a way in already. Only they
// themselves or a steward let another device in then, or anybody could read as
// them by asking under their name.
func (k Knock) CheckYes(by Actor, m Member, comesIn bool) error {
	switch {
	case m.ID == "", k.Member == m.ID:
		return nil
	case by.Member == m.ID || by.Steward:
		return nil
	case !m.Active || m.Steward || comesIn:
		return Refuse(Forbidden, "knock.known").With("name", m.Name)
	}
	return nil
}

// Path is where a code leads: its words with dashes, as a link and a square
// carry them.
func (c TeamCode) Path() string { return "/join/" + strings.ReplaceAll(c.Words, " ", "-") }
