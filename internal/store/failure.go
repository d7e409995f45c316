package store

import (
	"fmt"
	"math"

	"debrief/internal/practice"
)

var failureColumns = `id, number, coalesce(team, ''), title, body, stage, recognised_at, reported_at,
	coalesce(reporter, ''), alias, touched, touched_other, source, triage, triage_why, coalesce(convener, ''),
	coalesce(joined_to, ''), step, coalesce(plan, ''), standing, version, drill, severe, stopped, stopped_at, only_for, coalesce(ref, ''), org, url, licence, attribution, import_kind,
	import_number, import_source, import_print, ` + stoppedUntil

// AddFailure keeps a failure and gives it its number.
func (tx *Tx) AddFailure(f practice.Failure) (practice.Failure, error) {
	var err error
	if f.Number, err = tx.nextNumber("failure"); err != nil {
		return f, err
	}
	p := f.Provenance
	f.Version = 1
	_, err = tx.exec(`INSERT INTO failure (id, number, team, title, body, stage, recognised_at, reported_at,
			reporter, alias, touched, touched_other, source, triage, triage_why, convener,
			joined_to, step, standing, ref, org, url, licence, attribution, import_kind,
			import_number, import_source, import_print, drill, only_for, plan, severe)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32)`,
		f.ID, f.Number, orNull(f.Team), f.Title, f.Text, f.Stage, f.RecognisedAt, f.ReportedAt,
		orNull(f.Reporter), f.Alias, jsonOf(f.Touched), f.TouchedOther, f.Source, f.Triage, f.TriageWhy, orNull(f.Convener),
		orNull(f.JoinedTo), f.Step, f.Standing, orNull(p.Ref), p.Org, p.URL, p.Licence, p.Attribution, p.Kind,
		p.Number, p.Source, p.Print, f.Drill, jsonOf(append([]practice.MemberID{}, f.Only...)), orNull(f.Plan), f.Severe)
	if err != nil {
		return f, fmt.Errorf("add failure: %w", err)
	}
	return f, nil
}

// nextNumber hands out the next number of a kind, F-118 and the like. The row
// is locked until the transaction ends, so no number is given twice or lost.
func (tx *Tx) nextNumber(kind string) (int, error) {
	var n int
	err := tx.row(`INSERT INTO counter (name, n) VALUES ($1, 1)
		ON CONFLICT (name) DO UPDATE SET n = counter.n + 1 RETURNING n`, kind).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("next number of %s: %w", kind, err)
	}
	return n, nil
}

// Failure returns a failure by its id.
func (tx *Tx) Failure(id practice.FailureID) (practice.Failure, error) {
	return scanFailure(tx.row(`SELECT `+failureColumns+` FROM failure WHERE id = $1`, id))
}

// FailuresOf returns those of the failures that are there, in no order.
func (tx *Tx) FailuresOf(ids []practice.FailureID) ([]practice.Failure, error) {
	return list(tx, scanFailure, `SELECT `+failureColumns+` FROM failure WHERE id IN `+tx.among(1), jsonOf(ids))
}

// FailureByNumber returns a failure by the number people say aloud.
func (tx *Tx) FailureByNumber(n int) (practice.Failure, error) {
	return scanFailure(tx.row(`SELECT `+failureColumns+` FROM failure WHERE number = $1`, n))
}

// FailureByRef returns an imported failure by its id where it came from.
func (tx *Tx) FailureByRef(ref string) (practice.Failure, error) {
	return scanFailure(tx.row(`SELECT `+failureColumns+` FROM failure WHERE ref = $1`, ref))
}

// FailureFilter narrows a list of failures. Zero fields do not narrow.
type FailureFilter struct {
	Teams    []practice.TeamID // of these teams; nil means of any, and imported ones
	Triage   practice.Triage
	Source   practice.Source
	Standing practice.Standing
	Reader   practice.MemberID // without what is restricted to other people than this one, unless All
	All      bool
	Plan     practice.PlanID
	Closed   bool // with a closed review, whose record can be read
	Before   int  // numbers below this one, for the next page
	AtMost   int  // 0 means all
}

// Failures returns failures, the newest number first. Which ones they are is
// asked of the numbers alone, so that the texts of the others are not read.
func (tx *Tx) Failures(f FailureFilter) ([]practice.Failure, error) {
	which, args := f.numbers(tx)
	return list(tx, scanFailure, `SELECT `+failureColumns+` FROM failure WHERE number IN (`+which+`) ORDER BY number DESC`, args...)
}

