package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"debrief/internal/practice"
	"debrief/internal/prose"
)

type importReviews struct {
	database
	Path []string `arg:"" help:"cli.help.import-path"`
}

// Run brings in the files one by one, each whole or not at all. The other files
// are taken even where one is broken.
func (c *importReviews) Run(s *shell) error {
	return c.making(s, func(h house) error {
		t := &tally{s: s}
		files := t.files(c.Path, prose.Reads)
		seen := map[string]bool{}
		for i, name := range files {
			if err := s.Err(); err != nil {
				return err
			}
			s.note("cli.import.reading", "n", i+1, "all", len(files), "file", shown(name))
			if err := t.reviews(h, name, seen); err != nil {
				return err
			}
		}
		return t.end()
	})
}

// reviews brings in one file. seen are the ids that other files of this import
// brought in: of two records with one id the first stays, so that a second
// import changes nothing.
func (t *tally) reviews(h house, name string, seen map[string]bool) error {
	items, problems, ok := t.readReviews(name)
	if !ok {
		return nil
	}
	left := len(problems)
	for _, p := range problems {
		t.leaveRecord(name, p, t.s.Refusal(p.Why).Title)
	}
	fresh := items[:0]
	for _, it := range items {
		if seen[it.ID] {
			t.leaveRecord(name, prose.Problem{Line: it.Line, ID: it.ID, Title: it.Title}, t.s.Say("cli.import.left.elsewhere"))
			left++
			continue
		}
		seen[it.ID] = true
		fresh = append(fresh, it)
	}
	n, err := h.ImportReviews(t.s, operator, fresh)
	if err != nil {
		return err
	}
	t.s.say("cli.import.reviews", "file", shown(name), "taken", n.New, "changed", n.Changed, "same", n.Same, "left", left)
	t.taken, t.changed, t.same, t.left = t.taken+n.New, t.changed+n.Changed, t.same+n.Same, t.left+left
	return nil
}

// readReviews reads a file, and names what is wrong with it.
func (t *tally) readReviews(name string) ([]prose.Imported, []prose.Problem, bool) {
	full, err := filepath.Abs(name)
	if err != nil {
		t.cannotRead(name)
		return nil, nil, false
	}
	f, err := os.Open(name)
	if err != nil {
		t.cannotRead(name)
		return nil, nil, false
	}
	defer f.Close()
	items, problems, err := prose.ReadReviews(full, f)
	var refusal *practice.Error
	switch {
	case err == nil:
		return items, problems, true
	case errors.As(err, &refusal) && refusal.Code == "import.kind":
		t.leave(name, t.s.Say("cli.import.left.kind"))
	case errors.As(err, &refusal):
		why := t.s.Refusal(refusal)
		t.reject(name, strings.TrimSpace(why.Title+" "+why.Why))
		for _, p := range problems {
			if p.Line > 0 {
				t.s.say("cli.import.broken.line", "file", shown(name), "line", p.Line, "why", t.s.Refusal(p.Why).Title)
			}
		}
	default:
		t.cannotRead(name)
	}
	return nil, nil, false
}

// leaveRecord names a record that is left on purpose.
func (t *tally) leaveRecord(file string, p prose.Problem, why string) {
	name := p.Title
	if name == "" {
		name = p.ID
	}
	if p.Line == 0 {
		if name == "" {
			name = filepath.Base(file)
		}
		t.s.say("cli.import.left.page", "file", shown(file), "name", shown(name), "why", why)
		return
	}
	t.s.say("cli.import.left.record", "file", shown(file), "line", p.Line, "name", shown(name), "why", why)
}

// shown is a text from elsewhere as a terminal may show it: nothing in it moves
// the cursor or changes a colour.
func shown(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '\ufffd'
		}
		return r
	}, text)
}
