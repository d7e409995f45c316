package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// Whoever opens what was written alone is told of to the others who took part and to the
// team, once a day, before it is shown, also right after the close and whoever they are.
// Nobody reads it who did not take part.
func TestOpenAnswers_isTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		clock := storetest.NewClock(time.Date(2026, 6, 13, 15, 34, 56, 0, time.UTC))
		s := storetest.Open(t, address, clock.Option)
		a := app.New(app.Options{Store: s})
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		there, mate := add(t, a, steward, "there"), add(t, a, steward, "teammate")
		r := closedReview(t, s, there, mate.Member, mate.Member)
		boss := add(t, a, steward, "boss")
		is(t, "came", s.Update(t.Context(), func(tx *store.Tx) error {
			return tx.AddInvitation(practice.Invitation{Review: r.ID, Member: boss.Member, Spent: true, Closeness: practice.Saw})
		}), "")
		boss.Steward = true
		program := there
		program.Scopes = []practice.Scope{practice.ScopeWrite}
		seen := func() string {
			t.Helper()
			r, err := a.Record(t.Context(), mate, 1)
			is(t, "record", err, "")
			var all []string
			for _, o := range r.Opened {
				all = append(all, fmt.Sprintf("%s %s %t", o.Name, o.Day.Format("2 15:04"), o.Token))
			}
			return strings.Join(all, ", ")
		}
		open := func(who practice.Actor, want string) {
			t.Helper()
			before, err := a.Answers(t.Context(), who, 1)
			is(t, "look", err, "")
			if !before.Open && len(before.Answers) > 0 || !before.Open != (len(before.Answers) == 0) {
				t.Errorf("%s reads %d answers that were not opened", who.Name, len(before.Answers))
			}
			for range 2 {
				o, err := a.OpenAnswers(t.Context(), who, 1)
				is(t, "open", err, "")
				if len(o.Answers) != 1 {
					t.Errorf("%s opened %+v", who.Name, o)
				}
			}
			if after, err := a.Answers(t.Context(), who, 1); err != nil || len(after.Answers) != 1 {
				t.Errorf("%s opened it and reads %+v: %v", who.Name, after, err)
			}
			if got := seen(); got != want {
				t.Errorf("after %s the record says %q, want %q", who.Name, got, want)
			}
		}
		_, err = a.OpenAnswers(t.Context(), mate, 1)
		is(t, "somebody who was not there", err, "not.found")
		program.Scopes = []practice.Scope{practice.ScopeRead}
		_, err = a.OpenAnswers(t.Context(), program, 1)
		is(t, "a token that only reads", err, "token.scope")
		program.Scopes = []practice.Scope{practice.ScopeWrite}
		open(there, "there 13 00:00 false")
		open(boss, "boss 13 00:00 false, there 13 00:00 false")
		open(program, "boss 13 00:00 false, there 13 00:00 false, there 13 00:00 true")
		clock.Pass(24 * time.Hour)
		open(there, "there 14 00:00 false, boss 13 00:00 false, there 13 00:00 false, there 13 00:00 true")
		is(t, "close", s.Update(t.Context(), func(tx *store.Tx) error {
			return tx.SetAnswers(r.ID, practice.PhaseHappened, nil)
		}), "")
		clock.Pass(24 * time.Hour)
		if o, err := a.OpenAnswers(t.Context(), there, 1); err != nil || !o.Gone || strings.Contains(seen(), "15") {
			t.Errorf("nothing is left, and %+v is opened: %v; %s", o, err, seen())
		}
	})
}
