package store

import (
	"errors"
	"fmt"

	"debrief/internal/practice"
)

// AddWaiting keeps something that came without a name until the hour.
func (tx *Tx) AddWaiting(w practice.Waiting) error {
	_, err := tx.exec(`INSERT INTO pool (id, lookup, entry) VALUES ($1, $2, $3)`, w.ID, w.Lookup, jsonOf(w))
	if err != nil {
		return fmt.Errorf("add to the pool: %w", err)
	}
	return nil
}

// Waiting returns everything that waits, in an order that tells nothing.
func (tx *Tx) Waiting() ([]practice.Waiting, error) {
	return list(tx, scanWaiting, `SELECT entry FROM pool ORDER BY id`)
}

// WaitingFor returns what waits that came with a receipt.
func (tx *Tx) WaitingFor(lookup string) ([]practice.Waiting, error) {
	return list(tx, scanWaiting, `SELECT entry FROM pool WHERE lookup = $1 ORDER BY id`, lookup)
}

func scanWaiting(r scanner) (w practice.Waiting, err error) {
	err = r.Scan(fromJSON{&w})
	return w, err
}

// SaveWaiting writes something that waits in other words.
func (tx *Tx) SaveWaiting(w practice.Waiting) error {
	n, err := tx.exec(`UPDATE pool SET entry = $2 WHERE id = $1`, w.ID, jsonOf(w))
	return found(n, err, "change what waits")
}

// RemoveWaiting takes something that waits back.
func (tx *Tx) RemoveWaiting(id string) error {
	n, err := tx.exec(`DELETE FROM pool WHERE id = $1`, id)
	return found(n, err, "take back what waits")
}

// DrawPool empties the pool and returns what was in it, shuffled.
func (tx *Tx) DrawPool() ([]practice.Waiting, error) {
	all, err := tx.Waiting()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	order, err := tx.shuffled(len(all))
	if err != nil {
		return nil, err
	}
	if _, err := tx.exec(`DELETE FROM pool`); err != nil {
		return nil, fmt.Errorf("empty the pool: %w", err)
	}
	drawn := make([]practice.Waiting, len(all))
	for i, from := range order {
		drawn[i] = all[from]
	}
	return drawn, nil
}

// ReleaseKind is the job that looks at what waits.
const ReleaseKind = "unnamed.release"

// AwaitRelease leaves the next look at what waits. One lies ready always,
// whether anything waits or not.
func (tx *Tx) AwaitRelease() error {
	o, err := tx.Organisation()
	if err != nil && !errors.Is(err, practice.ErrNotFound) {
		return err
	}
	return tx.EnqueueAt(ReleaseKind, o.NextLook(tx.now))
}

// TeamAt returns the team that people without an account report to at an
// address.
func (tx *Tx) TeamAt(word string) (practice.Team, error) {
	id, err := scanText[practice.TeamID](tx.row(`SELECT team FROM address WHERE word = $1`, word))
	if err != nil {
		return practice.Team{}, err
	}
	return tx.Team(id)
}

// Address returns the word of a team's address, or [practice.ErrNotFound].
func (tx *Tx) Address(t practice.TeamID) (string, error) {
	return scanText[string](tx.row(`SELECT word FROM address WHERE team = $1`, t))
}

// SaveAddress gives a team an address; the one it had leads nowhere from then
// on.
func (tx *Tx) SaveAddress(t practice.TeamID, word string) error {
	_, err := tx.exec(`INSERT INTO address (team, word) VALUES ($1, $2)
		ON CONFLICT (team) DO UPDATE SET word = excluded.word`, t, word)
	if err != nil {
		return fmt.Errorf("save address: %w", err)
	}
	return nil
}
