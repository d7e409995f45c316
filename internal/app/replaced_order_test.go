package app_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// clerk writes down beside a step whose words are in use, and to which words each group said
// yes last.
type clerk struct {
	*asking
	r     *rand.Rand
	gaps  []practice.GapID
	of    map[string]practice.GapID                      // which change brought words in
	yes   map[practice.GapID]map[practice.PartyID]string // to which words, as they stood
	ended map[practice.GapID]practice.ConsentEnd
	n     int
}

// newClerk begins with a list of its own, at which the same groups are asked.
func newClerk(w *asking, r *rand.Rand) *clerk {
	w.Helper()
	list := *w
	list.App, list.of = w.App, brought(w.T, w.App, w.steward)
	is(w.T, "asked", w.SaveAuthority(w.Context(), w.steward, practice.Authority{Procedure: list.of.ID, Asked: w.groups}), "")
	return &clerk{asking: &list, r: r, of: map[string]practice.GapID{}, yes: map[practice.GapID]map[practice.PartyID]string{},
		ended: map[practice.GapID]practice.ConsentEnd{}}
}

func (c *clerk) words() string { c.n++; return fmt.Sprint("Words ", c.n) }

// learn lets another failure change the step; a room may take that back at once.
func (c *clerk) learn(undo bool) {
	c.Helper()
	text := c.words()
	gap := c.try(0, text)
	c.of[text], c.yes[gap] = gap, map[practice.PartyID]string{}
	if !undo {
		c.gaps = append(c.gaps, gap)
		return
	}
	is(c.T, "taken back", c.s.Update(c.Context(), func(tx *store.Tx) error { _, err := tx.Unrevise(gap); return err }), "")
}

// otherwise changes the step without a failure. What is refused changes nothing.
func (c *clerk) otherwise(reason practice.Reason) {
	text := c.words()
	trial := c.line(0).Trial
	_, err := c.ChangeWithoutFailure(c.Context(), c.mate, practice.OtherChange{Reason: reason, Source: "An act", From: c.clock.Now(),
		StepChange: practice.StepChange{Procedure: c.asking.of.ID, Base: c.manual().Revision.Number, Act: practice.ActEdit, Step: c.line(0).ID, Text: text}})
	if err == nil && trial.Runs() {
		c.of[text] = trial.Gap
	}
}

// act does one thing at random.
func (c *clerk) act() string {
	c.Helper()
	ctx := c.Context()
	if len(c.gaps) == 0 {
		c.learn(false)
		return "learn"
	}
	gap := c.gaps[len(c.gaps)-1-c.r.IntN(min(3, len(c.gaps)))]
	group := c.groups[c.r.IntN(len(c.groups))]
	says := func(kind practice.SpokenKind) error {
		return c.SayInConsent(ctx, c.ben, gap, app.Statement{Kind: kind, Party: group, Text: "words"})
	}
	switch c.r.IntN(14) {
	case 0:
		c.learn(false)
		return "learn"
	case 1:
		c.learn(true)
		return "undo"
	case 2:
		c.otherwise(practice.ReasonWording)
		return "wording"
	case 3:
		c.otherwise(practice.ReasonLaw)
		return "law"
	case 4, 5:
		_ = c.PutBack(ctx, c.steward, gap, "It did not hold.")
		return "put back"
	case 6:
		_ = says(practice.SpokeHarm)
		return "harm"
	case 7, 8, 9, 10:
		_ = c.SayInConsent(ctx, c.steward, gap, app.Statement{Kind: practice.SpokePresent, Text: "It went wrong."})
		now := c.line(0).Text
		if says(practice.SpokeSafe) == nil {
			c.yes[gap][group] = now
		}
		return "yes"
	case 11:
		text := c.words()
		if c.SayInConsent(ctx, c.steward, gap, app.Statement{Kind: practice.SpokeIntegrate, How: practice.IntegrateAmend, Text: "So.", Words: text,
			Base: c.manual().Revision.Number}) == nil {
			c.of[text] = gap
		}
		return "integrate"
	case 12:
		_ = c.KeepTrial(ctx, c.steward, gap, 9, "It holds.")
		return "keep"
	}
	c.clock.Pass(time.Duration(c.r.IntN(30*24)) * time.Hour)
	return "time"
}

