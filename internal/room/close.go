package room

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"debrief/internal/practice"
)

// Handover is the last screen: one person, what, and by when.
type Handover struct {
	Room
	Gaps      []Led          // those that were taken up
	Carry     practice.Carry // without an id until somebody is named
	Carrier   practice.Member
	People    []practice.Member // who may carry it: of the team, or of this room for who came by a link
	NextCycle time.Time
	Tapped    map[string]string // what this seat answered: "yes" or "no"
	All       int               // seats that gave all three closing taps
	Whole     bool              // this seat ticked that leaders may read the whole record
}

// Led is a gap with what it led to.
type Led struct {
	practice.Gap
	Done Done
}

// Handover returns the last screen.
func (rooms *Rooms) Handover(ctx context.Context, seat practice.Seat) (Handover, error) {
	return look(ctx, rooms, seat, func(v *visit) (Handover, error) {
		h := Handover{Tapped: map[string]string{}}
		var err error
		if h.Room, err = v.room(); err != nil {
			return h, err
		}
		if v.review.Phase != practice.PhaseCarry {
			return h, practice.Refuse(practice.Conflict, "carry.early")
		}
		h.NextCycle = h.Team.NextCycle(v.tx.Now())
		if h.Gaps, err = v.led(); err != nil {
			return h, err
		}
		if h.People, err = v.offered(); err != nil {
			return h, err
		}
		if err := v.readTaps(&h); err != nil {
			return h, err
		}
		h.Carry, err = v.tx.CarryOf(v.review.ID)
		if errors.Is(err, practice.ErrNotFound) {
			return h, nil
		}
		if err != nil {
			return h, err
		}
		h.Carrier, err = v.tx.Member(h.Carry.Carrier)
		return h, err
	})
}

// led reads the gaps of question four with what each led to.
func (v *visit) led() ([]Led, error) {
	gaps, err := v.tx.Gaps(v.review.ID)
	if err != nil {
		return nil, err
	}
	var all []Led
	for _, g := range gaps {
		if !g.Taken {
			continue
		}
		done, err := doneBy(v.tx, g)
		if err != nil {
			return nil, err
		}
		all = append(all, Led{Gap: g, Done: done})
	}
	return all, nil
}

// people are those of the team who are still here.
func (v *visit) people() ([]practice.Member, error) {
	team, err := v.team()
	if err != nil {
		return nil, err
	}
	all, err := v.tx.MembersOf(team.ID)
	here := all[:0]
	for _, m := range all {
		if m.Active {
			here = append(here, m)
		}
	}
	return here, err
}

// offered are the people a seat is shown by name: those of the team, and to whoever
// came by a signed link those who are invited to this room.
func (v *visit) offered() ([]practice.Member, error) {
	if !v.seat.ByLink() {
		return v.people()
	}
	invited, err := v.invited()
	return slices.DeleteFunc(invited, func(m practice.Member) bool { return !m.Active }), err
}

// NameCarrier names the one person who carries the learning into the next
// cycle. Naming another one replaces the first: there is one carry and one
// name. Said aloud, with the room as witness, their yes counts at once.
func (rooms *Rooms) NameCarrier(ctx context.Context, seat practice.Seat, n practice.NewCarry) (practice.Carry, error) {
	return act(ctx, rooms, seat, func(v *visit) (practice.Carry, error) {
		if v.review.Phase != practice.PhaseCarry {
			return practice.Carry{}, practice.Refuse(practice.Conflict, "carry.early")
		}
		team, err := v.team()
		if err != nil {
			return practice.Carry{}, err
		}
		m, err := v.chosen(n)
		if err != nil {
			return practice.Carry{}, err
		}
		now := v.tx.Now()
		if err := n.Check(team.NextCycle(now), now); err != nil {
			return practice.Carry{}, err
		}
		c := practice.Carry{ID: practice.CarryID(v.tx.NewID("cry")), Review: v.review.ID, Failure: v.review.Failure, Team: team.ID,
			Carrier: m.ID, Moment: strings.TrimSpace(n.Moment), Act: strings.TrimSpace(n.Act), DueAt: n.DueAt,
			State: practice.CarryOffered, Why: strings.TrimSpace(n.LateWhy), NamedAt: now}
		if n.Aloud {
			c.State, c.Witness = practice.CarryAccepted, true
		}
		if err := errors.Join(v.keepCarry(&c), v.emit("carry.named", nil)); err != nil || !v.review.InWriting() {
			return c, err
		}
		return c, v.askCarrier(c) // there is time to say yes before the close
	})
}

