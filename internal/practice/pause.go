package practice

import (
	"slices"
	"strings"
	"time"
)

// Pause is a team's word that it calls no reviews for a while. One of its people
// proposes it with the reason, and another one agrees. Reporting goes on, and so do
// promises, and changes that come back. No pause ends by itself: somebody says what
// changed.
type Pause struct {
	ID         PauseID
	Team       TeamID
	Why        string
	By         MemberID // who proposed it; nobody where a guardian did
	ProposedAt time.Time
	Agreed     MemberID  // who agreed; whoever proposed it, in a team of one
	BeganAt    time.Time // zero while it is only proposed
	LookAt     time.Time // from when on the team is asked whether it goes on
	Ended      MemberID  // who ended it, or turned the proposal down
	EndedAt    time.Time // zero until then
	Said       string    // what changed; of a proposal, why not now
	Guardian   bool      // a guardian proposes it: alone, or besides whoever did
}

// How long a team pauses before it is asked again, in days.
const (
	PauseDays     = 14
	MostPauseDays = 90
)

// Runs reports whether the team calls nothing now.
func (p Pause) Runs() bool { return !p.BeganAt.IsZero() && p.EndedAt.IsZero() }

// Waits reports whether it is proposed, and nobody has said anything yet.
func (p Pause) Waits() bool { return p.ID != "" && p.BeganAt.IsZero() && p.EndedAt.IsZero() }

// Asks reports whether its day to look again has passed. It goes on all the same.
func (p Pause) Asks(now time.Time) bool { return p.Runs() && !now.Before(p.LookAt) }

// ProposePause is a proposal as somebody makes it: days is until when to look again.
func ProposePause(p Pause, days int, now time.Time) (Pause, error) {
	p.Why = strings.TrimSpace(p.Why)
	switch {
	case p.Why == "":
		return p, Refuse(Invalid, "pause.why").At("why")
	case tooLong(p.Why, MaxLine):
		return p, Refuse(Invalid, "too.long").At("why").With("max", MaxLine)
	}
	p.ProposedAt = now
	return p.look(days, now)
}

// GuardianProposes is the reason that is kept where a guardian proposes a pause. It is
// always the same, so that nobody can be found by it.
const GuardianProposes = "The guardian proposes it. Why is not said, so that nobody can be found by it."

// ProposeByGuardian is a proposal that a confirmed misuse makes to a team. It has nobody,
// and no clock but the day. One of the team answers it as any other.
func ProposeByGuardian(team TeamID, today time.Time) Pause {
	return Pause{Team: team, Why: GuardianProposes, ProposedAt: today, LookAt: today.Add(PauseDays * day), Guardian: true}
}

// PauseAsked is what became of a guardian's word that a team pauses.
type PauseAsked string

// What can become of it.
const (
	PauseAskedNew PauseAsked = "new"    // it waits for the team
	PauseJoined   PauseAsked = "joined" // one waits already, and the guardian's is joined to it
	PauseRan      PauseAsked = "runs"   // the team pauses already, and nothing was added
)

// Join adds a guardian's proposal to the pause there is: to one that waits. One that
// runs needs none.
func (p Pause) Join() (Pause, PauseAsked) {
	if p.Runs() {
		return p, PauseRan
	}
	p.Guardian = true
	return p, PauseJoined
}

// MayDecide refuses whoever was found to misuse what people said: they begin no pause with
// their word, turn none down, and end none.
func MayDecide(misused bool) error {
	if misused {
		return Refuse(Forbidden, "pause.misused")
	}
	return nil
}

