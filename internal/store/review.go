package store

import (
	"fmt"
	"time"

	"debrief/internal/practice"
)

const reviewColumns = `id, failure, form, lead, meet_at, box, phase, open, version, sitting, started_at, ends_at, phase_ends_at,
	free_at, extended, closed_at, late_why, few_why, whole, held_why`

// AddReview keeps a review and invites people to it.
func (tx *Tx) AddReview(r practice.Review, people []practice.MemberID) error {
	_, err := tx.exec(`INSERT INTO review (`+reviewColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
		r.ID, r.Failure, r.Form, r.Lead, r.MeetAt, r.Box.Microseconds(), r.Phase, r.Open, r.Version, r.Sitting, r.StartedAt, r.EndsAt,
		r.PhaseEndsAt, r.FreeAt, r.Extended, r.ClosedAt, r.LateWhy, r.FewWhy, r.Whole, r.HeldWhy)
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

// Reviews returns the reviews of a failure, the latest first.
func (tx *Tx) Reviews(f practice.FailureID) ([]practice.Review, error) {
	return list(tx, scanReview, `SELECT `+reviewColumns+` FROM review WHERE failure = $1 ORDER BY meet_at DESC, id DESC`, f)
}

// OpenReviews returns the reviews of a team's failures that are not closed,
// the next to meet first.
func (tx *Tx) OpenReviews(team practice.TeamID) ([]practice.Review, error) {
	return list(tx, scanReview, `SELECT `+reviewColumns+` FROM review
		WHERE phase <> $2 AND failure IN (SELECT id FROM failure WHERE team = $1) ORDER BY meet_at, id`, team, practice.PhaseClosed)
}

// ReviewsKeptFrom returns the closed reviews of which a person reads only what
// changed, as they lead somebody who took part. Whoever took part themselves or
// reported the failure reads all of it, and so does everybody where the room
// said so.
func (tx *Tx) ReviewsKeptFrom(m practice.MemberID) ([]practice.ReviewID, error) {
	return list(tx, scanID[practice.ReviewID], `SELECT review.id FROM review JOIN failure ON failure.id = review.failure
		WHERE review.phase = $2 AND NOT review.whole AND coalesce(failure.reporter, '') <> $1
			AND EXISTS (SELECT 1 FROM invitation JOIN leads ON leads.member = invitation.member
				WHERE invitation.review = review.id AND invitation.spent AND leads.leader = $1)
			AND NOT EXISTS (SELECT 1 FROM invitation
				WHERE invitation.review = review.id AND invitation.spent AND invitation.member = $1)
		ORDER BY review.id`, m, practice.PhaseClosed)
}

// SaveReview writes back where a review stands. It returns
// [practice.ErrChanged] where the room has moved on from version was.
func (tx *Tx) SaveReview(r practice.Review, was int) error {
	n, err := tx.exec(`UPDATE review SET meet_at = $3, box = $4, phase = $5, open = $6, version = $7, sitting = $8, started_at = $9,
			ends_at = $10, phase_ends_at = $11, free_at = $12, extended = $13, closed_at = $14, late_why = $15, few_why = $16, whole = $17,
			held_why = $18
		WHERE id = $1 AND version = $2`,
		r.ID, was, r.MeetAt, r.Box.Microseconds(), r.Phase, r.Open, r.Version, r.Sitting, r.StartedAt,
		r.EndsAt, r.PhaseEndsAt, r.FreeAt, r.Extended, r.ClosedAt, r.LateWhy, r.FewWhy, r.Whole, r.HeldWhy)
	if err != nil {
		return fmt.Errorf("save review: %w", err)
	}
	if n == 0 {
		return practice.ErrChanged
	}
	return nil
}

func scanReview(row scanner) (practice.Review, error) {
	var r practice.Review
	err := row.Scan(&r.ID, &r.Failure, &r.Form, &r.Lead, at{&r.MeetAt}, span{&r.Box}, &r.Phase, &r.Open, &r.Version, &r.Sitting,
		at{&r.StartedAt}, at{&r.EndsAt}, at{&r.PhaseEndsAt}, at{&r.FreeAt}, &r.Extended, at{&r.ClosedAt}, &r.LateWhy, &r.FewWhy, &r.Whole,
		&r.HeldWhy)
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

// ReviewsOfTeams returns the reviews of the teams' failures, the latest first.
func (tx *Tx) ReviewsOfTeams(teams []practice.TeamID) ([]practice.Review, error) {
	return list(tx, scanReview, `SELECT `+reviewColumns+` FROM review
		WHERE failure IN (SELECT id FROM failure WHERE team IN `+tx.among(1)+`) ORDER BY meet_at DESC, id DESC`, jsonOf(append([]practice.TeamID{}, teams...)))
}
