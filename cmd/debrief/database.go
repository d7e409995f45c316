package main

import (
	"crypto/rand"
	"log/slog"
	"time"

	"debrief/internal/app"
	"debrief/internal/auth"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// database is the flag that every command takes after its name.
type database struct {
	Database string `default:"./data/debrief.db" env:"DEBRIEF_DATABASE" help:"${help_database}"`
}

// open opens the database and brings its schema up to date.
func (d database) open(s *shell) (*store.Store, error) {
	log := slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	return store.Open(s, store.Options{Database: d.Database, Now: time.Now, Random: rand.Reader, Log: log})
}

// operator is whoever sits at the server itself.
var operator = practice.Actor{Operator: true}

// house is what the operator's tools reach: the acts of people, and the doors.
type house struct {
	*app.App
	*auth.Auth
}

// with opens the database for one act and closes it again.
func (d database) with(s *shell, act func(house) error) error {
	db, err := d.open(s)
	if err != nil {
		return err
	}
	defer db.Close()
	return act(house{
		app.New(app.Options{Store: db, Log: slog.New(slog.DiscardHandler)}),
		auth.New(auth.Options{Store: db, Now: time.Now, Random: rand.Reader}),
	})
}
