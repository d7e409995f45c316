package store

import (
	"fmt"
	"time"

	"debrief/internal/practice"
)

const deviceColumns = `id, member, label, let_in_day, seen_day, ends_at, rests_at, coalesce(let_in_by, '')`

// AddDevice lets a device in. The database keeps only the hash of its secret.
func (tx *Tx) AddDevice(d practice.Device, hash string) error {
	_, err := tx.exec(`INSERT INTO device (id, member, hash, label, let_in_day, seen_day, ends_at, rests_at, let_in_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		d.ID, d.Member, hash, d.Label, d.LetInAt, d.SeenAt, d.EndsAt, d.RestsAt, orNull(d.By))
	if err != nil {
		return fmt.Errorf("add device: %w", err)
	}
	return nil
}

// DeviceByHash returns the device whose secret has this hash, ended or not.
func (tx *Tx) DeviceByHash(hash string) (practice.Device, error) {
	return scanDevice(tx.row(`SELECT `+deviceColumns+` FROM device WHERE hash = $1`, hash))
}

// Device returns a device by its id.
func (tx *Tx) Device(id practice.DeviceID) (practice.Device, error) {
	return scanDevice(tx.row(`SELECT `+deviceColumns+` FROM device WHERE id = $1`, id))
}

// Devices returns a person's devices that have not ended, the newest first.
func (tx *Tx) Devices(member practice.MemberID) ([]practice.Device, error) {
	return list(tx, scanDevice, `SELECT `+deviceColumns+` FROM device
		WHERE member = $1 AND ends_at > $2 AND (rests_at = 0 OR rests_at > $2) ORDER BY let_in_day DESC, id DESC`,
		member, tx.Now())
}

// SeeDevice notes the day a device was used, and until when it may rest.
func (tx *Tx) SeeDevice(id practice.DeviceID, day, restsAt time.Time) error {
	n, err := tx.exec(`UPDATE device SET seen_day = $2, rests_at = $3 WHERE id = $1`, id, day, restsAt)
	return found(n, err, "see device")
}

// NameDevice changes what a device is called.
func (tx *Tx) NameDevice(id practice.DeviceID, label string) error {
	n, err := tx.exec(`UPDATE device SET label = $2 WHERE id = $1`, id, label)
	return found(n, err, "name device")
}

// EndDevice forgets a device. Its cookie opens nothing from then on.
func (tx *Tx) EndDevice(id practice.DeviceID) error {
	n, err := tx.exec(`DELETE FROM device WHERE id = $1`, id)
	return found(n, err, "end device")
}

// EndEverything takes from a person all that lets them in: devices, links that
// were not opened, tokens, the address of their calendar, who they are for a
// provider.
func (tx *Tx) EndEverything(member practice.MemberID) error {
	for _, statement := range []string{
		`DELETE FROM device WHERE member = $1`,
		`DELETE FROM link_once WHERE member = $1`,
		`DELETE FROM token WHERE member = $1`,
		`DELETE FROM feed WHERE member = $1`,
		`DELETE FROM identity WHERE member = $1`,
	} {
		if _, err := tx.exec(statement, member); err != nil {
			return fmt.Errorf("end what lets a member in: %w", err)
		}
	}
	return nil
}

// EndOtherDevices ends a person's devices but one, as a new passphrase does.
func (tx *Tx) EndOtherDevices(member practice.MemberID, but practice.DeviceID) error {
	if _, err := tx.exec(`DELETE FROM device WHERE member = $1 AND id <> $2`, member, but); err != nil {
		return fmt.Errorf("end other devices: %w", err)
	}
	return nil
}

// AddLink keeps a link that opens once.
func (tx *Tx) AddLink(l practice.Link, hash string) error {
	_, err := tx.exec(`INSERT INTO link_once (hash, member, use, ends_at) VALUES ($1, $2, $3, $4)`,
		hash, l.Member, l.Use, l.EndsAt)
	if err != nil {
		return fmt.Errorf("add link: %w", err)
	}
	return nil
}

// LinkByHash returns a link that was not opened yet, without opening it.
func (tx *Tx) LinkByHash(hash string) (practice.Link, error) {
	return scanLink(tx.row(`SELECT member, use, ends_at FROM link_once WHERE hash = $1 AND ends_at > $2`, hash, tx.Now()))
}

// OpenLink opens a link. Of two at once, one finds nothing.
func (tx *Tx) OpenLink(hash string) (practice.Link, error) {
	return scanLink(tx.row(`DELETE FROM link_once WHERE hash = $1 AND ends_at > $2 RETURNING member, use, ends_at`,
		hash, tx.Now()))
}

// EndLinks takes back a person's links of one use that were not opened.
func (tx *Tx) EndLinks(member practice.MemberID, use practice.LinkUse) error {
	if _, err := tx.exec(`DELETE FROM link_once WHERE member = $1 AND use = $2`, member, use); err != nil {
		return fmt.Errorf("end links: %w", err)
	}
	return nil
}

func scanDevice(r scanner) (d practice.Device, err error) {
	err = r.Scan(&d.ID, &d.Member, &d.Label, at{&d.LetInAt}, at{&d.SeenAt}, at{&d.EndsAt}, at{&d.RestsAt}, &d.By)
	return d, err
}

func scanLink(r scanner) (l practice.Link, err error) {
	err = r.Scan(&l.Member, &l.Use, at{&l.EndsAt})
	return l, err
}
