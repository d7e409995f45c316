package store

import (
	"fmt"
	"maps"
	"slices"

	"debrief/internal/practice"
)

// JobReady says what the question before a room came to; its payload is a
// [ReviewJob].
const JobReady = "review.ready"

// ReadySecret returns the secret that tickets to the question before a room are
// sealed with. Another one opens seats.
func (tx *Tx) ReadySecret() ([]byte, error) { return tx.Secret("ready") }

// SayReady keeps one answer under its mark, in the place of an earlier one.
func (tx *Tx) SayReady(r practice.ReviewID, mark string, answer practice.Readiness) error {
	return tx.sayUnder(about("ready", r), mark, string(answer))
}

// SaidReady returns the answer under a mark; empty where there is none.
func (tx *Tx) SaidReady(r practice.ReviewID, mark string) (practice.Readiness, error) {
	said, err := tx.saidUnder(about("ready", r))
	return practice.Readiness(said[mark]), err
}

// TakeReady takes the answers out of the database and says whether one of them was
// "not now". What the files still have of them goes with the scrub it asks for.
func (tx *Tx) TakeReady(r practice.ReviewID) (notNow bool, err error) {
	said, err := tx.saidUnder(about("ready", r))
	if err != nil || len(said) == 0 {
		return false, err
	}
	if _, err := tx.exec(`DELETE FROM ready WHERE review = $1`, r); err != nil {
		return false, fmt.Errorf("forget readiness: %w", err)
	}
	return slices.Contains(slices.Collect(maps.Values(said)), string(practice.NotNow)), tx.EnqueueAt("store.scrub", tx.Now())
}

// ReadySaid is the kind of the event that says what the question before a room came to.
const ReadySaid = "review.ready"

// LastReady returns what it came to the last time in a team; empty where nobody was
// asked yet.
func (tx *Tx) LastReady(team practice.TeamID) (practice.Readiness, error) {
	said, err := list(tx, func(row scanner) (data practice.Args, err error) { return data, row.Scan(fromJSON{&data}) },
		`SELECT data FROM event WHERE kind = $1 AND scope = $2 ORDER BY at DESC LIMIT 1`, ReadySaid, team)
	if err != nil || len(said) == 0 {
		return "", err
	}
	answer, _ := said[0]["answer"].(string)
	return practice.Readiness(answer), nil
}

// WasAsked reports whether the people of a failure were asked before a room of it
// that was called off.
func (tx *Tx) WasAsked(f practice.FailureID) (bool, error) {
	var n int
	err := tx.row(`SELECT count(*) FROM review WHERE failure = $1 AND phase = $2 AND ready_at > 0`, f, practice.PhaseOff).Scan(&n)
	return n > 0, err
}
