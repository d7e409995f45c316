package store

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"debrief/internal/practice"
)

// PulseSecret returns the secret that sheets are sealed with.
func (tx *Tx) PulseSecret() ([]byte, error) { return tx.Secret("pulse") }

// KeptPulseSecret returns it where a sheet was taken before, and [practice.ErrNotFound]
// otherwise. It writes nothing.
func (tx *Tx) KeptPulseSecret() ([]byte, error) { return tx.keptSecret("pulse") }

// SheetIsBack reports whether a sheet with this mark came back.
func (tx *Tx) SheetIsBack(id practice.PulseID, mark string) (back bool, err error) {
	err = tx.row(`SELECT count(*) > 0 FROM pulse_back WHERE pulse = $1 AND mark = $2`, id, mark).Scan(&back)
	return back, err
}

// OpenPulses begins to ask, and reports false where somebody else did already, or where
// people were asked for this quarter before: a clock that goes back asks nobody twice.
func (tx *Tx) OpenPulses(all []practice.Pulse) (bool, error) {
	if len(all) == 0 {
		return false, nil
	}
	var n int
	err := tx.row(`SELECT (SELECT count(*) FROM pulse_open) + (SELECT count(*) FROM pulse WHERE until_at > $1)`, all[0].Until.Add(-practice.PulseOpen)).Scan(&n)
	if err != nil || n > 0 {
		return false, err
	}
	for _, p := range all {
		_, err := tx.exec(`INSERT INTO pulse_open (id, team, from_at, until_at) VALUES ($1, $2, $3, $4)`, p.ID, p.Team, p.From, p.Until)
		if err != nil {
			return false, fmt.Errorf("open pulse: %w", err)
		}
		if err := tx.listPulse("pulse_asked", p.ID, p.Asked); err != nil {
			return false, err
		}
	}
	return true, nil
}

// listPulse writes a list of people of a pulse, in the order of their ids.
func (tx *Tx) listPulse(table string, id practice.PulseID, people []practice.MemberID) error {
	if _, err := tx.exec(`DELETE FROM `+table+` WHERE pulse = $1`, id); err != nil {
		return fmt.Errorf("list people of a pulse: %w", err)
	}
	for _, m := range slices.Sorted(slices.Values(people)) {
		if _, err := tx.exec(`INSERT INTO `+table+` (pulse, member) VALUES ($1, $2)`, id, m); err != nil {
			return fmt.Errorf("list people of a pulse: %w", err)
		}
	}
	return nil
}

func (tx *Tx) listedIn(table string, id practice.PulseID) ([]practice.MemberID, error) {
	return list(tx, scanText[practice.MemberID], `SELECT member FROM `+table+` WHERE pulse = $1 ORDER BY member`, id)
}

// PulsesOpen returns those that ask people at this moment, each with whom it asks.
func (tx *Tx) PulsesOpen() ([]practice.Pulse, error) {
	all, err := list(tx, func(r scanner) (p practice.Pulse, err error) {
		return p, r.Scan(&p.ID, &p.Team, at{&p.From}, at{&p.Until})
	}, `SELECT id, team, from_at, until_at FROM pulse_open ORDER BY id`)
	for i := range all {
		if err == nil {
			all[i].Asked, err = tx.listedIn("pulse_asked", all[i].ID)
		}
	}
	return all, err
}

// PulseOpen returns one that asks people at this moment, without whom.
func (tx *Tx) PulseOpen(id practice.PulseID) (p practice.Pulse, err error) {
	err = tx.row(`SELECT id, team, from_at, until_at FROM pulse_open WHERE id = $1`, id).Scan(&p.ID, &p.Team, at{&p.From}, at{&p.Until})
	return p, err
}

// PulseFor returns the one that asks a person, and whether they took their sheet.
func (tx *Tx) PulseFor(m practice.MemberID) (p practice.Pulse, taken bool, err error) {
	err = tx.row(`SELECT id, team, from_at, until_at, EXISTS (SELECT 1 FROM pulse_taken AS t WHERE t.pulse = pulse_open.id AND t.member = $1)
		FROM pulse_open WHERE id IN (SELECT pulse FROM pulse_asked WHERE member = $1)`, m).Scan(&p.ID, &p.Team, at{&p.From}, at{&p.Until}, &taken)
	return p, taken, err
}

// TakeSheet notes that somebody took their sheet. The whole list is written again, so
// that neither the order of rows nor a transaction tells who came last; what the files
// still have of that goes with the scrub it asks for.
func (tx *Tx) TakeSheet(id practice.PulseID, m practice.MemberID) error {
	taken, err := tx.listedIn("pulse_taken", id)
	if err != nil {
		return err
	}
	return errors.Join(tx.listPulse("pulse_taken", id, append(taken, m)), tx.EnqueueAt("store.scrub", tx.Now()))
}

// AddSheet puts a sheet into the box, and its mark into the list of those that came
// back. Both are written again as a whole, in the order of what stands in them.
func (tx *Tx) AddSheet(id practice.PulseID, mark string, s practice.Sheet) error {
	back, err := list(tx, scanText[string], `SELECT mark FROM pulse_back WHERE pulse = $1`, id)
	if err != nil {
		return err
	}
	sheets, err := tx.sheets(id)
	if err != nil {
		return err
	}
	if err := tx.emptyBox(id); err != nil {
		return err
	}
	for _, one := range slices.Sorted(slices.Values(append(back, mark))) {
		if _, err := tx.exec(`INSERT INTO pulse_back (pulse, mark) VALUES ($1, $2)`, id, one); err != nil {
			return fmt.Errorf("add sheet: %w", err)
		}
	}
	for place, one := range slices.Sorted(slices.Values(append(sheets, writeSheet(s)))) {
		if _, err := tx.exec(`INSERT INTO pulse_sheet (pulse, place, marks) VALUES ($1, $2, $3)`, id, place, one); err != nil {
			return fmt.Errorf("add sheet: %w", err)
		}
	}
	return tx.EnqueueAt("store.scrub", tx.Now())
}

