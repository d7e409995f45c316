package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// importProcedure brings in checklists and manuals as they are written.
type importProcedure struct {
	database
	Team  string   `help:"cli.help.import-team"`
	Owner string   `help:"cli.help.import-owner"`
	Files []string `arg:"" name:"file" help:"cli.help.import-files"`
}

// Run keeps each file as a procedure, every byte. A file that was brought in
// before changes nothing; one that changed becomes the next version.
func (c *importProcedure) Run(s *shell) error {
	return c.making(s, func(h house) error {
		n := app.NewProcedure{}
		var err error
		if n.Team, err = c.team(s, h); err != nil {
			return err
		}
		if c.Owner != "" {
			owner, err := somebody(s, h, c.Owner)
			if err != nil {
				return err
			}
			n.Owner = owner.ID
		}
		t := &tally{s: s}
		var brought []practice.ProcedureID
		for _, name := range t.files(c.Files, endsIn(".md", ".markdown", ".txt")) {
			text, ok := t.read(name, practice.MaxProcedure)
			if !ok {
				continue
			}
			n.Markdown, n.Name = string(text), strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
			b, err := h.ImportProcedure(s, operator, n, brought)
			if err := t.procedure(name, b, err); err != nil {
				return err
			}
			if err == nil {
				brought = append(brought, b.Procedure.ID)
			}
		}
		return t.end()
	})
}

// team is whose the procedures are: the one that was named, the only one there
// is, or nobody's yet.
func (c *importProcedure) team(s *shell, h house) (practice.TeamID, error) {
	teams, err := h.Teams(s, operator)
	if err != nil || c.Team == "" && len(teams) != 1 {
		return "", err
	}
	t, err := chooseTeam(teams, c.Team)
	return t.ID, err
}

// procedure says what became of one file. What keeps every file from being
// taken ends the import.
func (t *tally) procedure(name string, b app.Brought, err error) error {
	var refusal *practice.Error
	switch {
	case errors.As(err, &refusal) && refusal.Code == "procedure.empty":
		t.leave(name, t.s.Say("cli.import.left.empty"))
	case errors.As(err, &refusal) && refusal.Kind == practice.Invalid:
		t.reject(name, t.s.Refusal(refusal).Title)
	case err != nil:
		return err
	case b.Was == app.BroughtSame:
		t.same++
		t.s.say("cli.import.procedure.same", "file", name, "title", b.Procedure.Title)
	case b.Was == app.BroughtVersion:
		t.changed++
		t.s.say("cli.import.procedure.version", "file", name, "title", b.Procedure.Title, "version", b.Procedure.Revision, "n", b.Steps)
	default:
		t.taken++
		t.s.say("cli.import.procedure", "file", name, "title", b.Procedure.Title, "n", b.Steps)
	}
	return nil
}

// bytesOf says a size as people do.
func bytesOf(n int64) string { return fmt.Sprintf("%d kB", n>>10) }
