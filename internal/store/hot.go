package store

import (
	"errors"
	"fmt"
	"time"

	"debrief/internal/practice"
)

// AddHot keeps what was written in the five minutes after an action.
func (tx *Tx) AddHot(h practice.Hot) error {
	_, err := tx.exec(`INSERT INTO hot (failure, meant, parted, kind, change, carrier, day) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		h.Failure, h.Meant, h.Parted, h.Kind, h.Change, h.Carrier, h.Day)
	if err != nil {
		return fmt.Errorf("add hot: %w", err)
	}
	return nil
}

// Hot returns the five minutes a failure began with, or [practice.ErrNotFound].
func (tx *Tx) Hot(f practice.FailureID) (practice.Hot, error) {
	h := practice.Hot{Failure: f}
	err := tx.row(`SELECT meant, parted, kind, change, carrier, day FROM hot WHERE failure = $1`, f).
		Scan(&h.Meant, &h.Parted, &h.Kind, &h.Change, &h.Carrier, at{&h.Day})
	if err != nil {
		return practice.Hot{}, err
	}
	return h, nil
}

// DisposeHot deletes the five minutes of before a day, and leaves a line about
// it: how many, on which day. Those whose review is called, closed since then
// or held stay.
func (tx *Tx) DisposeHot(before time.Time) error {
	n, err := tx.exec(`DELETE FROM hot WHERE day < $1 AND NOT EXISTS (SELECT 1 FROM review WHERE review.failure = hot.failure
		AND (review.held_why <> '' OR review.closed_at >= $1 OR review.closed_at = 0))`, before)
	if err != nil {
		return fmt.Errorf("dispose of five minutes: %w", err)
	}
	return errors.Join(tx.disposed("hot", int(n)), tx.erases("hot"))
}
