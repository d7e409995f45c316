package debrieftest

import (
	"context"
	"os"
	"os/exec"
	"testing"

	"github.com/chromedp/chromedp"
)

// What devices run in: Chromium without its windows, which takes a third less of a
// processor, and the whole of it, for what only that does.
const (
	windowless = "chromium-headless-shell"
	whole      = "chromium"
)

// Browser starts Chromium without its windows the first time it is asked for, or the
// whole of it where that is all there is, and returns the context that its devices hang on.
func Browser(t testing.TB) context.Context {
	t.Helper()
	if _, err := exec.LookPath(windowless); err != nil {
		return browser(t, whole)
	}
	return browser(t, windowless)
}

func browser(t testing.TB, program string) context.Context {
	t.Helper()
	process.Lock()
	defer process.Unlock()
	if process.dir == "" {
		t.Fatal("debrieftest: TestMain must call debrieftest.Main")
	}
	if process.browsers[program] == nil {
		ctx, end, err := startBrowser(program)
		if err != nil {
			t.Fatal(err)
		}
		process.browsers[program] = ctx
		process.closers = append(process.closers, end)
	}
	return process.browsers[program]
}

func startBrowser(program string) (context.Context, func(), error) {
	file, err := exec.LookPath(program)
	if err != nil {
		return nil, nil, err // it names the program: apt-get install chromium
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(file),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-field-trial-config", true),
		chromedp.Flag("font-render-hinting", "none"),
		// Two pages of the browser's own come with each window, for an address bar that nobody sees.
		chromedp.Flag("disable-features", "BlinkGenPropertyTrees,PaintHolding,Translate,WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup"),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium has none for root
	}
	alloc, endAlloc := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, end := chromedp.NewContext(alloc)
	if err := chromedp.Do(ctx); err != nil {
		end()
		endAlloc()
		return nil, nil, err
	}
	return ctx, func() { end(); endAlloc() }, nil
}
