package store

import (
	"fmt"

	"debrief/internal/practice"
)

// SetInherited keeps what a plan says to something known, in the place of what it
// said before.
func (tx *Tx) SetInherited(i practice.Inherited) error {
	_, err := tx.exec(`INSERT INTO inherited (plan, about, says, body) VALUES ($1, $2, $3, $4)
		ON CONFLICT (plan, about) DO UPDATE SET says = excluded.says, body = excluded.body`, i.Plan, i.About, i.Says, i.Text)
	if err != nil {
		return fmt.Errorf("set inherited: %w", err)
	}
	return nil
}

// RemoveInherited takes it back.
func (tx *Tx) RemoveInherited(p practice.PlanID, about string) error {
	n, err := tx.exec(`DELETE FROM inherited WHERE plan = $1 AND about = $2`, p, about)
	return found(n, err, "remove inherited")
}

// Inherited returns what a plan says to what was known, in the order of ids.
func (tx *Tx) Inherited(p practice.PlanID) ([]practice.Inherited, error) {
	return list(tx, func(r scanner) (i practice.Inherited, err error) {
		return i, r.Scan(&i.Plan, &i.About, &i.Says, &i.Text)
	}, `SELECT plan, about, says, body FROM inherited WHERE plan = $1 ORDER BY about`, p)
}
