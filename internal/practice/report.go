package practice

import (
	"slices"
	"strings"
	"time"
)

// Former is what a report said before it was edited.
type Former struct {
	Failure      FailureID
	Version      int
	Text         string
	Stage        Stage
	RecognisedAt time.Time
	Until        time.Time // when other words took its place
}

// Edit puts what its reporter says now in the place of what a report said, and
// returns what it said before. Without a time the old one stays; its team and
// who convenes it stay too. Where nothing is another, edited is false.
func (f Failure) Edit(n NewFailure, now time.Time) (next Failure, was Former, edited bool, err error) {
	if n.At.IsZero() {
		n.At = f.RecognisedAt
	}
	if err := n.Check(now); err != nil {
		return f, was, false, err
	}
	was = Former{Failure: f.ID, Version: f.Version, Text: f.Text, Stage: f.Stage, RecognisedAt: f.RecognisedAt, Until: now}
	next = f
	next.Text, next.Stage, next.RecognisedAt = strings.TrimSpace(n.Text), n.Stage, n.At.UTC().Truncate(time.Microsecond)
	next.Title, next.Touched, next.TouchedOther = Title(next.Text), n.Touched, strings.TrimSpace(n.TouchedOther)
	if next.Text == f.Text && next.Stage == f.Stage && next.RecognisedAt.Equal(f.RecognisedAt) &&
		slices.Equal(next.Touched, f.Touched) && next.TouchedOther == f.TouchedOther {
		return f, was, false, nil
	}
	next.Version++
	return next, was, true, nil
}

// InHandOf reports whether somebody decides about a failure: they reported it,
// or convene it, or nobody convenes it yet.
func (f Failure) InHandOf(m MemberID) bool {
	return m != "" && (f.Reporter == m || f.Convener == m || f.Convener == "")
}

// Begun reports whether one of a failure's reviews has begun: from then on its
// report is what the room was about, and stays as it is.
func Begun(reviews []Review) bool {
	return slices.ContainsFunc(reviews, func(r Review) bool { return !r.StartedAt.IsZero() || r.Phase == PhaseClosed })
}
