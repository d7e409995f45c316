package app_test

import (
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// A plan is found by its team in what it says, as soon as that is written and until it
// is thrown away; never by others, and never by why it may fail.
func TestSearch_plans(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := newLibrary(t, s)
		ctx := t.Context()
		finds := func(what string, who practice.Actor, words string, want int) {
			t.Helper()
			l.learn()
			got, err := l.Search(ctx, who, app.SearchFor{Text: words, Kind: "plan"})
			if err != nil || got.Total != want {
				t.Errorf("%s: %q finds %d, want %d, %v", what, words, got.Total, want, err)
			}
		}
		p, err := l.BeginPlan(ctx, l.noor, app.NewPlan{Title: "Zeppelins over the harbour"})
		is(t, "begin", err, "")
		finds("begun", l.noor, "zeppelins", 1)
		finds("another team", l.tove, "zeppelins", 0)
		_, err = l.WritePlan(ctx, l.noor, p.Number, func(practice.Plan) (practice.Intent, error) {
			return practice.Intent{Title: "Balloons over the harbour", Aim: "Twelve by May", Hard: "Seagulls", Signals: []practice.Signal{{What: "Punctures", Who: "Juniper"}}}, nil
		})
		is(t, "write", err, "")
		for words, want := range map[string]int{"zeppelins": 0, "balloons": 1, "seagulls": 1, "punctures": 1, "juniper": 1} {
			finds("written", l.noor, words, want)
			finds("another team", l.tove, words, 0)
		}
		is(t, "suppose", l.SupposeFailed(ctx, l.noor, p.Number, "Thunderstorms all week"), "")
		_, err = l.FreezePlan(ctx, l.noor, p.Number)
		is(t, "freeze", err, "")
		_, err = l.AddToPlan(ctx, l.noor, p.Number, "The airfield closes at dusk")
		is(t, "add", err, "")
		finds("added", l.noor, "airfield", 1)
		finds("supposed alone", l.noor, "thunderstorms", 0)
		draft, err := l.BeginPlan(ctx, l.noor, app.NewPlan{Title: "Gondolas"})
		is(t, "begin", err, "")
		finds("a draft", l.noor, "gondolas", 1)
		is(t, "drop", l.DropPlan(ctx, l.noor, draft.Number), "")
		finds("thrown away", l.noor, "gondolas", 0)
	})
}
