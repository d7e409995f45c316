package app_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// refusalOf is the code of a refusal, the text of another error, or nothing.
func refusalOf(err error) string {
	var refusal *practice.Error
	switch {
	case errors.As(err, &refusal):
		return refusal.Code
	case err != nil:
		return err.Error()
	}
	return ""
}

// is fails unless err has the code; "" is no error at all.
func is(t *testing.T, what string, err error, code string) {
	t.Helper()
	if got := refusalOf(err); got != code {
		t.Errorf("%s: %q, want %q", what, got, code)
	}
}

func newOrganisation() practice.NewOrganisation {
	return practice.NewOrganisation{
		Organisation: practice.Organisation{Name: "Alder & Mill", Zone: "Europe/Berlin",
			DayStartsAt: 9 * 60, DayEndsAt: 17 * 60, RetentionDays: 90},
		Team:    newTeam("Saturday crew"),
		Steward: "Noor Haddad",
	}
}

func newTeam(name string) practice.Team {
	return practice.Team{Name: name, Pack: "operations", CycleDays: 14,
		Groups: []practice.Group{{Name: "Members"}, {Name: "Customers"}},
		Triggers: []practice.Trigger{
			{Kind: practice.TriggerHarm, Text: "Somebody was hurt"},
			{Kind: practice.TriggerNearMiss, Text: "It only just went well"},
		}}
}

// setUp is an organisation with its steward, on one of the databases.
func setUp(t *testing.T, s *store.Store) (*app.App, practice.Actor) {
	t.Helper()
	a := app.New(app.Options{Store: s})
	steward, err := a.SetUp(t.Context(), newOrganisation())
	if err != nil {
		t.Fatal(err)
	}
	return a, steward
}

// add makes somebody known and returns them as an actor.
func add(t *testing.T, a *app.App, steward practice.Actor, name string) practice.Actor {
	t.Helper()
	added, err := a.AddMembers(t.Context(), steward, steward.Teams[0], []string{name})
	if err != nil {
		t.Fatal(err)
	}
	m := added[0].Member
	return practice.Actor{Member: m.ID, Name: m.Name, Teams: m.Teams}
}

func TestSetUp(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		o, err := a.Organisation(t.Context(), steward)
		is(t, "organisation", err, "")
		want := newOrganisation().Organisation
		want.SetUpAt = o.SetUpAt
		if diff := cmp.Diff(want, o); diff != "" || o.SetUpAt.IsZero() {
			t.Errorf("organisation:\n%s", diff)
		}
		team, err := a.Team(t.Context(), steward, steward.Teams[0])
		is(t, "team", err, "")
		var groups []string
		for _, g := range team.Groups {
			groups = append(groups, g.Name)
		}
		if diff := cmp.Diff([]string{"Members", "Customers"}, groups); diff != "" {
			t.Errorf("groups:\n%s", diff)
		}
		start := team.CycleStartAt.In(o.Location())
		if start.Hour() != 0 || start.After(o.SetUpAt) || o.SetUpAt.Sub(start) > 25*time.Hour {
			t.Errorf("the cycle starts at %s, set up at %s", start, o.SetUpAt)
		}
		if got, err := a.Procedures(t.Context(), steward); err != nil || len(got) != 0 {
			t.Errorf("procedures nobody wrote: %+v, %v", got, err)
		}
		m, err := a.MemberByName(t.Context(), steward, "noor  HADDAD")
		is(t, "steward", err, "")
		if !m.Steward || !m.Active || m.ID != steward.Member || !slices.Equal(m.Teams, steward.Teams) {
			t.Errorf("steward %+v", m)
		}
	})
}

