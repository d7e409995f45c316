package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/rest"
)

type similarCommand struct {
	database
	JSON  bool     `name:"json" help:"cli.help.json"`
	Limit int      `default:"5" help:"cli.help.limit"`
	Batch string   `help:"cli.help.batch" placeholder:"FILE"`
	Text  []string `arg:"" optional:"" help:"cli.help.similar-text"`
}

// maxBatchLine is the longest line of a batch, in bytes.
const maxBatchLine = 1 << 20

// asked is one line of a batch.
type asked struct {
	ID      json.RawMessage `json:"id"` // given back as it came
	Text    string          `json:"text"`
	Exclude refList         `json:"exclude"`
}

// refList is a list of ids, or one, or none.
type refList []string

// UnmarshalJSON takes a text where a list is meant.
func (l *refList) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte(`"`)) {
		var one string
		err := json.Unmarshal(data, &one)
		*l = refList{one}
		return err
	}
	return json.Unmarshal(data, (*[]string)(l))
}

// answered is the answer to one question as programs read it.
type answered struct {
	ID      json.RawMessage `json:"id"`
	Results []rest.LikeView `json:"results"`
}

// Validate refuses a limit that gives nothing.
func (c *similarCommand) Validate() error {
	if c.Limit < 1 {
		return fmt.Errorf("--limit %d", c.Limit)
	}
	return nil
}

// Run asks the same-ditch question, once or for every line of a batch.
func (c *similarCommand) Run(s *shell) error {
	questions, err := c.questions(s)
	if err != nil {
		return err
	}
	db, err := c.existing(s)
	if err != nil {
		return err
	}
	defer db.Close()
	house := app.New(app.Options{Store: db, Build: program(), Log: slog.New(slog.DiscardHandler)})
	if _, err := fill(s, house, c.beside()); err != nil {
		return err
	}
	asks := make([]app.Ask, len(questions))
	for i, q := range questions {
		asks[i] = ask(q, c.Limit)
	}
	answers, err := house.Similar(s, operator, asks)
	if err != nil {
		return err
	}
	return c.print(s, questions, answers)
}

// typed reports whether somebody sits at a keyboard.
func typed(in io.Reader) bool {
	f, ok := in.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// ask takes the first of several lines as the title.
func ask(q asked, limit int) app.Ask {
	a := app.Ask{Text: strings.TrimSpace(q.Text), Limit: limit, Exclude: q.Exclude}
	if first, rest, several := strings.Cut(a.Text, "\n"); several {
		a.Title, a.Text = first, rest
	}
	return a
}

// questions come from a file, from the command line, or from standard input.
func (c *similarCommand) questions(s *shell) ([]asked, error) {
	if c.Batch == "" {
		text := strings.Join(c.Text, " ")
		if len(c.Text) == 0 {
			if typed(s.in) {
				s.note("cli.similar.type")
			}
			all, err := io.ReadAll(io.LimitReader(s.in, maxBatchLine))
			if err != nil {
				return nil, err
			}
			text = string(all)
		}
		if strings.TrimSpace(text) == "" && !c.JSON {
			s.note("cli.similar.empty")
			return nil, said(exitUsage)
		}
		return []asked{{ID: json.RawMessage(`""`), Text: text}}, nil
	}
	in := s.in
	if c.Batch != "-" {
		f, err := os.Open(c.Batch)
		if err != nil {
			return nil, s.cannotRead(c.Batch)
		}
		defer f.Close()
		in = f
	}
	return s.readBatch(in, c.Batch)
}

// readBatch reads the questions of a batch; blank lines ask nothing.
func (s *shell) readBatch(in io.Reader, name string) ([]asked, error) {
	var all []asked
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxBatchLine)
	wrong := 0
	n := 0
	for lines.Scan() {
		n++
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var q asked
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			why := s.Refusal(practice.Refuse(practice.Invalid, "import.line.json")).Title
			s.note("cli.import.broken.line", "file", shown(name), "line", n, "why", why)
			wrong++
			continue
		}
		all = append(all, q)
	}
	if err := lines.Err(); err != nil {
		return nil, s.cannotRead(name)
	}
	if wrong > 0 {
		return nil, said(exitProblem)
	}
	return all, nil
}

// print writes one line for each question, or for a person one for each answer.
func (c *similarCommand) print(s *shell, questions []asked, answers [][]app.Alike) error {
	out := bufio.NewWriter(s.out)
	programs := json.NewEncoder(out)
	programs.SetEscapeHTML(false)
	for i, found := range answers {
		if c.Batch == "" && !c.JSON {
			s.list(out, found)
			continue
		}
		line := answered{ID: questions[i].ID, Results: []rest.LikeView{}}
		for _, f := range found {
			line.Results = append(line.Results, rest.ShowLike(f))
		}
		if err := programs.Encode(line); err != nil {
			return err
		}
	}
	return out.Flush()
}

// list writes answers for a person: what is clear, then what is perhaps, then
// what is no more than chance and would be called new ground.
func (s *shell) list(out io.Writer, found []app.Alike) {
	if len(found) == 0 {
		fmt.Fprintln(out, s.Say("cli.none"))
	}
	for _, part := range []struct {
		heading       string
		weak, perhaps bool
	}{{"", false, false}, {"echo.perhaps", true, true}, {"cli.similar.chance", true, false}} {
		heading := part.heading
		for _, f := range found {
			if f.Weak != part.weak || f.Perhaps != part.perhaps {
				continue
			}
			if heading != "" {
				fmt.Fprintln(out, s.Say(heading))
				heading = ""
			}
			fmt.Fprintf(out, "   %s  %s  (%s)\n", shown(f.Name), shown(f.Title), shown(strings.Join(f.Why, ", ")))
			for _, tied := range f.Tied {
				fmt.Fprintf(out, "      %s  %s  (%s)\n", shown(tied.Name), shown(tied.Title), s.Say("echo.tied"))
			}
		}
	}
}
