package store

import (
	"fmt"
	"maps"
	"slices"

	"debrief/internal/practice"
)

// marked is where answers stand under the marks of browsers: in a table, by what was
// asked about.
type marked struct{ table, column, id string }

// about are the answers of a table to what was asked about a review.
func about(table string, r practice.ReviewID) marked { return marked{table, "review", string(r)} }

// saidUnder returns what was said, by the mark.
func (tx *Tx) saidUnder(in marked) (map[string]string, error) {
	type said struct{ mark, answer string }
	rows, err := list(tx, func(row scanner) (s said, err error) { return s, row.Scan(&s.mark, &s.answer) },
		`SELECT mark, answer FROM `+in.table+` WHERE `+in.column+` = $1`, in.id)
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
func (tx *Tx) sayUnder(in marked, mark, answer string) error {
	all, err := tx.saidUnder(in)
	if err != nil {
		return err
	}
	all[mark] = answer
	if _, err := tx.exec(`DELETE FROM `+in.table+` WHERE `+in.column+` = $1`, in.id); err != nil {
		return fmt.Errorf("write an unnamed answer: %w", err)
	}
	for _, mark := range slices.Sorted(maps.Keys(all)) {
		if _, err := tx.exec(`INSERT INTO `+in.table+` (`+in.column+`, mark, answer) VALUES ($1, $2, $3)`, in.id, mark, all[mark]); err != nil {
			return fmt.Errorf("write an unnamed answer: %w", err)
		}
	}
	return tx.EnqueueAt("store.scrub", tx.Now())
}
