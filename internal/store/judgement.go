package store

import (
	"fmt"

	"debrief/internal/practice"
)

const judgementColumns = `id, gap, mark, round, kind, reason, needs, could`

// Judgements returns how a gap was judged in a round, in an order that tells
// nothing and is the same for everybody.
func (tx *Tx) Judgements(g practice.GapID, round int) ([]practice.Judgement, error) {
	return list(tx, scanJudgement, `SELECT `+judgementColumns+` FROM judgement WHERE gap = $1 AND round = $2 ORDER BY id`, g, round)
}

func scanJudgement(row scanner) (practice.Judgement, error) {
	var j practice.Judgement
	return j, row.Scan(&j.ID, &j.Gap, &j.Mark, &j.Round, &j.Kind, &j.Reason, &j.Needs, &j.Could)
}

// Judge keeps how somebody sorts a gap, in place of what carries the same mark.
// All judgements of the gap are written again, so that no transaction tells
// which of them was the last.
func (tx *Tx) Judge(j practice.Judgement) error {
	all, err := tx.judgementsOf(j.Gap)
	if err != nil {
		return err
	}
	next := []practice.Judgement{j}
	for _, old := range all {
		if old.Mark != j.Mark {
			next = append(next, old)
		}
	}
	return tx.setJudgements(j.Gap, next)
}

// ShuffleJudgements writes the judgements of a gap again under new ids, which
// are their order: a copy of the database from before the reveal leads to none
// of them.
func (tx *Tx) ShuffleJudgements(g practice.GapID) error {
	return tx.renewJudgements(g, func(*practice.Judgement) {})
}

// renewJudgements changes the judgements of a gap and gives them new ids.
func (tx *Tx) renewJudgements(g practice.GapID, change func(*practice.Judgement)) error {
	all, err := tx.judgementsOf(g)
	if err != nil {
		return err
	}
	for i := range all {
		all[i].ID = practice.AnswerID(tx.NewBlindID("ans"))
		change(&all[i])
	}
	return tx.setJudgements(g, all)
}

func (tx *Tx) judgementsOf(g practice.GapID) ([]practice.Judgement, error) {
	return list(tx, scanJudgement, `SELECT `+judgementColumns+` FROM judgement WHERE gap = $1 ORDER BY id`, g)
}

// setJudgements replaces the judgements of a gap; all rows are written, in a
// random order.
func (tx *Tx) setJudgements(g practice.GapID, all []practice.Judgement) error {
	if _, err := tx.exec(`DELETE FROM judgement WHERE gap = $1`, g); err != nil {
		return fmt.Errorf("write judgements: %w", err)
	}
	order, err := tx.shuffled(len(all))
	if err != nil {
		return err
	}
	for _, i := range order {
		j := all[i]
		_, err := tx.exec(`INSERT INTO judgement (`+judgementColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			j.ID, g, j.Mark, j.Round, j.Kind, j.Reason, j.Needs, j.Could)
		if err != nil {
			return fmt.Errorf("write judgements: %w", err)
		}
	}
	return nil
}
