package practice

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestNewHot_Check(t *testing.T) {
	now := time.Date(2026, 6, 13, 17, 0, 0, 0, time.UTC)
	long := strings.Repeat("x", MaxLine+1)
	for _, c := range []struct {
		say, code, field string
		n                NewHot
	}{
		{say: "what happened alone", n: NewHot{Happened: "12 signed."}},
		{say: "all of it", n: NewHot{Meant: "Sign 50.", Happened: "12 signed.", Parted: "They need a day.", Kind: Inherent,
			Change: "Leaflet only.", Carrier: "Juniper", Day: now.Truncate(24 * time.Hour)}},
		{say: "an alias of two words", n: NewHot{Happened: "x", Carrier: "  Little   Owl "}},
		{say: "nothing", code: "report.empty", field: "happened", n: NewHot{Meant: "Sign 50.", Happened: " "}},
		{say: "a long intent", code: "too.long", field: "meant", n: NewHot{Meant: long, Happened: "x"}},
		{say: "long words", code: "too.long", field: "happened", n: NewHot{Happened: long}},
		{say: "a long gap", code: "too.long", field: "parted", n: NewHot{Happened: "x", Parted: long}},
		{say: "a long change", code: "too.long", field: "change", n: NewHot{Happened: "x", Change: long}},
		{say: "a long alias", code: "too.long", field: "carrier", n: NewHot{Happened: "x", Carrier: strings.Repeat("x", MaxName+1)}},
		{say: "another kind", code: "required", field: "kind", n: NewHot{Happened: "x", Kind: KeptOpen}},
		{say: "tomorrow", code: "date.future", field: "day", n: NewHot{Happened: "x", Day: now.AddDate(0, 0, 1)}},
		{say: "long ago", code: "date.old", field: "day", n: NewHot{Happened: "x", Day: now.AddDate(-100, 0, 0)}},
		{say: "we", code: "carrier.group", field: "carrier", n: NewHot{Happened: "x", Carrier: "We"}},
		{say: "the team", code: "carrier.group", field: "carrier", n: NewHot{Happened: "x", Carrier: "The  team."}},
		{say: "two", code: "carrier.two", field: "carrier", n: NewHot{Happened: "x", Carrier: "Heron and Otter"}},
		{say: "a role", code: "carrier.role", field: "carrier", n: NewHot{Happened: "x", Carrier: "the lead"}},
	} {
		err := c.n.Check(now)
		var refused *Error
		if c.code == "" && err != nil || c.code != "" && (!errors.As(err, &refused) || refused.Code != c.code || refused.Field != c.field) {
			t.Errorf("%s: %v, want %q at %q", c.say, err, c.code, c.field)
		}
	}
}

// What it becomes says the day and neither who nor when.
func TestNewHot_Become(t *testing.T) {
	day := time.Date(2026, 6, 13, 0, 0, 0, 0, time.UTC)
	f, h := NewHot{Team: "tea_x", Meant: " Sign 50. ", Happened: "12 signed. It rained.", Carrier: "Juniper ", Drill: true}.Become("flr_x", day)
	if f.Title != "12 signed" || f.Team != "tea_x" || f.Source != SourceHot || !f.RecognisedAt.Equal(day) || !f.Drill || f.Triage != TriageNew {
		t.Errorf("it became %+v", f)
	}
	if f.Reporter != "" || f.Convener != "" || f.Alias != "" || !f.ReportedAt.IsZero() || f.Unnamed() {
		t.Errorf("it says who or when: %+v", f)
	}
	if h != (Hot{Failure: "flr_x", Meant: "Sign 50.", Carrier: "Juniper", Day: day}) {
		t.Errorf("beside it stays %+v", h)
	}
}
