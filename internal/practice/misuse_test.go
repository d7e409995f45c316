package practice

import (
	"testing"
	"time"
)

// Whatever a guardian does with a case takes a word to whoever told it, and only what
// is confirmed has consequences.
func TestMisuse_handle(t *testing.T) {
	now := time.Date(2026, 5, 7, 13, 4, 5, 0, time.UTC)
	for name, c := range map[string]struct {
		from MisuseState
		act  Handling
		want MisuseState
		code string
	}{
		"an answer":                {MisuseOpen, Handling{Text: "x"}, MisuseAnswered, ""},
		"a further answer":         {MisuseConfirmed, Handling{Text: "x"}, MisuseConfirmed, ""},
		"nothing":                  {MisuseOpen, Handling{State: MisuseClosed}, "", "message.empty"},
		"closed to somebody":       {MisuseOpen, Handling{Text: "x", State: MisuseConfirmed, Close: "mem_a"}, MisuseConfirmed, ""},
		"closed without":           {MisuseOpen, Handling{Text: "x", Close: "mem_a"}, "", "misuse.unconfirmed"},
		"a pause without":          {MisuseAnswered, Handling{Text: "x", Pause: "tea_a", State: MisuseUnconfirmed}, "", "misuse.unconfirmed"},
		"a pause":                  {MisuseConfirmed, Handling{Text: "x", Pause: "tea_a"}, MisuseConfirmed, ""},
		"no team":                  {MisuseOpen, Handling{Text: "x", Pause: NoTeam}, MisuseAnswered, ""},
		"back to unanswered":       {MisuseAnswered, Handling{Text: "x", State: MisuseOpen}, "", "required"},
		"something else":           {MisuseAnswered, Handling{Text: "x", State: "other"}, "", "required"},
		"from a page of yesterday": {MisuseAnswered, Handling{Text: "x", Seen: MisuseOpen}, "", "changed.meanwhile"},
		"closed":                   {MisuseAnswered, Handling{Text: "x", State: MisuseClosed}, MisuseClosed, ""},
	} {
		if c.act.Seen == "" {
			c.act.Seen = c.from
		}
		got, err := Misuse{State: c.from}.Handle(c.act, now)
		if code(err) != c.code {
			t.Errorf("%s: %v, want %q", name, err, c.code)
		} else if c.code == "" && (got.State != c.want || got.ClosedOn.IsZero() != (c.want != MisuseClosed) || got.ClosedOn.Hour() != 0) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	one, two := []Team{{ID: "tea_a"}}, []Team{{ID: "tea_a"}, {ID: "tea_b"}}
	for name, c := range map[string]struct {
		from  MisuseState
		act   Handling
		teams []Team
		want  TeamID
		code  string
	}{
		"one team":             {MisuseOpen, Handling{State: MisuseConfirmed}, one, "tea_a", ""},
		"which of two":         {MisuseOpen, Handling{State: MisuseConfirmed}, two, "", "misuse.pause"},
		"the second":           {MisuseOpen, Handling{State: MisuseConfirmed, Pause: "tea_b"}, two, "tea_b", ""},
		"it would point":       {MisuseOpen, Handling{State: MisuseConfirmed, Pause: NoTeam}, two, NoTeam, ""},
		"was confirmed before": {MisuseConfirmed, Handling{State: MisuseConfirmed}, two, "", ""},
		"not confirmed":        {MisuseOpen, Handling{State: MisuseUnconfirmed}, one, "", ""},
	} {
		if got, err := (Misuse{State: c.from}).Proposes(c.act, c.teams); code(err) != c.code || got.Pause != c.want {
			t.Errorf("%s: %q, %v", name, got.Pause, err)
		}
	}
	if again := (Misuse{State: MisuseClosed, ClosedOn: now}).Again(); again.State != MisuseOpen || !again.ClosedOn.IsZero() {
		t.Errorf("written to once more: %+v", again)
	}
	if again := (Misuse{State: MisuseConfirmed}).Again(); again.State != MisuseConfirmed {
		t.Errorf("what is confirmed stays: %+v", again)
	}
}

// Only half years that are over say anything.
func TestHalfYears(t *testing.T) {
	day := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
	got := HalfYears([]time.Time{day(2026, 7, 1), day(2025, 12, 31)}, day(2026, 8, 9))
	if len(got) != 2 || got[0] != (HalfYear{day(2026, 1, 1), false}) || got[1] != (HalfYear{day(2025, 7, 1), true}) {
		t.Errorf("%v", got)
	}
}

// Nobody makes or ends a guardian alone.
func TestGuardian_takesTwo(t *testing.T) {
	g := Guardian{Member: "mira", NamedBy: "stew"}
	plain, steward := Member{ID: "ben", Active: true}, Member{ID: "other", Active: true, Steward: true}
	for name, by := range map[string]Member{"a steward": steward, "whoever put them forward": {ID: "stew"}, "they themselves": {ID: "mira"}, "a guest": {ID: "ana", Guest: true}} {
		if _, err := g.Agree(by); code(err) != "guardian.another" {
			t.Errorf("%s agrees: %v", name, err)
		}
	}
	g, err := g.Agree(plain)
	g.Lookup = "words"
	if err != nil || !g.Stands() {
		t.Fatalf("%+v, %v", g, err)
	}
	if ends, _ := g.MayEnd(Member{ID: "stew", Steward: true}); ends {
		t.Error("a steward ends it alone")
	}
	if ends, _ := g.MayEnd(Member{ID: "mira"}); !ends {
		t.Error("they cannot give it back")
	}
	g.EndBy = "stew"
	if _, err := g.MayEnd(steward); code(err) != "guardian.another" {
		t.Errorf("two stewards end it: %v", err)
	}
	if ends, _ := g.MayEnd(plain); !ends {
		t.Error("the second person does not end it")
	}
	for _, m := range []Member{{Active: true, Steward: true}, {Active: true, Leads: []MemberID{"x"}}} {
		if code(MayBeGuardian(m)) != "guardian.power" {
			t.Errorf("%+v may be guardian", m)
		}
	}
}
