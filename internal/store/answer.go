package store

import (
	"fmt"
	"math/rand/v2"

	"debrief/internal/practice"
)

const answerColumns = `id, review, phase, mark, place, body, actual, parted, shows, silent, spoken, added`

// Answers returns the answers to a question of a review, in the one order in
// which everybody reads them.
func (tx *Tx) Answers(r practice.ReviewID, p practice.Phase) ([]practice.Answer, error) {
	return list(tx, scanAnswer, `SELECT `+answerColumns+` FROM answer WHERE review = $1 AND phase = $2 ORDER BY place, id`, r, p)
}

func scanAnswer(row scanner) (practice.Answer, error) {
	var a practice.Answer
	return a, row.Scan(&a.ID, &a.Review, &a.Phase, &a.Mark, &a.Place, &a.Text, &a.Actual, &a.Where, &a.Shows, &a.Nothing, &a.Spoken, &a.Added)
}

// SetAnswers replaces the answers to a question. All of them are written, in a
// random order, so that neither the order of rows nor a transaction tells which
// of them came first or last.
func (tx *Tx) SetAnswers(r practice.ReviewID, p practice.Phase, answers []practice.Answer) error {
	if _, err := tx.exec(`DELETE FROM answer WHERE review = $1 AND phase = $2`, r, p); err != nil {
		return fmt.Errorf("write answers: %w", err)
	}
	order, err := tx.shuffled(len(answers))
	if err != nil {
		return err
	}
	for _, i := range order {
		a := answers[i]
		_, err := tx.exec(`INSERT INTO answer (`+answerColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
			a.ID, r, p, a.Mark, a.Place, a.Text, a.Actual, a.Where, a.Shows, a.Nothing, a.Spoken, a.Added)
		if err != nil {
			return fmt.Errorf("write answers: %w", err)
		}
	}
	return nil
}

// ShuffleAnswers puts the answers to a question into the one order in which
// everybody reads them, under new ids: a copy of the database from before the
// reveal leads to none of them.
func (tx *Tx) ShuffleAnswers(r practice.ReviewID, p practice.Phase) error {
	answers, err := tx.Answers(r, p)
	if err != nil {
		return err
	}
	order, err := tx.shuffled(len(answers))
	if err != nil {
		return err
	}
	for i := range answers {
		answers[i].ID, answers[i].Place = practice.AnswerID(tx.NewBlindID("ans")), order[i]+1
	}
	return tx.SetAnswers(r, p, answers)
}

// forgetMarks takes the marks of seats off the answers to a question, which get
// new ids once more. They stay in the order in which they were read.
func (tx *Tx) forgetMarks(r practice.ReviewID, p practice.Phase) error {
	answers, err := tx.Answers(r, p)
	if err != nil {
		return err
	}
	for i := range answers {
		answers[i].ID, answers[i].Mark = practice.AnswerID(tx.NewBlindID("ans")), ""
	}
	return tx.SetAnswers(r, p, answers)
}

// shuffled returns the numbers from 0 to n-1 in a random order.
func (tx *Tx) shuffled(n int) ([]int, error) {
	var seed [32]byte
	if _, err := tx.random.Read(seed[:]); err != nil {
		return nil, fmt.Errorf("shuffle: %w", err)
	}
	return rand.New(rand.NewChaCha8(seed)).Perm(n), nil
}
