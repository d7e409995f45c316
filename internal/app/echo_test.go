package app_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// numbers are those of the earlier failures of an echo, in their order.
func numbers(e app.Echo) (all []int) {
	for _, l := range e.Earlier {
		all = append(all, l.Failure.Number)
	}
	return all
}

func (l *library) echo(t *testing.T, who practice.Actor, f practice.Failure) app.Echo {
	t.Helper()
	l.learn()
	e, err := l.EchoOf(t.Context(), who, f.ID)
	is(t, "echo", err, "")
	return e
}

func TestEchoOf(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := newLibrary(t, s)
		scarred(t, l, "Read the fridge thermometers and write them down", 2)
		f := l.report(t, l.noor, "The cheese fridge was warm again. The thermometer stood at nine degrees on Saturday and six wheels had to go.")
		e := l.echo(t, l.noor, f)
		if len(e.Earlier) == 0 || e.Earlier[0].Failure.Number != 2 || len(e.Earlier[0].Words) == 0 {
			t.Fatalf("earlier: %v", numbers(e))
		}
		if len(e.Meant) != 1 || e.Meant[0].Step.Text != "Read the fridge thermometers and write them down" || e.Meant[0].Scar.Number != 2 {
			t.Errorf("meant to catch it: %+v", e.Meant)
		}
		card := l.report(t, l.noor, "The card reader refused every card. Its certificate had run out, and the mails about that went to somebody who left.")
		e = l.echo(t, l.noor, card)
		if len(e.Earlier) == 0 || e.Earlier[0].Failure.Source != practice.SourceImported {
			t.Errorf("one from elsewhere is not found: %v", numbers(e))
		}
		load := l.report(t, l.noor, "The fruit came late in one load. The growers have no second lorry, so nothing arrived before seven.")
		if e = l.echo(t, l.noor, load); len(e.Limits) != 1 || e.Limits[0].Constraint.Number != 1 {
			t.Errorf("known limits: %+v", e.Limits)
		}
		if e = l.echo(t, l.noor, l.report(t, l.noor, "A goat of the neighbours has eaten the geraniums.")); !e.NewGround() {
			t.Errorf("new ground, and %v look alike", numbers(e))
		}
	})
}

// What another team reported is not shown, however alike it is.
func TestEchoOf_rights(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := newLibrary(t, s)
		text := "The socket of the vaccine fridge was off. The cleaner had unplugged it for the polisher."
		theirs := l.report(t, l.tove, text)
		own := numbers(l.echo(t, l.tove, theirs))
		ours := l.report(t, l.noor, text)
		for _, n := range numbers(l.echo(t, l.noor, ours)) {
			if n == theirs.Number || n == own[0] {
				t.Errorf("F-%d of another team is shown", n)
			}
		}
		if len(own) == 0 {
			t.Error("their own team sees nothing earlier: the test proves nothing")
		}
	})
}

// Same again is one tap and can be taken back. Two reports of one event are
// joined, count as one among the earlier ones, and come apart again.
func TestTies(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := newLibrary(t, s)
		first := l.report(t, l.noor, "The umbrella stand fell over and blocked the door of the cellar.")
		second := l.report(t, l.noor, "Somebody fell over the umbrella stand, which lay in front of the cellar door.")
		third := l.report(t, l.noor, "The umbrella stand lay in front of the cellar door again.")
		seen := func() map[int]practice.TieKind {
			t.Helper()
			got := map[int]practice.TieKind{}
			for _, one := range l.echo(t, l.noor, third).Earlier {
				got[one.Failure.Number] = one.Tie.Kind
			}
			return got
		}
		expect := func(why string, want map[int]practice.TieKind) {
			t.Helper()
			if diff := cmp.Diff(want, seen()); diff != "" {
				t.Errorf("%s: %s", why, diff)
			}
		}
		a, b := first.Number, second.Number
		expect("nobody said anything", map[int]practice.TieKind{a: "", b: ""})
		tie := func(f, o practice.Failure, kind practice.TieKind) practice.Tie {
			t.Helper()
			made, err := l.TieFailures(t.Context(), l.noor, f.ID, o.ID, kind)
			is(t, "tie", err, "")
			return made
		}
		same := tie(third, first, practice.TieSame)
		if again := tie(third, first, practice.TieSame); again.ID != same.ID {
			t.Error("a second tap made a second tie")
		}
		expect("same again", map[int]practice.TieKind{a: practice.TieSame, b: ""})
		is(t, "undo", l.UntieFailures(t.Context(), l.noor, same.ID), "")
		expect("undone", map[int]practice.TieKind{a: "", b: ""})

		joined := tie(second, first, practice.TieJoined)
		if got := seen(); len(got) != 1 {
			t.Errorf("two reports of one event are shown as %v", got)
		}
		tie(third, second, practice.TieSame)
		for n, kind := range seen() {
			if kind != practice.TieSame {
				t.Errorf("the event that was tied is shown as F-%d, %q", n, kind)
			}
		}
		is(t, "undo the join", l.UntieFailures(t.Context(), l.noor, joined.ID), "")
		expect("apart again", map[int]practice.TieKind{a: "", b: practice.TieSame})

		tie(second, first, practice.TieJoined)
		tie(second, first, practice.TieSame)
		f, err := l.FailureByID(t.Context(), l.noor, second.ID)
		if is(t, "read", err, ""); f.JoinedTo != "" {
			t.Error("no longer joined, and still counted as one")
		}
	})
}

