package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/netip"
	"os"
	"time"

	"debrief/internal/store"
	"debrief/internal/words"
)

// doctorCommand looks at an installation and changes nothing.
type doctorCommand struct {
	database
	BaseURL  string         `name:"base-url" env:"DEBRIEF_BASE_URL" help:"cli.help.base-url"`
	URL      string         `name:"url" help:"cli.help.doctor-url" placeholder:"ADDRESS"`
	Backups  string         `env:"DEBRIEF_BACKUPS" help:"cli.help.doctor-backups" placeholder:"FOLDER"`
	Erased   string         `env:"DEBRIEF_ERASED" help:"cli.help.erased-serve" placeholder:"FILE"`
	Index    string         `env:"DEBRIEF_INDEX" help:"cli.help.index" placeholder:"FILE"`
	Proxies  []netip.Prefix `name:"trust-proxy" env:"DEBRIEF_TRUST_PROXY" help:"cli.help.trust-proxy"`
	TLSKey   string         `name:"tls-key" env:"DEBRIEF_TLS_KEY" help:"cli.help.tls-key" placeholder:"FILE"`
	provider `embed:""`
	JSON     bool `name:"json" help:"cli.help.json"`
}

// State is how a check came out.
type state string

// The states, the worst last.
const (
	stateOK   state = "ok"
	stateWarn state = "warn"
	stateFail state = "fail"
)

// finding is one line of what the doctor says.
type finding struct {
	Check string `json:"check"`
	State state  `json:"state"`
	Found string `json:"found"`
	Do    string `json:"do,omitempty"` // what to do about it; empty where it is ok
}

// doctor gathers findings.
type doctor struct {
	*shell
	now   time.Time
	found []finding
	away  bool // something could not be reached
}

// Run checks everything that can be seen from here.
func (c *doctorCommand) Run(s *shell) error {
	d := &doctor{shell: s, now: time.Now()}
	d.address(c.BaseURL)
	d.proxies(c.Proxies)
	found, err := store.Examine(s, store.Options{Database: c.Database, Now: time.Now})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		d.away = true
		d.fail("database", "missing", "where", c.Database)
	case err != nil:
		d.away = true
		d.fail("database", "away", "why", err.Error())
	default:
		d.database(found)
		if c.beside() == "" {
			d.postgres(found.Postgres)
		} else {
			d.files(c.Database)
			d.sqlite(found.SQLite)
		}
		d.house(found)
		if found.Complete() {
			d.erased(ledgers(c.database, c.Backups, c.Erased), found.Ledger)
		}
	}
	d.key(c.TLSKey)
	d.provider(c.provider, c.BaseURL)
	d.index(orBeside(c.Index, c.database))
	d.backups(c.Backups)
	if c.URL != "" {
		d.server(c.URL, http.DefaultClient)
	}
	return d.tell(c.JSON)
}

func orBeside(index string, d database) string {
	if index == "" {
		return d.beside()
	}
	return index
}

// ok, warn and fail add a finding. What was found, and what to do about it,
// stand in the catalogue under the name of the check and its outcome.
func (d *doctor) ok(check, outcome string, args ...any)   { d.add(stateOK, check, outcome, args) }
func (d *doctor) warn(check, outcome string, args ...any) { d.add(stateWarn, check, outcome, args) }
func (d *doctor) fail(check, outcome string, args ...any) { d.add(stateFail, check, outcome, args) }

func (d *doctor) add(how state, check, outcome string, args []any) {
	key := "cli.doctor." + check + "." + outcome
	f := finding{Check: check, State: how, Found: d.Say(key, args...)} // words:use cli.doctor.*
	if how != stateOK {
		f.Do = d.Say(key+".do", args...)
	}
	d.found = append(d.found, f)
}

// tell writes the findings and says by the exit code how bad the worst is.
func (d *doctor) tell(asJSON bool) error {
	worst := stateOK
	for _, f := range d.found {
		if f.State == stateFail || f.State == stateWarn && worst == stateOK {
			worst = f.State
		}
		if !asJSON {
			d.line(f)
		}
	}
	if asJSON {
		if err := json.NewEncoder(d.out).Encode(d.found); err != nil {
			return err
		}
	}
	switch {
	case d.away:
		return said(exitReach)
	case worst == stateFail:
		return said(exitProblem)
	}
	return nil
}

func (d *doctor) line(f finding) {
	if f.Do == "" {
		fmt.Fprintf(d.out, "%-5s %s\n", string(f.State)+":", f.Found)
		return
	}
	fmt.Fprintf(d.out, "%-5s %s %s\n", string(f.State)+":", words.Sentence(f.Found), f.Do)
}

// house looks at what people set up, and at the work that waits.
func (d *doctor) house(c store.Condition) {
	switch {
	case !c.Complete():
		return // what it holds can be read after the next start
	case !c.SetUp:
		d.ok("house", "new")
		return
	case c.Stewards == 0:
		d.fail("stewards", "none", "command", "debrief user add NAME --steward")
	case c.Stewards == 1:
		d.warn("stewards", "one")
	default:
		d.ok("stewards", "some", "n", c.Stewards)
	}
	if c.Guardian {
		d.ok("guardian", "named")
	} else {
		d.warn("guardian", "none")
	}
	switch {
	case c.GivenUpJobs > 0:
		d.warn("jobs", "given-up", "n", c.GivenUpJobs)
	case c.LateJobs > 0:
		d.warn("jobs", "late", "n", c.LateJobs, "since", c.LateSince.Format(time.RFC3339))
	default:
		d.ok("jobs", "none")
	}
}

// database looks at the schema.
func (d *doctor) database(c store.Condition) {
	switch {
	case c.SQLite.Damage != "":
		d.fail("database", "damaged", "why", c.SQLite.Damage)
	case c.Schema > c.Known:
		d.fail("schema", "newer", "found", int(c.Schema), "known", int(c.Known))
	case c.Schema == 0:
		d.ok("schema", "new")
	case c.Schema < c.Known:
		d.warn("schema", "older", "found", int(c.Schema), "known", int(c.Known))
	default:
		d.ok("schema", "ours", "found", int(c.Schema))
	}
}

// address asks whether people come by https.
func (d *doctor) address(base string) {
	switch how := plainHTTP(base); {
	case base == "":
		d.warn("address", "none")
	case how:
		d.warn("address", "plain", "where", base)
	default:
		d.ok("address", "https", "where", base)
	}
}

// index asks whether the kept words of the search can be read.
func (d *doctor) index(path string) {
	if path == "" {
		d.ok("index", "none")
		return
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		d.ok("index", "none")
		return
	}
	if err == nil {
		defer f.Close()
		_, err = loadIndex(f)
	}
	if err != nil {
		d.warn("index", "broken", "why", err.Error())
		return
	}
	d.ok("index", "whole", "where", path)
}

// patience is how long the doctor waits for somebody to answer.
const patience = 10 * time.Second

// within is a context that ends when the doctor's patience does.
func (d *doctor) within() (context.Context, context.CancelFunc) {
	return context.WithTimeout(d.shell, patience)
}
