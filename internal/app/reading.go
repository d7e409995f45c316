package app

import (
	"slices"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// reader is an actor with all they read of closed reviews. Whatever shows a
// record, a part of one or a way to one asks it.
type reader struct {
	practice.Actor
	records  map[practice.ReviewID]practice.Reading
	known    map[practice.FailureID]bool // a record of it is read, at least in short
	withheld map[string]bool             // failures that are restricted to others, and promises made because of them
}

func newReader(tx *store.Tx, actor practice.Actor) (reader, error) {
	r := reader{actor, map[practice.ReviewID]practice.Reading{}, map[practice.FailureID]bool{}, nil}
	var err error
	if r.withheld, err = withheld(tx, actor.Member); err != nil {
		return r, err
	}
	all, err := tx.Records(actor.Member, actor.Teams)
	for _, one := range all {
		reads := one.Reads(one.Ticked)
		r.records[one.Review] = reads
		r.known[one.Failure] = r.known[one.Failure] || reads > practice.ReadsNothing
	}
	return r, err
}

// withheld is what is restricted to other people than one.
func withheld(tx *store.Tx, from practice.MemberID) (map[string]bool, error) {
	ids, err := tx.Withheld(from)
	is := make(map[string]bool, len(ids))
	for _, id := range ids {
		is[id] = true
	}
	return is, err
}

// scars takes the number and the title from scars whose failure the reader may
// not read.
func (r reader) scars(scars []practice.Scar) {
	for i, s := range scars {
		if (!r.In(s.Team) || r.withheld[string(s.Failure)]) && !r.known[s.Failure] {
			scars[i].Number, scars[i].Title = 0, ""
		}
		if !r.In(s.Team) && !r.In(s.Given) {
			scars[i].Offer = ""
		}
	}
}

// steps does the same for those of steps.
func (r reader) steps(steps []practice.ProcedureStep) {
	for i := range steps {
		r.step(&steps[i])
	}
}

// step does it for what stands behind one, waits at it and comes back.
func (r reader) step(s *practice.ProcedureStep) {
	r.scars(s.Scars)
	r.waits(s.Waits)
	if !slices.ContainsFunc(s.Scars, func(c practice.Scar) bool {
		return c.Gap == s.Trial.Gap && c.Number > 0 || c.Offer != "" && c.Offer == s.Trial.Gap.Offer()
	}) {
		s.Trial = s.Trial.Hushed()
	}
}

// waits does it for what waits at a step, whose words are then not told either. Nothing
// is told of a review that has not closed.
func (r reader) waits(waits []practice.CoreChange) {
	for i, w := range waits {
		if (!r.In(w.Team) || r.withheld[string(w.Failure)]) && !r.known[w.Failure] || w.Closed.IsZero() {
			waits[i] = w.Hushed()
		}
	}
}

// scarOf is a failure as what stands behind something that was learned from it.
func (r reader) scarOf(tx *store.Tx, id practice.FailureID) (practice.Scar, error) {
	f, err := tx.Failure(id)
	if err != nil {
		return practice.Scar{}, err
	}
	t, err := tx.Team(f.Team)
	scar := []practice.Scar{{Failure: f.ID, Number: f.Number, Title: f.Title, Team: f.Team, Of: t.Name}}
	r.scars(scar)
	return scar[0], err
}

// eachThere reads one thing for each of some, and leaves out what is not there for whoever
// reads.
func eachThere[T, U any](all []T, read func(T) (U, error)) (there []U, err error) {
	for _, one := range all {
		is, err := read(one)
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		there = append(there, is)
	}
	return there, nil
}

// dayHere is the day it is where the organisation is.
func dayHere(tx *store.Tx) (time.Time, error) {
	today, err := todayHere(tx)
	return practice.DayOf(today.Now, today.Zone), err
}

// todayHere is the moment, and where the days of the organisation begin.
func todayHere(tx *store.Tx) (practice.Today, error) {
	house, err := tx.Organisation()
	return practice.Today{Now: tx.Now(), Zone: house.Location()}, err
}
