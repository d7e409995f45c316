package store

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"debrief/internal/practice"
)

// keeping is how long one class of what is kept stays. The table of them is what
// people read about it, and what the daily round goes by: nothing else goes
// because its time is over, but for what lives only as long as a room or an hour.
type keeping struct {
	class  practice.Class
	tables []string // every table is in one class
	days   int      // between the moment at which it begins and the day on which it goes; ofHouse: as the stewards say
	set    practice.KeptBy

	due    string   // what could go: an id, and since when its days count; empty where it does not go in the daily round
	gone   []string // takes away what is due, whose ids are %s
	erases []string // large tables whose files are written anew then
	some   bool     // how many go could tell something about somebody
}

// ofHouse are the days that the organisation sets for raw answers.
const ofHouse = -1

// How long things stay of which nobody sets how long, in days.
const (
	endedDays    = 30 // what let somebody in, after its end
	repeatDays   = 2  // what a request led to
	resendDays   = 30 // and one that may have waited on a phone for a signal
	disposalDays = 3 * 365
)

// resent are the routes of what a device keeps while it has no signal.
const resent = `('failure.report', 'hot.send')`

// unheld is true of a failure whose things may go.
var unheld = ` NOT IN ` + joinedTo(`SELECT failure FROM hold WHERE ended_at = 0`)

