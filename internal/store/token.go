package store

import (
	"fmt"
	"strings"
	"time"

	"debrief/internal/practice"
)

const tokenColumns = `id, member, name, scopes, ends_at, seen_day`

// AddToken keeps an API token by the hash of its secret.
func (tx *Tx) AddToken(t practice.Token, hash string) error {
	scopes := make([]string, len(t.Scopes))
	for i, s := range t.Scopes {
		scopes[i] = string(s)
	}
	_, err := tx.exec(`INSERT INTO token (id, member, name, hash, scopes, ends_at, seen_day) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		t.ID, t.Member, t.Name, hash, strings.Join(scopes, " "), t.EndsAt, t.SeenAt)
	if err != nil {
		return fmt.Errorf("add token: %w", err)
	}
	return nil
}

// TokenByHash returns the token whose secret has this hash, ended or not.
func (tx *Tx) TokenByHash(hash string) (practice.Token, error) {
	return scanToken(tx.row(`SELECT `+tokenColumns+` FROM token WHERE hash = $1`, hash))
}

// Token returns a token by its id.
func (tx *Tx) Token(id practice.TokenID) (practice.Token, error) {
	return scanToken(tx.row(`SELECT `+tokenColumns+` FROM token WHERE id = $1`, id))
}

// Tokens returns a person's tokens, ended ones too until they are forgotten.
func (tx *Tx) Tokens(member practice.MemberID) ([]practice.Token, error) {
	return list(tx, scanToken, `SELECT `+tokenColumns+` FROM token WHERE member = $1 ORDER BY id`, member)
}

// SeeToken notes the day a token was used.
func (tx *Tx) SeeToken(id practice.TokenID, day time.Time) error {
	n, err := tx.exec(`UPDATE token SET seen_day = $2 WHERE id = $1`, id, day)
	return found(n, err, "see token")
}

// EndToken forgets a token.
func (tx *Tx) EndToken(id practice.TokenID) error {
	n, err := tx.exec(`DELETE FROM token WHERE id = $1`, id)
	return found(n, err, "end token")
}

func scanToken(r scanner) (t practice.Token, err error) {
	var scopes string
	err = r.Scan(&t.ID, &t.Member, &t.Name, &scopes, at{&t.EndsAt}, at{&t.SeenAt})
	for _, s := range strings.Fields(scopes) {
		t.Scopes = append(t.Scopes, practice.Scope(s))
	}
	return t, err
}
