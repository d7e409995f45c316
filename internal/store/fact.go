package store

import (
	"encoding/base64"
	"fmt"

	"debrief/internal/practice"
)

// Facts returns the strip of a failure, in the order things happened.
func (tx *Tx) Facts(id practice.FailureID) ([]practice.Fact, error) {
	return list(tx, scanFact, `SELECT `+factColumns+` FROM fact WHERE failure = $1 ORDER BY at, id`, id)
}

// Fact returns one line of a strip.
func (tx *Tx) Fact(id practice.FactID) (practice.Fact, error) {
	return scanFact(tx.row(`SELECT `+factColumns+` FROM fact WHERE id = $1`, id))
}

const factColumns = `id, failure, at, line, link, pasted, coalesce(file, ''), author`

func scanFact(r scanner) (practice.Fact, error) {
	var f practice.Fact
	err := r.Scan(&f.ID, &f.Failure, at{&f.At}, &f.Text, &f.Link, &f.Pasted, &f.File, &f.Author)
	return f, err
}

// AddFact keeps a line of a strip.
func (tx *Tx) AddFact(f practice.Fact) error {
	_, err := tx.exec(`INSERT INTO fact (id, failure, at, line, link, pasted, file, author) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		f.ID, f.Failure, f.At, f.Text, f.Link, f.Pasted, orNull(f.File), f.Author)
	if err != nil {
		return fmt.Errorf("add fact: %w", err)
	}
	return nil
}

// RemoveFact takes a line off its strip, with its picture. Both are gone from
// the files within the hour.
func (tx *Tx) RemoveFact(f practice.Fact) error {
	if err := tx.Unheld(f.Failure); err != nil {
		return err
	}
	if _, err := tx.exec(`DELETE FROM fact WHERE id = $1`, f.ID); err != nil {
		return fmt.Errorf("remove fact: %w", err)
	}
	if f.File == "" {
		return tx.erases("fact")
	}
	if _, err := tx.exec(`DELETE FROM file WHERE id = $1`, f.File); err != nil {
		return fmt.Errorf("remove picture: %w", err)
	}
	return tx.erases("fact", "file")
}

// AddFile keeps a picture as the server itself wrote it.
func (tx *Tx) AddFile(id practice.FileID, kind string, data []byte) error {
	_, err := tx.exec(`INSERT INTO file (id, kind, data) VALUES ($1, $2, $3)`, id, kind, base64.StdEncoding.EncodeToString(data))
	if err != nil {
		return fmt.Errorf("add file: %w", err)
	}
	return nil
}

// File returns a picture with its media type, and the failure whose strip
// shows it.
func (tx *Tx) File(id practice.FileID) (kind string, data []byte, of practice.FailureID, err error) {
	var text string
	err = tx.row(`SELECT file.kind, file.data, fact.failure FROM file JOIN fact ON fact.file = file.id WHERE file.id = $1`, id).
		Scan(&kind, &text, &of)
	if err != nil {
		return "", nil, "", err
	}
	data, err = base64.StdEncoding.DecodeString(text)
	if err != nil {
		return "", nil, "", fmt.Errorf("read file: %w", err)
	}
	return kind, data, of, nil
}
