package store

import (
	"errors"
	"fmt"
	"time"

	"debrief/internal/practice"
)

// BeginCycle keeps that a round was begun. It returns [practice.ErrChanged] where
// somebody was faster.
func (tx *Tx) BeginCycle(c practice.Cycle) error {
	n, err := tx.exec(`UPDATE cycle SET begun_at = $2 WHERE id = $1 AND begun_at = 0`, c.ID, c.BegunAt)
	if err == nil && n == 0 {
		return practice.ErrChanged
	}
	return found(n, err, "begin cycle")
}

// LastBegun returns the last round before another one that a team began; the zero
// value where it never did.
func (tx *Tx) LastBegun(before practice.Cycle) (practice.Cycle, error) {
	c, err := scanCycle(tx.row(`SELECT `+cycleColumns+` FROM cycle WHERE team = $1 AND number < $2 AND begun_at > 0
		ORDER BY number DESC LIMIT 1`, before.Team, before.Number))
	if errors.Is(err, practice.ErrNotFound) {
		return practice.Cycle{}, nil
	}
	return c, err
}

// ScarsSince returns the changes that a team's failures led to since a moment, the
// first first.
func (tx *Tx) ScarsSince(team practice.TeamID, since time.Time) ([]practice.Scar, error) {
	return list(tx, scanScar, scarQuery+`failure.team = $1 AND scar.at >= $2 ORDER BY scar.at, scar.id`, team, since)
}

// Scar returns one by its id. Of a change that was only practised there is none.
func (tx *Tx) Scar(id practice.ScarID) (practice.Scar, error) {
	return scanScar(tx.row(scarQuery+`scar.id = $1`, id))
}

// SetCycleInherited keeps what is said to something that a round inherits, in the
// place of what was said before.
func (tx *Tx) SetCycleInherited(i practice.Inherited) error {
	_, err := tx.exec(`INSERT INTO cycle_inherited (cycle, about, says, body) VALUES ($1, $2, $3, $4)
		ON CONFLICT (cycle, about) DO UPDATE SET says = excluded.says, body = excluded.body`, i.Cycle, i.About, i.Says, i.Text)
	if err != nil {
		return fmt.Errorf("set what a cycle inherits: %w", err)
	}
	return nil
}

// RemoveCycleInherited takes it back.
func (tx *Tx) RemoveCycleInherited(c practice.CycleID, about string) error {
	n, err := tx.exec(`DELETE FROM cycle_inherited WHERE cycle = $1 AND about = $2`, c, about)
	return found(n, err, "take back what a cycle inherits")
}

// CycleInherited returns what was said to what a round inherits, in the order of ids.
func (tx *Tx) CycleInherited(c practice.CycleID) ([]practice.Inherited, error) {
	return list(tx, func(r scanner) (i practice.Inherited, err error) {
		return i, r.Scan(&i.Cycle, &i.About, &i.Says, &i.Text)
	}, `SELECT cycle, about, says, body FROM cycle_inherited WHERE cycle = $1 ORDER BY about`, c)
}