var keepings = []keeping{
	{class: practice.ClassAnswers, tables: []string{"answer", "judgement"}, days: ofHouse, set: practice.KeptByStewards,
		due: `SELECT id, since FROM (SELECT review.id, review.failure, CASE WHEN closed_at > 0 THEN closed_at WHEN phase = 'off' THEN stopped_at ELSE 0 END AS since
				FROM review JOIN failure ON failure.id = review.failure) AS ended WHERE since > 0 AND failure` + unheld + ` AND (id IN (SELECT review FROM answer)
			OR id IN (SELECT gap.review FROM gap JOIN judgement ON judgement.gap = gap.id))`,
		gone: []string{`DELETE FROM answer WHERE review IN %s`, `DELETE FROM judgement WHERE gap IN (SELECT id FROM gap WHERE review IN %s)`}},
	{class: practice.ClassHot, tables: []string{"hot"}, days: ofHouse, set: practice.KeptByStewards,
		due: `SELECT hot.failure AS id, CASE WHEN coalesce(max(review.closed_at), 0) > hot.day THEN max(review.closed_at) ELSE hot.day END AS since
			FROM hot LEFT JOIN review ON review.failure = hot.failure WHERE hot.failure` + unheld + `
			GROUP BY hot.failure, hot.day HAVING coalesce(min(review.closed_at), 1) > 0`,
		gone: []string{`DELETE FROM hot WHERE failure IN %s`}, erases: []string{"hot"}},
	{class: practice.ClassPool, tables: []string{"pool"}},
	{class: practice.ClassReceipts, tables: []string{"receipt"}, days: practice.ReceiptDays, some: true,
		due:  `SELECT lookup AS id, day AS since FROM receipt`,
		gone: []string{`DELETE FROM receipt WHERE lookup IN %s`}},
	{class: practice.ClassMisuse, tables: []string{"misuse", "misuse_message"}, days: practice.MisuseDays, some: true,
		due:  `SELECT id, closed_on AS since FROM misuse WHERE closed_on > 0 AND id NOT IN (SELECT misuse FROM reading_closed)`,
		gone: []string{`DELETE FROM misuse_message WHERE misuse IN %s`, `DELETE FROM misuse WHERE id IN %s`}},
	{class: practice.ClassRooms, tables: []string{"seat", "hand", "ready", "talk", "guide_note", "use_asked", "use_answer", "cause", "cause_taken", "pulse_open", "pulse_asked", "pulse_taken", "pulse_back", "pulse_sheet"}},
	{class: practice.ClassFailures, tables: []string{"failure", "former", "fact", "file", "tie", "message", "redaction", "hold"}},
	{class: practice.ClassReviews, tables: []string{"review", "invitation", "guide", "agreed", "gap", "closing", "told", "use_check", "opening", "pulse", "pulse_circle"}},
	{class: practice.ClassConflicts, tables: []string{"parked_conflict"}, days: practice.ConflictDays, some: true,
		due: `SELECT parked_conflict.id, end_on AS since FROM parked_conflict JOIN review ON review.id = parked_conflict.review
			WHERE end_on > 0 AND review.failure` + unheld,
		gone: []string{`DELETE FROM parked_conflict WHERE id IN %s`}},
	{class: practice.ClassPeople, tables: []string{"member", "membership", "leads", "contact", "identity", "feed", "used", "turn", "guardian", "reading_closed"}},
	{class: practice.ClassLearned, tables: []string{"procedure", "revision", "step", "step_text", "list_use", "step_use", "safeguard", "scar", "boundary", "boundary_gap", "assumption", "assumption_test", "assumption_use", "finding", "carry", "plan", "reason", "inherited", "cycle_inherited", "core_mark", "core_change", "firing", "look", "effect", "trial", "party", "party_member", "voice", "authority", "consent", "consent_asked", "consent_text", "consent_said", "referral", "people_check", "proposal", "offer", "newcomer_said", "newcomer_run"}},
	{class: practice.ClassDoors, tables: []string{"device", "link_once", "token", "tablet"}, days: endedDays,
		due: `SELECT id, CASE WHEN rests_at > 0 AND rests_at < ends_at THEN rests_at ELSE ends_at END AS since FROM device
			UNION ALL SELECT hash, ends_at FROM link_once UNION ALL SELECT id, ends_at FROM token UNION ALL SELECT id, ends_at FROM tablet`,
		gone: []string{`DELETE FROM device WHERE id IN %s`, `DELETE FROM link_once WHERE hash IN %s`, `DELETE FROM token WHERE id IN %s`,
			`DELETE FROM tablet WHERE id IN %s`}},
	{class: practice.ClassKnocks, tables: []string{"knock", "pass"},
		due:  `SELECT id, ends_at AS since FROM knock UNION ALL SELECT id, ends_at FROM pass`,
		gone: []string{`DELETE FROM knock WHERE id IN %s`, `DELETE FROM pass WHERE id IN %s`}},
	{class: practice.ClassNewcomers, tables: []string{"newcomer"}, days: practice.NewcomerFor, some: true,
		due:  `SELECT id, since_day AS since FROM newcomer`,
		gone: []string{`DELETE FROM newcomer WHERE id IN %s`}},
	{class: practice.ClassPartings, tables: []string{"parting"}, days: int(practice.WayBack / day),
		due:  `SELECT member AS id, at AS since FROM parting`,
		gone: []string{`DELETE FROM parting WHERE member IN %s`}},
	{class: practice.ClassNotices, tables: []string{"notice"}},
	{class: practice.ClassDispatches, tables: []string{"dispatch"}},
	{class: practice.ClassRepeats, tables: []string{"repeat"}, days: repeatDays, some: true,
		due:  `SELECT key AS id, at AS since FROM repeat WHERE route NOT IN ` + resent,
		gone: []string{`DELETE FROM repeat WHERE route NOT IN ` + resent + ` AND key IN %s`}},
	{class: practice.ClassResends, days: resendDays, some: true,
		due:  `SELECT key AS id, at AS since FROM repeat WHERE route IN ` + resent,
		gone: []string{`DELETE FROM repeat WHERE route IN ` + resent + ` AND key IN %s`}},
	{class: practice.ClassPrints, tables: []string{"redaction_print"}, days: practice.PrintDays,
		due:    `SELECT redaction AS id, at AS since FROM redaction_print JOIN redaction ON redaction.id = redaction_print.redaction`,
		gone:   []string{`DELETE FROM redaction_print WHERE redaction IN %s`},
		erases: []string{"redaction_print"}},
	{class: practice.ClassErasures, tables: []string{"erasure"}},
	{class: practice.ClassDisposals, tables: []string{"disposal"}, days: disposalDays,
		due:  `SELECT id, day AS since FROM disposal`,
		gone: []string{`DELETE FROM disposal WHERE id IN %s`}},
	{class: practice.ClassBackups, set: practice.KeptByOperator},
	{class: practice.ClassHouse, tables: []string{"organisation", "team", "cycle", "pause", "alarm", "stake", "channel", "monitor", "address", "code", "counter", "meta", "job", "event", "erased"}},
}

