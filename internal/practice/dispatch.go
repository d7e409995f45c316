package practice

import (
	"strings"
	"time"
)

// Dispatch is one thing on its way out, to a person by mail or to a team's chat.
// It says of what kind it is and where it leads, and holds no word of what it is
// about: that is read when it is sent, if it may leave at all.
type Dispatch struct {
	ID       DispatchID
	Code     string   // a notice's, or one of those below
	Member   MemberID // to whom; empty: to the team's chat
	Team     TeamID
	Review   ReviewID  // what it is about; may be empty
	Link     string    // a path of ours
	Weekly   bool      // waits for the weekly mail
	DueAt    time.Time // when it was first to go out
	Fault    Fault     // of the last try
	SentAt   time.Time
	GaveUpAt time.Time
}

// Dispatches that are no notices.
const (
	DispatchConfirm = "dispatch.confirm" // is this your address?
	DispatchTry     = "dispatch.try"     // does this chat take dispatches?
	DispatchCalled  = "dispatch.called"  // to the chat: a review was called
	DispatchMoved   = "dispatch.moved"   // it has another time
	DispatchOff     = "dispatch.off"     // it is called off
	DispatchClosed  = "dispatch.closed"  // what came of it
	DispatchStop    = "dispatch.stop"    // a plan ends
)

// MostDispatches is how many dispatches about one review a person gets, from the
// invitation to what came of it. The rest they find on their start page.
const MostDispatches = 3

// GiveUpAfter is how long a dispatch is tried.
const GiveUpAfter = 3 * 24 * time.Hour

// How long a dispatch is kept after it left, and after nobody took it.
const (
	ForgetSent   = 24 * time.Hour
	ForgetFailed = 30 * 24 * time.Hour
)

// MayTell reports whether a dispatch goes out to somebody who got told of them
// about the same review. Times, their changes and reminders leave the last one
// free for what came of it; nothing comes of one that is called off.
func MayTell(code string, told int) bool {
	if IsMeeting(code) && !IsOff(code) || IsReminder(code) {
		return told < MostDispatches-1
	}
	return told < MostDispatches
}

// IsMeeting reports whether a dispatch is about when people meet. Only the
// newest of these is worth sending.
func IsMeeting(code string) bool {
	switch code {
	case "notice.invited", "notice.write", "notice.moved", DispatchCalled, DispatchMoved:
		return true
	}
	return IsOff(code)
}

// IsOff reports whether a dispatch says that people do not meet, or write, after all.
func IsOff(code string) bool {
	return code == "notice.off" || code == "notice.off-why" || code == "notice.off-guide" || code == DispatchOff
}

// NoticeOfLeg is the reminder of a leg of a review in writing.
func NoticeOfLeg(leg Leg) string { return "notice.leg-" + string(leg) }

// IsReminder reports whether a notice reminds of a leg.
func IsReminder(code string) bool { return strings.HasPrefix(code, NoticeOfLeg("")) }

// CanWait reports whether a dispatch may come with the weekly mail. Whatever
// asks for something cannot.
func CanWait(code string) bool {
	switch code {
	case "notice.there", "notice.guide", "notice.convene", "notice.carry", "notice.offered", "notice.heard", "notice.refused", "notice.unsaid", "notice.unanswered", "notice.signoff", "notice.lead", "notice.stop", "notice.look", "notice.effect", "notice.assumption", "notice.pulse", "notice.referral", "notice.conflict", "notice.conflict-heard", "notice.conflict-due", DispatchConfirm:
		return false
	}
	return !IsMeeting(code) && !IsReminder(code) && !strings.HasPrefix(code, "notice.link")
}

// Fault says why a dispatch did not arrive.
type Fault string

// The faults. Some pass by themselves, others do not.
const (
	FaultUnset       Fault = "unset"       // this server was not told how to send mail
	FaultUnreachable Fault = "unreachable" // nobody answered, or not in time
	FaultSecret      Fault = "secret"      // the mail server did not take our name and passphrase
	FaultTLS         Fault = "tls"         // no safe connection
	FaultRefused     Fault = "refused"     // they do not want it
	FaultBusy        Fault = "busy"        // they want it later
	FaultBlocked     Fault = "blocked"     // an address or port we do not go to
	FaultMoved       Fault = "moved"       // they send us elsewhere, where we do not follow
)

// Passes reports whether trying again may help.
func (f Fault) Passes() bool {
	switch f {
	case FaultRefused, FaultMoved, FaultBlocked:
		return false
	}
	return true
}

// Channel is what of a team goes out: whether with titles, and to which chat.
type Channel struct {
	Team    TeamID
	Address string // where the chat takes dispatches; it is a secret. Empty: nowhere
	Titles  bool   // dispatches say the title, too; else the link alone
	Fault   Fault  // of the last dispatch to the chat; empty where it arrived
	TriedAt time.Time
}

// Check refuses an address nothing can be sent to.
func (c Channel) Check() error {
	if c.Address != "" && !WebAddress(c.Address) {
		return Refuse(Invalid, "chat.address").At("address")
	}
	return nil
}

// Feed is the calendar of one person, for programs that look at it by a secret
// address.
type Feed struct {
	Member MemberID
	Titles bool // entries say what went wrong; else only that a review is
	MadeAt time.Time
}
