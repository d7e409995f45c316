package app

import (
	"context"
	"errors"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Carried is a promise with the person who made it and the failure behind it.
type Carried struct {
	Carry   practice.Carry
	Carrier practice.Member
	Offered practice.Member // to whom it is being handed over
	Failure practice.Failure
	Outcome practice.Outcome // what came of it by now
	MayName bool             // the reader may name somebody else: nobody said yes, and they were in the room or called it
}

// Carry returns a promise of one of the actor's teams, or one that is theirs.
func (a *App) Carry(ctx context.Context, actor practice.Actor, id practice.CarryID) (Carried, error) {
	return read(ctx, a, func(tx *store.Tx) (Carried, error) {
		c, err := carryFor(tx, actor, id)
		if err != nil {
			return Carried{}, err
		}
		out, err := carried(tx, c)
		if err == nil && c.Unanswered(tx.Now()) {
			out.MayName, err = namesFor(tx, actor, c)
		}
		return out, err
	})
}

// Carries returns the promises of the actor's teams, those on their way first.
func (a *App) Carries(ctx context.Context, actor practice.Actor) ([]Carried, error) {
	return read(ctx, a, func(tx *store.Tx) ([]Carried, error) {
		not, err := withheld(tx, actor.Member)
		if err != nil {
			return nil, err
		}
		var out []Carried
		for _, t := range actor.Teams {
			cs, err := tx.Carries(t)
			if err != nil {
				return nil, err
			}
			cs = slices.DeleteFunc(cs, func(c practice.Carry) bool { return not[string(c.ID)] })
			all, err := allCarried(tx, cs)
			if err != nil {
				return nil, err
			}
			out = append(out, all...)
		}
		return out, nil
	})
}

// carryFor returns a promise of one of the actor's teams, unless it was made
// because of something that is restricted to others, or one that is theirs.
func carryFor(tx *store.Tx, actor practice.Actor, id practice.CarryID) (practice.Carry, error) {
	c, err := tx.Carry(id)
	if err != nil || c.Carrier == actor.Member || c.Offered == actor.Member {
		return c, err
	}
	f, err := tx.Failure(c.Failure)
	if err == nil && !f.ReadBy(actor) {
		return practice.Carry{}, practice.ErrNotFound
	}
	return c, err
}

func carried(tx *store.Tx, c practice.Carry) (Carried, error) {
	today, err := todayHere(tx)
	if err != nil {
		return Carried{}, err
	}
	out := Carried{Carry: c, Outcome: c.Outcome(today)}
	if out.Carrier, err = memberOrNobody(tx, c.Carrier); err != nil {
		return out, err
	}
	if out.Offered, err = memberOrNobody(tx, c.Offered); err != nil {
		return out, err
	}
	out.Failure, err = tx.Failure(c.Failure)
	return out, err
}

// carriedFrom returns the promise of a review, or nil.
func carriedFrom(tx *store.Tx, r practice.Review) (*Carried, error) {
	c, err := tx.CarryOf(r.ID)
	if isNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	one, err := carried(tx, c)
	return &one, err
}

func allCarried(tx *store.Tx, cs []practice.Carry) ([]Carried, error) {
	var out []Carried
	for _, c := range cs {
		one, err := carried(tx, c)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// AcceptCarry is the actor's yes.
func (a *App) AcceptCarry(ctx context.Context, actor practice.Actor, id practice.CarryID) error {
	return a.settle(ctx, actor, id, "carry.accepted", func(c practice.Carry, tx *store.Tx) (practice.Carry, error) {
		c, err := c.Accept(actor.Member, tx.Now())
		if err != nil {
			return c, err
		}
		return c, tx.SettleNotices(practice.CarryPath(c.ID))
	})
}

// DeclineCarry is the actor's no: it is open to everybody again.
func (a *App) DeclineCarry(ctx context.Context, actor practice.Actor, id practice.CarryID) error {
	return a.settle(ctx, actor, id, "carry.declined", func(c practice.Carry, tx *store.Tx) (practice.Carry, error) {
		was := c
		c, err := c.Decline(actor.Member)
		if err != nil || was.State != practice.CarryOffered {
			return c, err
		}
		return c, askForAnother(tx, actor, c, "notice.refused")
	})
}

// UnsayCarry is the word of the one who is named that they did not say the yes that
// the room says it heard. Before the close they are asked anew.
func (a *App) UnsayCarry(ctx context.Context, actor practice.Actor, id practice.CarryID) error {
	return a.settle(ctx, actor, id, "carry.unsaid", func(c practice.Carry, tx *store.Tx) (practice.Carry, error) {
		if c.Carrier != actor.Member {
			return c, practice.Refuse(practice.Conflict, "carry.others")
		}
		r, err := tx.Review(c.Review)
		if err != nil {
			return c, err
		}
		over := r.Phase == practice.PhaseClosed
		if c, err = c.Unsay(over, tx.Now()); err != nil {
			return c, err
		}
		if over {
			return c, askForAnother(tx, actor, c, "notice.unsaid")
		}
		return c, tx.Emit(practice.Event{Kind: "carry.unsaid", About: string(r.ID), In: string(r.ID)})
	})
}

// askForAnother asks those who were in the room, and the convener, for another name.
func askForAnother(tx *store.Tx, actor practice.Actor, c practice.Carry, code string) error {
	f, err := tx.Failure(c.Failure)
	if err != nil {
		return err
	}
	invited, err := tx.Invitations(c.Review)
	if err != nil {
		return err
	}
	ask := []practice.MemberID{f.Convener}
	for _, i := range invited {
		if i.Spent {
			ask = append(ask, i.Member)
		}
	}
	if err := tx.SettleNotices(practice.CarryPath(c.ID)); err != nil {
		return err
	}
	slices.Sort(ask)
	for _, m := range slices.Compact(ask) {
		if m == "" || m == actor.Member {
			continue
		}
		err := tx.Tell(practice.Notice{Member: m, Code: code,
			Args: practice.Args{"name": actor.Name, "act": c.Act}, Link: practice.CarryPath(c.ID)}, c.Review)
		if err != nil {
			return err
		}
	}
	return nil
}

// namesFor reports whether the actor may name somebody else for a promise nobody
// said yes to: those who were in the room, who called it, and the convener.
func namesFor(tx *store.Tx, actor practice.Actor, c practice.Carry) (bool, error) {
	r, err := tx.Review(c.Review)
	if err != nil {
		return false, err
	}
	f, err := tx.Failure(c.Failure)
	if err != nil || r.Lead == actor.Member || f.Convener == actor.Member {
		return err == nil, err
	}
	i, err := tx.Invitation(c.Review, actor.Member)
	if isNotFound(err) {
		return false, nil
	}
	return i.Spent, err
}

// NameCarrier asks somebody else, where the one who was named did not say yes.
// They have a day again.
func (a *App) NameCarrier(ctx context.Context, actor practice.Actor, id practice.CarryID, to practice.MemberID) error {
	return a.settle(ctx, actor, id, "carry.named", func(c practice.Carry, tx *store.Tx) (practice.Carry, error) {
		may, err := namesFor(tx, actor, c)
		switch {
		case err != nil:
			return c, err
		case !may:
			return c, practice.Refuse(practice.Conflict, "carry.room")
		}
		m, err := memberOrNobody(tx, to)
		if err != nil || !m.Active || !slices.Contains(m.Teams, c.Team) {
			return c, practice.Refuse(practice.Invalid, "member.unknown").At("to")
		}
		if c, err = c.Name(to, tx.Now()); err != nil {
			return c, err
		}
		return c, errors.Join(tx.SettleNotices(practice.CarryPath(c.ID)),
			tx.Tell(practice.Notice{Member: to, Code: "notice.carry", Args: practice.Args{"act": c.Act}, Link: practice.CarryPath(c.ID)}, c.Review),
			tx.Enqueue("carry.unanswered", tx.Now().Add(practice.YesWithin), practice.Args{"carry": c.ID}))
	})
}

// ChaseCarry gives a promise that nobody said yes to within a day back to the
// convener and to whoever called the room. It is a job, and nobody's act.
func (a *App) ChaseCarry(ctx context.Context, id practice.CarryID) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		c, err := tx.Carry(id)
		if err != nil || !c.Unanswered(tx.Now()) || c.Refused() {
			return err
		}
		one, err := carried(tx, c)
		if err != nil {
			return err
		}
		r, err := tx.Review(c.Review)
		if err != nil {
			return err
		}
		for _, m := range slices.Compact([]practice.MemberID{r.Lead, one.Failure.Convener}) {
			if m == "" {
				continue
			}
			err := tx.Tell(practice.Notice{Member: m, Code: "notice.unanswered", Link: practice.CarryPath(id),
				Args: practice.Args{"name": one.Carrier.Name, "act": c.Act}}, c.Review)
			if err != nil {
				return err
			}
		}
		return tx.Emit(practice.Event{Kind: "carry.unanswered", About: string(id), In: string(c.Team)})
	})
}

