package store

import (
	"errors"
	"fmt"

	"debrief/internal/practice"
)

const cycleColumns = `id, team, number, start_at, end_at, begun_at`

// AddCycle keeps the next cycle of a team, under an id of its own. It reports false
// where that one is kept already.
func (tx *Tx) AddCycle(c practice.Cycle) (practice.Cycle, bool, error) {
	c.ID = practice.CycleID(tx.NewID("cyc"))
	n, err := tx.exec(`INSERT INTO cycle (`+cycleColumns+`) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (team, number) DO NOTHING`,
		c.ID, c.Team, c.Number, c.StartAt, c.EndAt, c.BegunAt)
	if err != nil {
		return c, false, fmt.Errorf("add cycle: %w", err)
	}
	return c, n > 0, nil
}

// MoveCycle changes when a cycle ends.
func (tx *Tx) MoveCycle(c practice.Cycle) error {
	n, err := tx.exec(`UPDATE cycle SET end_at = $2 WHERE id = $1`, c.ID, c.EndAt)
	return found(n, err, "move cycle")
}

// Cycle returns one by its id.
func (tx *Tx) Cycle(id practice.CycleID) (practice.Cycle, error) {
	return scanCycle(tx.row(`SELECT `+cycleColumns+` FROM cycle WHERE id = $1`, id))
}

// Cycles returns those of a team, the one it is in first.
func (tx *Tx) Cycles(team practice.TeamID) ([]practice.Cycle, error) {
	return list(tx, scanCycle, `SELECT `+cycleColumns+` FROM cycle WHERE team = $1 ORDER BY number DESC`, team)
}

// CycleOf returns the one a team is in, or none where it never had one.
func (tx *Tx) CycleOf(team practice.TeamID) (practice.Cycle, error) {
	c, err := scanCycle(tx.row(`SELECT `+cycleColumns+` FROM cycle WHERE team = $1 ORDER BY number DESC LIMIT 1`, team))
	if errors.Is(err, practice.ErrNotFound) {
		return practice.Cycle{Team: team}, nil
	}
	return c, err
}

func scanCycle(r scanner) (c practice.Cycle, err error) {
	err = r.Scan(&c.ID, &c.Team, &c.Number, at{&c.StartAt}, at{&c.EndAt}, at{&c.BegunAt})
	return c, err
}

// ClosedIn returns the reviews of a team's failures that were closed in a cycle, the
// first first. Practising does not count.
func (tx *Tx) ClosedIn(c practice.Cycle) ([]practice.Review, error) {
	return list(tx, scanReview, `SELECT `+reviewColumns+` FROM review
		WHERE phase = $1 AND closed_at >= $2 AND closed_at < $3 AND failure IN (SELECT id FROM failure WHERE team = $4 AND NOT drill)
		ORDER BY closed_at, id`, practice.PhaseClosed, c.StartAt, c.EndAt, c.Team)
}

// ScarsIn returns the changes that a team's failures led to in a cycle, the first
// first.
func (tx *Tx) ScarsIn(c practice.Cycle) ([]practice.Scar, error) {
	return list(tx, scanScar, scarQuery+`failure.team = $1 AND scar.at >= $2 AND scar.at < $3 ORDER BY scar.at, scar.id`, c.Team, c.StartAt, c.EndAt)
}

// PromisedGaps returns the gaps that closed reviews of a team's failures promised to
// change, by the day.
func (tx *Tx) PromisedGaps(team practice.TeamID) ([]practice.Gap, error) {
	return list(tx, scanGap, `SELECT `+gapColumns+` FROM gap WHERE route = $1 AND review IN
		(SELECT id FROM review WHERE phase = $2 AND failure IN (SELECT id FROM failure WHERE team = $3 AND NOT drill)) ORDER BY route_by, id`,
		practice.RoutePromised, practice.PhaseClosed, team)
}
