package store

import (
	"errors"
	"slices"
	"time"

	"debrief/internal/practice"
)

// Trail returns what a team went through. Its time is that of the transaction, in
// UTC. No query here has a person in it: those who were asked and came are counted
// where they are kept.
func (tx *Tx) Trail(team practice.TeamID) (practice.Trail, error) {
	t := practice.Trail{At: tx.Now()}
	var err error
	if t.Team, err = tx.Team(team); err != nil {
		return t, err
	}
	if t.People, err = tx.People(team); err != nil {
		return t, err
	}
	if t.Cycles, err = tx.Cycles(team); err != nil {
		return t, err
	}
	slices.Reverse(t.Cycles)
	if t.Pulses, err = tx.Pulses(team); err != nil {
		return t, err
	}
	if t.House, err = tx.Pulses(""); err != nil {
		return t, err
	}
	errs := []error{readTrail(tx, &t.Failures, trailFailures, team), readTrail(tx, &t.Ties, trailTies, team),
		readTrail(tx, &t.Reviews, trailReviews, team), readTrail(tx, &t.Gaps, trailGaps, team),
		readTrail(tx, &t.Changes, trailChanges, team), readTrail(tx, &t.Taps, trailTaps, team),
		readTrail(tx, &t.Carries, trailCarries, team), readTrail(tx, &t.Plans, trailPlans, team),
		readTrail(tx, &t.Said, trailSaid, team), readTrail(tx, &t.Runs, trailRuns, team),
		readTrail(tx, &t.Steps, trailSteps, team), readTrail(tx, &t.Limits, trailLimits, team), readTrail(tx, &t.Findings, trailFindings, team),
		readTrail(tx, &t.Uses, trailUses, team), readTrail(tx, &t.Trials, trailTrials, team), readTrail(tx, &t.Core, trailCore, team)}
	return t, errors.Join(errs...)
}

// HasClosed reports whether a team has closed so many reviews that are measured. It
// counts no further.
func (tx *Tx) HasClosed(team practice.TeamID, n int) (has bool, err error) {
	err = tx.row(`SELECT count(*) >= $2 FROM (SELECT 1 FROM review JOIN failure ON failure.id = review.failure
		WHERE phase = 'closed' AND failure.team = $1 AND NOT drill LIMIT $2) AS closed`, team, n).Scan(&has)
	return has, err
}

// StoppedOf returns the failures of a team of which somebody said that they belong elsewhere,
// the last first. They are in no measure, for good.
func (tx *Tx) StoppedOf(team practice.TeamID) ([]practice.Failure, error) {
	return list(tx, scanFailure, `SELECT `+failureColumns+` FROM failure
		WHERE team = $1 AND NOT drill AND stopped_at > 0 ORDER BY number DESC`, team)
}

// DrillsOf returns those of which somebody said that they were practice, the last first.
// They are in no measure, either.
func (tx *Tx) DrillsOf(team practice.TeamID) ([]practice.Failure, error) {
	return list(tx, scanFailure, `SELECT `+failureColumns+` FROM failure WHERE team = $1 AND drill ORDER BY number DESC`, team)
}

// trailQuery is a query for one kind of what is in a trail, by team.
type trailQuery[T any] struct {
	query string
	scan  func(scanner) (T, error)
}

func readTrail[T any](tx *Tx, into *[]T, q trailQuery[T], team practice.TeamID) (err error) {
	*into, err = list(tx, q.scan, q.query, team)
	return err
}

// trailed are the failures of a team that are measured. One that is restricted to named
// people counts as any other, so that nobody takes it out of the measures alone.
const trailed = `(SELECT id FROM failure WHERE team = $1 AND NOT drill AND stopped_at = 0)`