// HandCarry offers what the actor carries to somebody else.
func (a *App) HandCarry(ctx context.Context, actor practice.Actor, id practice.CarryID, to practice.MemberID) error {
	return a.settle(ctx, actor, id, "carry.handed", func(c practice.Carry, tx *store.Tx) (practice.Carry, error) {
		m, err := memberOrNobody(tx, to)
		if err != nil || !m.Active {
			return c, practice.Refuse(practice.Invalid, "member.unknown").At("to")
		}
		if c, err = c.Hand(actor.Member, to); err != nil {
			return c, err
		}
		return c, tx.Tell(practice.Notice{Member: to, Code: "notice.offered",
			Args: practice.Args{"name": actor.Name, "act": c.Act}, Link: practice.CarryPath(c.ID)}, c.Review)
	})
}

// FinishCarry settles what the actor carries: done, with what shows it, or
// dropped, with a reason. Those who had a part in it hear so.
func (a *App) FinishCarry(ctx context.Context, actor practice.Actor, id practice.CarryID, state practice.CarryState, words string) error {
	kind := "carry.done"
	if state == practice.CarryDropped {
		kind = "carry.dropped"
	}
	return a.settle(ctx, actor, id, kind, func(c practice.Carry, tx *store.Tx) (practice.Carry, error) {
		c, err := c.Finish(actor.Member, state, words, tx.Now())
		if err != nil {
			return c, err
		}
		return c, tellFinished(tx, actor, c)
	})
}

