package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

const closing = "# Closing\n\nEvery evening.\n\n- [ ] Count the till\n- [ ] Turn the oven off\n- [ ] Lock the back door\n"

// brought is a procedure of the steward's team.
func brought(t *testing.T, a *app.App, steward practice.Actor) practice.Procedure {
	t.Helper()
	p, err := a.CreateProcedure(t.Context(), steward, app.NewProcedure{Team: steward.Teams[0], Markdown: closing})
	is(t, "create", err, "")
	return p
}

func TestCreateProcedure(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		stranger := practice.Actor{Member: steward.Member}
		for _, tt := range []struct {
			name            string
			actor           practice.Actor
			n               app.NewProcedure
			code            string
			title, slug, md string
		}{
			{"as it came", steward, app.NewProcedure{Markdown: closing}, "", "Closing", "closing", closing},
			{"again, under another address", steward, app.NewProcedure{Markdown: closing}, "", "Closing", "closing-2", closing},
			{"named", steward, app.NewProcedure{Markdown: closing, Title: "  Café, spät  "}, "", "Café, spät", "caf-sp-t", closing},
			{"one line", steward, app.NewProcedure{Markdown: "Say what we intend.", Typed: true}, "", "Say what we intend", "say-what-we-intend", "- [ ] Say what we intend.\n"},
			{"several lines", steward, app.NewProcedure{Markdown: "Look\n\nListen\n", Typed: true, Title: "Road"}, "", "Road", "road", "- [ ] Look\n- [ ] Listen\n"},
			{"lines of a file stay", steward, app.NewProcedure{Markdown: "Look\nListen", Name: "road-side"}, "", "road side", "road-side", "Look\nListen"},
			{"an address of our own", steward, app.NewProcedure{Markdown: closing, Title: "New"}, "", "New", "procedure", closing},
			{"no letters", steward, app.NewProcedure{Markdown: closing, Title: "手順"}, "", "手順", "procedure-2", closing},
			{"nothing", steward, app.NewProcedure{Markdown: " \n"}, "procedure.empty", "", "", ""},
			{"too much", steward, app.NewProcedure{Markdown: strings.Repeat("- a\n", 17<<10)}, "procedure.large", "", "", ""},
			{"no text", steward, app.NewProcedure{Markdown: "- a\x00"}, "text.binary", "", "", ""},
			{"in no team", stranger, app.NewProcedure{Markdown: closing}, "team.none", "", "", ""},
			{"another team", practice.Actor{Member: steward.Member, Teams: []practice.TeamID{"tea_x"}}, app.NewProcedure{Markdown: closing}, "team.others", "", "", ""},
			{"a token that reads", practice.Actor{Member: steward.Member, Teams: steward.Teams, Scopes: []practice.Scope{practice.ScopeRead}},
				app.NewProcedure{Markdown: closing}, "token.scope", "", "", ""},
			{"an owner nobody knows", steward, app.NewProcedure{Markdown: closing, Owner: "mem_x"}, "member.unknown", "", "", ""},
		} {
			tt.n.Team = steward.Teams[0]
			p, err := a.CreateProcedure(t.Context(), tt.actor, tt.n)
			if is(t, tt.name, err, tt.code); err != nil {
				continue
			}
			m, err := a.Procedure(t.Context(), steward, p.Slug)
			is(t, tt.name, err, "")
			if p.Title != tt.title || p.Slug != tt.slug || m.Revision.Markdown != tt.md {
				t.Errorf("%s: %q at %q says %q", tt.name, p.Title, p.Slug, m.Revision.Markdown)
			}
		}
	})
}

func TestChange_oncePerRequest(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		steward.Once = "key-1"
		p := brought(t, a, steward)
		if again := brought(t, a, steward); again.ID != p.ID {
			t.Error("the same form made two procedures")
		}
		c := otherChange(t, a, steward, p)
		for range 2 {
			done, err := a.ChangeWithoutFailure(t.Context(), steward, c)
			is(t, "change", err, "")
			if done.Revision.Number != 2 {
				t.Errorf("version %d", done.Revision.Number)
			}
		}
		steward.Once = "key-2"
		_, err := a.ChangeWithoutFailure(t.Context(), steward, c)
		is(t, "another request", err, "step.same")
	})
}

// otherChange is a change of the second step by a law.
func otherChange(t *testing.T, a *app.App, actor practice.Actor, p practice.Procedure) practice.OtherChange {
	t.Helper()
	m, err := a.Procedure(t.Context(), actor, p.Slug)
	is(t, "read", err, "")
	return practice.OtherChange{Reason: practice.ReasonLaw, Source: "Rule 7", From: time.Date(2026, 6, 15, 0, 0, 0, 0, time.UTC),
		StepChange: practice.StepChange{Procedure: p.ID, Base: p.Revision, Act: practice.ActEdit, Step: m.Steps[1].ID, Text: "Turn the oven off, both doors shut"}}
}

