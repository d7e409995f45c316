package store

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"debrief/internal/practice"
)

// The jobs of dispatches; their payload is a [DispatchJob].
const (
	JobSend   = "dispatch.send"
	JobForget = "dispatch.forget"
)

// DispatchJob names the dispatch that a job is about.
type DispatchJob struct {
	Dispatch practice.DispatchID `json:"dispatch"`
}

// Tell puts a line on somebody's start page and, where they want that, a dispatch
// on its way to them: not before their quiet hours are over, with the weekly mail
// if it can wait and they chose so, and never one too many about one review. The
// review may be empty.
func (tx *Tx) Tell(n practice.Notice, review practice.ReviewID) error {
	if err := tx.AddNotice(n); err != nil {
		return err
	}
	c, err := tx.Contact(n.Member)
	if err != nil || !c.Reachable() {
		return err
	}
	m := practice.Dispatch{Code: n.Code, Member: n.Member, Review: review, Link: n.Link}
	if review != "" {
		may, err := tx.mayTell(m)
		if err != nil || !may {
			return err
		}
	}
	house, err := tx.Organisation()
	if err != nil {
		return err
	}
	zone := c.Location(house)
	if !c.Weekly || !practice.CanWait(n.Code) {
		return tx.Send(m, c.Awake(tx.now, zone))
	}
	return tx.sendWeekly(m, c.Digest(tx.now, zone))
}

// mayTell counts a dispatch about a review. It reports false where there have
// been enough, or where one about the time still waits: it will tell the newest.
func (tx *Tx) mayTell(m practice.Dispatch) (bool, error) {
	if practice.IsMeeting(m.Code) {
		waiting, err := tx.dispatches(`member = $1 AND review = $2 AND sent_at = 0 AND gave_up_at = 0`, m.Member, m.Review)
		if err != nil {
			return false, err
		}
		for _, w := range waiting {
			if practice.IsMeeting(w.Code) {
				return false, nil
			}
		}
	}
	var told int
	err := tx.row(`SELECT count FROM told WHERE review = $1 AND member = $2`, m.Review, m.Member).Scan(&told)
	if err != nil && !errors.Is(err, practice.ErrNotFound) {
		return false, err
	}
	if !practice.MayTell(m.Code, told) {
		return false, nil
	}
	_, err = tx.exec(`INSERT INTO told (review, member, count) VALUES ($1, $2, 1)
		ON CONFLICT (review, member) DO UPDATE SET count = told.count + 1`, m.Review, m.Member)
	if err != nil {
		return false, fmt.Errorf("count dispatches: %w", err)
	}
	return true, nil
}

// WasMoved reports whether a review has had another time before.
func (tx *Tx) WasMoved(r practice.ReviewID) (moved bool, err error) {
	err = tx.row(`SELECT count(*) > 0 FROM event WHERE kind = 'review.moved' AND about = $1`, r).Scan(&moved)
	return moved, err
}

// Announce puts a dispatch on its way to the chat of a team, if it has one.
func (tx *Tx) Announce(m practice.Dispatch) error {
	c, err := tx.Channel(m.Team)
	if err != nil || c.Address == "" {
		return err
	}
	return tx.Send(m, tx.now)
}

// Send puts a dispatch on its way, not before at.
func (tx *Tx) Send(m practice.Dispatch, at time.Time) error {
	id, err := tx.addDispatch(m, at)
	if err != nil {
		return err
	}
	return tx.Enqueue(JobSend, at, DispatchJob{id})
}

// sendWeekly lets a dispatch wait for the weekly mail. The first that waits brings
// the others along.
func (tx *Tx) sendWeekly(m practice.Dispatch, at time.Time) error {
	waiting, err := tx.WeeklyDispatches(m.Member)
	if err != nil {
		return err
	}
	m.Weekly = true
	if len(waiting) == 0 {
		return tx.Send(m, at)
	}
	_, err = tx.addDispatch(m, at)
	return err
}

const dispatchColumns = `id, code, coalesce(member, ''), coalesce(team, ''), review, link, weekly, due_at, fault, sent_at, gave_up_at`

func (tx *Tx) addDispatch(m practice.Dispatch, at time.Time) (practice.DispatchID, error) {
	m.ID = practice.DispatchID(tx.NewID("dsp"))
	_, err := tx.exec(`INSERT INTO dispatch (id, code, member, team, review, link, weekly, due_at, fault, sent_at, gave_up_at)
		VALUES ($1, $2, nullif($3, ''), nullif($4, ''), $5, $6, $7, $8, '', 0, 0)`,
		m.ID, m.Code, m.Member, m.Team, m.Review, m.Link, m.Weekly, at)
	if err != nil {
		return "", fmt.Errorf("add dispatch: %w", err)
	}
	return m.ID, nil
}

