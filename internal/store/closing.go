package store

import (
	"fmt"

	"debrief/internal/practice"
)

// Closing is one of the three closing taps of a review, as counts.
type Closing struct {
	What    string
	Yes, No int
}

// AddClosing adds to how many said yes and no.
func (tx *Tx) AddClosing(r practice.ReviewID, what string, yes, no int) error {
	n, err := tx.exec(`UPDATE closing SET yes = yes + $1, no = no + $2 WHERE review = $3 AND what = $4`, yes, no, r, what)
	if err == nil && n == 0 {
		_, err = tx.exec(`INSERT INTO closing (review, what, yes, no) VALUES ($1, $2, $3, $4)`, r, what, yes, no)
	}
	if err != nil {
		return fmt.Errorf("count closing taps: %w", err)
	}
	return nil
}

// Closings returns the closing taps of a review.
func (tx *Tx) Closings(r practice.ReviewID) ([]Closing, error) {
	return list(tx, func(row scanner) (Closing, error) {
		var c Closing
		return c, row.Scan(&c.What, &c.Yes, &c.No)
	}, `SELECT what, yes, no FROM closing WHERE review = $1 ORDER BY what`, r)
}
