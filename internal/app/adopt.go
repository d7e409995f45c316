package app

import (
	"context"
	"errors"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// OfferAnswer is what somebody says to an offer. A step that is taken over has its place:
// a step of its own behind another one, or instead of one.
type OfferAnswer struct {
	Says      practice.OfferSays
	Text      string // in other words, or why not
	Procedure practice.ProcedureID
	Act       practice.StepAct
	Step      practice.StepID
	Base      int
}

// AnswerOffer says what becomes of an offer: the team that is asked takes it over, in other
// words if it likes, or declines with a reason; the team that offered it takes it back while
// nobody has answered. A step that was taken over comes back like any change that rests on
// one failure, and is kept or put back. Of two who are at it at once the slower is refused.
func (a *App) AnswerOffer(ctx context.Context, actor practice.Actor, id practice.OfferID, s OfferAnswer) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		_, err := once(tx, actor, "offer.answer "+string(id), func() (string, error) { return string(id), answerOffer(tx, actor, id, s) })
		return err
	})
}

func answerOffer(tx *store.Tx, actor practice.Actor, id practice.OfferID, s OfferAnswer) error {
	was, err := tx.Offer(id)
	if err != nil {
		return err
	}
	r, err := newReader(tx, actor)
	if err != nil {
		return err
	}
	o, err := r.offered(tx, was)
	if err != nil {
		return err
	}
	is, err := o.turn(tx, actor, was, s)
	if err != nil {
		return err
	}
	return errors.Join(tx.SaveOffer(is, was), tx.Emit(practice.Event{Kind: "offer.answered", About: string(id), In: string(is.From)}),
		tx.Emit(practice.Event{Kind: "offer.answered", About: string(id), In: string(is.To)}))
}

// turn lets the practice decide. Each team does what is its own.
func (o Offered) turn(tx *store.Tx, actor practice.Actor, was practice.Offer, s OfferAnswer) (practice.Offer, error) {
	now := tx.Now()
	switch {
	case s.Says == practice.OfferWithdraw && !o.Own:
		return was, practice.Refuse(practice.Forbidden, "offer.theirs").With("team", o.Team)
	case s.Says == practice.OfferWithdraw:
		return was.Withdraw(now)
	case !o.Mine:
		return was, practice.Refuse(practice.Forbidden, "offer.yours").With("team", o.Other)
	case s.Says == practice.OfferKeep || s.Says == practice.OfferUndo:
		return o.look(tx, actor, was, s)
	}
	is, err := was.Answer(s.Says, s.Text, now)
	switch {
	case err != nil || s.Says == practice.OfferDecline:
		return is, err
	case o.Gone:
		return was, practice.Refuse(practice.Conflict, "offer.gone")
	case !is.OfStep():
		return is, nil
	}
	return o.place(tx, actor, is, s)
}

// place makes a step of what was taken over, by the rules of any change; where others
// change the procedure, it is proposed to them.
func (o Offered) place(tx *store.Tx, actor practice.Actor, is practice.Offer, s OfferAnswer) (practice.Offer, error) {
	if s.Procedure == "" {
		return is, practice.Refuse(practice.Invalid, "offer.where").At("place")
	}
	p, err := theirs(tx, actor, s.Procedure)
	if err != nil {
		return is, err
	}
	if p.Team != is.To || !p.RetireAt.IsZero() {
		return is, practice.Refuse(practice.Invalid, "offer.where").At("place")
	}
	c := practice.OtherChange{Reason: practice.ReasonOffer, Source: practice.Title(o.Team), From: tx.Now(),
		StepChange: practice.StepChange{Procedure: p.ID, Base: s.Base, Act: s.Act, Step: s.Step, Text: is.Heard()}}
	if err := mayAdopt(tx, is, c.StepChange); err != nil {
		return is, err
	}
	if mayRevise(tx, actor, p) != nil {
		made, err := tx.Propose(practice.Proposed{By: actor.Member, Change: c})
		return is.Propose(made.ID), err
	}
	done, err := takeOther(tx, actor, c)
	if err != nil {
		return is, err
	}
	is, err = landOffer(tx, is, c.StepChange, done)
	return is, errors.Join(err, tx.TellChange(p.ID, done.Revision.Number, actor.Member),
		tx.Emit(practice.Event{Kind: "procedure.changed", About: string(p.ID), In: string(p.Team), Data: practice.Args{"reason": practice.ReasonOffer}}))
}

