package debrieftest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The two widths every screen is looked at.
const (
	Desktop = 1280
	Phone   = 390
)

// A Device is one person's browser window: own cookies, own storage. What the
// page must never do (break its content security policy, write an error to the
// console, throw) fails the test at its end.
//
// Its methods wait for what they need and fail the test when it does not come.
type Device struct {
	Base string // where paths are looked up; move it to send the person to another node

	t     testing.TB
	ctx   context.Context
	width int
	taps  int
	plain bool // scripts are off
	tabs  bool // it has more than one, of which one is in front
	watch *watch
}

// NewDevice gives somebody a browser window of the width. A narrow one is a
// phone, with touch.
func NewDevice(t testing.TB, base string, width int) *Device {
	t.Helper()
	return window(t, base, width, Browser(t), chromedp.WithNewBrowserContext())
}

// NewKeepingDevice is NewDevice with a browser that keeps a page which is left as it
// was, for whoever goes back to it; only the whole of Chromium does.
func NewKeepingDevice(t testing.TB, base string, width int) *Device {
	t.Helper()
	return window(t, base, width, browser(t, whole), chromedp.WithNewBrowserContext())
}

// Tab opens another window beside this one, of the same person: the cookies
// and what the browser keeps are the same.
func (d *Device) Tab() *Device {
	d.t.Helper()
	other := window(d.t, d.Base, d.width, d.ctx)
	d.tabs, other.tabs = true, true
	return other
}

func window(t testing.TB, base string, width int, of context.Context, options ...chromedp.ContextOption) *Device {
	t.Helper()
	d := &Device{Base: base, t: t, width: width, watch: &watch{}}
	ctx, cancel := chromedp.NewContext(of, append(options, chromedp.WithListener(d.watch.see))...)
	t.Cleanup(cancel)
	d.ctx = ctx
	d.do("open a window", d.watch.start(), d.view(width))
	t.Cleanup(func() {
		for _, wrong := range d.watch.take() {
			t.Errorf("in the browser: %s", wrong)
		}
		if t.Failed() {
			d.leaveEvidence()
		}
	})
	return d
}

// Resize makes the window as wide as another screen.
func (d *Device) Resize(width int) {
	d.t.Helper()
	d.do("resize", d.view(width))
	d.width = width
}

func (d *Device) view(width int) chromedp.Action[chromedp.Void] {
	if width > 600 {
		return chromedp.EmulateViewport(int64(width), 900)
	}
	return chromedp.EmulateViewport(int64(width), 844, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait)
}

// do runs actions with a limit, and fails the test with what was attempted.
func (d *Device) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	d.t.Helper()
	if _, err := ask(d, chromedp.Steps(actions...)); err != nil {
		d.t.Fatalf("%s: %v", what, err)
	}
}

// ask runs an action with a limit and returns what it found.
func ask[T any](d *Device, action chromedp.Action[T]) (T, error) {
	return chromedp.Run(d.ctx, func(ctx context.Context, t *chromedp.Target) (T, error) {
		ctx, cancel := context.WithTimeout(ctx, Patience)
		defer cancel()
		return action(ctx, t)
	})
}

// Open goes to an address: a path on the site, or a whole URL.
func (d *Device) Open(address string) {
	d.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = d.Base + address
	}
	d.do("open "+address, chromedp.Navigate(address))
}

// Back goes back one page, as the browser's button does: the page may come
// back as it was left, without loading.
func (d *Device) Back() {
	d.t.Helper()
	before := d.watch.pages()
	d.do("go back", func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		been, err := cdp.Call(ctx, t, page.GetNavigationHistory, cdp.Empty{})
		if err != nil {
			return chromedp.Void{}, err
		}
		last := been.Entries[max(0, been.CurrentIndex-1)]
		_, err = cdp.Call(ctx, t, page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: last.ID})
		return chromedp.Void{}, err
	})
	d.wait("go back", func() bool { return d.watch.pages() > before })
	d.settle()
}

// Reload loads the page again.
func (d *Device) Reload() {
	d.t.Helper()
	d.do("reload", chromedp.Reload())
}

// Click taps what has that name (a button's or link's words, a field's label)
// or matches that selector. It must be visible, enabled and not covered. One
// tap is counted, and a page that it leads to has loaded on return.
func (d *Device) Click(what string) {
	d.t.Helper()
	if d.tabs { // what is behind another one is not drawn, and moves once it is
		d.do("bring the window to the front", call(page.BringToFront, cdp.Empty{}))
	}
	d.wait("hit "+what, func() bool {
		at := d.find(what, "click")
		d.do("click "+what, chromedp.MouseClickXY(at.X, at.Y))
		missed, err := ask(d, chromedp.Evaluate[bool]("window.missed === true"))
		return err != nil || !missed
	})
	d.taps++
	d.settle()
}

