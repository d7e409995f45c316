package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Offered is something that one team put to another, as its page shows it. Of the failure
// behind it people read what they read of it anywhere, and beside that what the team that
// offers it says of it: no answers, no quotes, nobody who was there.
type Offered struct {
	practice.Offer
	Team, Other string                 // what the two teams are called
	Scar        practice.Scar          // the failure behind it; of a step with how far its change has come
	Constraint  practice.Constraint    // where it is a limit
	Finding     practice.Finding       // where it is a finding
	Now         string                 // how the step reads there, where it was reworded since; empty where it was not
	NowAt       time.Time              // and since when
	Gone        bool                   // the team that offered it has put it back, or lifted it, since
	Of          practice.Procedure     // where it went, or is proposed
	Line        practice.ProcedureStep // and into which step
	Core        bool                   // it is proposed instead of a core step, which takes three failures
	Trial       practice.Trial         // on which it is there; none where it never was
	Checks      string                 // on whom the change adds a check where it comes from; empty: on nobody
	Asks        []string               // the groups that have not said yes, by their names
	Harmed      bool                   // it was declined because of a harm that a group saw
	Own         bool                   // the reader is of the team that offered it
	Mine        bool                   // and of the team it was offered to
}

// Open reports whether the reader can answer it.
func (o Offered) Open() bool { return o.Mine && o.Waits() && !o.Gone }

// NewOffer is what somebody puts to other teams, and what happened in their words.
type NewOffer struct {
	About string // the id of a scar, a boundary or a finding
	To    []practice.TeamID
	Why   string
}

// offerable is something that can be offered, with the failures it comes from.
type offerable struct {
	Offered
	failures []practice.FailureID
	gaps     []practice.GapID
	reads    string    // how the step reads that a failure changed
	since    time.Time // and since when
}

// offerableFrom reads what an id means: a step that a failure changed, a limit or a finding.
// What is no longer so is gone.
func (r reader) offerableFrom(tx *store.Tx, about string) (l offerable, err error) {
	l.About = about
	switch prefix, _, _ := strings.Cut(about, "_"); prefix {
	case "scr":
		err = r.changed(tx, &l)
	case "con":
		if l.Constraint, err = tx.Constraint(practice.ConstraintID(about)); err == nil {
			c := l.Constraint
			l.From, l.Words, l.failures, l.gaps, l.Gone = c.Team, c.Text, c.Failures, c.Evidence, !c.Withdrawn.IsZero()
		}
	case "fnd":
		if l.Finding, err = tx.Finding(practice.FindingID(about)); err == nil {
			f := l.Finding
			l.From, l.Words, l.failures, l.gaps = f.Team, strings.Join(f.Known, "\n"), []practice.FailureID{f.Failure}, []practice.GapID{f.Gap}
		}
	default:
		err = practice.ErrNotFound
	}
	if err != nil || len(l.failures) == 0 {
		return l, err
	}
	l.Failure = l.failures[0]
	if l.Scar.Failure == "" {
		l.Scar, err = r.scarOf(tx, l.Failure)
	}
	return l, err
}

// changed reads a step that a failure changed: the words it had from that on. What it was
// reworded to since comes of something else, and the days of this failure are not its own.
func (r reader) changed(tx *store.Tx, l *offerable) error {
	s, err := tx.Scar(practice.ScarID(l.About))
	if err != nil {
		return err
	}
	if s.Step == "" {
		return practice.ErrNotFound
	}
	step, err := tx.Step(s.Step)
	if err != nil {
		return err
	}
	l.From, l.Words, l.failures, l.gaps, l.Gone = s.Team, step.Text, []practice.FailureID{s.Failure}, []practice.GapID{s.Gap}, step.Retired > 0
	one := []practice.Scar{s}
	r.scars(one)
	l.Scar = one[0]
	words, err1 := tx.WordingsOf(step.Procedure)
	since, err2 := tx.Revision(step.Procedure, step.Since)
	for _, w := range words {
		if w.Step == s.Step && w.Revision <= s.Revision {
			l.Words = w.Text
		}
	}
	l.reads, l.since = step.Text, since.At
	l.now(step.Text, since.At)
	return errors.Join(err1, err2)
}

