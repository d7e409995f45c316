package app_test

import (
	"slices"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// A group that is taken off the list just before a change is made is asked all the same, for
// one cycle; afterwards it is not, and once it stands there again the time is forgotten.
func TestSaveAuthority_leftOutIsStillAsked(t *testing.T) {
	onAsking(t, func(w *asking) {
		ctx := w.Context()
		team, err := w.App.Team(ctx, w.steward, w.of.Team)
		is(t, "team", err, "")
		asked := func() (all []practice.PartyID) {
			is(t, "asked", w.s.View(ctx, func(tx *store.Tx) error {
				a, err := tx.Affected(practice.StepChange{Procedure: w.of.ID, Act: practice.ActEdit, Step: w.line(0).ID})
				all = a.Groups
				return err
			}), "")
			return all
		}
		list := func(groups ...practice.PartyID) {
			is(t, "list", w.SaveAuthority(ctx, w.steward, practice.Authority{Procedure: w.of.ID, Asked: groups}), "")
		}
		left := func() int {
			say, err := w.Authority(ctx, w.steward, w.of.Slug)
			is(t, "say", err, "")
			return len(say.Left)
		}
		list(w.groups[0])
		say, err := w.Authority(ctx, w.steward, w.of.Slug)
		is(t, "say", err, "")
		until := w.clock.Now().AddDate(0, 0, team.CycleDays)
		if len(say.Asked) != 1 || len(say.Left) != 1 || say.Left[0].Party != w.groups[1] || say.Left[0].Name != "Neighbours" || !say.Left[0].Until.Equal(until) {
			t.Errorf("it left: %v, %+v, not until %s", say.Asked, say.Left, until)
		}
		if got := asked(); !slices.Contains(got, w.groups[1]) {
			t.Errorf("left out just before: %v", got)
		}
		gap := w.try(1, "FIRST")
		if r := w.round(gap); len(r.Groups) != 2 {
			t.Errorf("the round asks %+v", r.Groups)
		}
		list(w.groups...)
		if n := left(); n != 0 || len(asked()) != 2 {
			t.Errorf("it stands there again, and %d left", n)
		}
		is(t, "put back", w.PutBack(ctx, w.steward, gap, "It did not hold."), "")
		list(w.groups[0])
		w.clock.Pass(until.Sub(w.clock.Now()) - time.Second)
		list(w.groups[0]) // which begins no cycle anew
		if n := left(); n != 1 || len(asked()) != 2 {
			t.Errorf("in the last second %d left, asked %v", n, asked())
		}
		w.clock.Pass(time.Second)
		if n := left(); n != 0 || len(asked()) != 1 {
			t.Errorf("a cycle later %d left, asked %v", n, asked())
		}
	})
}
