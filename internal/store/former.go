package store

import (
	"fmt"

	"debrief/internal/practice"
)

// EditFailure writes back what a report says, over the version it said before,
// and keeps that. It returns [practice.ErrChanged] where somebody else was
// faster.
func (tx *Tx) EditFailure(f practice.Failure, was practice.Former) error {
	n, err := tx.exec(`UPDATE failure SET title = $3, body = $4, stage = $5, recognised_at = $6, touched = $7, touched_other = $8, version = $9
		WHERE id = $1 AND version = $2`,
		f.ID, was.Version, f.Title, f.Text, f.Stage, f.RecognisedAt, jsonOf(f.Touched), f.TouchedOther, f.Version)
	if err != nil {
		return fmt.Errorf("edit failure: %w", err)
	}
	if n == 0 {
		return practice.ErrChanged
	}
	_, err = tx.exec(`INSERT INTO former (failure, version, body, stage, recognised_at, until_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		was.Failure, was.Version, was.Text, was.Stage, was.RecognisedAt, was.Until)
	if err != nil {
		return fmt.Errorf("keep what a failure said: %w", err)
	}
	return nil
}

// Formers returns what a report said before it was edited, the latest first.
func (tx *Tx) Formers(f practice.FailureID) ([]practice.Former, error) {
	return list(tx, func(r scanner) (practice.Former, error) {
		var was practice.Former
		err := r.Scan(&was.Failure, &was.Version, &was.Text, &was.Stage, at{&was.RecognisedAt}, at{&was.Until})
		return was, err
	}, `SELECT failure, version, body, stage, recognised_at, until_at FROM former WHERE failure = $1 ORDER BY version DESC`, f)
}
