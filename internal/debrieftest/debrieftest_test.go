package debrieftest

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
)

func TestMain(m *testing.M) { os.Exit(Main(m)) }

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; trusted-types debrief; require-trusted-types-for 'script'"

// pages is a small site of its own, with a page for every fault.
var pages = map[string]string{
	"/good": `<main><h1>Good</h1><form method="post" action="/sent"><label>What went wrong <input name="what"></label>
		<label><input type="checkbox" name="core"> Core step</label><label>Stage <select name="stage"><option>before</option><option>after</option></select></label>
		<button>Send it</button></form><p><a href="/slow">Slow page</a></p></main>`,
	"/sent":         `<main><h1>It is in</h1><p>Thank you.</p></main>`,
	"/slow":         `<main><h1>At last</h1></main>`,
	"/scripted":     `<main><h1>Before</h1></main><script src="/change.js"></script>`,
	"/covered":      `<link rel="stylesheet" href="/cover.css"><main><h1>Covered</h1><button>Under</button><div class="over">x</div></main>`,
	"/no-label":     `<main><h1>Faulty</h1><form><input name="a"></form></main>`,
	"/pale":         `<link rel="stylesheet" href="/pale.css"><main><h1>Pale</h1><p class="pale">Hardly to be read.</p></main>`,
	"/night":        `<link rel="stylesheet" href="/night.css"><main><h1>Night</h1><p>Hardly to be read when it is dark.</p></main>`,
	"/styled":       `<main><h1 style="color:red">Styled</h1></main>`,
	"/inline":       `<main><h1>Inline</h1></main><script>document.title = "x"</script>`,
	"/noisy":        `<main><h1>Noisy</h1></main><script src="/noisy.js"></script>`,
	"/throwing":     `<main><h1>Throwing</h1></main><script src="/throw.js"></script>`,
	"/missing":      `<main><h1>Missing</h1><img src="/nowhere.png" alt="Nothing"></main>`,
	"/unsafe":       `<main><h1>Unsafe</h1></main><script src="/unsafe.js"></script>`,
	"/keys":         `<main><h1>Keys</h1><button>First</button><p><label>Words <input name="what"></label></p><button>Last</button></main>`,
	"/ringless":     `<link rel="stylesheet" href="/ringless.css"><main><h1>Keys</h1><button>First</button></main>`,
	"/wide":         `<main><h1>Wide</h1><pre>` + strings.Repeat("wide", 400) + `</pre></main>`,
	"/tiny":         `<link rel="stylesheet" href="/tiny.css"><main><h1>Tiny</h1><p><small>So small</small></p></main>`,
	"/shifting":     `<main><h1>Shifting</h1><p>A line</p><button>Catch me</button></main><script src="/shift.js"></script>`,
	"/shift.js":     `addEventListener("pointerdown", () => { document.querySelector("p").textContent = "more ".repeat(999) }, { once: true }); document.querySelector("button").onclick = () => { document.querySelector("h1").textContent = "Caught" }`,
	"/low":          `<main><h1>Low</h1><p><a href="/good">Hard to hit</a></p></main>`,
	"/stacked":      `<link rel="stylesheet" href="/stacked.css"><main><h1>Stacked</h1><p>One line</p><p class="up">Another line</p></main>`,
	"/stacked.css":  `.up { margin-top: -2rem }`,
	"/tiny.css":     `small { font-size: 10px }`,
	"/jumping":      `<main><h1>Keys</h1><button>First</button><button>Second</button><button tabindex="1">Third</button></main>`,
	"/hiding":       `<link rel="stylesheet" href="/cover.css"><main><h1>Keys</h1><button>First</button><div class="over">x</div></main>`,
	"/ringless.css": `:focus { outline: none }`,
	"/change.js":    `setTimeout(() => { document.querySelector("h1").textContent = "After" }, 200)`,
	"/noisy.js":     `console.error("something", { is: "off" })`,
	"/throw.js":     `throw new Error("thrown on purpose")`,
	"/unsafe.js":    `document.querySelector("main").innerHTML = "<b>x</b>"`,
	"/pale.css":     `.pale { color: #ccc; background: #fff }`,
	"/night.css":    `@media (prefers-color-scheme: dark) { p { color: #333; background: #222 } }`,
	"/cover.css":    `.over { position: fixed; inset: 0 }`,
	"/favicon.ico":  "",
}

