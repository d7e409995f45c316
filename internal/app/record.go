package app

import (
	"context"
	"slices"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Record is what a closed review leaves: agreed texts, chosen quotes, the
// sorting as "agreed" or "seen differently", what changed, and who carries it.
// Counts of judgements, and of who stood behind a text, never leave the room.
type Record struct {
	Failure practice.Failure
	Review  practice.Review
	Along   []practice.Failure // other reports it is about, as far as the reader may read them
	Facts   []practice.Fact
	Texts   []practice.AgreedText
	Plan    practice.Plan // what was intended, frozen before the outcome; for others than its team only when
	Gaps    []Learned
	Carried *Carried
	Use     practice.UseCheck // whether what it changed is really done that way; nobody who is asked is in it
	Guide   practice.Led      // who led it from outside
	Part    bool              // the reader took part, and may open what was written alone
	Shut    bool              // they did, and a guardian has closed raw answers to them
	Watched bool              // the reader took part or is of the team: they see who opened the answers
	Opened  []practice.Opening
	Offers  []Offered // of what came of it, to other teams, as far as the reader reads them
	Whole   bool      // the reader reads all of it; else when it was, what changed, and who carries it
}

// Learned is a gap with what it led to.
type Learned struct {
	Gap        practice.Gap
	Procedure  practice.Procedure
	Step       practice.ProcedureStep
	Was        string    // the step's wording before
	At         time.Time // when the room changed the step
	Safeguard  practice.Safeguard
	Constraint practice.Constraint
	Finding    practice.Finding
	Referral   practice.Referral            // to whom it was handed, without addresses
	Names      map[practice.MemberID]string // of these
	Stands     practice.ReferralState       // and where that stands
	Proposed   practice.Proposed            // to those who change the procedure
	Effect     practice.Effect              // what is watched of a change
	Says       bool                         // the reader carries the change, and says what is watched
	Broke      []practice.Assumption        // of which it showed that they did not hold
}

// Record returns the record of a failure's latest closed review, in the form
// the actor reads. For whom there is none it is not there.
func (a *App) Record(ctx context.Context, actor practice.Actor, number int) (Record, error) {
	return read(ctx, a, func(tx *store.Tx) (Record, error) {
		f, r, err := closedReview(tx, number)
		if err != nil {
			return Record{}, err
		}
		return record(tx, actor, f, r)
	})
}

// RecordByPass returns the record of the room that a guest's link is for, where they
// sat in it.
func (a *App) RecordByPass(ctx context.Context, actor practice.Actor) (Record, error) {
	return read(ctx, a, func(tx *store.Tx) (Record, error) {
		f, r, err := reviewByPass(tx, actor)
		if err != nil {
			return Record{}, err
		}
		return record(tx, actor, f, r)
	})
}

// reviewByPass returns the closed review that a guest's link is for.
func reviewByPass(tx *store.Tx, actor practice.Actor) (practice.Failure, practice.Review, error) {
	r, err := tx.Review(practice.ReviewID(actor.Pass.About))
	if err != nil {
		return practice.Failure{}, r, err
	}
	if !actor.Holds(practice.PassSeat, string(r.ID)) || r.Phase != practice.PhaseClosed {
		return practice.Failure{}, r, practice.ErrNotFound
	}
	f, err := tx.Failure(r.Failure)
	return f, r, err
}

func record(tx *store.Tx, actor practice.Actor, f practice.Failure, r practice.Review) (Record, error) {
	reader, err := newReader(tx, actor)
	if err != nil {
		return Record{}, err
	}
	return recordFor(tx, reader, f, r)
}

func recordFor(tx *store.Tx, reader reader, f practice.Failure, r practice.Review) (Record, error) {
	actor, reads := reader.Actor, reader.records[r.ID]
	if reads == practice.ReadsNothing {
		return Record{}, practice.ErrNotFound
	}
	if !f.ReadBy(actor) && !actor.Holds(practice.PassSeat, string(r.ID)) {
		f = practice.Failure{ID: f.ID, Number: f.Number, Team: f.Team, Title: f.Title, RecognisedAt: f.RecognisedAt, Standing: f.Standing}
	}
	out := Record{Failure: f, Review: r, Whole: reads == practice.ReadsWhole}
	if !out.Whole {
		out.Review = r.Outside()
	} else if err := out.said(tx, actor); err != nil {
		return out, err
	}
	if err := out.with(tx, actor); err != nil {
		return out, err
	}
	var err error
	if out.Guide, err = tx.LedBy(r.ID); err != nil {
		return out, err
	}
	if err := out.opened(tx, actor); err != nil {
		return out, err
	}
	if err := out.learned(tx); err != nil {
		return out, err
	}
	if out.Use, err = tx.UseCheck(r.ID); err != nil && !isNotFound(err) {
		return out, err
	}
	out.Use.Asked = nil
	for i, l := range out.Gaps {
		reader.step(&out.Gaps[i].Step)
		reader.scars(l.Safeguard.Scars)
	}
	if out.Carried, err = carriedFrom(tx, r); err != nil {
		return out, err
	}
	return out, out.since(tx, reader)
}

// since reads who names what is watched of it, and to whom what came of it was offered.
func (r *Record) since(tx *store.Tx, reader reader) error {
	says, err := carriesChange(tx, reader.Actor, r.Review.ID)
	if err != nil {
		return err
	}
	for i, l := range r.Gaps {
		r.Gaps[i].Says = says && l.Gap.Route.Changes()
	}
	offers, err := tx.OffersFrom(r.Failure.ID)
	if err != nil {
		return err
	}
	r.Offers, err = reader.offers(tx, offers)
	return err
}

// with reads the other reports the review was about, as far as the actor may read
// them: of the same event, or tied to it and decided with it.
func (r *Record) with(tx *store.Tx, actor practice.Actor) error {
	ties, err := tiesOf(tx, actor, r.Failure)
	if err != nil {
		return err
	}
	along, err := tx.Along(r.Failure.ID)
	if err != nil {
		return err
	}
	for _, t := range ties {
		goes := slices.ContainsFunc(along, func(f practice.Failure) bool { return f.ID == t.Other.ID })
		if goes || t.Kind == practice.TieJoined {
			r.Along = append(r.Along, t.Other)
		}
	}
	return nil
}

// said reads what the room agreed on with the facts it had before it.
func (r *Record) said(tx *store.Tx, actor practice.Actor) error {
	var err error
	if r.Texts, err = tx.AgreedTexts(r.Review.ID); err != nil {
		return err
	}
	if err = r.meant(tx, actor); err != nil {
		return err
	}
	r.Facts, err = tx.Facts(r.Failure.ID)
	return err
}

// meant reads the plan the review began with.
func (r *Record) meant(tx *store.Tx, actor practice.Actor) error {
	f, err := tx.Failure(r.Failure.ID)
	if err != nil {
		return err
	}
	p, err := tx.PlanOf(f)
	if !actor.In(p.Team) && !actor.Holds(practice.PassSeat, string(r.Review.ID)) {
		p = practice.Plan{FrozenAt: p.FrozenAt}
	}
	r.Plan = p
	return err
}

// learned reads the gaps with what they led to. Without the whole record the
// reader sees what changed and not how the room put it.
func (r *Record) learned(tx *store.Tx) error {
	gaps, err := tx.Gaps(r.Review.ID)
	if err != nil {
		return err
	}
	for _, g := range gaps {
		l := Learned{Gap: g}
		if err := l.follow(tx); err != nil {
			return err
		}
		if !r.Whole {
			if !g.Route.Changes() {
				continue
			}
			l.Gap = g.Short()
		}
		if l.Effect, err = tx.Effect(g.ID); err != nil {
			return err
		}
		if l.Broke, err = tx.AssumptionsBrokenBy(g.ID); err != nil {
			return err
		}
		r.Gaps = append(r.Gaps, l)
	}
	return nil
}

// follow reads what a gap's route leads to.
func (l *Learned) follow(tx *store.Tx) error {
	if l.Gap.Route.Kind == practice.RouteReferral {
		return l.referred(tx)
	}
	to := l.Gap.Route.To
	if to == "" {
		return nil
	}
	var err error
	switch l.Gap.Route.Kind {
	case practice.RouteStep:
		return l.step(tx, practice.StepID(to))
	case practice.RouteSafeguard:
		l.Safeguard, err = tx.Safeguard(practice.SafeguardID(to))
	case practice.RouteProposed, practice.RouteDeclined:
		l.Proposed, err = tx.Proposed(practice.ProposedID(to))
		if err == nil {
			l.Procedure, err = tx.Procedure(l.Proposed.Change.Procedure)
		}
	case practice.RouteWaiting, practice.RoutePutBack:
		if l.Step, err = tx.Step(practice.StepID(to)); err == nil {
			l.Procedure, err = tx.Procedure(l.Step.Procedure)
		}
	case practice.RouteCovered:
		l.Step, err = tx.Step(practice.StepID(to))
		if isNotFound(err) {
			l.Safeguard, err = tx.Safeguard(practice.SafeguardID(to))
		} else if err == nil {
			l.Procedure, err = tx.Procedure(l.Step.Procedure)
		}
	case practice.RouteConstraint:
		l.Constraint, err = tx.Constraint(practice.ConstraintID(to))
	case practice.RouteFinding:
		l.Finding, err = tx.Finding(practice.FindingID(to))
	}
	return err
}

// referred reads to whom a gap was handed.
func (l *Learned) referred(tx *store.Tx) (err error) {
	l.Referral, err = tx.Referral(l.Gap.ID)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	l.Stands, l.Names = l.Referral.State(tx.Now()), map[practice.MemberID]string{}
	for i, r := range l.Referral.Asked {
		l.Referral.Asked[i].Mail = ""
		if err := nameAll(tx, l.Names, r.To); err != nil {
			return err
		}
	}
	return nil
}

// Receiver is the name of who is asked to change what the team cannot, or answered last.
func (l Learned) Receiver() string { return l.Names[l.Referral.Last().To] }

// step reads the step as the room left it: a later review may have changed it
// again.
func (l *Learned) step(tx *store.Tx, id practice.StepID) error {
	var err error
	if l.Step, err = tx.Step(id); err != nil {
		return err
	}
	if l.Procedure, err = tx.Procedure(l.Step.Procedure); err != nil {
		return err
	}
	revisions, err := tx.Revisions(l.Step.Procedure)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(revisions, func(r practice.Revision) bool { return r.Gap == l.Gap.ID }); i >= 0 {
		l.At = revisions[i].At // whoever takes a step out leaves no scar on it
	}
	at := l.Step.Since
	for _, s := range l.Step.Scars {
		if s.Gap == l.Gap.ID {
			at, l.At = s.Revision, s.At
		}
	}
	words, err := tx.WordingsOf(l.Step.Procedure)
	for _, w := range words {
		switch {
		case w.Step != id:
		case w.Revision < at:
			l.Was = w.Text
		case w.Revision == at:
			l.Step.Text = w.Text
		}
	}
	return err
}

// closedReview returns a failure's latest closed review.
func closedReview(tx *store.Tx, number int) (practice.Failure, practice.Review, error) {
	f, err := tx.FailureByNumber(number)
	if err != nil {
		return f, practice.Review{}, err
	}
	r, err := latestClosed(tx, f)
	return f, r, err
}

func latestClosed(tx *store.Tx, f practice.Failure) (practice.Review, error) {
	reviews, err := tx.Reviews(f.ID)
	if err != nil {
		return practice.Review{}, err
	}
	for _, r := range reviews {
		if r.Phase == practice.PhaseClosed {
			return r, nil
		}
	}
	return practice.Review{}, practice.ErrNotFound
}
