package store

import (
	"fmt"

	"debrief/internal/practice"
)

// AddIdentity keeps who a member is for a provider. It returns
// [practice.ErrChanged] where they are somebody else there, or somebody else
// here is that.
func (tx *Tx) AddIdentity(m practice.MemberID, i practice.Identity) error {
	n, err := tx.exec(`INSERT INTO identity (issuer, subject, member) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, i.Issuer, i.Subject, m)
	if err != nil {
		return fmt.Errorf("add identity: %w", err)
	}
	if n == 0 {
		return practice.ErrChanged
	}
	return nil
}

// MemberByIdentity returns whom a provider means. It compares byte by byte.
func (tx *Tx) MemberByIdentity(i practice.Identity) (practice.MemberID, error) {
	return scanText[practice.MemberID](tx.row(`SELECT member FROM identity WHERE issuer = $1 AND subject = $2`, i.Issuer, i.Subject))
}

// Identities returns who a member is for each provider.
func (tx *Tx) Identities(m practice.MemberID) ([]practice.Identity, error) {
	return list(tx, func(r scanner) (i practice.Identity, err error) {
		err = r.Scan(&i.Issuer, &i.Subject)
		return i, err
	}, `SELECT issuer, subject FROM identity WHERE member = $1 ORDER BY issuer`, m)
}

// RemoveIdentity forgets who a member is for one provider.
func (tx *Tx) RemoveIdentity(m practice.MemberID, issuer string) error {
	n, err := tx.exec(`DELETE FROM identity WHERE member = $1 AND issuer = $2`, m, issuer)
	return found(n, err, "remove identity")
}
