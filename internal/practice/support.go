package practice

import "strings"

// SupportFirst is the reason that is kept where a review meets late because somebody was
// hurt, died, was attacked or arrested, and nobody wrote another.
const SupportFirst = "support first"

// SupportLines are whom people can turn to, one each.
func (o Organisation) SupportLines() []string {
	var all []string
	for line := range strings.Lines(o.Support) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// LateWhy is the reason that is kept with a review of a failure. Where people come first,
// being late needs no other.
func (n NewReview) LateWhy(f Failure) string {
	why := strings.TrimSpace(n.Why)
	if why == "" && f.Severe && f.Late(n.MeetAt) {
		return SupportFirst
	}
	return why
}
