package loop_test

import (
	"net/http"
	"strings"
	"testing"

	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// One remark, once, before a report goes; and none of it is anywhere afterwards.
func TestReport_aRemarkBeforeItGoes(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	const said = "They should have told us about the gate."
	send := func(b *webtest.Plain, more ...string) *webtest.Plain {
		return b.Send("/report", "", append([]string{"what", said, "when", "now", "stage", "after"}, more...)...)
	}
	b := c.Browser(1).Open("/report")
	send(b).Sees("Only you see this.", "We were not told about the gate …", "Send mine as it is", "This remark is wrong", "should|ought to? have <done>").Misses("Your report is in.")
	if b.Status != http.StatusOK {
		t.Errorf("the form with its remark: %d", b.Status)
	}
	c.Browser(0).Open("/").Misses("about the gate")
	b.Send("/report", "Use this", "remark", "use").Sees("This is your text now.", "We were not told about the gate …").Misses("They should", "Your report is in.")
	b.Send("/report", "", "what", "We were not told about the gate, until ten.").Sees("Your report is in.", "until ten").Misses("Only you")

	other := c.Browser(1).Open("/report")
	send(other)
	send(other, "remark", "keep").Sees("Your report is in.", "They should have told us about the gate").Misses("Only you")
	again := c.Browser(1).Open("/report")
	send(again)
	send(again, "remark", "never").Sees("Your report is in.")
	if again.Open("/report"); again.Status != http.StatusOK {
		t.Fatal(again.Status)
	}
	send(again).Sees("Your report is in.").Misses("Only you")

	send(c.Browser(1).Open("/report"), "stage", "happening").Sees("Your report is in.")
	if page := send(c.Browser(1).Open("/report"), "what", "The gate code was still the old one.").Page; strings.Contains(page, "Only you see this.") {
		t.Error("a remark on words that have nothing to remark")
	}
}
