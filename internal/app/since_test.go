package app_test

import (
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store/storetest"
)

// Whoever reported under their name is asked on their start page for two weeks; nobody else
// is, and it goes by itself.
func TestHome_asksWhatHappenedSince(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		clock := storetest.NewClock(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
		s := storetest.Open(t, address, clock.Option)
		a, steward := setUp(t, s)
		amal := add(t, a, steward, "Amal")
		_, err := a.ReportFailure(t.Context(), amal, practice.NewFailure{Team: amal.Teams[0], Stage: practice.StageAfter, Text: "The ladder gave way."})
		is(t, "report", err, "")
		asked := func(who practice.Actor) int {
			t.Helper()
			h, err := a.Home(t.Context(), who)
			is(t, "home", err, "")
			return len(h.Since)
		}
		for _, c := range []struct {
			pass time.Duration
			want int
		}{{0, 0}, {30, 1}, {14, 0}, {46, 1}, {14, 0}} {
			clock.Pass(c.pass * 24 * time.Hour)
			if got := asked(amal); got != c.want || asked(steward) != 0 {
				t.Errorf("after %d days more: %d, want %d", c.pass, got, c.want)
			}
		}
	})
}

// The question is put away for now, so that it comes once more, or for good. Nobody else
// can; no event tells of it, and once it would be gone nothing does.
func TestPutSinceAway(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		clock := storetest.NewClock(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
		s := storetest.Open(t, address, clock.Option)
		a, steward := setUp(t, s)
		amal := add(t, a, steward, "Amal")
		var all []practice.Failure
		for _, text := range []string{"The rope tore.", "The gate stuck."} {
			f, err := a.ReportFailure(t.Context(), amal, practice.NewFailure{Team: amal.Teams[0], Stage: practice.StageAfter, Text: text})
			is(t, "report", err, "")
			all = append(all, f)
		}
		asked := func() (numbers []int) {
			h, err := a.Home(t.Context(), amal)
			is(t, "home", err, "")
			for _, r := range h.Since {
				numbers = append(numbers, r.Failure.Number)
			}
			return numbers
		}
		put := func(who practice.Actor, f practice.Failure, forGood bool, code string) {
			t.Helper()
			is(t, "put away", a.PutSinceAway(t.Context(), who, f.Number, forGood), code)
		}
		rows := func() (events, away int) {
			for _, r := range storetest.Dump(t, address) {
				switch {
				case r.Table == "event":
					events++
				case r.Table == "failure" && r.Values["unasked_until"] != "0":
					away++
				}
			}
			return events, away
		}
		put(amal, all[0], true, "") // nobody is asked yet: nothing is put away
		clock.Pass(31 * 24 * time.Hour)
		events, _ := rows()
		put(steward, all[0], true, "not.found")
		put(practice.Actor{Operator: true}, all[0], true, "not.found")
		if got := asked(); len(got) != 2 {
			t.Fatalf("asked about %v", got)
		}
		for range 2 {
			put(amal, all[0], false, "")
			put(amal, all[1], true, "")
		}
		if after, away := rows(); len(asked()) != 0 || after != events || away != 2 {
			t.Errorf("put away, and asked about %v; %d events after %d, %d kept", asked(), after, events, away)
		}
		clock.Pass(60 * 24 * time.Hour)
		if got := asked(); len(got) != 1 || got[0] != all[0].Number {
			t.Errorf("three months after: asked about %v", got)
		}
		clock.Pass(14 * 24 * time.Hour)
		is(t, "dispose", a.Dispose(t.Context()), "")
		if _, away := rows(); away != 0 {
			t.Errorf("%d rows say later that it was put away", away)
		}
	})
}
