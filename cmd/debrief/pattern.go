package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"debrief/internal/pattern"
)

// patternCommands read and write pattern documents. They need no database.
type patternCommands struct {
	Check  patternCheck  `cmd:"" help:"cli.help.pattern-check"`
	Format patternFormat `cmd:"" help:"cli.help.pattern-format"`
	Set    patternSet    `cmd:"" help:"cli.help.pattern-set"`
	Show   patternShow   `cmd:"" help:"cli.help.pattern-show"`
	Graph  patternGraph  `cmd:"" help:"cli.help.pattern-graph"`
}

// patternPaths are files and folders of pattern documents.
type patternPaths struct {
	Paths []string `arg:"" name:"path" help:"cli.help.import-path"`
}

// read reads every file that is named, and of folders every one that is a pattern.
func (c patternPaths) read(s *shell) (*pattern.Library, error) {
	var all []*pattern.Library
	for _, p := range c.Paths {
		info, err := os.Stat(p)
		if err != nil {
			return nil, s.cannotRead(p)
		}
		if info.IsDir() {
			l, err := pattern.ReadFS(os.DirFS(p), filepath.ToSlash(filepath.Clean(p))+"/")
			if err != nil {
				return nil, err
			}
			all = append(all, l)
			continue
		}
		raw, err := readPattern(p)
		if err != nil {
			return nil, s.cannotRead(p)
		}
		if d, err := pattern.Parse(filepath.ToSlash(p), raw); err != nil {
			all = append(all, pattern.Unread(filepath.ToSlash(p), err))
		} else {
			all = append(all, pattern.NewLibrary(d))
		}
	}
	return pattern.Together(all...), nil
}

// readPattern reads a file, and of one that is too large no more than tells so.
func readPattern(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, pattern.MaxSize+1))
}

type patternCheck struct {
	database // as every command, so that scripts need not know which one wants none
	patternPaths
	JSON  bool `name:"json" help:"cli.help.json" xor:"as"`
	SARIF bool `name:"sarif" help:"cli.help.sarif" xor:"as"`
}

// Run prints what is wrong, a line each. Only errors make it fail.
func (c *patternCheck) Run(s *shell) error {
	l, err := c.read(s)
	if err != nil {
		return err
	}
	found := l.Check()
	failed, out := 0, json.NewEncoder(s.out)
	out.SetEscapeHTML(false)
	for _, p := range found {
		if p.Severity == pattern.Error {
			failed++
		}
		switch {
		case c.SARIF:
		case c.JSON:
			err = errors.Join(err, out.Encode(p))
		default:
			fmt.Fprintln(s.out, shown(p.String()))
		}
	}
	if c.SARIF {
		out.SetIndent("", "  ")
		err = out.Encode(sarif(found))
	}
	if err != nil {
		return err
	}
	if !c.JSON && !c.SARIF {
		s.note("cli.pattern.checked", "n", len(l.Documents)+len(l.Unread()), "problems", len(found), "errors", failed)
	}
	if failed > 0 {
		return said(exitProblem)
	}
	return nil
}

type patternFormat struct {
	database
	patternPaths
	Check bool `help:"cli.help.pattern-differs"`
}

// Run brings documents into the canonical form, or says which are not in it.
func (c *patternFormat) Run(s *shell) error {
	l, err := c.read(s)
	if err != nil {
		return err
	}
	problems := len(l.Unread())
	for _, p := range l.Unread() {
		fmt.Fprintln(s.err, shown(p.String()))
	}
	for _, d := range l.Documents {
		formed, err := d.Format()
		if err != nil {
			fmt.Fprintln(s.err, shown(err.Error()))
			problems++
			continue
		}
		if string(formed.Bytes()) == string(d.Bytes()) {
			continue
		}
		fmt.Fprintln(s.out, shown(d.File))
		if c.Check {
			problems++
		} else if err := rewrite(d.File, formed.Bytes()); err != nil {
			return err
		}
	}
	if problems > 0 {
		return said(exitProblem)
	}
	return nil
}

// rewrite puts new bytes in the place of a file, for the same people to read.
func rewrite(name string, raw []byte) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	if err := replace(name, func(w io.Writer) error { _, err := w.Write(raw); return err }); err != nil {
		return err
	}
	return os.Chmod(name, info.Mode().Perm())
}

type patternSet struct {
	database
	File   string   `arg:"" help:"cli.help.pattern-file"`
	Fields []string `arg:"" name:"field=value" help:"cli.help.pattern-field"`
}

// Run writes fields into one document, all of them or none.
func (c *patternSet) Run(s *shell) error {
	raw, err := readPattern(c.File)
	if err != nil {
		return s.cannotRead(c.File)
	}
	d, err := pattern.Parse(c.File, raw)
	for _, f := range c.Fields {
		field, value, ok := strings.Cut(f, "=")
		if !ok {
			s.note("cli.pattern.field", "field", shown(f))
			return said(exitUsage)
		}
		if err == nil {
			d, err = d.Set(field, value)
		}
	}
	if err != nil {
		fmt.Fprintln(s.err, shown(err.Error()))
		return said(exitProblem)
	}
	if string(d.Bytes()) == string(raw) {
		return nil
	}
	return rewrite(c.File, d.Bytes())
}
