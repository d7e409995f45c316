package store

import (
	"fmt"

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
