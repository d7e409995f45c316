package store

import (
	"fmt"

	"debrief/internal/practice"
)

// Organisation returns the one organisation, or [practice.ErrNotFound] before
// it was set up.
func (tx *Tx) Organisation() (practice.Organisation, error) {
	var o practice.Organisation
	err := tx.row(`SELECT name, zone, day_starts_at, day_ends_at, retention_days, guardian, other_way, support, legal, appears_at, set_up_at FROM organisation`).
		Scan(&o.Name, &o.Zone, &o.DayStartsAt, &o.DayEndsAt, &o.RetentionDays, &o.Guardian, &o.OtherWay, &o.Support, &o.Legal, &o.AppearsAt, at{&o.SetUpAt})
	return o, err
}

// AddOrganisation sets the installation up. It reports whether it did: of two
// at once, one is told no.
func (tx *Tx) AddOrganisation(o practice.Organisation) (bool, error) {
	n, err := tx.exec(`INSERT INTO organisation (id, name, zone, day_starts_at, day_ends_at, retention_days, guardian, other_way, legal, appears_at, set_up_at, support)
		VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING`,
		o.Name, o.Zone, o.DayStartsAt, o.DayEndsAt, o.RetentionDays, o.Guardian, o.OtherWay, o.Legal, o.AppearsAt, o.SetUpAt, o.Support)
	if err != nil {
		return false, fmt.Errorf("add organisation: %w", err)
	}
	return n == 1, nil
}

// SaveOrganisation changes the settings.
func (tx *Tx) SaveOrganisation(o practice.Organisation) error {
	n, err := tx.exec(`UPDATE organisation SET name = $1, zone = $2, day_starts_at = $3, day_ends_at = $4,
		retention_days = $5, guardian = $6, other_way = $7, legal = $8, appears_at = $9, support = $10`,
		o.Name, o.Zone, o.DayStartsAt, o.DayEndsAt, o.RetentionDays, o.Guardian, o.OtherWay, o.Legal, o.AppearsAt, o.Support)
	return found(n, err, "save organisation")
}

// found turns a statement that was to change one row into an error where there
// was none.
func found(n int64, err error, doing string) error {
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", doing, err)
	case n == 0:
		return practice.ErrNotFound
	}
	return nil
}
