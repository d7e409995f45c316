package main

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"debrief/internal/app"
	"debrief/internal/practice"
)

type exportCommand struct {
	database
	Folder string `arg:"" help:"cli.help.export-folder"`
}

// Run writes everything the organisation may see into a folder that is new or
// empty: one JSON object a line, and Markdown for people.
func (c *exportCommand) Run(s *shell) error {
	there, err := os.ReadDir(c.Folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(there) > 0 {
		s.note("cli.export.full", "folder", shown(c.Folder))
		return said(exitProblem)
	}
	db, err := c.existing(s)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := os.MkdirAll(c.Folder, 0o700); err != nil {
		return err
	}
	out := exportFolder{at: c.Folder, files: map[string]*os.File{}}
	for _, noun := range []string{"failures", "reviews", "gaps", "procedures", "constraints", "findings", "carries", "plans", "cycles"} {
		if _, err := out.file(noun + ".jsonl"); err != nil {
			return errors.Join(err, out.close())
		}
	}
	err = app.New(app.Options{Store: db}).Export(context.WithoutCancel(s), practice.Actor{Operator: true}, out.take)
	if err = errors.Join(err, out.close()); err != nil {
		return err
	}
	s.say("cli.export.done", "n", len(out.files), "folder", shown(c.Folder))
	return nil
}

// exportFolder is a folder that is being filled.
type exportFolder struct {
	at    string
	files map[string]*os.File
}

// file opens a file of the folder, once.
func (o *exportFolder) file(name string) (*os.File, error) {
	if f, ok := o.files[name]; ok {
		return f, nil
	}
	path := filepath.Join(o.at, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		o.files[name] = f
	}
	return f, err
}

// take writes one noun into its file.
func (o *exportFolder) take(e app.Exported) error {
	f, err := o.file(e.File)
	if err != nil {
		return err
	}
	if e.Line == nil {
		_, err = f.WriteString(e.Page)
		return err
	}
	return json.NewEncoder(f).Encode(e.Line)
}

// close sees to it that everything is in the files.
func (o *exportFolder) close() error {
	var errs []error
	for _, f := range o.files {
		errs = append(errs, f.Close())
	}
	return errors.Join(errs...)
}
