package app

import (
	"cmp"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store"
)

// ditches sorts what was found by words into what people tied together: such
// failures stand in one place, that of the one found first.
type ditches struct {
	reader
	tx    *store.Tx
	apart []practice.FailureID // those that ask, or shall not be found: their ties count for nothing
	known map[practice.FailureID]bool
}

// beside returns what people tied to a failure, directly or through others, as far
// as the reader may find it, the latest first. It is not fresh where it stands beside
// another one already.
func (d *ditches) beside(f practice.FailureID) (tied []practice.Failure, fresh bool, err error) {
	if d.known[f] {
		return nil, false, nil
	}
	ids, err := d.tx.Territory(f, d.apart)
	if err != nil {
		return nil, false, err
	}
	if d.known == nil {
		d.known = map[practice.FailureID]bool{}
	}
	for _, id := range ids {
		d.known[id] = true
	}
	if len(ids) == 1 {
		return nil, true, nil
	}
	tied, err = d.tx.FailuresOf(ids)
	tied = slices.DeleteFunc(tied, func(o practice.Failure) bool {
		return o.ID == f || o.Drill || !d.mayFind(&recall.Doc{ID: string(o.ID), Kind: recall.Failure, Team: string(o.Team)})
	})
	slices.SortFunc(tied, func(a, b practice.Failure) int {
		return cmp.Or(b.RecognisedAt.Compare(a.RecognisedAt), cmp.Compare(a.ID, b.ID))
	})
	return tied, true, err
}
