package store

import (
	"fmt"

	"debrief/internal/practice"
)

// Ties returns what people tied to a failure, from either side.
func (tx *Tx) Ties(id practice.FailureID) ([]practice.Tie, error) {
	return list(tx, scanTie, `SELECT id, a, b, kind, at FROM tie WHERE a = $1 OR b = $1 ORDER BY at, id`, id)
}

// Tie returns one tie.
func (tx *Tx) Tie(id practice.LinkID) (practice.Tie, error) {
	return scanTie(tx.row(`SELECT id, a, b, kind, at FROM tie WHERE id = $1`, id))
}

// TieOf returns the tie between two failures, whichever was tied to which.
func (tx *Tx) TieOf(a, b practice.FailureID) (practice.Tie, error) {
	return scanTie(tx.row(`SELECT id, a, b, kind, at FROM tie WHERE a = $1 AND b = $2`, min(a, b), max(a, b)))
}

func scanTie(r scanner) (practice.Tie, error) {
	var t practice.Tie
	err := r.Scan(&t.ID, &t.A, &t.B, &t.Kind, at{&t.At})
	return t, err
}

// AddTie ties two failures that are not tied. The smaller id stands first, so
// that a pair has one row.
func (tx *Tx) AddTie(t practice.Tie) error {
	_, err := tx.exec(`INSERT INTO tie (id, a, b, kind, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (a, b) DO NOTHING`, t.ID, min(t.A, t.B), max(t.A, t.B), t.Kind, t.At)
	if err != nil {
		return fmt.Errorf("add tie: %w", err)
	}
	return nil
}

// RemoveTie takes a tie back.
func (tx *Tx) RemoveTie(id practice.LinkID) error {
	if _, err := tx.exec(`DELETE FROM tie WHERE id = $1`, id); err != nil {
		return fmt.Errorf("remove tie: %w", err)
	}
	return nil
}

// Territory returns the failures people tied to id as the same again, directly
// or through others, id itself included.
func (tx *Tx) Territory(id practice.FailureID) ([]practice.FailureID, error) {
	return list(tx, scanID[practice.FailureID], `WITH RECURSIVE reached (id) AS (
			SELECT CAST($1 AS TEXT)
			UNION
			SELECT CASE WHEN tie.a = reached.id THEN tie.b ELSE tie.a END
			FROM tie JOIN reached ON tie.a = reached.id OR tie.b = reached.id)
		SELECT id FROM reached ORDER BY id`, id)
}

// scanID reads a row that is one id.
func scanID[T ~string](r scanner) (T, error) {
	var id T
	err := r.Scan(&id)
	return id, err
}
