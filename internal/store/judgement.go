package store

import (
	"fmt"

	"debrief/internal/practice"
)

const judgementColumns = `id, gap, seat, round, kind, reason, needs, could`

// Judgements returns how a gap was judged in a round, in an order that tells
// nothing and is the same for everybody.
func (tx *Tx) Judgements(g practice.GapID, round int) ([]practice.Judgement, error) {
	return list(tx, scanJudgement, `SELECT `+judgementColumns+` FROM judgement WHERE gap = $1 AND round = $2 ORDER BY id`, g, round)
}

func scanJudgement(row scanner) (practice.Judgement, error) {
	var j practice.Judgement
	return j, row.Scan(&j.ID, &j.Gap, &j.Seat, &j.Round, &j.Kind, &j.Reason, &j.Needs, &j.Could)
}

// Judge keeps how a seat sorts a gap, in place of what it said before in the
// same round.
func (tx *Tx) Judge(j practice.Judgement) error {
	if _, err := tx.exec(`DELETE FROM judgement WHERE gap = $1 AND round = $2 AND seat = $3`, j.Gap, j.Round, j.Seat); err != nil {
		return fmt.Errorf("judge: %w", err)
	}
	return tx.addJudgement(j)
}

func (tx *Tx) addJudgement(j practice.Judgement) error {
	_, err := tx.exec(`INSERT INTO judgement (`+judgementColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		j.ID, j.Gap, j.Seat, j.Round, j.Kind, j.Reason, j.Needs, j.Could)
	if err != nil {
		return fmt.Errorf("judge: %w", err)
	}
	return nil
}

// ShuffleJudgements writes the judgements of a gap again under new ids, which
// are their order: afterwards nothing tells who judged first.
func (tx *Tx) ShuffleJudgements(g practice.GapID) error {
	return tx.rewriteJudgements(g, func(*practice.Judgement) {})
}

func (tx *Tx) rewriteJudgements(g practice.GapID, change func(*practice.Judgement)) error {
	all, err := list(tx, scanJudgement, `SELECT `+judgementColumns+` FROM judgement WHERE gap = $1 ORDER BY id`, g)
	if err != nil {
		return err
	}
	if err := tx.shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] }); err != nil {
		return err
	}
	if _, err := tx.exec(`DELETE FROM judgement WHERE gap = $1`, g); err != nil {
		return fmt.Errorf("shuffle judgements: %w", err)
	}
	for _, j := range all {
		j.ID = practice.AnswerID(tx.NewBlindID("ans"))
		change(&j)
		if err := tx.addJudgement(j); err != nil {
			return err
		}
	}
	return nil
}
