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
	Checked   string // the group on whose people it adds a check, by its name; empty: on nobody
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
	return errors.Join(settleOffer(tx, was, is), tx.Emit(practice.Event{Kind: "offer.answered", About: string(id), In: string(is.To)}))
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

// place makes a step of what was taken over, by the rules of any change: where others
// change the procedure, or three failures have to speak for it, it is proposed.
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
		StepChange: practice.StepChange{Procedure: p.ID, Base: s.Base, Act: s.Act, Step: s.Step, Text: is.Heard(), Checks: s.Checked != "", Checked: s.Checked}}
	if !c.Checks && is.State == practice.OfferAdopted { // in the same words it checks whom it checked there
		if c.Checked, err = checksPeople(tx, is); err != nil {
			return is, err
		}
		c.Checks = c.Checked != ""
	}
	if err := c.MayAdopt(); err != nil {
		return is, err
	}
	core, err := heldCore(tx, c.StepChange)
	if err != nil {
		return is, err
	}
	if core != nil || mayRevise(tx, actor, p) != nil {
		made, err := tx.Propose(practice.Proposed{By: actor.Member, Change: c})
		return is.Propose(made.ID), err
	}
	is, done, err := adopt(tx, is, c)
	if err != nil {
		return is, err
	}
	return is, errors.Join(tx.TellChange(p.ID, done.Revision.Number, actor.Member),
		tx.Emit(practice.Event{Kind: "procedure.changed", About: string(p.ID), In: string(p.Team), Data: practice.Args{"reason": practice.ReasonOffer}}))
}

// heldCore says why what another team learned may not change a core step yet: it takes
// three failures, and that of another team is not among them.
func heldCore(tx *store.Tx, c practice.StepChange) (refusal, err error) {
	steps, err1 := tx.Steps(c.Procedure, false)
	house, err2 := tx.Organisation()
	return c.MayChange(steps, practice.Speaks{}, house.Location()), errors.Join(err1, err2)
}

// checksPeople is on whom the change that is offered adds a check; empty where on nobody.
func checksPeople(tx *store.Tx, o practice.Offer) (string, error) {
	s, err := tx.Scar(practice.ScarID(o.About))
	if err != nil {
		return "", err
	}
	_, on, err := checkOf(tx, s.Gap)
	return on, err
}

// adopt makes the change, by the rules that hold for what a room learned: it rests on one
// failure, so it is tried, and the groups that it affects are asked.
func adopt(tx *store.Tx, o practice.Offer, c practice.OtherChange) (practice.Offer, store.Revised, error) {
	var done store.Revised
	steps, err1 := tx.Steps(c.Procedure, false)
	team, err2 := tx.Team(o.To)
	house, err3 := tx.Organisation()
	refusal, err4 := heldCore(tx, c.StepChange)
	if err := errors.Join(c.Check(), err1, err2, err3, err4, refusal); err != nil {
		return o, done, err
	}
	asked, err := tx.Affected(c.StepChange)
	if err != nil {
		return o, done, err
	}
	if done, err = tx.Revise(c.StepChange, practice.Revision{Reason: c.Reason, Source: c.Source, From: c.From}); err != nil {
		return o, done, err
	}
	if err := errors.Join(tx.EndTrials(c.StepChange, o.Tries()), tx.PlaceCore(c.StepChange, steps, done)); err != nil {
		return o, done, err
	}
	t := practice.NewTrial(team, "", tx.Now(), house.Location())
	if t.Gap, t.Procedure, t.Step, t.Revision = o.Tries(), c.Procedure, c.Step, done.Revision.Number; len(done.Touched) > 0 {
		t.Step = done.Touched[0].ID
	}
	o = o.Put(t.Step, t.Revision, asked.Needs)
	switch {
	case c.Tries(steps):
		err = tx.Try(t, asked, done)
	case asked.Needs:
		err = tx.Try(t.ForGroups(), asked, done)
	}
	return o, done, err
}

