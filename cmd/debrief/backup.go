package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"debrief/internal/store"
)

type backupCommand struct {
	database
	File string `arg:"" help:"cli.help.backup-file"`
}

// Run writes a complete copy into one new file and reads it through once more.
// The server may go on beside it.
func (c *backupCommand) Run(s *shell) error {
	db, err := c.existing(s)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.BackupFile(s, c.File)
	if errors.Is(err, fs.ErrExist) {
		s.note("cli.backup.there", "file", shown(c.File))
		return said(exitProblem)
	}
	if err != nil {
		return err
	}
	info, err := os.Stat(c.File)
	if err != nil {
		return err
	}
	s.say("cli.backup.done", "file", shown(c.File), "size", fmt.Sprintf("%d kB", (info.Size()+1023)>>10))
	return nil
}

type restoreCommand struct {
	database
	Erased []string `help:"cli.help.erased" type:"existingfile" placeholder:"FILE"`
	File   string   `arg:"" help:"cli.help.restore-file"`
}

// Run puts a backup into an empty database, whichever of the two it came from.
func (c *restoreCommand) Run(s *shell) error {
	f, err := os.Open(c.File)
	if err != nil {
		return s.cannotRead(c.File)
	}
	_, err = store.CheckBackup(f)
	f.Close()
	if errors.Is(err, syscall.EISDIR) {
		return s.cannotRead(c.File)
	}
	if err != nil {
		s.note("cli.restore.broken", "file", shown(c.File))
		return said(exitProblem)
	}
	log := slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	_, err = store.Restore(s, store.Options{Database: c.Database, Now: time.Now, Random: rand.Reader, Log: log}, c.File)
	if errors.Is(err, store.ErrInUse) {
		s.note("cli.restore.full")
		return said(exitProblem)
	}
	if err != nil {
		return err
	}
	if err := c.follow(s); err != nil {
		return err
	}
	s.say("cli.restore.done")
	return nil
}

// follow makes the database what it would be had it been there all along: who was
// erased since is erased, what was taken out is out, what is on hold is on hold.
func (c *restoreCommand) follow(s *shell) error {
	paths := ledgers(c.database, filepath.Dir(c.File), c.Erased...)
	return c.act(s, c.open, func(h house) error { return follow(s, h.App, paths) })
}

type migrateCommand struct{ database }

// Run brings the schema up to date, as opening the database does too.
func (c *migrateCommand) Run(s *shell) error {
	db, err := c.open(s)
	if err != nil {
		return err
	}
	s.say("cli.migrate.done")
	return db.Close()
}