const day = 24 * time.Hour

// after is how long the class stays, in an organisation.
func (k keeping) after(house practice.Organisation) int {
	if k.days == ofHouse {
		return house.RetentionDays
	}
	return k.days
}

// Dispose takes away what is due of every class, and leaves a line about each.
// It is work for every day.
func (tx *Tx) Dispose() error {
	house, err := tx.Organisation()
	fresh := errors.Is(err, practice.ErrNotFound) // nobody has set up anything yet
	if err != nil && !fresh {
		return err
	}
	for _, k := range keepings {
		if k.due == "" || fresh && k.days == ofHouse {
			continue
		}
		if err := tx.dispose(k, k.after(house)); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) dispose(k keeping, days int) error {
	ids := fmt.Sprintf(`SELECT id FROM (%s) AS kept WHERE since + %d <= $1`, k.due, (time.Duration(days) * day).Microseconds())
	due, err := list(tx, scanText[string], ids, tx.now)
	if err != nil || len(due) == 0 {
		return err
	}
	for _, statement := range k.gone {
		if _, err := tx.exec(fmt.Sprintf(statement, tx.among(1)), jsonOf(due)); err != nil {
			return fmt.Errorf("dispose of %s: %w", k.class, err)
		}
	}
	n := len(due)
	if k.some {
		n = 0
	}
	_, err = tx.exec(`INSERT INTO disposal (id, class, count, day, days) VALUES ($1, $2, $3, $4, $5)`,
		tx.NewBlindID("dsp"), k.class, n, tx.now.Truncate(day), days)
	if err != nil {
		return fmt.Errorf("note the disposal: %w", err)
	}
	return tx.erases(k.erases...)
}

// Disposals returns what went because its time was over, the latest first.
func (tx *Tx) Disposals() ([]practice.Disposal, error) {
	return list(tx, func(r scanner) (d practice.Disposal, err error) {
		return d, r.Scan(&d.Class, &d.Count, at{&d.Day}, &d.Days)
	}, `SELECT class, count, day, days FROM disposal ORDER BY day DESC, class, id`)
}

// Kept returns how long every class is kept, and what goes next.
func (tx *Tx) Kept() ([]practice.Kept, error) {
	house, err := tx.Organisation()
	if err != nil {
		return nil, err
	}
	all := make([]practice.Kept, len(keepings))
	for i, k := range keepings {
		all[i] = practice.Kept{Class: k.class, Days: k.after(house), Set: k.set, Goes: k.due != ""}
		if err := tx.next(k, &all[i]); err != nil {
			return nil, fmt.Errorf("what goes next of %s: %w", k.class, err)
		}
	}
	return all, nil
}

// next finds the day on which something of a class goes next, and how many. The
// round begins at midnight UTC.
func (tx *Tx) next(k keeping, kept *practice.Kept) error {
	if k.due == "" {
		return nil
	}
	var n int
	span := (time.Duration(kept.Days) * day).Microseconds()
	whole := day.Microseconds()
	tomorrow := tx.now.Truncate(day).Add(day)
	days := fmt.Sprintf(`SELECT (since + %d + %d) / %d * %d AS goes FROM (%s) AS kept`, span, whole-1, whole, whole, k.due)
	days = fmt.Sprintf(`SELECT CASE WHEN goes < $1 THEN $1 ELSE goes END AS goes FROM (%s) AS days`, strings.TrimSpace(days))
	err := tx.row(`SELECT goes, count(*) FROM (`+days+`) AS rounds GROUP BY goes ORDER BY goes LIMIT 1`, tomorrow).Scan(at{&kept.Next}, &n)
	if errors.Is(err, practice.ErrNotFound) {
		return nil
	}
	if !k.some {
		kept.Count = n
	}
	return err
}