func TestRights_procedures(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a, steward := setUp(t, s)
	p := brought(t, a, steward)
	other := practice.Actor{Member: steward.Member, Teams: []practice.TeamID{"tea_other"}}
	reads := practice.Actor{Member: steward.Member, Teams: steward.Teams, Scopes: []practice.Scope{practice.ScopeRead}}
	c := otherChange(t, a, steward, p)
	acts := map[string]func(practice.Actor) error{
		"change": func(actor practice.Actor) error { _, err := a.ChangeWithoutFailure(t.Context(), actor, c); return err },
		"paste": func(actor practice.Actor) error {
			_, err := a.PasteProcedure(t.Context(), actor, p.ID, app.Pasted{Base: 1, Markdown: "- x\n"})
			return err
		},
		"own":    func(actor practice.Actor) error { return a.OwnProcedure(t.Context(), actor, p) },
		"retire": func(actor practice.Actor) error { return a.RetireProcedure(t.Context(), actor, p.ID, true) },
	}
	for name, act := range acts {
		is(t, name+" by another team", act(other), "procedure.others")
		is(t, name+" by a token that reads", act(reads), "token.scope")
	}
	// the whole organisation reads
	for _, actor := range []practice.Actor{other, reads} {
		m, err := a.Procedure(t.Context(), actor, p.Slug)
		is(t, "read", err, "")
		if m.Mine != (actor.Scopes != nil) {
			t.Errorf("mine: %v", m.Mine)
		}
		_, err = a.History(t.Context(), actor, p.Slug)
		is(t, "history", err, "")
		shelf, err := a.Shelf(t.Context(), actor)
		if is(t, "shelf", err, ""); len(shelf) != 1 || shelf[0].Steps != 3 {
			t.Errorf("shelf: %+v", shelf)
		}
	}
	_, err := a.Procedure(t.Context(), steward, "nothing")
	is(t, "nothing there", err, "not.found")
}

func TestChangeWithoutFailure_refuses(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a, steward := setUp(t, s)
	c := otherChange(t, a, steward, brought(t, a, steward))
	for code, change := range map[string]func(*practice.OtherChange){
		"other.learning": func(c *practice.OtherChange) { c.Reason = practice.ReasonLearning },
		"required":       func(c *practice.OtherChange) { c.Reason = practice.ReasonFirst },
		"other.source":   func(c *practice.OtherChange) { c.Source = " " },
		"other.from":     func(c *practice.OtherChange) { c.From = time.Time{} },
		"step.gone":      func(c *practice.OtherChange) { c.Step = "stp_x" },
		"not.found":      func(c *practice.OtherChange) { c.Procedure = "prc_x" },
	} {
		bad := c
		change(&bad)
		_, err := a.ChangeWithoutFailure(t.Context(), steward, bad)
		is(t, code, err, code)
	}
	c.Reason, c.Source = practice.ReasonWording, ""
	_, err := a.ChangeWithoutFailure(t.Context(), steward, c)
	is(t, "plain wording needs no source", err, "")
}

// A law may check people, plain wording may not. They are told, and the version says so.
func TestChangeWithoutFailure_checksPeople(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		ben := add(t, a, steward, "Ben")
		_, err := a.AddParty(t.Context(), steward, practice.Party{Name: "Drivers", Days: 3, Members: []practice.MemberID{ben.Member, steward.Member}})
		is(t, "a group", err, "")
		c := otherChange(t, a, steward, brought(t, a, steward))
		c.Checks = true
		_, err = a.ChangeWithoutFailure(t.Context(), steward, c)
		is(t, "on nobody", err, "check.whom")
		c.Checked, c.Reason = "drivers", practice.ReasonWording
		_, err = a.ChangeWithoutFailure(t.Context(), steward, c)
		is(t, "as wording", err, "check.wording")
		c.Reason = practice.ReasonLaw
		done, err := a.ChangeWithoutFailure(t.Context(), steward, c)
		is(t, "as a law", err, "")
		h, err := a.History(t.Context(), steward, done.Procedure.Slug)
		is(t, "history", err, "")
		if h.Turns[0].Checks != "Drivers" || h.Turns[1].Checks != "" {
			t.Errorf("the versions: %+v", h.Turns)
		}
		if told := notices(t, s, ben.Member); !slices.Contains(told, "notice.check") {
			t.Errorf("Ben was told %v", told)
		}
		if told := notices(t, s, steward.Member); slices.Contains(told, "notice.check") {
			t.Errorf("whoever changed it was told %v", told)
		}
	})
}

