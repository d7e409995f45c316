// Command debrief is the one binary: the server and the operator's tools.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // zones are known where the system has none

	"github.com/alecthomas/kong"

	"debrief/internal/practice"
	"debrief/internal/words"
)

// Exit codes: 0 done; 1 the input has problems, which were named; 2 wrong
// usage; 3 something could not be reached or read.
const (
	exitDone    = 0
	exitProblem = 1
	exitUsage   = 2
	exitReach   = 3
)

// commands is the command line, a struct for each command in a file of its own.
type commands struct {
	Serve    serveCommand    `cmd:"" help:"cli.help.serve"`
	Demo     demoCommand     `cmd:"" help:"cli.help.demo"`
	Import   importCommands  `cmd:"" help:"cli.help.import"`
	Similar  similarCommand  `cmd:"" help:"cli.help.similar"`
	Measure  measureCommand  `cmd:"" help:"cli.help.measure"`
	Language languageCommand `cmd:"" help:"cli.help.language"`
	Pattern  patternCommands `cmd:"" help:"cli.help.pattern"`
	Export   exportCommand   `cmd:"" help:"cli.help.export"`
	Backup   backupCommand   `cmd:"" help:"cli.help.backup"`
	Restore  restoreCommand  `cmd:"" help:"cli.help.restore"`
	Migrate  migrateCommand  `cmd:"" help:"cli.help.migrate"`
	Ready    readyCommand    `cmd:"" help:"cli.help.ready"`
	Doctor   doctorCommand   `cmd:"" help:"cli.help.doctor"`
	User     userCommands    `cmd:"" help:"cli.help.user"`
	Token    tokenCommands   `cmd:"" help:"cli.help.token"`
	Version  versionCommand  `cmd:"" help:"cli.help.version"`
}

// shell is what every command gets: where it runs and how it speaks.
type shell struct {
	context.Context
	in       io.Reader
	out, err io.Writer
	*words.Speaker
}

// said is how a command ends that has said what there is to say.
type said int

// Error is for nobody to read.
func (c said) Error() string { return fmt.Sprintf("exit %d", int(c)) }

// say writes one sentence of the catalogue.
func (s *shell) say(key string, args ...any) { fmt.Fprintln(s.out, s.Say(key, args...)) }

// note writes one sentence of the catalogue beside the output: problems, and
// how far long work has come.
func (s *shell) note(key string, args ...any) { fmt.Fprintln(s.err, s.Say(key, args...)) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(&shell{Context: ctx, in: os.Stdin, out: os.Stdout, err: os.Stderr}, os.Args[1:]))
}

// run parses the arguments, runs the one command and returns the exit code.
func run(s *shell, args []string) int {
	catalogue, err := words.Load()
	if err != nil {
		fmt.Fprintln(s.err, err)
		return exitReach
	}
	s.Speaker = catalogue.Speaker("en", "", nil)
	code := -1 // until kong wants to leave, for --help
	parser, err := kong.New(&commands{}, kong.Name("debrief"), kong.Description("cli.help"),
		kong.Writers(s.out, s.err), kong.Exit(func(c int) { code = c }), kong.PostBuild(s.help),
		kong.Bind(s, catalogue), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		fmt.Fprintln(s.err, err)
		return exitReach
	}
	command, err := parser.Parse(args)
	if code >= 0 {
		return code
	}
	if err != nil {
		return s.misused(err)
	}
	return s.exit(command.Run())
}

// help says the help of every command, argument and flag, whose keys stand in
// their tags.
func (s *shell) help(k *kong.Kong) error {
	k.Model.HelpFlag.Help = "cli.help.help"
	return kong.Visit(k.Model.Node, func(v kong.Visitable, next kong.Next) error {
		switch v := v.(type) {
		case *kong.Node:
			v.Help = s.Say(v.Help)
		case *kong.Value:
			v.Help = s.Say(v.Help)
		}
		return next(nil)
	})
}

// exit says what went wrong and turns it into an exit code.
func (s *shell) exit(err error) int {
	var refusal *practice.Error
	var code said
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &code):
		return int(code)
	case errors.Is(err, context.Canceled):
		return exitReach
	case !errors.As(err, &refusal), refusal.Kind == practice.Internal, refusal.Kind == practice.Busy:
		return s.wrong(err)
	}
	if refusal.Code == practice.ErrNotFound.Code {
		s.note("cli.wrong.unknown")
		return exitProblem
	}
	r := s.Refusal(refusal)
	fmt.Fprintln(s.err, r.Title, r.Why)
	return exitProblem
}