func serve(t *testing.T) string {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := pages[r.URL.Path]
		w.Header().Set("Content-Security-Policy", policy)
		switch {
		case strings.HasSuffix(r.URL.Path, ".js"):
			w.Header().Set("Content-Type", "text/javascript")
		case strings.HasSuffix(r.URL.Path, ".css"):
			w.Header().Set("Content-Type", "text/css")
		default:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			body = `<!doctype html><html lang="en"><title>A page</title><meta name="viewport" content="width=device-width">` + body
		}
		if r.URL.Path == "/sent" && r.FormValue("what") != "" {
			body = strings.Replace(body, "Thank you.", "You wrote: "+r.FormValue("what")+", "+r.FormValue("core")+", "+r.FormValue("stage"), 1)
		}
		if !ok {
			w.WriteHeader(http.StatusNotFound)
		}
		w.Write([]byte(body))
	}))
	t.Cleanup(srv.Close)
	return srv.URL
}

func TestDevice(t *testing.T) {
	base := serve(t)
	for _, width := range []int{Desktop, Phone} {
		d := NewDevice(t, base, width)
		d.Open("/good")
		d.Type("What went wrong", "The scale was off.")
		d.Click("Core step")
		d.Choose("Stage", "after")
		if got := d.Value("What went wrong"); got != "The scale was off." {
			t.Errorf("field holds %q", got)
		}
		d.Click("Send it")
		d.See("You wrote: The scale was off., on, after")
		if d.Taps() != 3 || d.Address() != "/sent" {
			t.Errorf("%d taps, at %s; want 3, at /sent", d.Taps(), d.Address())
		}
		d.Back()
		d.Press("Tab")
		d.Type("what", "By keyboard.")
		d.Press("Tab", "Space", "Tab", "Tab")
		if got := d.Focused(); got != "Send it" {
			t.Errorf("focus on %q", got)
		}
		d.Press("Enter")
		d.See("You wrote: By keyboard.")
		if d.Taps() != 5 {
			t.Errorf("%d taps, want 5", d.Taps())
		}
		d.Axe()
	}
}

func TestDevice_ofTwoPeople(t *testing.T) {
	base := serve(t)
	one, other := NewDevice(t, base, Desktop), NewDevice(t, base, Phone)
	one.Open("/good")
	other.Open("/sent")
	one.do("set a cookie", evaluate(`document.cookie = "who=one"`))
	one.Reload()
	other.Reload()
	for d, want := range map[*Device]bool{one: true, other: false} {
		d.do("read cookies", evaluate(`if (document.cookie.includes("who=one") !== `+map[bool]string{true: "true", false: "false"}[want]+`) throw document.cookie`))
	}
}

func TestDevice_ofOnePersonTwice(t *testing.T) {
	one := NewDevice(t, serve(t), Desktop)
	one.Open("/good")
	one.do("set a cookie", evaluate(`document.cookie = "who=one"`))
	other := one.Tab()
	other.Open("/sent")
	if got := other.Evaluate("document.cookie"); got != "who=one" {
		t.Errorf("the other window has %q", got)
	}
	one.See("Good")
}

func TestDevice_withoutScripts(t *testing.T) {
	d := NewDevice(t, serve(t), Desktop)
	d.Open("/scripted")
	d.See("After")
	d.NoScripts(true)
	d.Open("/scripted")
	d.See("Before")
	d.Open("/good")
	d.Type("What went wrong", "Plain.")
	d.Click("Send it")
	d.See("You wrote: Plain.")
	d.Axe()
	d.Open("/scripted")
	d.See("Before")
}

func TestDevice_offline(t *testing.T) {
	d := NewDevice(t, serve(t), Desktop)
	d.Open("/good")
	d.Offline(true)
	d.do("fetch in vain", chromedp.Evaluate[chromedp.Void](`fetch("/sent").then(() => { throw "came" }, () => {})`, chromedp.EvalAwaitPromise))
	d.Offline(false)
	d.do("fetch", chromedp.Evaluate[chromedp.Void](`fetch("/sent").then(() => 1)`, chromedp.EvalAwaitPromise))
}

