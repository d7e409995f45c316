package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// ledgers are the files in which it stands what a database from before has to be
// made to follow: one beside a SQLite file, one beside the backups, and more that
// somebody named. They have ids and fingerprints, and no names but in the reasons of holds.
func ledgers(d database, backups string, named ...string) (paths []string) {
	if d.beside() != "" {
		paths = append(paths, d.Database+".erased")
	}
	if backups != "" {
		paths = append(paths, filepath.Join(backups, "debrief.erased"))
	}
	return append(paths, slices.DeleteFunc(named, func(path string) bool { return path == "" })...)
}

// ledgerLine is one line of such a file: one of the four.
type ledgerLine struct {
	*practice.Erasure
	Redaction *practice.Redaction `json:"redaction,omitempty"`
	Hold      *practice.Hold      `json:"hold,omitempty"`
	Gone      *practice.Gone      `json:"gone,omitempty"`
}

// follow makes the database follow what stands in the files, and writes all of
// them anew: each then has everything.
func follow(ctx context.Context, a *app.App, paths []string) error {
	var all practice.Ledger
	for _, path := range paths {
		l, err := readLedger(path)
		if err != nil {
			return err
		}
		all.Erasures = append(all.Erasures, l.Erasures...)
		all.Redactions = append(all.Redactions, l.Redactions...)
		all.Holds = append(all.Holds, l.Holds...)
		all.Gone = append(all.Gone, l.Gone...)
	}
	if err := a.Replay(ctx, all); err != nil {
		return err
	}
	known, err := a.Ledger(ctx)
	if err != nil {
		return err
	}
	known.Gone = practice.AllGone(time.Now(), known.Gone, all.Gone) // another copy may know what this one does not
	for _, path := range paths {
		if err := writeLedger(path, known); err != nil {
			return err
		}
	}
	return nil
}

func readLedger(path string) (l practice.Ledger, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	}
	if err != nil {
		return l, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var line ledgerLine
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return l, err
		}
		switch {
		case line.Redaction != nil:
			l.Redactions = append(l.Redactions, *line.Redaction)
		case line.Hold != nil:
			l.Holds = append(l.Holds, *line.Hold)
		case line.Gone != nil:
			l.Gone = append(l.Gone, *line.Gone)
		case line.Erasure != nil:
			l.Erasures = append(l.Erasures, *line.Erasure)
		}
	}
	return l, lines.Err()
}

// writeLedger writes a file in one go. One that says so already stays, and
// nothing to say makes none.
func writeLedger(path string, l practice.Ledger) error {
	var text bytes.Buffer
	to := json.NewEncoder(&text)
	var err error
	for i := range l.Erasures {
		err = errors.Join(err, to.Encode(ledgerLine{Erasure: &l.Erasures[i]}))
	}
	for i := range l.Redactions {
		err = errors.Join(err, to.Encode(ledgerLine{Redaction: &l.Redactions[i]}))
	}
	for i := range l.Holds {
		err = errors.Join(err, to.Encode(ledgerLine{Hold: &l.Holds[i]}))
	}
	for i := range l.Gone {
		err = errors.Join(err, to.Encode(ledgerLine{Gone: &l.Gone[i]}))
	}
	if err != nil {
		return err
	}
	was, err := os.ReadFile(path)
	if err == nil && slices.Equal(was, text.Bytes()) || errors.Is(err, fs.ErrNotExist) && text.Len() == 0 {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return replace(path, func(w io.Writer) error {
		_, err := w.Write(text.Bytes())
		return err
	})
}
