package store

import (
	"encoding/json"
	"fmt"

	"debrief/internal/practice"
)

// AddParting keeps how somebody stood when they were let go.
func (tx *Tx) AddParting(p practice.Parting) error {
	_, err := tx.exec(`INSERT INTO parting (member, at, stood) VALUES ($1, $2, $3)
		ON CONFLICT (member) DO UPDATE SET at = excluded.at, stood = excluded.stood`, p.Member, p.At, jsonOf(p))
	if err != nil {
		return fmt.Errorf("add parting: %w", err)
	}
	return nil
}

// Parting returns how somebody stood who was let go within the last day, and
// [practice.ErrNotFound] for everybody else.
func (tx *Tx) Parting(m practice.MemberID) (practice.Parting, error) {
	stood, err := scanText[string](tx.row(`SELECT stood FROM parting WHERE member = $1 AND at > $2`, m, tx.Now().Add(-practice.WayBack)))
	if err != nil {
		return practice.Parting{}, err
	}
	var p practice.Parting
	if err := json.Unmarshal([]byte(stood), &p); err != nil {
		return p, fmt.Errorf("read parting: %w", err)
	}
	return p, nil
}

// RemoveParting ends the way back of one person.
func (tx *Tx) RemoveParting(m practice.MemberID) error {
	if _, err := tx.exec(`DELETE FROM parting WHERE member = $1`, m); err != nil {
		return fmt.Errorf("remove parting: %w", err)
	}
	return nil
}

// SaveLead changes who called a review.
func (tx *Tx) SaveLead(r practice.ReviewID, lead practice.MemberID) error {
	n, err := tx.exec(`UPDATE review SET lead = $2 WHERE id = $1`, r, lead)
	if err := found(n, err, "save who called a review"); err != nil {
		return err
	}
	is, err := tx.Review(r)
	if err != nil {
		return err
	}
	return tx.Admit(is.Failure, lead)
}
