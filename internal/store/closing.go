package store

import (
	"fmt"
	"time"

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

// AnsweredBefore returns the reviews that closed before a moment and whose raw
// answers or judgements are still there, but for those that are held.
func (tx *Tx) AnsweredBefore(closed time.Time) ([]practice.ReviewID, error) {
	return list(tx, func(row scanner) (id practice.ReviewID, err error) { return id, row.Scan(&id) }, `SELECT id FROM review
		WHERE closed_at > 0 AND closed_at < $1 AND held_why = '' AND (id IN (SELECT review FROM answer)
			OR id IN (SELECT gap.review FROM gap JOIN judgement ON judgement.gap = gap.id)) ORDER BY id`, closed)
}

// DisposeAnswers deletes the raw answers and judgements of a review whose time
// is over, and leaves a line about it: how many, on which day, and nothing of
// what they said.
func (tx *Tx) DisposeAnswers(r practice.ReviewID) error {
	answers, err := tx.exec(`DELETE FROM answer WHERE review = $1`, r)
	if err != nil {
		return fmt.Errorf("dispose of answers: %w", err)
	}
	judged, err := tx.exec(`DELETE FROM judgement WHERE gap IN (SELECT id FROM gap WHERE review = $1)`, r)
	if err != nil {
		return fmt.Errorf("dispose of judgements: %w", err)
	}
	return tx.disposed("answers", int(answers+judged))
}

// disposed notes that some of a class were deleted.
func (tx *Tx) disposed(class string, count int) error {
	if count == 0 {
		return nil
	}
	d := Disposal{Class: class, Count: count, Day: tx.Now().Truncate(24 * time.Hour)}
	_, err := tx.exec(`INSERT INTO disposal (id, class, count, day) VALUES ($1, $2, $3, $4)`, tx.NewBlindID("dsp"), d.Class, d.Count, d.Day)
	if err != nil {
		return fmt.Errorf("note the disposal: %w", err)
	}
	return nil
}

// Disposal is one line about what was deleted because its time was over.
type Disposal struct {
	Class string
	Count int
	Day   time.Time
}

// Disposals returns what was deleted because its time was over, the latest
// first.
func (tx *Tx) Disposals() ([]Disposal, error) {
	return list(tx, func(row scanner) (d Disposal, err error) {
		return d, row.Scan(&d.Class, &d.Count, at{&d.Day})
	}, `SELECT class, count, day FROM disposal ORDER BY day DESC, id`)
}
