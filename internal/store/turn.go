package store

import (
	"fmt"

	"debrief/internal/practice"
)

// Turns returns those of a team who convene in turn and are still in it.
func (tx *Tx) Turns(team practice.TeamID) (practice.Turns, error) {
	return list(tx, func(r scanner) (t practice.Turn, err error) { return t, r.Scan(&t.Member, at{&t.Away}) },
		`SELECT t.member, t.away FROM turn t JOIN member m ON m.id = t.member AND m.active
			JOIN membership s ON s.team = t.team AND s.member = t.member WHERE t.team = $1 ORDER BY t.place`, team)
}

// SaveTurns writes them anew, in their order.
func (tx *Tx) SaveTurns(team practice.TeamID, all practice.Turns) error {
	if _, err := tx.exec(`DELETE FROM turn WHERE team = $1`, team); err != nil {
		return fmt.Errorf("save turns: %w", err)
	}
	for i, t := range all {
		if _, err := tx.exec(`INSERT INTO turn (team, member, place, away) VALUES ($1, $2, $3, $4)`, team, t.Member, i, t.Away); err != nil {
			return fmt.Errorf("save turns: %w", err)
		}
	}
	return nil
}

// leaveTurns takes somebody off the lists of teams they are no longer in.
func (tx *Tx) leaveTurns(m practice.Member) error {
	_, err := tx.exec(`DELETE FROM turn WHERE member = $1 AND (NOT $2 OR team NOT IN (SELECT team FROM membership WHERE member = $1))`, m.ID, m.Active)
	if err != nil {
		return fmt.Errorf("leave turns: %w", err)
	}
	return nil
}

// ThisWeek returns who of a team convenes what nobody wanted to, or nobody.
func (tx *Tx) ThisWeek(team practice.TeamID) (practice.MemberID, error) {
	o, err := tx.Organisation()
	if err != nil {
		return "", err
	}
	turns, err := tx.Turns(team)
	return turns.Up(tx.Now(), o.Location()), err
}

// TellConvener tells whoever convenes a failure that they do, if somebody does.
func (tx *Tx) TellConvener(f practice.Failure) error {
	if f.Convener == "" {
		return nil
	}
	return tx.Tell(practice.Notice{Member: f.Convener, Code: "notice.convene",
		Args: practice.Args{"title": f.Title, "number": f.Number}, Link: practice.FailurePath(f.Number)}, "")
}
