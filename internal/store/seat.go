package store

import (
	"errors"
	"fmt"
	"slices"

	"debrief/internal/practice"
)

// SeatSecret returns the secret that tickets are sealed and seats are drawn
// with, the same on every node.
func (tx *Tx) SeatSecret() ([]byte, error) { return tx.Secret("seats") }

// KeptSeatSecret is SeatSecret where somebody asked before, and
// [practice.ErrNotFound] else.
func (tx *Tx) KeptSeatSecret() ([]byte, error) { return tx.keptSecret("seats") }

// LinkStamp returns what every seat of a review that is taken by a signed link is
// stamped with, one and the same for all of them: it tells that its holder came by
// a link, and not by which.
func (tx *Tx) LinkStamp(r practice.ReviewID) ([]byte, error) { return tx.Secret(linkStamp(r)) }

// KeptLinkStamp is LinkStamp where somebody asked before, and
// [practice.ErrNotFound] else.
func (tx *Tx) KeptLinkStamp(r practice.ReviewID) ([]byte, error) {
	return tx.keptSecret(linkStamp(r))
}

// EndLinkStamp ends every seat of a review that was taken by a signed link: which of
// them was taken by which, nothing says. Whoever's link still opens draws anew.
func (tx *Tx) EndLinkStamp(r practice.ReviewID) error {
	if _, err := tx.exec(`DELETE FROM meta WHERE name = $1`, linkStamp(r)); err != nil {
		return fmt.Errorf("end the seats taken by a link: %w", err)
	}
	return nil
}

func linkStamp(r practice.ReviewID) string { return "links " + string(r) }

// Seats returns the hashes of the seats of a review, in an order that tells
// nothing.
func (tx *Tx) Seats(r practice.ReviewID) ([]string, error) {
	return list(tx, scanHash, `SELECT hash FROM seat WHERE review = $1 ORDER BY hash`, r)
}

func scanHash(row scanner) (string, error) {
	var hash string
	return hash, row.Scan(&hash)
}

// SetSeats replaces the seats of a review. All of them are written, in the
// order of their hashes, so that neither the order of rows nor a transaction
// tells which of them was drawn last.
func (tx *Tx) SetSeats(r practice.ReviewID, hashes []string) error {
	if _, err := tx.exec(`DELETE FROM seat WHERE review = $1`, r); err != nil {
		return fmt.Errorf("write seats: %w", err)
	}
	hashes = slices.Clone(hashes)
	slices.Sort(hashes)
	for _, hash := range slices.Compact(hashes) {
		if _, err := tx.exec(`INSERT INTO seat (review, hash) VALUES ($1, $2)`, r, hash); err != nil {
			return fmt.Errorf("write seats: %w", err)
		}
	}
	return nil
}

// Unwrite takes out of a review what was written alone and not read yet, and its seats.
// It is wiped out of the files as soon as it can be.
func (tx *Tx) Unwrite(r practice.ReviewID) error {
	for _, p := range append(practice.Questions(), practice.Parked) {
		if err := tx.SetAnswers(r, p, nil); err != nil {
			return err
		}
	}
	return tx.Unseat(r)
}

// Unseat ends every seat of a review that stops: what was written stays, with nothing
// left that leads to a seat, until its time is over.
func (tx *Tx) Unseat(r practice.ReviewID) error {
	return errors.Join(tx.ForgetSeats(r), tx.erases("answer"), tx.EnqueueAt("store.scrub", tx.Now()))
}

// ForgetSeats takes every trace of a seat out of a review: answers and
// judgements are written once more, with new ids and without a mark, no gap leads
// to the answer it was taken up from, and the seats and their hands are gone. It belongs into the transaction that
// closes the review.
func (tx *Tx) ForgetSeats(r practice.ReviewID) error {
	for _, p := range append(practice.Questions(), practice.Parked) {
		if err := tx.forgetMarks(r, p); err != nil {
			return err
		}
	}
	gaps, err := tx.Gaps(r)
	if err != nil {
		return err
	}
	for _, g := range gaps {
		if err := tx.renewJudgements(g.ID, func(j *practice.Judgement) { j.Mark = "" }); err != nil {
			return err
		}
	}
	for _, forget := range []string{`UPDATE gap SET answer = '' WHERE review = $1`, `DELETE FROM hand WHERE review = $1`,
		`DELETE FROM seat WHERE review = $1`} {
		if _, err := tx.exec(forget, r); err != nil {
			return fmt.Errorf("forget seats: %w", err)
		}
	}
	return nil
}