// Whoever a procedure names is told of each version, a team and one of its people once,
// and nobody of what they did themselves.
func TestTold_ofEachVersion(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		ben, amal := add(t, a, steward, "Ben"), add(t, a, steward, "Amal")
		p := brought(t, a, steward)
		count := func(m practice.MemberID) (n int) {
			for _, code := range notices(t, s, m) {
				if code == "notice.told" {
					n++
				}
			}
			return n
		}
		c := otherChange(t, a, steward, p)
		_, err := a.ChangeWithoutFailure(t.Context(), steward, c)
		is(t, "nobody is named", err, "")
		if n := count(ben.Member); n != 0 {
			t.Errorf("nobody is named, and Ben is told %d times", n)
		}
		is(t, "name them", a.SaveAuthority(t.Context(), steward, practice.Authority{Procedure: p.ID, Told: []string{string(steward.Teams[0]), string(ben.Member)}}), "")
		c.Base, c.Text = 2, "Turn the oven off, and look"
		_, err = a.ChangeWithoutFailure(t.Context(), amal, c)
		is(t, "a change", err, "")
		for who, want := range map[practice.MemberID]int{ben.Member: 1, steward.Member: 1, amal.Member: 0} {
			if n := count(who); n != want {
				t.Errorf("%s is told %d times, not %d", who, n, want)
			}
		}
	})
}

func TestPaste_fasterOneIsShown(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a, steward := setUp(t, s)
	p := brought(t, a, steward)
	_, err := a.PasteProcedure(t.Context(), steward, p.ID, app.Pasted{Base: 1, Markdown: closing})
	is(t, "the same", err, "step.same")
	_, err = a.PasteProcedure(t.Context(), steward, p.ID, app.Pasted{Base: 1, Markdown: "- x\n", Checks: true})
	is(t, "a check on people", err, "check.paste")
	turns, err := a.PreviewPaste(t.Context(), steward, p.ID, "- [ ] Turn the oven off\n- [ ] Count the till twice\n- [ ] Lock the back door\n")
	is(t, "preview", err, "")
	var told []string
	for _, l := range turns {
		told = append(told, l.Old+" > "+l.New)
		if l.Moved {
			told = append(told, "moved")
		}
	}
	if diff := cmp.Diff([]string{"Count the till > Count the till twice", "moved"}, told); diff != "" {
		t.Error(diff)
	}
	_, err = a.ChangeWithoutFailure(t.Context(), steward, otherChange(t, a, steward, p))
	is(t, "change", err, "")
	_, err = a.PasteProcedure(t.Context(), steward, p.ID, app.Pasted{Base: 1, Markdown: "- x\n"})
	is(t, "somebody was faster", err, "changed.meanwhile")
	_, err = a.PasteProcedure(t.Context(), steward, p.ID, app.Pasted{Base: 2, Markdown: "- x\n"})
	is(t, "on top of it", err, "")
}

func TestHistory(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a, steward := setUp(t, s)
	p := brought(t, a, steward)
	c := otherChange(t, a, steward, p)
	first, err := a.Procedure(t.Context(), steward, p.Slug)
	is(t, "read", err, "")
	for _, act := range []practice.StepChange{
		c.StepChange, // version 2
		{Act: practice.ActMove, Step: first.Steps[0].ID, To: first.Steps[2].ID},                           // 3
		{Act: practice.ActSplit, Step: first.Steps[2].ID, Text: "Lock the back door", Rest: "Pull at it"}, // 4
		{Act: practice.ActRemove, Step: first.Steps[0].ID},                                                // 5
	} {
		act.Procedure, act.Base = p.ID, 9
		c.StepChange = act
		_, err := a.ChangeWithoutFailure(t.Context(), steward, c)
		is(t, string(act.Act), err, "")
	}
	h, err := a.History(t.Context(), steward, p.Slug)
	is(t, "history", err, "")
	var told []string
	for _, turn := range h.Turns[:4] {
		for _, l := range turn.Lines {
			told = append(told, strings.Join([]string{string(rune('0' + turn.Revision.Number)), l.Old, l.New}, "|"))
		}
	}
	want := []string{"5|Count the till|", "4||Pull at it", "3|Count the till|Count the till", "2|Turn the oven off|Turn the oven off, both doors shut"}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Error(diff)
	}
	if got := h.Between(1, 5); len(got) != 3 {
		t.Errorf("since the first version: %+v", got)
	}
	var lines []string
	for _, l := range h.At(3) {
		lines = append(lines, string(rune('0'+l.Since))+" "+l.Text)
	}
	if diff := cmp.Diff([]string{"2 Turn the oven off, both doors shut", "1 Lock the back door", "1 Count the till"}, lines); diff != "" {
		t.Error(diff)
	}
	// the second half goes on where it was split off
	half := h.Steps[2]
	turns := h.Of(half.ID)
	if half.Text != "Pull at it" || len(turns) != 2 || turns[0].Revision.Number != 4 || turns[1].Revision.Number != 1 {
		t.Errorf("%q came by %+v", half.Text, turns)
	}
}

