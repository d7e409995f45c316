package store

import (
	"fmt"

	"debrief/internal/practice"
)

const holdColumns = `id, failure, why, coalesce(held_by, ''), at, until, coalesce(ended_by, ''), ended_at, ended_why`

// SaveHold keeps a hold, or how it ended.
func (tx *Tx) SaveHold(h practice.Hold) error {
	_, err := tx.exec(`INSERT INTO hold (id, failure, why, held_by, at, until, ended_by, ended_at, ended_why)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE SET ended_by = excluded.ended_by, ended_at = excluded.ended_at, ended_why = excluded.ended_why`,
		h.ID, h.Failure, h.Why, orNull(h.By), h.At, h.Until, orNull(h.EndedBy), h.EndedAt, h.EndedWhy)
	if err != nil {
		return fmt.Errorf("save hold: %w", err)
	}
	return nil
}

// HoldOn returns what keeps the things of a failure just now, or
// [practice.ErrNotFound].
func (tx *Tx) HoldOn(f practice.FailureID) (practice.Hold, error) {
	return scanHold(tx.row(`SELECT `+holdColumns+` FROM hold WHERE failure = $1 AND ended_at = 0`, f))
}

// Holds returns all there are and were, those that last first, then the latest.
func (tx *Tx) Holds() ([]practice.Hold, error) {
	return list(tx, scanHold, `SELECT `+holdColumns+` FROM hold ORDER BY ended_at <> 0, at DESC, id`)
}

// HoldsAbout returns those that last on failures with which somebody has to do
// under their name.
func (tx *Tx) HoldsAbout(m practice.MemberID) ([]practice.Hold, error) {
	return list(tx, scanHold, `SELECT `+holdColumns+` FROM hold WHERE ended_at = 0 AND (
			failure IN (SELECT id FROM failure WHERE reporter = $1 OR convener = $1) OR failure IN (SELECT failure FROM fact WHERE author = $1)
			OR failure IN (SELECT failure FROM carry WHERE carrier = $1)
			OR failure IN (SELECT failure FROM review JOIN invitation ON invitation.review = review.id WHERE member = $1 AND spent))
		ORDER BY at, id`, m)
}

// Concerned are all who are here and have to do with a failure under their name,
// by id: whoever reported it, convenes it, added a fact, took part in its review
// or carries what it led to.
func (tx *Tx) Concerned(f practice.FailureID) ([]practice.MemberID, error) {
	return list(tx, scanText[practice.MemberID], `SELECT id FROM member WHERE active AND NOT guest AND id IN (
			SELECT reporter FROM failure WHERE id = $1 UNION SELECT convener FROM failure WHERE id = $1
			UNION SELECT author FROM fact WHERE failure = $1 UNION SELECT carrier FROM carry WHERE failure = $1
			UNION SELECT member FROM invitation JOIN review ON review.id = invitation.review WHERE failure = $1 AND spent)
		ORDER BY id`, f)
}

// Unheld refuses to take anything of a failure away while it is held
// ("hold.stays").
func (tx *Tx) Unheld(f practice.FailureID) error {
	h, err := tx.HoldOn(f)
	switch {
	case err == nil:
		return practice.Refuse(practice.Conflict, "hold.stays").With("why", h.Why)
	case practice.KindOf(err) == practice.NotFound:
		return nil
	}
	return err
}

func scanHold(r scanner) (h practice.Hold, err error) {
	err = r.Scan(&h.ID, &h.Failure, &h.Why, &h.By, at{&h.At}, at{&h.Until}, &h.EndedBy, at{&h.EndedAt}, &h.EndedWhy)
	return h, err
}
