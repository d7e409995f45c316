package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"debrief/internal/practice"
)

// Job is a piece of work that somebody has claimed.
type Job struct {
	ID       string
	Kind     string
	Payload  json.RawMessage
	Attempts int // this one included
	lease    string
}

// Enqueue leaves work for later, to be done once the transaction is committed
// and runAt has come. Kinds are named in cmd, where each has its function.
func (tx *Tx) Enqueue(kind string, runAt time.Time, payload any) error {
	tx.news = true
	_, err := tx.exec(`INSERT INTO job (id, kind, payload, run_at, lease, attempts, gave_up_at)
		VALUES ($1, $2, $3, $4, '', 0, 0)`, tx.NewID("job"), kind, jsonOf(payload), runAt)
	if err != nil {
		return fmt.Errorf("enqueue %s: %w", kind, err)
	}
	return nil
}

// JobLedger is the kind of the job that writes down, beside the database, what a
// copy from before has to be made to follow.
const JobLedger = "erasures.keep"

// KeepLedger leaves that work for now.
func (tx *Tx) KeepLedger() error { return tx.Enqueue(JobLedger, tx.now, nil) }

// EnqueueDaily leaves work for a day, which begins at midnight UTC: once,
// however many ask for it.
func (tx *Tx) EnqueueDaily(kind string, day time.Time) error {
	day = day.UTC().Truncate(24 * time.Hour)
	return tx.enqueueOnce(kind+" "+day.Format(time.DateOnly), kind, day, day)
}

// EnqueueAt leaves work for a moment, to which the clock is read in UTC: once,
// however many ask for it. Its payload is that moment.
func (tx *Tx) EnqueueAt(kind string, at time.Time) error {
	return tx.enqueueOnce(kind+" "+at.UTC().Format(time.RFC3339), kind, at, at.UTC())
}

// ReviewJob names the review that a job is about.
type ReviewJob struct {
	Review practice.ReviewID `json:"review"`
}

// EnqueueReview leaves work on a review for a moment: once, however many ask for
// it. Its payload is a [ReviewJob]. Its id has the moment for which it is, and not
// the one at which somebody asked.
func (tx *Tx) EnqueueReview(kind string, r practice.ReviewID, at time.Time) error {
	return tx.enqueueOnce(kind+" "+string(r)+" "+at.UTC().Format(time.RFC3339), kind, at, ReviewJob{r})
}

func (tx *Tx) enqueueOnce(id, kind string, at time.Time, payload any) error {
	tx.news = true
	_, err := tx.exec(`INSERT INTO job (id, kind, payload, run_at, lease, attempts, gave_up_at)
		VALUES ($1, $2, $3, $4, '', 0, 0) ON CONFLICT (id) DO NOTHING`, id, kind, jsonOf(payload), at)
	if err != nil {
		return fmt.Errorf("enqueue %s: %w", kind, err)
	}
	return nil
}

// ClaimJob takes the longest due job of one of the kinds, for as long as the
// lease. Nobody else gets it meanwhile; afterwards they do, in case whoever had
// it is no longer there. It returns [practice.ErrNotFound] when nothing is due.
func (s *Store) ClaimJob(ctx context.Context, kinds []string, lease time.Duration) (Job, error) {
	var j Job
	err := s.update(ctx, sql.LevelReadCommitted, func(tx *Tx) error {
		j = Job{lease: tx.NewBlindID("lease")}
		return tx.row(`UPDATE job SET lease = $1, run_at = $2, attempts = attempts + 1
			WHERE id = (SELECT id FROM job WHERE gave_up_at = 0 AND run_at <= $3 AND kind IN `+tx.among(4)+`
				ORDER BY run_at, id LIMIT 1 `+tx.dialect.skipLocked+`)
			RETURNING id, kind, payload, attempts`, j.lease, tx.Now().Add(lease), tx.Now(), jsonOf(kinds)).
			Scan(&j.ID, &j.Kind, (*[]byte)(&j.Payload), &j.Attempts)
	})
	if err != nil && !errors.Is(err, practice.ErrNotFound) {
		err = fmt.Errorf("claim a job: %w", err)
	}
	return j, err
}

// RenewJob keeps a claimed job for as long as the lease from now.
func (s *Store) RenewJob(ctx context.Context, j Job, lease time.Duration) error {
	return s.onJob(ctx, j, "renew", func(tx *Tx) (int64, error) {
		return tx.exec(`UPDATE job SET run_at = $1 WHERE id = $2 AND lease = $3`, tx.Now().Add(lease), j.ID, j.lease)
	})
}

// FinishJob ends a job that is done.
func (s *Store) FinishJob(ctx context.Context, j Job) error {
	return s.onJob(ctx, j, "finish", func(tx *Tx) (int64, error) {
		return tx.exec(`DELETE FROM job WHERE id = $1 AND lease = $2`, j.ID, j.lease)
	})
}

// RetryJob lets go of a job for a while.
func (s *Store) RetryJob(ctx context.Context, j Job, wait time.Duration) error {
	return s.onJob(ctx, j, "retry", func(tx *Tx) (int64, error) {
		return tx.exec(`UPDATE job SET run_at = $1, lease = '' WHERE id = $2 AND lease = $3`, tx.Now().Add(wait), j.ID, j.lease)
	})
}

// GiveUpJob keeps a job that will not be tried again, for the operator to see.
func (s *Store) GiveUpJob(ctx context.Context, j Job) error {
	return s.onJob(ctx, j, "give up", func(tx *Tx) (int64, error) {
		return tx.exec(`UPDATE job SET gave_up_at = $1, lease = '' WHERE id = $2 AND lease = $3`, tx.Now(), j.ID, j.lease)
	})
}

// onJob does something to a job as long as it is still ours, and returns
// [practice.ErrChanged] when the lease ran out and somebody else has it.
func (s *Store) onJob(ctx context.Context, j Job, act string, fn func(*Tx) (int64, error)) error {
	err := s.update(ctx, sql.LevelReadCommitted, func(tx *Tx) error {
		n, err := fn(tx)
		if err == nil && n == 0 {
			err = practice.ErrChanged
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("%s job %s: %w", act, j.ID, err)
	}
	return nil
}

// NextJob is how long it takes until the next job of one of the kinds is due;
// not above zero if one is due now. It returns [practice.ErrNotFound] when there
// is none.
func (s *Store) NextJob(ctx context.Context, kinds []string) (time.Duration, error) {
	var wait time.Duration
	err := s.View(ctx, func(tx *Tx) error {
		var due time.Time
		err := tx.row(`SELECT run_at FROM job WHERE gave_up_at = 0 AND kind IN `+tx.among(1)+`
			ORDER BY run_at LIMIT 1`, jsonOf(kinds)).Scan(at{&due})
		wait = due.Sub(tx.now)
		return err
	})
	return wait, err
}

// JobCounts are how many jobs there are.
type JobCounts struct {
	Waiting int // all that are still to be done
	Late    int // of them, due for longer than [JobLate]
	GivenUp int // will not be tried again
}

// CountJobs counts the jobs.
func (s *Store) CountJobs(ctx context.Context) (n JobCounts, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		return tx.row(`SELECT count(CASE WHEN gave_up_at = 0 THEN 1 END),
			count(CASE WHEN gave_up_at = 0 AND run_at < $1 THEN 1 END), count(CASE WHEN gave_up_at > 0 THEN 1 END) FROM job`,
			tx.now.Add(-JobLate)).Scan(&n.Waiting, &n.Late, &n.GivenUp)
	})
	return n, err
}
