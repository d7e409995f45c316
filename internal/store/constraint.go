package store

import (
	"fmt"

	"debrief/internal/practice"
)

// Constraints are kept in the table boundary: the word itself belongs to SQL.
const constraintColumns = `id, number, team, body, assume, kind, places, link, doubt, named_at, look_at, withdrawn_at, why`

// AddConstraint names a boundary, with the gaps it rests on, and gives it its
// number.
func (tx *Tx) AddConstraint(c practice.Constraint) (practice.Constraint, error) {
	var err error
	if c.Number, err = tx.nextNumber("constraint"); err != nil {
		return c, err
	}
	_, err = tx.exec(`INSERT INTO boundary (`+constraintColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		c.ID, c.Number, c.Team, c.Text, c.Assume, c.Kind, jsonOf(c.Places), c.Link, c.Doubt, c.NamedAt, c.LookAt, c.Withdrawn, c.Why)
	if err != nil {
		return c, fmt.Errorf("add constraint: %w", err)
	}
	for _, g := range c.Evidence {
		if err := tx.AddEvidence(c.ID, g); err != nil {
			return c, err
		}
	}
	return c, nil
}

// AddEvidence lets a gap speak for a boundary that is named already.
func (tx *Tx) AddEvidence(c practice.ConstraintID, g practice.GapID) error {
	_, err := tx.exec(`INSERT INTO boundary_gap (boundary, gap) VALUES ($1, $2) ON CONFLICT (boundary, gap) DO NOTHING`, c, g)
	if err != nil {
		return fmt.Errorf("add evidence: %w", err)
	}
	return nil
}

// Constraint returns a boundary with its evidence.
func (tx *Tx) Constraint(id practice.ConstraintID) (practice.Constraint, error) {
	c, err := scanConstraint(tx.row(`SELECT `+constraintColumns+` FROM boundary WHERE id = $1`, id))
	if err != nil {
		return c, err
	}
	return tx.withEvidence(c)
}

// ConstraintByNumber returns a boundary by the number people say aloud.
func (tx *Tx) ConstraintByNumber(n int) (practice.Constraint, error) {
	c, err := scanConstraint(tx.row(`SELECT `+constraintColumns+` FROM boundary WHERE number = $1`, n))
	if err != nil {
		return c, err
	}
	return tx.withEvidence(c)
}

// Constraints returns all boundaries, the newest first, those withdrawn last.
func (tx *Tx) Constraints() ([]practice.Constraint, error) {
	cs, err := list(tx, scanConstraint, `SELECT `+constraintColumns+` FROM boundary
		ORDER BY CASE WHEN withdrawn_at = 0 THEN 0 ELSE 1 END, number DESC`)
	if err != nil {
		return nil, err
	}
	for i := range cs {
		if cs[i], err = tx.withEvidence(cs[i]); err != nil {
			return nil, err
		}
	}
	return cs, nil
}

// ConstraintsDue returns boundaries of some teams about which it is time to ask whether
// they still hold, the one asked about longest ago first, without their evidence.
func (tx *Tx) ConstraintsDue(teams []practice.TeamID, most int) ([]practice.Constraint, error) {
	return list(tx, scanConstraint, `SELECT `+constraintColumns+` FROM boundary
		WHERE withdrawn_at = 0 AND look_at < $1 AND team IN `+tx.among(2)+` ORDER BY look_at, number`+atMost(3), tx.now, jsonOf(teams), most)
}

func (tx *Tx) withEvidence(c practice.Constraint) (practice.Constraint, error) {
	var err error
	c.Evidence, err = list(tx, scanID[practice.GapID], `SELECT gap FROM boundary_gap WHERE boundary = $1 ORDER BY gap`, c.ID)
	if err != nil {
		return c, err
	}
	c.Failures, err = list(tx, scanID[practice.FailureID], `SELECT DISTINCT review.failure FROM boundary_gap
		JOIN gap ON gap.id = boundary_gap.gap JOIN review ON review.id = gap.review
		WHERE boundary_gap.boundary = $1 ORDER BY review.failure`, c.ID)
	return c, err
}

// SaveConstraint writes back what may change about a boundary: where it
// stands, when to look again, and whether it still holds.
func (tx *Tx) SaveConstraint(c practice.Constraint) error {
	_, err := tx.exec(`UPDATE boundary SET places = $2, link = $3, look_at = $4, withdrawn_at = $5, why = $6, doubt = $7 WHERE id = $1`,
		c.ID, jsonOf(c.Places), c.Link, c.LookAt, c.Withdrawn, c.Why, c.Doubt)
	if err != nil {
		return fmt.Errorf("save constraint: %w", err)
	}
	return nil
}

func scanConstraint(r scanner) (practice.Constraint, error) {
	var c practice.Constraint
	err := r.Scan(&c.ID, &c.Number, &c.Team, &c.Text, &c.Assume, &c.Kind, fromJSON{&c.Places}, &c.Link, &c.Doubt,
		at{&c.NamedAt}, at{&c.LookAt}, at{&c.Withdrawn}, &c.Why)
	return c, err
}
