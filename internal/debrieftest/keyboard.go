package debrieftest

import (
	"github.com/chromedp/cdproto/input"
)

// mostStops is how often somebody presses Tab before they give up.
const mostStops = 150

// TabTo presses Tab until the focus is on what has that name or matches that
// selector. Every stop on the way must show that it has the focus, and stand
// behind the one before it on the page.
func (d *Device) TabTo(what string) {
	d.t.Helper()
	if wrong := d.tabTo(what); wrong != "" {
		d.t.Fatalf("%s\nThe page says:\n%s", wrong, d.pageText())
	}
}

// tabTo is TabTo, and says what is wrong.
func (d *Device) tabTo(what string) string {
	d.t.Helper()
	d.Evaluate("delete window.lastStop")
	for range mostStops {
		d.Press("Tab")
		at, err := d.look(what, "stop")
		if err != nil {
			return "Tab to " + what + ": " + err.Error()
		}
		if at.Not != "" {
			return "Tab to " + what + ": " + at.Text + " " + at.Not
		}
		if at.There {
			return ""
		}
	}
	return "Tab never comes to " + what
}

// Write types words into whatever has the focus, after what stands there.
func (d *Device) Write(text string) {
	d.t.Helper()
	d.do("write", call(input.InsertText, input.InsertTextParams{Text: text}))
}
