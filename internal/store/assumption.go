package store

import (
	"fmt"

	"debrief/internal/practice"
)

// AddAssumption registers an assumption with its tests, if it has any, and gives it its number.
func (tx *Tx) AddAssumption(a practice.Assumption) (practice.Assumption, error) {
	var err error
	if a.Number, err = tx.nextNumber("assumption"); err != nil {
		return a, err
	}
	_, err = tx.exec(`INSERT INTO assumption (id, number, team, body, boundary, member, day) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		a.ID, a.Number, a.Team, a.Text, a.Limit, a.By, a.Day)
	if err != nil {
		return a, fmt.Errorf("add assumption: %w", err)
	}
	for _, t := range a.Tests {
		if err := tx.AddAssumptionTest(a.ID, t); err != nil {
			return a, err
		}
	}
	return a, nil
}

// TakeFromLimit keeps from which known limit an assumption was taken that had none.
func (tx *Tx) TakeFromLimit(id practice.AssumptionID, c practice.ConstraintID) error {
	n, err := tx.exec(`UPDATE assumption SET boundary = $2 WHERE id = $1 AND boundary = ''`, id, c)
	return found(n, err, "take an assumption from a limit")
}

// AddAssumptionTest keeps what somebody found about an assumption, and that what rests on
// it is to be looked at anew. It returns [practice.ErrChanged] where somebody was faster.
func (tx *Tx) AddAssumptionTest(id practice.AssumptionID, t practice.AssumptionTest) error {
	n, err := tx.exec(`INSERT INTO assumption_test (assumption, place, state, how, gap, next, member, day) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (assumption, place) DO NOTHING`, id, t.Place, t.State, t.How, orNull(t.Gap), orNull(t.Next), t.By, t.Day)
	if err != nil {
		return fmt.Errorf("add a test of an assumption: %w", err)
	}
	if n == 0 {
		return practice.ErrChanged
	}
	_, err = tx.exec(`UPDATE assumption_use SET fine = '' WHERE assumption = $1`, id)
	if err != nil {
		return fmt.Errorf("add a test of an assumption: %w", err)
	}
	return nil
}

// AddAssumptionUse keeps that something rests on an assumption.
func (tx *Tx) AddAssumptionUse(u practice.AssumptionUse) error {
	_, err := tx.exec(`INSERT INTO assumption_use (id, assumption, procedure, step, plan, day, fine) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		u.ID, u.Assumption, orNull(u.Procedure), orNull(u.Step), orNull(u.Plan), u.Day, u.Fine)
	if err != nil {
		return fmt.Errorf("add a use of an assumption: %w", err)
	}
	return nil
}

// SaveAssumptionUse writes back on which assumption something rests, and why that is fine.
func (tx *Tx) SaveAssumptionUse(u practice.AssumptionUse) error {
	n, err := tx.exec(`UPDATE assumption_use SET assumption = $2, fine = $3 WHERE id = $1`, u.ID, u.Assumption, u.Fine)
	return found(n, err, "save a use of an assumption")
}

// RemoveAssumptionUse keeps no longer that something rests on an assumption.
func (tx *Tx) RemoveAssumptionUse(id practice.AssumptionUseID) error {
	return tx.remove(id, `DELETE FROM assumption_use WHERE id = $1`)
}

// AssumptionByNumber returns an assumption by the number people say aloud.
func (tx *Tx) AssumptionByNumber(n int) (practice.Assumption, error) {
	return tx.oneAssumption(` WHERE number = $1`, n)
}

// Assumption returns an assumption by its id.
func (tx *Tx) Assumption(id practice.AssumptionID) (practice.Assumption, error) {
	return tx.oneAssumption(` WHERE id = $1`, id)
}

// Assumptions returns all assumptions, the newest first.
func (tx *Tx) Assumptions() ([]practice.Assumption, error) { return tx.assumptions(``) }

// HeldAssumptions names those that hold, the newest first.
func (tx *Tx) HeldAssumptions() ([]practice.NamedAssumption, error) {
	return list(tx, func(r scanner) (a practice.NamedAssumption, err error) {
		return a, r.Scan(&a.ID, &a.Number, &a.Team, &a.Text, &a.Version)
	}, `SELECT one.id, one.number, one.team, one.body, coalesce(last.place, 0) FROM assumption AS one
		LEFT JOIN assumption_test AS last ON last.assumption = one.id AND last.place = (SELECT max(place) FROM assumption_test WHERE assumption = one.id)
		WHERE coalesce(last.state, $1) = $1 ORDER BY one.number DESC`, practice.AssumptionHeld)
}