var trailFailures = trailQuery[practice.TrailFailure]{`SELECT id, CASE WHEN only_for = '[]' THEN number ELSE 0 END, CASE WHEN only_for = '[]' THEN title ELSE '' END,
		coalesce((SELECT former.stage FROM former WHERE former.failure = failure.id AND former.version = 1), stage), source,
		CASE WHEN reported_at > 0 THEN reported_at ELSE recognised_at END, recognised_at, triage, coalesce(joined_to, ''), severe,
		` + stoppedUntil + `
	FROM failure WHERE id IN ` + trailed + ` ORDER BY number`,
	func(row scanner) (f practice.TrailFailure, err error) {
		var until int64
		err = row.Scan(&f.ID, &f.Number, &f.Title, &f.Stage, &f.Source, at{&f.At}, at{&f.RecognisedAt}, &f.Triage, &f.JoinedTo, &f.Severe, &until)
		f.Paused, f.Resumed = stopped(until)
		return f, err
	}}

var trailTies = trailQuery[practice.Tie]{`SELECT id, a, b, kind, at FROM tie
	WHERE kind = 'same' AND a IN ` + trailed + ` AND b IN ` + trailed + ` ORDER BY id`, scanTie}

var trailReviews = trailQuery[practice.TrailReview]{`SELECT id, failure, started_at, written_at, met_at, closed_at,
		id IN (SELECT review FROM guide WHERE outside AND why = ''), ready,
		(SELECT count(*) FROM invitation WHERE review = review.id AND spent), sitting
	FROM review WHERE phase <> 'off' AND failure IN ` + trailed + ` ORDER BY closed_at, id`,
	func(row scanner) (r practice.TrailReview, err error) {
		return r, row.Scan(&r.ID, &r.Failure, at{&r.StartedAt}, at{&r.WrittenAt}, at{&r.MetAt}, at{&r.ClosedAt}, &r.Outside, &r.Ready,
			&r.People, &r.Sittings)
	}}

var trailTaps = trailQuery[practice.TrailTaps]{`SELECT closed_at,
		(SELECT coalesce(sum(yes), 0) FROM closing WHERE review = review.id AND what = 'blamed'),
		(SELECT coalesce(sum(no), 0) FROM closing WHERE review = review.id AND what = 'blamed'),
		(SELECT coalesce(sum(yes), 0) FROM closing WHERE review = review.id AND what = 'again'),
		(SELECT coalesce(sum(no), 0) FROM closing WHERE review = review.id AND what = 'again'),
		(SELECT count(*) FROM invitation WHERE review = review.id AND closeness IN ('did', 'saw', 'affected') AND spent),
		(SELECT count(*) FROM invitation WHERE review = review.id AND closeness IN ('did', 'saw', 'affected') AND NOT spent)
	FROM review WHERE phase = 'closed' AND failure IN (SELECT id FROM failure WHERE team = $1) ORDER BY closed_at, id`,
	func(row scanner) (r practice.TrailTaps, err error) {
		return r, row.Scan(at{&r.ClosedAt}, &r.Blame.Yes, &r.Blame.No, &r.Again.Yes, &r.Again.No, &r.Near.Yes, &r.Near.No)
	}}

var trailGaps = trailQuery[practice.TrailGap]{`SELECT gap.review, gap.verdict, gap.route, gap.strength,
		(SELECT coalesce(min(scar.at), 0) FROM scar WHERE scar.gap = gap.id), gap.actual, gap.parted
	FROM gap JOIN review ON review.id = gap.review
	WHERE gap.taken AND review.phase = 'closed' AND review.failure IN ` + trailed + ` ORDER BY review.closed_at, gap.id`,
	func(row scanner) (g practice.TrailGap, err error) {
		var parted string
		err = row.Scan(&g.Review, &g.Verdict, &g.Route, &g.Strength, at{&g.MadeAt}, &g.Text, &parted)
		g.Text += "\n" + parted
		return g, err
	}}

var trailChanges = trailQuery[practice.TrailChange]{`SELECT coalesce(scar.step, scar.safeguard), scar.step IS NULL, scar.failure, gap.review, scar.at, scar.used_at
	FROM scar JOIN gap ON gap.id = scar.gap JOIN review ON review.id = gap.review
	WHERE review.phase = 'closed' AND scar.failure IN ` + trailed + ` ORDER BY scar.at, scar.id`,
	func(row scanner) (c practice.TrailChange, err error) {
		return c, row.Scan(&c.What, &c.Guard, &c.Failure, &c.Review, at{&c.At}, at{&c.UsedAt})
	}}

