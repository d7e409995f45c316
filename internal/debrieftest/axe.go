package debrieftest

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// axe-core, version 4.14.1, Mozilla Public License 2.0; see testdata/axe.
//
//go:embed testdata/axe/axe.min.js
var axeScript string

// axeRun asks for the rules that it is given. Motion is brought to its end first: a
// colour on its way is none.
const axeRun = `((rules) => {
	for (const a of document.getAnimations()) { try { a.finish() } catch { a.cancel() } }
	return axe.run(document, {
		runOnly: rules,
		resultTypes: ["violations"],
	}).then(r => JSON.stringify(r.violations.flatMap(v => v.nodes.map(n =>
		v.id + ": " + v.help + "\n\t" + n.target.join(" ") + "\n\t" + n.html + "\n\t" + n.failureSummary.replace(/\n\s*/g, " ")))));
})`

// Every rule of WCAG 2.0 to 2.2, levels A and AA, and the best practices, in light;
// in dark only colours differ.
const (
	everyRule  = `(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"])`
	colourRule = `(["color-contrast", "link-in-text-block"])`
)

// Axe fails the test for every accessibility fault of the page: in light at both
// widths; in dark, where the same parts have other colours, at the device's own.
func (d *Device) Axe() {
	d.t.Helper()
	for _, wrong := range d.axe() {
		d.t.Error(wrong)
	}
}

// Look has Axe and Fit look at the page, and where the environment names a folder in
// DEBRIEF_SCREENS, keeps pictures of it there at both widths, with that name.
// A story that is told on both databases looks once.
func (d *Device) Look(name string) {
	d.t.Helper()
	process.Lock()
	seen := process.looked[name]
	process.looked[name] = true
	process.Unlock()
	if seen {
		return
	}
	d.Axe()
	d.Fit()
	folder := os.Getenv("DEBRIEF_SCREENS")
	if folder == "" {
		return
	}
	for _, width := range []int{Desktop, Phone} {
		d.do("resize", d.view(width))
		d.Screenshot(filepath.Join(folder, fmt.Sprintf("%s-%d.png", name, width)))
	}
	d.do("resize back", d.view(d.width))
}

// axe returns each fault once, with where it shows.
func (d *Device) axe() []string {
	d.t.Helper()
	d.do("let axe run", scripts(false)) // those of a page that has loaded without them stay out
	look, err := ask(d, axeWorld)
	if err != nil {
		d.t.Fatalf("axe: %v", err)
	}
	where := map[string][]string{}
	for _, at := range []struct {
		width int
		dark  bool
		rules string
	}{{Desktop, false, everyRule}, {Phone, false, everyRule}, {d.width, true, colourRule}} {
		d.do("resize", d.view(at.width), colours(at.dark))
		faults, err := ask(d, look(at.rules))
		if err != nil {
			d.t.Fatalf("axe: %v", err)
		}
		for _, f := range faults {
			where[f] = append(where[f], fmt.Sprintf("%d wide, dark %t", at.width, at.dark))
		}
	}
	d.do("resize back", d.view(d.width), colours(false), scripts(d.plain))
	var all []string
	for _, f := range slices.Sorted(maps.Keys(where)) {
		all = append(all, fmt.Sprintf("%s (%s): %s", d.Address(), strings.Join(where[f], "; "), f))
	}
	return all
}

// axeWorld brings axe-core into a world of its own in the page, where the page's
// policy neither binds it nor hears of it, and returns how its rules are asked there.
func axeWorld(ctx context.Context, t *chromedp.Target) (func(rules string) chromedp.Action[[]string], error) {
	tree, err := cdp.Call(ctx, t, page.GetFrameTree, cdp.Empty{})
	if err != nil {
		return nil, err
	}
	world, err := cdp.Call(ctx, t, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: tree.FrameTree.Frame.ID, WorldName: "axe"})
	if err != nil {
		return nil, err
	}
	there := func(p *runtime.EvaluateParams) { p.ContextID = world.ExecutionContextID }
	_, err = chromedp.Evaluate[chromedp.Void](axeScript, there)(ctx, t)
	return func(rules string) chromedp.Action[[]string] {
		return func(ctx context.Context, t *chromedp.Target) (faults []string, err error) {
			said, err := chromedp.Evaluate[string](axeRun+rules, there, chromedp.EvalAwaitPromise)(ctx, t)
			if err == nil {
				err = json.NewDecoder(strings.NewReader(said)).Decode(&faults)
			}
			return faults, err
		}
	}, err
}