func TestSetUp_withAChecklist(t *testing.T) {
	for text, want := range map[string]string{
		"Say aloud what we intend":                     "Before we begin",
		"# Opening up\n\n- [ ] Lights\n- [ ] Till\n":   "Opening up",
		"- [ ] Lights on\n- [ ] Till counted by two\n": "Lights on",
	} {
		s := storetest.Open(t, storetest.SQLite(t))
		a := app.New(app.Options{Store: s})
		n := newOrganisation()
		n.Procedure, n.Checklist = text, "Before we begin"
		steward, err := a.SetUp(t.Context(), n)
		is(t, "set-up", err, "")
		got, err := a.Procedures(t.Context(), steward)
		is(t, "procedures", err, "")
		if len(got) != 1 || !strings.HasPrefix(got[0].Procedure.Title, want) || got[0].Procedure.Owner != steward.Member {
			t.Errorf("%q became %+v", text, got)
		}
	}
}

func TestAddTeam_sentTwice(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		steward.Once = "the same key"
		night := newTeam("Night shift")
		night.EarlyWhy = "They asked"
		one, err := a.AddTeam(t.Context(), steward, night)
		is(t, "once", err, "")
		two, err := a.AddTeam(t.Context(), steward, night)
		is(t, "again", err, "")
		if one.ID != two.ID {
			t.Errorf("two teams: %s and %s", one.ID, two.ID)
		}
	})
}

func TestSetUp_twoTabs(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a := app.New(app.Options{Store: s})
		const tabs = 6
		errs := make([]error, tabs)
		start := make(chan struct{})
		var all sync.WaitGroup
		for i := range tabs {
			all.Go(func() {
				<-start
				_, errs[i] = a.SetUp(t.Context(), newOrganisation())
			})
		}
		close(start)
		all.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else {
				is(t, "a tab that lost", err, "set-up.done")
			}
		}
		people, err := a.Members(t.Context(), practice.Actor{})
		is(t, "members", err, "")
		teams, err := a.Teams(t.Context(), practice.Actor{})
		is(t, "teams", err, "")
		if done != 1 || len(people) != 1 || len(teams) != 1 {
			t.Errorf("%d set-ups, %d people, %d teams; want one of each", done, len(people), len(teams))
		}
	})
}

func TestAddMembers(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		night := newTeam("Night shift")
		night.EarlyWhy = "They asked"
		other, err := a.AddTeam(t.Context(), steward, night)
		is(t, "second team", err, "")
		first := steward.Teams[0]

		was := func(team practice.TeamID, names ...string) []string {
			added, err := a.AddMembers(t.Context(), steward, team, names)
			is(t, strings.Join(names, ","), err, "")
			var got []string
			for _, x := range added {
				got = append(got, string(x.Was)+" "+x.Member.Name)
			}
			return got
		}
		for _, c := range []struct {
			got, want []string
		}{
			{was(first, "Amal", " Dele  Okoye "), []string{"new Amal", "new Dele Okoye"}},
			{was(first, "AMAL"), []string{"here Amal"}},
			{was(other.ID, "amal", "Farah"), []string{"joined Amal", "new Farah"}},
			{was(first, "Ana Brandt (Heron)"), []string{"new Ana Brandt (Heron)"}},
			{was(first, "heron", "Ana Brandt"), []string{"here Ana Brandt (Heron)", "here Ana Brandt (Heron)"}},
			{was(first, "Bo Lund (Heron)", "Heron"), []string{"new Bo Lund (Heron)", "new Heron"}}, // two are called that, so it is neither
			{was(first, "Heron"), []string{"here Heron"}},
		} {
			if diff := cmp.Diff(c.want, c.got); diff != "" {
				t.Error(diff)
			}
		}
		dele, err := a.MemberByName(t.Context(), steward, "dele okoye")
		is(t, "dele", err, "")
		is(t, "let go", a.LetGo(t.Context(), steward, dele.ID, nil), "")
		if diff := cmp.Diff([]string{"back Dele Okoye"}, was(first, "Dele Okoye")); diff != "" {
			t.Error(diff)
		}
		_, err = a.AddMembers(t.Context(), steward, first, []string{"Good", "bad\u0007"})
		is(t, "a name with a bell in it", err, "name.control")
		_, err = a.MemberByName(t.Context(), steward, "Good")
		is(t, "half of a refused list", err, "not.found")
		_, err = a.AddMembers(t.Context(), steward, "tea_nowhere", []string{"Good"})
		is(t, "a team that is not", err, "not.found")
	})
}