// Type puts text into the field with that label, name or selector, instead of
// what it held. Typed words are not counted, nor is moving the focus.
func (d *Device) Type(field, text string) {
	d.t.Helper()
	d.find(field, "type")
	d.do("type into "+field, call(input.InsertText, input.InsertTextParams{Text: text}))
}

// Choose picks the option with those words from the select with that label.
// One tap is counted.
func (d *Device) Choose(field, option string) {
	d.t.Helper()
	d.find(field, "choose", option)
	d.taps++
	d.settle()
}

// keys that a person presses, by the name on them.
var keys = map[string]string{
	"Enter": kb.Enter, "Space": " ", "Tab": kb.Tab, "Escape": kb.Escape,
	"Up": kb.ArrowUp, "Down": kb.ArrowDown, "Left": kb.ArrowLeft, "Right": kb.ArrowRight,
}

// Press presses keys one after the other; "Shift+Tab" is one. Enter and Space
// count as taps, moving about does not.
func (d *Device) Press(names ...string) {
	d.t.Helper()
	for _, name := range names {
		var options []chromedp.KeyOption
		plain, shifted := strings.CutPrefix(name, "Shift+")
		if shifted {
			options = append(options, chromedp.KeyModifiers(chromedp.ModifierShift))
		}
		key, known := keys[plain]
		if !known {
			key = plain
		}
		d.do("press "+name, chromedp.KeyEvent(key, options...))
		if plain == "Enter" || plain == "Space" {
			d.taps++
		}
		d.settle()
	}
}

// Text returns the visible text of what matches the selector; "body" for all.
func (d *Device) Text(selector string) string {
	d.t.Helper()
	return d.find(selector, "read").Text
}

// See waits until the page shows the words.
func (d *Device) See(words string) {
	d.t.Helper()
	d.find(words, "see")
}

// Gone waits until the page no longer shows the words.
func (d *Device) Gone(words string) {
	d.t.Helper()
	d.find(words, "gone")
}

// Focused returns the name of what has the focus, for stories by keyboard.
func (d *Device) Focused() string {
	d.t.Helper()
	return d.find("", "focused").Text
}

// Focuses waits until what has the name has the focus: a browser gives it to the
// first field only once the page was drawn.
func (d *Device) Focuses(name string) {
	d.t.Helper()
	d.wait("give the focus to "+name, func() bool { return d.Focused() == name })
}

// Address returns the path and query of the page.
func (d *Device) Address() string {
	d.t.Helper()
	return d.find("", "address").Text
}

// Value returns what stands in the field.
func (d *Device) Value(field string) string {
	d.t.Helper()
	return d.find(field, "value").Text
}

// Holds waits until the words stand in the field.
func (d *Device) Holds(field, words string) {
	d.t.Helper()
	d.find(field, "hold", words)
}

// Taps returns how many taps, clicks and activating keys there were so far.
func (d *Device) Taps() int { return d.taps }

// NoScripts turns scripts off, or on again, from the next page on.
func (d *Device) NoScripts(off bool) {
	d.t.Helper()
	d.plain = off
	d.do("turn scripts off", scripts(off))
}

func scripts(off bool) chromedp.Action[chromedp.Void] {
	return call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: off})
}

// Offline takes the network away, or gives it back. Requests that fail for
// want of it are no fault of the page. The page hears that it is back when a
// request gets through again.
func (d *Device) Offline(off bool) {
	d.t.Helper()
	c := &network.Conditions{Offline: off, DownloadThroughput: -1, UploadThroughput: -1}
	d.do("change the network", call(network.EmulateNetworkConditionsByRule,
		network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{c}}))
	if !off {
		d.wait("reach the site again", func() bool {
			_, err := ask(d, chromedp.Evaluate[chromedp.Void](`fetch(location, {method: "HEAD"})`, chromedp.EvalAwaitPromise))
			return err == nil
		})
	}
	d.do("tell the page", call(network.OverrideNetworkState,
		network.OverrideNetworkStateParams{Offline: off, DownloadThroughput: -1, UploadThroughput: -1}))
}

// Uninstallable returns why the browser would not put the site on a home screen,
// beside that our windows are private ones: nothing, where it would.
func (d *Device) Uninstallable() []string {
	d.t.Helper()
	var why []string
	d.do("ask what an installation lacks", func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		manifest, err := cdp.Call(ctx, t, page.GetAppManifest, page.GetAppManifestParams{})
		if err != nil {
			return chromedp.Void{}, err
		}
		for _, e := range manifest.Errors {
			why = append(why, e.Message)
		}
		lacks, err := cdp.Call(ctx, t, page.GetInstallabilityErrors, cdp.Empty{})
		if err != nil {
			return chromedp.Void{}, err
		}
		for _, e := range lacks.InstallabilityErrors {
			if e.ErrorID != "in-incognito" {
				why = append(why, e.ErrorID)
			}
		}
		return chromedp.Void{}, nil
	})
	return why
}

// Forgive lets a fault pass that the story provokes on purpose: a refusal that
// a script fetches leaves "status of 409" in the console.
func (d *Device) Forgive(words string) { d.watch.forgive(words) }

