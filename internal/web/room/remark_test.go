package room_test

import (
	"testing"

	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// A remark on one's own answer stands beside it while nobody else reads it. Nothing
// waits for it, and what opened meanwhile stays as it is.
func TestRoom_aRemarkOnOnesOwnWords(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 3)
	all := c.Sit(3)
	a, b := all[0], all[1]
	a.Open(a.At).Send("/move", "Begin with question one")
	for _, p := range all {
		p.Open("/seat/" + string(c.Review.ID))
	}
	a.Send("/1/answer", "", "text", "They should have told us about the gate.").Sees("Yours is in.", "Only you see this.", "We were not told about the gate …")
	b.Open(b.At).Misses("Only you see this.", "the gate")
	a.Send("/1/remark", "Use this", "remark", "use").Sees("Yours is in.", "We were not told about the gate …").Misses("They should have told", "Only you see this.")
	a.Send("/1/answer", "", "text", "They clearly did not care.").Sees("Only you see this.", "Keep mine").Misses("Use this")
	a.Send("/1/remark", "Keep mine", "remark", "keep").Sees("They clearly did not care.").Misses("Only you see this.")
	b.Send("/1/answer", "", "text", "They clearly did not care either.").Sees("Only you see this.")
	b.Send("/1/remark", "No more of these", "remark", "never").Misses("Only you see this.")
	b.Send("/1/answer", "", "text", "They should have told us.").Sees("Yours is in.").Misses("Only you see this.")
}
