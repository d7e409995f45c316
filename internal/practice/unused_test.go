package practice_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
)

// A line that nobody ticked in two rounds in which its list was used may go; a core step, a
// change on trial, what others stand under and what is new never does.
func TestUses(t *testing.T) {
	zone := time.UTC
	day := func(n int) time.Time { return time.Date(2026, 3, 1+n, 0, 0, 0, 0, zone) }
	rounds := []practice.Cycle{{StartAt: day(42), EndAt: day(56)}, {StartAt: day(28), EndAt: day(42)}, {StartAt: day(14), EndAt: day(28)}, {StartAt: day(0), EndAt: day(14)}}
	plain := practice.ProcedureStep{ID: "stp_a"}
	core := plain
	core.CoreTimes = []practice.CoreTime{{From: day(0), Why: "It burns."}}
	tried := plain
	tried.Trial = practice.Trial{Gap: "gap_a"}
	for name, tt := range map[string]struct {
		step   practice.ProcedureStep
		use    practice.StepUse
		days   []time.Time
		worded time.Time
		want   bool
	}{
		"never ticked":               {step: plain, days: []time.Time{day(41), day(20)}, want: true},
		"ticked before":              {step: plain, use: practice.StepUse{TickedOn: day(13)}, days: []time.Time{day(41), day(20)}, want: true},
		"only not needed":            {step: plain, use: practice.StepUse{SparedOn: day(41)}, days: []time.Time{day(41), day(20)}, want: true},
		"ticked on the first day":    {step: plain, use: practice.StepUse{TickedOn: day(14)}, days: []time.Time{day(41), day(20)}},
		"ticked since":               {step: plain, use: practice.StepUse{TickedOn: day(43)}, days: []time.Time{day(41), day(20)}},
		"used in one round":          {step: plain, days: []time.Time{day(41)}},
		"twice in one round":         {step: plain, days: []time.Time{day(41), day(30)}},
		"this round does not count":  {step: plain, days: []time.Time{day(43), day(30)}},
		"a round without a use":      {step: plain, use: practice.StepUse{TickedOn: day(13)}, days: []time.Time{day(30), day(2)}},
		"ticked before both of them": {step: plain, days: []time.Time{day(30), day(2)}, want: true},
		"kept":                       {step: plain, use: practice.StepUse{KeptOn: day(15), Why: "Fires are rare."}, days: []time.Time{day(41), day(20)}},
		"kept long ago":              {step: plain, use: practice.StepUse{KeptOn: day(3), Why: "Fires are rare."}, days: []time.Time{day(41), day(20)}, want: true},
		"new words":                  {step: plain, days: []time.Time{day(41), day(20)}, worded: day(14).Add(time.Hour)},
		"core":                       {step: core, days: []time.Time{day(41), day(20)}},
		"on trial":                   {step: tried, days: []time.Time{day(41), day(20)}},
		"taken out":                  {step: practice.ProcedureStep{ID: "stp_a", Retired: 2}, days: []time.Time{day(41), day(20)}},
	} {
		l := practice.ListUse{Days: tt.days, Rounds: rounds, Worded: map[practice.StepID]time.Time{"stp_a": tt.worded}}
		if tt.use != (practice.StepUse{}) {
			tt.use.Step = "stp_a"
			l.Steps = []practice.StepUse{tt.use}
		}
		u := l.Uses([]practice.ProcedureStep{tt.step}, practice.Today{Now: day(44).Add(9 * time.Hour), Zone: zone})
		if got := u.MayRetire("stp_a") == nil; got != tt.want || !u.LastOn.Equal(slices.MaxFunc(tt.days, time.Time.Compare)) {
			t.Errorf("%s: %v, %+v", name, got, u)
		}
	}
	l := practice.ListUse{Days: []time.Time{day(41), day(20)}, Rounds: rounds}
	u := l.Uses([]practice.ProcedureStep{{ID: "stp_a"}, {ID: "stp_b", Depth: 1}}, practice.Today{Now: day(44), Zone: zone})
	if len(u.Unused) != 1 || u.Unused[0] != "stp_b" {
		t.Errorf("of a line and the one under it: %v", u.Unused)
	}
}

// What is kept says why, in one line.
func TestStepUse_Keep(t *testing.T) {
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	if _, err := (practice.StepUse{}).Keep("  ", day); err == nil {
		t.Error("kept without a reason")
	}
	if _, err := (practice.StepUse{}).Keep(strings.Repeat("x", practice.MaxLine+1), day); err == nil {
		t.Error("kept with a book")
	}
	if u, err := (practice.StepUse{TickedOn: day}).Keep(" Fires are rare. ", day); err != nil || u.Why != "Fires are rare." || !u.KeptOn.Equal(day) || !u.TickedOn.Equal(day) {
		t.Errorf("%+v, %v", u, err)
	}
	later := practice.StepUse{TickedOn: day.AddDate(0, 0, 3)}
	if got := later.Tick(false, day); !got.TickedOn.Equal(later.TickedOn) {
		t.Error("an earlier day took the place of a later one")
	}
}