// Cookie puts a cookie into the browser, for the site alone.
func (d *Device) Cookie(name, value string) {
	d.t.Helper()
	d.do("set a cookie", call(network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: d.Base + "/"}))
}

// Dark switches the colours the person prefers.
func (d *Device) Dark(on bool) {
	d.t.Helper()
	d.do("switch colours", colours(on))
}

// OnPaper shows the page as it would be printed, or again as it is on a screen.
func (d *Device) OnPaper(on bool) {
	d.t.Helper()
	media := ""
	if on {
		media = "print"
	}
	d.do("look at it on paper", call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media}))
}

// A Paper is what a page is printed on, in inches.
type Paper struct{ Width, Height float64 }

// The two papers that are in printers.
var (
	A4     = Paper{8.27, 11.69}
	Letter = Paper{8.5, 11}
)

// aSheet is what stands once in a PDF for each of its sheets.
var aSheet = regexp.MustCompile(`/Type\s*/Page\b`)

// Sheets prints the page and counts the sheets it takes.
func (d *Device) Sheets(on Paper) int {
	d.t.Helper()
	pdf, err := ask(d, func(ctx context.Context, t *chromedp.Target) (page.PrintToPDFResult, error) {
		return cdp.Call(ctx, t, page.PrintToPDF, page.PrintToPDFParams{PaperWidth: on.Width, PaperHeight: on.Height})
	})
	if err != nil {
		d.t.Fatalf("print: %v", err)
	}
	return len(aSheet.FindAll(pdf.Data, -1))
}

func colours(dark bool) chromedp.Action[chromedp.Void] {
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	return call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme},
		{Name: "prefers-reduced-motion", Value: "reduce"},
	}})
}

// Screenshot writes the whole page to a PNG file.
func (d *Device) Screenshot(file string) {
	d.t.Helper()
	if err := d.picture(file); err != nil {
		d.t.Fatalf("take a picture: %v", err)
	}
}

func (d *Device) picture(file string) error {
	beyond := true
	_, err := ask(d, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		shot, err := cdp.Call(ctx, t, page.CaptureScreenshot, page.CaptureScreenshotParams{CaptureBeyondViewport: &beyond})
		if err != nil {
			return chromedp.Void{}, err
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return chromedp.Void{}, err
		}
		return chromedp.Void{}, os.WriteFile(file, shot.Data, 0o644)
	})
	return err
}

// leaveEvidence keeps a picture of the page on which a story failed.
func (d *Device) leaveEvidence() {
	name := strings.NewReplacer("/", "-", " ", "_").Replace(d.t.Name())
	file := filepath.Join(os.TempDir(), fmt.Sprintf("debrief-%s-%d.png", name, d.width))
	if d.picture(file) == nil {
		d.t.Logf("the page is in %s", file)
	}
}

// call makes an action of a protocol command that returns nothing we need.
func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, command, params)
		return chromedp.Void{}, err
	}
}

// evaluate runs a line of script in the page.
func evaluate(script string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void](script)
}

// Evaluate runs an expression in the page and returns it as text, for what a
// person cannot see: a width, what the browser keeps. While one page gives way
// to the next it tries again.
func (d *Device) Evaluate(expression string) string {
	d.t.Helper()
	var said string
	var err error
	d.wait("evaluate "+expression, func() bool {
		said, err = ask(d, chromedp.Evaluate[string]("String("+expression+")"))
		return err == nil || strings.Contains(err.Error(), "exception")
	})
	if err != nil {
		d.t.Fatalf("evaluate %s: %v", expression, err)
	}
	return said
}

// Await runs an expression in the page and returns as text what it promises.
func (d *Device) Await(expression string) string {
	d.t.Helper()
	said, err := ask(d, chromedp.Evaluate[string]("Promise.resolve("+expression+").then(String)", chromedp.EvalAwaitPromise))
	if err != nil {
		d.t.Fatalf("await %s: %v", expression, err)
	}
	return said
}

// settle waits for a page that was asked for by what has just been done. Forms
// are sent in a task of their own, which questions to the page let pass; that a
// page was asked for is said before they are answered.
func (d *Device) settle() {
	d.t.Helper()
	d.wait("see whether the site is there", func() bool {
		reaching, err := ask(d, chromedp.Evaluate[bool](`document.querySelector("form[data-reaching]") !== null`))
		return err != nil || !reaching
	})
	for range 3 {
		ask(d, evaluate("1")) // fails where one page gives way to the next
	}
	d.wait("load the page", func() bool { return !d.watch.loading() })
}

// wait waits until something is so.
func (d *Device) wait(what string, so func() bool) {
	d.t.Helper()
	until := time.After(Patience)
	for !so() {
		select {
		case <-until:
			d.t.Fatalf("%s: not within %s", what, Patience)
		case <-time.After(10 * time.Millisecond):
		}
	}
}
