package store

import (
	"errors"
	"fmt"

	"debrief/internal/practice"
)

const effectColumns = `gap, what, ask_at, said, body, said_at`

// Effect returns what is watched of a change; without what is watched where nothing is.
func (tx *Tx) Effect(g practice.GapID) (practice.Effect, error) {
	e, err := scanEffect(tx.row(`SELECT `+effectColumns+` FROM effect WHERE gap = $1`, g))
	if errors.Is(err, practice.ErrNotFound) {
		return practice.Effect{Gap: g}, nil
	}
	return e, err
}

// SaveEffect keeps it over what it was. It returns [practice.ErrChanged] where somebody
// answered meanwhile.
func (tx *Tx) SaveEffect(e, was practice.Effect) error {
	n, err := tx.exec(`INSERT INTO effect (`+effectColumns+`, told) VALUES ($1, $2, $3, $4, $5, $6, FALSE)
		ON CONFLICT (gap) DO UPDATE SET what = excluded.what, ask_at = excluded.ask_at, said = excluded.said, body = excluded.body,
			said_at = excluded.said_at, told = effect.told AND effect.ask_at = excluded.ask_at WHERE effect.said = $7`,
		e.Gap, e.What, e.AskAt, e.Said, e.Text, e.SaidAt, was.Said)
	if err != nil {
		return fmt.Errorf("save effect: %w", err)
	}
	if n == 0 {
		return practice.ErrChanged
	}
	return nil
}

// RemoveEffect forgets what is watched of a change that a room takes back.
func (tx *Tx) RemoveEffect(g practice.GapID) error {
	return tx.remove(g, `DELETE FROM effect WHERE gap = $1`)
}

// EffectsOf returns what is watched of the changes of a procedure, also of steps that
// were taken out, once their rooms have closed.
func (tx *Tx) EffectsOf(p practice.ProcedureID) ([]practice.Effect, error) {
	return list(tx, scanEffect, `SELECT `+effectColumns+` FROM effect
		WHERE gap IN (SELECT revision.gap FROM revision JOIN gap ON gap.id = revision.gap JOIN review ON review.id = gap.review
			WHERE revision.procedure = $1 AND review.closed_at > 0) ORDER BY gap`, p)
}

// EffectsDue returns what waits for a word of somebody, the longest waiting first.
func (tx *Tx) EffectsDue(m practice.MemberID) ([]practice.Effect, error) {
	return list(tx, scanEffect, `SELECT `+effectColumns+` FROM effect WHERE said = '' AND ask_at <= $2 AND gap IN (SELECT gap.id FROM carry
		JOIN gap ON gap.review = carry.review WHERE carry.carrier = $1 AND carry.state <> 'offered') ORDER BY ask_at, gap`, m, tx.now)
}

// UntoldEffects returns what waits for a word, and nobody was told so.
func (tx *Tx) UntoldEffects() ([]practice.Effect, error) {
	return list(tx, scanEffect, `SELECT `+effectColumns+` FROM effect WHERE said = '' AND ask_at <= $1 AND NOT told ORDER BY ask_at, gap`, tx.now)
}

// ToldOfEffect keeps that whoever carries a change was told.
func (tx *Tx) ToldOfEffect(g practice.GapID) error {
	n, err := tx.exec(`UPDATE effect SET told = TRUE WHERE gap = $1`, g)
	return found(n, err, "told of an effect")
}

func scanEffect(r scanner) (e practice.Effect, err error) {
	err = r.Scan(&e.Gap, &e.What, at{&e.AskAt}, &e.Said, &e.Text, at{&e.SaidAt})
	return e, err
}