// now keeps how a step reads that stands still, and was reworded since.
func (o *Offered) now(text string, since time.Time) {
	if o.Now, o.NowAt = "", (time.Time{}); !o.Gone && text != "" && o.Reworded(text) {
		o.Now, o.NowAt = text, since
	}
}

// Offerable returns what somebody of the team that learned it can offer, and to which
// other teams.
func (a *App) Offerable(ctx context.Context, actor practice.Actor, about string) (Offered, []practice.Team, error) {
	var teams []practice.Team
	o, err := read(ctx, a, func(tx *store.Tx) (Offered, error) {
		r, err := newReader(tx, actor)
		if err != nil {
			return Offered{}, err
		}
		l, err := r.mayOffer(tx, about)
		if err != nil {
			return l.Offered, err
		}
		teams, err = tx.Teams()
		if at := slices.IndexFunc(teams, func(t practice.Team) bool { return t.ID == l.From }); at >= 0 {
			l.Team = teams[at].Name
			teams = slices.Delete(teams, at, at+1)
		}
		return l.Offered, err
	})
	return o, teams, err
}

// mayOffer decides whether the reader offers something: they are of the team that learned
// it, its review is closed, it was not only practised, and it is restricted to nobody.
func (r reader) mayOffer(tx *store.Tx, about string) (offerable, error) {
	l, err := r.offerableFrom(tx, about)
	if err != nil {
		return l, err
	}
	if !r.In(l.From) {
		return l, practice.Refuse(practice.Forbidden, "offer.others")
	}
	for _, id := range l.failures {
		f, err := tx.Failure(id)
		switch {
		case err != nil:
			return l, err
		case f.Drill:
			return l, practice.ErrNotFound
		case f.Restricted():
			return l, practice.Refuse(practice.Conflict, "offer.restricted")
		}
	}
	for _, id := range l.gaps {
		g, err := tx.Gap(id)
		if err != nil {
			return l, err
		}
		of, err := tx.Review(g.Review)
		if err != nil {
			return l, err
		}
		if of.ClosedAt.IsZero() {
			return l, practice.Refuse(practice.Conflict, "offer.open")
		}
	}
	if l.Gone {
		return l, practice.Refuse(practice.Conflict, "offer.gone")
	}
	return l, nil
}

// Offer puts something that a team learned to other teams: to all of them, or to none where
// one of them has it already.
func (a *App) Offer(ctx context.Context, actor practice.Actor, n NewOffer) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		_, err := once(tx, actor, "offer.make "+n.About, func() (string, error) { return n.About, offer(tx, actor, n) })
		return err
	})
}

func offer(tx *store.Tx, actor practice.Actor, n NewOffer) error {
	r, err := newReader(tx, actor)
	if err != nil {
		return err
	}
	l, err := r.mayOffer(tx, n.About)
	if err != nil {
		return err
	}
	from, err := tx.Team(l.From)
	if err != nil {
		return err
	}
	if len(n.To) == 0 {
		return practice.Refuse(practice.Invalid, "offer.whom").At("to")
	}
	for _, to := range n.To {
		one := l.Offer
		one.To, one.Why = to, strings.TrimSpace(n.Why)
		if _, err := tx.Team(to); isNotFound(err) {
			return practice.Refuse(practice.Invalid, "offer.whom").At("to")
		}
		if err := one.Check(); err != nil {
			return err
		}
		if one, err = tx.AddOffer(one); err != nil {
			return err
		}
		if err := errors.Join(tx.Emit(practice.Event{Kind: "offer.made", About: string(one.ID), In: string(to)}),
			tellTeam(tx, one, to, practice.Notice{Code: "notice.offer", Args: practice.Args{"team": from.Name}})); err != nil {
			return err
		}
	}
	return nil
}

// Offers returns what the actor's teams offered and were offered, the newest first.
func (a *App) Offers(ctx context.Context, actor practice.Actor) ([]Offered, error) {
	return read(ctx, a, func(tx *store.Tx) ([]Offered, error) {
		all, err := tx.OffersOf(actor.Teams)
		if err != nil {
			return nil, err
		}
		r, err := newReader(tx, actor)
		if err != nil {
			return nil, err
		}
		return r.offers(tx, all)
	})
}

