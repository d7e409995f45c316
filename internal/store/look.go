package store

import (
	"fmt"
	"time"

	"debrief/internal/practice"
)

const lookColumns = `plan, signal, member, day, something`

// AddLook keeps that somebody looked. Once more on the same day changes only that they saw
// something.
func (tx *Tx) AddLook(l practice.Look) error {
	_, err := tx.exec(`INSERT INTO look (`+lookColumns+`) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (plan, signal, member, day) DO UPDATE SET something = look.something OR excluded.something`,
		l.Plan, l.Signal, l.Member, l.Day, l.Something)
	if err != nil {
		return fmt.Errorf("add look: %w", err)
	}
	return nil
}

// Looks returns who looked at the signals of a plan, the last first.
func (tx *Tx) Looks(p practice.PlanID) ([]practice.Look, error) {
	return list(tx, scanLook, `SELECT `+lookColumns+` FROM look WHERE plan = $1 ORDER BY day DESC, signal, member`, p)
}

// LastLooks returns the day of the last look at each signal of a plan, without who it was.
func (tx *Tx) LastLooks(p practice.PlanID) ([]practice.Look, error) {
	return list(tx, scanLook, `SELECT plan, signal, '', max(day), FALSE FROM look WHERE plan = $1 GROUP BY plan, signal ORDER BY signal`, p)
}

func scanLook(r scanner) (l practice.Look, err error) {
	err = r.Scan(&l.Plan, &l.Signal, &l.Member, at{&l.Day}, &l.Something)
	return l, err
}

// PlansToLookAt returns the plans of some teams with a signal that is due for a look,
// the longest due first, without why they may fail.
func (tx *Tx) PlansToLookAt(teams []practice.TeamID) ([]practice.Plan, error) {
	return list(tx, scanPlan, `SELECT `+planColumns+` FROM plan WHERE look_at BETWEEN 1 AND $2 AND team IN `+tx.among(1)+` ORDER BY look_at, number`,
		jsonOf(append([]practice.TeamID{}, teams...)), tx.now)
}

// LatePlans returns the plans with a signal that may be late for a look, and until when
// people were told of that.
func (tx *Tx) LatePlans() (plans []practice.Plan, told []time.Time, err error) {
	plans, err = list(tx, scanPlan, `SELECT `+planColumns+` FROM plan WHERE look_at BETWEEN 1 AND $1 ORDER BY number`, tx.now)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range plans {
		var until time.Time
		if err := tx.row(`SELECT look_told_at FROM plan WHERE id = $1`, p.ID).Scan(at{&until}); err != nil {
			return nil, nil, err
		}
		told = append(told, until)
	}
	return plans, told, nil
}

// SetLook keeps on which day a plan is looked at next.
func (tx *Tx) SetLook(p practice.Plan) error {
	n, err := tx.exec(`UPDATE plan SET look_at = $2 WHERE id = $1`, p.ID, p.LookAt)
	return found(n, err, "set look")
}

// ToldOfLooks keeps that people were told by now what is late.
func (tx *Tx) ToldOfLooks(p practice.PlanID) error {
	n, err := tx.exec(`UPDATE plan SET look_told_at = $2 WHERE id = $1`, p, tx.now)
	return found(n, err, "told of looks")
}
