package practice

import (
	"slices"
	"strings"
	"testing"
	"time"
)

var launch = time.Date(2026, 6, 23, 9, 12, 0, 0, time.UTC)

// draft is a plan that can be frozen.
func draft(t *testing.T) Plan {
	t.Helper()
	p, err := Plan{ID: "pln_a"}.Write(Intent{Title: " Payout days ", Aim: "By 31 July half of them keep the day.", Ask: "Ada", Stop: "at 2%",
		Signals: []Signal{{What: " Shortfalls ", From: "2%", Where: "dashboard", Who: "Wen, on Mondays"}, {}, {Who: " "}}})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestIntent_Check(t *testing.T) {
	fine := Intent{Title: long(MaxLine), Aim: long(MaxGap), Hard: long(MaxGap), Notice: long(MaxGap), Ask: long(MaxGap), Stop: long(MaxLine),
		Signals: slices.Repeat([]Signal{{long(MaxLine), long(MaxLine), long(MaxLine), long(MaxLine), MostDaysBetween}}, MostSignals)}
	signal := func(change func(*Signal)) Intent {
		return as(fine, func(i *Intent) {
			i.Signals = slices.Clone(i.Signals)
			change(&i.Signals[1])
		})
	}
	check(t, []refused{
		{fine.Check(), ""},
		{Intent{Title: "x"}.Check(), ""},
		{as(fine, func(i *Intent) { i.Title = " " }).Check(), "plan.untitled"},
		{as(fine, func(i *Intent) { i.Title += "é" }).Check(), "too.long"},
		{as(fine, func(i *Intent) { i.Aim += "é" }).Check(), "too.long"},
		{as(fine, func(i *Intent) { i.Hard += "é" }).Check(), "too.long"},
		{as(fine, func(i *Intent) { i.Notice += "é" }).Check(), "too.long"},
		{as(fine, func(i *Intent) { i.Ask += "é" }).Check(), "too.long"},
		{as(fine, func(i *Intent) { i.Stop += "é" }).Check(), "too.long"},
		{as(fine, func(i *Intent) { i.Signals = append(i.Signals, Signal{What: "x"}) }).Check(), "plan.full"},
		{signal(func(s *Signal) { s.What = "" }).Check(), "plan.signal"},
		{signal(func(s *Signal) { s.What += "é" }).Check(), "too.long"},
		{signal(func(s *Signal) { s.From += "é" }).Check(), "too.long"},
		{signal(func(s *Signal) { s.Where += "é" }).Check(), "too.long"},
		{signal(func(s *Signal) { s.Who += "é" }).Check(), "too.long"},
		{signal(func(s *Signal) { s.Every = MostDaysBetween + 1 }).Check(), "look.every"},
		{signal(func(s *Signal) { s.Every = -1 }).Check(), "look.every"},
	})
}

// An intent is frozen with a number of signals and what is to come of it; from
// then on it can be added to, and not rewritten.
func TestPlan_Freeze(t *testing.T) {
	p := draft(t)
	if want := (Signal{"Shortfalls", "2%", "dashboard", "Wen, on Mondays", 0}); len(p.Intent.Signals) != 1 || p.Intent.Signals[0] != want || p.Intent.Title != "Payout days" || p.Version != 1 {
		t.Fatalf("written: %+v", p)
	}
	_, aimless := as(p, func(p *Plan) { p.Intent.Aim = "" }).Freeze(launch)
	_, unseen := as(p, func(p *Plan) { p.Intent.Signals = nil }).Freeze(launch)
	learns := as(p, func(p *Plan) {
		p.Intent.Learns, p.Intent.Notice, p.Intent.Ask = true, "It sorts more wrong.", "The crew, weekly."
	})
	_, unnoticed := as(learns, func(p *Plan) { p.Intent.Notice = "" }).Freeze(launch)
	_, unasked := as(learns, func(p *Plan) { p.Intent.Ask = "" }).Freeze(launch)
	learning, answered := learns.Freeze(launch)
	_, silent := as(learns, func(p *Plan) { p.Intent.Learns, p.Intent.Notice, p.Intent.Ask = false, "", "" }).Freeze(launch)
	if learning.Intent.Learns = false; learning.Intact() {
		t.Error("that it learns is no part of what is frozen")
	}
	_, early := p.Add("It rained.", launch)
	frozen, err := p.Freeze(launch)
	_, twice := frozen.Freeze(launch)
	_, rewritten := frozen.Write(p.Intent)
	check(t, []refused{{aimless, "plan.aimless"}, {unseen, "plan.unseen"}, {unnoticed, "plan.unnoticed"}, {unasked, "plan.unasked"}, {answered, ""}, {silent, ""}, {early, "plan.draft"}, {err, ""}, {twice, "plan.frozen"},
		{rewritten, "plan.frozen"}, {frozen.Drop(), "plan.frozen"}, {p.Drop(), ""}})
	if !frozen.Intact() || !frozen.Frozen() || frozen.OpenedAt != launch || frozen.Version != 2 || p.Frozen() {
		t.Errorf("frozen: %+v", frozen)
	}
	later, err := frozen.Add(" It rained. ", launch.Add(time.Hour))
	if err != nil || !later.Intact() || len(later.Added) != 1 || later.Added[0] != (Addition{"It rained.", launch.Add(time.Hour)}) {
		t.Errorf("added: %+v, %v", later, err)
	}
	_, empty := frozen.Add(" ", launch)
	_, much := frozen.Add(long(MaxAnswer+1), launch)
	_, full := as(frozen, func(p *Plan) { p.Added = make([]Addition, MostAdditions) }).Add("x", launch)
	check(t, []refused{{empty, "plan.noaddition"}, {much, "too.long"}, {full, "plan.full"}})
}

// Whatever of a frozen intent is another, its fingerprint is another too.
func TestPlan_Intact(t *testing.T) {
	p, err := draft(t).Freeze(launch)
	if err != nil {
		t.Fatal(err)
	}
	for what, change := range map[string]func(*Plan){
		"the moment": func(p *Plan) { p.FrozenAt = p.FrozenAt.Add(time.Microsecond) },
		"title":      func(p *Plan) { p.Intent.Title += "." },
		"aim":        func(p *Plan) { p.Intent.Aim += "." },
		"hard":       func(p *Plan) { p.Intent.Hard += "." },
		"notice":     func(p *Plan) { p.Intent.Notice += "." },
		"ask":        func(p *Plan) { p.Intent.Ask += "." },
		"stop":       func(p *Plan) { p.Intent.Stop += "." },
		"a signal":   func(p *Plan) { p.Intent.Signals = append(slices.Clone(p.Intent.Signals), Signal{What: "y"}) },
		"its number": func(p *Plan) { p.Intent.Signals = []Signal{as(p.Intent.Signals[0], func(s *Signal) { s.From = "3%" })} },
		"its place": func(p *Plan) {
			p.Intent.Signals = []Signal{as(p.Intent.Signals[0], func(s *Signal) { s.Where = "log" })}
		},
		"how often": func(p *Plan) {
			p.Intent.Signals = []Signal{as(p.Intent.Signals[0], func(s *Signal) { s.Every = 7 })}
		},
		"who looks": func(p *Plan) {
			p.Intent.Signals = []Signal{as(p.Intent.Signals[0], func(s *Signal) { s.Who = "Idris" })}
		},
		"words that went from one field to the next": func(p *Plan) { p.Intent.Ask, p.Intent.Hard = "", p.Intent.Ask },
	} {
		if as(p, change).Intact() {
			t.Errorf("%s is another, and nobody notices", what)
		}
	}
}

// What was frozen before people could say how often they look has the fingerprint it had.
func TestPlan_IntactFromBefore(t *testing.T) {
	p, err := draft(t).Freeze(launch)
	if err != nil || p.Print != "3b3d2470ff7a64f79ecdbd3ae82a2722d32591a813d9eb0f509e0b459c549e3c" {
		t.Errorf("its fingerprint is %s, %v", p.Print, err)
	}
}

// Why it failed is written alone, and read by all once it is open.
func TestPlan_Suppose(t *testing.T) {
	p := draft(t)
	_, none := p.Open(launch)
	one, err := p.Suppose(" Nobody looked. ")
	if !slices.Equal(one.Reasons, []string{"Nobody looked."}) || one.Version != p.Version {
		t.Errorf("supposed: %+v", one)
	}
	if again, err := one.Suppose("Nobody looked."); err != nil || len(again.Reasons) != 1 {
		t.Errorf("sent twice: %+v, %v", again.Reasons, err)
	}
	_, empty := p.Suppose(" ")
	_, much := p.Suppose(long(MaxAnswer + 1))
	_, full := as(p, func(p *Plan) { p.Reasons = make([]string, MostReasons) }).Suppose("x")
	open, opens := one.Open(launch)
	_, twice := open.Open(launch)
	_, late := open.Suppose("The bank was closed.")
	check(t, []refused{{none, "plan.unsupposed"}, {err, ""}, {empty, "plan.noreason"}, {much, "too.long"}, {full, "plan.full"}, {opens, ""}, {twice, "plan.opened"}, {late, "plan.opened"}})
	frozen, err := open.Freeze(launch.Add(time.Hour))
	if err != nil || frozen.OpenedAt != launch {
		t.Errorf("open since %s, %v", frozen.OpenedAt, err)
	}
}

func TestIntent_Lacks(t *testing.T) {
	whole := draft(t).Intent
	for _, c := range []struct {
		change func(*Intent)
		want   string
	}{
		{func(*Intent) {}, ""},
		{func(i *Intent) { i.Aim = "Half of them keep it." }, "number"},
		{func(i *Intent) { i.Aim = "" }, "aim"},
		{func(i *Intent) { i.Signals = nil }, "signal"},
		{func(i *Intent) { i.Signals = append(slices.Clone(i.Signals), Signal{What: "y", Who: "Ada"}) }, "from"},
		{func(i *Intent) { i.Signals = append(slices.Clone(i.Signals), Signal{What: "y", From: "1"}) }, "looks"},
		{func(i *Intent) { i.Ask, i.Stop = "", "" }, "ask stop"},
	} {
		var got []string
		for _, l := range as(whole, c.change).Lacks() {
			got = append(got, string(l))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("lacks %q, want %q", got, c.want)
		}
	}
}

// Signals that are offered come below those that are there, once each, as far as they fit.
func TestIntent_Watching(t *testing.T) {
	i := Intent{Signals: []Signal{{What: "b", Who: "Wen"}, {}}}
	for _, c := range []struct {
		more []string
		want string
	}{
		{[]string{"a", "b", "c"}, "b a c"},
		{nil, "b"},
		{[]string{"1", "2", "3", "4", "5", "6", "7"}, "b 1 2 3 4 5 6"},
	} {
		var got []string
		for _, s := range i.Watching(c.more...).Signals {
			got = append(got, s.What)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%v: %v, want %s", c.more, got, c.want)
		}
	}
	if len(i.Signals) != 2 {
		t.Error("it changed what it was made of")
	}
}
