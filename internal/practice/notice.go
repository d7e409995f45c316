package practice

import "time"

// Notice is one line on somebody's own start page. It is a code with its
// arguments, so that it is said in the words of whoever reads it.
type Notice struct {
	ID     NoticeID
	Member MemberID
	Code   string
	Args   Args
	Link   string
	At     time.Time
	SeenAt time.Time // zero until it was read or put away
}
