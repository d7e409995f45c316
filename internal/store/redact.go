package store

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"debrief/internal/practice"
)

// said is a table with texts about a failure.
type said struct {
	table string
	key   []string
	texts []string
	lists []string // columns that are JSON lists of texts, or of what has texts
	where string
	room  bool // only those who took part read it
}

const closedOfFailure = `(SELECT id FROM review WHERE failure = $1 AND phase = 'closed')`

const gapsClosed = `(SELECT id FROM gap WHERE review IN ` + closedOfFailure + `)`

const offersOfFailure = `(SELECT id FROM offer WHERE failure = $1)`

const planOfFailure = `(SELECT plan FROM failure WHERE id = $1)`

// sayings are all of them. What is said in an open room stays there.
var sayings = []said{
	{table: "failure", key: []string{"id"}, texts: []string{"title", "body", "touched_other", "alias", "triage_why"}, where: `id = $1`},
	{table: "former", key: []string{"failure", "version"}, texts: []string{"body"}, where: `failure = $1`},
	{table: "hold", key: []string{"id"}, texts: []string{"why", "ended_why"}, where: `failure = $1`},
	{table: "hot", key: []string{"failure"}, texts: []string{"meant", "parted", "change", "carrier"}, where: `failure = $1`},
	{table: "plan", key: []string{"id"}, texts: []string{"title", "aim", "hard", "notice", "ask", "stop"}, lists: []string{"signals", "added"}, where: `id = ` + planOfFailure},
	{table: "reason", key: []string{"id"}, texts: []string{"body"}, where: `plan = ` + planOfFailure},
	{table: "inherited", key: []string{"plan", "about"}, texts: []string{"body"}, where: `plan = ` + planOfFailure},
	{table: "cycle_inherited", key: []string{"cycle", "about"}, texts: []string{"body"}, where: `(about IN (SELECT id FROM scar WHERE failure = $1)
		OR about IN (SELECT id FROM finding WHERE failure = $1) OR about IN (SELECT id FROM carry WHERE review IN ` + closedOfFailure + `))`},
	{table: "fact", key: []string{"id"}, texts: []string{"line", "link", "pasted"}, where: `failure = $1`},
	{table: "message", key: []string{"id"}, texts: []string{"body"}, where: `failure = $1`},
	{table: "review", key: []string{"id"}, texts: []string{"trace", "late_why", "few_why", "nothing_why"}, where: `id IN ` + closedOfFailure},
	{table: "agreed", key: []string{"review", "phase"}, texts: []string{"body", "differ"}, where: `review IN ` + closedOfFailure},
	{table: "gap", key: []string{"id"}, texts: []string{"intended", "actual", "parted", "differ", "needs", "could", "route_why", "beyond"},
		lists: []string{"quotes"}, where: `review IN ` + closedOfFailure},
	{table: "carry", key: []string{"id"}, texts: []string{"moment", "act", "proof", "why"}, where: `review IN ` + closedOfFailure},
	{table: "core_change", key: []string{"gap"}, texts: []string{"body", "rest"}, where: `gap IN ` + gapsClosed},
	{table: "trial", key: []string{"gap"}, texts: []string{"harm", "why"}, where: `(gap IN ` + gapsClosed + ` OR gap IN ` + offersOfFailure + `)`},
	{table: "proposal", key: []string{"id"}, texts: []string{"body", "rest", "why"}, where: `gap IN ` + gapsClosed},
	{table: "effect", key: []string{"gap"}, texts: []string{"what", "body"}, where: `gap IN ` + gapsClosed},
	{table: "assumption_test", key: []string{"assumption", "place"}, texts: []string{"how"}, where: `gap IN ` + gapsClosed},
	{table: "consent_said", key: []string{"id"}, texts: []string{"body"}, where: `(gap IN ` + gapsClosed + ` OR gap IN ` + offersOfFailure + `)`},
	{table: "referral", key: []string{"gap", "place"}, texts: []string{"why"}, where: `gap IN ` + gapsClosed},
	{table: "offer", key: []string{"id"}, texts: []string{"body", "why", "said", "reason"}, where: `failure = $1`},
	{table: "parked_conflict", key: []string{"id"}, texts: []string{"body", "how"}, where: `review IN ` + closedOfFailure, room: true},
	{table: "finding", key: []string{"id"}, texts: []string{"tried", "expected", "got", "next", "under", "sure"},
		lists: []string{"known", "because"}, where: `failure = $1`},
	{table: "answer", key: []string{"id"}, texts: []string{"body", "actual", "parted", "shows"}, where: `review IN ` + closedOfFailure, room: true},
	{table: "judgement", key: []string{"id"}, texts: []string{"reason", "needs", "could"},
		where: `gap IN ` + gapsClosed, room: true},
}

