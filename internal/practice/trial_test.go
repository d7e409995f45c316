package practice

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"
)

func TestNewTrial_term(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	friday := time.Date(2026, 10, 23, 15, 0, 0, 0, zone) // the clock goes back before it is looked at
	team := Team{CycleDays: 14, CycleStartAt: friday.AddDate(0, 0, -10), CycleEndAt: friday.AddDate(0, 0, 4)}
	trial := NewTrial(team, "", friday, zone)
	if want := time.Date(2026, 10, 27, 15, 0, 0, 0, zone); !trial.LookAt.Equal(want) {
		t.Errorf("looked at on %s", trial.LookAt.In(zone))
	}
	if !trial.Until.After(trial.LookAt) {
		t.Errorf("its term is over on %s, before anybody looks", trial.Until)
	}
	if harm := NewTrial(team, " It burns. ", friday, zone); harm.Harm != "It burns." || !harm.Until.Equal(friday.AddDate(0, 0, HarmDays)) {
		t.Errorf("%+v", harm)
	}
}

// Whatever people do and however long they wait, a trial ends by what somebody said and
// no other way; one at a core step stays for good only where three failures speak for it.
func TestTrial_endsByWordAlone(t *testing.T) {
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 1))
		now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		harm := []string{"", "It burns."}[r.IntN(2)]
		trial := NewTrial(Team{CycleDays: 14}, harm, now, time.UTC)
		trial.Gap = "gap_1"
		for range 30 {
			now = now.Add(time.Duration(1+r.IntN(14*24)) * time.Hour)
			was, why, days := trial, []string{"", "It held."}[r.IntN(2)], r.IntN(120)
			c := Case{Events: r.IntN(5), Apart: true}
			var err error
			switch r.IntN(4) {
			case 0:
				trial.Closed = now
			case 1:
				trial, err = trial.PutBack(why, now)
				if err == nil && (why == "" || trial.Runs() || trial.Kept) {
					t.Fatalf("seed %d: put back to %+v", seed, trial)
				}
			default:
				trial, err = trial.Keep(days, why, c, now)
				if err == nil && was.Asks(now) == "" {
					t.Fatalf("seed %d: kept, and nobody asked", seed)
				}
				if err == nil && !trial.Runs() && (was.Asks(now) != TrialOver || why == "" || harm != "" && !c.Opens()) {
					t.Fatalf("seed %d: kept for good: %+v", seed, trial)
				}
				if err == nil && trial.Until.After(was.Until) && (harm == "" || trial.Until.After(now.AddDate(0, 0, MostTrialDays))) {
					t.Fatalf("seed %d: goes on until %s", seed, trial.Until)
				}
			}
			if err != nil {
				trial = was
			}
			if !was.Runs() && (err == nil) != (trial.Closed.Equal(now)) {
				t.Fatalf("seed %d: it had ended, and then %+v", seed, trial)
			}
			if trial.Runs() && !trial.Closed.IsZero() && now.After(trial.Until) && trial.Asks(now) != TrialOver {
				t.Fatalf("seed %d: its term is over and it asks for nothing", seed)
			}
		}
	}
}

func TestMayHasten(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	core := ProcedureStep{ID: "stp_1", CoreTimes: []CoreTime{{From: now.AddDate(0, 0, -9), Why: "Fire."}}}
	c, one := StepChange{Act: ActEdit, Step: "stp_1", Text: "Now"}, Speaks{Failure: "flr_1", Event: "flr_1", Noticed: now}
	for _, k := range []struct {
		step ProcedureStep
		harm string
		want string
	}{{core, "It burns.", ""}, {core, " ", "trial.harm"}, {ProcedureStep{ID: "stp_1"}, "It burns.", "core.open"}} {
		got := ""
		if err := c.MayHasten([]ProcedureStep{k.step}, one, k.harm, time.UTC); err != nil {
			var refusal *Error
			if errors.As(err, &refusal) {
				got = refusal.Code
			}
		}
		if got != k.want {
			t.Errorf("%q: %q, want %q", k.harm, got, k.want)
		}
	}
	waits := core
	waits.Waits = []CoreChange{{Gap: "gap_1", Closed: now}}
	if c.Tries([]ProcedureStep{waits}) || !c.Tries([]ProcedureStep{core}) {
		t.Error("what waits speaks for the change, too")
	}
}
