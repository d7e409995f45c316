package measure

import (
	"time"

	"debrief/internal/practice"
)

// AnewFrom is how often the same has to come back after a change for it was in use before
// a team is told that it can begin anew. Once may be chance.
const AnewFrom = 2

// Anew are the failures that suggest to a team to begin anew: of each way of failing that
// came back so often in twelve months, each time within the time that [Back] counts, the
// last one, while that is no older and nobody has called a review of it. None where the
// team has too few people.
func Anew(t practice.Trail) (ids []practice.FailureID) {
	if t.People < LeastPeople {
		return nil
	}
	w := walk(t)
	events := w.noticed()
	changes, back := w.lines(), map[*event][]*event{}
	for _, e := range events {
		if !e.RecognisedAt.Before(w.since(365)) && !e.unavoidable() && w.returned(e, changes[e.root()]) {
			back[e.root()] = append(back[e.root()], e)
		}
	}
	for _, e := range events {
		all := back[e.root()]
		if n := len(all); n >= AnewFrom && all[n-1] == e && w.At.Sub(e.RecognisedAt) <= w.within() && len(e.reviews) == 0 {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// returned reports whether something came back soon after a change for it was in use.
func (w *walked) returned(e *event, changes []practice.TrailChange) bool {
	var used time.Time
	for _, c := range changes {
		if !c.UsedAt.IsZero() && !c.UsedAt.After(e.RecognisedAt) && c.UsedAt.After(used) {
			used = c.UsedAt
		}
	}
	return !used.IsZero() && e.RecognisedAt.Sub(used) <= w.within()
}