// numbers is the query for the numbers of the failures that pass.
func (f FailureFilter) numbers(tx *Tx) (query string, args []any) {
	query = `SELECT number FROM failure WHERE number < $1`
	if args = append(args, f.Before); f.Before == 0 {
		args[0] = math.MaxInt32
	}
	and := func(condition string, value any) {
		args = append(args, value)
		query += ` AND ` + fmt.Sprintf(condition, len(args))
	}
	if f.Teams != nil {
		args = append(args, jsonOf(f.Teams))
		query += ` AND team IN ` + tx.among(len(args))
	}
	if !f.All {
		args = append(args, f.Reader)
		query += ` AND ` + tx.readBy(len(args))
	}
	if f.Triage != "" {
		and(`triage = $%d`, f.Triage)
	}
	if f.Source != "" {
		and(`source = $%d`, f.Source)
	}
	if f.Standing != "" {
		and(`standing = $%d`, f.Standing)
	}
	if f.Plan != "" {
		and(`plan = $%d`, f.Plan)
	}
	if f.Closed {
		query += ` AND id IN (SELECT failure FROM review WHERE closed_at > 0)`
	}
	if f.AtMost > 0 {
		args = append(args, f.AtMost)
		query += ` ORDER BY number DESC` + atMost(len(args))
	}
	return query, args
}

// AnyFailure reports whether the teams ever reported one that somebody reads,
// practising aside.
func (tx *Tx) AnyFailure(reader practice.MemberID, teams []practice.TeamID) (bool, error) {
	var any bool
	err := tx.row(`SELECT EXISTS (SELECT 1 FROM failure WHERE team IN `+tx.among(1)+` AND NOT drill AND `+tx.readBy(2)+`)`,
		jsonOf(teams), reader).Scan(&any)
	return any, err
}

// SaveFailure writes back what people may change about a failure: its triage,
// convener, joins, named step, plan and standing.
func (tx *Tx) SaveFailure(f practice.Failure) error {
	_, err := tx.exec(`UPDATE failure SET triage = $2, triage_why = $3, convener = $4, joined_to = $5, step = $6, standing = $7, plan = $8
		WHERE id = $1`, f.ID, f.Triage, f.TriageWhy, orNull(f.Convener), orNull(f.JoinedTo), f.Step, f.Standing, orNull(f.Plan))
	if err != nil {
		return fmt.Errorf("save failure: %w", err)
	}
	return tx.Admit(f.ID, f.Convener)
}

func scanFailure(r scanner) (practice.Failure, error) {
	var f practice.Failure
	p := &f.Provenance
	var until int64
	err := r.Scan(&f.ID, &f.Number, &f.Team, &f.Title, &f.Text, &f.Stage, at{&f.RecognisedAt}, at{&f.ReportedAt},
		&f.Reporter, &f.Alias, fromJSON{&f.Touched}, &f.TouchedOther, &f.Source, &f.Triage, &f.TriageWhy, &f.Convener,
		&f.JoinedTo, &f.Step, &f.Plan, &f.Standing, &f.Version, &f.Drill, &f.Severe, &f.Stopped, at{&f.StoppedAt}, fromJSON{&f.Only}, &p.Ref, &p.Org, &p.URL, &p.Licence, &p.Attribution, &p.Kind,
		&p.Number, &p.Source, &p.Print, &until)
	f.Paused, f.Resumed = stopped(until)
	if len(f.Only) == 0 {
		f.Only = nil
	}
	return f, err
}

// orNull writes an empty id as no id at all, so that references hold.
func orNull[T ~string](id T) any {
	if id == "" {
		return nil
	}
	return string(id)
}

// Findable returns the ids of everything the index holds besides failures, each
// noun once.
func (tx *Tx) Findable() ([]string, error) {
	return list(tx, scanID[string], `SELECT id FROM procedure
		UNION ALL SELECT id FROM safeguard UNION ALL SELECT id FROM boundary
		UNION ALL SELECT id FROM finding UNION ALL SELECT id FROM assumption UNION ALL SELECT id FROM plan UNION ALL SELECT id FROM review WHERE closed_at > 0`)
}
