package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store"
)

// Known is something from before that a plan or a round of work says something to.
type Known struct {
	practice.Inherited
	Scar       practice.Scar       // of an earlier failure
	Constraint practice.Constraint // of a known limit
	Finding    practice.Finding    // of what an experiment taught
	Offer      Offered             // of what another team offers
	Change     Meant               // of a change that a round inherits
	Promise    Carried             // of one that is open
}

// The most that is shown beside a plan of each: whoever writes for five minutes is
// not asked to read a list.
const (
	mostFailuresForPlan = 3
	mostOthersForPlan   = 2
)

// KnownTo returns what a plan says to what was known before it. What is not there
// any more is left out.
func (a *App) KnownTo(ctx context.Context, actor practice.Actor, number int) ([]Known, error) {
	return read(ctx, a, func(tx *store.Tx) ([]Known, error) {
		p, err := planFor(tx, actor, number)
		if err != nil {
			return nil, err
		}
		r, err := newReader(tx, actor)
		if err != nil {
			return nil, err
		}
		all, err := tx.Inherited(p.ID)
		if err != nil {
			return nil, err
		}
		return r.allKnown(tx, all)
	})
}

// allKnown reads what something was said to. What is not there any more is left out.
func (r reader) allKnown(tx *store.Tx, all []practice.Inherited) ([]Known, error) {
	var out []Known
	for _, i := range all {
		k, err := r.knownOf(tx, i)
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	return out, nil
}

// knownOf reads what something is said to, as far as the reader may.
func (r reader) knownOf(tx *store.Tx, i practice.Inherited) (Known, error) {
	k := Known{Inherited: i}
	var err error
	switch prefix, _, _ := strings.Cut(i.About, "_"); prefix {
	case "flr":
		k.Scar, err = r.scarOf(tx, practice.FailureID(i.About))
	case "con":
		k.Constraint, err = tx.Constraint(practice.ConstraintID(i.About))
	case "fnd":
		k.Finding, err = tx.Finding(practice.FindingID(i.About))
	case "ofr":
		var o practice.Offer
		if o, err = tx.Offer(practice.OfferID(i.About)); err == nil {
			k.Offer, err = r.offered(tx, o)
		}
	case "scr", "cry":
		if err = practice.ErrNotFound; i.Cycle != "" { // only a round is asked about them
			k, err = r.inheritedOf(tx, k)
		}
	default:
		err = practice.ErrNotFound
	}
	return k, err
}

// inheritedOf reads a change or a promise that a round inherited.
func (r reader) inheritedOf(tx *store.Tx, k Known) (Known, error) {
	if strings.HasPrefix(k.About, "scr_") {
		s, err := tx.Scar(practice.ScarID(k.About))
		if err != nil {
			return k, err
		}
		one := []practice.Scar{s}
		r.scars(one)
		k.Change, err = r.line(tx, one[0])
		return k, err
	}
	c, err := tx.Carry(practice.CarryID(k.About))
	if err == nil && r.withheld[k.About] {
		err = practice.ErrNotFound
	}
	if err != nil {
		return k, err
	}
	k.Promise, err = carried(tx, c)
	return k, err
}

// Fitting returns what is known from before and fits the words of a plan, failures
// first, without what the plan says something to already. While the index is being
// filled it returns [ErrResting].
func (a *App) Fitting(ctx context.Context, actor practice.Actor, number int, words practice.Intent) ([]Likeness, error) {
	index, err := a.recall(ctx)
	if err != nil {
		return nil, err
	}
	return read(ctx, a, func(tx *store.Tx) ([]Likeness, error) {
		p, err := planFor(tx, actor, number)
		if err != nil || p.Frozen() {
			return nil, err
		}
		r, err := newReader(tx, actor)
		if err != nil {
			return nil, err
		}
		said, err := tx.Inherited(p.ID)
		if err != nil {
			return nil, err
		}
		var not []string
		for _, i := range said {
			not = append(not, i.About)
		}
		like := func(kind recall.Kind, most int) []recall.Hit {
			return notByChance(index.Similar(recall.Query{Title: words.Title, Text: words.Said(), Limit: most, Exclude: not,
				Filter: recall.Filter{Kinds: []recall.Kind{kind}, Allow: r.mayFind}}))
		}
		failures, err := r.earlier(tx, practice.Failure{Team: p.Team}, like(recall.Failure, 2*mostFailuresForPlan))
		if err != nil {
			return nil, err
		}
		walls, err := limits(tx, like(recall.Constraint, mostOthersForPlan))
		if err != nil {
			return nil, err
		}
		taught, err := findings(tx, like(recall.Finding, mostOthersForPlan))
		if err != nil {
			return nil, err
		}
		offers, err := r.offersFor(tx, p, not, words)
		return slices.Concat(failures[:min(len(failures), mostFailuresForPlan)], walls, taught, offers), err
	})
}

// offersFor are what other teams offer to that of a plan and nobody has answered, of which
// the plan says nothing: those that share most words with it first.
func (r reader) offersFor(tx *store.Tx, p practice.Plan, not []string, words practice.Intent) ([]Likeness, error) {
	waiting, err := tx.OffersAsking([]practice.TeamID{p.Team})
	if err != nil {
		return nil, err
	}
	all, err := r.offers(tx, waiting)
	said := bareWords(words.Title + "\n" + words.Said())
	var out []Likeness
	for _, o := range all {
		if o.Open() && !slices.Contains(not, string(o.ID)) {
			out = append(out, Likeness{Offer: o, Words: shared(said, o.Words+"\n"+o.Why)})
		}
	}
	slices.SortStableFunc(out, func(a, b Likeness) int { return len(b.Words) - len(a.Words) })
	return out[:min(len(out), mostOthersForPlan)], err
}

// findings reads what experiments taught that was found.
func findings(tx *store.Tx, hits []recall.Hit) ([]Likeness, error) {
	var out []Likeness
	for _, h := range hits {
		f, err := tx.Finding(practice.FindingID(h.ID))
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, Likeness{Finding: f, Perhaps: h.Perhaps, Words: shared(h.Why, f.Tried+"\n"+learnt(f))})
	}
	return out, nil
}

