package store

import (
	"fmt"
	"maps"
	"slices"

	"debrief/internal/practice"
)

// saidUnder returns what was said in a table of answers, by the mark.
func (tx *Tx) saidUnder(table string, r practice.ReviewID) (map[string]string, error) {
	type said struct{ mark, answer string }
	rows, err := list(tx, func(row scanner) (s said, err error) { return s, row.Scan(&s.mark, &s.answer) },
		`SELECT mark, answer FROM `+table+` WHERE review = $1`, r)
	all := map[string]string{}
	for _, s := range rows {
		all[s.mark] = s.answer
	}
	return all, err
}

// sayUnder keeps one answer under its mark, in the place of an earlier one. All
// answers are written again, in the order of their marks, so that neither the order
// of rows nor a transaction tells which of them came last. What the files still have of
// who did something by name just before goes with the scrub it asks for.
func (tx *Tx) sayUnder(table string, r practice.ReviewID, mark, answer string) error {
	all, err := tx.saidUnder(table, r)
	if err != nil {
		return err
	}
	all[mark] = answer
	if _, err := tx.exec(`DELETE FROM `+table+` WHERE review = $1`, r); err != nil {
		return fmt.Errorf("write an unnamed answer: %w", err)
	}
	for _, mark := range slices.Sorted(maps.Keys(all)) {
		if _, err := tx.exec(`INSERT INTO `+table+` (review, mark, answer) VALUES ($1, $2, $3)`, r, mark, all[mark]); err != nil {
			return fmt.Errorf("write an unnamed answer: %w", err)
		}
	}
	return tx.EnqueueAt("store.scrub", tx.Now())
}
