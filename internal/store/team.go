package store

import (
	"fmt"

	"debrief/internal/practice"
)

// teamColumns are those of a team itself; when its cycle started and ends is read
// from the cycle it is in.
const (
	teamColumns = `id, name, pack, emergency, cycle_days, triggers, early_why, words, phrases, work_hours`
	teamQuery   = `SELECT ` + teamColumns + `, (SELECT max(start_at) FROM cycle WHERE cycle.team = team.id),
		(SELECT max(end_at) FROM cycle WHERE cycle.team = team.id) FROM team`
)

// AddTeam begins a team. It returns a conflict where the name is taken.
func (tx *Tx) AddTeam(t practice.Team) error {
	n, err := tx.exec(`INSERT INTO team (`+teamColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (name) DO NOTHING`,
		t.ID, t.Name, t.Pack, t.Emergency, t.CycleDays, jsonOf(t.Triggers), t.EarlyWhy, jsonOf(t.Words), t.Phrases, t.WorkHours)
	if err != nil {
		return fmt.Errorf("add team: %w", err)
	}
	if n == 0 {
		return practice.Refuse(practice.Conflict, "team.known").At("team")
	}
	return tx.saveGroups(t)
}

// SaveTeam changes a team's settings. A group that left the list stays known,
// because failures name it, but is not offered any more.
func (tx *Tx) SaveTeam(t practice.Team) error {
	var other int
	if err := tx.row(`SELECT count(*) FROM team WHERE name = $1 AND id <> $2`, t.Name, t.ID).Scan(&other); err != nil {
		return err
	}
	if other > 0 {
		return practice.Refuse(practice.Conflict, "team.known").At("team")
	}
	n, err := tx.exec(`UPDATE team SET name = $2, pack = $3, emergency = $4, cycle_days = $5,
		triggers = $6, words = $7, phrases = $8, work_hours = $9 WHERE id = $1`,
		t.ID, t.Name, t.Pack, t.Emergency, t.CycleDays, jsonOf(t.Triggers), jsonOf(t.Words), t.Phrases, t.WorkHours)
	if err := found(n, err, "save team"); err != nil {
		return err
	}
	return tx.saveGroups(t)
}

// saveGroups keeps the groups in their order. One that was known by its name
// keeps its id.
func (tx *Tx) saveGroups(t practice.Team) error {
	if _, err := tx.exec(`UPDATE stake SET place = -1 WHERE team = $1`, t.ID); err != nil {
		return fmt.Errorf("save groups: %w", err)
	}
	for place, g := range t.Groups {
		_, err := tx.exec(`INSERT INTO stake (id, team, name, place) VALUES ($1, $2, $3, $4)
			ON CONFLICT (team, name) DO UPDATE SET place = excluded.place`, tx.NewID("grp"), t.ID, g.Name, place)
		if err != nil {
			return fmt.Errorf("save group: %w", err)
		}
	}
	return nil
}

// Team returns a team with its groups and triggers.
func (tx *Tx) Team(id practice.TeamID) (practice.Team, error) {
	t, err := scanTeam(tx.row(teamQuery+` WHERE id = $1`, id))
	if err != nil {
		return t, err
	}
	t.Groups, err = tx.Groups(id)
	return t, err
}

// Teams returns every team, the first one first.
func (tx *Tx) Teams() ([]practice.Team, error) {
	teams, err := list(tx, scanTeam, teamQuery+` ORDER BY id`)
	if err != nil {
		return nil, err
	}
	for i := range teams {
		if teams[i].Groups, err = tx.Groups(teams[i].ID); err != nil {
			return nil, err
		}
	}
	return teams, nil
}

// Groups returns the stakeholder groups of a team in its order, and first those
// that are not offered any more.
func (tx *Tx) Groups(team practice.TeamID) ([]practice.Group, error) {
	return list(tx, scanGroup, `SELECT id, name, place < 0 FROM stake WHERE team = $1 ORDER BY place, id`, team)
}

// Maturity counts what the practice has brought so far, over all teams:
// reviews that were closed, and failures whose change is in use. Practising does
// not count.
func (tx *Tx) Maturity() (closed, inUse int, err error) {
	err = tx.row(`SELECT (SELECT count(*) FROM review WHERE closed_at > 0 AND failure NOT IN (SELECT id FROM failure WHERE drill)),
		(SELECT count(*) FROM failure WHERE standing IN ('in_use', 'held') AND NOT drill)`).Scan(&closed, &inUse)
	return closed, inUse, err
}

func scanTeam(r scanner) (t practice.Team, err error) {
	err = r.Scan(&t.ID, &t.Name, &t.Pack, &t.Emergency, &t.CycleDays, fromJSON{&t.Triggers}, &t.EarlyWhy, fromJSON{&t.Words}, &t.Phrases, &t.WorkHours,
		at{&t.CycleStartAt}, at{&t.CycleEndAt})
	return t, err
}

func scanGroup(r scanner) (g practice.Group, err error) {
	err = r.Scan(&g.ID, &g.Name, &g.Gone)
	return g, err
}
