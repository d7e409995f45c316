package store

import (
	"errors"
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

// joinedTo begins with some failures and goes on to every other report of the same
// event, as people joined them: a hold keeps the event.
func joinedTo(some string) string {
	return `(WITH RECURSIVE whole (id) AS (` + some + ` UNION
		SELECT CASE WHEN tie.a = whole.id THEN tie.b ELSE tie.a END
		FROM tie JOIN whole ON tie.kind = 'joined' AND (tie.a = whole.id OR tie.b = whole.id)) SELECT id FROM whole)`
}

// HoldOn returns what keeps the things of a failure just now, put on itself or on
// another report of the same event, or [practice.ErrNotFound].
func (tx *Tx) HoldOn(f practice.FailureID) (practice.Hold, error) {
	return scanHold(tx.row(`SELECT `+holdColumns+` FROM hold WHERE ended_at = 0 AND failure IN `+joinedTo(`SELECT CAST($1 AS TEXT)`)+`
		ORDER BY failure <> $1, at, id LIMIT 1`, f))
}

// WhyHeld returns the reason for which a failure is on hold, or nothing where it is
// not.
func (tx *Tx) WhyHeld(f practice.FailureID) (string, error) {
	h, err := tx.HoldOn(f)
	if errors.Is(err, practice.ErrNotFound) {
		return "", nil
	}
	return h.Why, err
}

// Whole returns all reports of the event of a failure, itself first.
func (tx *Tx) Whole(f practice.FailureID) ([]practice.Failure, error) {
	return list(tx, scanFailure, `SELECT `+failureColumns+` FROM failure WHERE id IN `+joinedTo(`SELECT CAST($1 AS TEXT)`)+`
		ORDER BY id <> $1, number`, f)
}

// Holds returns all there are and were, those that last first, then the latest.
func (tx *Tx) Holds() ([]practice.Hold, error) {
	return list(tx, scanHold, `SELECT `+holdColumns+` FROM hold ORDER BY ended_at <> 0, at DESC, id`)
}

// HoldsAbout returns those that last on failures with which somebody has to do
// under their name.
func (tx *Tx) HoldsAbout(m practice.MemberID) ([]practice.Hold, error) {
	return list(tx, scanHold, `SELECT `+holdColumns+` FROM hold WHERE ended_at = 0 AND failure IN `+joinedTo(`SELECT id FROM failure WHERE reporter = $1 OR convener = $1
			UNION SELECT failure FROM fact WHERE author = $1 UNION SELECT failure FROM carry WHERE carrier = $1
			UNION SELECT failure FROM review JOIN invitation ON invitation.review = review.id WHERE member = $1 AND spent`)+`
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

// GuestsAbout are the names of those without an account who took part in the review
// of a failure or carry what it led to.
func (tx *Tx) GuestsAbout(f practice.FailureID) ([]string, error) {
	return list(tx, scanText[string], `SELECT name FROM member WHERE active AND guest AND id IN (
			SELECT carrier FROM carry WHERE failure = $1
			UNION SELECT member FROM invitation JOIN review ON review.id = invitation.review WHERE failure = $1 AND spent)
		ORDER BY name`, f)
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
