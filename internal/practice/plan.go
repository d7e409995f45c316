package practice

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Plan is what a team means to do, written before it does it (the pattern,
// section 7). It has no author: it is the team's.
type Plan struct {
	ID       PlanID
	Number   int
	Team     TeamID
	Intent   Intent
	Version  int // of the intent, while it can be rewritten
	BegunAt  time.Time
	Reasons  []string  // why it failed, as each supposed alone; nobody's, and in no order
	OpenedAt time.Time // since when everybody reads them; zero while people write
	FrozenAt time.Time // when the work began; zero while it is a draft
	Print    string    // of the intent and that moment
	Added    []Addition
	LookAt   time.Time // when a signal is looked at next; zero where nobody needs to look
	Series   PlanID    // names the plans that do the same again: the first of them, which may be gone; empty: its own
}

// Intent is what stays of a plan as it was before the work.
type Intent struct {
	Title   string // what is going to be done
	Aim     string // what is to come of it, with a number and a day
	Hard    string // what will make it hard
	Notice  string // how anybody would notice that it fails
	Signals []Signal
	Ask     string // whom, and when
	Stop    string // on which condition it ends
	Learns  bool   // it learns from data, and may grow worse where nobody looks
}

// Signal is one condition that is watched.
type Signal struct {
	What  string // is watched
	From  string // the number from which on it counts
	Where string // it shows
	Who   string // looks, and when
	Every int    // days between two looks; 0: nobody is asked to look
}

// Addition is what was known only after the work had begun. It stands beside the
// intent and changes nothing in it.
type Addition struct {
	Text string
	At   time.Time
}

// How many there may be of each.
const (
	MostSignals   = 7
	MostReasons   = 60
	MostAdditions = 40
)

// Frozen reports whether the work has begun, and the intent stays as it is.
func (p Plan) Frozen() bool { return !p.FrozenAt.IsZero() }

// Opened reports whether everybody reads why it may fail.
func (p Plan) Opened() bool { return !p.OpenedAt.IsZero() }

// Precedes refuses a plan that was not there before something was noticed: what
// was intended then, people remember from after the outcome.
func (p Plan) Precedes(noticed time.Time) error {
	switch {
	case !p.Frozen():
		return Refuse(Conflict, "plan.unfrozen").At("plan")
	case p.FrozenAt.After(noticed):
		return Refuse(Conflict, "plan.after").At("plan").With("at", p.FrozenAt)
	}
	return nil
}

// Write puts an intent in the place of the one before it, until it is frozen.
func (p Plan) Write(i Intent) (Plan, error) {
	i = i.tidy()
	if p.Frozen() {
		return p, Refuse(Conflict, "plan.frozen")
	}
	if err := i.Check(); err != nil {
		return p, err
	}
	p.Intent = i
	p.Version++
	return p, nil
}

// Freeze begins the work: from now on the intent can be added to and not
// rewritten. What people supposed alone is open to all then, too.
func (p Plan) Freeze(now time.Time) (Plan, error) {
	switch {
	case p.Frozen():
		return p, Refuse(Conflict, "plan.frozen")
	case p.Intent.Aim == "":
		return p, Refuse(Invalid, "plan.aimless").At("aim")
	case len(p.Intent.Signals) == 0:
		return p, Refuse(Invalid, "plan.unseen").At("signals")
	case p.Intent.Learns && p.Intent.Notice == "":
		return p, Refuse(Invalid, "plan.unnoticed").At("notice")
	case p.Intent.Learns && p.Intent.Ask == "":
		return p, Refuse(Invalid, "plan.unasked").At("ask")
	}
	p.FrozenAt = now
	p.Print = p.print()
	if !p.Opened() {
		p.OpenedAt = now
	}
	p.Version++
	return p, nil
}

// Intact reports whether a frozen intent still is what was frozen.
func (p Plan) Intact() bool { return p.Print == p.print() }

// Redacted reports whether personal data was taken out of the intent.
func (p Plan) Redacted() bool {
	i := p.Intent
	all := i.Title + i.Ask + i.Stop + i.Said()
	for _, s := range i.Signals {
		all += s.From + s.Where + s.Who
	}
	return strings.Contains(all, Removed)
}

// Reprint makes the fingerprint of an intent out of which personal data was taken:
// by the one from before, whoever has it could guess what is gone.
func (p Plan) Reprint() Plan {
	p.Print = p.print()
	return p
}

// print is the fingerprint of the intent and of when it was frozen. What is empty
// has no part in it.
func (p Plan) print() string {
	hash := sha256.New()
	put := func(name, value string) {
		if value != "" {
			fmt.Fprintf(hash, "%s %q\n", name, value)
		}
	}
	put("frozen", strconv.FormatInt(p.FrozenAt.UnixMicro(), 10))
	i := p.Intent
	put("title", i.Title)
	put("aim", i.Aim)
	put("hard", i.Hard)
	put("notice", i.Notice)
	for _, s := range i.Signals {
		put("signal", s.What)
		put("from", s.From)
		put("where", s.Where)
		put("who", s.Who)
		if s.Every > 0 {
			put("every", strconv.Itoa(s.Every))
		}
	}
	put("ask", i.Ask)
	put("stop", i.Stop)
	if i.Learns {
		put("learns", "yes")
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// Suppose adds a reason why it failed, as somebody supposes who has read no other
// one. The same words stand there once, however often they are sent.
func (p Plan) Suppose(reason string) (Plan, error) {
	reason = strings.TrimSpace(reason)
	switch {
	case p.Opened():
		return p, Refuse(Conflict, "plan.opened")
	case len(p.Reasons) >= MostReasons:
		return p, Refuse(Conflict, "plan.full").With("max", MostReasons)
	case reason == "":
		return p, Refuse(Invalid, "plan.noreason").At("reason")
	case tooLong(reason, MaxAnswer):
		return p, Refuse(Invalid, "too.long").At("reason").With("max", MaxAnswer)
	case slices.Contains(p.Reasons, reason):
		return p, nil
	}
	p.Reasons = append(p.Reasons[:len(p.Reasons):len(p.Reasons)], reason)
	return p, nil
}

// Open shows everybody why it may fail.
func (p Plan) Open(now time.Time) (Plan, error) {
	switch {
	case p.Opened():
		return p, Refuse(Conflict, "plan.opened")
	case len(p.Reasons) == 0:
		return p, Refuse(Conflict, "plan.unsupposed")
	}
	p.OpenedAt = now
	return p, nil
}

// Add keeps what is known only now, beside the intent.
func (p Plan) Add(text string, now time.Time) (Plan, error) {
	text = strings.TrimSpace(text)
	switch {
	case !p.Frozen():
		return p, Refuse(Conflict, "plan.draft")
	case len(p.Added) >= MostAdditions:
		return p, Refuse(Conflict, "plan.full").With("max", MostAdditions)
	case text == "":
		return p, Refuse(Invalid, "plan.noaddition").At("addition")
	case tooLong(text, MaxAnswer):
		return p, Refuse(Invalid, "too.long").At("addition").With("max", MaxAnswer)
	}
	p.Added = append(p.Added[:len(p.Added):len(p.Added)], Addition{text, now})
	return p, nil
}

// Drop refuses to throw away what was frozen.
func (p Plan) Drop() error {
	if p.Frozen() {
		return Refuse(Conflict, "plan.frozen")
	}
	return nil
}

// Check refuses an intent without a name, one with more than fits, and a signal
// that watches nothing.
func (i Intent) Check() error {
	if strings.TrimSpace(i.Title) == "" {
		return Refuse(Invalid, "plan.untitled").At("title")
	}
	if len(i.Signals) > MostSignals {
		return Refuse(Invalid, "plan.full").At("signals").With("max", MostSignals)
	}
	for n, s := range i.Signals {
		if err := s.check(); err != nil {
			return err.With("signal", n+1)
		}
	}
	for _, field := range []struct {
		name, text string
		most       int
	}{
		{"title", i.Title, MaxLine}, {"aim", i.Aim, MaxGap}, {"hard", i.Hard, MaxGap}, {"notice", i.Notice, MaxGap},
		{"ask", i.Ask, MaxGap}, {"stop", i.Stop, MaxLine},
	} {
		if tooLong(field.text, field.most) {
			return Refuse(Invalid, "too.long").At(field.name).With("max", field.most)
		}
	}
	return nil
}

// check refuses a signal that watches nothing, or says more than fits.
func (s Signal) check() *Error {
	if s.What == "" {
		return Refuse(Invalid, "plan.signal").At("what")
	}
	for _, field := range []struct{ name, text string }{{"what", s.What}, {"from", s.From}, {"where", s.Where}, {"who", s.Who}} {
		if tooLong(field.text, MaxLine) {
			return Refuse(Invalid, "too.long").At(field.name).With("max", MaxLine)
		}
	}
	if s.Every < 0 || s.Every > MostDaysBetween {
		return Refuse(Invalid, "look.every").At("every").With("max", MostDaysBetween)
	}
	return nil
}

// Watching is an intent with more signals, of which only what is watched is said, as far
// as they fit and are not there.
func (i Intent) Watching(more ...string) Intent {
	i = i.tidy()
	for _, what := range more {
		there := slices.ContainsFunc(i.Signals, func(s Signal) bool { return s.What == what })
		if !there && len(i.Signals) < MostSignals {
			i.Signals = append(i.Signals, Signal{What: what})
		}
	}
	return i
}

// Said is what an intent says beyond its title, to be compared with what is known.
func (i Intent) Said() string {
	all := []string{i.Aim, i.Hard, i.Notice}
	for _, s := range i.Signals {
		all = append(all, s.What)
	}
	return strings.Join(all, "\n")
}

// tidy takes the space around texts away, and signals that say nothing.
func (i Intent) tidy() Intent {
	for _, text := range []*string{&i.Title, &i.Aim, &i.Hard, &i.Notice, &i.Ask, &i.Stop} {
		*text = strings.TrimSpace(*text)
	}
	var signals []Signal
	for _, s := range i.Signals {
		s = Signal{strings.TrimSpace(s.What), strings.TrimSpace(s.From), strings.TrimSpace(s.Where), strings.TrimSpace(s.Who), s.Every}
		if s != (Signal{}) {
			signals = append(signals, s)
		}
	}
	i.Signals = signals
	return i
}

// Lack is one thing that a plan could still say.
type Lack string

// What it could still say. Only without the first two it cannot be frozen.
const (
	LackAim    Lack = "aim"    // what is to come of it
	LackSignal Lack = "signal" // one that is watched
	LackNumber Lack = "number" // in what is to come of it
	LackLooks  Lack = "looks"  // somebody who looks at a signal
	LackFrom   Lack = "from"   // a number from which on a signal counts
	LackAsk    Lack = "ask"    // somebody to ask
	LackStop   Lack = "stop"   // when it ends
	LackOften  Lack = "often"  // how often somebody looks, at what learns from data
)

// Lacks are the things that an intent could still say.
func (i Intent) Lacks() []Lack {
	var all []Lack
	looks, from, often := true, true, true
	for _, s := range i.Signals {
		looks, from, often = looks && s.Who != "", from && s.From != "", often && s.Every > 0
	}
	for _, l := range []struct {
		lack Lack
		is   bool
	}{
		{LackAim, i.Aim == ""}, {LackSignal, len(i.Signals) == 0},
		{LackNumber, i.Aim != "" && !strings.ContainsAny(i.Aim, "0123456789")},
		{LackFrom, !from}, {LackLooks, !looks}, {LackOften, i.Learns && !often}, {LackAsk, i.Ask == ""}, {LackStop, i.Stop == ""},
	} {
		if l.is {
			all = append(all, l.lack)
		}
	}
	return all
}
