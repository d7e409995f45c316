package store

import (
	"fmt"
	"slices"

	"debrief/internal/practice"
)

// AddCoreMark keeps what was said of a step.
func (tx *Tx) AddCoreMark(m practice.CoreMark) error {
	_, err := tx.exec(`INSERT INTO core_mark (id, step, core, at, revision, why) VALUES ($1, $2, $3, $4, $5, $6)`,
		tx.NewID("mrk"), m.Step, m.Core, m.At, m.Revision, m.Why)
	if err != nil {
		return fmt.Errorf("mark a step: %w", err)
	}
	return nil
}

// CoreMarks returns what was said of a procedure's steps, in the order it was said.
func (tx *Tx) CoreMarks(p practice.ProcedureID) ([]practice.CoreMark, error) {
	return list(tx, func(r scanner) (m practice.CoreMark, err error) {
		return m, r.Scan(&m.Step, &m.Core, at{&m.At}, &m.Revision, &m.Why)
	}, `SELECT core_mark.step, core_mark.core, core_mark.at, core_mark.revision, core_mark.why
		FROM core_mark JOIN step ON step.id = core_mark.step WHERE step.procedure = $1 ORDER BY core_mark.at, core_mark.id`, p)
}

// AddCoreChange keeps a change of a core step that waits.
func (tx *Tx) AddCoreChange(c practice.CoreChange) error {
	_, err := tx.exec(`INSERT INTO core_change (gap, step, act, body, rest, target, revision, placed) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)`,
		c.Gap, c.Change.Step, c.Change.Act, c.Change.Text, c.Change.Rest, c.Change.To, c.Revision)
	if err != nil {
		return fmt.Errorf("keep a waiting change: %w", err)
	}
	return nil
}

// RemoveCoreChange takes back what waited for a gap.
func (tx *Tx) RemoveCoreChange(g practice.GapID) error {
	return tx.remove(g, `DELETE FROM core_change WHERE gap = $1`, `DELETE FROM people_check WHERE gap = $1`)
}

// coreChanges reads what waits at a procedure's steps, with what speaks for each, in
// the order of the failures. Practising speaks for nothing.
func (tx *Tx) coreChanges(p practice.ProcedureID) ([]practice.CoreChange, error) {
	failures := map[practice.FailureID]practice.Failure{}
	all, err := list(tx, func(r scanner) (c practice.CoreChange, err error) {
		var f practice.Failure
		err = r.Scan(&c.Gap, &c.Change.Procedure, &c.Change.Step, &c.Change.Act, &c.Change.Text, &c.Change.Rest, &c.Change.To, &c.Revision,
			at{&c.Closed}, &f.ID, &f.Number, &f.Title, &f.Team, &c.Of, &f.Reporter, &f.Source, at{&f.RecognisedAt})
		c.Failure, failures[f.ID] = f.ID, f
		return c, err
	}, `SELECT c.gap, step.procedure, c.step, c.act, c.body, c.rest, c.target, c.revision, review.closed_at,
			failure.id, failure.number, failure.title, coalesce(failure.team, ''), coalesce(team.name, ''), coalesce(failure.reporter, ''),
			failure.source, failure.recognised_at
		FROM core_change AS c JOIN step ON step.id = c.step JOIN gap ON gap.id = c.gap JOIN review ON review.id = gap.review
			JOIN failure ON failure.id = review.failure LEFT JOIN team ON team.id = failure.team
		WHERE step.procedure = $1 AND c.placed = 0 AND NOT failure.drill ORDER BY failure.number, c.gap`, p)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	var ids []practice.FailureID
	for id := range failures {
		ids = append(ids, id)
	}
	events, err := tx.Events(ids)
	for i, c := range all {
		of := c.Of
		all[i].Speaks = practice.SpeaksOf(failures[c.Failure], events)
		all[i].Of = of
	}
	return all, err
}

// Events tells which report stands for the event of each of some failures, for those
// that people joined to others.
func (tx *Tx) Events(ids []practice.FailureID) (map[practice.FailureID]practice.FailureID, error) {
	slices.Sort(ids)
	ties, err := list(tx, scanTie, `SELECT id, a, b, kind, at FROM tie WHERE kind = 'joined'
		AND a IN `+joinedTo(`SELECT id FROM failure WHERE id IN `+tx.among(1)), jsonOf(ids))
	return practice.Events(ties), err
}

