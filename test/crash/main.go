// Command crash kills Debrief again and again while people report failures, and
// checks after each death that everything it had acknowledged is there, once,
// and can be found.
//
//	go run ./test/crash -cycles 1000
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"debrief/internal/debrieftest"
)

func main() {
	cycles := flag.Int("cycles", 1000, "how often to kill it")
	writers := flag.Int("writers", 4, "how many people report at the same time")
	seed := flag.Uint64("seed", 1, "when to kill it follows from this number")
	database := flag.String("database", "", "a postgres:// address; default: a new SQLite file")
	flag.Parse()
	if err := run(*cycles, *writers, *seed, *database); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(cycles, writers int, seed uint64, database string) error {
	dir, err := os.MkdirTemp("", "debrief-crash-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "debrief")
	if err := debrieftest.Build(binary); err != nil {
		return err
	}
	if database == "" {
		database = filepath.Join(dir, "debrief.db")
	}
	t := &trial{
		options: debrieftest.Options{Binary: binary, Database: database},
		writers: writers,
		seed:    seed,
		admit:   setUp,
		every:   100,
		say:     func(line string) { fmt.Println(line) },
	}
	if err := t.run(cycles); err != nil {
		return err
	}
	return sound(database)
}