// TestWatch_catches is the control of every story: a page that does what it
// must never do is noticed, with scripts and without.
func TestWatch_catches(t *testing.T) {
	base := serve(t)
	d := NewDevice(t, base, Desktop)
	for address, want := range map[string]string{
		"/styled":   "securitypolicyviolation: style-src",
		"/inline":   "securitypolicyviolation: script-src",
		"/unsafe":   "securitypolicyviolation: require-trusted-types-for",
		"/noisy":    "console.error: \"something\"",
		"/throwing": "thrown on purpose",
		"/missing":  "404",
		"/good":     "",
		"/nowhere":  "",
	} {
		d.Open(address)
		expectFault(t, d, address, want)
	}
	d.NoScripts(true)
	d.Open("/styled")
	expectFault(t, d, "/styled without scripts", "securitypolicyviolation: style-src")
}

func expectFault(t *testing.T, d *Device, where, want string) {
	t.Helper()
	d.settle()
	got := strings.Join(d.watch.take(), "\n")
	if want == "" && got != "" || !strings.Contains(got, want) {
		t.Errorf("%s: noticed %q, want %q", where, got, want)
	}
}

func TestAxe_catches(t *testing.T) {
	d := NewDevice(t, serve(t), Desktop)
	for address, want := range map[string]string{
		"/no-label": "label: ",
		"/pale":     "color-contrast: ",
		"/night":    "(1280 wide, dark true): color-contrast: ",
	} {
		d.Open(address)
		if got := strings.Join(d.axe(), "\n"); !strings.Contains(got, want) {
			t.Errorf("%s: axe found %q, want %q", address, got, want)
		}
	}
}

func TestFit_catches(t *testing.T) {
	d := NewDevice(t, serve(t), Desktop)
	for address, want := range map[string]string{
		"/wide":     "px wide, because of pre",
		"/tiny":     "text of 10px: small",
		"/low":      "too low for a finger: a",
		"/stacked":  "lie over each other",
		"/ringless": "no ring around button",
	} {
		d.Open(address)
		if got := strings.Join(d.fit(), "\n"); !strings.Contains(got, want) {
			t.Errorf("%s: found %q, want %q", address, got, want)
		}
	}
}

func TestBudget(t *testing.T) {
	d := NewDevice(t, serve(t), Phone)
	d.Open("/good")
	var b Budget
	b.Spend(d, "Send", 1, func() { d.Type("What went wrong", "It tore."); d.Click("Send it") })
	if over := b.over(); len(over) != 0 {
		t.Errorf("over: %q", over)
	}
	b.Spend(d, "Go back and tick", 0, func() { d.Back(); d.Click("Core step") })
	if over := b.over(); len(over) != 1 {
		t.Errorf("over: %q, want the second task", over)
	}
	b.Overspend(d, "Tick", 0, 1, func() { d.Click("Core step") })
	b.Overspend(d, "Tick no more", 0, 1, func() {})
	if over := b.over(); len(over) != 2 {
		t.Errorf("over: %q, want the debt that was paid as well", over)
	}
	want := "| Task | Budget | Spent | Screens |\n|---|---|---|---|\n| Send | 1 | 1 | 1 |\n| Go back and tick | 0 | 1 | 1 |\n" +
		"| Tick | 0 | 1 (1 over) | 0 |\n| Tick no more | 0 | 0 (1 over) | 0 |\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

// TestFind_covered shows that a button under something else cannot be tapped.
func TestFind_covered(t *testing.T) {
	d := NewDevice(t, serve(t), Desktop)
	d.Open("/covered")
	f, err := d.look("Under", "click")
	if err != nil || !strings.Contains(f.Not, "covered") {
		t.Errorf("a covered button: %+v, %v", f, err)
	}
}

// A page that is drawn anew under a click is clicked once more.
func TestClick_missed(t *testing.T) {
	d := NewDevice(t, serve(t), Desktop)
	d.Open("/shifting")
	d.Click("Catch me")
	d.See("Caught")
}

func TestTabTo(t *testing.T) {
	d := NewDevice(t, serve(t), Desktop)
	d.Open("/keys")
	d.TabTo("Words")
	d.Write("By keys.")
	if got := d.Value("what"); got != "By keys." {
		t.Errorf("field holds %q", got)
	}
	d.TabTo("Last")
	d.TabTo("First")
	for address, want := range map[string]string{
		"/ringless": "First shows no focus", "/jumping": "Third has a place of its own", "/hiding": "First has the focus and cannot be seen",
		"/keys": "never comes",
	} {
		d.Open(address)
		if got := d.tabTo("Nowhere"); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}
