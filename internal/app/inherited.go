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
	Here       SaidHere            // of what the team took over in other words
	Assumption Assumed             // of what somebody relies on
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
		known, err := r.allKnown(tx, all)
		if err != nil {
			return nil, err
		}
		return known, sayHere(tx, p.Team, known)
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
	case "asm":
		var a practice.Assumption
		if a, err = tx.Assumption(practice.AssumptionID(i.About)); err == nil {
			k.Assumption, err = r.assumed(tx, a)
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
// first, without what the plan says something to already and what [App.Rested] returns. While the index is being
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
		not, err := r.asked(tx, p)
		if err != nil {
			return nil, err
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
		if err := likeHere(tx, p.Team, walls, taught); err != nil {
			return nil, err
		}
		assumed, err := r.relied(tx, like(recall.Assumption, mostOthersForPlan))
		if err != nil {
			return nil, err
		}
		offers, err := r.offersFor(tx, p, not, words)
		return slices.Concat(failures[:min(len(failures), mostFailuresForPlan)], walls, assumed, taught, offers), err
	})
}

// asked are the ids of what is said to already, or asked about because plans like it rested
// on it.
func (r reader) asked(tx *store.Tx, p practice.Plan) ([]string, error) {
	ids, err := saidTo(tx, p)
	if err != nil {
		return nil, err
	}
	before, err := r.rested(tx, p, ids)
	for _, l := range before {
		ids = append(ids, string(l.Assumption.ID))
	}
	return ids, err
}

// saidTo are the ids of what a plan says something to, or rests on, and its own: once it
// is kept, its own words would else pass for common ones.
func saidTo(tx *store.Tx, p practice.Plan) (ids []string, err error) {
	ids = append(ids, string(p.ID))
	said, err1 := tx.Inherited(p.ID)
	under, err2 := tx.AssumptionsUnderPlan(p.ID)
	for _, i := range said {
		ids = append(ids, i.About)
	}
	for _, a := range under {
		ids = append(ids, string(a.ID))
	}
	return ids, errors.Join(err1, err2)
}

// relied reads the assumptions that were found.
func (r reader) relied(tx *store.Tx, hits []recall.Hit) ([]Likeness, error) {
	return eachThere(hits, func(h recall.Hit) (Likeness, error) {
		a, err := tx.Assumption(practice.AssumptionID(h.ID))
		if err != nil {
			return Likeness{}, err
		}
		is, err := r.assumed(tx, a)
		return Likeness{Assumption: is, Perhaps: h.Perhaps, Words: shared(h.Why, a.Text)}, err
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
// boundary, a finding or an assumption, on which it rests unless it does not apply.
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
		return p, errors.Join(tx.SetInherited(i), restAsSaid(tx, actor, p, i))
	})
	return err
}

// Disinherit takes back what a draft says to something known.
func (a *App) Disinherit(ctx context.Context, actor practice.Actor, number int, about string) error {
	_, err := a.onPlan(ctx, actor, number, func(tx *store.Tx, p practice.Plan) (practice.Plan, error) {
		if p.Frozen() {
			return p, practice.Refuse(practice.Conflict, "plan.frozen")
		}
		return p, errors.Join(tx.RemoveInherited(p.ID, about), restAsSaid(tx, actor, p, practice.Inherited{About: about}))
	})
	return err
}

// restAsSaid keeps that a draft rests on an assumption where it says that this fits, or is
// tested, and that it does not where it says anything else.
func restAsSaid(tx *store.Tx, actor practice.Actor, p practice.Plan, said practice.Inherited) error {
	if !strings.HasPrefix(said.About, "asm_") {
		return nil
	}
	a, err := tx.Assumption(practice.AssumptionID(said.About))
	if err != nil {
		return err
	}
	if said.Says == practice.SaysFits || said.Says == practice.SaysTest {
		return errors.Join(rest(tx, actor, a, RestsOn{Plan: p.Number}), changed(tx, a, "used"))
	}
	i := slices.IndexFunc(a.Uses, func(u practice.AssumptionUse) bool { return u.Plan == p.ID })
	if i < 0 {
		return nil
	}
	return errors.Join(tx.RemoveAssumptionUse(a.Uses[i].ID), tx.SettleNotices(useLink(a, a.Uses[i])), changed(tx, a, "looked"))
}

// unsaid takes back what a draft said to an assumption on which it rests no longer. What was
// frozen stays as it was said.
func unsaid(tx *store.Tx, p practice.Plan, a practice.AssumptionID) error {
	if p.ID == "" || p.Frozen() {
		return nil
	}
	if err := tx.RemoveInherited(p.ID, string(a)); !isNotFound(err) {
		return err
	}
	return nil
}
