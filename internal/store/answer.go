package store

import (
	"fmt"
	"math/rand/v2"

	"debrief/internal/practice"
)

const answerColumns = `id, review, phase, seat, place, body, actual, parted, shows, silent, spoken, added`

// Answers returns the answers to a question of a review, in the one order in
// which everybody reads them.
func (tx *Tx) Answers(r practice.ReviewID, p practice.Phase) ([]practice.Answer, error) {
	return list(tx, scanAnswer, `SELECT `+answerColumns+` FROM answer WHERE review = $1 AND phase = $2 ORDER BY place, id`, r, p)
}

// AnswerBy returns what a seat wrote to a question before the reveal. What it
// wrote down for somebody else is not its own.
func (tx *Tx) AnswerBy(s practice.Seat, p practice.Phase) (practice.Answer, error) {
	return scanAnswer(tx.row(`SELECT `+answerColumns+` FROM answer
		WHERE review = $1 AND phase = $2 AND seat = $3 AND NOT spoken AND NOT added`, s.Review, p, s.Key))
}

func scanAnswer(row scanner) (practice.Answer, error) {
	var a practice.Answer
	return a, row.Scan(&a.ID, &a.Review, &a.Phase, &a.Seat, &a.Place, &a.Text, &a.Actual, &a.Where, &a.Shows, &a.Nothing, &a.Spoken, &a.Added)
}

// AddAnswer keeps an answer.
func (tx *Tx) AddAnswer(a practice.Answer) error {
	_, err := tx.exec(`INSERT INTO answer (`+answerColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		a.ID, a.Review, a.Phase, a.Seat, a.Place, a.Text, a.Actual, a.Where, a.Shows, a.Nothing, a.Spoken, a.Added)
	if err != nil {
		return fmt.Errorf("add answer: %w", err)
	}
	return nil
}

// RemoveAnswer takes an answer back, which only its own seat does, before the
// reveal, to write another in its place.
func (tx *Tx) RemoveAnswer(id practice.AnswerID) error {
	if _, err := tx.exec(`DELETE FROM answer WHERE id = $1`, id); err != nil {
		return fmt.Errorf("remove answer: %w", err)
	}
	return nil
}

// Written is how many of the seats of a review have written to a question, and
// how many answers there are: some may be of seats that were freed, or spoken.
func (tx *Tx) Written(r practice.ReviewID, p practice.Phase) (seats, answers int, err error) {
	err = tx.row(`SELECT count(DISTINCT CASE WHEN NOT spoken AND seat IN (SELECT hash FROM seat WHERE review = $1) THEN seat END), count(*)
		FROM answer WHERE review = $1 AND phase = $2`, r, p).Scan(&seats, &answers)
	if err != nil {
		return 0, 0, fmt.Errorf("count answers: %w", err)
	}
	return seats, answers, nil
}

// ShuffleAnswers puts the answers to a question into the one order in which
// everybody reads them, and writes all of them again under new ids: afterwards
// neither rows nor transactions tell who came first.
func (tx *Tx) ShuffleAnswers(r practice.ReviewID, p practice.Phase) error {
	return tx.rewriteAnswers(r, p, func(*practice.Answer) {})
}

// rewriteAnswers writes the answers to a question again: those from before the
// reveal in their order if they have one, else shuffled, those added behind
// them shuffled.
func (tx *Tx) rewriteAnswers(r practice.ReviewID, p practice.Phase, change func(*practice.Answer)) error {
	answers, err := tx.Answers(r, p)
	if err != nil {
		return err
	}
	var early, added []practice.Answer
	shuffled := false
	for _, a := range answers {
		shuffled = shuffled || a.Place > 0
		if a.Added {
			added = append(added, a)
		} else {
			early = append(early, a)
		}
	}
	if !shuffled {
		if err := tx.shuffle(len(early), func(i, j int) { early[i], early[j] = early[j], early[i] }); err != nil {
			return err
		}
	}
	if err := tx.shuffle(len(added), func(i, j int) { added[i], added[j] = added[j], added[i] }); err != nil {
		return err
	}
	if _, err := tx.exec(`DELETE FROM answer WHERE review = $1 AND phase = $2`, r, p); err != nil {
		return fmt.Errorf("shuffle answers: %w", err)
	}
	for i, a := range append(early, added...) {
		a.ID, a.Place = practice.AnswerID(tx.NewBlindID("ans")), i+1
		change(&a)
		if err := tx.AddAnswer(a); err != nil {
			return err
		}
	}
	return nil
}

// shuffle swaps n things into a random order.
func (tx *Tx) shuffle(n int, swap func(i, j int)) error {
	var seed [32]byte
	if _, err := tx.random.Read(seed[:]); err != nil {
		return fmt.Errorf("shuffle: %w", err)
	}
	rand.New(rand.NewChaCha8(seed)).Shuffle(n, swap)
	return nil
}
