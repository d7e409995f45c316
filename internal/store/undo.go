package store

import (
	"errors"
	"fmt"

	"debrief/internal/practice"
	"debrief/internal/prose"
)

// Unrevise takes back what a gap changed in a procedure: the page before it
// becomes the next revision, every line the step it was, and the scars of the
// gap are gone. A procedure that began with the gap goes out of use. Both
// versions stay in the history. What it took the place of is on trial again, and its
// groups are asked anew.
//
// It refuses with "route.later" where the procedure has changed since.
func (tx *Tx) Unrevise(gap practice.GapID) (practice.Procedure, error) {
	made, err := scanRevision(tx.row(`SELECT `+revisionColumns+`, markdown FROM revision WHERE gap = $1 AND reason = $2
		ORDER BY at DESC, number DESC LIMIT 1`, gap, practice.ReasonLearning))
	if err != nil {
		return practice.Procedure{}, err
	}
	p, err := tx.Procedure(made.Procedure)
	if err != nil {
		return p, err
	}
	now, err := tx.Revision(p.ID, p.Revision)
	switch {
	case err != nil:
		return p, err
	case now.Markdown != made.Markdown: // what came later may have been taken back itself
		return p, practice.Refuse(practice.Conflict, "route.later")
	}
	if _, err := tx.exec(`DELETE FROM scar WHERE gap = $1`, gap); err != nil {
		return p, fmt.Errorf("remove scars: %w", err)
	}
	if err := errors.Join(tx.unplaceCore(p.ID, made.Number), tx.removeConsent(gap), tx.remove(gap, `DELETE FROM trial WHERE gap = $1`)); err != nil {
		return p, err
	}
	if made.Number == 1 {
		p.RetireAt = tx.Now()
		return p, tx.SaveProcedure(p, p.Revision)
	}
	if p, err = tx.turnBack(p, made.Number-1); err != nil {
		return p, err
	}
	return p, tx.reopen(gap, made.Number)
}

// turnBack keeps an earlier page as the next revision.
func (tx *Tx) turnBack(p practice.Procedure, to int) (practice.Procedure, error) {
	before, err := tx.Revision(p.ID, to)
	if err != nil {
		return p, err
	}
	page, err := prose.ParseProcedure([]byte(before.Markdown))
	if err != nil {
		return p, err
	}
	all, err := tx.Steps(p.ID, true)
	if err != nil {
		return p, err
	}
	known := newKnown(len(page.Steps))
	if len(before.Steps) == len(page.Steps) {
		known.IDs = before.Steps
	} else { // a page of another release
		known = Recognise(all, page)
	}
	done, err := tx.keepPage(p, page, practice.Revision{Reason: practice.ReasonUndone}, identity{old: all, Known: known})
	return done.Procedure, err
}

// LeansOn reports whether another gap leads to the same step, safeguard or
// finding, or another finding goes on from it. What waits at the step, or went into it
// with this one, does not.
func (tx *Tx) LeansOn(to string, but practice.GapID) (bool, error) {
	var n int
	err := tx.row(`SELECT (SELECT count(*) FROM gap WHERE route_to = $1 AND id <> $2
			AND route NOT IN ('put-back', 'proposed', 'declined') AND id NOT IN (SELECT gap FROM core_change)) + (SELECT count(*) FROM finding WHERE after = $1)`,
		to, but).Scan(&n)
	return n > 0, err
}

// RemoveSafeguard takes back a change made elsewhere, with its scars.
func (tx *Tx) RemoveSafeguard(id practice.SafeguardID) error {
	return tx.remove(id, `DELETE FROM scar WHERE safeguard = $1`, `DELETE FROM safeguard WHERE id = $1`)
}

// RemoveFinding takes back what an experiment taught.
func (tx *Tx) RemoveFinding(id practice.FindingID) error {
	return tx.remove(id, `DELETE FROM finding WHERE id = $1`)
}

// RemoveEvidence lets a gap no longer speak for a boundary. A boundary for which
// nothing speaks is gone.
func (tx *Tx) RemoveEvidence(c practice.ConstraintID, g practice.GapID) error {
	if _, err := tx.exec(`DELETE FROM boundary_gap WHERE boundary = $1 AND gap = $2`, c, g); err != nil {
		return fmt.Errorf("remove evidence: %w", err)
	}
	return tx.remove(c, `DELETE FROM boundary WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM boundary_gap WHERE boundary = $1)`)
}

func (tx *Tx) remove(id any, statements ...string) error {
	for _, s := range statements {
		if _, err := tx.exec(s, id); err != nil {
			return fmt.Errorf("remove %v: %w", id, err)
		}
	}
	return nil
}
