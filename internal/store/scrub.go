package store

import (
	"context"
	"errors"
	"fmt"

	"debrief/internal/practice"
)

// fleeting are the small tables whose rows come and go: what is deleted from
// them must not be read out of the files afterwards.
var fleeting = []string{"pool", "message", "receipt", "seat", "hand", "ready", "talk", "guide_note", "invitation", "answer", "judgement", "reason", "misuse", "misuse_message", "reading_closed", "use_asked", "use_answer", "cause", "cause_taken",
	"pulse_open", "pulse_asked", "pulse_taken", "pulse_back", "pulse_sheet"}

// erases remembers that something was taken out of a large table, so that the
// next [Store.Scrub] writes its file anew too.
func (tx *Tx) erases(tables ...string) error {
	for _, name := range tables {
		if _, err := tx.exec(`INSERT INTO erased (name) VALUES ($1) ON CONFLICT (name) DO NOTHING`, name); err != nil {
			return fmt.Errorf("remember what is erased: %w", err)
		}
	}
	return nil
}

// Scrub sees to it that what was deleted stands in no file of the database any
// more. Deleting alone leaves it in the write-ahead log on SQLite and in dead
// rows on PostgreSQL, whose own write-ahead log belongs to the operator.
//
// It returns [practice.ErrBusy] while somebody reads for longer than it waits;
// then it is called again later.
func (s *Store) Scrub(ctx context.Context) error {
	var large []string
	err := s.Update(ctx, func(tx *Tx) (err error) {
		if large, err = list(tx, scanText[string], `SELECT name FROM erased ORDER BY name`); err != nil {
			return err
		}
		// A row stands in the transaction that made it, for whoever reads PostgreSQL's files. That of a talk
		// asked for just before its asker said go would stay beside it.
		_, err = tx.exec(`UPDATE talk SET member = member`)
		return err
	})
	if err != nil {
		return err
	}
	if err := s.db.scrub(ctx, append(large, fleeting...)); err != nil {
		return fmt.Errorf("scrub: %w", err)
	}
	if len(large) == 0 {
		return nil
	}
	return s.Update(ctx, func(tx *Tx) error {
		_, err := tx.exec(`DELETE FROM erased WHERE name IN `+tx.among(1), jsonOf(large))
		return err
	})
}

// scrub writes the log into the file and cuts it off. The file itself has
// nothing of what was deleted: secure_delete is on.
func (s *sqliteDB) scrub(ctx context.Context, _ []string) error {
	s.scrubs.Lock()
	defer s.scrubs.Unlock()
	conn, err := s.pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	// A writer that waited for us would wait as long, so this is not for long.
	if _, err := conn.ExecContext(ctx, "PRAGMA busy_timeout=500"); err != nil {
		return err
	}
	var busy, inLog, moved int
	err = conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &inLog, &moved)
	if err == nil && busy != 0 {
		err = practice.ErrBusy
	}
	_, after := conn.ExecContext(ctx, "PRAGMA busy_timeout=5000")
	return errors.Join(err, after)
}

// scrub writes the tables into new files, without their dead rows, and drops
// the old ones.
func (p *postgresDB) scrub(ctx context.Context, tables []string) error {
	conn, err := p.pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "SET statement_timeout = 0"); err != nil {
		return err
	}
	for _, name := range tables {
		if _, err = conn.ExecContext(ctx, "VACUUM (FULL) "+quoted([]string{name})); err != nil {
			break
		}
	}
	_, after := conn.ExecContext(context.WithoutCancel(ctx), "RESET statement_timeout")
	return errors.Join(err, after)
}
