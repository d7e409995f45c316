package measure_test

import (
	"slices"
	"testing"
	"time"

	"debrief/internal/measure"
	"debrief/internal/practice"
)

// made adds a review whose only gap changed a step so many hours after its end.
func (b builder) made(days, hours int) {
	b.reviewed(b.fails(days+1), days, practice.RouteStep)
	b.Gaps[len(b.Gaps)-1].MadeAt = b.Reviews[len(b.Reviews)-1].ClosedAt.Add(time.Duration(hours) * time.Hour)
}

func TestProof(t *testing.T) {
	b := builder{team()}
	for i, hours := range []int{-1, 0, 2, 10, 20, 100, 400} {
		b.made(60-i, hours)
	}
	b.reviewed(b.fails(30), 29, practice.RouteNothing, practice.RouteCovered, practice.RouteReferral)
	r := reads(t, b, measure.Proof)
	if wants(t, "seven", r, measure.Share{2, 7}, measure.Few); r.Middle.Known {
		t.Errorf("of seven it says %+v", r.Middle)
	}
	kept := b.reviewed(b.fails(21), 20, practice.RoutePromised)
	b.Carries = append(b.Carries, practice.TrailCarry{Review: kept, State: practice.CarryDone, SettleAt: ago(19).Add(time.Hour)})
	r = reads(t, b, measure.Proof)
	wants(t, "and a promise kept a day later", r, measure.Share{2, 8}, measure.Unclear)
	// 0 0 2 10 20 24 100 400: the middle of 10 and 20, and from the second to the seventh.
	if m := r.Middle; m.Median != 15*time.Hour || m.Low != 0 || m.High != 100*time.Hour {
		t.Errorf("the middle is %+v", m)
	}
	open := b.reviewed(b.fails(11), 10, practice.RoutePromised)
	b.Carries = append(b.Carries, practice.TrailCarry{Review: open, State: practice.CarryAccepted})
	dropped := b.reviewed(b.fails(11), 10, practice.RoutePromised)
	b.Carries = append(b.Carries, practice.TrailCarry{Review: dropped, State: practice.CarryDropped, SettleAt: ago(5)})
	r = reads(t, b, measure.Proof)
	wants(t, "one that is open and one dropped", r, measure.Share{2, 9}, measure.Unclear)
	if m, last := r.Middle, r.Cases[8]; m.Median != 20*time.Hour || last.Took.Over || last.Took.Long != 10*24*time.Hour-time.Hour {
		t.Errorf("the middle is %+v, and the last %+v", m, last)
	}
	for range 20 {
		b.made(5, 1)
	}
	wants(t, "the last twenty", reads(t, b, measure.Proof), measure.Share{0, 20}, measure.Unclear)
}

func TestScant(t *testing.T) {
	b := builder{team()}
	wants(t, "none", reads(t, b, measure.Scant), measure.Share{0, 0}, measure.Few)
	core := func(step string, f practice.FailureID, change ...func(*practice.TrailCore)) {
		c := practice.TrailCore{Step: step, Revision: 3, Failure: f, At: ago(20), Ours: true}
		for _, do := range change {
			do(&c)
		}
		b.Core = append(b.Core, c)
	}
	theirs := func(c *practice.TrailCore) { c.Ours = false }
	core("stp_a", b.fails(30))
	core("stp_a", b.fails(31))
	core("stp_a", "flr_of_others", theirs)
	core("stp_b", b.fails(32), func(c *practice.TrailCore) { c.Harm = true })
	core("stp_c", b.fails(33), func(c *practice.TrailCore) { c.At = ago(190) })
	core("stp_d", "flr_of_others", theirs)
	r := reads(t, b, measure.Scant)
	wants(t, "three failures, and one harm", r, measure.Share{0, 2}, measure.Healthy)
	if hows := []string{r.Cases[0].How, r.Cases[1].How}; !slices.Equal(hows, []string{measure.CoreEnough, measure.CoreHarm}) {
		t.Errorf("behind them was %v", hows)
	}
	first := b.fails(40)
	core("stp_e", first)
	core("stp_e", b.fails(39, joined(first)))
	core("stp_e", b.fails(38))
	wants(t, "three reports of two events", reads(t, b, measure.Scant), measure.Share{1, 3}, measure.Decaying)
}
