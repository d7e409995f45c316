package practice

import (
	"errors"
	"testing"
	"time"
)

func TestCarry_acts(t *testing.T) {
	now := time.Date(2026, 6, 8, 12, 0, 0, 0, time.UTC)
	offered := Carry{Carrier: "ana", State: CarryOffered, NamedAt: now.Add(-YesWithin)}
	asked := Carry{Carrier: "ana", State: CarryOffered, NamedAt: now.Add(time.Minute - YesWithin)}
	refused := Carry{Carrier: "ana", State: CarryOffered}
	taken := Carry{Carrier: "ana", State: CarryAccepted}
	handed := Carry{Carrier: "ana", State: CarryAccepted, Offered: "bo"}
	heard := Carry{Carrier: "ana", State: CarryAccepted, Witness: true, NamedAt: now.Add(-time.Hour), Offered: "bo"}
	done := Carry{Carrier: "ana", State: CarryDone, SettleAt: now}
	for _, c := range []struct {
		name string
		do   func() (Carry, error)
		want Carry
		code string
	}{
		{"the named one says yes", func() (Carry, error) { return refused.Accept("ana", now) }, taken, ""},
		{"somebody else takes what was refused", func() (Carry, error) { return refused.Accept("bo", now) }, Carry{Carrier: "bo", State: CarryAccepted}, ""},
		{"or what nobody said yes to for a day", func() (Carry, error) { return offered.Accept("bo", now) }, Carry{Carrier: "bo", State: CarryAccepted, NamedAt: offered.NamedAt}, ""},
		{"not before that", func() (Carry, error) { return asked.Accept("bo", now) }, asked, "carry.asked"},
		{"nobody else is asked before that", func() (Carry, error) { return asked.Name("bo", now) }, asked, "carry.asked"},
		{"nobody takes what is carried", func() (Carry, error) { return taken.Accept("bo", now) }, taken, "carry.taken"},
		{"a hand-over is accepted", func() (Carry, error) { return handed.Accept("bo", now) }, Carry{Carrier: "bo", State: CarryAccepted}, ""},
		{"a hand-over is not for others", func() (Carry, error) { return handed.Accept("cleo", now) }, handed, "carry.taken"},
		{"what is settled stays", func() (Carry, error) { return done.Accept("ana", now) }, done, "carry.settled"},
		{"another is asked after a day without a yes", func() (Carry, error) { return offered.Name("bo", now) }, Carry{Carrier: "bo", State: CarryOffered, NamedAt: now}, ""},
		{"the same one is not asked again", func() (Carry, error) { return offered.Name("ana", now) }, offered, "member.unknown"},
		{"nobody is asked after a yes", func() (Carry, error) { return taken.Name("bo", now) }, taken, "carry.taken"},
		{"the named one says no", func() (Carry, error) { return offered.Decline("ana") }, refused, ""},
		{"the other says no", func() (Carry, error) { return handed.Decline("bo") }, taken, ""},
		{"a yes is not taken back by a no", func() (Carry, error) { return taken.Decline("ana") }, taken, "carry.others"},
		{"a yes that was heard is not the next one's", func() (Carry, error) { return heard.Accept("bo", now) }, Carry{Carrier: "bo", State: CarryAccepted, NamedAt: heard.NamedAt}, ""},
		{"it was not said: asked anew", func() (Carry, error) { return heard.Unsay(false, now) }, Carry{Carrier: "ana", State: CarryOffered, NamedAt: now}, ""},
		{"it was not said: open after the close", func() (Carry, error) { return heard.Unsay(true, now) }, refused, ""},
		{"a yes by a tap was said", func() (Carry, error) { return taken.Unsay(false, now) }, taken, "carry.unheard"},
		{"what was done was done", func() (Carry, error) { return done.Unsay(true, now) }, done, "carry.settled"},
		{"handing over", func() (Carry, error) { return taken.Hand("ana", "bo") }, handed, ""},
		{"only the carrier hands over", func() (Carry, error) { return taken.Hand("bo", "cleo") }, taken, "carry.others"},
		{"not to oneself", func() (Carry, error) { return taken.Hand("ana", "ana") }, taken, "member.unknown"},
		{"done needs to show", func() (Carry, error) { return taken.Finish("ana", CarryDone, " ", now) }, taken, "carry.proof"},
		{"dropped needs a reason", func() (Carry, error) { return taken.Finish("ana", CarryDropped, "", now) }, taken, "carry.why"},
		{"done", func() (Carry, error) { return taken.Finish("ana", CarryDone, "briefed", now) }, Carry{Carrier: "ana", State: CarryDone, Proof: "briefed", SettleAt: now}, ""},
		{"dropped", func() (Carry, error) { return handed.Finish("ana", CarryDropped, "no cohort", now) }, Carry{Carrier: "ana", State: CarryDropped, Why: "no cohort", SettleAt: now}, ""},
		{"only by the carrier", func() (Carry, error) { return taken.Finish("bo", CarryDone, "x", now) }, taken, "carry.others"},
		{"not before the yes", func() (Carry, error) { return offered.Finish("ana", CarryDone, "x", now) }, offered, "carry.others"},
	} {
		got, err := c.do()
		var e *Error
		if c.code == "" && err != nil || c.code != "" && (!errors.As(err, &e) || e.Code != c.code) || got != c.want {
			t.Errorf("%s: %+v, %v; want %+v, %q", c.name, got, err, c.want, c.code)
		}
	}
}

func TestStandingOf(t *testing.T) {
	step := Route{Kind: RouteStep, To: "stp"}
	for _, c := range []struct {
		gaps []Gap
		want Standing
	}{
		{[]Gap{{Taken: true, Verdict: Avoidable, Route: step}}, Changed},
		{[]Gap{{Taken: true, Verdict: Avoidable, Route: Route{Kind: RoutePromised}}}, Reviewed},
		{[]Gap{{Taken: true, Verdict: Unknown}}, Reviewed},
		{[]Gap{{Taken: true, Verdict: KeptOpen}, {Taken: true, Verdict: Avoidable, Route: step}}, Reported},
		{[]Gap{{Verdict: ""}, {Taken: true, Verdict: Avoidable, Route: step}}, Changed},
	} {
		if got := StandingOf(c.gaps); got != c.want {
			t.Errorf("StandingOf(%v) = %s; want %s", c.gaps, got, c.want)
		}
	}
}
