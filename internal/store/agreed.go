package store

import (
	"fmt"

	"debrief/internal/practice"
)

const agreedColumns = `review, phase, body, differ, version`

// recalled says of a text that what was intended is from memory.
const recalled = `, phase = 'intended' AND NOT EXISTS (SELECT 1 FROM review JOIN failure ON failure.id = review.failure JOIN plan ON plan.id = failure.plan
	WHERE review.id = agreed.review AND frozen_at > 0 AND frozen_at <= recognised_at)`

// AgreedText returns the one text of a question, or [practice.ErrNotFound]
// before anybody wrote it.
func (tx *Tx) AgreedText(r practice.ReviewID, p practice.Phase) (practice.AgreedText, error) {
	return scanAgreed(tx.row(`SELECT `+agreedColumns+recalled+` FROM agreed WHERE review = $1 AND phase = $2`, r, p))
}

// AgreedTexts returns the texts a room agreed on.
func (tx *Tx) AgreedTexts(r practice.ReviewID) ([]practice.AgreedText, error) {
	return list(tx, scanAgreed, `SELECT `+agreedColumns+recalled+` FROM agreed WHERE review = $1 ORDER BY phase DESC`, r)
}

func scanAgreed(row scanner) (practice.AgreedText, error) {
	var t practice.AgreedText
	return t, row.Scan(&t.Review, &t.Phase, &t.Text, &t.Differ, &t.Version, &t.Recalled)
}

// SaveText writes the one text of a question over version was, 0 for the first.
// It returns [practice.ErrChanged] where somebody was faster: then nothing of
// either is lost.
func (tx *Tx) SaveText(t practice.AgreedText, was int) error {
	if was == 0 {
		return tx.addText(t)
	}
	n, err := tx.exec(`UPDATE agreed SET body = $3, version = $4 WHERE review = $1 AND phase = $2 AND version = $5`,
		t.Review, t.Phase, t.Text, t.Version, was)
	switch {
	case err != nil:
		return fmt.Errorf("save text: %w", err)
	case n == 0:
		return practice.ErrChanged
	}
	return nil
}

func (tx *Tx) addText(t practice.AgreedText) error {
	n, err := tx.exec(`INSERT INTO agreed (`+agreedColumns+`) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (review, phase) DO NOTHING`,
		t.Review, t.Phase, t.Text, t.Differ, t.Version)
	switch {
	case err != nil:
		return fmt.Errorf("save text: %w", err)
	case n == 0:
		return practice.ErrChanged
	}
	return nil
}

// NoteDifference writes what is seen differently beside the one text, over what
// was noted before. It returns [practice.ErrChanged] where somebody else noted
// another.
func (tx *Tx) NoteDifference(t practice.AgreedText, was string) error {
	n, err := tx.exec(`UPDATE agreed SET differ = $3 WHERE review = $1 AND phase = $2 AND differ = $4`, t.Review, t.Phase, t.Differ, was)
	switch {
	case err != nil:
		return fmt.Errorf("note difference: %w", err)
	case n == 0:
		return practice.ErrChanged
	}
	return nil
}
