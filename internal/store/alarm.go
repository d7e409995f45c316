package store

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"debrief/internal/practice"
)

const alarmColumns = `id, team, nth, at, until_at, found, coalesce(aside, ''), aside_at, why, over_at`

func scanAlarm(row scanner) (a practice.Alarm, err error) {
	return a, row.Scan(&a.ID, &a.Team, &a.Nth, at{&a.At}, at{&a.Until}, &a.Found, &a.Aside, at{&a.AsideAt}, &a.Why, at{&a.OverAt})
}

// CauseSecret returns the secret that tickets to the question what is in the way are
// sealed with.
func (tx *Tx) CauseSecret() ([]byte, error) { return tx.Secret("cause") }

// KeptCauseSecret returns it where a ticket was given before, and [practice.ErrNotFound]
// otherwise. It writes nothing.
func (tx *Tx) KeptCauseSecret() ([]byte, error) { return tx.keptSecret("cause") }

// HasCauseTicket reports whether somebody was given theirs.
func (tx *Tx) HasCauseTicket(a practice.AlarmID, m practice.MemberID) (has bool, err error) {
	err = tx.row(`SELECT count(*) > 0 FROM cause_taken WHERE alarm = $1 AND member = $2`, a, m).Scan(&has)
	return has, err
}

// GiveCauseTicket notes that somebody is given theirs. The whole list is written again, as
// [Tx.TakeSheet] does, so that nothing tells who came last.
func (tx *Tx) GiveCauseTicket(a practice.AlarmID, m practice.MemberID) error {
	given, err := list(tx, scanText[practice.MemberID], `SELECT member FROM cause_taken WHERE alarm = $1`, a)
	if err != nil {
		return err
	}
	if _, err := tx.exec(`DELETE FROM cause_taken WHERE alarm = $1`, a); err != nil {
		return fmt.Errorf("give a ticket: %w", err)
	}
	for _, one := range slices.Sorted(slices.Values(append(given, m))) {
		if _, err := tx.exec(`INSERT INTO cause_taken (alarm, member) VALUES ($1, $2)`, a, one); err != nil {
			return fmt.Errorf("give a ticket: %w", err)
		}
	}
	return tx.EnqueueAt("store.scrub", tx.Now())
}

// JobAlarm looks at the alarms: when the question what is in the way is over.
const JobAlarm = "alarm.look"

// AddAlarm raises an alarm, and reports whether nobody had raised it already.
func (tx *Tx) AddAlarm(a practice.Alarm) (fresh bool, err error) {
	n, err := tx.exec(`INSERT INTO alarm (id, team, nth, at, until_at, found, aside_at, why, over_at)
		SELECT $1, $2, coalesce(max(nth), 0) + 1, $3, $4, '', 0, '', 0 FROM alarm WHERE team = $2
		HAVING count(CASE WHEN over_at = 0 THEN 1 END) = 0 ON CONFLICT DO NOTHING`, a.ID, a.Team, a.At, a.Until)
	if err != nil {
		return false, fmt.Errorf("raise alarm: %w", err)
	}
	return n == 1, nil
}

// SaveAlarm writes an alarm back.
func (tx *Tx) SaveAlarm(a practice.Alarm) error {
	n, err := tx.exec(`UPDATE alarm SET found = $2, aside = $3, aside_at = $4, why = $5, over_at = $6 WHERE id = $1`,
		a.ID, a.Found, orNull(a.Aside), a.AsideAt, a.Why, a.OverAt)
	return found(n, err, "save alarm")
}

// Alarm returns an alarm by its id.
func (tx *Tx) Alarm(id practice.AlarmID) (practice.Alarm, error) {
	return scanAlarm(tx.row(`SELECT `+alarmColumns+` FROM alarm WHERE id = $1`, id))
}

// AlarmOf returns the alarm that is not over for a team; the zero value where there is
// none.
func (tx *Tx) AlarmOf(team practice.TeamID) (practice.Alarm, error) {
	return orZero(scanAlarm(tx.row(`SELECT `+alarmColumns+` FROM alarm WHERE team = $1 AND over_at = 0`, team)))
}

// Alarms returns those of a team, the newest first.
func (tx *Tx) Alarms(team practice.TeamID) ([]practice.Alarm, error) {
	return list(tx, scanAlarm, `SELECT `+alarmColumns+` FROM alarm WHERE team = $1 ORDER BY nth DESC`, team)
}

// SayCause keeps one answer under its mark, in the place of an earlier one, as
// [Tx.SayReady] does.
func (tx *Tx) SayCause(a practice.AlarmID, mark string, c practice.Cause) error {
	return tx.sayUnder(causesOf(a), mark, string(c))
}

// Causes returns what was said, in the order of marks that tell nothing.
func (tx *Tx) Causes(a practice.AlarmID) (all []practice.Cause, err error) {
	said, err := tx.saidUnder(causesOf(a))
	for _, mark := range slices.Sorted(maps.Keys(said)) {
		all = append(all, practice.Cause(said[mark]))
	}
	return all, err
}

func causesOf(a practice.AlarmID) marked { return marked{"cause", "alarm", string(a)} }

// ForgetCauses takes what was said out of the database, and who was given a ticket. What the files still have of it
// goes with the scrub it asks for.
func (tx *Tx) ForgetCauses(a practice.AlarmID) error {
	for _, table := range []string{"cause", "cause_taken"} {
		if _, err := tx.exec(`DELETE FROM `+table+` WHERE alarm = $1`, a); err != nil {
			return fmt.Errorf("forget what is in the way: %w", err)
		}
	}
	return tx.EnqueueAt("store.scrub", tx.Now())
}

// orZero is the zero value where nothing was found.
func orZero[T any](one T, err error) (T, error) {
	if errors.Is(err, practice.ErrNotFound) {
		var none T
		return none, nil
	}
	return one, err
}
