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