func TestLetGo_whoHoldsSomething(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		amal := add(t, a, steward, "Amal")
		p, err := a.CreateProcedure(t.Context(), amal, app.NewProcedure{Team: amal.Teams[0], Markdown: "# Opening up\n\n- [ ] Lights\n", Owner: amal.Member})
		is(t, "procedure", err, "")
		f, err := a.ReportFailure(t.Context(), amal, practice.NewFailure{Team: amal.Teams[0], Text: "The till was short", Stage: practice.StageAfter, Convene: true})
		is(t, "report", err, "")

		held, err := a.Holdings(t.Context(), steward, amal.Member)
		is(t, "holdings", err, "")
		want := []practice.Holding{
			{Kind: "procedure", ID: string(p.ID), Team: amal.Teams[0], Title: "Opening up", To: "/p/opening-up"},
			{Kind: "failure", ID: string(f.ID), Team: amal.Teams[0], Title: "The till was short", To: fmt.Sprintf("/f/%d", f.Number)},
		}
		if diff := cmp.Diff(want, held); diff != "" {
			t.Errorf("holdings:\n%s", diff)
		}
		is(t, "let go", a.LetGo(t.Context(), steward, amal.Member, nil), "member.holds")
		m, err := a.Member(t.Context(), steward, amal.Member)
		if err != nil || !m.Active || len(m.Teams) != 1 {
			t.Errorf("afterwards %+v, %v", m, err)
		}
	})
}

func TestLetGo_lastSteward(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		amal := add(t, a, steward, "Amal")
		is(t, "a hat from a device left open", a.SetSteward(t.Context(), steward, amal.Member, true), "prove.first")
		steward.Proved = true
		is(t, "the last steward", a.LetGo(t.Context(), steward, steward.Member, nil), "member.last")
		is(t, "the last steward's hat", a.SetSteward(t.Context(), steward, steward.Member, false), "member.last")
		is(t, "another steward", a.SetSteward(t.Context(), steward, amal.Member, true), "")
		is(t, "the first one's hat", a.SetSteward(t.Context(), steward, steward.Member, false), "")
		is(t, "the last one again", a.LetGo(t.Context(), practice.Actor{Operator: true}, amal.Member, nil), "member.last")
	})
}

func TestRights_peopleAndTeams(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		amal, dele := add(t, a, steward, "Amal"), add(t, a, steward, "Dele")
		team, err := a.Team(t.Context(), steward, steward.Teams[0])
		is(t, "team", err, "")
		steward.Proved = true
		asToken := steward
		asToken.Scopes = []practice.Scope{practice.ScopeWrite}
		outsider := practice.Actor{Member: dele.Member, Name: "Dele"}
		operator := practice.Actor{Operator: true}

		const no = "not.yours"
		for _, c := range []struct {
			what string
			do   func(practice.Actor) error
			// who may: steward, operator, Amal of the team, somebody of no team, a steward's token, a stranger
			want [6]string
		}{
			{"settings", func(p practice.Actor) error {
				_, err := a.EditOrganisation(t.Context(), p, func(was practice.Organisation) (practice.Organisation, error) { return was, nil })
				return err
			}, [6]string{"", "", no, no, no, no}},
			{"team", func(p practice.Actor) error { return saveTeam(t, a, p, team) }, [6]string{"", "", "", no, no, no}},
			{"add", func(p practice.Actor) error {
				_, err := a.AddMembers(t.Context(), p, team.ID, []string{"Farah"})
				return err
			}, [6]string{"", "", no, no, no, no}},
			{"leads", func(p practice.Actor) error {
				return a.SaveLeads(t.Context(), p, dele.Member, []practice.MemberID{amal.Member})
			}, [6]string{"", "", no, no, no, no}},
			{"hat", func(p practice.Actor) error { return a.SetSteward(t.Context(), p, dele.Member, false) }, [6]string{"", "", no, no, no, no}},
			{"rename Amal", func(p practice.Actor) error { return a.RenameMember(t.Context(), p, amal.Member, "Amal") }, [6]string{"", "", "", no, no, no}},
			{"holdings of Amal", func(p practice.Actor) error {
				_, err := a.Holdings(t.Context(), p, amal.Member)
				return err
			}, [6]string{"", "", "", no, no, no}},
			{"begin a team", func(p practice.Actor) error {
				_, err := a.AddTeam(t.Context(), p, newTeam("Another"))
				return err
			}, [6]string{"team.early", "team.early", no, no, no, no}},
			{"let Dele go", func(p practice.Actor) error { return a.LetGo(t.Context(), p, dele.Member, nil) }, [6]string{"", "member.inactive", no, no, no, no}},
		} {
			for i, actor := range []practice.Actor{steward, operator, amal, outsider, asToken, {}} {
				is(t, c.what+" by "+[]string{"a steward", "the operator", "Amal", "an outsider", "a token", "a stranger"}[i], c.do(actor), c.want[i])
			}
		}
	})
}

