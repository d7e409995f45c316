package store_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// opening is a checklist with prose and a table between its steps.
const opening = `# Opening the hall

Before anybody comes in.

- [ ] Open the side door
- [ ] Switch on the heating
  - [ ] Read the gauge
- [ ] Unlock the store and count the chairs

| Room | Chairs |
|------|--------|
| Blue | 40     |

1. Put out the sign
2. Write the time in the book
`

// begin keeps a page as a new procedure.
func begin(t *testing.T, s *store.Store, markdown string) practice.Procedure {
	t.Helper()
	page, err := prose.ParseProcedure([]byte(markdown))
	if err != nil {
		t.Fatal(err)
	}
	var done store.Revised
	update(t, s, func(tx *store.Tx) (err error) {
		id := practice.ProcedureID(tx.NewID("prc"))
		p := practice.Procedure{ID: id, Slug: string(id), Title: page.Title}
		if err = tx.AddProcedure(p); err != nil {
			return err
		}
		done, err = tx.Paste(p, page, practice.Revision{Reason: practice.ReasonFirst})
		return err
	})
	return done.Procedure
}

// stepsOf are a procedure's lines, with those taken out.
func stepsOf(t *testing.T, s *store.Store, p practice.Procedure) (steps []practice.ProcedureStep) {
	t.Helper()
	err := s.View(t.Context(), func(tx *store.Tx) (err error) {
		steps, err = tx.Steps(p.ID, true)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return steps
}

// lines tells what steps say, those taken out in brackets.
func lines(steps []practice.ProcedureStep) []string {
	var out []string
	for _, s := range steps {
		if s.Retired > 0 {
			s.Text = "(" + s.Text + ")"
		}
		out = append(out, strings.Repeat("  ", s.Depth)+s.Text)
	}
	return out
}

func revise(t *testing.T, s *store.Store, c practice.StepChange) (done store.Revised, err error) {
	t.Helper()
	err = s.Update(t.Context(), func(tx *store.Tx) (err error) {
		done, err = tx.Revise(c, practice.Revision{Reason: practice.ReasonWording})
		return err
	})
	return done, err
}

func TestRevise_identity(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(id []practice.StepID) practice.StepChange
		want   []string // "place before: text"; new for what was not there
		gone   []string
	}{
		{"edit", func(id []practice.StepID) practice.StepChange {
			return practice.StepChange{Act: practice.ActEdit, Step: id[1], Text: "Switch on the heating, low"}
		}, []string{"0: Open the side door", "1: Switch on the heating, low", "2:   Read the gauge", "3: Unlock the store and count the chairs", "4: Put out the sign", "5: Write the time in the book"}, nil},
		{"add", func(id []practice.StepID) practice.StepChange {
			return practice.StepChange{Act: practice.ActAdd, Step: id[0], Text: "Put the wedge under it"}
		}, []string{"0: Open the side door", "new: Put the wedge under it", "1: Switch on the heating", "2:   Read the gauge", "3: Unlock the store and count the chairs", "4: Put out the sign", "5: Write the time in the book"}, nil},
		{"remove", func(id []practice.StepID) practice.StepChange {
			return practice.StepChange{Act: practice.ActRemove, Step: id[1]}
		}, []string{"0: Open the side door", "2: Read the gauge", "3: Unlock the store and count the chairs", "4: Put out the sign", "5: Write the time in the book"},
			[]string{"1: (Switch on the heating)"}},
		{"move with what stands under it", func(id []practice.StepID) practice.StepChange {
			return practice.StepChange{Act: practice.ActMove, Step: id[1], To: id[3]}
		}, []string{"0: Open the side door", "3: Unlock the store and count the chairs", "1: Switch on the heating", "2:   Read the gauge", "4: Put out the sign", "5: Write the time in the book"}, nil},
		{"move to the front", func(id []practice.StepID) practice.StepChange {
			return practice.StepChange{Act: practice.ActMove, Step: id[3]}
		}, []string{"3: Unlock the store and count the chairs", "0: Open the side door", "1: Switch on the heating", "2:   Read the gauge", "4: Put out the sign", "5: Write the time in the book"}, nil},
		{"split", func(id []practice.StepID) practice.StepChange {
			return practice.StepChange{Act: practice.ActSplit, Step: id[3], Text: "Unlock the store", Rest: "Count the chairs"}
		}, []string{"0: Open the side door", "1: Switch on the heating", "2:   Read the gauge", "3: Unlock the store", "new from 3: Count the chairs", "4: Put out the sign", "5: Write the time in the book"}, nil},
		{"merge", func(id []practice.StepID) practice.StepChange {
			return practice.StepChange{Act: practice.ActMerge, Step: id[5], To: id[4], Text: "Put out the sign and write the time in the book"}
		}, []string{"0: Open the side door", "1: Switch on the heating", "2:   Read the gauge", "3: Unlock the store and count the chairs", "4: Put out the sign and write the time in the book"},
			[]string{"5 became 4: (Write the time in the book)"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			storetest.Run(t, func(t *testing.T, s *store.Store) {
				p := begin(t, s, opening)
				before := stepsOf(t, s, p)
				c := tt.change(ids(before))
				c.Procedure, c.Base = p.ID, p.Revision
				if _, err := revise(t, s, c); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(append(tt.want, tt.gone...), told(before, stepsOf(t, s, p))); diff != "" {
					t.Error(diff)
				}
				checkPages(t, s, p)
			})
		})
	}
}

func ids(steps []practice.ProcedureStep) []practice.StepID {
	var out []practice.StepID
	for _, s := range steps {
		out = append(out, s.ID)
	}
	return out
}

// told names each step by the place it had before.
func told(before, after []practice.ProcedureStep) []string {
	place := map[practice.StepID]string{"": ""}
	for i, s := range before {
		place[s.ID] = fmt.Sprint(i)
	}
	var out []string
	said := lines(after)
	for i, s := range after {
		who := place[s.ID]
		if who == "" {
			who = "new"
		}
		if s.Origin != "" {
			who += " from " + place[s.Origin]
		}
		if s.Became != "" {
			who += " became " + place[s.Became]
		}
		out = append(out, who+": "+said[i])
	}
	return out
}

// checkPages asks of every revision that its page is there whole, and reads
// back into the steps it had; of the last one that they are the steps now.
func checkPages(t *testing.T, s *store.Store, p practice.Procedure) {
	t.Helper()
	err := s.View(t.Context(), func(tx *store.Tx) error {
		revisions, err := tx.Revisions(p.ID)
		if err != nil {
			return err
		}
		wordings, err := tx.WordingsOf(p.ID)
		if err != nil {
			return err
		}
		steps, err := tx.Steps(p.ID, false)
		if err != nil {
			return err
		}
		for i, r := range revisions {
			if r, err = tx.Revision(p.ID, r.Number); err != nil {
				return err
			}
			page, err := prose.ParseProcedure([]byte(r.Markdown))
			if err != nil {
				return err
			}
			said := map[practice.StepID]string{}
			for _, w := range wordings {
				if w.Revision <= r.Number {
					said[w.Step] = w.Text
				}
			}
			if len(r.Steps) != len(page.Steps) {
				return fmt.Errorf("version %d has %d steps, its page %d", r.Number, len(r.Steps), len(page.Steps))
			}
			for k, id := range r.Steps {
				if said[id] != page.Steps[k].Text {
					t.Errorf("version %d, step %d says %q, its page %q", r.Number, k+1, said[id], page.Steps[k].Text)
				}
			}
			if i > 0 {
				continue
			}
			for k, now := range steps {
				was := page.Steps[k]
				if now.ID != r.Steps[k] || now.Text != was.Text || now.Depth != was.Depth || now.Heading != was.Heading || now.Place != k+1 {
					t.Errorf("step %d is %+v, the page has %+v", k+1, now, was)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Whatever people do to a procedure one after the other, every version reads
// back into the steps it had, no step but the one changed says something else,
// and everything that was ever said is still there.
func TestRevise_keepsEveryWord(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		for seed := range uint64(4) {
			r := rand.New(rand.NewPCG(seed, 1))
			p := begin(t, s, opening)
			ever := map[string]bool{}
			for range 40 {
				before := stepsOf(t, s, p)
				c := anyChange(r, before)
				c.Procedure, c.Base = p.ID, 1<<30
				_, err := revise(t, s, c)
				if err != nil && practice.KindOf(err) == practice.Internal {
					t.Fatalf("seed %d: %+v: %v", seed, c, err)
				}
				after := map[practice.StepID]practice.ProcedureStep{}
				for _, now := range stepsOf(t, s, p) {
					after[now.ID] = now
					ever[now.Text] = true
				}
				for _, was := range before {
					now, there := after[was.ID]
					touched := was.ID == c.Step || was.ID == c.To && c.Act == practice.ActMerge
					if !there || !touched && (now.Text != was.Text || now.Retired != was.Retired) {
						t.Fatalf("seed %d: %+v: %+v became %+v", seed, c, was, now)
					}
				}
			}
			checkPages(t, s, p)
			var all []store.Wording
			if err := s.View(t.Context(), func(tx *store.Tx) (err error) {
				all, err = tx.WordingsOf(p.ID)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			for _, w := range all {
				delete(ever, w.Text)
			}
			if len(ever) > 0 {
				t.Errorf("seed %d: lost %v", seed, ever)
			}
		}
	})
}

// anyChange does something to one of the steps in use.
func anyChange(r *rand.Rand, steps []practice.ProcedureStep) practice.StepChange {
	var use []practice.ProcedureStep
	for _, s := range steps {
		if s.Retired == 0 {
			use = append(use, s)
		}
	}
	text := func() string {
		words := strings.Fields("open close check count write carry lock ring wait look door lamp gauge chair book sign *twice* `V-3` [plan](/plan)")
		var out []string
		for range 2 + r.IntN(6) {
			out = append(out, words[r.IntN(len(words))])
		}
		return strings.Join(out, " ")
	}
	if len(use) == 0 {
		return practice.StepChange{Act: practice.ActAdd, Text: text()}
	}
	one, other := use[r.IntN(len(use))], use[r.IntN(len(use))]
	acts := []practice.StepAct{practice.ActEdit, practice.ActAdd, practice.ActRemove, practice.ActMove, practice.ActSplit, practice.ActMerge}
	return practice.StepChange{Act: acts[r.IntN(len(acts))], Step: one.ID, To: other.ID, Text: text(), Rest: text()}
}

func TestRevise_twoOnOneStep(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		p := begin(t, s, opening)
		step := stepsOf(t, s, p)[3]
		texts := []string{"Unlock the store and count the chairs twice", "Unlock the store, count the chairs, lock it"}
		failed := atOnce(texts, func(text string) error {
			_, err := revise(t, s, practice.StepChange{Procedure: p.ID, Base: 1, Act: practice.ActEdit, Step: step.ID, Text: text})
			return err
		})
		if (failed[0] == nil) == (failed[1] == nil) {
			t.Fatalf("want one of the two to win, got %v", failed)
		}
		won, lost := 0, 1
		if failed[0] != nil {
			won, lost = 1, 0
		}
		var refusal *practice.Error
		if !errors.As(failed[lost], &refusal) || refusal.Code != "step.meanwhile" {
			t.Fatalf("got %v", failed[lost])
		}
		if refusal.Args["theirs"] != texts[won] || refusal.Args["yours"] != texts[lost] || refusal.Args["base"] != 2 {
			t.Errorf("shown %v", refusal.Args)
		}
		if got := stepsOf(t, s, p)[3].Text; got != texts[won] {
			t.Errorf("the step says %q", got)
		}
		checkPages(t, s, p)
	})
}

func TestRevise_differentStepsAtOnce(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		p := begin(t, s, opening)
		steps := stepsOf(t, s, p)
		texts := []string{"zero", "one", "two", "three", "four", "five"}
		for i, err := range atOnce(texts, func(text string) error {
			at := map[string]int{"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}[text]
			_, err := revise(t, s, practice.StepChange{Procedure: p.ID, Base: 1, Act: practice.ActEdit, Step: steps[at].ID, Text: text})
			return err
		}) {
			if err != nil {
				t.Errorf("%s: %v", texts[i], err)
			}
		}
		want := []string{"zero", "one", "  two", "three", "four", "five"}
		if diff := cmp.Diff(want, lines(stepsOf(t, s, p))); diff != "" {
			t.Error(diff)
		}
		checkPages(t, s, p)
	})
}

// atOnce does one thing with each text, side by side.
func atOnce(texts []string, do func(text string) error) []error {
	failed := make([]error, len(texts))
	var all sync.WaitGroup
	for i, text := range texts {
		all.Go(func() { failed[i] = do(text) })
	}
	all.Wait()
	return failed
}

func TestRevise_refuses(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	p := begin(t, s, opening)
	step := stepsOf(t, s, p)
	if _, err := revise(t, s, practice.StepChange{Procedure: p.ID, Base: 1, Act: practice.ActEdit, Step: step[4].ID, Text: "Put the sign out"}); err != nil {
		t.Fatal(err)
	}
	if _, err := revise(t, s, practice.StepChange{Procedure: p.ID, Base: 2, Act: practice.ActRemove, Step: step[2].ID}); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		want   string
		change practice.StepChange
	}{
		{"step.meanwhile", practice.StepChange{Base: 1, Act: practice.ActEdit, Step: step[4].ID, Text: "The sign"}},
		{"step.meanwhile", practice.StepChange{Base: 1, Act: practice.ActRemove, Step: step[4].ID}},
		{"step.meanwhile", practice.StepChange{Base: 1, Act: practice.ActSplit, Step: step[4].ID, Text: "a", Rest: "b"}},
		{"step.meanwhile", practice.StepChange{Base: 1, Act: practice.ActMerge, Step: step[5].ID, To: step[4].ID, Text: "both"}},
		{"step.gone", practice.StepChange{Base: 3, Act: practice.ActEdit, Step: step[2].ID, Text: "Read it"}},
		{"step.gone", practice.StepChange{Base: 3, Act: practice.ActMove, Step: step[1].ID, To: step[2].ID}},
		{"step.gone", practice.StepChange{Base: 3, Act: practice.ActEdit, Step: "", Text: "Read it"}},
		{"step.same", practice.StepChange{Base: 3, Act: practice.ActEdit, Step: step[1].ID, Text: " Switch on  the heating"}},
		{"step.empty", practice.StepChange{Base: 3, Act: practice.ActSplit, Step: step[1].ID, Text: "Switch on the heating"}},
		{"required", practice.StepChange{Base: 3, Act: practice.ActMerge, Step: step[1].ID, Text: "both"}},
		{"required", practice.StepChange{Base: 3, Act: "turn", Step: step[1].ID}},
	} {
		tt.change.Procedure = p.ID
		_, err := revise(t, s, tt.change)
		var refusal *practice.Error
		if !errors.As(err, &refusal) || refusal.Code != tt.want {
			t.Errorf("%+v: got %v, want %s", tt.change, err, tt.want)
		}
	}
	// moving needs nobody's leave, and adding behind a changed step neither
	for _, c := range []practice.StepChange{
		{Base: 1, Act: practice.ActMove, Step: step[4].ID}, {Base: 1, Act: practice.ActAdd, Step: step[4].ID, Text: "Look at it"},
	} {
		c.Procedure = p.ID
		if _, err := revise(t, s, c); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
	}
	checkPages(t, s, p)
}

func TestRevise_emptyProcedure(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	p := begin(t, s, "# Why we ask\n\nBecause.\n")
	done, err := revise(t, s, practice.StepChange{Procedure: p.ID, Base: 1, Act: practice.ActAdd, Text: "Ask first"})
	if err != nil {
		t.Fatal(err)
	}
	if want := "# Why we ask\n\nBecause.\n\n- Ask first\n"; done.Revision.Markdown != want {
		t.Errorf("got %q", done.Revision.Markdown)
	}
	checkPages(t, s, p)
}

func paste(t *testing.T, s *store.Store, p practice.Procedure, markdown string) store.Revised {
	t.Helper()
	page, err := prose.ParseProcedure([]byte(markdown))
	if err != nil {
		t.Fatal(err)
	}
	var done store.Revised
	update(t, s, func(tx *store.Tx) (err error) {
		if p, err = tx.Procedure(p.ID); err != nil {
			return err
		}
		done, err = tx.Paste(p, page, practice.Revision{Reason: practice.ReasonPaste})
		return err
	})
	return done
}

func TestPaste(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		p := begin(t, s, opening)
		before := stepsOf(t, s, p)
		paste(t, s, p, "Shorter.\n\n1. Write the time in the book\n2. Open the side door\n")
		want := []string{"5: Write the time in the book", "0: Open the side door", "1: (Switch on the heating)", "2:   (Read the gauge)",
			"3: (Unlock the store and count the chairs)", "4: (Put out the sign)"}
		if diff := cmp.Diff(want, told(before, stepsOf(t, s, p))); diff != "" {
			t.Error(diff)
		}
		// what was taken out comes back as what it was
		paste(t, s, p, opening)
		after := stepsOf(t, s, p)
		if diff := cmp.Diff(before, after); diff != "" {
			t.Error(diff)
		}
		checkPages(t, s, p)
	})
}

// An earlier release may have read the same page into other steps.
func TestRevise_readsAPageAnew(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	p := begin(t, s, opening)
	steps := stepsOf(t, s, p)
	update(t, s, func(tx *store.Tx) error {
		_, err := tx.Exec(`UPDATE step_text SET body = 'Read it otherwise' WHERE step = $1`, steps[2].ID)
		return err
	})
	if _, err := revise(t, s, practice.StepChange{Procedure: p.ID, Base: 1, Act: practice.ActEdit, Step: steps[0].ID, Text: "Open both doors"}); err != nil {
		t.Fatal(err)
	}
	want := []string{"Open both doors", "Switch on the heating", "  Read the gauge", "Unlock the store and count the chairs", "Put out the sign", "Write the time in the book", "  (Read it otherwise)"}
	if diff := cmp.Diff(want, lines(stepsOf(t, s, p))); diff != "" {
		t.Error(diff)
	}
}
