package store

import (
	"fmt"
	"time"

	"debrief/internal/practice"
)

// ReportsOf returns what somebody reported under their name since a moment, and about which
// they put no question away, the oldest first. What was only practised is not among it.
func (tx *Tx) ReportsOf(m practice.MemberID, from time.Time) ([]practice.Failure, error) {
	return list(tx, scanFailure, `SELECT `+failureColumns+` FROM failure WHERE reporter = $1 AND reported_at > $2 AND NOT drill AND unasked_until <= $3
		ORDER BY number`, m, from, tx.now)
}

// PutSinceAway keeps until when whoever reported something is not asked about it.
func (tx *Tx) PutSinceAway(f practice.FailureID, until time.Time) error {
	n, err := tx.exec(`UPDATE failure SET unasked_until = $2 WHERE id = $1`, f, until)
	return found(n, err, "put a question away")
}

// ForgetSinceAway forgets who put a question away that would be gone by now.
func (tx *Tx) ForgetSinceAway() error {
	_, err := tx.exec(`UPDATE failure SET unasked_until = 0 WHERE unasked_until > 0 AND unasked_until <= $1`, tx.now)
	if err != nil {
		return fmt.Errorf("forget what was put away: %w", err)
	}
	return nil
}
