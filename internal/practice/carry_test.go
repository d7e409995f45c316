package practice

import (
	"errors"
	"testing"
	"time"
)

func TestOnePerson(t *testing.T) {
	members := []Member{
		{ID: "1", Name: "Ana Duarte", Active: true},
		{ID: "2", Name: "Bo Lindgren", Active: true},
		{ID: "3", Name: "Bo Okafor", Active: true},
		{ID: "4", Name: "Cleo Marsh"},
		{ID: "5", Name: "Manager Mo", Active: true},
		{ID: "6", Name: "Dara Lund (Heron)", Active: true},
		{ID: "7", Name: "Emre (the team)", Active: true},
	}
	for _, c := range []struct {
		typed string
		want  MemberID
		code  string
	}{
		{typed: "Ana Duarte", want: "1"},
		{typed: "  ana   duarte ", want: "1"},
		{typed: "Ana", want: "1"},
		{typed: "Manager Mo", want: "5"},
		{typed: "heron", want: "6"},
		{typed: "Dara Lund (Heron)", want: "6"},
		{typed: "dara lund", want: "6"},
		{typed: "(", code: "carrier.unknown"},
		{typed: "Bo", code: "carrier.which"},
		{typed: "the team", code: "carrier.group"},
		{typed: "Our team", code: "carrier.group"},
		{typed: "ops", code: "carrier.group"},
		{typed: "everyone", code: "carrier.group"},
		{typed: "We", code: "carrier.group"},
		{typed: "Night shift group", code: "carrier.group"},
		{typed: "TBD", code: "carrier.group"},
		{typed: "", code: "carrier.none"},
		{typed: "PM", code: "carrier.role"},
		{typed: "the supervisor", code: "carrier.role"},
		{typed: "Ana and Bo", code: "carrier.two"},
		{typed: "Ana, Bo", code: "carrier.two"},
		{typed: "Ana & Bo", code: "carrier.two"},
		{typed: "Dr Nobody Known", code: "carrier.unknown"},
		{typed: "Cleo Marsh", code: "carrier.unknown"},
	} {
		m, err := OnePerson(c.typed, members)
		var e *Error
		switch {
		case c.code == "" && (err != nil || m.ID != c.want):
			t.Errorf("OnePerson(%q) = %v, %v; want member %s", c.typed, m, err, c.want)
		case c.code != "" && (!errors.As(err, &e) || e.Code != c.code || e.Field != "carrier"):
			t.Errorf("OnePerson(%q) refuses with %v; want %s", c.typed, err, c.code)
		}
	}
}

func TestNewCarry_Check(t *testing.T) {
	now := time.Date(2026, 6, 8, 12, 0, 0, 0, time.UTC)
	cycle := now.AddDate(0, 0, 10)
	good := NewCarry{Act: "brief the cohort", Moment: "before it starts", DueAt: cycle}
	if err := good.Check(cycle, now); err != nil {
		t.Fatalf("a good carry is refused: %v", err)
	}
	for code, spoil := range map[string]func(*NewCarry){
		"carry.act":    func(n *NewCarry) { n.Act = " " },
		"carry.moment": func(n *NewCarry) { n.Moment = "" },
		"required":     func(n *NewCarry) { n.DueAt = time.Time{} },
		"carry.past":   func(n *NewCarry) { n.DueAt = now.AddDate(0, 0, -2) },
		"carry.late":   func(n *NewCarry) { n.DueAt = cycle.AddDate(0, 0, 3) },
	} {
		n := good
		spoil(&n)
		var e *Error
		if err := n.Check(cycle, now); !errors.As(err, &e) || e.Code != code {
			t.Errorf("got %v; want %s", err, code)
		}
	}
	late := good
	late.DueAt, late.LateWhy = cycle.AddDate(0, 0, 3), "The cohort was moved."
	if err := late.Check(cycle, now); err != nil {
		t.Errorf("a late carry with its reason is refused: %v", err)
	}
}
