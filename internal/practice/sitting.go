package practice

import "time"

// MoreTime gives the current silence a minute more. Anyone who needs it takes
// it, as often as they need it: nobody's words are cut off by a clock.
func (r Review) MoreTime(now time.Time) (Review, error) {
	if r.Phase.Number() == 0 || r.Open || r.InWriting() {
		return r, Refuse(Conflict, "silence.none")
	}
	if r.PhaseEndsAt.Before(now) {
		r.PhaseEndsAt = now
	}
	r.PhaseEndsAt = r.PhaseEndsAt.Add(MoreSilence)
	return r, nil
}

// Extend gives the room ten minutes more, once in a sitting, when more than
// half of its seats ask for it. A seat nobody sits on any more cannot hold the
// others up, and no one person keeps everybody longer than they agreed to.
// After that the room calls a further sitting.
func (r Review) Extend(hands, seats int, now time.Time) (Review, error) {
	switch {
	case r.Phase == PhaseClosed:
		return r, Refuse(Conflict, "review.closed")
	case r.InWriting():
		return r, Refuse(Conflict, "form.days")
	case r.StartedAt.IsZero():
		return r, Refuse(Conflict, "room.notbegun")
	case r.Extended:
		return r, Refuse(Conflict, "box.second")
	case hands*2 <= seats:
		return r, Refuse(Conflict, "box.hands")
	}
	if r.EndsAt.Before(now) {
		r.EndsAt = now
	}
	r.EndsAt = r.EndsAt.Add(Extension)
	r.Extended = true
	r.Version++
	return r, nil
}

// SitAgain opens a further sitting at the same phase, once the box of this one
// is over: nothing written is lost, and whoever was writing has the silence
// again.
func (r Review) SitAgain(gaps int, now time.Time) (Review, error) {
	switch {
	case r.Phase == PhaseClosed:
		return r, Refuse(Conflict, "review.closed")
	case r.InWriting():
		return r, Refuse(Conflict, "form.days")
	case r.StartedAt.IsZero():
		return r, Refuse(Conflict, "room.notbegun")
	case now.Before(r.EndsAt):
		return r, Refuse(Conflict, "box.running").With("at", r.EndsAt)
	}
	r.Sitting++
	r.Extended = false
	r.EndsAt = now.Add(r.Box)
	if r.Phase.Number() > 0 && !r.Open {
		r.PhaseEndsAt = now.Add(r.Phase.Silence(gaps))
	}
	r.Version++
	return r, nil
}

// CallRoll asks everybody in the room to say "here", because somebody lost
// their seat. Asking again while it runs changes nothing.
func (r Review) CallRoll(now time.Time) (Review, error) {
	switch {
	case r.Phase == PhaseClosed:
		return r, Refuse(Conflict, "review.closed")
	case !r.FreeAt.IsZero():
		return r, nil
	}
	r.FreeAt = now.Add(HereWait)
	if r.InWriting() { // people look in a few times a day
		r.FreeAt = daytime(fullHour(now).Add(WriteTime), Organisation{Zone: r.Zone}.Location())
	}
	r.Version++
	return r, nil
}

// EndRoll decides whether the seats that did not say "here" may be freed: at
// least half of the room said it, and everybody had a minute to. Whoever was
// only slow draws a new seat with the same invitation; their words stay.
func (r Review) EndRoll(here, seats int, now time.Time) (Review, error) {
	switch {
	case r.FreeAt.IsZero():
		return r, Refuse(Conflict, "seat.norollcall")
	case here < seats && now.Before(r.FreeAt):
		return r, Refuse(Conflict, "seat.wait").With("at", r.FreeAt)
	case here*2 < seats:
		return r, Refuse(Conflict, "seat.fewhere")
	}
	r.FreeAt = time.Time{}
	r.Version++
	return r, nil
}

// Rejudge closes question four again for gaps that are to be judged anew, with
// wait before the silence begins.
func (r Review) Rejudge(gaps int, wait time.Duration, now time.Time) (Review, error) {
	if r.Phase != PhaseSort {
		return r, Refuse(Conflict, "question.order").With("n", max(1, r.Phase.Number()))
	}
	ends := now.Add(wait + r.Phase.Silence(gaps))
	if !r.Open && ends.Before(r.PhaseEndsAt) {
		ends = r.PhaseEndsAt
	}
	from := r.Leg()
	r.Open = false
	r.PhaseEndsAt = ends
	r.Version++
	if r.InWriting() {
		r = r.enter(from, now)
	}
	return r, nil
}
