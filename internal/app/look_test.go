package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// due are the signals that stand on somebody's start page, their own with a star.
func (d *desk) due(who practice.Actor) string {
	d.Helper()
	home, err := d.app.Home(d.Context(), who)
	d.must("home", err)
	var all []string
	for _, w := range home.Looks {
		line := w.Of.What
		if w.Mine {
			line += "*"
		}
		all = append(all, line)
	}
	return strings.Join(all, " ")
}

// A signal that somebody looks at every so often stands on the start pages of the team from
// its day on. Whoever is named for it is told once when that day is over, and only once
// until somebody looked.
func TestLooks(t *testing.T) {
	onDesks(t, func(d *desk) {
		amal, bo := d.reached("Amal", practice.Contact{}), d.reached("Bo", practice.Contact{Weekly: true})
		p := d.frozen(practice.Signal{What: "Drift", Who: "Amal, on Mondays", Every: 7}, practice.Signal{What: "Shortfalls"}, practice.Signal{What: "Groups", Every: 30})
		tell := func(days int) []app.Parcel {
			d.Helper()
			d.now = d.now.AddDate(0, 0, days)
			d.must("tell", d.app.TellLooks(t.Context()))
			return d.sent()
		}
		stands := func(what, toAmal, toBo string) {
			d.Helper()
			if one, other := d.due(amal), d.due(bo); one != toAmal || other != toBo {
				d.Errorf("%s: Amal has %q, Bo %q", what, one, other)
			}
		}
		told := func(what string, got []app.Parcel, toAmal, toBo string) {
			d.Helper()
			d.wants(what, got, "amal@x.example", toAmal)
			d.wants(what, got, "bo@x.example", toBo)
		}
		told("the day before", tell(6), "", "")
		stands("the day before", "", "")
		told("on its day", tell(1), "", "")
		stands("on its day", "Drift*", "Drift")
		told("late", tell(1), "notice.look", "")
		told("later", tell(3), "", "")
		told("told twice on a day", tell(0), "", "")
		if home, _ := d.app.Home(t.Context(), amal); len(home.Notices) != 1 || home.Notices[0].Args["n"] != 1.0 {
			t.Errorf("on the start page stands %+v", home.Notices)
		}
		d.must("look", d.app.Look(t.Context(), bo, p.Number, 1))
		d.must("look again", d.app.Look(t.Context(), bo, p.Number, 1))
		stands("somebody looked", "", "")
		if home, _ := d.app.Home(t.Context(), amal); len(home.Notices) != 0 {
			t.Errorf("nothing is due, and there stands %+v", home.Notices)
		}
		told("the next day", tell(8), "notice.look", "")
		d.fire(amal, p, practice.Fired{Signal: 1})
		stands("what was seen is a look", "", "")
		told("where nobody is named", tell(20), "notice.look", "notice.look")
		stands("where nobody is named", "Drift* Groups*", "Groups* Drift")
		d.looked(p, bo, "[1 Amal true 1 Bo false]")
		is(t, "unasked", d.app.Look(t.Context(), bo, p.Number, 2), "look.unasked")
		is(t, "none", d.app.Look(t.Context(), bo, p.Number, 9), "monitor.signal")
		is(t, "of another team", d.app.Look(t.Context(), practice.Actor{Member: bo.Member}, p.Number, 1), "not.found")
		d.must("over", d.app.WatchPlan(t.Context(), bo, p.Number, false))
		stands("nobody needs to look", "", "")
		told("nobody needs to look", tell(60), "", "")
		is(t, "over", d.app.Look(t.Context(), bo, p.Number, 1), "look.unasked")
		d.must("again", d.app.WatchPlan(t.Context(), amal, p.Number, true))
		stands("they look again", "Drift* Groups*", "Groups* Drift")
		d.fire(amal, p, practice.Fired{Signal: practice.StopSignal})
		stands("the work ends", "", "")
	})
}

// looked compares who looked, as a member reads it and as it is exported.
func (d *desk) looked(p practice.Plan, who practice.Actor, want string) {
	d.Helper()
	all, err := d.app.Watches(d.Context(), who, p.Number)
	d.must("watches", err)
	var said, exported []any
	for _, w := range all {
		for _, l := range w.Looks {
			said = append(said, l.Signal, l.Name, l.Something)
		}
	}
	d.must("export", d.app.Export(d.Context(), practice.Actor{Operator: true}, func(e app.Exported) error {
		if e.File == "plans.jsonl" {
			for _, l := range e.Line["looks"].([]map[string]any) {
				exported = append(exported, l["signal"], l["by"], l["something"])
			}
		}
		return nil
	}))
	if fmt.Sprint(said) != want || !slices.Equal(said, exported) {
		d.Errorf("they looked %v, exported %v, want %s", said, exported, want)
	}
}

// Two people who look at once both looked, and a plan that begins late in the evening is
// due by the days of the organisation.
func TestLooks_byTwo(t *testing.T) {
	onDesks(t, func(d *desk) {
		amal, bo := add(t, d.app, d.steward, "Amal"), add(t, d.app, d.steward, "Bo")
		d.now = time.Date(2026, 6, 8, 21, 30, 0, 0, time.UTC) // in Berlin half past eleven
		p := d.frozen(practice.Signal{What: "Drift", Every: 1})
		d.now = d.now.Add(time.Hour) // and half past twelve
		if got := d.due(amal); got != "Drift*" {
			t.Errorf("the day after stands %q", got)
		}
		wrong := make(chan error)
		for _, who := range []practice.Actor{amal, bo, amal} {
			go func() { wrong <- d.app.Look(t.Context(), who, p.Number, 1) }()
		}
		for range 3 {
			d.must("look", <-wrong)
		}
		all, err := d.app.Watches(t.Context(), bo, p.Number)
		d.must("watches", err)
		if len(all) != 1 || len(all[0].Looks) != 2 || d.due(bo) != "" {
			t.Errorf("they looked: %+v, and there stands %q", all, d.due(bo))
		}
	})
}
