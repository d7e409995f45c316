package practice

import (
	"slices"
	"strings"
)

// InSeries names the series of a plan: all that do the same again and again have one
// name. It is no chain, so that it can form no ring and nothing breaks it.
func (p Plan) InSeries() PlanID {
	if p.Series != "" {
		return p.Series
	}
	return p.ID
}

// Like says that a plan does again what another one of its team does, with all that do.
func (p Plan) Like(other Plan) (Plan, error) {
	switch {
	case p.ID == other.ID:
		return p, Refuse(Invalid, "series.itself").At("like")
	case p.Team != other.Team:
		return p, Refuse(Invalid, "plan.unknown").At("like")
	}
	p.Series = other.InSeries()
	p.Version++
	return p, nil
}

// Again is what a plan intends that does this one again, under another title: its words, to be
// reworked. Out of what personal data was taken, nothing is carried on.
func (i Intent) Again(title string) Intent {
	next := Intent{Title: title, Learns: i.Learns}
	for n, was := range i.parts() {
		if !strings.Contains(*was, Removed) {
			*next.parts()[n] = *was
		}
	}
	for _, s := range i.Signals {
		if !strings.Contains(s.What+s.From+s.Where+s.Who, Removed) {
			next.Signals = append(next.Signals, s)
		}
	}
	return next
}

// As are the parts of an intent that still read as in an earlier one.
func (i Intent) As(earlier Intent) (same []IntentPart) {
	for n, now := range i.parts() {
		if was := earlier.parts()[n]; *now != "" && *now == *was {
			same = append(same, intentParts[n])
		}
	}
	if slices.ContainsFunc(i.Signals, func(s Signal) bool { return slices.Contains(earlier.Signals, s) }) {
		same = append(same, PartSignals)
	}
	return same
}

// IntentPart is one part of an intent that a plan carries on from an earlier one.
type IntentPart string

// The parts.
const (
	PartAim     IntentPart = "aim"
	PartHard    IntentPart = "hard"
	PartNotice  IntentPart = "notice"
	PartAsk     IntentPart = "ask"
	PartStop    IntentPart = "stop"
	PartSignals IntentPart = "signals"
)

var intentParts = []IntentPart{PartAim, PartHard, PartNotice, PartAsk, PartStop}

// parts are the texts of an intent beside its title and its signals, in the order of intentParts.
func (i *Intent) parts() []*string { return []*string{&i.Aim, &i.Hard, &i.Notice, &i.Ask, &i.Stop} }

// Unlike says that a plan does again what no other one does, and gives it a name of its own:
// others may go on under that of its id.
func (p Plan) Unlike(name PlanID) Plan {
	p.Series = name
	p.Version++
	return p
}

// ByWork puts plans into the order of their work, the first first; drafts come last.
func ByWork(all []Plan) {
	slices.SortStableFunc(all, func(a, b Plan) int {
		switch {
		case a.Frozen() && b.Frozen():
			return a.FrozenAt.Compare(b.FrozenAt)
		case a.Frozen():
			return -1
		case b.Frozen():
			return 1
		}
		return a.Number - b.Number
	})
}
