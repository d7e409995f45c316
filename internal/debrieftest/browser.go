package debrieftest

import (
	"context"
	"os"
	"os/exec"
	"testing"

	"github.com/chromedp/chromedp"
)

// Browser starts Chromium the first time it is asked for and returns the
// context that its devices hang on.
func Browser(t testing.TB) context.Context {
	t.Helper()
	process.Lock()
	defer process.Unlock()
	if process.dir == "" {
		t.Fatal("debrieftest: TestMain must call debrieftest.Main")
	}
	if process.browser == nil {
		ctx, end, err := startBrowser()
		if err != nil {
			t.Fatal(err)
		}
		process.browser = ctx
		process.closers = append(process.closers, end)
	}
	return process.browser
}

func startBrowser() (context.Context, func(), error) {
	file, err := exec.LookPath("chromium")
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
