package debrieftest

import (
	_ "embed"
	"encoding/json"
	"time"

	"github.com/chromedp/chromedp"
)

//go:embed find.js
var findScript string

// found is what find.js answers.
type found struct {
	X, Y  float64
	Text  string
	There bool   // of a stop: it is the one that was looked for
	Not   string // why not (yet); empty when found
}

// find looks for something on the page until it is there and can be used as
// the act asks.
func (d *Device) find(what, act string, more ...string) found {
	d.t.Helper()
	until := time.After(Patience)
	for {
		f, err := d.look(what, act, more...)
		if err == nil && f.Not == "" {
			return f
		}
		select {
		case <-until:
			d.t.Fatalf("%s %q: %s %v\nThe page says:\n%s", act, what, f.Not, err, d.pageText())
		case <-time.After(25 * time.Millisecond):
		}
	}
}

// look is find, once. It errs while one page gives way to the next.
func (d *Device) look(what, act string, more ...string) (found, error) {
	args, err := json.Marshal(append([]string{act, what}, more...))
	if err != nil {
		return found{}, err
	}
	return ask(d, chromedp.Evaluate[found](findScript+"(..."+string(args)+")"))
}

func (d *Device) pageText() string {
	text, err := ask(d, chromedp.Evaluate[string](`location.href + "\n" + (document.body ? document.body.innerText : "")`))
	if err != nil {
		return err.Error()
	}
	return text
}
