package store

import (
	"fmt"

	"debrief/internal/practice"
)

const newcomerColumns = `id, member, team, since_day, led, told, ran, coalesce(procedure, ''), coalesce(witness, ''), ran_day`

func scanNewcomer(row scanner) (n practice.Newcomer, err error) {
	err = row.Scan(&n.ID, &n.Member, &n.Team, at{&n.Since}, &n.Led, &n.Told, &n.Ran, &n.Procedure, &n.Witness, at{&n.RanOn})
	return n, err
}

// AddNewcomer keeps that somebody is new to a team. Who was new before, is not again.
func (tx *Tx) AddNewcomer(n practice.Newcomer) error {
	_, err := tx.exec(`INSERT INTO newcomer (id, member, team, since_day, led, told, ran, ran_day) VALUES ($1, $2, $3, $4, FALSE, FALSE, FALSE, 0)
		ON CONFLICT (member, team) DO NOTHING`, n.ID, n.Member, n.Team, n.Since)
	if err != nil {
		return fmt.Errorf("add newcomer: %w", err)
	}
	return nil
}

// Newcomer returns what is kept of somebody's first time in a team.
func (tx *Tx) Newcomer(m practice.MemberID, t practice.TeamID) (practice.Newcomer, error) {
	return scanNewcomer(tx.row(`SELECT `+newcomerColumns+` FROM newcomer WHERE member = $1 AND team = $2`, m, t))
}

// NewcomerByID returns the same by its id.
func (tx *Tx) NewcomerByID(id practice.NewcomerID) (practice.Newcomer, error) {
	return scanNewcomer(tx.row(`SELECT `+newcomerColumns+` FROM newcomer WHERE id = $1`, id))
}

// SaveNewcomer keeps what became of it.
func (tx *Tx) SaveNewcomer(n practice.Newcomer) error {
	_, err := tx.exec(`UPDATE newcomer SET led = $2, told = $3, ran = $4, procedure = $5, witness = $6, ran_day = $7 WHERE id = $1`,
		n.ID, n.Led, n.Told, n.Ran, orNull(n.Procedure), orNull(n.Witness), n.RanOn)
	if err != nil {
		return fmt.Errorf("save newcomer: %w", err)
	}
	return nil
}

// CountNewcomer counts what a newcomer of a team said, by the month.
func (tx *Tx) CountNewcomer(t practice.TeamID, what string) error {
	_, err := tx.exec(`INSERT INTO newcomer_said (team, month, what, n) VALUES ($1, $2, $3, 1)
		ON CONFLICT (team, month, what) DO UPDATE SET n = newcomer_said.n + 1`, t, practice.MonthOf(tx.now), what)
	if err != nil {
		return fmt.Errorf("count newcomer: %w", err)
	}
	return nil
}

// AddNewcomerRun keeps after how many days somebody did it alone; nobody is in it.
func (tx *Tx) AddNewcomerRun(t practice.TeamID, days int) error {
	_, err := tx.exec(`INSERT INTO newcomer_run (id, team, month, days) VALUES ($1, $2, $3, $4)`, tx.NewBlindID("nru"), t, practice.MonthOf(tx.now), days)
	if err != nil {
		return fmt.Errorf("add a newcomer's run: %w", err)
	}
	return nil
}

var trailSaid = trailQuery[practice.TrailSaid]{`SELECT month, what, n FROM newcomer_said WHERE team = $1 ORDER BY month, what`,
	func(row scanner) (s practice.TrailSaid, err error) { return s, row.Scan(at{&s.Month}, &s.What, &s.N) }}

var trailRuns = trailQuery[practice.TrailRun]{`SELECT month, days FROM newcomer_run WHERE team = $1 ORDER BY month, days`,
	func(row scanner) (r practice.TrailRun, err error) { return r, row.Scan(at{&r.Month}, &r.Days) }}
