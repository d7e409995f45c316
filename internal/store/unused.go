package store

import (
	"fmt"
	"time"

	"debrief/internal/practice"
)

// KeepListUse keeps that a list was used on a day. Of the days since from, when the round
// began, only the last one stays.
func (tx *Tx) KeepListUse(p practice.ProcedureID, from, day time.Time) error {
	_, err := tx.exec(`DELETE FROM list_use WHERE procedure = $1 AND day >= $2 AND day < $3`, p, from, day)
	if err == nil {
		_, err = tx.exec(`INSERT INTO list_use (procedure, day) VALUES ($1, $2) ON CONFLICT (procedure, day) DO NOTHING`, p, day)
	}
	if err != nil {
		return fmt.Errorf("keep that a list was used: %w", err)
	}
	return nil
}

// ListUses returns the days on which a list was used, the last first: one for each round.
func (tx *Tx) ListUses(p practice.ProcedureID) ([]time.Time, error) {
	return list(tx, func(r scanner) (day time.Time, err error) { return day, r.Scan(at{&day}) },
		`SELECT day FROM list_use WHERE procedure = $1 ORDER BY day DESC`, p)
}

const stepUseColumns = `step, ticked_on, spared_on, kept_on, why`

// SaveStepUse keeps what is known of the use of a line. Of two who tell of it at once, the
// later day stays.
func (tx *Tx) SaveStepUse(u practice.StepUse) error {
	const latest = `CASE WHEN excluded.%[1]s > step_use.%[1]s THEN excluded.%[1]s ELSE step_use.%[1]s END`
	_, err := tx.exec(`INSERT INTO step_use (`+stepUseColumns+`) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (step) DO UPDATE SET
		ticked_on = `+fmt.Sprintf(latest, "ticked_on")+`, spared_on = `+fmt.Sprintf(latest, "spared_on")+`, kept_on = excluded.kept_on, why = excluded.why`,
		u.Step, u.TickedOn, u.SparedOn, u.KeptOn, u.Why)
	if err != nil {
		return fmt.Errorf("keep the use of a step: %w", err)
	}
	return nil
}

// StepUses returns what is known of the use of the lines of a procedure.
func (tx *Tx) StepUses(p practice.ProcedureID) ([]practice.StepUse, error) {
	return list(tx, func(r scanner) (u practice.StepUse, err error) {
		return u, r.Scan(&u.Step, at{&u.TickedOn}, at{&u.SparedOn}, at{&u.KeptOn}, &u.Why)
	}, `SELECT `+stepUseColumns+` FROM step_use WHERE step IN (SELECT id FROM step WHERE procedure = $1) ORDER BY step`, p)
}

// OwnedBy returns the procedures in use that somebody looks after, by title.
func (tx *Tx) OwnedBy(m practice.MemberID) ([]practice.Procedure, error) {
	return list(tx, scanProcedure, `SELECT `+procedureColumns+` FROM procedure WHERE owner = $1 AND retired_at = 0 ORDER BY title, id`, m)
}
