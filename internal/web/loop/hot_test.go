package loop_test

import (
	"testing"

	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// Without scripts it is a plain form in two steps: the second shows what leaves.
func TestHot_onPlainPages(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	b := c.Browser(1).Open("/hot").Sees("Nothing of this is kept on this phone.")
	b.Send("/hot", "", "happened", "12 signed.", "carrier", "other", "other", "we").Sees("One person can.")
	b.Send("/hot", "", "happened", "12 signed.", "meant", "Sign 50.", "carrier", "Juniper").Sees("This leaves your phone", "Juniper", "Sign 50.")
	b.Send("/hot", "Send it", "sure", "yes").Sees("12 signed", "Juniper", "Nothing is decided by them.").Misses("Person 1 reported")
}
