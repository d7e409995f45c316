package store

import (
	"errors"
	"fmt"

	"debrief/internal/practice"
)

const contactColumns = `member, mail, asked, asked_at, secret, muted, weekly, zone, quiet_from, quiet_to`

// Contact returns how and when messages reach a person. Somebody who never
// chose anything is reached by none, and has the usual quiet hours.
func (tx *Tx) Contact(m practice.MemberID) (practice.Contact, error) {
	c, err := scanContact(tx.row(`SELECT `+contactColumns+` FROM contact WHERE member = $1`, m))
	if errors.Is(err, practice.ErrNotFound) {
		return practice.Contact{Member: m, QuietFrom: practice.QuietFrom, QuietTo: practice.QuietTo}, nil
	}
	return c, err
}

// ContactBySecret returns the one whose mail address waits for this secret.
func (tx *Tx) ContactBySecret(secret string) (practice.Contact, error) {
	return scanContact(tx.row(`SELECT `+contactColumns+` FROM contact WHERE secret = $1 AND secret <> ''`, secret))
}

// SaveContact keeps it.
func (tx *Tx) SaveContact(c practice.Contact) error {
	_, err := tx.exec(`INSERT INTO contact (`+contactColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (member) DO UPDATE SET mail = excluded.mail, asked = excluded.asked, asked_at = excluded.asked_at,
			secret = excluded.secret, muted = excluded.muted, weekly = excluded.weekly, zone = excluded.zone,
			quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to`,
		c.Member, c.Mail, c.Asked, c.AskedAt, c.Secret, c.Muted, c.Weekly, c.Zone, c.QuietFrom, c.QuietTo)
	if err != nil {
		return fmt.Errorf("save contact: %w", err)
	}
	return nil
}

// ForgetContact removes all by which a person was reached, and what was on its
// way to them.
func (tx *Tx) ForgetContact(m practice.MemberID) error {
	for _, statement := range []string{`DELETE FROM contact WHERE member = $1`, `DELETE FROM dispatch WHERE member = $1`} {
		if _, err := tx.exec(statement, m); err != nil {
			return fmt.Errorf("forget contact: %w", err)
		}
	}
	return nil
}

func scanContact(r scanner) (c practice.Contact, err error) {
	err = r.Scan(&c.Member, &c.Mail, &c.Asked, at{&c.AskedAt}, &c.Secret, &c.Muted, &c.Weekly, &c.Zone, &c.QuietFrom, &c.QuietTo)
	return c, err
}

// Feed returns the calendar of a person, or [practice.ErrNotFound].
func (tx *Tx) Feed(m practice.MemberID) (practice.Feed, error) {
	return scanFeed(tx.row(`SELECT member, titles, made_day FROM feed WHERE member = $1`, m))
}

// FeedByHash returns the one whose secret has this hash.
func (tx *Tx) FeedByHash(hash string) (practice.Feed, error) {
	return scanFeed(tx.row(`SELECT member, titles, made_day FROM feed WHERE hash = $1`, hash))
}

// SaveFeed keeps a calendar under a new secret; the one before opens nothing
// any more.
func (tx *Tx) SaveFeed(f practice.Feed, hash string) error {
	_, err := tx.exec(`INSERT INTO feed (member, hash, titles, made_day) VALUES ($1, $2, $3, $4)
		ON CONFLICT (member) DO UPDATE SET hash = excluded.hash, titles = excluded.titles, made_day = excluded.made_day`,
		f.Member, hash, f.Titles, f.MadeAt)
	if err != nil {
		return fmt.Errorf("save feed: %w", err)
	}
	return nil
}

// SaveFeedTitles chooses whether a calendar says what went wrong. Its address
// stays.
func (tx *Tx) SaveFeedTitles(m practice.MemberID, titles bool) error {
	n, err := tx.exec(`UPDATE feed SET titles = $2 WHERE member = $1`, m, titles)
	return found(n, err, "save feed")
}

// EndFeed ends a calendar. Ending one that is not there does nothing.
func (tx *Tx) EndFeed(m practice.MemberID) error {
	if _, err := tx.exec(`DELETE FROM feed WHERE member = $1`, m); err != nil {
		return fmt.Errorf("end feed: %w", err)
	}
	return nil
}

func scanFeed(r scanner) (f practice.Feed, err error) {
	err = r.Scan(&f.Member, &f.Titles, at{&f.MadeAt})
	return f, err
}

// Channel returns what of a team goes out: without titles and to no chat until
// somebody says otherwise.
func (tx *Tx) Channel(team practice.TeamID) (practice.Channel, error) {
	c := practice.Channel{Team: team}
	err := tx.row(`SELECT address, titles, fault, tried_at FROM channel WHERE team = $1`, team).
		Scan(&c.Address, &c.Titles, &c.Fault, at{&c.TriedAt})
	if errors.Is(err, practice.ErrNotFound) {
		err = nil
	}
	return c, err
}

// SaveChannel keeps it.
func (tx *Tx) SaveChannel(c practice.Channel) error {
	_, err := tx.exec(`INSERT INTO channel (team, address, titles, fault, tried_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (team) DO UPDATE SET address = excluded.address, titles = excluded.titles, fault = excluded.fault,
			tried_at = excluded.tried_at`, c.Team, c.Address, c.Titles, c.Fault, c.TriedAt)
	if err != nil {
		return fmt.Errorf("save channel: %w", err)
	}
	return nil
}
