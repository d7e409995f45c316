package store

import (
	"fmt"
	"time"

	"debrief/internal/practice"
)

const tabletColumns = `id, team, label, made_day, seen_day, ends_at, coalesce(made_by, '')`

// AddTablet keeps a browser that a team shares. The database keeps only the hash
// of its secret.
func (tx *Tx) AddTablet(t practice.Tablet, hash string) error {
	_, err := tx.exec(`INSERT INTO tablet (id, team, hash, label, made_day, seen_day, ends_at, made_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, t.ID, t.Team, hash, t.Label, t.MadeAt, t.SeenAt, t.EndsAt, orNull(t.By))
	if err != nil {
		return fmt.Errorf("add tablet: %w", err)
	}
	return nil
}

// TabletByHash returns the tablet whose secret has this hash, ended or not.
func (tx *Tx) TabletByHash(hash string) (practice.Tablet, error) {
	return scanTablet(tx.row(`SELECT `+tabletColumns+` FROM tablet WHERE hash = $1`, hash))
}

// Tablet returns a tablet by its id.
func (tx *Tx) Tablet(id practice.TabletID) (practice.Tablet, error) {
	return scanTablet(tx.row(`SELECT `+tabletColumns+` FROM tablet WHERE id = $1`, id))
}

// Tablets returns those of a team that have not ended, by what they are called.
func (tx *Tx) Tablets(team practice.TeamID) ([]practice.Tablet, error) {
	return list(tx, scanTablet, `SELECT `+tabletColumns+` FROM tablet WHERE team = $1 AND ends_at > $2 ORDER BY label, id`, team, tx.Now())
}

// SeeTablet notes the day a tablet was used, and until when it stays one.
func (tx *Tx) SeeTablet(id practice.TabletID, day, endsAt time.Time) error {
	n, err := tx.exec(`UPDATE tablet SET seen_day = $2, ends_at = $3 WHERE id = $1`, id, day, endsAt)
	return found(n, err, "see tablet")
}

// NameTablet changes what a tablet is called.
func (tx *Tx) NameTablet(id practice.TabletID, label string) error {
	n, err := tx.exec(`UPDATE tablet SET label = $2 WHERE id = $1`, id, label)
	return found(n, err, "name tablet")
}

// EndTablet forgets a tablet. Its cookie opens nothing from then on.
func (tx *Tx) EndTablet(id practice.TabletID) error {
	n, err := tx.exec(`DELETE FROM tablet WHERE id = $1`, id)
	return found(n, err, "end tablet")
}

func scanTablet(r scanner) (t practice.Tablet, err error) {
	err = r.Scan(&t.ID, &t.Team, &t.Label, at{&t.MadeAt}, at{&t.SeenAt}, at{&t.EndsAt}, &t.By)
	return t, err
}
