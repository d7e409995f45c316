package practice

// Reasons are some of those why a plan may fail, by their places: one bit each, for
// there are [MostReasons].
type Reasons uint64

// Has reports whether the reason at a place, which counts from 0, is among them.
func (r Reasons) Has(place int) bool { return r&(1<<place) != 0 }

// Places are the places of all of them.
func (r Reasons) Places() []int {
	var all []int
	for place := range MostReasons {
		if r.Has(place) {
			all = append(all, place)
		}
	}
	return all
}

// Prove keeps, or takes back, that one of the reasons which people supposed before
// the work came true. There are that many of them. A room says so once it has read
// what gaps everybody sees, and until it closes: what was supposed shall not be what
// people look for.
func (r Review) Prove(reason, of int, is bool) (Review, error) {
	switch {
	case r.Phase == PhaseClosed:
		return r, Refuse(Conflict, "review.closed")
	case !r.Reads(PhaseGap):
		return r, Refuse(Conflict, "question.order").With("n", max(1, r.Phase.Number()))
	case reason < 0 || reason >= min(of, MostReasons):
		return r, ErrNotFound
	}
	r.CameTrue &^= 1 << reason
	if is {
		r.CameTrue |= 1 << reason
	}
	return r, nil
}