func (tx *Tx) dispatches(where string, args ...any) ([]practice.Dispatch, error) {
	return list(tx, scanDispatch, `SELECT `+dispatchColumns+` FROM dispatch WHERE `+where+` ORDER BY due_at, id`, args...)
}

// Dispatch returns one that is on its way, or was until not long ago.
func (tx *Tx) Dispatch(id practice.DispatchID) (practice.Dispatch, error) {
	return scanDispatch(tx.row(`SELECT `+dispatchColumns+` FROM dispatch WHERE id = $1`, id))
}

// WeeklyDispatches are those that wait for a person's next weekly mail, the oldest
// first.
func (tx *Tx) WeeklyDispatches(m practice.MemberID) ([]practice.Dispatch, error) {
	return tx.dispatches(`member = $1 AND weekly AND sent_at = 0 AND gave_up_at = 0`, m)
}

// Outgoing is how the dispatches fare that leave the house.
type Outgoing struct {
	Waiting  int                 // on their way
	LastMail time.Time           // when a mail last arrived, as far as is still known
	Troubled []practice.Dispatch // not arrived by their last try, those given up too; the oldest first
}

// Outgoing tells how dispatches fare.
func (tx *Tx) Outgoing() (o Outgoing, err error) {
	err = tx.row(`SELECT coalesce(sum(CASE WHEN sent_at = 0 AND gave_up_at = 0 THEN 1 ELSE 0 END), 0),
			coalesce(max(CASE WHEN member IS NOT NULL THEN sent_at ELSE 0 END), 0) FROM dispatch`).Scan(&o.Waiting, at{&o.LastMail})
	if err != nil {
		return o, err
	}
	o.Troubled, err = tx.dispatches(`sent_at = 0 AND fault <> ''`)
	return o, err
}

// SaveDispatch keeps what became of a dispatch.
func (tx *Tx) SaveDispatch(m practice.Dispatch) error {
	n, err := tx.exec(`UPDATE dispatch SET fault = $2, sent_at = $3, gave_up_at = $4 WHERE id = $1`, m.ID, m.Fault, m.SentAt, m.GaveUpAt)
	return found(n, err, "save dispatch")
}

// ForgetDispatch removes a dispatch. Removing one that is not there does nothing.
func (tx *Tx) ForgetDispatch(id practice.DispatchID) error {
	if _, err := tx.exec(`DELETE FROM dispatch WHERE id = $1`, id); err != nil {
		return fmt.Errorf("forget dispatch: %w", err)
	}
	return nil
}

func scanDispatch(r scanner) (m practice.Dispatch, err error) {
	err = r.Scan(&m.ID, &m.Code, &m.Member, &m.Team, &m.Review, &m.Link, &m.Weekly, at{&m.DueAt}, &m.Fault, at{&m.SentAt}, at{&m.GaveUpAt})
	return m, err
}

// Contributors are all who had a part in a failure and its review, by id:
// whoever took part, reported it, or added a fact, and whoever reported what went
// along with it, if they read it. Somebody who has left is none.
func (tx *Tx) Contributors(r practice.Review) ([]practice.MemberID, error) {
	people, err := list(tx, scanText[practice.MemberID], `SELECT id FROM member WHERE active AND id IN (
			SELECT member FROM invitation WHERE review = $1 AND spent
			UNION SELECT reporter FROM failure WHERE id = $2
			UNION SELECT author FROM fact WHERE failure = $2)
		ORDER BY id`, r.ID, r.Failure)
	if err != nil {
		return nil, err
	}
	led, err := tx.Failure(r.Failure)
	if err != nil {
		return nil, err
	}
	along, err := tx.Along(led.ID)
	if err != nil {
		return nil, err
	}
	for _, f := range along {
		if f.Reporter == "" {
			continue // they come back by themselves
		}
		m, err := tx.Member(f.Reporter)
		if err != nil {
			return nil, err
		}
		if m.Active && led.ReadBy(practice.Actor{Member: m.ID, Teams: m.Teams}) {
			people = append(people, m.ID)
		}
	}
	slices.Sort(people)
	return slices.Compact(people), nil
}
