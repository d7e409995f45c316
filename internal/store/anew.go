package store

import (
	"errors"
	"fmt"

	"debrief/internal/practice"
)

// SuggestAnew keeps which failures of a team suggest to begin anew: these, but for those
// of which it said not now.
func (tx *Tx) SuggestAnew(team practice.TeamID, ids []practice.FailureID) error {
	these := jsonOf(append([]practice.FailureID{}, ids...))
	_, err1 := tx.exec(`UPDATE failure SET anew = 0 WHERE team = $1 AND anew = 1 AND id NOT IN `+tx.among(2), team, these)
	_, err2 := tx.exec(`UPDATE failure SET anew = 1 WHERE team = $1 AND anew = 0 AND id IN `+tx.among(2), team, these)
	if err := errors.Join(err1, err2); err != nil {
		return fmt.Errorf("suggest to begin anew: %w", err)
	}
	return nil
}

// Anew returns the failure for which a team is told that it can begin anew: the last one,
// until a review of it is called; the zero value where there is none.
func (tx *Tx) Anew(team practice.TeamID) (practice.Failure, error) {
	return orZero(scanFailure(tx.row(`SELECT `+failureColumns+` FROM failure WHERE team = $1 AND anew = 1
		AND NOT drill AND stopped = '' AND only_for = '[]'
		AND NOT EXISTS (SELECT 1 FROM review WHERE review.failure = failure.id AND review.phase <> 'off')
		ORDER BY recognised_at DESC, id`+atMost(2), team, 1)))
}

// NotAnew keeps that a team does not begin anew because of a failure, and reports whether
// that was suggested.
func (tx *Tx) NotAnew(team practice.TeamID, id practice.FailureID) (was bool, err error) {
	n, err := tx.exec(`UPDATE failure SET anew = 2 WHERE team = $1 AND id = $2 AND anew = 1`, team, id)
	if err != nil {
		return false, fmt.Errorf("not anew: %w", err)
	}
	return n > 0, nil
}
