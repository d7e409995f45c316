package store

import (
	"fmt"

	"debrief/internal/practice"
)

const conflictColumns = `id, review, body, coalesce(owner, ''), yes, due_on, how, end_on, told, version`

func scanConflict(r scanner) (c practice.ParkedConflict, err error) {
	err = r.Scan(&c.ID, &c.Review, &c.Text, &c.Owner, &c.Yes, at{&c.DueOn}, &c.How, at{&c.EndOn}, &c.Told, &c.Version)
	return c, err
}

// AddConflict keeps a conflict that a room put aside, under an id that tells no order.
func (tx *Tx) AddConflict(c practice.ParkedConflict) (practice.ParkedConflict, error) {
	c.ID = practice.ConflictID(tx.NewBlindID("cft"))
	_, err := tx.exec(`INSERT INTO parked_conflict (id, review, body, owner, yes, due_on, how, end_on, told, version) VALUES ($1, $2, $3, $4, $5, $6, '', 0, FALSE, 1)`,
		c.ID, c.Review, c.Text, orNull(c.Owner), c.Yes, c.DueOn)
	if err != nil {
		return c, fmt.Errorf("park a conflict: %w", err)
	}
	return c, nil
}

// Conflict returns one by its id.
func (tx *Tx) Conflict(id practice.ConflictID) (practice.ParkedConflict, error) {
	return scanConflict(tx.row(`SELECT `+conflictColumns+` FROM parked_conflict WHERE id = $1`, id))
}

// ConflictsIn returns those that one room put aside, in no order that says anything.
func (tx *Tx) ConflictsIn(r practice.ReviewID) ([]practice.ParkedConflict, error) {
	return list(tx, scanConflict, `SELECT `+conflictColumns+` FROM parked_conflict WHERE review = $1 ORDER BY id`, r)
}

// ConflictsOf returns those of the closed reviews somebody took part in, and those they
// look after or are asked to, those that go on and the last review first. What was only
// practised is not there.
func (tx *Tx) ConflictsOf(m practice.MemberID) ([]practice.ParkedConflict, error) {
	return tx.conflictsOf(m, ``)
}

// OpenConflictsOf returns those of them that go on.
func (tx *Tx) OpenConflictsOf(m practice.MemberID) ([]practice.ParkedConflict, error) {
	return tx.conflictsOf(m, ` AND end_on = 0`)
}

func (tx *Tx) conflictsOf(m practice.MemberID, and string) ([]practice.ParkedConflict, error) {
	return list(tx, scanConflict, `SELECT `+conflictColumns+` FROM parked_conflict
		WHERE review IN (SELECT review.id FROM review JOIN failure ON failure.id = review.failure WHERE review.phase = $2 AND NOT failure.drill)
			AND (owner = $1 OR review IN (SELECT invitation.review FROM invitation WHERE member = $1 AND spent))`+and+`
		ORDER BY CASE WHEN end_on = 0 THEN 0 ELSE 1 END, (SELECT closed_at FROM review WHERE review.id = parked_conflict.review) DESC, id`, m, practice.PhaseClosed)
}

// ConflictsDue returns those of closed reviews whose day has come and about which nobody was
// reminded yet.
func (tx *Tx) ConflictsDue() ([]practice.ParkedConflict, error) {
	return list(tx, scanConflict, `SELECT `+conflictColumns+` FROM parked_conflict
		WHERE owner IS NOT NULL AND NOT told AND end_on = 0 AND due_on > 0 AND due_on <= $1
			AND review IN (SELECT id FROM review WHERE phase = $2) ORDER BY id`, tx.now, practice.PhaseClosed)
}

// SaveConflict writes one back over version was. It returns [practice.ErrChanged] where
// somebody else was faster.
func (tx *Tx) SaveConflict(c practice.ParkedConflict, was int) error {
	n, err := tx.exec(`UPDATE parked_conflict SET owner = $3, yes = $4, due_on = $5, how = $6, end_on = $7, told = $8, version = $9 WHERE id = $1 AND version = $2`,
		c.ID, was, orNull(c.Owner), c.Yes, c.DueOn, c.How, c.EndOn, c.Told, c.Version)
	if err != nil {
		return fmt.Errorf("save a conflict: %w", err)
	}
	if n == 0 {
		return practice.ErrChanged
	}
	return nil
}

// RemoveConflict takes back one that a room put aside.
func (tx *Tx) RemoveConflict(id practice.ConflictID) error {
	return tx.remove(id, `DELETE FROM parked_conflict WHERE id = $1`)
}

// DropGap takes a gap out of a review that is no gap, with how it was judged.
func (tx *Tx) DropGap(g practice.Gap) error {
	if _, err := tx.exec(`DELETE FROM judgement WHERE gap = $1`, g.ID); err != nil {
		return fmt.Errorf("drop a gap: %w", err)
	}
	return tx.RemoveGap(g)
}
