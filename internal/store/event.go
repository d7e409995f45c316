package store

import (
	"cmp"
	"context"
	"fmt"

	"debrief/internal/practice"
)

// Position is a place in the log of events. The zero value is before the first.
// It means something only together with the incarnation of the database.
type Position struct{ Xid, Seq int64 }

// String is the position as one word.
func (p Position) String() string { return fmt.Sprintf("%d-%d", p.Xid, p.Seq) }

// ParsePosition reads what String writes.
func ParsePosition(s string) (Position, error) {
	var p Position
	_, err := fmt.Sscanf(s, "%d-%d", &p.Xid, &p.Seq)
	return p, err
}

// Compare orders positions as the log does.
func (p Position) Compare(q Position) int {
	return cmp.Or(cmp.Compare(p.Xid, q.Xid), cmp.Compare(p.Seq, q.Seq))
}

// StoredEvent is an event with its place in the log.
type StoredEvent struct {
	Position Position
	practice.Event
}

// Batch is a stretch of the log.
type Batch struct {
	Events  []StoredEvent
	Next    Position // of the last event, or where the reading began
	Waiting bool     // more is committed already, but an older transaction is still undecided
}

// Emit writes an event in the transaction of the change it tells of. Without a
// time it gets that of the transaction.
func (tx *Tx) Emit(e practice.Event) error {
	if e.At.IsZero() {
		e.At = tx.now
	}
	if e.Data == nil {
		e.Data = practice.Args{}
	}
	tx.news = true
	_, err := tx.exec(`INSERT INTO event (xid, seq, kind, about, scope, at, data)
		VALUES (`+tx.dialect.eventHead+`, $1, $2, $3, $4, $5)`, e.Kind, e.About, e.In, e.At, jsonOf(e.Data))
	return err
}

// EventsAfter reads up to limit events after a position, in the order in which
// they were committed. On PostgreSQL numbers are handed out before the commit,
// so it stops before whatever an older, undecided transaction could still come
// before; following by the largest number seen would lose events.
func (s *Store) EventsAfter(ctx context.Context, after Position, limit int) (Batch, error) {
	b := Batch{Next: after}
	err := s.View(ctx, func(tx *Tx) error {
		rs, err := tx.query(`SELECT xid, seq, kind, about, scope, at, data, `+tx.dialect.settled+` FROM event
			WHERE (xid, seq) > ($1, $2) ORDER BY xid, seq`+atMost(3), after.Xid, after.Seq, limit)
		if err != nil {
			return err
		}
		defer rs.Close()
		for rs.Next() {
			e, settled, err := scanEvent(rs)
			if err != nil {
				return err
			}
			if !settled {
				b.Waiting = true
				break
			}
			b.Events = append(b.Events, e)
			b.Next = e.Position
		}
		return rs.Err()
	})
	if err != nil {
		return Batch{Next: after}, fmt.Errorf("read events: %w", err)
	}
	return b, nil
}

// EventAt returns the event at a position.
func (tx *Tx) EventAt(p Position) (StoredEvent, error) {
	e, _, err := scanEvent(tx.row(`SELECT xid, seq, kind, about, scope, at, data, `+tx.dialect.settled+` FROM event
		WHERE xid = $1 AND seq = $2`, p.Xid, p.Seq))
	return e, err
}

func scanEvent(row scanner) (e StoredEvent, settled bool, err error) {
	err = row.Scan(&e.Position.Xid, &e.Position.Seq, &e.Kind, &e.About, &e.In, at{&e.At}, fromJSON{&e.Data}, &settled)
	return e, settled, err
}

// Head is the position of the newest event that nothing can still come before.
// Whoever reads the tables in this transaction and then follows from here
// misses nothing, but may hear of something they have read already.
func (tx *Tx) Head() (Position, error) {
	ps, err := list(tx, func(row scanner) (p Position, err error) {
		return p, row.Scan(&p.Xid, &p.Seq)
	}, `SELECT xid, seq FROM event WHERE `+tx.dialect.settled+` ORDER BY xid DESC, seq DESC LIMIT 1`)
	if err != nil || len(ps) == 0 {
		return Position{}, err
	}
	return ps[0], nil
}

// settleEvents numbers the events in the order they are in and forgets the
// transactions that wrote them, which were those of another server: a dump that
// was read in here, say. By the count of this one they may lie in the future,
// and would be waited for.
func (tx *Tx) settleEvents() error {
	for _, q := range []string{
		`UPDATE event SET xid = 0, seq = -o.n
			FROM (SELECT xid, seq, row_number() OVER (ORDER BY xid, seq) AS n FROM event) o
			WHERE event.xid = o.xid AND event.seq = o.seq`,
		`UPDATE event SET seq = -seq`,
		`DELETE FROM meta WHERE name = 'incarnation'`,
	} {
		if _, err := tx.exec(q); err != nil {
			return fmt.Errorf("number the events: %w", err)
		}
	}
	return nil
}