// takeOffered makes the change that an offer was proposed as, in the words of whoever takes it.
func takeOffered(tx *store.Tx, id practice.ProposedID, c practice.OtherChange) (store.Revised, error) {
	was, err := tx.OfferProposed(id)
	if err != nil {
		return store.Revised{}, err
	}
	if _, err := tx.Scar(practice.ScarID(was.About)); isNotFound(err) {
		return store.Revised{}, practice.Refuse(practice.Conflict, "offer.gone")
	} else if err != nil {
		return store.Revised{}, err
	}
	is, done, err := adopt(tx, was.Follow(practice.Proposed{State: practice.ProposedTaken}, c.Text, tx.Now()), c)
	if err != nil {
		return done, err
	}
	return done, settleOffer(tx, was, is)
}

// followProposed lets an offer stand where the proposal stands that is the answer to it.
func followProposed(tx *store.Tx, p practice.Proposed) error {
	was, err := tx.OfferProposed(p.ID)
	if err != nil || was.ID == "" {
		return err
	}
	return settleOffer(tx, was, was.Follow(p, "", tx.Now()))
}

// followRound lets an offer stand where the round of groups stands that is asked about it.
func followRound(tx *store.Tx, c practice.Consent) error {
	if c.Gap.Offer() == "" {
		return nil
	}
	return followOffer(tx, c.Gap.Offer(), func(o practice.Offer) practice.Offer { return o.Settle(c, tx.Now()) })
}

// followTrial says that a step which came of an offer has its old wording again.
func followTrial(tx *store.Tx, t practice.Trial) error {
	return followOffer(tx, t.Gap.Offer(), func(o practice.Offer) practice.Offer { return o.PutBack(t.Why, tx.Now()) })
}

// followOffer settles an offer where what came of it has changed how it stands.
func followOffer(tx *store.Tx, id practice.OfferID, follow func(practice.Offer) practice.Offer) error {
	was, err := tx.Offer(id)
	if err != nil {
		return err
	}
	is := follow(was)
	if is.State == was.State {
		return nil
	}
	return settleOffer(tx, was, is)
}

// settleOffer keeps what became of an offer, and tells the team that made it the answer,
// once. To be proposed or put to groups is none yet.
func settleOffer(tx *store.Tx, was, is practice.Offer) error {
	err := errors.Join(tx.SaveOffer(is, was), tx.Emit(practice.Event{Kind: "offer.answered", About: string(is.ID), In: string(is.From)}))
	if err != nil {
		return err
	}
	if !is.Waits() {
		err = tx.SettleNotices(practice.OfferPath(is.ID))
	}
	to, err2 := tx.Team(is.To)
	if err := errors.Join(err, err2); err != nil {
		return err
	}
	code := ""
	switch is.State {
	case practice.OfferAdopted, practice.OfferAdapted:
		code = "notice.offer-taken"
	case practice.OfferDeclined:
		code = "notice.offer-declined"
	default:
		return nil
	}
	return tellTeam(tx, is, is.From, practice.Notice{Code: code, Args: practice.Args{"team": to.Name}})
}

// tellTeam tells everybody of a team who reads of an offer.
func tellTeam(tx *store.Tx, o practice.Offer, team practice.TeamID, n practice.Notice) error {
	people, err := tx.MembersOf(team)
	if err != nil {
		return err
	}
	n.Link = practice.OfferPath(o.ID)
	for _, m := range people {
		if !m.Belongs() {
			continue
		}
		n.Member = m.ID
		if err := tx.Tell(n, ""); err != nil {
			return err
		}
	}
	return nil
}

// fromNoOffer refuses a change by hand that says it comes of an offer.
func fromNoOffer(c practice.OtherChange) error {
	if c.Reason == practice.ReasonOffer {
		return practice.Refuse(practice.Invalid, "other.offer").At("reason")
	}
	return nil
}
