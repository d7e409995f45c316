package store

import (
	"fmt"

	"debrief/internal/practice"
)

const findingColumns = `id, number, team, tried, expected, got, known, next, because, under, sure, asked, asked_at,
	coalesce(after, ''), gap, failure, at`

// AddFinding keeps what an experiment taught and gives it its number.
func (tx *Tx) AddFinding(f practice.Finding) (practice.Finding, error) {
	var err error
	if f.Number, err = tx.nextNumber("finding"); err != nil {
		return f, err
	}
	_, err = tx.exec(`INSERT INTO finding (id, number, team, tried, expected, got, known, next, because, under, sure, asked, asked_at,
			after, gap, failure, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		f.ID, f.Number, f.Team, f.Tried, f.Expected, f.Got, jsonOf(f.Known), f.Next, jsonOf(f.Because), f.Under, f.Sure,
		f.Asked, f.AskedAt, orNull(f.After), f.Gap, f.Failure, f.At)
	if err != nil {
		return f, fmt.Errorf("add finding: %w", err)
	}
	return f, nil
}

// Finding returns a finding by its id.
func (tx *Tx) Finding(id practice.FindingID) (practice.Finding, error) {
	return scanFinding(tx.row(`SELECT `+findingColumns+` FROM finding WHERE id = $1`, id))
}

// FindingByNumber returns a finding by the number people say aloud.
func (tx *Tx) FindingByNumber(n int) (practice.Finding, error) {
	return scanFinding(tx.row(`SELECT `+findingColumns+` FROM finding WHERE number = $1`, n))
}

// Findings returns all findings, the newest first.
func (tx *Tx) Findings() ([]practice.Finding, error) {
	return list(tx, scanFinding, `SELECT `+findingColumns+` FROM finding ORDER BY number DESC`)
}

func scanFinding(r scanner) (practice.Finding, error) {
	var f practice.Finding
	err := r.Scan(&f.ID, &f.Number, &f.Team, &f.Tried, &f.Expected, &f.Got, fromJSON{&f.Known}, &f.Next, fromJSON{&f.Because},
		&f.Under, &f.Sure, &f.Asked, at{&f.AskedAt}, &f.After, &f.Gap, &f.Failure, at{&f.At})
	return f, err
}