// answered refuses to go on while a known limit fits a plan clearly and the plan
// says nothing to it. While nobody can look, it lets through.
func (a *App) answered(ctx context.Context, actor practice.Actor, number int) error {
	p, err := a.Plan(ctx, actor, number)
	if err != nil {
		return err
	}
	fits, err := a.Fitting(ctx, actor, number, p.Intent)
	if errors.Is(err, ErrResting) {
		return nil
	}
	open := func(l Likeness) bool { return l.Constraint.ID != "" && !l.Perhaps }
	if err == nil && slices.ContainsFunc(fits, open) {
		err = practice.Refuse(practice.Invalid, "plan.unanswered").At("known")
	}
	return err
}

// Inherit keeps what a draft says to something known: a failure the actor reads, a
// boundary or a finding.
func (a *App) Inherit(ctx context.Context, actor practice.Actor, number int, i practice.Inherited) error {
	_, err := a.onPlan(ctx, actor, number, func(tx *store.Tx, p practice.Plan) (practice.Plan, error) {
		i.Plan, i.Text = p.ID, strings.TrimSpace(i.Text)
		if p.Frozen() {
			return p, practice.Refuse(practice.Conflict, "plan.frozen")
		}
		if err := i.Check(); err != nil {
			return p, err
		}
		if _, err := readable(tx, actor, practice.FailureID(i.About)); strings.HasPrefix(i.About, "flr_") && err != nil {
			return p, err
		}
		if _, err := (reader{Actor: actor}).knownOf(tx, i); err != nil {
			return p, err
		}
		return p, tx.SetInherited(i)
	})
	return err
}

// Disinherit takes back what a draft says to something known.
func (a *App) Disinherit(ctx context.Context, actor practice.Actor, number int, about string) error {
	_, err := a.onPlan(ctx, actor, number, func(tx *store.Tx, p practice.Plan) (practice.Plan, error) {
		if p.Frozen() {
			return p, practice.Refuse(practice.Conflict, "plan.frozen")
		}
		return p, tx.RemoveInherited(p.ID, about)
	})
	return err
}