// tellFinished tells whoever had a part in a review, but the one who carried it,
// what came of its promise. Without a name it is read by the receipt.
func tellFinished(tx *store.Tx, actor practice.Actor, c practice.Carry) error {
	r, err := tx.Review(c.Review)
	if err != nil {
		return err
	}
	f, err := tx.Failure(c.Failure)
	if err != nil {
		return err
	}
	n := practice.Notice{Code: "notice.done", Args: practice.Args{"act": c.Act}, Link: practice.RecordPath(f.Number)}
	if c.State == practice.CarryDropped {
		n.Code, n.Args = "notice.dropped", practice.Args{"act": c.Act, "why": c.Why}
	}
	return tx.TellContributors(r, []practice.Notice{n}, actor.Member)
}

// settle moves a promise by one rule, over the state it was read in.
func (a *App) settle(ctx context.Context, actor practice.Actor, id practice.CarryID, kind string,
	move func(practice.Carry, *store.Tx) (practice.Carry, error)) error {
	if err := mayWrite(actor); err != nil && !actor.Holds(practice.PassCarry, string(id)) {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		c, err := carryFor(tx, actor, id)
		if err != nil {
			return err
		}
		was := c.State
		if c, err = move(c, tx); err != nil {
			return err
		}
		if err := tx.SaveCarry(c, was); err != nil {
			return err
		}
		return tx.Emit(practice.Event{Kind: kind, About: string(c.ID), In: string(c.Team)})
	})
}