// Redacted is from how many places something was taken.
type Redacted struct {
	Open int // of what everybody reads who reads the failure
	Room int // of what those read who took part
}

// Redact takes words out of everything that was said about a failure. Start
// pages lose what they say about it, and the files are written anew.
func (tx *Tx) Redact(f practice.Failure, take func(string) (string, int)) (Redacted, error) {
	var r Redacted
	for _, s := range sayings {
		n, err := tx.redact(s, string(f.ID), take)
		if err != nil {
			return r, fmt.Errorf("redact %s: %w", s.table, err)
		}
		if s.room {
			r.Room += n
		} else {
			r.Open += n
		}
		if err := tx.erases(s.table); err != nil {
			return r, err
		}
	}
	f.Only = nil
	if err := tx.removeNotices(f); err != nil {
		return r, err
	}
	return r, tx.erases("notice")
}

// redact goes through the rows of one table and writes those that change.
func (tx *Tx) redact(s said, id string, take func(string) (string, int)) (places int, err error) {
	columns := slices.Concat(s.key, s.texts, s.lists)
	rows, err := list(tx, func(r scanner) ([]string, error) {
		values, into := make([]string, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		return values, r.Scan(into...)
	}, `SELECT CAST(`+strings.Join(columns, ` AS TEXT), CAST(`)+` AS TEXT) FROM `+s.table+` WHERE `+s.where, id)
	if err != nil {
		return 0, err
	}
	for _, row := range rows {
		n, err := s.taken(row, take)
		if err != nil {
			return places, err
		}
		if places += n; n == 0 {
			continue
		}
		var sets, where []string
		var args []any
		for i, column := range columns {
			args = append(args, row[i])
			if i < len(s.key) {
				where = append(where, fmt.Sprintf(`CAST(%s AS TEXT) = $%d`, column, i+1))
			} else {
				sets = append(sets, fmt.Sprintf(`%s = $%d`, column, i+1))
			}
		}
		if _, err := tx.exec(`UPDATE `+s.table+` SET `+strings.Join(sets, `, `)+` WHERE `+strings.Join(where, ` AND `), args...); err != nil {
			return places, err
		}
	}
	return places, nil
}

// taken takes the words out of one row. The title of a report is made of its
// text and no place of its own.
func (s said) taken(row []string, take func(string) (string, int)) (places int, err error) {
	for i := range s.texts {
		at, n := len(s.key)+i, 0
		row[at], n = take(row[at])
		if s.table != "failure" || s.texts[i] != "title" {
			places += n
		}
	}
	for i := range s.lists {
		at := len(s.key) + len(s.texts) + i
		var all []any
		if err := (fromJSON{&all}).Scan(row[at]); err != nil {
			return places, err
		}
		for k := range all {
			places += takeFrom(&all[k], take)
		}
		row[at] = jsonOf(all)
	}
	return places, nil
}

// takeFrom takes the words out of a text, or out of the texts that something has,
// and returns from how many places.
func takeFrom(one *any, take func(string) (string, int)) (places int) {
	switch is := (*one).(type) {
	case string:
		*one, places = take(is)
	case map[string]any:
		for name, value := range is {
			places += takeFrom(&value, take)
			is[name] = value
		}
	}
	return places
}

// ofPlan are the texts of a plan and of what stands beside it. What each supposed alone
// is nobody's to count before it is open.
func ofPlan(p practice.Plan) []said {
	return []said{
		{table: "plan", key: []string{"id"}, texts: []string{"title", "aim", "hard", "notice", "ask", "stop"}, lists: []string{"signals", "added"}, where: `id = $1`},
		{table: "reason", key: []string{"id"}, texts: []string{"body"}, where: `plan = $1`, room: !p.Opened()},
		{table: "inherited", key: []string{"plan", "about"}, texts: []string{"body"}, where: `plan = $1`},
		{table: "assumption_use", key: []string{"id"}, texts: []string{"fine"}, where: `plan = $1`},
	}
}

// RedactPlan takes words out of a plan and out of everything that stands beside it.
// Start pages lose what they say about it, and the files are written anew. Its
// fingerprint stays what it was.
func (tx *Tx) RedactPlan(p practice.Plan, take func(string) (string, int)) (open int, err error) {
	for _, s := range ofPlan(p) {
		n, err := tx.redact(s, string(p.ID), take)
		if err != nil {
			return open, fmt.Errorf("redact %s: %w", s.table, err)
		}
		if !s.room {
			open += n
		}
	}
	if _, err := tx.exec(`DELETE FROM notice WHERE link = $1 OR link LIKE $2`, practice.PlanPath(p.Number), practice.PlanPath(p.Number)+"#%"); err != nil {
		return open, fmt.Errorf("redact notices: %w", err)
	}
	return open, tx.erases("plan", "reason", "inherited", "assumption_use", "notice")
}

// RemovePictures takes the pictures off a failure's strip and returns how many.
func (tx *Tx) RemovePictures(id practice.FailureID) (int, error) {
	files, err := list(tx, scanText[string], `SELECT file FROM fact WHERE failure = $1 AND file IS NOT NULL`, id)
	if err != nil || len(files) == 0 {
		return 0, err
	}
	if _, err := tx.exec(`UPDATE fact SET file = NULL WHERE failure = $1`, id); err != nil {
		return 0, fmt.Errorf("remove pictures: %w", err)
	}
	if _, err := tx.exec(`DELETE FROM file WHERE id IN `+tx.among(1), jsonOf(files)); err != nil {
		return 0, fmt.Errorf("remove pictures: %w", err)
	}
	return len(files), tx.erases("file", "fact")
}

// AddRedaction keeps that something was taken out, and not what.
func (tx *Tx) AddRedaction(r practice.Redaction) error {
	_, err := tx.exec(`INSERT INTO redaction (id, failure, plan, member, places, at) VALUES ($1, $2, $3, $4, $5, $6)`,
		r.ID, orNull(r.Failure), orNull(r.Plan), r.Member, r.Places, r.At)
	if err != nil {
		return fmt.Errorf("add redaction: %w", err)
	}
	code := base64.StdEncoding.EncodeToString
	_, err = tx.exec(`INSERT INTO redaction_print (redaction, salt, sum, length, pictures) VALUES ($1, $2, $3, $4, $5)`,
		r.ID, code(r.Print.Salt), code(r.Print.Sum), r.Print.Length, r.Print.Pictures)
	if err != nil {
		return fmt.Errorf("add the print of a redaction: %w", err)
	}
	return nil
}

// Redactions returns what was taken out of what is said about a failure, the
// latest first, without their prints.
func (tx *Tx) Redactions(f practice.FailureID) ([]practice.Redaction, error) {
	return list(tx, scanRedaction, `SELECT `+redactionColumns+` FROM redaction WHERE failure = $1 ORDER BY at DESC, id DESC`, f)
}

// PlanRedactions is Redactions of a plan.
func (tx *Tx) PlanRedactions(p practice.PlanID) ([]practice.Redaction, error) {
	return list(tx, scanRedaction, `SELECT `+redactionColumns+` FROM redaction WHERE plan = $1 ORDER BY at DESC, id DESC`, p)
}

const redactionColumns = `id, coalesce(failure, ''), coalesce(plan, ''), member, places, at`

func scanRedaction(r scanner) (one practice.Redaction, err error) {
	err = r.Scan(&one.ID, &one.Failure, &one.Plan, &one.Member, &one.Places, at{&one.At})
	return one, err
}

// Printed returns the redactions that can be made again in an older copy, with
// their prints, in the order in which they were made.
func (tx *Tx) Printed() ([]practice.Redaction, error) {
	return list(tx, func(r scanner) (one practice.Redaction, err error) {
		var salt, sum string
		err = r.Scan(&one.ID, &one.Failure, &one.Plan, &one.Member, &one.Places, at{&one.At}, &salt, &sum, &one.Print.Length, &one.Print.Pictures)
		if err == nil {
			one.Print.Salt, err = base64.StdEncoding.DecodeString(salt)
		}
		if err == nil {
			one.Print.Sum, err = base64.StdEncoding.DecodeString(sum)
		}
		return one, err
	}, `SELECT `+redactionColumns+`, salt, sum, length, pictures FROM redaction JOIN redaction_print ON redaction = id ORDER BY at, id`)
}

// KnowsRedaction reports whether one was made here.
func (tx *Tx) KnowsRedaction(id practice.RedactionID) (bool, error) {
	var n int
	err := tx.row(`SELECT count(*) FROM redaction WHERE id = $1`, id).Scan(&n)
	return n > 0, err
}