func (tx *Tx) sheets(id practice.PulseID) ([]string, error) {
	return list(tx, scanText[string], `SELECT marks FROM pulse_sheet WHERE pulse = $1 ORDER BY place`, id)
}

func (tx *Tx) emptyBox(id practice.PulseID) error {
	for _, table := range []string{"pulse_back", "pulse_sheet"} {
		if _, err := tx.exec(`DELETE FROM `+table+` WHERE pulse = $1`, id); err != nil {
			return fmt.Errorf("empty the box: %w", err)
		}
	}
	return nil
}

// writeSheet writes the marks as seven figures.
func writeSheet(s practice.Sheet) string {
	var b [practice.SheetItems]byte
	for i, mark := range s {
		b[i] = '0' + byte(mark)
	}
	return string(b[:])
}

func readSheet(marks string) (s practice.Sheet) {
	for i := range s {
		s[i] = int(marks[i] - '0')
	}
	return s
}

// TakePulses empties the boxes of some pulses and forgets all that was known of them:
// who was asked, who took a sheet, and the lines that told people so. What the files
// still have of it goes with the scrub it asks for.
func (tx *Tx) TakePulses(all []practice.Pulse) (boxes []practice.PulseBox, err error) {
	for _, p := range all {
		sheets, err := tx.sheets(p.ID)
		if err != nil {
			return nil, err
		}
		box := practice.PulseBox{Pulse: p}
		order, err := tx.shuffled(len(sheets))
		if err != nil {
			return nil, err
		}
		for _, from := range order {
			box.Sheets = append(box.Sheets, readSheet(sheets[from]))
		}
		boxes = append(boxes, box)
		if err := tx.emptyBox(p.ID); err != nil {
			return nil, err
		}
		for _, statement := range []string{`DELETE FROM pulse_taken WHERE pulse = $1`, `DELETE FROM pulse_asked WHERE pulse = $1`, `DELETE FROM pulse_open WHERE id = $1`} {
			if _, err := tx.exec(statement, p.ID); err != nil {
				return nil, fmt.Errorf("close pulse: %w", err)
			}
		}
	}
	for _, table := range []string{"notice", "dispatch"} {
		if _, err := tx.exec(`DELETE FROM `+table+` WHERE link = $1`, practice.PulsePath); err != nil {
			return nil, fmt.Errorf("forget who was asked: %w", err)
		}
	}
	return boxes, errors.Join(tx.erases("notice", "dispatch"), tx.EnqueueAt("store.scrub", tx.Now()))
}

const pulseColumns = `id, team, from_at, until_at, asked, size, band, low, mixed, high, total`

func scanPulse(r scanner) (p practice.PulseResult, err error) {
	var team sql.NullString
	err = r.Scan(&p.ID, &team, at{&p.From}, at{&p.Until}, &p.Asked, &p.Size, &p.Band, &p.Count.Low, &p.Count.Mixed, &p.Count.High, &p.Count.Sum)
	p.Team = practice.TeamID(team.String)
	return p, err
}

// Pulses returns what is said of the quarters of a team, or with no team of the
// organisation, the first first.
func (tx *Tx) Pulses(team practice.TeamID) ([]practice.PulseResult, error) {
	return list(tx, scanPulse, `SELECT `+pulseColumns+` FROM pulse WHERE coalesce(team, '') = $1 ORDER BY from_at, id`, team)
}

// SavePulse keeps what is said of a quarter. Each one before it goes whose people are not
// others by enough, however long ago it was: what may not be compared is not kept.
func (tx *Tx) SavePulse(r practice.PulseCounted) error {
	if r.Said() {
		if err := tx.forgetPulses(r); err != nil {
			return err
		}
	}
	c := r.Count
	_, err := tx.exec(`INSERT INTO pulse (`+pulseColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		r.ID, sql.NullString{String: string(r.Team), Valid: r.Team != ""}, r.From, r.Until, r.Asked, r.Size, r.Band, c.Low, c.Mixed, c.High, c.Sum)
	if err != nil {
		return fmt.Errorf("save pulse: %w", err)
	}
	if !r.Said() {
		return nil
	}
	return tx.listPulse("pulse_circle", r.ID, r.Who)
}

// forgetPulses takes away what was said before and may not stand beside this.
func (tx *Tx) forgetPulses(r practice.PulseCounted) error {
	before, err := tx.Pulses(r.Team)
	if err != nil {
		return err
	}
	for _, b := range before {
		if !b.Said() {
			continue
		}
		who, err := tx.listedIn("pulse_circle", b.ID)
		if err != nil {
			return err
		}
		if len(who) > 0 && r.Compares(b, who) { // nobody in it: of that quarter it is not known any more
			continue
		}
		if err := tx.listPulse("pulse_circle", b.ID, nil); err != nil {
			return err
		}
		if _, err := tx.exec(`DELETE FROM pulse WHERE id = $1`, b.ID); err != nil {
			return fmt.Errorf("forget what may not be compared: %w", err)
		}
		if err := tx.erases("pulse", "pulse_circle"); err != nil {
			return err
		}
	}
	return nil
}
