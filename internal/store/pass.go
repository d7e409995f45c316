package store

import (
	"errors"
	"fmt"
	"strings"

	"debrief/internal/practice"
)

// AddPass keeps a pass, so that it can be taken back.
func (tx *Tx) AddPass(p practice.Pass) error {
	_, err := tx.exec(`INSERT INTO pass (id, use, about, member, ends_at) VALUES ($1, $2, $3, $4, $5)`,
		p.ID, p.Use, p.About, p.Member, p.EndsAt)
	if err != nil {
		return fmt.Errorf("add pass: %w", err)
	}
	return nil
}

// Pass returns one that is neither over nor taken back.
func (tx *Tx) Pass(id practice.PassID) (practice.Pass, error) {
	return scanPass(tx.row(`SELECT id, use, about, member, ends_at FROM pass WHERE id = $1 AND ends_at > $2`, id, tx.Now()))
}

// Passes returns those about one review or promise.
func (tx *Tx) Passes(about string) ([]practice.Pass, error) {
	return list(tx, scanPass, `SELECT id, use, about, member, ends_at FROM pass WHERE about = $1 AND ends_at > $2 ORDER BY id`, about, tx.Now())
}

// EndPass takes one back. Its link opens nothing from then on.
func (tx *Tx) EndPass(id practice.PassID) error {
	n, err := tx.exec(`DELETE FROM pass WHERE id = $1`, id)
	return found(n, err, "end pass")
}

// PassSecret is what passes are sealed with, the same on every node.
func (tx *Tx) PassSecret() ([]byte, error) { return tx.Secret("passes") }

// Guest returns somebody without an account by name, who is made known where
// nobody has it. Somebody with an account is no guest ("member.known").
func (tx *Tx) Guest(name string) (practice.Member, error) {
	if err := practice.CheckName(name); err != nil {
		return practice.Member{}, err
	}
	m, err := tx.MemberByName(name)
	switch {
	case errors.Is(err, practice.ErrNotFound):
		m = practice.Member{ID: practice.MemberID(tx.NewID("mem")), Name: strings.Join(strings.Fields(name), " "), Active: true, Guest: true}
		return m, tx.AddMember(m)
	case err == nil && !m.Guest:
		return m, practice.Refuse(practice.Conflict, "member.known").At("name").With("name", m.Name)
	}
	return m, err
}

// Uninvite takes an invitation back that was not spent, and what they asked for beforehand.
func (tx *Tx) Uninvite(r practice.ReviewID, m practice.MemberID) error {
	for _, statement := range []string{`DELETE FROM invitation WHERE review = $1 AND member = $2 AND NOT spent`, `DELETE FROM talk WHERE review = $1 AND member = $2`} {
		if _, err := tx.exec(statement, r, m); err != nil {
			return fmt.Errorf("take an invitation back: %w", err)
		}
	}
	return nil
}

func scanPass(r scanner) (p practice.Pass, err error) {
	err = r.Scan(&p.ID, &p.Use, &p.About, &p.Member, at{&p.EndsAt})
	return p, err
}