// wrong says what no order of acts may come to.
func (c *clerk) wrong() string {
	c.Helper()
	line := c.line(0)
	for _, gap := range c.gaps {
		r := c.round(gap)
		if r.End == practice.ConsentPassed && c.ended[gap] != practice.ConsentPassed {
			for _, g := range c.groups {
				if c.yes[gap][g] != line.Text {
					return "passed on words that a group was not asked about"
				}
			}
		}
		c.ended[gap] = r.End
		if r.Trial.Kept && r.End != practice.ConsentPassed {
			return "kept without a yes of every group"
		}
		if r.Open() && r.Trial.Runs() && line.Trial.Gap == gap && r.Text().Text != line.Text {
			return "the groups are asked about other words than those in use"
		}
		if r.Open() && !r.Trial.Runs() {
			return "asked about what is not on trial"
		}
		if c.of[line.Text] == gap && !r.Trial.Runs() && r.End != practice.ConsentPassed {
			return "in use for good without a yes of every group"
		}
	}
	return ""
}

// Whatever is replaced, put back, taken back or reworded meanwhile: what groups have not all
// said yes to is not in use for good, and they say yes to the words in use.
func TestConsent_everyOrderOfChanges(t *testing.T) {
	walks := 40
	if testing.Short() {
		walks = 6
	}
	onOne(t, func(w *asking) {
		r := rand.New(rand.NewPCG(3, 5))
		passed, again := 0, 0
		for range walks {
			c := newClerk(w, r)
			for range 24 {
				name := c.act()
				if wrong := c.wrong(); wrong != "" {
					t.Fatalf("%s: %s", name, wrong)
				}
			}
			for _, gap := range c.gaps {
				if c.ended[gap] == practice.ConsentPassed {
					passed++
				}
				if said := c.round(gap); len(said.Texts) > 1 {
					again++
				}
			}
		}
		if passed < walks/4 || again < walks/2 { // else the test looks at nothing
			t.Errorf("%d rounds passed, %d were asked anew", passed, again)
		}
	})
}

// The clerk notices each of what may never be.
func TestConsent_everyOrderOfChangesCatches(t *testing.T) {
	onOne(t, func(w *asking) {
		for name, spoil := range map[string]func(tx *store.Tx, c *clerk, step practice.StepID) error{
			"kept": func(tx *store.Tx, c *clerk, step practice.StepID) error {
				was, err := tx.Trial(c.gaps[0])
				t := was
				t.Kept, t.EndAt = true, tx.Now()
				if err != nil {
					return err
				}
				return tx.SaveTrial(t, was)
			},
			"passed": func(tx *store.Tx, c *clerk, step practice.StepID) error {
				was, err := tx.Consent(c.gaps[0])
				r := was
				r.End, r.EndAt = practice.ConsentPassed, tx.Now()
				if err != nil {
					return err
				}
				return tx.SaveConsent(r, was)
			},
			"replaced": func(tx *store.Tx, c *clerk, step practice.StepID) error {
				return tx.EndTrials(practice.StepChange{Act: practice.ActEdit, Step: step}, "")
			},
			"reworded": func(tx *store.Tx, c *clerk, step practice.StepID) error {
				_, err := tx.Revise(practice.StepChange{Procedure: c.asking.of.ID, Base: 2, Act: practice.ActEdit, Step: step, Text: "Other words"},
					practice.Revision{Reason: practice.ReasonWording, From: tx.Now()})
				return err
			},
		} {
			c := newClerk(w, rand.New(rand.NewPCG(1, 2)))
			c.learn(false)
			if wrong := c.wrong(); wrong != "" {
				t.Fatal(wrong)
			}
			step := c.line(0).ID
			is(t, name, w.s.Update(t.Context(), func(tx *store.Tx) error { return spoil(tx, c, step) }), "")
			if c.wrong() == "" {
				t.Errorf("%s passes", name)
			}
		}
	})
}

// onOne runs a test where the database makes no difference.
func onOne(t *testing.T, test func(w *asking)) { t.Helper(); newAsking(t, storetest.SQLite(t), test) }
