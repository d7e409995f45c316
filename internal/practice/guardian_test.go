package practice

import (
	"slices"
	"testing"
)

// Somebody of the team decides about a pause before anybody else; then whoever leads one of
// them, a steward, a guardian: never whoever misused what was said, nor who proposed it.
func TestDeciders(t *testing.T) {
	const team = TeamID("tea_1")
	people := []Member{
		{ID: "ada", Active: true, Teams: []TeamID{team}}, {ID: "bo", Active: true, Teams: []TeamID{team}},
		{ID: "gast", Active: true, Guest: true, Teams: []TeamID{team}}, {ID: "gone", Teams: []TeamID{team}},
		{ID: "lead", Active: true, Leads: []MemberID{"ada"}}, {ID: "boss", Active: true, Leads: []MemberID{"lead"}},
		{ID: "stew", Active: true, Steward: true}, {ID: "mira", Active: true}, {ID: "tom", Active: true},
	}
	guardians := []Guardian{{Member: "mira", Agreed: true, Lookup: "x"}, {Member: "tom", Agreed: true}}
	waits := Pause{ID: "pse_1", Team: team}
	own, runs := waits, waits
	own.By, runs.By = "bo", "bo"
	runs.BeganAt = runs.BeganAt.AddDate(1, 0, 0)
	for _, c := range []struct {
		of      Pause
		misused []MemberID
		want    []MemberID
	}{
		{waits, nil, []MemberID{"ada", "bo"}},
		{own, nil, []MemberID{"ada"}},
		{runs, nil, []MemberID{"ada", "bo"}},
		{waits, []MemberID{"ada"}, []MemberID{"bo"}},
		{own, []MemberID{"ada"}, []MemberID{"lead"}},
		{runs, []MemberID{"ada"}, []MemberID{"bo"}},
		{waits, []MemberID{"ada", "bo"}, []MemberID{"lead"}},
		{waits, []MemberID{"ada", "bo", "lead"}, []MemberID{"stew"}},
		{waits, []MemberID{"ada", "bo", "lead", "stew"}, []MemberID{"mira"}},
		{waits, []MemberID{"ada", "bo", "lead", "stew", "mira"}, nil},
	} {
		misused := map[MemberID]bool{}
		for _, m := range c.misused {
			misused[m] = true
		}
		if got := Deciders(c.of, people, guardians, misused); !slices.Equal(got, c.want) {
			t.Errorf("%+v without %v: %v, want %v", c.of, c.misused, got, c.want)
		}
	}
}

// A guardian who does not read a case opens raw answers again and nothing else, and never
// to themselves.
func TestMisuse_HandledBy(t *testing.T) {
	m := Misuse{Readers: []MemberID{"mira"}}
	for _, c := range []struct {
		who  MemberID
		act  Handling
		want bool
	}{
		{"mira", Handling{Text: "x"}, true}, {"mira", Handling{Open: "ada"}, true}, {"mira", Handling{Open: "mira"}, false},
		{"tom", Handling{Text: "x"}, false}, {"tom", Handling{Open: "ada"}, true}, {"tom", Handling{Open: "tom"}, false},
		{"tom", Handling{Open: "ada", Close: "bo"}, false}, {"tom", Handling{Open: "ada", State: MisuseClosed}, false}, {"tom", Handling{Open: "ada", Pause: "tea_1"}, false},
	} {
		if got := m.HandledBy(c.who, c.act); got != c.want {
			t.Errorf("%s, %+v: %t", c.who, c.act, got)
		}
	}
}
