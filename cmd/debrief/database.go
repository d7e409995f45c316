package main

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"debrief/internal/app"
	"debrief/internal/auth"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// database is the flag that every command takes after its name.
type database struct {
	Database string `default:"./data/debrief.db" env:"DEBRIEF_DATABASE" help:"cli.help.database"`
}

// usualFolder is where the database stands when nobody says otherwise.
const usualFolder = "data"

// open opens the database and brings its schema up to date.
func (d database) open(s *shell) (*store.Store, error) {
	log := slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	return store.Open(s, store.Options{Database: d.Database, Now: time.Now, Random: rand.Reader, Log: log})
}

// existing opens a database for whoever only looks or tends. It begins a fresh one
// where there is none yet, but no folder for it: a slip in a path would look as if
// everything were lost.
func (d database) existing(s *shell) (*store.Store, error) {
	_, err := os.Stat(filepath.Dir(d.Database))
	if !strings.Contains(d.Database, "://") && errors.Is(err, fs.ErrNotExist) {
		s.note("cli.database.none", "where", shown(d.Database))
		return nil, said(exitReach)
	}
	return d.open(s)
}

// operator is whoever sits at the server itself.
var operator = practice.Actor{Operator: true}

// house is what the operator's tools reach: the acts of people, and the doors.
type house struct {
	*app.App
	*auth.Auth
}

// with opens a database that is there for one act and closes it again.
func (d database) with(s *shell, act func(house) error) error {
	return d.act(s, d.existing, act)
}

// making does the same, and makes the database where there is none.
func (d database) making(s *shell, act func(house) error) error { return d.act(s, d.open, act) }

func (d database) act(s *shell, open func(*shell) (*store.Store, error), act func(house) error) error {
	db, err := open(s)
	if err != nil {
		return err
	}
	defer db.Close()
	return act(house{
		app.New(app.Options{Store: db, Log: slog.New(slog.DiscardHandler)}),
		auth.New(auth.Options{Store: db, Now: time.Now, Random: rand.Reader}),
	})
}
