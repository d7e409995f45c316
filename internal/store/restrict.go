package store

import (
	"fmt"
	"slices"

	"debrief/internal/practice"
)

// readBy is true of a failure that is not restricted, or is to the person bound
// as parameter number n among others.
func (tx *Tx) readBy(n int) string {
	return fmt.Sprintf(`(failure.only_for = '[]' OR $%d IN `+tx.dialect.items+`)`, n, "failure.only_for")
}

// Withheld returns the ids of the restricted failures that somebody is not
// named for, and of the promises made in their rooms. Nobody is named for those
// of an empty id.
func (tx *Tx) Withheld(from practice.MemberID) ([]string, error) {
	return list(tx, scanText[string], `SELECT id FROM failure WHERE only_for <> '[]' AND NOT `+tx.readBy(1)+`
		UNION ALL SELECT carry.id FROM carry JOIN failure ON failure.id = carry.failure WHERE only_for <> '[]' AND NOT `+tx.readBy(1), from)
}

// RestrictFailure lets only these people read a failure, or with none of them
// its team again. What start pages of others say about it goes.
func (tx *Tx) RestrictFailure(f practice.Failure) error {
	if _, err := tx.exec(`UPDATE failure SET only_for = $2 WHERE id = $1`, f.ID, jsonOf(append([]practice.MemberID{}, f.Only...))); err != nil {
		return fmt.Errorf("restrict failure: %w", err)
	}
	if !f.Restricted() {
		return nil
	}
	return tx.removeNotices(f)
}

// Admit names one more person for a failure, if it is restricted: whoever is
// asked to decide about it, to talk about it or to carry it on reads it.
func (tx *Tx) Admit(id practice.FailureID, m practice.MemberID) error {
	f, err := tx.Failure(id)
	if err != nil || m == "" || !f.Restricted() || slices.Contains(f.Only, m) {
		return err
	}
	f.Only = append(f.Only, m)
	return tx.RestrictFailure(f)
}