// AssumptionsOf names those of a team, the oldest first, without their versions.
func (tx *Tx) AssumptionsOf(t practice.TeamID) ([]practice.NamedAssumption, error) {
	return list(tx, func(r scanner) (a practice.NamedAssumption, err error) {
		return a, r.Scan(&a.ID, &a.Number, &a.Team, &a.Text)
	}, `SELECT id, number, team, body FROM assumption WHERE team = $1 ORDER BY number`, t)
}

// AssumptionsUnder returns those on which a procedure rests, or a step of it.
func (tx *Tx) AssumptionsUnder(p practice.ProcedureID) ([]practice.Assumption, error) {
	return tx.assumptions(` WHERE id IN (SELECT assumption FROM assumption_use WHERE procedure = $1)`, p)
}

// AssumptionsUnderPlan returns those on which a plan rests.
func (tx *Tx) AssumptionsUnderPlan(p practice.PlanID) ([]practice.Assumption, error) {
	return tx.assumptions(` WHERE id IN (SELECT assumption FROM assumption_use WHERE plan = $1)`, p)
}

// AssumptionsBrokenBy returns those of which a gap showed that they did not hold.
func (tx *Tx) AssumptionsBrokenBy(g practice.GapID) ([]practice.Assumption, error) {
	return tx.assumptions(` WHERE id IN (SELECT assumption FROM assumption_test WHERE gap = $1)`, g)
}

// AssumptionsOfLimit returns those that were taken from a known limit.
func (tx *Tx) AssumptionsOfLimit(c practice.ConstraintID) ([]practice.Assumption, error) {
	return tx.assumptions(` WHERE boundary = $1`, c)
}

// AssumptionsToLookAt returns those that no longer hold, with something of some teams
// resting on them that nobody looked at since.
func (tx *Tx) AssumptionsToLookAt(teams []practice.TeamID) ([]practice.Assumption, error) {
	return tx.assumptions(` WHERE id IN (SELECT assumption FROM assumption_use WHERE fine = ''
			AND (procedure IN (SELECT id FROM procedure WHERE retired_at = 0 AND team IN `+tx.among(2)+`) OR plan IN (SELECT id FROM plan WHERE team IN `+tx.among(2)+`)))
		AND id IN (SELECT assumption FROM assumption_test AS last WHERE state <> $1
			AND place = (SELECT max(place) FROM assumption_test WHERE assumption = last.assumption))`,
		practice.AssumptionHeld, jsonOf(append([]practice.TeamID{}, teams...)))
}

const assumptionColumns = `id, number, team, body, boundary, member, day`

func scanAssumption(r scanner) (a practice.Assumption, err error) {
	err = r.Scan(&a.ID, &a.Number, &a.Team, &a.Text, &a.Limit, &a.By, at{&a.Day})
	return a, err
}

func (tx *Tx) oneAssumption(where string, of any) (practice.Assumption, error) {
	all, err := tx.assumptions(where, of)
	if err == nil && len(all) == 0 {
		err = practice.ErrNotFound
	}
	if err != nil {
		return practice.Assumption{}, err
	}
	return all[0], nil
}

// assumptions reads some with their tests and what rests on them.
func (tx *Tx) assumptions(where string, args ...any) ([]practice.Assumption, error) {
	all, err := list(tx, scanAssumption, `SELECT `+assumptionColumns+` FROM assumption`+where+` ORDER BY number DESC`, args...)
	if err != nil {
		return nil, err
	}
	for i := range all {
		a := &all[i]
		if a.Tests, err = list(tx, scanAssumptionTest, `SELECT place, state, how, coalesce(gap, ''), coalesce(next, ''), member, day
			FROM assumption_test WHERE assumption = $1 ORDER BY place`, a.ID); err != nil {
			return nil, err
		}
		if a.Uses, err = list(tx, scanAssumptionUse, `SELECT id, assumption, coalesce(procedure, ''), coalesce(step, ''), coalesce(plan, ''), day, fine
			FROM assumption_use WHERE assumption = $1 ORDER BY CASE WHEN plan IS NULL THEN 0 ELSE 1 END, day, id`, a.ID); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func scanAssumptionTest(r scanner) (t practice.AssumptionTest, err error) {
	err = r.Scan(&t.Place, &t.State, &t.How, &t.Gap, &t.Next, &t.By, at{&t.Day})
	return t, err
}

func scanAssumptionUse(r scanner) (u practice.AssumptionUse, err error) {
	err = r.Scan(&u.ID, &u.Assumption, &u.Procedure, &u.Step, &u.Plan, at{&u.Day}, &u.Fine)
	return u, err
}
