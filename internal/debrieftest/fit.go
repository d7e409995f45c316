package debrieftest

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

//go:embed fit.js
var fitScript string

// fitWidths are the smallest phone, a phone, a tablet and a screen.
var fitWidths = []int{320, Phone, 768, Desktop}

// Fit fails the test for what sticks out of the page, is too small to read or
// to tap, lies over other words, or has no ring while it has the focus.
func (d *Device) Fit() {
	d.t.Helper()
	for _, wrong := range d.fit() {
		d.t.Error(wrong)
	}
}

// fit is Fit, and says what is wrong.
func (d *Device) fit() []string {
	d.t.Helper()
	d.do("let the ruler run", scripts(false))
	var all []string
	for _, width := range fitWidths {
		d.do("resize", d.view(width))
		var wrong []string
		if err := json.Unmarshal([]byte(d.Evaluate(fitScript)), &wrong); err != nil {
			d.t.Fatalf("measure the page: %v", err)
		}
		for _, w := range wrong {
			all = append(all, fmt.Sprintf("%s (%d wide): %s", d.Address(), width, w))
		}
	}
	d.do("resize back", d.view(d.width), scripts(d.plain))
	return all
}
