package frame

import (
	"slices"

	"debrief/internal/practice"
)

// Core is part/core: that a step takes three failures to change, which ones speak for
// it, and the wordings that wait.
type Core struct {
	Tally Tally
	Says  string
	Waits []CoreWait
	Opens bool // enough speaks for it
}

// CoreWait is one change that waits at a step.
type CoreWait struct {
	Gap   practice.GapID // empty where the reader may not read it
	Count string         // "2 of 3"
	Text  string
	Scar  ScarLine
}

// Core tells what it takes to change a step; nil for one that changes like any other and
// at which nothing waits. more are failures that count besides, such as that of a room.
func (f *Frame) Core(s practice.ProcedureStep, actor practice.Actor, more ...practice.Speaks) *Core {
	waits := s.Confirmed()
	if !s.Core() && len(waits) == 0 {
		return nil
	}
	k := s.Case(f.Zone, more...)
	c := &Core{Tally: f.Tally(min(k.Events, practice.CoreFailures), practice.CoreFailures), Opens: k.Opens()}
	for i, w := range waits {
		c.Waits = append(c.Waits, CoreWait{Gap: w.Gap, Count: f.Say("core.wait", "n", i+1, "all", max(practice.CoreFailures, len(waits))),
			Text: f.waitText(w), Scar: f.Scars([]practice.Scar{w.Scar()}, actor)[0]})
		if w.Number == 0 {
			c.Waits[i].Gap = ""
		}
	}
	which := f.points(waits, more)
	switch {
	case k.Events == 0:
		c.Says = f.Say("core.none", "all", practice.CoreFailures)
	case k.Opens():
		c.Says = f.Say("core.opens", "n", k.Events, "which", which)
	case k.Events >= practice.CoreFailures:
		c.Says = f.Say("core.alike", "n", k.Events, "which", which)
	default:
		c.Says = f.Say("core.points", "n", k.Events, "which", which, "left", practice.CoreFailures-k.Events)
	}
	return c
}

// points are the numbers of what speaks for a change.
func (f *Frame) points(waits []practice.CoreChange, more []practice.Speaks) string {
	var scars []practice.Scar
	for _, w := range waits {
		scars = append(scars, w.Scar())
	}
	for _, s := range more {
		scars = append(scars, s.Scar())
	}
	return f.Numbers(slices.DeleteFunc(scars, func(s practice.Scar) bool { return s.Failure == "" }))
}

// waitText says what would change.
//
// words:use core.act.*
func (f *Frame) waitText(w practice.CoreChange) string {
	switch {
	case w.Number == 0:
		return f.Say("core.theirs")
	case w.Change.Act == practice.ActRemove || w.Change.Act == practice.ActMove:
		return f.Say("core.act." + string(w.Change.Act))
	case w.Change.Rest != "":
		return w.Change.Text + " / " + w.Change.Rest
	}
	return w.Change.Text
}
