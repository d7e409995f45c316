package practice

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"
)

// Pass is what a signed link stands for: it lets somebody without an account do
// one thing, until it ends or is taken back.
type Pass struct {
	ID     PassID
	Use    PassUse
	About  string   // the id of the review, of the promise or of the gap
	Member MemberID // the guest it was made for
	EndsAt time.Time
}

// PassUse is the one thing a pass is good for.
type PassUse string

// The uses of a pass.
const (
	PassSeat  PassUse = "seat"  // to take a place in one review
	PassCarry PassUse = "carry" // to say yes or no to one promise, and what became of it

	PassConsent PassUse = "consent" // to speak for a group about one change

	PassReferral PassUse = "referral" // to answer whether one takes on a gap
)

// PassAfter is how long a pass outlasts the meeting or the day it is about.
const PassAfter = 30 * 24 * time.Hour

// Seal writes the pass so that only whoever knows the secret could have written
// it. What it is for is part of what is signed.
func (p Pass) Seal(secret []byte) string {
	body := binary.BigEndian.AppendUint64(nil, uint64(p.EndsAt.Unix()))
	body = append(body, p.ID...)
	return base64.RawURLEncoding.EncodeToString(append(mark(secret, "pass "+string(p.Use), body), body...))
}

// OpenPass reads the id of a sealed pass. It refuses one that is forged, was
// made for another use, or is over ("pass.old").
func OpenPass(sealed string, use PassUse, secret []byte, now time.Time) (PassID, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(sealed)
	if err != nil || len(raw) <= sha256.Size+8 || len(raw) > 200 {
		return "", ErrPassOld
	}
	sum, body := raw[:sha256.Size], raw[sha256.Size:]
	until := time.Unix(int64(binary.BigEndian.Uint64(body)), 0)
	if !hmac.Equal(sum, mark(secret, "pass "+string(use), body)) || !now.Before(until) {
		return "", ErrPassOld
	}
	return PassID(body[8:]), nil
}

// ErrPassOld is the one answer to a signed link that opens nothing.
var ErrPassOld = Refuse(Conflict, "pass.old")

// Actor is the guest who came by the pass. Its scope is none that anything asks
// for, so whatever is refused to a token is refused to them.
func (p Pass) Actor(name string) Actor {
	return Actor{Member: p.Member, Name: name, Scopes: []Scope{"pass"}, Pass: p}
}

// Holds reports whether the actor came by a pass for this one thing.
func (a Actor) Holds(use PassUse, about string) bool {
	return a.Pass.ID != "" && a.Pass.Use == use && a.Pass.About == about
}
