package practice

import (
	"slices"
	"testing"
	"time"
)

// A signal is due so many days after the work began or somebody looked, by the days of the
// organisation, whatever the clocks do.
func TestPlan_Watches(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at := func(text string) time.Time {
		one, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
		if err != nil {
			t.Fatal(err)
		}
		return one
	}
	p := Plan{ID: "pln_a", Intent: Intent{Signals: []Signal{{What: "Drift", Every: 7}, {What: "Shortfalls"}, {What: "Groups", Every: 1}}}}
	if all := p.Watches(nil, zone); all != nil || p.Looked(nil, zone).Watched() {
		t.Errorf("a draft is watched: %v", all)
	}
	p.FrozenAt = at("2026-10-23 17:30") // two days before the clocks go back
	for _, c := range []struct {
		last []Look
		want []string
	}{
		{nil, []string{"2026-10-30 00:00", "2026-10-24 00:00"}},
		{[]Look{{Signal: 3, Day: DayOf(at("2026-10-24 23:59"), zone)}}, []string{"2026-10-30 00:00", "2026-10-25 00:00"}},
		{[]Look{{Signal: 1, Day: DayOf(at("2026-10-24 00:01"), zone)}, {Signal: 3, Day: DayOf(at("2026-10-25 12:00"), zone)}}, []string{"2026-10-31 00:00", "2026-10-26 00:00"}},
	} {
		var got []string
		for _, w := range p.Watches(c.last, zone) {
			got = append(got, w.DueAt.Format("2006-01-02 15:04"))
			if w.Due(w.DueAt.Add(-1)) || !w.Due(w.DueAt) || w.LateAt().Format("15:04") != "00:00" {
				t.Errorf("%+v is due at another moment", w)
			}
		}
		next := slices.Min(c.want)
		if p = p.Looked(c.last, zone); !slices.Equal(got, c.want) || p.LookAt.In(zone).Format("2006-01-02 15:04") != next {
			t.Errorf("after %v: %v, next %s", c.last, got, p.LookAt)
		}
	}
	over := p
	over.LookAt = time.Time{}
	check(t, []refused{{p.MayLook(1), ""}, {p.MayLook(2), "look.unasked"}, {p.MayLook(4), "monitor.signal"}, {p.MayLook(0), "monitor.signal"},
		{over.MayLook(1), "look.unasked"}, {Plan{Intent: p.Intent}.MayLook(1), "plan.draft"}})
}

// Whoever is named looks; where nobody of the team is, all of them do.
func TestSignal_Lookers(t *testing.T) {
	people := []Member{{ID: "wen", Name: "Wen Li", Active: true}, {ID: "al", Name: "Al", Active: true}, {ID: "ada", Name: "Ada Wenger", Active: true},
		{ID: "gone", Name: "Idris"}, {ID: "guest", Name: "Tariq", Active: true, Guest: true}}
	for who, want := range map[string][]MemberID{
		"Wen every Monday":       {"wen"},
		"Wen Li and Ada, weekly": {"wen", "ada"},
		"Al":                     {"al"},
		"":                       {"wen", "al", "ada"},
		"whoever has the shift":  {"wen", "al", "ada"},
		"Idris":                  {"wen", "al", "ada"},
		"Tariq":                  {"wen", "al", "ada"},
	} {
		var got []MemberID
		for _, m := range (Signal{What: "x", Who: who}).Lookers(people) {
			got = append(got, m.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v look", who, got)
		}
	}
}
