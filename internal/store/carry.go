package store

import (
	"errors"
	"fmt"

	"debrief/internal/practice"
)

const carryColumns = `id, review, failure, team, carrier, moment, act, due_at, state, witness, proof, why, named_at, settle_at,
	coalesce(offered, '')`

// AddCarry keeps a promise.
func (tx *Tx) AddCarry(c practice.Carry) error {
	_, err := tx.exec(`INSERT INTO carry (id, review, failure, team, carrier, moment, act, due_at, state, witness, proof, why,
			named_at, settle_at, offered)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		c.ID, c.Review, c.Failure, c.Team, c.Carrier, c.Moment, c.Act, c.DueAt, c.State, c.Witness, c.Proof, c.Why,
		c.NamedAt, c.SettleAt, orNull(c.Offered))
	if err != nil {
		return fmt.Errorf("add carry: %w", err)
	}
	return tx.Admit(c.Failure, c.Carrier)
}

// Carry returns a promise by its id.
func (tx *Tx) Carry(id practice.CarryID) (practice.Carry, error) {
	return scanCarry(tx.row(`SELECT `+carryColumns+` FROM carry WHERE id = $1`, id))
}

// CarryOf returns the one promise a review closed with.
func (tx *Tx) CarryOf(r practice.ReviewID) (practice.Carry, error) {
	return scanCarry(tx.row(`SELECT `+carryColumns+` FROM carry WHERE review = $1 ORDER BY named_at DESC, id DESC LIMIT 1`, r))
}

// LastCarry returns the latest promise of a team that was named before a
// review, for the room's first sentence.
func (tx *Tx) LastCarry(team practice.TeamID, not practice.ReviewID) (practice.Carry, error) {
	return scanCarry(tx.row(`SELECT `+carryColumns+` FROM carry WHERE team = $1 AND review <> $2
		ORDER BY id DESC LIMIT 1`, team, not))
}

// Carries returns the promises of a team, those still on their way first.
func (tx *Tx) Carries(team practice.TeamID) ([]practice.Carry, error) {
	return list(tx, scanCarry, `SELECT `+carryColumns+` FROM carry WHERE team = $1
		ORDER BY CASE WHEN settle_at = 0 THEN 0 ELSE 1 END, due_at, id`, team)
}

// CarriedBy returns the promises one person still carries or is asked to.
func (tx *Tx) CarriedBy(m practice.MemberID) ([]practice.Carry, error) {
	return list(tx, scanCarry, `SELECT `+carryColumns+` FROM carry
		WHERE settle_at = 0 AND (carrier = $1 OR offered = $1) ORDER BY due_at, id`, m)
}

// SaveCarry writes back where a promise stands. It returns
// [practice.ErrChanged] where somebody else moved it from was in the meantime.
func (tx *Tx) SaveCarry(c practice.Carry, was practice.CarryState) error {
	n, err := tx.exec(`UPDATE carry SET carrier = $3, state = $4, witness = $5, proof = $6, why = $7, settle_at = $8, offered = $9,
			moment = $10, act = $11, due_at = $12, named_at = $13
		WHERE id = $1 AND state = $2`,
		c.ID, was, c.Carrier, c.State, c.Witness, c.Proof, c.Why, c.SettleAt, orNull(c.Offered), c.Moment, c.Act, c.DueAt, c.NamedAt)
	if err != nil {
		return fmt.Errorf("save carry: %w", err)
	}
	if n == 0 {
		return practice.ErrChanged
	}
	return errors.Join(tx.Admit(c.Failure, c.Carrier), tx.Admit(c.Failure, c.Offered))
}

func scanCarry(r scanner) (practice.Carry, error) {
	var c practice.Carry
	err := r.Scan(&c.ID, &c.Review, &c.Failure, &c.Team, &c.Carrier, &c.Moment, &c.Act, at{&c.DueAt}, &c.State, &c.Witness,
		&c.Proof, &c.Why, at{&c.NamedAt}, at{&c.SettleAt}, &c.Offered)
	return c, err
}
