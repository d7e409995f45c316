package store

import (
	"fmt"

	"debrief/internal/practice"
)

// SaveTeamCode gives a team its code. The one before leads nowhere from then
// on.
func (tx *Tx) SaveTeamCode(c practice.TeamCode) error {
	_, err := tx.exec(`INSERT INTO code (team, words, ends_at) VALUES ($1, $2, $3)
		ON CONFLICT (team) DO UPDATE SET words = excluded.words, ends_at = excluded.ends_at`, c.Team, c.Words, c.EndsAt)
	if err != nil {
		return fmt.Errorf("save code: %w", err)
	}
	return nil
}

// TeamCode returns the code of a team, over or not.
func (tx *Tx) TeamCode(team practice.TeamID) (practice.TeamCode, error) {
	return scanCode(tx.row(`SELECT team, words, ends_at FROM code WHERE team = $1`, team))
}

// TeamCodeByWords returns the code with these words, if it is not over.
func (tx *Tx) TeamCodeByWords(words string) (practice.TeamCode, error) {
	return scanCode(tx.row(`SELECT team, words, ends_at FROM code WHERE words = $1 AND ends_at > $2`, words, tx.Now()))
}

func scanCode(r scanner) (c practice.TeamCode, err error) {
	err = r.Scan(&c.Team, &c.Words, at{&c.EndsAt})
	return c, err
}

const knockColumns = `id, team, name, coalesce(member, ''), words, label, state, coalesce(let_in_by, ''), at, ends_at, issuer, subject`

// AddKnock keeps that somebody asks to come in. hash is of what their device
// holds; empty where it is in already.
func (tx *Tx) AddKnock(k practice.Knock, hash string) error {
	_, err := tx.exec(`INSERT INTO knock (id, team, name, member, words, label, state, let_in_by, at, ends_at, issuer, subject, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		k.ID, k.Team, k.Name, orNull(k.Member), k.Words, k.Label, k.State, orNull(k.By), k.At, k.EndsAt, k.Identity.Issuer, k.Identity.Subject, hash)
	if err != nil {
		return fmt.Errorf("add knock: %w", err)
	}
	return nil
}

// Knock returns one by its id, over or not.
func (tx *Tx) Knock(id practice.KnockID) (practice.Knock, error) {
	return scanKnock(tx.row(`SELECT `+knockColumns+` FROM knock WHERE id = $1`, id))
}

// KnockByHash returns the one whose device holds the secret of this hash, over
// or not.
func (tx *Tx) KnockByHash(hash string) (practice.Knock, error) {
	if hash == "" {
		return practice.Knock{}, practice.ErrNotFound
	}
	return scanKnock(tx.row(`SELECT `+knockColumns+` FROM knock WHERE hash = $1`, hash))
}

// Knocks returns who waits at the door of a team, the longest first.
func (tx *Tx) Knocks(team practice.TeamID) ([]practice.Knock, error) {
	return list(tx, scanKnock, `SELECT `+knockColumns+` FROM knock
		WHERE team = $1 AND state = $2 AND ends_at > $3 ORDER BY at, id`, team, practice.KnockWaiting, tx.Now())
}

// AnswerKnock keeps a yes or a no. Of two at once, one gets
// [practice.ErrChanged].
func (tx *Tx) AnswerKnock(k practice.Knock) error {
	n, err := tx.exec(`UPDATE knock SET state = $2, let_in_by = $3, member = $4, ends_at = $5 WHERE id = $1 AND state = $6`,
		k.ID, k.State, k.By, orNull(k.Member), k.EndsAt, practice.KnockWaiting)
	if err == nil && n == 0 {
		return practice.ErrChanged
	}
	if err != nil {
		return fmt.Errorf("answer knock: %w", err)
	}
	return nil
}

// RemoveKnock forgets one. Of two at once, one gets [practice.ErrNotFound].
func (tx *Tx) RemoveKnock(id practice.KnockID) error {
	n, err := tx.exec(`DELETE FROM knock WHERE id = $1`, id)
	return found(n, err, "remove knock")
}

// RemoveKnocksOf forgets what somebody who is in asked of a team.
func (tx *Tx) RemoveKnocksOf(m practice.MemberID, team practice.TeamID) error {
	if _, err := tx.exec(`DELETE FROM knock WHERE member = $1 AND team = $2`, m, team); err != nil {
		return fmt.Errorf("remove knocks: %w", err)
	}
	return nil
}

func scanKnock(r scanner) (k practice.Knock, err error) {
	err = r.Scan(&k.ID, &k.Team, &k.Name, &k.Member, &k.Words, &k.Label, &k.State, &k.By, at{&k.At}, at{&k.EndsAt}, &k.Identity.Issuer, &k.Identity.Subject)
	return k, err
}

// ComesIn reports whether a person has a way in: a device, a passphrase, a
// provider they sign in at, or a link they did not open yet.
func (tx *Tx) ComesIn(m practice.MemberID) (bool, error) {
	var ways int
	err := tx.row(`SELECT (SELECT count(*) FROM device WHERE member = $1 AND ends_at > $2 AND (rests_at = 0 OR rests_at > $2))
		+ (SELECT count(*) FROM link_once WHERE member = $1 AND ends_at > $2)
		+ (SELECT count(*) FROM identity WHERE member = $1)
		+ (SELECT count(*) FROM member WHERE id = $1 AND passphrase <> '')`, m, tx.Now()).Scan(&ways)
	if err != nil {
		return false, fmt.Errorf("count ways in: %w", err)
	}
	return ways > 0, nil
}