// What people tied to an earlier report stands beside it, though it shares no word
// with the question, and takes no place of its own; what it is tied to by whoever asks
// goes first.
func TestEchoOf_whatIsTiedStandsTogether(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := newLibrary(t, s)
		first := l.report(t, l.noor, "The umbrella stand fell over and blocked the door of the cellar.")
		second := l.report(t, l.noor, "Somebody fell over the umbrella stand, which lay in front of the cellar door.")
		boots := l.report(t, l.noor, "Boots lay about on the stairs.")
		ask := l.report(t, l.noor, "The umbrella stand lay in front of the cellar door again.")
		expect := func(why, want string) {
			t.Helper()
			var page, asked []string
			for _, e := range l.echo(t, l.noor, ask).Earlier {
				line := fmt.Sprint(e.Failure.Number, ":")
				for _, o := range e.Tied {
					line += fmt.Sprint(" ", o.Number)
				}
				page = append(page, line)
			}
			all, err := l.Similar(t.Context(), l.noor, []app.Ask{{Title: ask.Title, Text: ask.Text, Limit: 2, Exclude: []string{string(ask.ID)}}})
			is(t, "ask", err, "")
			for _, a := range all[0] {
				line := strings.TrimPrefix(a.Name, "F-") + ":"
				for _, o := range a.Tied {
					line += " " + strings.TrimPrefix(o.Name, "F-")
				}
				asked = append(asked, line)
			}
			if got := strings.Join(page, ", "); got != want {
				t.Errorf("%s, the page has %s; want %s", why, got, want)
			}
			if got := strings.Join(asked, ", "); !strings.HasPrefix(got, strings.Split(want, ",")[0]) {
				t.Errorf("%s, without a report it is %s; want %s", why, got, want)
			}
		}
		a, b, c := fmt.Sprint(first.Number), fmt.Sprint(second.Number), fmt.Sprint(boots.Number)
		best, other := b, a // the one that lay
		expect("nobody said anything", best+":, "+other+":")
		tie := func(f, o practice.Failure) {
			t.Helper()
			_, err := l.TieFailures(t.Context(), l.noor, f.ID, o.ID, practice.TieSame)
			is(t, "tie", err, "")
		}
		tie(boots, second)
		expect("the boots are the same", best+": "+c+", "+other+":")
		tie(first, boots)
		expect("all three are", best+": "+c+" "+other)
		_, err := l.MarkDrill(t.Context(), l.noor, boots.ID, true)
		is(t, "practising", err, "")
		expect("the boots were none", best+": "+other)
		_, err = l.MarkDrill(t.Context(), l.noor, boots.ID, false)
		is(t, "it was real", err, "")
		tie(ask, boots)
		e := l.echo(t, l.noor, ask)
		if len(e.Earlier) != 1 || e.Earlier[0].Failure.ID != boots.ID || e.Earlier[0].Tie.Kind != practice.TieSame || len(e.Earlier[0].Tied) != 2 {
			t.Errorf("tied to the boots it has %+v", e.Earlier)
		}
	})
}

// scarred leaves a scar of a failure on the step with that text.
func scarred(t *testing.T, l *library, text string, number int) {
	t.Helper()
	is(t, "scar", l.store.Update(t.Context(), func(tx *store.Tx) error {
		f, err := tx.FailureByNumber(number)
		if err != nil {
			return err
		}
		procedures, err := tx.Procedures()
		if err != nil {
			return err
		}
		for _, p := range procedures {
			steps, err := tx.Steps(p.ID, false)
			if err != nil {
				return err
			}
			for _, step := range steps {
				if step.Text == text {
					gaps, err := tx.Gaps(l.review)
					if err != nil {
						return err
					}
					return tx.AddScar(practice.Scar{ID: practice.ScarID(tx.NewID("scr")), Step: step.ID, Failure: f.ID, Gap: gaps[0].ID, Revision: 1, At: tx.Now()})
				}
			}
		}
		return practice.ErrNotFound
	}), "")
}

// The first reports of an organisation: the page says of each what the question
// without a report says, from one earlier report up.
func TestEchoOf_young(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := emptyLibrary(t, s)
		l.report(t, l.noor, "The van left without the box of brake pads.")
		for _, c := range []struct {
			text           string
			found, perhaps bool
		}{
			{"Somebody trod on pads in the dark.", true, true},
			{"The van left and the box of brake pads stayed on the shelf.", true, false},
			{"The printer ran out of paper on the second day.", false, false},
		} {
			l.learn()
			asked, err := l.Similar(t.Context(), l.noor, []app.Ask{{Title: practice.Title(c.text), Text: c.text}})
			is(t, "ask", err, "")
			f := l.report(t, l.noor, c.text)
			e := l.echo(t, l.noor, f)
			if e.NewGround() == c.found || c.found && len(e.Earlier) > 0 && e.Earlier[0].Perhaps != c.perhaps {
				t.Errorf("%s: %+v", c.text, e.Earlier)
			}
			var best app.Alike
			if len(asked[0]) > 0 {
				best = asked[0][0]
			}
			if said := best.Ref != "" && (!best.Weak || best.Perhaps); said != c.found || best.Perhaps != c.perhaps {
				t.Errorf("%s: without a report it is %+v", c.text, best)
			}
			if c.found && !e.NewGround() && best.Ref != string(e.Earlier[0].Failure.ID) {
				t.Errorf("%s: %s on the page, and %s without a report", c.text, e.Earlier[0].Failure.ID, best.Ref)
			}
		}
	})
}
