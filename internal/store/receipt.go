package store

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"

	"debrief/internal/practice"
)

// AddReceipt keeps the way back to a report, in the transaction that releases
// it.
func (tx *Tx) AddReceipt(r practice.Receipt) error {
	_, err := tx.exec(`INSERT INTO receipt (lookup, sealing, failure, day) VALUES ($1, $2, $3, $4)`,
		r.Lookup, base64.StdEncoding.EncodeToString(r.Public), r.Failure, r.Day)
	if err != nil {
		return fmt.Errorf("add receipt: %w", err)
	}
	return nil
}

// Receipt returns a receipt by its lookup.
func (tx *Tx) Receipt(lookup string) (practice.Receipt, error) {
	return scanReceipt(tx.row(`SELECT lookup, sealing, failure, day FROM receipt WHERE lookup = $1`, lookup))
}

// ReceiptOf returns the receipt of a failure that was reported without a name.
func (tx *Tx) ReceiptOf(f practice.FailureID) (practice.Receipt, error) {
	return scanReceipt(tx.row(`SELECT lookup, sealing, failure, day FROM receipt WHERE failure = $1`, f))
}

func scanReceipt(row scanner) (practice.Receipt, error) {
	var r practice.Receipt
	var public string
	if err := row.Scan(&r.Lookup, &public, &r.Failure, at{&r.Day}); err != nil {
		return r, err
	}
	var err error
	if r.Public, err = base64.StdEncoding.DecodeString(public); err != nil {
		return r, fmt.Errorf("read receipt: %w", err)
	}
	return r, nil
}

const messageColumns = `id, failure, day, asked, sealed, body, answers`

// AddMessage puts a message behind the others of its thread.
func (tx *Tx) AddMessage(m practice.Message) error {
	_, err := tx.exec(`INSERT INTO message (`+messageColumns+`, place)
		VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT coalesce(max(place), 0) + 1 FROM message WHERE failure = $2))`,
		m.ID, m.Failure, m.Day, m.Asked, base64.StdEncoding.EncodeToString(m.Sealed), m.Text, m.Answers)
	if err != nil {
		return fmt.Errorf("add message: %w", err)
	}
	return nil
}

// OpenMessage brings a sealed question into the open, because it was answered.
func (tx *Tx) OpenMessage(id practice.MessageID, text string) error {
	n, err := tx.exec(`UPDATE message SET sealed = '', body = $2 WHERE id = $1`, id, text)
	return found(n, err, "open message")
}

// Messages returns a thread from its beginning.
func (tx *Tx) Messages(f practice.FailureID) ([]practice.Message, error) {
	return list(tx, scanMessage, `SELECT `+messageColumns+` FROM message WHERE failure = $1 ORDER BY place`, f)
}

func scanMessage(row scanner) (practice.Message, error) {
	var m practice.Message
	var sealed string
	if err := row.Scan(&m.ID, &m.Failure, at{&m.Day}, &m.Asked, &sealed, &m.Text, &m.Answers); err != nil {
		return m, err
	}
	var err error
	if m.Sealed, err = base64.StdEncoding.DecodeString(sealed); err != nil {
		return m, fmt.Errorf("read message: %w", err)
	}
	return m, nil
}

// RewordFailure puts other words in the place of those of a report. The old
// ones are gone.
func (tx *Tx) RewordFailure(f practice.Failure) error {
	n, err := tx.exec(`UPDATE failure SET title = $2, body = $3 WHERE id = $1`, f.ID, f.Title, f.Text)
	if err := found(n, err, "reword failure"); err != nil {
		return err
	}
	return tx.erases("failure")
}

// RemoveFailure takes a report away with all that hangs on it. Its number stays
// empty. The practice lets this be done only before its review has begun.
func (tx *Tx) RemoveFailure(id practice.FailureID) error {
	if err := tx.Unheld(id); err != nil {
		return err
	}
	f, err := tx.Failure(id)
	if err != nil {
		return err
	}
	f.Only = nil
	if err := tx.removeNotices(f); err != nil {
		return err
	}
	regained, err := tx.regains(id)
	if err != nil {
		return err
	}
	for _, statement := range append(slices.Clone(offersGone), []string{
		`DELETE FROM hold WHERE failure = $1`,
		`DELETE FROM redaction_print WHERE redaction IN (SELECT id FROM redaction WHERE failure = $1)`,
		`DELETE FROM redaction WHERE failure = $1`,
		`DELETE FROM inherited WHERE about = $1`,
		`DELETE FROM firing WHERE failure = $1`,
		`DELETE FROM former WHERE failure = $1`,
		`DELETE FROM hot WHERE failure = $1`,
		`DELETE FROM message WHERE failure = $1`,
		`DELETE FROM receipt WHERE failure = $1`,
		`DELETE FROM tie WHERE a = $1 OR b = $1`,
		`UPDATE failure SET joined_to = NULL WHERE joined_to = $1`,
		`DELETE FROM invitation WHERE review IN (SELECT id FROM review WHERE failure = $1)`,
		`DELETE FROM ready WHERE review IN (SELECT id FROM review WHERE failure = $1)`,
		`DELETE FROM talk WHERE review IN (SELECT id FROM review WHERE failure = $1)`,
		`DELETE FROM guide_note WHERE review IN (SELECT id FROM review WHERE failure = $1)`,
		`DELETE FROM guide WHERE review IN (SELECT id FROM review WHERE failure = $1)`,
		`DELETE FROM hand WHERE review IN (SELECT id FROM review WHERE failure = $1)`,
		`DELETE FROM seat WHERE review IN (SELECT id FROM review WHERE failure = $1)`,
		`DELETE FROM use_answer WHERE review IN (SELECT id FROM review WHERE failure = $1)`,
		`DELETE FROM use_asked WHERE review IN (SELECT id FROM review WHERE failure = $1)`,
		`DELETE FROM use_check WHERE review IN (SELECT id FROM review WHERE failure = $1)`,
		`DELETE FROM parked_conflict WHERE review IN (SELECT id FROM review WHERE failure = $1)`,
		`DELETE FROM opening WHERE review IN (SELECT id FROM review WHERE failure = $1)`,
		`DELETE FROM review WHERE failure = $1`,
	}...) {
		if _, err := tx.exec(statement, id); err != nil {
			return fmt.Errorf("remove failure: %w", err)
		}
	}
	facts, err := tx.Facts(id)
	if err != nil {
		return err
	}
	for _, f := range facts {
		if err := tx.RemoveFact(f); err != nil {
			return err
		}
	}
	n, err := tx.exec(`DELETE FROM failure WHERE id = $1`, id)
	if err := errors.Join(found(n, err, "remove failure"), tx.regain(regained)); err != nil {
		return err
	}
	return tx.erases("failure", "former", "hot", "hold", "notice", "inherited")
}
