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

	"debrief/internal/app"
	"debrief/internal/practice"
)

// erasedLists are the files, a line each, in which it stands who was erased: one
// beside a SQLite file and one beside the backups. They have ids and no names. A
// database from before is made to forget by them.
func erasedLists(d database, backups string) (paths []string) {
	if d.beside() != "" {
		paths = append(paths, d.Database+".erased")
	}
	if backups != "" {
		paths = append(paths, filepath.Join(backups, "debrief.erased"))
	}
	return paths
}

// forget erases again whoever stands in one of the lists, and writes all of them
// anew: each then has everybody.
func forget(ctx context.Context, a *app.App, paths []string) error {
	var erased []practice.Erasure
	for _, path := range paths {
		more, err := readErased(path)
		if err != nil {
			return err
		}
		erased = append(erased, more...)
	}
	if err := a.Forget(ctx, erased); err != nil {
		return err
	}
	all, err := a.Erasures(ctx)
	if err != nil || len(all) == 0 {
		return err
	}
	for _, path := range paths {
		if err := writeErased(path, all); err != nil {
			return err
		}
	}
	return nil
}

func readErased(path string) ([]practice.Erasure, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var erased []practice.Erasure
	for lines := bufio.NewScanner(f); ; {
		if !lines.Scan() {
			return erased, lines.Err()
		}
		var e practice.Erasure
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return nil, err
		}
		erased = append(erased, e)
	}
}

// writeErased writes a list in one go. One that says so already stays.
func writeErased(path string, all []practice.Erasure) error {
	var text bytes.Buffer
	for _, e := range all {
		line, err := json.Marshal(e)
		if err != nil {
			return err
		}
		text.Write(append(line, '\n'))
	}
	if was, err := os.ReadFile(path); err == nil && slices.Equal(was, text.Bytes()) {
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
