package store

import (
	"errors"
	"fmt"
	"slices"

	"debrief/internal/practice"
)

const guideColumns = `review, member, outside, why`

func scanGuide(row scanner) (g practice.Guide, err error) {
	err = row.Scan(&g.Review, &g.Member, &g.Outside, &g.Why)
	return g, err
}

// SaveGuide keeps who leads a review from outside, or is asked to.
func (tx *Tx) SaveGuide(g practice.Guide) error {
	_, err := tx.exec(`INSERT INTO guide (`+guideColumns+`) VALUES ($1, $2, $3, $4)
		ON CONFLICT (review) DO UPDATE SET member = excluded.member, outside = excluded.outside, why = excluded.why`, g.Review, g.Member, g.Outside, g.Why)
	if err != nil {
		return fmt.Errorf("save guide: %w", err)
	}
	return nil
}

// Guide returns who leads a review from outside, or is asked to.
func (tx *Tx) Guide(r practice.ReviewID) (practice.Guide, error) {
	return scanGuide(tx.row(`SELECT `+guideColumns+` FROM guide WHERE review = $1`, r))
}

// LedBy returns whoever leads a review from outside and said so; nobody where the script
// does.
func (tx *Tx) LedBy(r practice.ReviewID) (practice.Led, error) {
	g, err := tx.Guide(r)
	switch {
	case errors.Is(err, practice.ErrNotFound) || err == nil && !g.Outside:
		return practice.Led{}, nil
	case err != nil:
		return practice.Led{}, err
	}
	m, err := tx.Member(g.Member)
	return practice.Led{Name: m.Name, Why: g.Why}, err
}

// EndGuide takes back who leads a review, with all that was there for it.
func (tx *Tx) EndGuide(r practice.ReviewID) error {
	if _, err := tx.exec(`DELETE FROM guide WHERE review = $1`, r); err != nil {
		return fmt.Errorf("end guide: %w", err)
	}
	return tx.ForgetTalks(r)
}

// KeepGuide leaves of who leads a review what its record says: it closes. Whoever
// never answered did not lead it.
func (tx *Tx) KeepGuide(r practice.ReviewID) error {
	if _, err := tx.exec(`DELETE FROM guide WHERE review = $1 AND NOT outside`, r); err != nil {
		return fmt.Errorf("keep guide: %w", err)
	}
	return tx.ForgetTalks(r)
}

// ForgetTalks takes out of the database what a guide wrote down for themselves, and who
// asked to talk with them. What the files still have of it goes with the scrub it asks
// for.
func (tx *Tx) ForgetTalks(r practice.ReviewID) error {
	gone := int64(0)
	for _, statement := range []string{`DELETE FROM guide_note WHERE review = $1`, `DELETE FROM talk WHERE review = $1`} {
		n, err := tx.exec(statement, r)
		if err != nil {
			return fmt.Errorf("forget talks: %w", err)
		}
		gone += n
	}
	if gone == 0 {
		return nil
	}
	return tx.EnqueueAt("store.scrub", tx.Now())
}

// GuidesOf returns what somebody leads from outside, or is asked to, and is not closed.
func (tx *Tx) GuidesOf(m practice.MemberID) ([]practice.Guide, error) {
	return list(tx, scanGuide, `SELECT `+guideColumns+` FROM guide
		WHERE member = $1 AND review NOT IN (SELECT id FROM review WHERE phase = $2) ORDER BY review`, m, practice.PhaseClosed)
}

// StopGuiding takes somebody out of what they lead from outside and is not closed, and
// what they asked for before a room.
func (tx *Tx) StopGuiding(m practice.MemberID) error {
	leads, err := tx.GuidesOf(m)
	if err != nil {
		return err
	}
	for _, g := range leads {
		if err := tx.EndGuide(g.Review); err != nil {
			return err
		}
	}
	if _, err := tx.exec(`DELETE FROM talk WHERE member = $1`, m); err != nil {
		return fmt.Errorf("stop guiding: %w", err)
	}
	return nil
}

// GuideNote returns what the guide of a review wrote down for themselves.
func (tx *Tx) GuideNote(r practice.ReviewID) (string, error) {
	note, err := scanText[string](tx.row(`SELECT text FROM guide_note WHERE review = $1`, r))
	if errors.Is(err, practice.ErrNotFound) {
		return "", nil
	}
	return note, err
}

// SaveGuideNote keeps it; an empty one is none.
func (tx *Tx) SaveGuideNote(r practice.ReviewID, text string) error {
	_, err := tx.exec(`DELETE FROM guide_note WHERE review = $1`, r)
	if err == nil && text != "" {
		_, err = tx.exec(`INSERT INTO guide_note (review, text) VALUES ($1, $2)`, r, text)
	}
	if err != nil {
		return fmt.Errorf("save guide's note: %w", err)
	}
	return nil
}

// Talks returns who asked to talk with the guide of a review beforehand.
func (tx *Tx) Talks(r practice.ReviewID) ([]practice.MemberID, error) {
	return list(tx, scanText[practice.MemberID], `SELECT member FROM talk WHERE review = $1 ORDER BY member`, r)
}

// SaveTalk keeps that somebody asks to talk, or no more. All who ask are written
// again, in the order of their ids, so that neither the order of rows nor a
// transaction tells who stood at the door last.
func (tx *Tx) SaveTalk(r practice.ReviewID, m practice.MemberID, asks bool) error {
	all, err := tx.Talks(r)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(id practice.MemberID) bool { return id == m })
	if asks {
		all = append(all, m)
	}
	slices.Sort(all)
	if _, err := tx.exec(`DELETE FROM talk WHERE review = $1`, r); err != nil {
		return fmt.Errorf("write talks: %w", err)
	}
	for _, id := range all {
		if _, err := tx.exec(`INSERT INTO talk (review, member) VALUES ($1, $2)`, r, id); err != nil {
			return fmt.Errorf("write talks: %w", err)
		}
	}
	return nil
}
