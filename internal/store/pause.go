package store

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"debrief/internal/practice"
)

const pauseColumns = `id, team, why, coalesce(member, ''), proposed_at, coalesce(agreed, ''), began_at, look_at, coalesce(ended, ''), ended_at, said, guardian`

func scanPause(row scanner) (p practice.Pause, err error) {
	return p, row.Scan(&p.ID, &p.Team, &p.Why, &p.By, at{&p.ProposedAt}, &p.Agreed, at{&p.BeganAt}, at{&p.LookAt}, &p.Ended, at{&p.EndedAt}, &p.Said, &p.Guardian)
}

// pauseRuns is when a pause ends that has not.
const pauseRuns = math.MaxInt64

// stoppedUntil is until when a pause stopped the clock of a failure, or 0: one that the
// failure was noticed in, or that began less than the limit after it was.
var stoppedUntil = fmt.Sprintf(`coalesce((SELECT max(CASE WHEN pause.ended_at = 0 THEN %d ELSE pause.ended_at END) FROM pause
		WHERE pause.team = failure.team AND pause.began_at > 0 AND pause.began_at < failure.recognised_at + %d
			AND (pause.ended_at = 0 OR pause.ended_at > failure.recognised_at)), 0)`, int64(pauseRuns), practice.ReviewLimit.Microseconds())

// stopped reads that: whether the pause runs, or when it ended.
func stopped(until int64) (paused bool, resumed time.Time) {
	if until == 0 || until == pauseRuns {
		return until == pauseRuns, time.Time{}
	}
	return false, time.UnixMicro(until).UTC()
}

// AddPause keeps a proposal.
func (tx *Tx) AddPause(p practice.Pause) error {
	_, err := tx.exec(`INSERT INTO pause (id, team, why, member, proposed_at, agreed, began_at, look_at, ended, ended_at, said, guardian)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		p.ID, p.Team, p.Why, orNull(p.By), p.ProposedAt, orNull(p.Agreed), p.BeganAt, p.LookAt, orNull(p.Ended), p.EndedAt, p.Said, p.Guardian)
	if err != nil {
		return fmt.Errorf("add pause: %w", err)
	}
	return nil
}

// SavePause writes a pause back.
func (tx *Tx) SavePause(p practice.Pause) error {
	n, err := tx.exec(`UPDATE pause SET agreed = $2, began_at = $3, look_at = $4, ended = $5, ended_at = $6, said = $7, guardian = $8 WHERE id = $1`,
		p.ID, orNull(p.Agreed), p.BeganAt, p.LookAt, orNull(p.Ended), p.EndedAt, p.Said, p.Guardian)
	return found(n, err, "save pause")
}

// Pause returns a pause, or a proposal, by its id.
func (tx *Tx) Pause(id practice.PauseID) (practice.Pause, error) {
	return scanPause(tx.row(`SELECT `+pauseColumns+` FROM pause WHERE id = $1`, id))
}

// PauseOf returns the one that a team proposed or is in; the zero value where there is
// none.
func (tx *Tx) PauseOf(team practice.TeamID) (practice.Pause, error) {
	return orZero(scanPause(tx.row(`SELECT `+pauseColumns+` FROM pause WHERE team = $1 AND ended_at = 0`, team)))
}

// Pauses returns those of a team, proposals too, the newest first.
func (tx *Tx) Pauses(team practice.TeamID) ([]practice.Pause, error) {
	return list(tx, scanPause, `SELECT `+pauseColumns+` FROM pause WHERE team = $1 ORDER BY proposed_at DESC, id DESC`, team)
}

// NewStart says whether a team begins anew: when its last pause ended, and whether a
// review that closed since has changed a step or a safeguard.
func (tx *Tx) NewStart(team practice.TeamID) (s practice.Start, err error) {
	err = tx.row(`SELECT coalesce(max(ended_at), 0) FROM pause WHERE team = $1 AND began_at > 0`, team).Scan(at{&s.From})
	if err != nil || s.From.IsZero() {
		return s, err
	}
	err = tx.row(`SELECT EXISTS (SELECT 1 FROM scar JOIN gap ON gap.id = scar.gap JOIN review ON review.id = gap.review
		JOIN failure ON failure.id = review.failure
		WHERE failure.team = $1 AND NOT failure.drill AND review.closed_at > $2)`, team, s.From).Scan(&s.Changed)
	return s, err
}

// PauseDeciders are those who decide about a pause of a team; see [practice.Deciders].
func (tx *Tx) PauseDeciders(p practice.Pause) ([]practice.MemberID, error) {
	people, err1 := tx.Members()
	guardians, err2 := tx.Guardians()
	closed, err3 := tx.ReadingsClosed()
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	misused := map[practice.MemberID]bool{}
	for _, c := range closed {
		misused[c.Member] = true
	}
	return practice.Deciders(p, people, guardians, misused), nil
}

// AskToPause asks those outside a team who decide about its pause, where nobody in it can.
func (tx *Tx) AskToPause(p practice.Pause, team practice.Team) error {
	all, err := tx.PauseDeciders(p)
	for _, id := range all {
		m, failed := tx.Member(id)
		if err = errors.Join(err, failed); err == nil && !slices.Contains(m.Teams, team.ID) {
			err = tx.Tell(practice.Notice{Member: id, Code: "notice.pause-decide", Link: practice.PausePath + "/" + string(team.ID), Args: practice.Args{"team": team.Name}}, "")
		}
	}
	return err
}

// People is how many a team has.
func (tx *Tx) People(team practice.TeamID) (n int, err error) {
	err = tx.row(`SELECT count(*) FROM membership JOIN member ON member.id = membership.member
		WHERE membership.team = $1 AND member.active AND NOT member.guest`, team).Scan(&n)
	return n, err
}
