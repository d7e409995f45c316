package app

import (
	"context"
	"errors"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// LetGo lets somebody go: devices, links and tokens end in the same moment, on
// every node, and each thing they hold goes where the handover says. What is not
// in it is refused ("member.holds"), so that nothing is orphaned. What they
// wrote under their name stays. For a day BringBack undoes it.
func (a *App) LetGo(ctx context.Context, actor practice.Actor, id practice.MemberID, handover []practice.Handover) error {
	if err := asSteward(actor); err != nil {
		return err
	}
	return a.change(ctx, id, func(tx *store.Tx, m *practice.Member) error {
		if err := anotherSteward(tx, id); err != nil {
			return err
		}
		if !m.Active {
			return practice.Refuse(practice.Conflict, "member.inactive").With("name", m.Name)
		}
		guardians, err := tx.Guardians()
		if err := errors.Join(err, practice.MayLetGo(guardians, *m)); err != nil {
			return err
		}
		p := practice.Parting{Member: id, At: tx.Now(), Steward: m.Steward, Records: m.Records, Teams: m.Teams, Leads: m.Leads}
		held, err := tx.Holdings(id, actor.Member)
		if err != nil {
			return err
		}
		if p.Handed, err = handAll(tx, actor, *m, held, handover); err != nil {
			return err
		}
		if err := endWays(tx, *m); err != nil {
			return err
		}
		m.Active, m.Steward, m.Records, m.Teams, m.Leads = false, false, false, nil, nil
		return tx.AddParting(p)
	})
}

// endWays takes from somebody all that lets them in or reaches them.
func endWays(tx *store.Tx, m practice.Member) error {
	if err := errors.Join(tx.EndEverything(m.ID), stopGuiding(tx, m.ID)); err != nil {
		return err
	}
	if err := tx.SavePassphrase(m.ID, ""); err != nil {
		return err
	}
	if err := tx.ForgetContact(m.ID); err != nil {
		return err
	}
	offered, err := tx.CarriedBy(m.ID)
	if err != nil {
		return err
	}
	for _, c := range offered {
		if c.Offered == m.ID {
			was := c.State
			c.Offered = ""
			if err := tx.SaveCarry(c, was); err != nil {
				return err
			}
		}
	}
	for _, t := range m.Teams {
		if err := tx.Emit(practice.Event{Kind: "member.left", About: string(m.ID), In: string(t)}); err != nil {
			return err
		}
	}
	return nil
}

// handAll hands over everything that somebody holds.
func handAll(tx *store.Tx, actor practice.Actor, m practice.Member, held []practice.Holding, handover []practice.Handover) ([]practice.Handed, error) {
	var done []practice.Handed
	for _, h := range held {
		i := slices.IndexFunc(handover, func(o practice.Handover) bool { return o.Kind == h.Kind && o.ID == h.ID })
		if i < 0 {
			return nil, practice.Refuse(practice.Conflict, "member.holds").With("n", len(held)).With("name", m.Name)
		}
		if err := mayTake(tx, m, h, handover[i]); err != nil {
			return nil, err
		}
		one, err := hand(tx, actor, m, handover[i])
		if err != nil {
			return nil, err
		}
		done = append(done, one)
	}
	return done, nil
}

// mayTake refuses somebody who has left or leaves, and for what belongs to a
// team somebody of another one.
func mayTake(tx *store.Tx, leaving practice.Member, h practice.Holding, o practice.Handover) error {
	if err := o.Check(); err != nil || o.To == "" {
		return err
	}
	to, err := tx.Member(o.To)
	if err != nil && !isNotFound(err) {
		return err
	}
	reads := h.Kind == practice.HoldsSignOff || h.Kind == practice.HoldsProcedure && h.Team == "" || slices.Contains(to.Teams, h.Team)
	if !to.Active || to.ID == leaving.ID || !reads {
		return practice.Refuse(practice.Invalid, "member.unknown").At("to")
	}
	return nil
}

// hand gives one thing to whoever takes it, tells them, and returns how it
// stood.
func hand(tx *store.Tx, actor practice.Actor, from practice.Member, o practice.Handover) (practice.Handed, error) {
	was := practice.Handed{Handover: o}
	switch o.Kind {
	case practice.HoldsCarry:
		return handPromise(tx, from, o)
	case practice.HoldsReview:
		return was, handReview(tx, actor, o)
	case practice.HoldsFailure:
		return was, handFailure(tx, actor, o)
	}
	p, err := tx.Procedure(practice.ProcedureID(o.ID))
	if err != nil {
		return was, err
	}
	if o.Kind == practice.HoldsProcedure {
		p.Owner = o.To
		return was, errors.Join(tx.SaveProcedure(p, p.Revision), tellOwner(tx, actor, p))
	}
	was.Until = p.SignOff.Until
	ask := practice.SignOff{By: o.To, Until: p.SignOff.Until}
	if o.To == "" {
		ask = practice.SignOff{}
	}
	if err := askSignOff(tx, &p, ask); err != nil {
		return was, err
	}
	return was, tx.SaveProcedure(p, p.Revision)
}

// handPromise asks somebody else to carry, or whoever was in the room for
// another name.
func handPromise(tx *store.Tx, from practice.Member, o practice.Handover) (practice.Handed, error) {
	c, err := tx.Carry(practice.CarryID(o.ID))
	if err != nil {
		return practice.Handed{}, err
	}
	was := practice.Handed{Handover: o, State: c.State, Until: c.NamedAt}
	c = c.Release(o.To, tx.Now())
	if err := tx.SettleNotices(practice.CarryPath(c.ID)); err != nil {
		return was, err
	}
	if err := tx.SaveCarry(c, was.State); err != nil {
		return was, err
	}
	if o.To == "" {
		return was, askForAnother(tx, practice.Actor{Member: from.ID, Name: from.Name}, c, "notice.refused")
	}
	err = tx.Tell(practice.Notice{Member: o.To, Code: "notice.carry", Args: practice.Args{"act": c.Act}, Link: practice.CarryPath(c.ID)}, c.Review)
	if err != nil {
		return was, err
	}
	return was, tx.Enqueue("carry.unanswered", tx.Now().Add(practice.YesWithin), practice.Args{"carry": c.ID})
}

// handReview makes somebody else the one who called a review.
func handReview(tx *store.Tx, actor practice.Actor, o practice.Handover) error {
	r, err := tx.Review(practice.ReviewID(o.ID))
	if err != nil {
		return err
	}
	f, err := tx.Failure(r.Failure)
	if err := errors.Join(err, tx.SaveLead(r.ID, o.To)); err != nil || o.To == actor.Member {
		return err
	}
	return tx.Tell(practice.Notice{Member: o.To, Code: "notice.lead", Args: practice.Args{"title": f.Title}, Link: practice.FailurePath(f.Number)}, r.ID)
}

// handFailure makes somebody else the one who decides and calls.
func handFailure(tx *store.Tx, actor practice.Actor, o practice.Handover) error {
	f, err := tx.Failure(practice.FailureID(o.ID))
	if err != nil {
		return err
	}
	f.Convener = o.To
	if err := tx.SaveFailure(f); err != nil || o.To == "" || o.To == actor.Member {
		return err
	}
	return tx.Tell(practice.Notice{Member: o.To, Code: "notice.convene",
		Args: practice.Args{"title": f.Title, "number": f.Number}, Link: practice.FailurePath(f.Number)}, "")
}

// PartingOf returns how somebody stood who was let go within the last day.
func (a *App) PartingOf(ctx context.Context, actor practice.Actor, id practice.MemberID) (practice.Parting, error) {
	if err := asSteward(actor); err != nil {
		return practice.Parting{}, err
	}
	return read(ctx, a, func(tx *store.Tx) (practice.Parting, error) { return tx.Parting(id) })
}

// BringBack undoes within a day that somebody was let go: name, teams, hat,
// whom they lead, and of what was handed over whatever nobody has touched since.
// Devices and tokens stay ended: they come in by a new link. A hat
// needs the passphrase ("prove.first").
func (a *App) BringBack(ctx context.Context, actor practice.Actor, id practice.MemberID) error {
	if err := asSteward(actor); err != nil {
		return err
	}
	return a.change(ctx, id, func(tx *store.Tx, m *practice.Member) error {
		p, err := tx.Parting(id)
		switch {
		case isNotFound(err):
			return practice.Refuse(practice.Conflict, "member.late").With("name", m.Name)
		case err != nil:
			return err
		case (p.Steward || p.Records) && !actor.Proved && !actor.Operator:
			return practice.ErrUnproved
		}
		m.Active, m.Steward, m.Records, m.Teams, m.Leads = true, p.Steward, p.Records, p.Teams, p.Leads
		for _, h := range p.Handed {
			if err := handBack(tx, id, h); err != nil {
				return err
			}
		}
		for _, t := range m.Teams {
			if err := tx.Emit(practice.Event{Kind: "member.added", About: string(id), In: string(t)}); err != nil {
				return err
			}
		}
		return tx.RemoveParting(id)
	})
}

// handBack gives one thing back, if it stands as it was handed over.
func handBack(tx *store.Tx, to practice.MemberID, h practice.Handed) error {
	switch h.Kind {
	case practice.HoldsCarry:
		return promiseBack(tx, to, h)
	case practice.HoldsReview:
		r, err := tx.Review(practice.ReviewID(h.ID))
		if err != nil || r.Lead != h.To {
			return err
		}
		f, err := tx.Failure(r.Failure)
		return errors.Join(err, tx.SaveLead(r.ID, to), tx.Untell(h.To, practice.FailurePath(f.Number)))
	case practice.HoldsFailure:
		f, err := tx.Failure(practice.FailureID(h.ID))
		if err != nil || f.Convener != h.To {
			return err
		}
		f.Convener = to
		return errors.Join(tx.SaveFailure(f), tx.Untell(h.To, practice.FailurePath(f.Number)))
	}
	p, err := tx.Procedure(practice.ProcedureID(h.ID))
	switch {
	case err != nil:
		return err
	case h.Kind == practice.HoldsProcedure && p.Owner == h.To:
		p.Owner = to
	case h.Kind == practice.HoldsSignOff && p.SignOff.By == h.To && p.SignOff.At.IsZero():
		p.SignOff = practice.SignOff{By: to, Until: h.Until}
	default:
		return nil
	}
	return errors.Join(tx.SaveProcedure(p, p.Revision), tx.Untell(h.To, practice.ProcedurePath(p.Slug)))
}

func promiseBack(tx *store.Tx, to practice.MemberID, h practice.Handed) error {
	c, err := tx.Carry(practice.CarryID(h.ID))
	untouched := c.State == practice.CarryOffered && c.Offered == "" &&
		(c.Carrier == h.To || h.To == "" && c.Carrier == to && c.NamedAt.IsZero())
	if err != nil || !untouched {
		return err
	}
	c.Carrier, c.State, c.NamedAt = to, h.State, h.Until
	if err := tx.SaveCarry(c, practice.CarryOffered); err != nil {
		return err
	}
	return tx.SettleNotices(practice.CarryPath(c.ID))
}
