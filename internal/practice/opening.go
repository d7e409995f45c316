package practice

import "time"

// Opening is that somebody opened again what people wrote alone in a review that has
// closed: who and on which day, and nothing of the hour.
type Opening struct {
	Review ReviewID
	Member MemberID
	Name   string // of the member
	Day    time.Time
	Token  bool // a program read it for them
}

// RightAfter is how long after the close those who were there still read what stood
// before them anyway, and nobody is told.
const RightAfter = 24 * time.Hour

// Told reports whether those who were there read that somebody opens the answers now:
// whoever leads, is a steward, keeps records or sends a program always; others once the
// day after the close is over.
func (r Review) Told(by Actor, leads bool, now time.Time) bool {
	power := leads || by.Steward || by.Records || by.Program()
	return power || !now.Before(r.ClosedAt.Add(RightAfter))
}
