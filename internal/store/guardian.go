package store

import (
	"encoding/base64"
	"fmt"
	"time"

	"debrief/internal/practice"
)

const guardianQuery = `SELECT g.member, m.name, coalesce(g.named_by, ''), g.agreed, g.lookup, g.sealing, coalesce(g.end_by, '')
	FROM guardian g JOIN member m ON m.id = g.member`

func scanGuardian(r scanner) (g practice.Guardian, err error) {
	var public string
	if err = r.Scan(&g.Member, &g.Name, &g.NamedBy, &g.Agreed, &g.Lookup, &public, &g.EndBy); err != nil {
		return g, err
	}
	g.Public, err = base64.StdEncoding.DecodeString(public)
	return g, err
}

// Guardians returns those who stand and those who are put forward, by name.
func (tx *Tx) Guardians() ([]practice.Guardian, error) {
	return list(tx, scanGuardian, guardianQuery+` WHERE m.active ORDER BY m.folded`)
}

// Guardian returns one, or [practice.ErrNotFound].
func (tx *Tx) Guardian(m practice.MemberID) (practice.Guardian, error) {
	return scanGuardian(tx.row(guardianQuery+` WHERE m.active AND g.member = $1`, m))
}

// GuardianByLookup returns the one whose words these are.
func (tx *Tx) GuardianByLookup(lookup string) (practice.Guardian, error) {
	return scanGuardian(tx.row(guardianQuery+` WHERE m.active AND g.agreed AND g.lookup <> '' AND g.lookup = $1`, lookup))
}

// SaveGuardian keeps one.
func (tx *Tx) SaveGuardian(g practice.Guardian) error {
	_, err := tx.exec(`INSERT INTO guardian (member, named_by, agreed, lookup, sealing, end_by) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (member) DO UPDATE SET named_by = excluded.named_by, agreed = excluded.agreed, lookup = excluded.lookup,
			sealing = excluded.sealing, end_by = excluded.end_by`,
		g.Member, orNull(g.NamedBy), g.Agreed, g.Lookup, base64.StdEncoding.EncodeToString(g.Public), orNull(g.EndBy))
	if err != nil {
		return fmt.Errorf("save guardian: %w", err)
	}
	return nil
}

// EndGuardian ends one. What was sealed to them stays sealed.
func (tx *Tx) EndGuardian(m practice.MemberID) error {
	n, err := tx.exec(`DELETE FROM guardian WHERE member = $1`, m)
	return found(n, err, "end guardian")
}

const misuseColumns = `id, lookup, sealing, readers, state, day, closed_on, read_within`

func scanMisuse(r scanner) (m practice.Misuse, err error) {
	var public string
	if err = r.Scan(&m.ID, &m.Lookup, &public, fromJSON{&m.Readers}, &m.State, at{&m.Day}, at{&m.ClosedOn}, &m.Read); err != nil {
		return m, err
	}
	m.Public, err = base64.StdEncoding.DecodeString(public)
	return m, err
}

// AddMisuse keeps a case, in the transaction that releases it.
func (tx *Tx) AddMisuse(m practice.Misuse) error {
	_, err := tx.exec(`INSERT INTO misuse (`+misuseColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		m.ID, m.Lookup, base64.StdEncoding.EncodeToString(m.Public), jsonOf(m.Readers), m.State, m.Day, m.ClosedOn, m.Read)
	if err != nil {
		return fmt.Errorf("add misuse: %w", err)
	}
	return nil
}

// SaveMisuse keeps where a case stands.
func (tx *Tx) SaveMisuse(m practice.Misuse) error {
	n, err := tx.exec(`UPDATE misuse SET state = $2, closed_on = $3 WHERE id = $1`, m.ID, m.State, m.ClosedOn)
	return found(n, err, "save misuse")
}

// MisuseRead keeps how long a case waited until a guardian first read it. Who else reads it
// later changes nothing.
func (tx *Tx) MisuseRead(id practice.MisuseID, within practice.Wait) error {
	_, err := tx.exec(`UPDATE misuse SET read_within = $2 WHERE id = $1 AND read_within = ''`, id, within)
	if err != nil {
		return fmt.Errorf("keep that a case was read: %w", err)
	}
	return nil
}

// MisuseBy returns the case that a receipt opens.
func (tx *Tx) MisuseBy(lookup string) (practice.Misuse, error) {
	return scanMisuse(tx.row(`SELECT `+misuseColumns+` FROM misuse WHERE lookup = $1`, lookup))
}