// UnsayCarry takes a yes back that was ticked and that the room did not hear: the one
// who is named is asked for their own.
func (rooms *Rooms) UnsayCarry(ctx context.Context, seat practice.Seat) (practice.Carry, error) {
	return act(ctx, rooms, seat, func(v *visit) (practice.Carry, error) {
		c, err := v.tx.CarryOf(v.review.ID)
		if errors.Is(err, practice.ErrNotFound) || v.review.Phase != practice.PhaseCarry {
			return c, practice.Refuse(practice.Conflict, "carry.early")
		}
		if err != nil {
			return c, err
		}
		was := c.State
		if c, err = c.Unsay(false, v.tx.Now()); err != nil {
			return c, err
		}
		if err := errors.Join(v.tx.SaveCarry(c, was), v.emit("carry.unsaid", nil)); err != nil || !v.review.InWriting() {
			return c, err
		}
		return c, v.askCarrier(c)
	})
}

// chosen is the person who was picked from the list, or meant by what was
// typed; somebody without an account, where the room says so. Whoever is shown a
// part of the team alone may type the whole name of another one.
func (v *visit) chosen(n practice.NewCarry) (practice.Member, error) {
	offered, err := v.offered()
	if err != nil {
		return practice.Member{}, err
	}
	for _, m := range offered {
		if n.Carrier != "" && m.ID == n.Carrier {
			return m, nil
		}
	}
	m, err := practice.OnePerson(n.Typed, offered)
	var refusal *practice.Error
	if !errors.As(err, &refusal) || refusal.Code != "carrier.unknown" {
		return m, err
	}
	team, missed := v.people()
	if missed != nil {
		return m, missed
	}
	for _, m := range team {
		if practice.FoldName(m.Name) == practice.FoldName(n.Typed) {
			return m, nil
		}
	}
	if n.Guest {
		return v.tx.Guest(n.Typed)
	}
	return m, err
}

// keepCarry writes the one carry of the review.
func (v *visit) keepCarry(c *practice.Carry) error {
	old, err := v.tx.CarryOf(v.review.ID)
	if errors.Is(err, practice.ErrNotFound) {
		return v.tx.AddCarry(*c)
	}
	if err != nil {
		return err
	}
	was := old.State
	c.ID = old.ID
	return v.tx.SaveCarry(*c, was)
}

// askCarrier asks the one who is named for their yes, once.
func (v *visit) askCarrier(c practice.Carry) error {
	n := practice.Notice{Member: c.Carrier, Code: "notice.carry", Args: practice.Args{"act": c.Act}, Link: practice.CarryPath(c.ID)}
	asked, err := v.tx.WasTold(n)
	if err != nil || asked || c.State != practice.CarryOffered {
		return err
	}
	return errors.Join(v.tx.Tell(n, v.review.ID),
		v.tx.Enqueue("carry.unanswered", v.tx.Now().Add(practice.YesWithin), practice.Args{"carry": c.ID}))
}

// tellHeard tells the one whose yes the room says it heard: they may not have been
// there.
func (v *visit) tellHeard(c practice.Carry) error {
	if !c.Witness {
		return nil
	}
	return v.tx.Tell(practice.Notice{Member: c.Carrier, Code: "notice.heard", Args: practice.Args{"act": c.Act}, Link: practice.CarryPath(c.ID)}, v.review.ID)
}

