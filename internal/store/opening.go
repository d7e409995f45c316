package store

import (
	"fmt"

	"debrief/internal/practice"
)

// AddOpening keeps that somebody opened the answers of a review, once a day.
func (tx *Tx) AddOpening(o practice.Opening) error {
	_, err := tx.exec(`INSERT INTO opening (review, member, day, token) VALUES ($1, $2, $3, $4) ON CONFLICT (review, member, day, token) DO NOTHING`,
		o.Review, o.Member, o.Day, o.Token)
	if err != nil {
		return fmt.Errorf("add opening: %w", err)
	}
	return nil
}

// Openings returns who opened the answers of a review, the latest first.
func (tx *Tx) Openings(id practice.ReviewID) ([]practice.Opening, error) {
	return list(tx, func(r scanner) (o practice.Opening, err error) {
		return o, r.Scan(&o.Review, &o.Member, &o.Name, at{&o.Day}, &o.Token)
	}, `SELECT o.review, o.member, m.name, o.day, o.token FROM opening o JOIN member m ON m.id = o.member
		WHERE o.review = $1 ORDER BY o.day DESC, m.folded, o.member, o.token`, id)
}
