package app_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// Whoever carries a change names what it is to move and a day. From then on they are asked,
// and told once; what they say stands on the record and in the export. Nobody else says it.
func TestEffects(t *testing.T) {
	onUses(t, func(u *use) {
		amal, ben := u.crew[0], u.crew[1]
		record := func(who practice.Actor) app.Learned {
			u.Helper()
			r, err := u.app.Record(t.Context(), who, 1)
			u.must("record", err)
			return r.Gaps[0]
		}
		gap, day := record(ben).Gap.ID, u.now.AddDate(0, 1, 0)
		watch := func(who practice.Actor) error {
			return u.app.WatchEffect(t.Context(), who, gap, "Refunds in a month", day)
		}
		is(t, "before their yes", watch(amal), "effect.carrier")
		r, err := u.app.Record(t.Context(), amal, 1)
		u.must("record", err)
		u.must("yes", u.app.AcceptCarry(t.Context(), amal, r.Carried.Carry.ID))
		is(t, "by somebody else", watch(ben), "effect.carrier")
		u.must("watch", watch(amal))
		is(t, "early", u.app.SayEffect(t.Context(), amal, gap, practice.MovedYes, ""), "effect.early")
		waits := func(when string, who practice.Actor, effects, notices int) {
			u.Helper()
			u.must("ask", u.app.AskEffects(t.Context()))
			home, err := u.app.Home(t.Context(), who)
			u.must("home", err)
			told := 0
			for _, n := range home.Notices {
				if n.Code == "notice.effect" {
					told++
				}
			}
			if len(home.Effects) != effects || told != notices {
				u.Errorf("%s wait %d and were told %d, want %d and %d", when, len(home.Effects), told, effects, notices)
			}
		}
		waits("before the day", amal, 0, 0)
		u.now = day.Add(time.Hour)
		waits("on the day", amal, 1, 1)
		waits("the others", ben, 0, 0)
		u.now = u.now.AddDate(0, 0, 9)
		waits("days later", amal, 1, 1)
		if one, other := record(amal), record(ben); !one.Says || other.Says || other.Effect.What != "Refunds in a month" {
			u.Errorf("the record says %+v and %+v", one.Effect, other.Effect)
		}
		u.must("cannot tell", u.app.SayEffect(t.Context(), amal, gap, practice.MovedUnsure, "Nobody counted."))
		waits("once it is said", amal, 0, 0)
		wrong := make(chan error)
		for _, said := range []practice.Moved{practice.MovedYes, practice.MovedNo} {
			go func() { wrong <- u.app.SayEffect(t.Context(), amal, gap, said, "") }()
		}
		if one, other := <-wrong, <-wrong; (one == nil) == (other == nil) || errors.Is(one, practice.ErrNotFound) {
			u.Errorf("from two devices: %v and %v", one, other)
		}
		var exported any
		u.must("export", u.app.Export(t.Context(), practice.Actor{Operator: true}, func(e app.Exported) error {
			if e.File == "gaps.jsonl" {
				exported = e.Line["watched"]
			}
			return nil
		}))
		if is := record(ben).Effect; is.Said == practice.MovedUnsure || fmt.Sprint(exported.(map[string]any)["moved"]) != string(is.Said) {
			u.Errorf("said %+v, exported %v", is, exported)
		}
	})
}
