package store

import (
	"fmt"
	"time"

	"debrief/internal/practice"
)

const reviewColumns = `id, failure, form, lead, meet_at, box, phase, open, version, sitting, started_at, ends_at, phase_ends_at,
	free_at, extended, closed_at, late_why, few_why, whole, trace, traceless, nothing_why,
	days_from, zone, both_open, reminded, written_at, met_at, ready_at, ready, came_true`

// AddReview keeps a review and invites people to it.
func (tx *Tx) AddReview(r practice.Review, people []practice.MemberID) error {
	_, err := tx.exec(`INSERT INTO review (`+reviewColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31)`,
		r.ID, r.Failure, r.Form, r.Lead, r.MeetAt, r.Box.Microseconds(), r.Phase, r.Open, r.Version, r.Sitting, r.StartedAt, r.EndsAt,
		r.PhaseEndsAt, r.FreeAt, r.Extended, r.ClosedAt, r.LateWhy, r.FewWhy, r.Whole, r.Trace, r.Traceless,
		r.NothingWhy, r.DaysFrom, r.Zone, r.Both, r.Reminded, r.WrittenAt, r.MetAt, r.ReadyAt, r.Ready, int64(r.CameTrue))
	if err != nil {
		return fmt.Errorf("add review: %w", err)
	}
	for _, m := range people {
		if err := tx.AddInvitation(practice.Invitation{Review: r.ID, Member: m}); err != nil {
			return err
		}
	}
	return nil
}

// Review returns a review by its id.
func (tx *Tx) Review(id practice.ReviewID) (practice.Review, error) {
	return scanReview(tx.row(`SELECT `+reviewColumns+` FROM review WHERE id = $1`, id))
}

// Reviews returns the reviews of a failure, the latest first, without those that
// were called off.
func (tx *Tx) Reviews(f practice.FailureID) ([]practice.Review, error) {
	return list(tx, scanReview, `SELECT `+reviewColumns+` FROM review
		WHERE failure = $1 AND phase <> $2 ORDER BY meet_at DESC, id DESC`, f, practice.PhaseOff)
}

// OpenReviews returns the reviews of a team's failures that are not closed,
// the next to meet first.
func (tx *Tx) OpenReviews(team practice.TeamID) ([]practice.Review, error) {
	return list(tx, scanReview, `SELECT `+reviewColumns+` FROM review
		WHERE phase NOT IN ($2, $3) AND failure IN (SELECT id FROM failure WHERE team = $1) ORDER BY meet_at, id`,
		team, practice.PhaseClosed, practice.PhaseOff)
}

// Record is a closed review with what a person has to do with it.
type Record struct {
	Review  practice.ReviewID
	Failure practice.FailureID
	Ticked  bool // everybody in the room ticked that others may read the whole
	practice.Reader
}

// Records returns all closed reviews, each with what a person of some teams has
// to do with it.
func (tx *Tx) Records(m practice.MemberID, teams []practice.TeamID) ([]Record, error) {
	return list(tx, func(row scanner) (r Record, err error) {
		return r, row.Scan(&r.Review, &r.Failure, &r.Ticked, &r.Team, &r.Reported, &r.Took, &r.Leads, &r.Guided, &r.Carries, &r.Only, &r.Named)
	}, `SELECT review.id, review.failure, review.whole, coalesce(failure.team, '') IN `+tx.among(3)+`, coalesce(failure.reporter, '') = $1,
			review.id IN (SELECT review FROM invitation WHERE member = $1 AND spent),
			review.id IN (SELECT review FROM invitation JOIN leads ON leads.member = invitation.member WHERE leads.leader = $1 AND spent),
			review.id IN (SELECT review FROM guide WHERE member = $1 AND outside),
			review.id IN (SELECT review FROM carry WHERE carrier = $1 OR offered = $1), failure.only_for <> '[]', `+tx.readBy(1)+`
		FROM review JOIN failure ON failure.id = review.failure
		WHERE review.phase = $2`, m, practice.PhaseClosed, jsonOf(append([]practice.TeamID{}, teams...)))
}

// SaveReview writes back where a review stands. It returns
// [practice.ErrChanged] where the room has moved on from version was.
func (tx *Tx) SaveReview(r practice.Review, was int) error {
	n, err := tx.exec(`UPDATE review SET meet_at = $3, box = $4, phase = $5, open = $6, version = $7, sitting = $8, started_at = $9,
			ends_at = $10, phase_ends_at = $11, free_at = $12, extended = $13, closed_at = $14, late_why = $15, few_why = $16, whole = $17,
			trace = $18, traceless = $19, nothing_why = $20, form = $21, days_from = $22, zone = $23, both_open = $24,
			reminded = $25, written_at = $26, met_at = $27, ready_at = $28, ready = $29, came_true = $30
		WHERE id = $1 AND version = $2`,
		r.ID, was, r.MeetAt, r.Box.Microseconds(), r.Phase, r.Open, r.Version, r.Sitting, r.StartedAt,
		r.EndsAt, r.PhaseEndsAt, r.FreeAt, r.Extended, r.ClosedAt, r.LateWhy, r.FewWhy, r.Whole, r.Trace,
		r.Traceless, r.NothingWhy, r.Form, r.DaysFrom, r.Zone, r.Both, r.Reminded, r.WrittenAt, r.MetAt, r.ReadyAt, r.Ready, int64(r.CameTrue))
	if err != nil {
		return fmt.Errorf("save review: %w", err)
	}
	if n == 0 {
		return practice.ErrChanged
	}
	return nil
}

// The jobs of a review in writing; their payload is a [ReviewJob].
const (
	JobClock  = "review.clock"  // what it does by itself at a moment
	JobRemind = "review.remind" // everybody is reminded
)

// Schedule leaves what a review in writing does by itself: what its next moment
// brings, and the reminder before it. A room does nothing by itself, once it is
// known whether it is a go.
func (tx *Tx) Schedule(r practice.Review) error {
	at := r.PhaseEndsAt
	switch {
	case r.AsksReady(tx.now):
		return tx.EnqueueReview(JobReady, r.ID, r.ReadyAt)
	case !r.InWriting() || r.Phase == practice.PhaseClosed:
		return nil
	case r.Phase == practice.PhaseArrive:
		at = r.MeetAt
	}
	err := tx.EnqueueReview(JobClock, r.ID, at)
	if remind := r.RemindAt(); err == nil && remind.After(tx.now.Add(practice.LeastTime)) {
		err = tx.EnqueueReview(JobRemind, r.ID, remind)
	}
	return err
}

func scanReview(row scanner) (practice.Review, error) {
	var r practice.Review
	err := row.Scan(&r.ID, &r.Failure, &r.Form, &r.Lead, at{&r.MeetAt}, span{&r.Box}, &r.Phase, &r.Open, &r.Version, &r.Sitting,
		at{&r.StartedAt}, at{&r.EndsAt}, at{&r.PhaseEndsAt}, at{&r.FreeAt}, &r.Extended, at{&r.ClosedAt}, &r.LateWhy, &r.FewWhy, &r.Whole,
		&r.Trace, &r.Traceless, &r.NothingWhy, at{&r.DaysFrom}, &r.Zone, &r.Both, &r.Reminded, at{&r.WrittenAt}, at{&r.MetAt},
		at{&r.ReadyAt}, &r.Ready, &r.CameTrue)
	return r, err
}

// span scans a column of microseconds into a duration.
type span struct{ *time.Duration }

// Scan reads the column.
func (s span) Scan(src any) error {
	us, ok := src.(int64)
	if !ok {
		return fmt.Errorf("a duration is kept as microseconds, not as %T", src)
	}
	*s.Duration = time.Duration(us) * time.Microsecond
	return nil
}

// ReviewsOfTeams returns the reviews of those of the teams' failures that
// somebody reads, the latest first, without those that were called off.
func (tx *Tx) ReviewsOfTeams(reader practice.MemberID, teams []practice.TeamID) ([]practice.Review, error) {
	return list(tx, scanReview, `SELECT `+reviewColumns+` FROM review
		WHERE failure IN (SELECT id FROM failure WHERE team IN `+tx.among(1)+` AND `+tx.readBy(2)+`) AND phase <> $3 ORDER BY meet_at DESC, id DESC`,
		jsonOf(append([]practice.TeamID{}, teams...)), reader, practice.PhaseOff)
}

// ReviewsWith returns the reviews that somebody leads or is invited to and that
// meet after a moment, the first to meet first; those that were called off are
// among them.
func (tx *Tx) ReviewsWith(m practice.MemberID, after time.Time) ([]practice.Review, error) {
	return list(tx, scanReview, `SELECT `+reviewColumns+` FROM review
		WHERE meet_at > $2 AND (lead = $1 OR id IN (SELECT review FROM invitation WHERE member = $1)
			OR id IN (SELECT review FROM guide WHERE member = $1)) ORDER BY meet_at, id`, m, after)
}
