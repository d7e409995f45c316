package practice

// Stop is why no review goes on about a failure: another procedure does, and nothing of
// this one goes there.
type Stop string

// The two of them.
const (
	StopFormal Stop = "formal" // an investigation
	StopRisk   Stop = "risk"   // harm was meant, or somebody is at risk
)

// Stop ends a review wherever it stands, unfinished. It counts as called off.
func (r Review) Stop() Review {
	r.Phase = PhaseOff
	r.Version++
	return r
}

// MayReview refuses a review of a failure about which another procedure goes on.
func (f Failure) MayReview() error {
	if f.Stopped != "" {
		return Refuse(Conflict, "review.stopped").With("number", f.Number)
	}
	return nil
}