// Deciders are those who decide about a pause: the others of the team. Where none of them
// can, because they misused what was said or made the proposal, whoever leads one of them;
// where nobody does, the stewards; and at last the guardians.
func Deciders(p Pause, people []Member, guardians []Guardian, misused map[MemberID]bool) []MemberID {
	in := map[MemberID]bool{}
	for _, m := range people {
		in[m.ID] = m.Belongs() && slices.Contains(m.Teams, p.Team)
	}
	guards := map[MemberID]bool{}
	for _, g := range Guarding(guardians) {
		guards[g.Member] = true
	}
	for _, ring := range []func(Member) bool{
		func(m Member) bool { return in[m.ID] },
		func(m Member) bool { return slices.ContainsFunc(m.Leads, func(led MemberID) bool { return in[led] }) },
		func(m Member) bool { return m.Steward },
		func(m Member) bool { return guards[m.ID] },
	} {
		var all []MemberID
		for _, m := range people {
			if m.Belongs() && ring(m) && !misused[m.ID] && (!p.Waits() || m.ID != p.By) {
				all = append(all, m.ID)
			}
		}
		if len(all) > 0 {
			return all
		}
	}
	return nil
}

// look sets the day on which the team is asked again.
func (p Pause) look(days int, now time.Time) (Pause, error) {
	if days < 1 || days > MostPauseDays {
		return p, Refuse(Invalid, "pause.days").At("days").With("max", MostPauseDays)
	}
	p.LookAt = now.Add(time.Duration(days) * day)
	return p, nil
}

// Agree begins a pause. Whoever proposed it cannot decide it alone where there is
// anybody else. The day to look again is as far ahead as it was proposed.
func (p Pause) Agree(m MemberID, people int, now time.Time) (Pause, error) {
	switch {
	case !p.Waits():
		return p, Refuse(Conflict, "pause.settled")
	case m == p.By && people > 1:
		return p, Refuse(Conflict, "pause.own")
	}
	p.LookAt = now.Add(p.LookAt.Sub(p.ProposedAt))
	p.Agreed, p.BeganAt = m, now
	return p, nil
}

// TurnDown ends a proposal, with one line why not now.
func (p Pause) TurnDown(m MemberID, why string, now time.Time) (Pause, error) {
	if !p.Waits() {
		return p, Refuse(Conflict, "pause.settled")
	}
	return p.end(m, why, "pause.not", now)
}

// Longer sets another day on which the team is asked again.
func (p Pause) Longer(days int, now time.Time) (Pause, error) {
	if !p.Runs() {
		return p, Refuse(Conflict, "pause.over")
	}
	return p.look(days, now)
}

// Resume ends a pause, with one line what changed.
func (p Pause) Resume(m MemberID, changed string, now time.Time) (Pause, error) {
	if !p.Runs() {
		return p, Refuse(Conflict, "pause.over")
	}
	return p.end(m, changed, "pause.changed", now)
}

func (p Pause) end(m MemberID, said, without string, now time.Time) (Pause, error) {
	said = strings.TrimSpace(said)
	switch {
	case said == "":
		return p, Refuse(Invalid, without).At("said")
	case tooLong(said, MaxLine):
		return p, Refuse(Invalid, "too.long").At("said").With("max", MaxLine)
	}
	p.Ended, p.EndedAt, p.Said = m, now, said
	return p, nil
}

// MayCall refuses a new review while the team pauses.
func (p Pause) MayCall() error {
	if p.Runs() {
		return Refuse(Conflict, "pause.on").With("why", p.Why).With("day", p.BeganAt)
	}
	return nil
}

// Start is how a team begins anew after a pause: one failure, one team, one review.
// Others follow once that review has changed something.
type Start struct {
	From    time.Time // when the pause ended; zero where there is no new start
	Changed bool      // a review that closed since has changed something
}

// Guides reports whether the next review is the one to begin with.
func (s Start) Guides() bool { return !s.From.IsZero() && !s.Changed }

// MayFollow refuses a second review, without a reason, before the first one after a
// pause has changed something. open is how many are open.
func (s Start) MayFollow(n NewReview, open int) error {
	if s.Guides() && open > 0 && strings.TrimSpace(n.Why) == "" {
		return Refuse(Conflict, "start.one").At("why")
	}
	return nil
}
