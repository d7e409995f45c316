package app

import (
	"context"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store"
)

// Echo is the answer to "has this happened before?": earlier failures like
// this one, the lines that were put there to prevent it, and the limits that
// are known already. All of it is a guess from shared words; people decide.
type Echo struct {
	Earlier []Likeness // those that are only perhaps like it come last
	Meant   []Meant
	Limits  []Likeness
}

// NewGround reports that nothing earlier looks like it.
func (e Echo) NewGround() bool { return len(e.Earlier) == 0 }

// Clear is how many of the earlier failures are like it beyond a perhaps.
func (e Echo) Clear() int {
	if i := slices.IndexFunc(e.Earlier, func(l Likeness) bool { return l.Perhaps }); i >= 0 {
		return i
	}
	return len(e.Earlier)
}

// Likeness is something earlier that shares words with the question.
type Likeness struct {
	Failure    practice.Failure    // of an earlier failure
	Tied       []practice.Failure  // what people tied to it
	Team       string              // whose it is, where that is another team
	Constraint practice.Constraint // of a known limit
	Finding    practice.Finding    // of what an experiment taught
	Offer      Offered             // of what another team offers
	Here       SaidHere            // of what the team took over in other words
	Assumption Assumed             // of what somebody relies on
	Under      practice.Plan       // that was done before and rested on the assumption; none where words found it
	Perhaps    bool                // it is more than chance would give, but not clear
	Words      []string            // the words they share, the most telling first
	Tie        practice.Tie        // if somebody already tied them
}

// Meant is a step or a safeguard that carries a scar from an earlier failure
// like this one: it was put there to prevent it.
type Meant struct {
	Scar      practice.Scar
	Procedure practice.Procedure
	Step      practice.ProcedureStep
	Safeguard practice.Safeguard
}

// The most that is shown of each: a person who has just reported something is
// not asked to read a list.
const (
	mostEarlier = 5
	mostTied    = 5 // beside each
	mostLimits  = 2
	mostMeant   = 3
)

// EchoOf asks whether a failure happened before.
func (a *App) EchoOf(ctx context.Context, actor practice.Actor, id practice.FailureID) (Echo, error) {
	index, err := a.recall(ctx)
	if err != nil {
		return Echo{}, err
	}
	return read(ctx, a, func(tx *store.Tx) (Echo, error) {
		f, err := readable(tx, actor, id)
		if err != nil {
			return Echo{}, err
		}
		r, err := newReader(tx, actor)
		if err != nil {
			return Echo{}, err
		}
		like := func(kind recall.Kind, most int) []recall.Hit {
			return notByChance(index.Similar(recall.Query{Title: f.Title, Text: f.Text, Limit: most, Exclude: []string{string(f.ID)},
				Filter: recall.Filter{Kinds: []recall.Kind{kind}, Allow: r.mayFind}}))
		}
		var e Echo
		if e.Earlier, err = r.earlier(tx, f, like(recall.Failure, 2*mostEarlier)); err != nil {
			return e, err
		}
		if e.Limits, err = limits(tx, clearly(like(recall.Constraint, mostLimits))); err != nil {
			return e, err
		}
		e.Meant, err = r.meant(tx, e.Earlier)
		return e, err
	})
}

// notByChance leaves out what is no more than chance, and puts first what is clear.
func notByChance(hits []recall.Hit) []recall.Hit {
	var clear, perhaps []recall.Hit
	for _, h := range hits {
		switch {
		case h.Perhaps:
			perhaps = append(perhaps, h)
		case !h.Weak:
			clear = append(clear, h)
		}
	}
	return append(clear, perhaps...)
}

// clearly leaves out what is only perhaps like it.
func clearly(hits []recall.Hit) []recall.Hit {
	return slices.DeleteFunc(hits, func(h recall.Hit) bool { return h.Perhaps })
}

// earlier reads the failures that were found. Of several that people tied together
// it takes the one most like the question, or the one that it is tied to itself.
func (r reader) earlier(tx *store.Tx, f practice.Failure, hits []recall.Hit) ([]Likeness, error) {
	ties, err := tx.Ties(f.ID)
	if err != nil {
		return nil, err
	}
	own := map[practice.FailureID]practice.Tie{}
	for _, t := range ties {
		own[t.Other(f.ID)] = t
	}
	var out []Likeness
	ditch := ditches{reader: r, tx: tx, apart: []practice.FailureID{f.ID}}
	for _, h := range hits {
		one, err := readable(tx, r.Actor, practice.FailureID(h.ID))
		if isNotFound(err) || len(out) == mostEarlier {
			continue
		}
		if err != nil {
			return nil, err
		}
		tied, fresh, err := ditch.beside(one.ID)
		if err != nil {
			return nil, err
		}
		if !fresh {
			continue
		}
		if i := slices.IndexFunc(tied, func(o practice.Failure) bool { return own[o.ID].ID != "" }); i >= 0 && own[one.ID].ID == "" {
			one, tied[i] = tied[i], one
		}
		l := Likeness{Failure: one, Tied: tied[:min(mostTied, len(tied))], Perhaps: h.Perhaps, Words: shared(h.Why, one.Title+"\n"+one.Text), Tie: own[one.ID]}
		if one.Team != "" && one.Team != f.Team {
			t, err := tx.Team(one.Team)
			if err != nil {
				return nil, err
			}
			l.Team = t.Name
		}
		out = append(out, l)
	}
	return out, nil
}

func limits(tx *store.Tx, hits []recall.Hit) ([]Likeness, error) {
	var out []Likeness
	for _, h := range hits {
		c, err := tx.Constraint(practice.ConstraintID(h.ID))
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, Likeness{Constraint: c, Perhaps: h.Perhaps, Words: shared(h.Why, c.Text+"\n"+c.Assume)})
	}
	return out, nil
}

// meant finds the lines that were put there because of the earlier failures, or
// of others that people tied to those. One word in common, or a perhaps, is no
// reason to think of a step, unless somebody said that it is the same.
func (r reader) meant(tx *store.Tx, earlier []Likeness) ([]Meant, error) {
	var scars []practice.Scar
	for _, l := range earlier {
		if (l.Perhaps || len(l.Words) < 2) && l.Tie.ID == "" {
			continue
		}
		territory, err := tx.Territory(l.Failure.ID, nil)
		if err != nil {
			return nil, err
		}
		left, err := tx.ScarsFrom(territory)
		if err != nil {
			return nil, err
		}
		scars = append(scars, left...)
	}
	return r.lines(tx, scars, mostMeant)
}

// lines finds the lines in use that carry the scars, each once.
func (r reader) lines(tx *store.Tx, scars []practice.Scar, most int) ([]Meant, error) {
	r.scars(scars)
	var out []Meant
	seen := map[string]bool{}
	for _, s := range scars {
		key := string(s.Step) + string(s.Safeguard)
		if seen[key] || len(out) == most {
			continue
		}
		seen[key] = true
		m, err := r.line(tx, s)
		if err != nil {
			return nil, err
		}
		if m.Step.Retired == 0 {
			out = append(out, m)
		}
	}
	return out, nil
}

func (r reader) line(tx *store.Tx, s practice.Scar) (Meant, error) {
	m := Meant{Scar: s}
	var err error
	if s.Safeguard != "" {
		m.Safeguard, err = tx.Safeguard(s.Safeguard)
		r.scars(m.Safeguard.Scars)
		return m, err
	}
	if m.Step, err = tx.Step(s.Step); err != nil {
		return m, err
	}
	r.step(&m.Step)
	m.Procedure, err = tx.Procedure(m.Step.Procedure)
	return m, err
}
