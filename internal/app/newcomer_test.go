package app_test

import (
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/measure"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// Who comes to a team with something to tell is led to it once, says for 30 days what
// helped, and counts as having done it alone once somebody saw it. In what is counted
// there is nobody, and nothing is told but whole quarters with five newcomers or more.
func TestNewcomer(t *testing.T) {
	onUses(t, func(u *use) {
		team := u.steward.Teams[0]
		old, err := u.app.Newcomer(u.Context(), u.crew[0], team)
		if u.must("old", err); old.ID != "" {
			u.Error("who was there before anything was reported is new")
		}
		var all []practice.Actor
		for _, name := range []string{"Nora", "Olga", "Pia", "Quin", "Rosa"} {
			all = append(all, add(u.T, u.app, u.steward, name))
		}
		p, err := u.app.CreateProcedure(u.Context(), u.steward, app.NewProcedure{Team: team, Title: "Closing", Markdown: "- Lock the door\n"})
		u.must("procedure", err)
		nora := all[0]
		if h, err := u.app.Home(u.Context(), nora); err != nil || !h.New {
			u.Errorf("she is not led to it: %v", err)
		}
		u.must("tour", u.app.SeeTour(u.Context(), nora, team))
		if h, err := u.app.Home(u.Context(), nora); err != nil || h.New {
			u.Errorf("she is led to it twice: %v", err)
		}
		is(u.T, "answered, and not new", u.app.SayAnswered(u.Context(), u.crew[0], team, ""), "newcomer.over")
		is(u.T, "answered by what is not there", u.app.SayAnswered(u.Context(), nora, team, "prc_nothing"), "not.found")
		is(u.T, "seen by herself", u.app.StateRun(u.Context(), nora, p.ID, nora.Member), "newcomer.witness")
		u.now = u.now.Add(6 * 24 * time.Hour)
		for i, who := range all {
			if i == 4 {
				u.wantAlone("four", false)
			}
			u.must("answered", u.app.SayAnswered(u.Context(), who, team, string(p.ID)))
			u.must("not answered", u.app.SayAnswered(u.Context(), who, team, ""))
			u.must("ran", u.app.StateRun(u.Context(), who, p.ID, u.crew[1].Member))
			n, err := u.app.Newcomer(u.Context(), who, team)
			u.must("newcomer", err)
			is(u.T, "seen by another", u.app.WitnessRun(u.Context(), u.crew[2], n.ID, true), "not.found")
			if i == 0 {
				u.must("no", u.app.WitnessRun(u.Context(), u.crew[1], n.ID, false))
				u.must("ran again", u.app.StateRun(u.Context(), who, p.ID, u.crew[1].Member))
			}
			u.must("seen", u.app.WitnessRun(u.Context(), u.crew[1], n.ID, true))
			is(u.T, "seen twice", u.app.WitnessRun(u.Context(), u.crew[1], n.ID, true), "not.found")
			is(u.T, "ran twice", u.app.StateRun(u.Context(), who, p.ID, u.crew[1].Member), "newcomer.ran")
		}
		u.wantAlone("five, in a quarter that runs", false)
		u.now = u.now.Add(40 * 24 * time.Hour)
		is(u.T, "after 30 days", u.app.SayAnswered(u.Context(), nora, team, ""), "newcomer.over")
		u.now = u.now.Add(60 * 24 * time.Hour)
		u.wantAlone("five, in a quarter that is over", true)
		u.now = u.now.Add(340 * 24 * time.Hour)
		u.must("the year is over", u.store.Update(u.Context(), func(tx *store.Tx) error { return tx.Dispose() }))
		if n, err := u.app.Newcomer(u.Context(), nora, team); err != nil || n.ID != "" {
			u.Errorf("still known as new after a year: %+v %v", n, err)
		}
	})
}

// wantAlone wants what is told of newcomers, or nothing.
func (u *use) wantAlone(when string, told bool) {
	u.Helper()
	v, err := u.app.Vitality(u.Context(), u.steward, u.steward.Teams[0])
	u.must(when, err)
	for _, r := range v.Readings {
		switch {
		case r.Name == measure.Alone && (r.Middle.Known != told || told && (r.Middle.Median != 6*24*time.Hour || len(r.Cases) > 0)):
			u.Errorf("%s: alone %+v", when, r)
		case r.Name == measure.Answered && r.Share.N > 0 != told, r.Name == measure.Answered && told && r.Share != (measure.Share{K: 5, N: 10}):
			u.Errorf("%s: answered %+v", when, r.Share)
		}
	}
}
