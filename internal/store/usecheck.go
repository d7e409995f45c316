package store

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"debrief/internal/practice"
)

// UseSecret returns the secret that tickets to the question whether a change is in use
// are sealed with.
func (tx *Tx) UseSecret() ([]byte, error) { return tx.Secret("use") }

const useColumns = `review, round, due_at, until, yes, partly, nope, unmet, said_at`

func scanUse(row scanner) (c practice.UseCheck, err error) {
	err = row.Scan(&c.Review, &c.Round, at{&c.DueAt}, at{&c.Until}, &c.Tally.Yes, &c.Tally.Partly, &c.Tally.No, &c.Tally.Unmet, at{&c.SaidAt})
	return c, err
}

// UseCheck returns what is known of whether a review's changes are in use.
func (tx *Tx) UseCheck(r practice.ReviewID) (practice.UseCheck, error) {
	c, err := scanUse(tx.row(`SELECT `+useColumns+` FROM use_check WHERE review = $1`, r))
	if err != nil {
		return c, err
	}
	c.Asked, err = list(tx, scanText[practice.MemberID], `SELECT member FROM use_asked WHERE review = $1 ORDER BY member`, r)
	return c, err
}

// SaveUseCheck keeps it, with who is asked in the order of their ids: by chance they
// were drawn in another one.
func (tx *Tx) SaveUseCheck(c practice.UseCheck) error {
	_, err := tx.exec(`INSERT INTO use_check (`+useColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (review) DO UPDATE SET round = excluded.round, due_at = excluded.due_at, until = excluded.until, yes = excluded.yes,
			partly = excluded.partly, nope = excluded.nope, unmet = excluded.unmet, said_at = excluded.said_at`,
		c.Review, c.Round, c.DueAt, c.Until, c.Tally.Yes, c.Tally.Partly, c.Tally.No, c.Tally.Unmet, c.SaidAt)
	if err != nil {
		return fmt.Errorf("save use check: %w", err)
	}
	if _, err := tx.exec(`DELETE FROM use_asked WHERE review = $1`, c.Review); err != nil {
		return fmt.Errorf("save use check: %w", err)
	}
	for _, m := range slices.Sorted(slices.Values(c.Asked)) {
		if _, err := tx.exec(`INSERT INTO use_asked (review, member) VALUES ($1, $2)`, c.Review, m); err != nil {
			return fmt.Errorf("save use check: %w", err)
		}
	}
	return nil
}

// MarkUsed keeps of each change of a review since when it is said to be in use, or that
// it is not any more. Of what nobody has come to nothing is said.
func (tx *Tx) MarkUsed(c practice.UseCheck) error {
	const said = ` WHERE at <= $2 AND gap IN (SELECT id FROM gap WHERE review = $1)`
	var err error
	switch {
	case c.Tally.InUse():
		_, err = tx.exec(`UPDATE scar SET used_at = $3`+said+` AND used_at = 0`, c.Review, c.Covered(), c.SaidAt)
	case c.Tally.Met() > 0:
		_, err = tx.exec(`UPDATE scar SET used_at = 0`+said, c.Review, c.Covered())
	}
	if err != nil {
		return fmt.Errorf("mark what is used: %w", err)
	}
	return nil
}

// Settles says where a failure stands by what its gaps lead to now and what was said of
// that, and when people are asked next. It keeps neither.
func (tx *Tx) Settles(c practice.UseCheck, f practice.Failure, gaps []practice.Gap) (practice.UseCheck, practice.Standing, error) {
	scars, err := tx.ScarsFrom([]practice.FailureID{f.ID})
	if err != nil {
		return c, f.Standing, err
	}
	var changes []time.Time
	for _, s := range scars {
		changes = append(changes, s.At)
	}
	c, s := c.Led(f.Standing, practice.StandingOf(gaps), changes)
	return c, s, nil
}

// standsBy puts a failure where it stands once a gap of its closed review leads
// somewhere else, and has people asked again where something came that they were not
// asked about.
func (tx *Tx) standsBy(f practice.Failure, r practice.ReviewID, gaps []practice.Gap) (practice.Failure, error) {
	was, err := tx.UseCheck(r)
	if err != nil && !errors.Is(err, practice.ErrNotFound) {
		return f, err
	}
	was.Review = r
	c, s, err := tx.Settles(was, f, gaps)
	if err != nil {
		return f, err
	}
	if f.Standing = s; s != practice.Changed && !c.Until.IsZero() { // nothing is left to ask about
		if _, err := tx.TakeUse(r, practice.UsePath(r)); err != nil {
			return f, err
		}
		c.Until, c.Asked = time.Time{}, nil
	}
	if !c.DueAt.Equal(was.DueAt) || !c.Until.Equal(was.Until) {
		err = tx.SaveUseCheck(c)
	}
	return f, err
}

// UseDue returns the reviews whose change is to be asked about, or whose answers are
// being waited for, the longest closed first. What was only practised is not asked
// about.
func (tx *Tx) UseDue() ([]practice.ReviewID, error) {
	return list(tx, scanText[practice.ReviewID], `SELECT review.id FROM review JOIN failure ON failure.id = review.failure
		LEFT JOIN use_check ON use_check.review = review.id
		WHERE review.phase = $1 AND NOT failure.drill AND (use_check.until > 0 OR failure.standing = $2 AND (
			use_check.until = 0 AND use_check.due_at BETWEEN 1 AND $3
			OR use_check.review IS NULL AND review.closed_at <= $4
				AND review.id IN (SELECT gap.review FROM scar JOIN gap ON gap.id = scar.gap)))
		ORDER BY review.closed_at, review.id`,
		practice.PhaseClosed, practice.Changed, tx.now, tx.now.Add(-practice.UseAfter))
}

// AskedAboutUse returns who is being asked about a change at this moment.
func (tx *Tx) AskedAboutUse() ([]practice.MemberID, error) {
	return list(tx, scanText[practice.MemberID], `SELECT DISTINCT member FROM use_asked ORDER BY member`)
}

// HoldWhatIsUsed says of each change whether it held: it has been in use for long, and
// nothing like its failure was reported since it is in use. Where something was, it is
// in use, and no more. It returns the failures whose standing is another now.
func (tx *Tx) HoldWhatIsUsed() ([]practice.FailureID, error) {
	const cameBack = `id IN (SELECT scar.failure FROM scar WHERE scar.used_at > 0 AND EXISTS (SELECT 1 ` + sameAgain +
		` AND again.recognised_at >= scar.used_at))`
	held, err := list(tx, scanText[practice.FailureID], `SELECT id FROM failure WHERE standing = $1 AND NOT `+cameBack+`
		AND id IN (SELECT review.failure FROM use_check JOIN review ON review.id = use_check.review
			WHERE use_check.due_at = 0 AND use_check.said_at BETWEEN 1 AND $2) ORDER BY id`, practice.InUse, tx.now.Add(-practice.HeldAfter))
	if err != nil {
		return nil, err
	}
	back, err := list(tx, scanText[practice.FailureID], `SELECT id FROM failure WHERE standing = $1 AND `+cameBack+` ORDER BY id`, practice.Held)
	if err != nil {
		return nil, err
	}
	return append(held, back...), errors.Join(tx.stands(held, practice.Held), tx.stands(back, practice.InUse))
}

// stands puts failures on a place of the ladder.
func (tx *Tx) stands(all []practice.FailureID, s practice.Standing) error {
	if _, err := tx.exec(`UPDATE failure SET standing = $1 WHERE id IN `+tx.among(2), s, jsonOf(append([]practice.FailureID{}, all...))); err != nil {
		return fmt.Errorf("move failures on the ladder: %w", err)
	}
	return nil
}

// UseAnswered returns how many answers there are to a question that is open. Whether
// one is there, and not whose.
func (tx *Tx) UseAnswered(r practice.ReviewID) (n int, err error) {
	err = tx.row(`SELECT count(*) FROM use_answer WHERE review = $1`, r).Scan(&n)
	return n, err
}

// SayUse keeps one answer under its mark, in the place of an earlier one, as
// [Tx.SayReady] does.
func (tx *Tx) SayUse(r practice.ReviewID, mark string, answer practice.UseAnswer) error {
	return tx.sayUnder(about("use_answer", r), mark, string(answer))
}

// TakeUse counts the answers to a question and takes them out of the database, with
// the lines that told people they are asked. What the files still have of it goes with
// the scrub it asks for.
func (tx *Tx) TakeUse(r practice.ReviewID, link string) (t practice.UseTally, err error) {
	said, err := tx.saidUnder(about("use_answer", r))
	if err != nil {
		return t, err
	}
	for _, answer := range said {
		t.Count(practice.UseAnswer(answer))
	}
	if _, err := tx.exec(`DELETE FROM use_answer WHERE review = $1`, r); err != nil {
		return t, fmt.Errorf("count use: %w", err)
	}
	for _, table := range []string{"notice", "dispatch"} {
		if _, err := tx.exec(`DELETE FROM `+table+` WHERE link = $1`, link); err != nil {
			return t, fmt.Errorf("forget who was asked: %w", err)
		}
	}
	return t, errors.Join(tx.erases("notice", "dispatch"), tx.EnqueueAt("store.scrub", tx.Now()))
}
