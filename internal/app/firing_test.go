package app_test

import (
	"slices"
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// frozen is a plan with a signal, or some others, and an end, written by the steward.
func (d *desk) frozen(signals ...practice.Signal) practice.Plan {
	d.Helper()
	if len(signals) == 0 {
		signals = []practice.Signal{{What: "Shortfalls", From: "2 %"}}
	}
	p, err := d.app.BeginPlan(d.Context(), d.steward, app.NewPlan{Title: "Payout days"})
	d.must("begin", err)
	_, err = d.app.WritePlan(d.Context(), d.steward, p.Number, func(practice.Plan) (practice.Intent, error) {
		return practice.Intent{Title: "Payout days", Aim: "Half by May", Signals: signals, Stop: "at 5 %"}, nil
	})
	d.must("write", err)
	p, err = d.app.FreezePlan(d.Context(), d.steward, p.Number)
	d.must("freeze", err)
	return p
}

func (d *desk) fire(who practice.Actor, p practice.Plan, f practice.Fired) practice.Firing {
	d.Helper()
	made, err := d.app.Fire(d.Context(), who, p.Number, f)
	d.must("fire", err)
	return made
}

// That the work ends reaches everybody of the team at once, also whoever gets what can
// wait once a week, and the chat; nothing of what it says leaves the house. A signal, and
// the same end said again, reach nobody so.
func TestFire_tellsWhenTheWorkEnds(t *testing.T) {
	onDesks(t, func(d *desk) {
		const chat = "https://chat.example/x"
		d.must("chat", d.app.SaveChannel(t.Context(), d.steward, practice.Channel{Team: d.steward.Teams[0], Address: chat}))
		amal, bo := d.reached("Amal", practice.Contact{}), d.reached("Bo", practice.Contact{Weekly: true})
		d.reached("Cleo", practice.Contact{Muted: true})
		p := d.frozen()
		d.fire(amal, p, practice.Fired{Signal: 1})
		d.wants("a signal", d.sent(), chat, "")
		d.fire(amal, p, practice.Fired{Signal: practice.StopSignal})
		got := d.sent()
		for to, want := range map[string]string{"amal@x.example": "notice.stop", "bo@x.example": "notice.stop", "cleo@x.example": "", chat: practice.DispatchStop} {
			d.wants("the end", got, to, want)
		}
		for _, parcel := range got {
			if o := parcel.Dispatches[0]; o.Title != "" || o.Meeting != nil || o.Link != practice.PlanPath(p.Number) {
				t.Errorf("to %s%s: %+v", parcel.Mail, parcel.Chat, o)
			}
		}
		d.fire(bo, p, practice.Fired{Signal: practice.StopSignal})
		d.wants("said again", d.sent(), chat, "")
		d.now = d.now.Add(practice.QuietAfter)
		d.fire(bo, p, practice.Fired{Signal: practice.StopSignal})
		d.wants("after a quiet day", d.sent(), "amal@x.example", "notice.stop")
	})
}

// The same request counts once. A failure that is restricted is counted for everybody,
// and named to those who read it alone; its page says what it came from.
func TestFire_onceAndOutOfSight(t *testing.T) {
	onDesks(t, func(d *desk) {
		amal, p := add(d.T, d.app, d.steward, "Amal"), d.frozen()
		amal.Once = "tap"
		first := d.fire(amal, p, practice.Fired{Signal: 1, Text: "3 %"})
		if again := d.fire(amal, p, practice.Fired{Signal: 1, Text: "3 %"}); again != first || again.Count != 1 {
			t.Errorf("the same request makes %+v of %+v", again, first)
		}
		amal.Once = "another"
		if again := d.fire(amal, p, practice.Fired{Signal: 1}); again.Count != 2 || again.Failure != first.Failure {
			t.Errorf("another one makes %+v of %+v", again, first)
		}
		f, err := d.app.FailureByID(t.Context(), amal, first.Failure)
		d.must("read", err)
		cause, err := d.app.CauseOf(t.Context(), amal, f)
		d.must("cause", err)
		if cause.Signal != 1 || cause.Count != 2 || cause.Plan.ID != p.ID {
			t.Errorf("its cause is %+v", cause)
		}
		if none, err := d.app.CauseOf(t.Context(), practice.Actor{Member: amal.Member}, f); err != nil || none.Failure != "" || none.Plan.ID != "" {
			t.Errorf("somebody of no team reads %+v, %v", none, err)
		}
		f.Only = []practice.MemberID{d.steward.Member}
		d.must("restrict", d.store.Update(t.Context(), func(tx *store.Tx) error { return tx.RestrictFailure(f) }))
		named := func(who practice.Actor) bool {
			all, err := d.app.Firings(t.Context(), who, p.Number)
			d.must("firings", err)
			return len(all) == 1 && all[0].Count == 2 && all[0].Failure == first.Failure
		}
		if named(amal) || !named(d.steward) {
			t.Error("its id is there for the wrong people")
		}
		amal.Once = ""
		if blind := d.fire(amal, p, practice.Fired{Signal: 1}); blind.Failure != "" || blind.Count != 3 {
			t.Errorf("who does not read it is told %+v", blind)
		}
		d.exports(p, first)
	})
}

// exports looks for the firing in what an operator takes along.
func (d *desk) exports(p practice.Plan, of practice.Firing) {
	d.Helper()
	var fired []any
	d.must("export", d.app.Export(d.Context(), practice.Actor{Operator: true}, func(e app.Exported) error {
		if e.File == "plans.jsonl" && e.Line["id"] == string(p.ID) {
			for _, f := range e.Line["fired"].([]map[string]any) {
				fired = append(fired, f["signal"], f["stop"], f["failure"], f["count"], f["first_at"])
			}
		}
		return nil
	}))
	want := []any{1, false, practice.FailureID(""), 3, of.FirstAt.UTC().Format("2006-01-02T15:04:05Z07:00")} // restricted, and so without its id
	if !slices.Equal(fired, want) {
		d.Errorf("the export has %v, want %v", fired, want)
	}
}
