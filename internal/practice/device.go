package practice

import (
	"strings"
	"time"
)

// Device is a browser that was let in on behalf of a member. Days are kept
// where moments would say when somebody was there.
type Device struct {
	ID      DeviceID
	Member  MemberID
	Label   string    // "Firefox on Linux", or whatever its owner calls it
	LetInAt time.Time // the day
	SeenAt  time.Time // the day
	EndsAt  time.Time
	RestsAt time.Time // ends earlier if nobody uses it until then; zero means it does not
	By      MemberID  // who said yes to it; empty where its owner came in by link or passphrase
}

// Link is an address that opens once.
type Link struct {
	Member MemberID
	Use    LinkUse
	EndsAt time.Time
}

// LinkUse is what a link is good for.
type LinkUse string

// The uses of a link that opens once.
const (
	LinkIn    LinkUse = "in"    // lets a device in
	LinkReset LinkUse = "reset" // lets a device in with a new passphrase
)

// Token lets a program act for a member, within its scopes.
type Token struct {
	ID     TokenID
	Member MemberID
	Name   string
	Scopes []Scope // at least one
	EndsAt time.Time
	SeenAt time.Time // the day it was last used; zero means never
}

// The days a token may live: 90 unless somebody says otherwise.
const (
	TokenDays     = 90
	MostTokenDays = 365
)

// NewToken is what somebody asks for.
type NewToken struct {
	Name   string
	Scopes []Scope
	Days   int // 0 means [TokenDays]
}

// Check refuses a token without name, without a known scope, or for ever.
func (n NewToken) Check() error {
	switch {
	case strings.TrimSpace(n.Name) == "":
		return Refuse(Invalid, "required").At("name")
	case tooLong(n.Name, MaxName):
		return Refuse(Invalid, "too.long").At("name").With("max", MaxName)
	case len(n.Scopes) == 0:
		return Refuse(Invalid, "token.scopes").At("scope")
	case n.Days < 0 || n.Days > MostTokenDays:
		return Refuse(Invalid, "token.days").At("days").With("max", MostTokenDays)
	}
	for _, s := range n.Scopes {
		if s != ScopeRead && s != ScopeReport && s != ScopeWrite {
			return Refuse(Invalid, "token.scopes").At("scope")
		}
	}
	return nil
}