func TestSaveLeads(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		amal, dele := add(t, a, steward, "Amal"), add(t, a, steward, "Dele")
		is(t, "leads", a.SaveLeads(t.Context(), steward, amal.Member,
			[]practice.MemberID{dele.Member, dele.Member, amal.Member}), "")
		m, err := a.Member(t.Context(), steward, amal.Member)
		is(t, "member", err, "")
		if diff := cmp.Diff([]practice.MemberID{dele.Member}, m.Leads); diff != "" {
			t.Error(diff)
		}
		is(t, "somebody unknown", a.SaveLeads(t.Context(), steward, amal.Member, []practice.MemberID{"mem_nobody"}), "not.found")
	})
}

func TestSaveTeam_groupsKeepTheirIDs(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		before, err := a.Team(t.Context(), steward, steward.Teams[0])
		is(t, "before", err, "")
		changed := before
		changed.Groups = []practice.Group{{Name: "Suppliers"}, {Name: " Members "}, {Name: "members"}, {Name: ""}}
		changed.Triggers = append(changed.Triggers, practice.Trigger{Kind: practice.TriggerOther, Text: " "})
		is(t, "save", saveTeam(t, a, steward, changed), "")
		after, err := a.Team(t.Context(), steward, steward.Teams[0])
		is(t, "after", err, "")
		if got := after.Offered(); len(got) != 2 || got[0].Name != "Suppliers" || got[1] != before.Groups[0] {
			t.Errorf("groups %+v, before %+v", got, before.Groups)
		}
		if len(after.Triggers) != 2 {
			t.Errorf("triggers %+v", after.Triggers)
		}
		if gone := after.Groups[0]; !gone.Gone || gone.Name != "Customers" || gone.ID != before.Groups[1].ID {
			t.Errorf("a group that left the list is now %+v", gone)
		}
		changed.Triggers = changed.Triggers[:1]
		is(t, "without a near miss", saveTeam(t, a, steward, changed), "triggers.both")
	})
}

// saveTeam makes a team what it shall be, whatever it is.
func saveTeam(t *testing.T, a *app.App, actor practice.Actor, as practice.Team) error {
	t.Helper()
	_, err := a.EditTeam(t.Context(), actor, as.ID, func(practice.Team) (practice.Team, error) { return as, nil })
	return err
}

func TestEditTeam_itsOwnWords(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		team, err := a.Team(t.Context(), steward, steward.Teams[0])
		is(t, "team", err, "")
		team.Words = map[string]string{"review": " debrief | debriefs ", "core": " "}
		is(t, "save", saveTeam(t, a, steward, team), "")
		after, err := a.Team(t.Context(), steward, team.ID)
		is(t, "after", err, "")
		if diff := cmp.Diff(map[string]string{"review": "debrief | debriefs"}, after.Words); diff != "" {
			t.Error(diff)
		}
		team.Words["core"] = strings.Repeat("x", 81)
		is(t, "a word like a sentence", saveTeam(t, a, steward, team), "too.long")
	})
}
