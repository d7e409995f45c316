package store

import (
	"errors"
	"fmt"

	"debrief/internal/practice"
)

const firingColumns = `failure, plan, signal, count, first_at, last_at`

// AddFiring keeps that a condition came true, with the failure it made.
func (tx *Tx) AddFiring(f practice.Firing) error {
	_, err := tx.exec(`INSERT INTO firing (`+firingColumns+`) VALUES ($1, $2, $3, $4, $5, $6)`, f.Failure, f.Plan, f.Signal, f.Count, f.FirstAt, f.LastAt)
	if err != nil {
		return fmt.Errorf("add firing: %w", err)
	}
	return nil
}

// CountFiring keeps that it was said once more.
func (tx *Tx) CountFiring(f practice.Firing) error {
	n, err := tx.exec(`UPDATE firing SET count = $2, last_at = $3 WHERE failure = $1`, f.Failure, f.Count, f.LastAt)
	return found(n, err, "count firing")
}

// Firing returns the one that made a failure.
func (tx *Tx) Firing(f practice.FailureID) (practice.Firing, error) {
	return scanFiring(tx.row(`SELECT `+firingColumns+` FROM firing WHERE failure = $1`, f))
}

// LastFiring returns the last one of a condition of a plan, or none.
func (tx *Tx) LastFiring(p practice.PlanID, signal int) (practice.Firing, error) {
	f, err := scanFiring(tx.row(`SELECT `+firingColumns+` FROM firing WHERE plan = $1 AND signal = $2 ORDER BY last_at DESC LIMIT 1`, p, signal))
	if errors.Is(err, practice.ErrNotFound) {
		return practice.Firing{Plan: p, Signal: signal}, nil
	}
	return f, err
}

// Firings returns all of a plan, the last first.
func (tx *Tx) Firings(p practice.PlanID) ([]practice.Firing, error) {
	return list(tx, scanFiring, `SELECT `+firingColumns+` FROM firing WHERE plan = $1 ORDER BY last_at DESC, failure`, p)
}

func scanFiring(r scanner) (f practice.Firing, err error) {
	err = r.Scan(&f.Failure, &f.Plan, &f.Signal, &f.Count, at{&f.FirstAt}, at{&f.LastAt})
	return f, err
}

const monitorColumns = `id, plan, salt, former, until, made_at, heard_at`

// Monitor returns the one at an address.
func (tx *Tx) Monitor(id practice.MonitorID) (practice.Monitor, error) {
	return scanMonitor(tx.row(`SELECT `+monitorColumns+` FROM monitor WHERE id = $1`, id))
}

// MonitorOf returns the one of a plan.
func (tx *Tx) MonitorOf(p practice.PlanID) (practice.Monitor, error) {
	return scanMonitor(tx.row(`SELECT `+monitorColumns+` FROM monitor WHERE plan = $1`, p))
}

// SaveMonitor keeps one.
func (tx *Tx) SaveMonitor(m practice.Monitor) error {
	_, err := tx.exec(`INSERT INTO monitor (`+monitorColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET salt = excluded.salt, former = excluded.former, until = excluded.until,
			made_at = excluded.made_at, heard_at = excluded.heard_at`, m.ID, m.Plan, m.Salt, m.Former, m.Until, m.MadeAt, m.HeardAt)
	if err != nil {
		return fmt.Errorf("save monitor: %w", err)
	}
	return nil
}

// EndMonitor takes the one of a plan away. Ending one that is not there does nothing.
func (tx *Tx) EndMonitor(p practice.PlanID) error {
	if _, err := tx.exec(`DELETE FROM monitor WHERE plan = $1`, p); err != nil {
		return fmt.Errorf("end monitor: %w", err)
	}
	return nil
}

func scanMonitor(r scanner) (m practice.Monitor, err error) {
	err = r.Scan(&m.ID, &m.Plan, &m.Salt, &m.Former, at{&m.Until}, at{&m.MadeAt}, at{&m.HeardAt})
	return m, err
}

// MonitorSecret returns what the secrets of monitors are made of, the same on every
// node.
func (tx *Tx) MonitorSecret() ([]byte, error) { return tx.Secret("monitors") }

// KeptMonitorSecret is MonitorSecret where somebody asked before, and
// [practice.ErrNotFound] else.
func (tx *Tx) KeptMonitorSecret() ([]byte, error) { return tx.keptSecret("monitors") }