func TestSignOff(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		dana := add(t, a, steward, "Dana Ruiz")
		p := brought(t, a, steward)
		is(t, "nobody was asked", a.SignProcedure(t.Context(), dana, p.ID), "procedure.nosign")
		p.Owner = steward.Member
		p.SignOff = practice.SignOff{By: dana.Member}
		is(t, "until when", a.OwnProcedure(t.Context(), steward, p), "required")
		p.SignOff.Until = time.Date(2026, 6, 17, 0, 0, 0, 0, time.UTC)
		is(t, "ask", a.OwnProcedure(t.Context(), steward, p), "")
		is(t, "another one signs", a.SignProcedure(t.Context(), steward, p.ID), "procedure.nosign")
		is(t, "sign", a.SignProcedure(t.Context(), dana, p.ID), "")
		is(t, "sign twice", a.SignProcedure(t.Context(), dana, p.ID), "procedure.nosign")
		p.Title = "Closing time"
		is(t, "another title", a.OwnProcedure(t.Context(), steward, p), "")
		m, err := a.Procedure(t.Context(), steward, p.Slug)
		is(t, "read", err, "")
		if m.Procedure.SignOff.At.IsZero() || m.Procedure.Title != "Closing time" || m.Owner.Name != steward.Name || m.SignBy.Name != "Dana Ruiz" {
			t.Errorf("%+v", m)
		}
		p.Owner = "mem_x"
		is(t, "an owner nobody knows", a.OwnProcedure(t.Context(), steward, p), "member.unknown")
	})
}

func TestImportProcedure(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		operator := practice.Actor{Operator: true}
		bring := func(markdown string, not ...practice.ProcedureID) app.Brought {
			t.Helper()
			b, err := a.ImportProcedure(t.Context(), operator, app.NewProcedure{Markdown: markdown, Name: "file"}, not)
			is(t, "import", err, "")
			return b
		}
		one := bring(closing)
		if one.Was != app.BroughtNew || one.Steps != 3 || one.Procedure.Team != "" {
			t.Errorf("%+v", one)
		}
		if again := bring(closing); again.Was != app.BroughtSame || again.Procedure.ID != one.Procedure.ID {
			t.Errorf("%+v", again)
		}
		// people of any team may change what no team has taken
		c := otherChange(t, a, steward, one.Procedure)
		_, err := a.ChangeWithoutFailure(t.Context(), steward, c)
		is(t, "change", err, "")
		if again := bring(closing); again.Was != app.BroughtSame || again.Procedure.Revision != 2 {
			t.Errorf("importing again took back what people changed: %+v", again)
		}
		next := bring(strings.Replace(closing, "till", "tills", 1))
		if next.Was != app.BroughtVersion || next.Procedure.ID != one.Procedure.ID || next.Procedure.Revision != 3 {
			t.Errorf("%+v", next)
		}
		twin := bring("# Closing\n\n- Feed the cat\n", one.Procedure.ID)
		if twin.Was != app.BroughtNew || twin.Procedure.Slug != "closing-2" {
			t.Errorf("%+v", twin)
		}
		if b := bring("# Closing\n\n- Feed the cats\n"); b.Procedure.ID != twin.Procedure.ID {
			t.Errorf("%+v", b)
		}
		if b := bring("# Closing 2\n\n- Empty the tank\n"); b.Was != app.BroughtNew || b.Procedure.Slug != "closing-2-2" {
			t.Errorf("%+v", b)
		}
		_, err = a.ImportProcedure(t.Context(), operator, app.NewProcedure{Markdown: "\xff\xfe- x"}, nil)
		is(t, "no text", err, "text.encoding")
	})
}

func TestRetireProcedure(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a, steward := setUp(t, s)
	p := brought(t, a, steward)
	for _, out := range []bool{true, true, false} {
		is(t, "retire", a.RetireProcedure(t.Context(), steward, p.ID, out), "")
		shelf, err := a.Shelf(t.Context(), steward)
		is(t, "shelf", err, "")
		if (len(shelf) == 0) != out {
			t.Errorf("out %v: %d in the list", out, len(shelf))
		}
		_, err = a.Procedure(t.Context(), steward, p.Slug)
		is(t, "its page stays", err, "")
	}
}
