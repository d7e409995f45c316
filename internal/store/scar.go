package store

import (
	"fmt"

	"debrief/internal/practice"
)

// sameAgain are the reports of the failure behind a scar that people said were the same.
const sameAgain = `FROM tie JOIN failure AS again ON again.id = CASE WHEN tie.a = scar.failure THEN tie.b ELSE tie.a END
		WHERE tie.kind = 'same' AND (tie.a = scar.failure OR tie.b = scar.failure) AND again.source <> 'imported' AND NOT again.drill`

// scarQuery reads scars with the failure behind each, and when the same
// failure was last reported again after the scar. Practising leaves none.
const scarQuery = `SELECT scar.id, coalesce(scar.step, ''), coalesce(scar.safeguard, ''), scar.failure, failure.number, failure.title,
	coalesce(failure.team, ''), coalesce(team.name, ''), scar.gap, scar.revision, scar.at, scar.used_at,
	failure.standing, (SELECT coalesce(max(again.recognised_at), 0) ` + sameAgain + ` AND again.recognised_at > scar.at),
	(SELECT coalesce(min(again.recognised_at), 0) ` + sameAgain + ` AND scar.used_at > 0 AND again.recognised_at >= scar.used_at)
	FROM scar JOIN failure ON failure.id = scar.failure LEFT JOIN team ON team.id = failure.team LEFT JOIN step ON step.id = scar.step
	WHERE NOT failure.drill AND `

func (tx *Tx) scars(where string, arg any) ([]practice.Scar, error) {
	return list(tx, scanScar, scarQuery+where+` ORDER BY scar.at, scar.id`, arg)
}

// ScarsOf returns the scars of a procedure's steps, those taken out too, in the
// order they came, and after them those that were taken over from other teams.
func (tx *Tx) ScarsOf(p practice.ProcedureID) ([]practice.Scar, error) {
	own, err := tx.scars(`step.procedure = $1`, p)
	if err != nil {
		return nil, err
	}
	given, err := tx.given(p)
	return append(own, given...), err
}

// ScarsFrom returns the scars that any of the failures left.
func (tx *Tx) ScarsFrom(failures []practice.FailureID) ([]practice.Scar, error) {
	return tx.scars(`scar.failure IN `+tx.among(1), jsonOf(failures))
}

// LatestScars returns the last changes a team's failures led to, the newest
// first. It goes through the scars and not, by their index, through the failures,
// of which there are many more.
func (tx *Tx) LatestScars(teams []practice.TeamID, most int) ([]practice.Scar, error) {
	return list(tx, scanScar, scarQuery+`coalesce(failure.team, '') IN `+tx.among(1)+` ORDER BY scar.at DESC, scar.id DESC`+atMost(2),
		jsonOf(teams), most)
}

// ScarsReportedBy returns the last changes that a person's own reports led to,
// the newest first. It goes the same way.
func (tx *Tx) ScarsReportedBy(m practice.MemberID, most int) ([]practice.Scar, error) {
	return list(tx, scanScar, scarQuery+`coalesce(failure.reporter, '') = $1 ORDER BY scar.at DESC, scar.id DESC`+atMost(2), m, most)
}

// ScarsAlong returns the last changes that came of what a person's own reports went
// along with, the newest first.
func (tx *Tx) ScarsAlong(m practice.MemberID, most int) ([]practice.Scar, error) {
	return list(tx, scanScar, scarQuery+`scar.failure IN (SELECT pair.led `+alongPairs+` AND one.reporter = $1)
		ORDER BY scar.at DESC, scar.id DESC`+atMost(2), m, most)
}

// AddScar leaves the mark of a failure on a step or a safeguard.
func (tx *Tx) AddScar(s practice.Scar) error {
	_, err := tx.exec(`INSERT INTO scar (id, step, safeguard, failure, gap, revision, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		s.ID, orNull(s.Step), orNull(s.Safeguard), s.Failure, s.Gap, s.Revision, s.At)
	if err != nil {
		return fmt.Errorf("add scar: %w", err)
	}
	return nil
}

func scanScar(r scanner) (practice.Scar, error) {
	var s practice.Scar
	err := r.Scan(&s.ID, &s.Step, &s.Safeguard, &s.Failure, &s.Number, &s.Title, &s.Team, &s.Of, &s.Gap, &s.Revision, at{&s.At}, at{&s.UsedAt}, &s.Standing, at{&s.CameBack}, at{&s.Again})
	return s, err
}

// AddSafeguard keeps a change that was made elsewhere.
func (tx *Tx) AddSafeguard(s practice.Safeguard) error {
	_, err := tx.exec(`INSERT INTO safeguard (id, team, link, line, at) VALUES ($1, $2, $3, $4, $5)`, s.ID, s.Team, s.Link, s.Text, s.At)
	if err != nil {
		return fmt.Errorf("add safeguard: %w", err)
	}
	return nil
}

// Safeguard returns a change made elsewhere, with its scars.
func (tx *Tx) Safeguard(id practice.SafeguardID) (practice.Safeguard, error) {
	s, err := scanSafeguard(tx.row(`SELECT id, team, link, line, at FROM safeguard WHERE id = $1`, id))
	if err != nil {
		return s, err
	}
	s.Scars, err = tx.scars(`scar.safeguard = $1`, id)
	return s, err
}

// Safeguards returns all changes made elsewhere, the newest first.
func (tx *Tx) Safeguards() ([]practice.Safeguard, error) {
	all, err := list(tx, scanSafeguard, `SELECT id, team, link, line, at FROM safeguard ORDER BY at DESC, id DESC`)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Scars, err = tx.scars(`scar.safeguard = $1`, all[i].ID); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func scanSafeguard(r scanner) (practice.Safeguard, error) {
	var s practice.Safeguard
	err := r.Scan(&s.ID, &s.Team, &s.Link, &s.Text, at{&s.At})
	return s, err
}
