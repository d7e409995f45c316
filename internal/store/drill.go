package store

import (
	"errors"
	"fmt"
	"slices"

	"debrief/internal/practice"
)

// SaveDrill writes back whether somebody only practised.
func (tx *Tx) SaveDrill(f practice.Failure) error {
	if _, err := tx.exec(`UPDATE failure SET drill = $2 WHERE id = $1`, f.ID, f.Drill); err != nil {
		return fmt.Errorf("save drill: %w", err)
	}
	return nil
}

// SaveSevere writes back whether somebody was hurt or worse.
func (tx *Tx) SaveSevere(f practice.Failure) error {
	if _, err := tx.exec(`UPDATE failure SET severe = $2 WHERE id = $1`, f.ID, f.Severe); err != nil {
		return fmt.Errorf("save severe: %w", err)
	}
	return nil
}

// SaveStop writes back why no review goes on about a failure.
func (tx *Tx) SaveStop(f practice.Failure) error {
	if _, err := tx.exec(`UPDATE failure SET stopped = $2, stopped_at = $3 WHERE id = $1`, f.ID, f.Stopped, f.StoppedAt); err != nil {
		return fmt.Errorf("save stop: %w", err)
	}
	return nil
}

// ClearDrill removes what somebody practised, with all that came of it, and
// returns the ids of what is gone besides. A page it changed stays as it is,
// without a failure behind it; what that change had taken the place of is on trial again.
func (tx *Tx) ClearDrill(id practice.FailureID) (gone []string, err error) {
	for _, of := range []string{
		`SELECT id FROM review WHERE failure = $1`,
		`SELECT id FROM carry WHERE failure = $1`,
		`SELECT id FROM finding WHERE failure = $1`,
		`SELECT safeguard FROM scar AS mine WHERE failure = $1 AND safeguard IS NOT NULL
			AND NOT EXISTS (SELECT 1 FROM scar WHERE scar.safeguard = mine.safeguard AND scar.failure <> $1)`,
		`SELECT boundary FROM boundary_gap AS mine WHERE gap IN ` + gapsOfFailure + `
			AND NOT EXISTS (SELECT 1 FROM boundary_gap AS b WHERE b.boundary = mine.boundary AND b.gap NOT IN ` + gapsOfFailure + `)`,
	} {
		ids, err := list(tx, scanText[string], of, id)
		if err != nil {
			return nil, fmt.Errorf("look through a drill: %w", err)
		}
		gone = append(gone, ids...)
	}
	regained, err := tx.regains(id)
	if err != nil {
		return nil, fmt.Errorf("look through a drill: %w", err)
	}
	for _, statement := range append(slices.Concat(consentOfDrill, offersGone), []string{
		`UPDATE revision SET gap = NULL WHERE gap IN ` + gapsOfFailure,
		`UPDATE finding SET after = NULL WHERE after IN (SELECT id FROM finding WHERE failure = $1)`,
		`DELETE FROM finding WHERE failure = $1`,
		`DELETE FROM scar WHERE failure = $1`,
		`DELETE FROM core_change WHERE gap IN ` + gapsOfFailure,
		`DELETE FROM trial WHERE gap IN ` + gapsOfFailure,
		`DELETE FROM proposal WHERE gap IN ` + gapsOfFailure,
		`DELETE FROM effect WHERE gap IN ` + gapsOfFailure,
		`DELETE FROM assumption_test WHERE gap IN ` + gapsOfFailure,
		`DELETE FROM boundary_gap WHERE gap IN ` + gapsOfFailure,
		`DELETE FROM carry WHERE failure = $1`,
		`DELETE FROM judgement WHERE gap IN ` + gapsOfFailure,
		`DELETE FROM gap WHERE review IN ` + reviewsOfFailure,
		`DELETE FROM answer WHERE review IN ` + reviewsOfFailure,
		`DELETE FROM agreed WHERE review IN ` + reviewsOfFailure,
		`DELETE FROM closing WHERE review IN ` + reviewsOfFailure,
	}...) {
		if _, err := tx.exec(statement, id); err != nil {
			return nil, fmt.Errorf("clear a drill: %w", err)
		}
	}
	for _, from := range []string{`safeguard WHERE id`, `boundary WHERE id`, `inherited WHERE about`, `cycle_inherited WHERE about`} {
		if _, err := tx.exec(`DELETE FROM `+from+` IN `+tx.among(1), jsonOf(append([]string{}, gone...))); err != nil {
			return nil, fmt.Errorf("clear a drill: %w", err)
		}
	}
	if err := errors.Join(tx.RemoveFailure(id), tx.regain(regained)); err != nil {
		return nil, err
	}
	return gone, tx.erases("finding", "carry", "gap", "agreed", "safeguard", "boundary")
}

const (
	reviewsOfFailure = `(SELECT id FROM review WHERE failure = $1)`
	gapsOfFailure    = `(SELECT id FROM gap WHERE review IN ` + reviewsOfFailure + `)`
)

// consentOfDrill takes away what groups and others were asked about what was practised.
var consentOfDrill = []string{
	`DELETE FROM consent_said WHERE gap IN ` + gapsOfFailure,
	`DELETE FROM consent_text WHERE gap IN ` + gapsOfFailure,
	`DELETE FROM consent_asked WHERE gap IN ` + gapsOfFailure,
	`DELETE FROM consent WHERE gap IN ` + gapsOfFailure,
	`DELETE FROM people_check WHERE gap IN ` + gapsOfFailure,
	`DELETE FROM referral WHERE gap IN ` + gapsOfFailure,
}
