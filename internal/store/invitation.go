package store

import (
	"errors"
	"fmt"

	"debrief/internal/practice"
)

const invitationColumns = `review, member, closeness, spent`

// AddInvitation asks one more person to a review, who from then on reads what it
// is about. Asking again changes nothing. Whoever leads it from outside, or is asked
// to, gets no seat in it ("guide.invited").
func (tx *Tx) AddInvitation(i practice.Invitation) error {
	g, err := tx.Guide(i.Review)
	switch {
	case err == nil && g.Member == i.Member:
		return practice.Refuse(practice.Conflict, "guide.invited").At("people")
	case err != nil && !errors.Is(err, practice.ErrNotFound):
		return err
	}
	_, err = tx.exec(`INSERT INTO invitation (`+invitationColumns+`) VALUES ($1, $2, $3, $4) ON CONFLICT (review, member) DO NOTHING`,
		i.Review, i.Member, i.Closeness, i.Spent)
	if err != nil {
		return fmt.Errorf("add invitation: %w", err)
	}
	r, err := tx.Review(i.Review)
	if err != nil {
		return err
	}
	return tx.Admit(r.Failure, i.Member)
}

// Invitations returns who is asked to a review, by id.
func (tx *Tx) Invitations(r practice.ReviewID) ([]practice.Invitation, error) {
	return list(tx, scanInvitation, `SELECT `+invitationColumns+` FROM invitation WHERE review = $1 ORDER BY member`, r)
}

// InvitationsOf returns what a person is asked to and that is not closed.
func (tx *Tx) InvitationsOf(m practice.MemberID) ([]practice.Invitation, error) {
	return list(tx, scanInvitation, `SELECT `+invitationColumns+` FROM invitation
		WHERE member = $1 AND review IN (SELECT id FROM review WHERE phase NOT IN ($2, $3)) ORDER BY review`,
		m, practice.PhaseClosed, practice.PhaseOff)
}

// Invitation returns the one that asks a person to a review.
func (tx *Tx) Invitation(r practice.ReviewID, m practice.MemberID) (practice.Invitation, error) {
	return scanInvitation(tx.row(`SELECT `+invitationColumns+` FROM invitation WHERE review = $1 AND member = $2`, r, m))
}

func scanInvitation(row scanner) (practice.Invitation, error) {
	var i practice.Invitation
	return i, row.Scan(&i.Review, &i.Member, &i.Closeness, &i.Spent)
}

// SpendInvitation keeps that somebody took their place. It writes all
// invitations of the review again, so that none tells by its transaction when
// it was spent: the seat is drawn a moment later.
func (tx *Tx) SpendInvitation(i practice.Invitation) error {
	n, err := tx.exec(`UPDATE invitation SET spent = (spent OR member = $2),
			closeness = CASE WHEN member = $2 THEN $3 ELSE closeness END
		WHERE review = $1`, i.Review, i.Member, i.Closeness)
	switch {
	case err != nil:
		return fmt.Errorf("spend invitation: %w", err)
	case n == 0:
		return practice.ErrNotFound
	}
	return nil
}

// Turnout is how many are asked to a review, how many took their place, and how
// many of those were there themselves.
type Turnout struct{ Asked, Came, Near int }

// Few reports whether so few are asked that what has no name is not really without
// one. Who is asked alone has nobody to hide from.
func (t Turnout) Few() bool { return t.Asked > 1 && practice.Few(t.Asked) }

// Turnout counts who came to a review.
func (tx *Tx) Turnout(r practice.ReviewID) (Turnout, error) {
	var t Turnout
	err := tx.row(`SELECT count(*), coalesce(sum(CASE WHEN spent THEN 1 ELSE 0 END), 0),
			coalesce(sum(CASE WHEN spent AND closeness IN ('did', 'saw', 'affected') THEN 1 ELSE 0 END), 0)
		FROM invitation WHERE review = $1`, r).Scan(&t.Asked, &t.Came, &t.Near)
	if err != nil {
		return t, fmt.Errorf("count invitations: %w", err)
	}
	return t, nil
}
