package store

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// A backup is gzipped lines of JSON: a [Copy] about the whole, then for each
// table its name and columns and its rows as lists, then a seal with the
// checksum of everything before it. Either database can read it.
const backupFormat = 1

// inNoCopy are tables of which a backup has no row: what waits for the hour, which
// would tell when it came, what is for one pair of eyes until a room closes, and who is
// asked whether a change is in use, with what they say: it is asked anew. Of a pulse that
// is open nothing is in it at all: a copy from then begins it again.
var inNoCopy = []string{"pool", "guide_note", "talk", "use_asked", "use_answer", "cause", "cause_taken", "pulse_open", "pulse_asked", "pulse_taken", "pulse_back", "pulse_sheet"}

// Copy tells what a backup is of.
type Copy struct {
	Format      int       `json:"debrief_backup"`
	Schema      int64     `json:"schema"` // number of the newest migration in it
	Incarnation string    `json:"incarnation"`
	At          time.Time `json:"at"` // the moment that it shows
	Tables      int       `json:"tables"`
	Rows        int64     `json:"-"` // counted while writing or reading
}

// tableLine begins a table, and sealLine ends the backup.
type (
	tableLine struct {
		Table   string   `json:"table"`
		Columns []string `json:"columns"`
	}
	sealLine struct {
		Rows   int64  `json:"rows"`
		SHA256 string `json:"sha256"`
	}
)

// BackupFile writes a backup to a new file that only its owner may read, and
// reads it through once more. It works while everything else goes on.
//
// It returns an error that is [fs.ErrExist] rather than write over a file.
func (s *Store) BackupFile(ctx context.Context, path string) (Copy, error) {
	c, err := s.backupFile(ctx, path)
	if err != nil {
		return Copy{}, fmt.Errorf("back up to %s: %w", path, err)
	}
	return c, nil
}

func (s *Store) backupFile(ctx context.Context, path string) (c Copy, err error) {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return Copy{}, errors.Join(err, fs.ErrExist)
	}
	part := path + ".part"
	f, err := os.OpenFile(part, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return Copy{}, err
	}
	defer func() {
		err = errors.Join(err, f.Close())
		if err != nil {
			err = errors.Join(err, os.Remove(part))
			return
		}
		err = errors.Join(os.Rename(part, path), syncFolder(filepath.Dir(path)))
	}()
	if c, err = s.Backup(ctx, f); err != nil {
		return c, err
	}
	if err := f.Sync(); err != nil {
		return c, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return c, err
	}
	read, err := CheckBackup(f)
	if err == nil && read.Rows != c.Rows {
		err = fmt.Errorf("read %d rows back of %d", read.Rows, c.Rows)
	}
	return c, err
}

// Backup writes everything the database holds, as of one moment.
func (s *Store) Backup(ctx context.Context, w io.Writer) (Copy, error) {
	zip := gzip.NewWriter(w)
	out := &lineWriter{sum: sha256.New()}
	out.to = bufio.NewWriterSize(io.MultiWriter(zip, out.sum), 1<<16)
	c := Copy{Format: backupFormat, Incarnation: s.incarnation}
	err := s.View(ctx, func(tx *Tx) error {
		tx.limit = 0
		if _, err := tx.exec(tx.dialect.catalogue.slow); err != nil {
			return err
		}
		return tx.backup(&c, out)
	})
	if err != nil {
		return c, err
	}
	if err := out.to.Flush(); err != nil {
		return c, err
	}
	seal, err := json.Marshal(sealLine{Rows: c.Rows, SHA256: hex.EncodeToString(out.sum.Sum(nil))})
	if err != nil {
		return c, err
	}
	_, err = zip.Write(append(seal, '\n'))
	return c, errors.Join(err, zip.Close())
}

func (tx *Tx) backup(c *Copy, out *lineWriter) error {
	tables, err := tx.tables()
	if err != nil {
		return err
	}
	c.At, c.Tables = tx.now, len(tables)
	if err := tx.row(`SELECT max(version_id) FROM goose_db_version`).Scan(&c.Schema); err != nil {
		return err
	}
	if err := out.line(c); err != nil {
		return err
	}
	for _, t := range tables {
		if err := out.line(tableLine{t.name, t.names()}); err != nil {
			return err
		}
		nth := int64(0)
		if slices.Contains(inNoCopy, t.name) {
			continue
		}
		err := tx.each(t, func(values []any) error {
			nth++
			if t.name == "event" {
				t.renumber(values, nth)
			}
			return out.line(values)
		})
		c.Rows += nth
		if err != nil {
			return fmt.Errorf("copy table %s: %w", t.name, err)
		}
	}
	return nil
}

type lineWriter struct {
	to  *bufio.Writer
	sum hash.Hash
}

func (w *lineWriter) line(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = w.to.Write(append(b, '\n'))
	return err
}

// errBackup is what every backup that cannot be used has in common.
var errBackup = errors.New("this is not a whole backup of debrief")

// CheckBackup reads a backup to its end and compares its checksum.
func CheckBackup(r io.Reader) (Copy, error) {
	return readBackup(r, func(tableLine) error { return nil }, func([]json.RawMessage) error { return nil })
}

// readBackup hands over tables and rows as they come. They can be trusted only
// when it has returned without an error: the seal is at the end.
func readBackup(r io.Reader, begin func(tableLine) error, row func([]json.RawMessage) error) (Copy, error) {
	var c Copy
	zip, err := gzip.NewReader(r)
	if err != nil {
		return c, fmt.Errorf("%w: %w", errBackup, err)
	}
	sum := sha256.New()
	in := bufio.NewReaderSize(zip, 1<<16)
	tables := 0
	for first := true; ; first = false {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return c, fmt.Errorf("%w: it ends too early: %w", errBackup, err)
		}
		var seal sealLine
		switch {
		case first:
			if err := json.Unmarshal(line, &c); err != nil || c.Format != backupFormat {
				return c, fmt.Errorf("%w: its first line is %.100q", errBackup, line)
			}
		case line[0] == '[':
			var values []json.RawMessage
			if err := json.Unmarshal(line, &values); err != nil {
				return c, fmt.Errorf("%w: row %d: %w", errBackup, c.Rows+1, err)
			}
			c.Rows++
			if err := row(values); err != nil {
				return c, err
			}
		default:
			if err := json.Unmarshal(line, &seal); err != nil {
				return c, fmt.Errorf("%w: after row %d: %w", errBackup, c.Rows, err)
			}
			if seal.SHA256 != "" {
				return c, compare(c, seal, tables, hex.EncodeToString(sum.Sum(nil)))
			}
			var t tableLine
			if err := json.Unmarshal(line, &t); err != nil {
				return c, fmt.Errorf("%w: after row %d: %w", errBackup, c.Rows, err)
			}
			tables++
			if err := begin(t); err != nil {
				return c, err
			}
		}
		sum.Write(line)
	}
}

func compare(c Copy, seal sealLine, tables int, sum string) error {
	if seal.Rows != c.Rows || tables != c.Tables || seal.SHA256 != sum {
		return fmt.Errorf("%w: its checksum does not match", errBackup)
	}
	return nil
}