// OffersAbout returns to whom one thing was offered, as far as the actor's teams offered
// it or were offered it, and whether the actor can offer it.
func (a *App) OffersAbout(ctx context.Context, actor practice.Actor, about string) (all []Offered, may bool, err error) {
	all, err = read(ctx, a, func(tx *store.Tx) ([]Offered, error) {
		some, err := tx.OffersAbout(about)
		if err != nil {
			return nil, err
		}
		r, err := newReader(tx, actor)
		if err != nil {
			return nil, err
		}
		teams, err := tx.Teams()
		if err != nil {
			return nil, err
		}
		_, refused := r.mayOffer(tx, about)
		may = refused == nil && len(teams) > 1
		return r.offers(tx, some)
	})
	return all, may, err
}

// OfferByID returns one of those of the actor's teams.
func (a *App) OfferByID(ctx context.Context, actor practice.Actor, id practice.OfferID) (Offered, error) {
	return read(ctx, a, func(tx *store.Tx) (Offered, error) {
		o, err := tx.Offer(id)
		if err != nil {
			return Offered{}, err
		}
		r, err := newReader(tx, actor)
		if err != nil {
			return Offered{}, err
		}
		return r.offered(tx, o)
	})
}

// offers reads those of the reader's teams.
func (r reader) offers(tx *store.Tx, all []practice.Offer) ([]Offered, error) {
	return eachThere(all, func(o practice.Offer) (Offered, error) { return r.offered(tx, o) })
}

// offered reads one for the two teams it is between. Once its failure is restricted to
// others, what was said of it is told nobody else.
func (r reader) offered(tx *store.Tx, o practice.Offer) (Offered, error) {
	if !r.In(o.From) && !r.In(o.To) {
		return Offered{}, practice.ErrNotFound
	}
	l, err := r.offerableFrom(tx, o.About)
	out := l.Offered
	if out.Offer = o; isNotFound(err) {
		out.Gone, err = true, nil
		if o.Failure != "" {
			out.Scar, err = r.scarOf(tx, o.Failure)
		}
	}
	if err != nil {
		return out, err
	}
	out.now(l.reads, l.since)
	if r.withheld[string(o.Failure)] {
		out.Why = ""
	}
	if o.OfStep() && o.Waits() && !out.Gone {
		if out.Checks, err = checksPeople(tx, o); err != nil {
			return out, err
		}
	}
	from, err1 := tx.Team(o.From)
	to, err2 := tx.Team(o.To)
	out.Team, out.Other, out.Own, out.Mine = from.Name, to.Name, r.In(o.From), r.In(o.To)
	return out, errors.Join(err1, err2, r.landed(tx, &out))
}

// landed reads where a step that was taken over stands, or is proposed.
func (r reader) landed(tx *store.Tx, o *Offered) (err error) {
	switch {
	case o.Step != "":
		if o.Line, err = tx.Step(o.Step); err != nil {
			return err
		}
		if o.Of, err = tx.Procedure(o.Line.Procedure); err != nil {
			return err
		}
		err = o.tried(tx)
	case o.Proposal != "":
		p, err := tx.Proposed(o.Proposal)
		if err != nil {
			return err
		}
		if o.Of, err = tx.Procedure(p.Change.Procedure); err != nil {
			return err
		}
		refusal, err := heldCore(tx, p.Change.StepChange)
		o.Core = refusal != nil && p.Waits()
		return err
	}
	return err
}

// tried reads how far its trial has come, and who has not said yes.
func (o *Offered) tried(tx *store.Tx) (err error) {
	if o.Trial, err = tx.Trial(o.Tries()); err != nil || o.Trial.Groups == "" {
		return err
	}
	c, err := tx.Consent(o.Tries())
	if err != nil {
		return err
	}
	o.Harmed = o.State == practice.OfferDeclined && len(c.Harms()) > 0
	for _, g := range c.Groups {
		if o.State != practice.OfferAsks || g.Says == practice.SaysSafe {
			continue
		}
		p, err := tx.Party(g.Party)
		if err != nil {
			return err
		}
		o.Asks = append(o.Asks, p.Name)
	}
	return nil
}

// offers are those that wait for a word of the reader's teams.
func (h *Home) offers(tx *store.Tx, r reader, teams []practice.TeamID) error {
	some, err := tx.OffersAsking(teams)
	if err != nil {
		return err
	}
	all, err := r.offers(tx, some)
	h.Offers = slices.DeleteFunc(all, func(o Offered) bool { return !o.Open() })
	return err
}