// A change is what one version of a procedure did, however many of its steps it touched.
var trailSteps = trailQuery[practice.TrailStep]{`SELECT min(scar.failure), min(scar.at),
		EXISTS (SELECT 1 FROM people_check WHERE people_check.procedure = step.procedure AND people_check.revision = scar.revision)
	FROM scar JOIN step ON step.id = scar.step JOIN gap ON gap.id = scar.gap JOIN review ON review.id = gap.review
	WHERE review.phase = 'closed' AND scar.failure IN ` + trailed + ` GROUP BY step.procedure, scar.revision ORDER BY min(scar.at), min(scar.failure)`,
	func(row scanner) (s practice.TrailStep, err error) {
		return s, row.Scan(&s.Failure, at{&s.At}, &s.Checks)
	}}

var trailCarries = trailQuery[practice.TrailCarry]{`SELECT review, named_at, due_at, state, settle_at
	FROM carry WHERE failure IN ` + trailed + ` ORDER BY due_at, id`,
	func(row scanner) (c practice.TrailCarry, err error) {
		return c, row.Scan(&c.Review, at{&c.NamedAt}, at{&c.DueAt}, &c.State, at{&c.SettleAt})
	}}

var trailPlans = trailQuery[practice.TrailPlan]{`SELECT number, title, frozen_at,
		(SELECT count(*) FROM inherited WHERE plan = plan.id AND says = 'fits' AND body <> '' AND about NOT IN (SELECT id FROM assumption)),
		(SELECT count(*) FROM inherited WHERE plan = plan.id AND says = 'fits' AND body <> '' AND about IN (
			SELECT id FROM failure WHERE team <> $1 UNION SELECT id FROM boundary WHERE team <> $1 UNION SELECT id FROM finding WHERE team <> $1))
	FROM plan WHERE team = $1 AND frozen_at > 0 ORDER BY frozen_at, id`,
	func(row scanner) (p practice.TrailPlan, err error) {
		return p, row.Scan(&p.Number, &p.Title, at{&p.FrozenAt}, &p.Cites, &p.Elsewhere)
	}}

var trailLimits = trailQuery[time.Time]{`SELECT named_at FROM boundary WHERE team = $1 AND id IN (SELECT boundary_gap.boundary FROM boundary_gap
		JOIN gap ON gap.id = boundary_gap.gap JOIN review ON review.id = gap.review WHERE review.failure IN ` + trailed + `)
	ORDER BY named_at, id`, scanTime}

var trailFindings = trailQuery[time.Time]{`SELECT at FROM finding WHERE team = $1 AND failure IN ` + trailed + ` ORDER BY at, id`, scanTime}

func scanTime(row scanner) (t time.Time, err error) { return t, row.Scan(at{&t}) }

// Grounds returns to which steps of procedures the failures of a team that are measured
// belong.
func (tx *Tx) Grounds(team practice.TeamID) (all []practice.TrailGround, err error) {
	err = readTrail(tx, &all, trailGrounds, team)
	return all, err
}

var trailGrounds = trailQuery[practice.TrailGround]{`SELECT found.failure, found.step, procedure.id, procedure.slug, procedure.title
	FROM (SELECT scar.failure, scar.step FROM scar JOIN gap ON gap.id = scar.gap JOIN review ON review.id = gap.review
			WHERE review.phase = 'closed' AND scar.step IS NOT NULL AND scar.failure IN ` + trailed + `
		UNION SELECT id, step FROM failure WHERE step <> '' AND id IN ` + trailed + `) AS found
	JOIN step ON step.id = found.step JOIN procedure ON procedure.id = step.procedure ORDER BY found.failure, found.step`,
	func(row scanner) (g practice.TrailGround, err error) {
		return g, row.Scan(&g.Failure, &g.Step, &g.Procedure, &g.Slug, &g.Title)
	}}
