package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"debrief/internal/language"
)

type languageCommand struct {
	database // as every command, so that scripts need not know which one wants none
	phrases  `embed:""`
	JSON     bool   `name:"json" help:"cli.help.json"`
	File     string `arg:"" optional:"" default:"-" help:"cli.help.language-file"`
}

// phrases are a list of the organisation's own, read after the one that comes with
// the program.
type phrases struct {
	Phrases string `env:"DEBRIEF_PHRASES" help:"cli.help.phrases" placeholder:"FILE"`

	reader *language.Reader
}

// open reads the list, if one was named.
func (p *phrases) open() error {
	var own []byte
	var err error
	if p.Phrases != "" {
		if own, err = os.ReadFile(p.Phrases); err != nil {
			return fmt.Errorf("--phrases: %w", err)
		}
	}
	if p.reader, err = language.EnglishWith(string(own)); err != nil {
		return fmt.Errorf("--phrases: %s: %w", p.Phrases, err)
	}
	return nil
}

// readLine is one line of text and what is noticed in it, as programs read it.
type readLine struct {
	Line   int         `json:"line"`
	Text   string      `json:"text"`
	Nudges []nudgeView `json:"nudges"`
}

// nudgeView is one remark. Start and end are bytes of the line.
type nudgeView struct {
	Kind  language.Kind `json:"kind"`
	Start int           `json:"start"`
	End   int           `json:"end"`
	Turn  string        `json:"turn"`
}

// Run reads a text line by line and says what is noticed.
func (c *languageCommand) Run(s *shell) error {
	if err := c.phrases.open(); err != nil {
		return err
	}
	in := s.in
	if c.File == "-" && typed(s.in) {
		s.note("cli.language.type")
	}
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return s.cannotRead(c.File)
		}
		defer f.Close()
		in = f
	}
	out := bufio.NewWriter(s.out)
	defer out.Flush()
	return c.read(s, in, out)
}

// read prints an object for each line, or for a person a line for each remark.
func (c *languageCommand) read(s *shell, in io.Reader, out *bufio.Writer) error {
	programs := json.NewEncoder(out)
	programs.SetEscapeHTML(false)
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxBatchLine)
	n, remarks := 0, 0
	for lines.Scan() {
		n++
		line := readLine{Line: n, Text: lines.Text(), Nudges: []nudgeView{}}
		for _, r := range c.reader.Read(line.Text) {
			remarks++
			line.Nudges = append(line.Nudges, nudgeView{r.Kind, r.Start, r.End, r.Turn})
		}
		if !c.JSON {
			c.say(s, out, line)
		} else if err := programs.Encode(line); err != nil {
			return err
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		s.note("cli.language.long", "file", shown(c.File), "line", n+1, "max", bytesOf(maxBatchLine))
		return said(exitProblem)
	}
	if lines.Err() != nil {
		return s.cannotRead(c.File)
	}
	if remarks == 0 && !c.JSON {
		fmt.Fprintln(out, s.Say("cli.language.none"))
	}
	return nil
}

// say writes the remarks on a line for a person. words:use nudge.*
func (c *languageCommand) say(s *shell, out io.Writer, line readLine) {
	for _, n := range line.Nudges {
		what := s.Say("nudge."+string(n.Kind), "words", shown(strings.TrimSpace(line.Text[n.Start:n.End])))
		fmt.Fprintln(out, s.Say("cli.language.place", "file", shown(c.File), "line", line.Line, "column", utf8.RuneCountInString(line.Text[:n.Start])+1, "what", what))
		if n.Turn != "" {
			fmt.Fprintf(out, "   %s %s\n", s.Say("nudge.turn"), shown(n.Turn))
		}
	}
}
