package store

import (
	"fmt"

	"debrief/internal/practice"
)

const planColumns = `id, number, team, title, aim, hard, notice, signals, ask, stop, version, begun_at, opened_at, frozen_at, print, added, learns, look_at, series`

// AddPlan keeps a plan and gives it its number.
func (tx *Tx) AddPlan(p practice.Plan) (practice.Plan, error) {
	var err error
	if p.Number, err = tx.nextNumber("plan"); err != nil {
		return p, err
	}
	i := p.Intent
	_, err = tx.exec(`INSERT INTO plan (`+planColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
		p.ID, p.Number, p.Team, i.Title, i.Aim, i.Hard, i.Notice, jsonOf(i.Signals), i.Ask, i.Stop, p.Version, p.BegunAt, p.OpenedAt, p.FrozenAt,
		p.Print, jsonOf(writeAdditions(p.Added)), i.Learns, p.LookAt, p.Series)
	if err != nil {
		return p, fmt.Errorf("add plan: %w", err)
	}
	return p, nil
}

// Plan returns a plan by its id.
func (tx *Tx) Plan(id practice.PlanID) (practice.Plan, error) {
	return tx.withReasons(scanPlan(tx.row(`SELECT `+planColumns+` FROM plan WHERE id = $1`, id)))
}

// PlanByNumber returns a plan by the number people say aloud.
func (tx *Tx) PlanByNumber(n int) (practice.Plan, error) {
	return tx.withReasons(scanPlan(tx.row(`SELECT `+planColumns+` FROM plan WHERE number = $1`, n)))
}

// PlanOf returns the plan to whose work a failure belongs, with why it may fail;
// the zero value where there was none before it was noticed.
func (tx *Tx) PlanOf(f practice.Failure) (practice.Plan, error) {
	if f.Plan == "" {
		return practice.Plan{}, nil
	}
	p, err := tx.Plan(f.Plan)
	if err != nil || p.Precedes(f.RecognisedAt) != nil {
		return practice.Plan{}, err
	}
	return p, nil
}

// Plans returns those of some teams, the newest first, without why they may fail.
func (tx *Tx) Plans(teams []practice.TeamID) ([]practice.Plan, error) {
	return list(tx, scanPlan, `SELECT `+planColumns+` FROM plan WHERE team IN `+tx.among(1)+` ORDER BY number DESC`,
		jsonOf(append([]practice.TeamID{}, teams...)))
}

// PlansInSeries returns those that do the same again under one name, without why they may
// fail.
func (tx *Tx) PlansInSeries(name practice.PlanID) ([]practice.Plan, error) {
	return list(tx, scanPlan, `SELECT `+planColumns+` FROM plan WHERE series = $1 OR id = $1 AND series = '' ORDER BY number`, name)
}

// HasPlan reports whether a team has written one.
func (tx *Tx) HasPlan(team practice.TeamID) (has bool, err error) {
	err = tx.row(`SELECT EXISTS (SELECT 1 FROM plan WHERE team = $1)`, team).Scan(&has)
	return has, err
}

// FrozenPlans returns every plan that was frozen, the first first, without why it
// may fail.
func (tx *Tx) FrozenPlans() ([]practice.Plan, error) {
	return list(tx, scanPlan, `SELECT `+planColumns+` FROM plan WHERE frozen_at > 0 ORDER BY number`)
}

// withReasons reads why a plan may fail, in the order of ids that tell nothing.
func (tx *Tx) withReasons(p practice.Plan, err error) (practice.Plan, error) {
	if err != nil {
		return p, err
	}
	p.Reasons, err = list(tx, scanText[string], `SELECT body FROM reason WHERE plan = $1 ORDER BY id`, p.ID)
	return p, err
}

// SavePlan writes a plan back over version was, all but why it may fail. It
// returns [practice.ErrChanged] where somebody was faster.
func (tx *Tx) SavePlan(p practice.Plan, was int) error {
	i := p.Intent
	n, err := tx.exec(`UPDATE plan SET title = $3, aim = $4, hard = $5, notice = $6, signals = $7, ask = $8, stop = $9, version = $10,
			opened_at = $11, frozen_at = $12, print = $13, added = $14, learns = $15, look_at = $16, series = $17
		WHERE id = $1 AND version = $2`,
		p.ID, was, i.Title, i.Aim, i.Hard, i.Notice, jsonOf(i.Signals), i.Ask, i.Stop, p.Version, p.OpenedAt, p.FrozenAt, p.Print,
		jsonOf(writeAdditions(p.Added)), i.Learns, p.LookAt, p.Series)
	if err != nil {
		return fmt.Errorf("save plan: %w", err)
	}
	if n == 0 {
		return practice.ErrChanged
	}
	return nil
}

// SetReasons replaces why a plan may fail. All of them are written, in a random
// order and under new ids, so that neither the order of rows nor a transaction
// tells which of them came first or last.
func (tx *Tx) SetReasons(p practice.PlanID, reasons []string) error {
	if _, err := tx.exec(`DELETE FROM reason WHERE plan = $1`, p); err != nil {
		return fmt.Errorf("write reasons: %w", err)
	}
	order, err := tx.shuffled(len(reasons))
	if err != nil {
		return err
	}
	for _, i := range order {
		if _, err := tx.exec(`INSERT INTO reason (id, plan, body) VALUES ($1, $2, $3)`, tx.NewBlindID("rsn"), p, reasons[i]); err != nil {
			return fmt.Errorf("write reasons: %w", err)
		}
	}
	return nil
}

// RemovePlan takes a draft out of the database, and out of its files with the next
// [Store.Scrub].
func (tx *Tx) RemovePlan(p practice.PlanID) error {
	const ofDraft = ` WHERE plan IN (SELECT id FROM plan WHERE id = $1 AND frozen_at = 0)`
	for _, statement := range []string{
		`DELETE FROM assumption_use` + ofDraft,
		`DELETE FROM inherited` + ofDraft,
		`DELETE FROM look` + ofDraft,
		`DELETE FROM firing` + ofDraft,
		`DELETE FROM monitor` + ofDraft,
		`DELETE FROM redaction_print WHERE redaction IN (SELECT id FROM redaction` + ofDraft + `)`,
		`DELETE FROM redaction` + ofDraft,
		`DELETE FROM reason` + ofDraft,
		`DELETE FROM plan WHERE id = $1 AND frozen_at = 0`,
	} {
		if _, err := tx.exec(statement, p); err != nil {
			return fmt.Errorf("remove plan: %w", err)
		}
	}
	return tx.erases("plan", "inherited", "assumption_use")
}

func scanPlan(r scanner) (practice.Plan, error) {
	var p practice.Plan
	var added []addition
	i := &p.Intent
	err := r.Scan(&p.ID, &p.Number, &p.Team, &i.Title, &i.Aim, &i.Hard, &i.Notice, fromJSON{&i.Signals}, &i.Ask, &i.Stop, &p.Version,
		at{&p.BegunAt}, at{&p.OpenedAt}, at{&p.FrozenAt}, &p.Print, fromJSON{&added}, &i.Learns, at{&p.LookAt}, &p.Series)
	for _, a := range added {
		p.Added = append(p.Added, practice.Addition{Text: a.Text, At: moment(a.At)})
	}
	return p, err
}

// addition is one as its column keeps it.
type addition struct {
	Text string
	At   int64 // in microseconds
}

func writeAdditions(all []practice.Addition) []addition {
	out := make([]addition, len(all))
	for i, a := range all {
		out[i] = addition{a.Text, micro(a.At)}
	}
	return out
}
