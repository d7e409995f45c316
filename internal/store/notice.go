package store

import (
	"fmt"
	"time"

	"debrief/internal/practice"
)

// AddNotice puts a line on somebody's start page.
func (tx *Tx) AddNotice(n practice.Notice) error {
	if n.ID == "" {
		n.ID = practice.NoticeID(tx.NewID("ntc"))
	}
	_, err := tx.exec(`INSERT INTO notice (`+noticeColumns+`) VALUES ($1, $2, $3, $4, $5, $6, 0)`,
		n.ID, n.Member, n.Code, jsonOf(n.Args), n.Link, tx.Now())
	if err != nil {
		return fmt.Errorf("add notice: %w", err)
	}
	return nil
}

// Notices returns what a person has not put away yet, the newest first.
func (tx *Tx) Notices(m practice.MemberID) ([]practice.Notice, error) {
	return list(tx, scanNotice, `SELECT `+noticeColumns+` FROM notice
		WHERE member = $1 AND seen_at = 0 ORDER BY at DESC, id DESC LIMIT 50`, m)
}

const noticeColumns = `id, member, code, args, link, at, seen_at`

func scanNotice(r scanner) (practice.Notice, error) {
	var n practice.Notice
	err := r.Scan(&n.ID, &n.Member, &n.Code, fromJSON{&n.Args}, &n.Link, at{&n.At}, at{&n.SeenAt})
	return n, err
}

// Noticed reports whether a notice that leads somewhere waits for a person.
func (tx *Tx) Noticed(m practice.MemberID, link string) (waits bool, err error) {
	err = tx.row(`SELECT count(*) > 0 FROM notice WHERE member = $1 AND link = $2 AND seen_at = 0`, m, link).Scan(&waits)
	return waits, err
}

// WasTold reports whether a person was ever given this line with where it leads.
func (tx *Tx) WasTold(n practice.Notice) (told bool, err error) {
	err = tx.row(`SELECT count(*) > 0 FROM notice WHERE member = $1 AND code = $2 AND link = $3`, n.Member, n.Code, n.Link).Scan(&told)
	return told, err
}

// SettleNotices puts away what leads somewhere where nothing waits any more, for
// everybody who has it.
func (tx *Tx) SettleNotices(link string) error {
	if _, err := tx.exec(`UPDATE notice SET seen_at = $2 WHERE link = $1 AND seen_at = 0`, link, tx.Now().Truncate(24*time.Hour)); err != nil {
		return fmt.Errorf("settle notices: %w", err)
	}
	return nil
}

// Untell takes back what one person was told with where it leads: the lines are put
// away, and a message that has not left the house does not leave it.
func (tx *Tx) Untell(m practice.MemberID, link string) error {
	_, err := tx.exec(`UPDATE notice SET seen_at = $3 WHERE member = $1 AND link = $2 AND seen_at = 0`, m, link, tx.Now().Truncate(24*time.Hour))
	if err != nil {
		return fmt.Errorf("untell: %w", err)
	}
	if _, err := tx.exec(`DELETE FROM dispatch WHERE member = $1 AND link = $2 AND sent_at = 0 AND gave_up_at = 0`, m, link); err != nil {
		return fmt.Errorf("untell: %w", err)
	}
	return nil
}

// removeNotices takes away all that was said about a failure on start pages, but
// for those of the people to whom it is restricted.
func (tx *Tx) removeNotices(f practice.Failure) error {
	path := practice.FailurePath(f.Number)
	_, err := tx.exec(`DELETE FROM notice WHERE (link = $1 OR link LIKE $2 OR link IN (SELECT '/carry/' || id FROM carry WHERE failure = $3)
			OR link IN (SELECT '/referral/' || gap.id FROM gap JOIN review ON review.id = gap.review WHERE review.failure = $3)
			OR link IN (SELECT '/offers/' || id FROM offer WHERE failure = $3))
		AND member NOT IN `+tx.among(4), path, path+"/%", f.ID, jsonOf(append([]practice.MemberID{}, f.Only...)))
	if err != nil {
		return fmt.Errorf("remove notices: %w", err)
	}
	return nil
}

// SeeNotice puts a notice away. Somebody else's stays where it is. Of the time
// the day is kept: when a person looked must not be a clock.
func (tx *Tx) SeeNotice(id practice.NoticeID, m practice.MemberID) error {
	_, err := tx.exec(`UPDATE notice SET seen_at = $3 WHERE id = $1 AND member = $2`, id, m, tx.Now().Truncate(24*time.Hour))
	if err != nil {
		return fmt.Errorf("put notice away: %w", err)
	}
	return nil
}
