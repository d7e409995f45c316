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

// alongPairs are the pairs of a failure nobody has decided about and another one it
// is tied to and goes along with: it is the same event, or it was noticed before the
// other's review was over. What is noticed later came back, and is decided about for
// itself.
const alongPairs = `FROM (SELECT a AS went, b AS led, kind FROM tie UNION ALL SELECT b, a, kind FROM tie) AS pair
	JOIN failure AS one ON one.id = pair.went
	WHERE one.triage = 'new' AND CASE pair.kind WHEN 'joined' THEN coalesce(one.joined_to, '') = pair.led
		ELSE EXISTS (SELECT 1 FROM review WHERE review.failure = pair.led
			AND review.phase <> 'off' AND (review.closed_at = 0 OR one.recognised_at < review.closed_at)) END`

// Along returns the failures that go along with another one, because people tied
// them to it: what is decided about it holds for them.
func (tx *Tx) Along(with practice.FailureID) ([]practice.Failure, error) {
	return list(tx, scanFailure, `SELECT `+failureColumns+` FROM failure
		WHERE id IN (SELECT pair.went `+alongPairs+` AND pair.led = $1) ORDER BY number`, with)
}

// GoingAlong returns those of some failures that go along with another one.
func (tx *Tx) GoingAlong(ids []practice.FailureID) ([]practice.FailureID, error) {
	return list(tx, scanID[practice.FailureID], `SELECT DISTINCT pair.went `+alongPairs+` AND pair.went IN `+tx.among(1), jsonOf(ids))
}

// AlongWith returns the failures that another one goes along with.
func (tx *Tx) AlongWith(id practice.FailureID) ([]practice.Failure, error) {
	return list(tx, scanFailure, `SELECT `+failureColumns+` FROM failure
		WHERE id IN (SELECT pair.led `+alongPairs+` AND pair.went = $1) ORDER BY number`, id)
}

// Territory returns the failures people tied to id as the same again, directly
// or through others, id itself included. Ties of those that are apart count for
// nothing.
func (tx *Tx) Territory(id practice.FailureID, apart []practice.FailureID) ([]practice.FailureID, error) {
	return list(tx, scanID[practice.FailureID], `WITH RECURSIVE reached (id) AS (
			SELECT CAST($1 AS TEXT)
			UNION
			SELECT CASE WHEN tie.a = reached.id THEN tie.b ELSE tie.a END
			FROM tie JOIN reached ON tie.a = reached.id OR tie.b = reached.id
			WHERE tie.a NOT IN `+tx.among(2)+` AND tie.b NOT IN `+tx.among(2)+`)
		SELECT id FROM reached ORDER BY id`, id, jsonOf(append([]practice.FailureID{}, apart...)))
}

// scanID reads a row that is one id.
func scanID[T ~string](r scanner) (T, error) {
	var id T
	err := r.Scan(&id)
	return id, err
}