// LetLeadersRead ticks, for this seat alone, that leaders may read the whole
// record, or takes that back. They may if everybody who came has ticked it when
// the review closes; nobody sees who did, or how many.
func (rooms *Rooms) LetLeadersRead(ctx context.Context, seat practice.Seat, whole bool) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		if v.review.Phase != practice.PhaseCarry {
			return practice.Refuse(practice.Conflict, "carry.early")
		}
		if whole {
			return v.tx.Raise(seat, handWhole, 0)
		}
		return v.tx.Lower(seat, handWhole, 0)
	})
}

// Close ends the review. In one transaction the taps become counts, every trace
// of a seat goes but for what it takes to tap late, the failure climbs the
// ladder, and whoever took part or reported it finds what became of it on their
// start page.
func (rooms *Rooms) Close(ctx context.Context, seat practice.Seat, version int) (practice.Review, error) {
	return act(ctx, rooms, seat, func(v *visit) (practice.Review, error) {
		if err := v.at(version); err != nil {
			return v.review, err
		}
		return v.close()
	})
}

func (v *visit) close() (practice.Review, error) {
	p, err := v.progress()
	if err != nil {
		return v.review, err
	}
	if _, err := v.tx.CarryOf(v.review.ID); err == nil {
		p.Carrier = true
	} else if !errors.Is(err, practice.ErrNotFound) {
		return v.review, err
	}
	ticked, err := v.tx.Hands(v.review.ID, handWhole, 0)
	if err != nil {
		return v.review, err
	}
	r, err := v.review.LetLeadersRead(len(ticked), p).Advance(p, v.tx.Now())
	if err != nil {
		return v.review, err
	}
	if r.Phase != practice.PhaseClosed {
		return v.review, practice.Refuse(practice.Conflict, "carry.early")
	}
	return r, errors.Join(v.forgetSeats(), v.tx.KeepGuide(r.ID), v.save(r), v.climb(), v.tell(), v.refer(), v.askOwners(), v.tx.Enqueue("store.scrub", v.tx.Now(), nil),
		v.tx.Emit(practice.Event{Kind: "review.closed", About: string(r.ID), In: string(r.ID)}))
}

// climb sets the failure's place on the ladder: reviewed, and changed where
// something did change.
func (v *visit) climb() error {
	f, err := v.tx.Failure(v.review.Failure)
	if err != nil {
		return err
	}
	gaps, err := v.tx.Gaps(v.review.ID)
	if err != nil {
		return err
	}
	f.Standing = practice.StandingOf(gaps)
	return v.tx.SaveFailure(f)
}

// tell says what came of it to everybody who had a part in it, asks the one who
// is to carry it, and lets the team's chat know.
func (v *visit) tell() error {
	f, err := v.tx.Failure(v.review.Failure)
	if err != nil {
		return err
	}
	if err := errors.Join(v.tx.SettleNotices(practice.RoomPath(f.Number)), v.tx.SettleNotices(practice.GuidePath(f.Number))); err != nil {
		return err
	}
	carry, err := v.tx.CarryOf(v.review.ID)
	if err != nil {
		return err
	}
	if err := v.askCarrier(carry); err != nil {
		return err
	}
	gaps, err := v.tx.Gaps(v.review.ID)
	if err != nil {
		return err
	}
	lines, err := v.tx.Outcome(f, v.review, gaps)
	if err != nil {
		return err
	}
	for _, g := range gaps {
		if err := errors.Join(v.tx.TellPlaced(g.ID), v.tx.TellLearned(g)); err != nil {
			return err
		}
	}
	if err := errors.Join(v.tx.TellContributors(v.review, lines), v.tellHeard(carry)); err != nil {
		return err
	}
	return v.tx.Announce(practice.Dispatch{Code: practice.DispatchClosed, Team: f.Team, Review: v.review.ID, Link: practice.RecordPath(f.Number)})
}
