package practice

// StandingOf is where a failure stands after its review: reviewed once every
// gap taken is sorted, changed once one of them led to something.
func StandingOf(gaps []Gap) Standing {
	standing := Reviewed
	for _, g := range gaps {
		if !g.Taken {
			continue
		}
		if !g.Sorted() {
			return Reported
		}
		if g.Route.Changes() {
			standing = Changed
		}
	}
	return standing
}