// mayAdopt decides whether what another team learned may make a change: no core step, and
// nothing about which groups have a say or that checks people.
func mayAdopt(tx *store.Tx, o practice.Offer, c practice.StepChange) error {
	steps, err1 := tx.Steps(c.Procedure, false)
	asked, err2 := tx.Affected(c)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	checks, err := checksPeople(tx, o)
	if err != nil {
		return err
	}
	return c.MayAdopt(steps, asked.Needs || checks)
}

// checksPeople reports whether the change that is offered was one that adds a check on people.
func checksPeople(tx *store.Tx, o practice.Offer) (bool, error) {
	s, err := tx.Scar(practice.ScarID(o.About))
	if err != nil {
		return false, err
	}
	on, err := tx.CheckOf(s.Gap)
	return on != "", err
}

// landOffer keeps where a step went, and when it comes back.
func landOffer(tx *store.Tx, o practice.Offer, c practice.StepChange, done store.Revised) (practice.Offer, error) {
	team, err1 := tx.Team(o.To)
	house, err2 := tx.Organisation()
	step := c.Step
	if len(done.Touched) > 0 {
		step = done.Touched[0].ID
	}
	return o.Put(step, done.Revision.Number, practice.NewTrial(team, "", tx.Now(), house.Location())), errors.Join(err1, err2)
}

// look says that a step which was taken over holds here, or puts the old wording back, as
// whoever decides about the trials of its procedure.
func (o Offered) look(tx *store.Tx, actor practice.Actor, was practice.Offer, s OfferAnswer) (practice.Offer, error) {
	if o.Of.ID == "" || was.Step == "" {
		return was, practice.Refuse(practice.Conflict, "offer.early")
	}
	p, err := theirs(tx, actor, o.Of.ID)
	if err != nil {
		return was, err
	}
	if err := mayDecide(tx, actor, p); err != nil {
		return was, err
	}
	if s.Says == practice.OfferKeep {
		return was.Keep(tx.Now())
	}
	is, err := was.PutBack(s.Text)
	if err != nil {
		return was, err
	}
	done, err := tx.PutBackOffer(is)
	if err != nil {
		return was, err
	}
	return is, errors.Join(tx.TellChange(p.ID, done.Revision.Number, actor.Member),
		tx.Emit(practice.Event{Kind: "procedure.changed", About: string(p.ID), In: string(p.Team), Data: practice.Args{"reason": practice.ReasonPutBack}}))
}

// takeOffered makes the change that an offer was proposed as, in the words of whoever takes it.
func takeOffered(tx *store.Tx, actor practice.Actor, id practice.ProposedID, c practice.OtherChange) (store.Revised, error) {
	o, err := tx.OfferProposed(id)
	if err != nil {
		return store.Revised{}, err
	}
	if err := mayAdopt(tx, o, c.StepChange); isNotFound(err) {
		return store.Revised{}, practice.Refuse(practice.Conflict, "offer.gone")
	} else if err != nil {
		return store.Revised{}, err
	}
	done, err := takeOther(tx, actor, c)
	if err != nil {
		return done, err
	}
	was := o
	if o, err = landOffer(tx, o, c.StepChange, done); err != nil {
		return done, err
	}
	return done, followOffer(tx, was, o.Follow(practice.Proposed{State: practice.ProposedTaken}, c.Text, tx.Now()))
}

// followProposed lets an offer stand where the proposal stands that is the answer to it.
func followProposed(tx *store.Tx, p practice.Proposed) error {
	was, err := tx.OfferProposed(p.ID)
	if err != nil || was.ID == "" {
		return err
	}
	return followOffer(tx, was, was.Follow(p, "", tx.Now()))
}

func followOffer(tx *store.Tx, was, is practice.Offer) error {
	return errors.Join(tx.SaveOffer(is, was), tx.Emit(practice.Event{Kind: "offer.answered", About: string(is.ID), In: string(is.From)}))
}

// fromNoOffer refuses a change by hand that says it comes of an offer.
func fromNoOffer(c practice.OtherChange) error {
	if c.Reason == practice.ReasonOffer {
		return practice.Refuse(practice.Invalid, "other.offer").At("reason")
	}
	return nil
}
