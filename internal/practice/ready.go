package practice

import (
	"encoding/hex"
	"strings"
	"time"
)

// Readiness is what somebody answers before a room, and what it comes to for all:
// go, or not now.
type Readiness string

// The two answers. Whoever says nothing says neither.
const (
	Go     Readiness = "go"
	NotNow Readiness = "not-now"
)

// ReadyAhead is how long before a room the question is over, for everybody at once.
const ReadyAhead = 15 * time.Minute

// WaitAtMost is how long people may put a room off after a "not now".
const WaitAtMost = 72 * time.Hour

// Check refuses what is neither.
func (a Readiness) Check() error {
	if a != Go && a != NotNow {
		return Refuse(Invalid, "required").At("answer")
	}
	return nil
}

// AskReady sets until when those who are invited to a room say whether it is a go:
// a quarter of an hour before, or until it begins where that is over. A room that is
// called for this moment asks nobody: there is no moment left, and every seat may
// turn it into writing with one tap, unnamed and without a reason. Once people were
// asked, they are asked again for every other time, and have the quarter of an hour:
// there is no way around a "not now".
func (r Review) AskReady(again bool, now time.Time) (Review, error) {
	if r.InWriting() {
		return r, nil
	}
	closes := r.MeetAt.Add(-ReadyAhead)
	if !closes.After(now) {
		closes = r.MeetAt
	}
	switch {
	case again && r.MeetAt.Before(now.Add(ReadyAhead)):
		return r, Refuse(Conflict, "ready.soon").At("meet")
	case !closes.After(now):
		closes = time.Time{}
	}
	r.ReadyAt, r.Ready = closes, ""
	return r, nil
}

// WasAsked reports whether the people of a review were asked, now or for a time
// that it had before.
func (r Review) WasAsked() bool { return !r.ReadyAt.IsZero() }

// AsksReady reports whether the question is open.
func (r Review) AsksReady(now time.Time) bool { return r.AwaitsReady() && now.Before(r.ReadyAt) }

// AwaitsReady reports whether nobody knows yet what it came to: nobody begins before.
func (r Review) AwaitsReady() bool {
	return r.WasAsked() && r.Ready == "" && r.Phase == PhaseArrive && !r.InWriting()
}

// MayAnswerReady refuses an answer when the question is not open.
func (r Review) MayAnswerReady(now time.Time) error {
	if !r.AsksReady(now) {
		return Refuse(Conflict, "ready.over")
	}
	return nil
}

// CloseReady says what it came to, at its moment and not with the last answer: one
// "not now" is enough. The review is then held in writing, from the same time on.
// zone is the IANA name of the clock its deadlines keep. It reports false where
// there is nothing to say.
func (r Review) CloseReady(notNow bool, zone string, now time.Time) (Review, bool) {
	if !r.AwaitsReady() || now.Before(r.ReadyAt) {
		return r, false
	}
	r.Ready = Go
	if notNow {
		r.Ready, r.Form, r.Zone = NotNow, FormDays, zone
	}
	r.Version++
	return r, true
}

// WaitUntil is until when people may meet instead after a "not now".
func (r Review) WaitUntil() time.Time { return r.ReadyAt.Add(WaitAtMost) }

// DeviceTag tells the answers of people apart who share one browser. It goes with
// the question, and is kept nowhere.
func DeviceTag(review ReviewID, m MemberID, secret []byte) string {
	return hex.EncodeToString(mark(secret, "tag", []byte(string(review)+" "+string(m)))[:8])
}

// IsDeviceTag reports whether a text may be one.
func IsDeviceTag(s string) bool {
	return len(s) == 16 && strings.Trim(s, "0123456789abcdef") == ""
}
