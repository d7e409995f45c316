package practice

import "time"

// Tablet is a browser that a team shares, on a wall or a counter. It is let in as
// nobody: whoever stands before it picks a name, which proves nothing. Days are
// kept where moments would say when somebody was there.
type Tablet struct {
	ID     TabletID
	Team   TeamID
	Label  string    // what the team calls it
	MadeAt time.Time // the day
	SeenAt time.Time // the day
	EndsAt time.Time
	By     MemberID // who made it one; empty where they were erased
}

// TabletIdle is how long a picked name stays where nobody touches the tablet, and
// SeatIdle how long a place in a room does, where people listen and think.
const (
	TabletIdle = 90 * time.Second
	SeatIdle   = 5 * time.Minute
)

// ErrNoTablet is the one answer to whatever asks as a tablet and is none.
var ErrNoTablet = Refuse(Unauthenticated, "tablet.none")

// Actor is whoever picked a name at the tablet; m is zero while nobody has. Its
// scope is none that anything asks for, so whatever is refused to a token is
// refused to them.
func (t Tablet) Actor(m Member) Actor {
	return Actor{Member: m.ID, Name: m.Name, Teams: []TeamID{t.Team}, Scopes: []Scope{"tablet"}, Tablet: t.ID}
}

// MayEndTablet reports whether the actor may name or end the tablet: they made it
// one, or are a steward.
func (a Actor) MayEndTablet(t Tablet) bool {
	return len(a.Scopes) == 0 && (a.Steward || a.Member != "" && a.Member == t.By)
}

// RoomNow reports whether a room can be sat down in at a tablet that hangs beside
// it: it is about to begin or runs, and is no secret to part of the team.
func (r Review) RoomNow(f Failure, now time.Time) bool {
	return r.Phase != PhaseClosed && r.Phase != PhaseOff && !r.InWriting() && len(f.Only) == 0 && !now.Before(r.MeetAt.Add(-ReadyAhead))
}
