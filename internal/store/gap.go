package store

import (
	"fmt"

	"debrief/internal/practice"
)

const gapColumns = `id, review, place, intended, actual, parted, quotes, taken, open, verdict, differ, needs, could, open_till,
	route, route_to, route_why, route_by, version, round, answer, strength, beyond`

// Gaps returns the gaps of a review, in the room's order.
func (tx *Tx) Gaps(r practice.ReviewID) ([]practice.Gap, error) {
	return list(tx, scanGap, `SELECT `+gapColumns+` FROM gap WHERE review = $1 ORDER BY place, id`, r)
}

// ClosedGaps returns the gaps of every closed review, the latest review first.
func (tx *Tx) ClosedGaps() ([]practice.Gap, error) {
	return list(tx, scanGap, `SELECT `+gapColumns+` FROM gap
		WHERE review IN (SELECT id FROM review WHERE closed_at > 0) ORDER BY review DESC, place, id`)
}

// Gap returns a gap by its id.
func (tx *Tx) Gap(id practice.GapID) (practice.Gap, error) {
	return scanGap(tx.row(`SELECT `+gapColumns+` FROM gap WHERE id = $1`, id))
}

func scanGap(row scanner) (practice.Gap, error) {
	var g practice.Gap
	err := row.Scan(&g.ID, &g.Review, &g.Place, &g.Intended, &g.Actual, &g.Where, fromJSON{&g.Quotes}, &g.Taken, &g.Open, &g.Verdict,
		&g.Differ, &g.Needs, &g.Could, at{&g.OpenTill}, &g.Route.Kind, &g.Route.To, &g.Route.Why, at{&g.Route.By}, &g.Version, &g.Round, &g.From,
		&g.Route.Strength, &g.Beyond)
	return g, err
}

// AddGap keeps a gap behind the others of its review.
func (tx *Tx) AddGap(g practice.Gap) error {
	_, err := tx.exec(`INSERT INTO gap (`+gapColumns+`)
		VALUES ($1, $2, (SELECT coalesce(max(place), 0) + 1 FROM gap WHERE review = $2),
			$3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
		g.ID, g.Review, g.Intended, g.Actual, g.Where, jsonOf(g.Quotes), g.Taken, g.Open, g.Verdict, g.Differ, g.Needs, g.Could,
		g.OpenTill, g.Route.Kind, g.Route.To, g.Route.Why, g.Route.By, g.Version, g.Round, g.From, g.Route.Strength, g.Beyond)
	if err != nil {
		return fmt.Errorf("add gap: %w", err)
	}
	return nil
}

// SaveGap writes a gap back over version was. It returns [practice.ErrChanged]
// where somebody else changed it in the meantime.
func (tx *Tx) SaveGap(g practice.Gap, was int) error {
	n, err := tx.exec(`UPDATE gap SET intended = $3, actual = $4, parted = $5, quotes = $6, taken = $7, open = $8, verdict = $9,
			differ = $10, needs = $11, could = $12, open_till = $13, route = $14, route_to = $15, route_why = $16, route_by = $17,
			version = $18, round = $19, strength = $20, beyond = $21
		WHERE id = $1 AND version = $2`,
		g.ID, was, g.Intended, g.Actual, g.Where, jsonOf(g.Quotes), g.Taken, g.Open, g.Verdict, g.Differ, g.Needs, g.Could,
		g.OpenTill, g.Route.Kind, g.Route.To, g.Route.Why, g.Route.By, g.Version, g.Round, g.Route.Strength, g.Beyond)
	if err != nil {
		return fmt.Errorf("save gap: %w", err)
	}
	if n == 0 {
		return practice.ErrChanged
	}
	return nil
}

// RemoveGap takes back a gap that was composed by mistake and never judged.
func (tx *Tx) RemoveGap(g practice.Gap) error {
	n, err := tx.exec(`DELETE FROM gap WHERE id = $1 AND version = $2`, g.ID, g.Version)
	if err != nil {
		return fmt.Errorf("remove gap: %w", err)
	}
	if n == 0 {
		return practice.ErrChanged
	}
	return nil
}