// PlaceCore puts the other failures that spoke for a change of core steps behind it,
// as it went into the procedure: their gaps led to it, too.
func (tx *Tx) PlaceCore(c practice.StepChange, was []practice.ProcedureStep, done Revised) error {
	for _, s := range was {
		if !slices.Contains(c.Changes(), s.ID) {
			continue
		}
		for _, w := range s.Confirmed() {
			if err := tx.placeOne(w, c, done); err != nil {
				return err
			}
		}
	}
	return nil
}

func (tx *Tx) placeOne(w practice.CoreChange, c practice.StepChange, done Revised) error {
	n, err := tx.exec(`UPDATE core_change SET placed = $2 WHERE gap = $1 AND placed = 0`, w.Gap, done.Revision.Number)
	if err != nil || n == 0 {
		return err
	}
	_, err = tx.Led(w.Gap, w.Failure, c, done)
	return err
}

// Led puts a failure behind the steps that a change touched, and lets its gap lead to the
// first of them, which it returns.
func (tx *Tx) Led(g practice.GapID, f practice.FailureID, c practice.StepChange, done Revised) (practice.StepID, error) {
	to := c.Step
	for i, s := range done.Touched {
		if i == 0 {
			to = s.ID
		}
		if err := tx.AddScar(practice.Scar{ID: practice.ScarID(tx.NewID("scr")), Step: s.ID, Failure: f, Gap: g,
			Revision: done.Revision.Number, At: tx.now}); err != nil {
			return to, err
		}
	}
	return to, tx.lead(g, f, practice.Route{Kind: practice.RouteStep, To: string(to)})
}

// lead lets a gap lead somewhere else, and its failure stand where it then does: as soon
// as its review is closed.
func (tx *Tx) lead(id practice.GapID, failure practice.FailureID, r practice.Route) error {
	g, err := tx.Gap(id)
	if err != nil {
		return err
	}
	was := g.Version
	if r.Kind == practice.RouteStep {
		r.Strength = g.Route.Strength
	}
	g.Route = r
	g.Version++
	if err := tx.SaveGap(g, was); err != nil {
		return err
	}
	if of, err := tx.Review(g.Review); err != nil || of.ClosedAt.IsZero() {
		return err
	}
	gaps, err := tx.Gaps(g.Review)
	if err != nil {
		return err
	}
	f, err := tx.Failure(failure)
	if err != nil {
		return err
	}
	if f, err = tx.standsBy(f, g.Review, gaps); err != nil {
		return err
	}
	return tx.SaveFailure(f)
}

// unplaceCore lets wait again what went into a revision that is taken back.
func (tx *Tx) unplaceCore(p practice.ProcedureID, revision int) error {
	waited, err := list(tx, func(r scanner) (w practice.CoreChange, err error) {
		return w, r.Scan(&w.Gap, &w.Change.Step, &w.Failure)
	}, `SELECT c.gap, c.step, review.failure FROM core_change AS c JOIN step ON step.id = c.step
		JOIN gap ON gap.id = c.gap JOIN review ON review.id = gap.review
		WHERE step.procedure = $1 AND c.placed = $2 ORDER BY c.gap`, p, revision)
	if err != nil {
		return err
	}
	for _, w := range waited {
		if err := tx.remove(w.Gap, `DELETE FROM scar WHERE gap = $1`, `UPDATE core_change SET placed = 0 WHERE gap = $1`); err != nil {
			return err
		}
		if err := tx.lead(w.Gap, w.Failure, practice.Route{Kind: practice.RouteWaiting, To: string(w.Change.Step)}); err != nil {
			return err
		}
	}
	return nil
}

// TellPlaced tells those who had a part in the reviews whose changes waited that they
// are in use, since the revision that a gap led to.
func (tx *Tx) TellPlaced(g practice.GapID) error {
	placed, err := list(tx, scanID[practice.GapID], `SELECT c.gap FROM core_change AS c JOIN step ON step.id = c.step
		JOIN revision ON revision.procedure = step.procedure AND revision.number = c.placed WHERE revision.gap = $1 ORDER BY c.gap`, g)
	if err != nil {
		return err
	}
	for _, id := range placed {
		if err := tx.TellLed(id); err != nil {
			return err
		}
	}
	return nil
}

// TellLed tells those who had a part in a closed review what one of its gaps leads to by
// now.
func (tx *Tx) TellLed(id practice.GapID) error {
	g, err := tx.Gap(id)
	if err != nil {
		return err
	}
	r, err := tx.Review(g.Review)
	if err != nil {
		return err
	}
	f, err := tx.Failure(r.Failure)
	if err != nil {
		return err
	}
	n, err := tx.outcome(g.Route)
	if err != nil {
		return err
	}
	n.Link = practice.RecordPath(f.Number)
	return tx.TellContributors(r, []practice.Notice{n})
}