// Misuses returns every case, the latest first; of one day in an order that tells nothing.
func (tx *Tx) Misuses() ([]practice.Misuse, error) {
	return list(tx, scanMisuse, `SELECT `+misuseColumns+` FROM misuse ORDER BY day DESC, id`)
}

// MisuseDays returns the days on which cases appeared.
func (tx *Tx) MisuseDays() ([]time.Time, error) {
	return list(tx, func(r scanner) (day time.Time, err error) { return day, r.Scan(at{&day}) }, `SELECT DISTINCT day FROM misuse ORDER BY day`)
}

// MisuseWaits returns of every case the day on which it appeared, how long it waited to be read
// and the day of its first answer, in an order that tells nothing.
func (tx *Tx) MisuseWaits() ([]practice.Waited, error) {
	return list(tx, func(r scanner) (w practice.Waited, err error) { return w, r.Scan(at{&w.Day}, &w.Read, at{&w.Answered}) },
		`SELECT c.day, c.read_within, coalesce((SELECT min(m.day) FROM misuse_message AS m WHERE m.misuse = c.id AND m.answer), 0) FROM misuse AS c ORDER BY c.id`)
}

// AddTold puts a message behind the others of its case.
func (tx *Tx) AddTold(t practice.Told) error {
	_, err := tx.exec(`INSERT INTO misuse_message (id, misuse, day, answer, copies, place)
		VALUES ($1, $2, $3, $4, $5, (SELECT coalesce(max(place), 0) + 1 FROM misuse_message WHERE misuse = $2))`,
		t.ID, t.Case, t.Day, t.Answer, jsonOf(t.Copies))
	if err != nil {
		return fmt.Errorf("add to a case: %w", err)
	}
	return nil
}

// Told returns the messages of a case from its beginning.
func (tx *Tx) Told(id practice.MisuseID) ([]practice.Told, error) {
	return list(tx, func(r scanner) (t practice.Told, err error) {
		err = r.Scan(&t.ID, &t.Case, at{&t.Day}, &t.Answer, fromJSON{&t.Copies})
		return t, err
	}, `SELECT id, misuse, day, answer, copies FROM misuse_message WHERE misuse = $1 ORDER BY place`, id)
}

// CloseReading closes raw answers to somebody because of a case.
func (tx *Tx) CloseReading(m practice.MemberID, because practice.MisuseID, day time.Time) error {
	_, err := tx.exec(`INSERT INTO reading_closed (member, misuse, day) VALUES ($1, $2, $3) ON CONFLICT (member, misuse) DO NOTHING`, m, because, day)
	if err != nil {
		return fmt.Errorf("close reading: %w", err)
	}
	return nil
}

// OpenReading says that a case closes them to somebody no longer. Another one may.
func (tx *Tx) OpenReading(m practice.MemberID, because practice.MisuseID) error {
	n, err := tx.exec(`DELETE FROM reading_closed WHERE member = $1 AND misuse = $2`, m, because)
	return found(n, err, "open reading")
}

// ReadingClosed reports whether raw answers are closed to somebody.
func (tx *Tx) ReadingClosed(m practice.MemberID) (closed bool, err error) {
	err = tx.row(`SELECT count(*) > 0 FROM reading_closed WHERE member = $1`, m).Scan(&closed)
	return closed, err
}

// ReadingsClosed returns to whom raw answers are closed, with each case because of which.
func (tx *Tx) ReadingsClosed() ([]practice.ReadingClosed, error) {
	return list(tx, func(r scanner) (c practice.ReadingClosed, err error) {
		return c, r.Scan(&c.Member, &c.Case, at{&c.Day}, &c.State)
	}, `SELECT reading_closed.member, misuse.id, reading_closed.day, misuse.state FROM reading_closed
		JOIN misuse ON misuse.id = reading_closed.misuse ORDER BY reading_closed.day, reading_closed.member, misuse.id`)
}

// ClosedBecause returns to whom raw answers are closed because of a case.
func (tx *Tx) ClosedBecause(id practice.MisuseID) ([]practice.MemberID, error) {
	return list(tx, scanText[practice.MemberID], `SELECT member FROM reading_closed WHERE misuse = $1 ORDER BY member`, id)
}

// House is the organisation with whom one tells that a review was used against
// somebody: where nobody is named in words, the guardians who stand.
func (tx *Tx) House() (practice.Organisation, error) {
	o, err := tx.Organisation()
	if err != nil || o.Guardian != "" {
		return o, err
	}
	all, err := tx.Guardians()
	for _, g := range practice.Guarding(all) {
		if o.Guardian != "" {
			o.Guardian += ", "
		}
		o.Guardian += g.Name
	}
	return o, err
}
