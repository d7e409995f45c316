package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// importCommands bring in what was written elsewhere.
type importCommands struct {
	Reviews   importReviews   `cmd:"" help:"cli.help.import-reviews"`
	Procedure importProcedure `cmd:"" help:"cli.help.import-procedure"`
}

// A tally is what became of the files of an import. Every file is named as it
// is read; a file with a problem leaves nothing behind and keeps no other from
// being taken.
type tally struct {
	s                                  *shell
	taken, changed, same, left, broken int
	unread                             bool
}

// files names what PATHs lead to, folders walked to the bottom. What stands in
// a folder and does not have a name that is read is named and left.
func (t *tally) files(paths []string, reads func(name string) bool) []string {
	var all []string
	for _, path := range paths {
		before := len(all) + t.left
		err := filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				t.cannotRead(name)
			case d.IsDir() && d.Name() == ".git":
				return filepath.SkipDir
			case d.IsDir():
			case name != path && !reads(name):
				t.leave(name, t.s.Say("cli.import.left.kind"))
			case !isFile(name):
				t.cannotRead(name)
			default:
				all = append(all, name)
			}
			return nil
		})
		if err != nil {
			t.cannotRead(path)
		}
		if len(all)+t.left == before && !t.unread {
			t.s.note("cli.import.nothing", "folder", shown(path))
		}
	}
	return all
}

// isFile reports whether a name leads to something that has an end: no pipe, no
// link to nowhere.
func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// endsIn tells files by the endings of their names.
func endsIn(endings ...string) func(name string) bool {
	return func(name string) bool { return slices.Contains(endings, strings.ToLower(filepath.Ext(name))) }
}

// read reads one file, up to a byte more than it may have.
func (t *tally) read(name string, most int64) ([]byte, bool) {
	info, err := os.Stat(name)
	if err == nil && info.Size() > most {
		t.reject(name, t.s.Say("cli.import.broken.large", "max", bytesOf(most)))
		return nil, false
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.cannotRead(name)
		return nil, false
	}
	return text, true
}

func (t *tally) cannotRead(name string) {
	t.unread = true
	t.s.say("cli.wrong.read", "file", shown(name))
}

func (t *tally) leave(name, why string) {
	t.left++
	t.s.say("cli.import.left.file", "file", shown(name), "why", why)
}

func (t *tally) reject(name, why string) {
	t.broken++
	t.s.say("cli.import.broken", "file", shown(name), "why", why)
}

// end says the sum and how the command ends.
func (t *tally) end() error {
	t.s.say("cli.import.sum", "taken", t.taken, "changed", t.changed, "same", t.same, "left", t.left, "broken", t.broken)
	switch {
	case t.unread:
		return said(exitReach)
	case t.broken > 0:
		return said(exitProblem)
	}
	return nil
}
