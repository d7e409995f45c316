package app

import (
	"context"

	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store"
)

// Echo is the answer to "has this happened before?": earlier failures like
// this one, the lines that were put there to prevent it, and the limits that
// are known already. All of it is a guess from shared words; people decide.
type Echo struct {
	Earlier []Likeness
	Meant   []Meant
	Limits  []Likeness
}

// NewGround reports that nothing earlier looks like it.
func (e Echo) NewGround() bool { return len(e.Earlier) == 0 }

// Likeness is something earlier that shares words with the question.
type Likeness struct {
	Failure    practice.Failure    // of an earlier failure
	Constraint practice.Constraint // of a known limit
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
	mostLimits  = 2
	mostMeant   = 3
)

// EchoOf asks whether a failure happened before.
func (a *App) EchoOf(ctx context.Context, actor practice.Actor, id practice.FailureID) (Echo, error) {
	return read(ctx, a, func(tx *store.Tx) (Echo, error) {
		f, err := readable(tx, actor, id)
		if err != nil {
			return Echo{}, err
		}
		ties, err := tx.Ties(f.ID)
		if err != nil {
			return Echo{}, err
		}
		return a.echo(tx, actor, f, ties)
	})
}

func (a *App) echo(tx *store.Tx, actor practice.Actor, f practice.Failure, ties []practice.Tie) (Echo, error) {
	var e Echo
	tied := map[practice.FailureID]practice.Tie{}
	for _, t := range ties {
		tied[t.A], tied[t.B] = t, t
	}
	var like []practice.FailureID
	may, err := mayFind(tx, actor)
	if err != nil {
		return e, err
	}
	for _, h := range a.similar(f, recall.Failure, mostEarlier, may) {
		earlier, err := readable(tx, actor, practice.FailureID(h.ID))
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return e, err
		}
		e.Earlier = append(e.Earlier, Likeness{Failure: earlier, Words: h.Why, Tie: tied[earlier.ID]})
		like = append(like, earlier.ID)
	}
	for _, h := range a.similar(f, recall.Constraint, mostLimits, may) {
		c, err := tx.Constraint(practice.ConstraintID(h.ID))
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return e, err
		}
		e.Limits = append(e.Limits, Likeness{Constraint: c, Words: h.Why})
	}
	scars, err := tx.ScarsFrom(like)
	if err != nil {
		return e, err
	}
	e.Meant, err = linesOf(tx, scars, mostMeant)
	return e, err
}

// similar asks the index, leaving out what is too weak to be more than chance.
func (a *App) similar(f practice.Failure, kind recall.Kind, limit int, may func(recall.Doc) bool) []recall.Hit {
	hits := a.index.Similar(recall.Query{
		Title: f.Title, Text: f.Text, Limit: limit, Exclude: []string{string(f.ID)},
		Filter: recall.Filter{Kinds: []recall.Kind{kind}, Allow: may},
	})
	strong := hits[:0]
	for _, h := range hits {
		if !h.Weak {
			strong = append(strong, h)
		}
	}
	return strong
}

// linesOf finds the lines in use that carry the scars, each once.
func linesOf(tx *store.Tx, scars []practice.Scar, most int) ([]Meant, error) {
	var out []Meant
	seen := map[string]bool{}
	for _, s := range scars {
		key := string(s.Step) + string(s.Safeguard)
		if seen[key] || len(out) == most {
			continue
		}
		seen[key] = true
		m, err := lineOf(tx, s)
		if err != nil {
			return nil, err
		}
		if m.Step.Retired == 0 {
			out = append(out, m)
		}
	}
	return out, nil
}

func lineOf(tx *store.Tx, s practice.Scar) (Meant, error) {
	m := Meant{Scar: s}
	var err error
	if s.Safeguard != "" {
		m.Safeguard, err = tx.Safeguard(s.Safeguard)
		return m, err
	}
	if m.Step, err = tx.Step(s.Step); err != nil {
		return m, err
	}
	m.Procedure, err = tx.Procedure(m.Step.Procedure)
	return m, err
}
