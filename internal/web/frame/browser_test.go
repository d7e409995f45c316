package frame_test

import (
	"context"
	"flag"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/live"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/web/frame"
)

func TestMain(m *testing.M) { os.Exit(debrieftest.Main(m)) }

// shots names a folder for pictures of the sample pages, to look at.
var shots = flag.String("shots", "", "write pictures of the sample pages to this folder")

// policy is what the server puts on every answer.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'; " +
	"trusted-types debrief; require-trusted-types-for 'script'"

// open serves the pages under the policy and returns the address.
func open(t *testing.T, s *frame.Kit) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		s.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	t.Cleanup(s.EndStreams)
	return server.URL
}

// The sheet of samples holds what the parts promise: nothing axe-core objects
// to, nothing the policy refuses, no sideways scrolling on the smallest phone.
func TestSheet_inABrowser(t *testing.T) {
	s := sheet(t)
	s.Handle("GET /sample/{name}", s.Open(func(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
		return s.Show(w, http.StatusOK, r.PathValue("name"), samples(f)[r.PathValue("name")])
	}))
	base := open(t, s)
	for name := range samples(s.Strange(httptest.NewRequest(http.MethodGet, "/", nil))) {
		t.Run(name, func(t *testing.T) {
			d := debrieftest.NewDevice(t, base, debrieftest.Desktop)
			d.Open("/sample/" + name)
			d.Axe()
			small := debrieftest.NewDevice(t, base, 320)
			small.Open("/sample/" + name)
			if width := small.Evaluate("document.documentElement.scrollWidth"); width != "320" {
				t.Errorf("%s px wide on a phone of 320", width)
			}
			picture(t, base, name)
		})
	}
}

// picture leaves pictures of a sample in the folder that was asked for.
func picture(t *testing.T, base, name string) {
	if *shots == "" {
		return
	}
	for kind, width := range map[string]int{"desktop": debrieftest.Desktop, "mobile": debrieftest.Phone} {
		d := debrieftest.NewDevice(t, base, width)
		d.Open("/sample/" + name)
		for _, theme := range []string{"", ".dark"} {
			d.Dark(theme != "")
			d.Screenshot(filepath.Join(*shots, name+"."+kind+theme+".png"))
		}
	}
}

// liveRoom is a page that changes while it is open.
type liveRoom struct {
	*frame.Kit
	mu      sync.Mutex
	hub     *live.Hub
	seq     int64
	answers []string
	text    string
	version int
	sent    []string      // what arrived: "version: text"
	deaf    bool          // streams are refused
	held    chan struct{} // while open, what is sent gets no answer
	moved   bool
	opened  bool
}

// livePage is testdata/page/live.html.
type livePage struct {
	*frame.Frame
	Answers      []string
	Spoken, Text string
	Refused      string // what was sent and could not be kept
	Version      int
	Until        time.Time
	Moved        bool
	Opened       bool
}

func openLive(t *testing.T) (*liveRoom, string) {
	t.Helper()
	s := sheet(t)
	s.Now = time.Now
	l := &liveRoom{Kit: s, answers: []string{"It rained."}, text: "One text.", version: 1}
	l.hub = live.NewHub("inc", store.Position{})
	s.Live = l.hub
	s.Handle("GET /live", s.Open(func(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
		p := l.page(f)
		p.Refused = r.FormValue("refused")
		return s.Show(w, http.StatusOK, "live", p)
	}))
	s.Handle("GET /fragment/{name}", s.Open(func(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
		return s.Fragment(w, "live", r.PathValue("name"), l.page(f))
	}))
	s.Handle("GET /live/news", s.Open(l.tellAll))
	s.Handle("POST /sent", s.Open(l.take))
	s.Handle("GET /answer", s.Raw(func(http.ResponseWriter, *http.Request) error { close(l.held); return nil }))
	s.Handle("POST /preview", s.Raw(func(w http.ResponseWriter, r *http.Request) error {
		fmt.Fprintf(w, "<p>So it reads: %s</p>", html.EscapeString(r.FormValue("text")))
		return nil
	}))
	s.Handle("GET /thanks", s.Open(func(w http.ResponseWriter, _ *http.Request, f *frame.Frame) error {
		return s.Show(w, http.StatusOK, "more", frame.MorePage{Frame: f})
	}))
	return l, open(t, s)
}

func (l *liveRoom) page(f *frame.Frame) livePage {
	l.mu.Lock()
	defer l.mu.Unlock()
	f.Title, f.News = "Live", "/live/news"
	p := livePage{Frame: f, Answers: l.answers, Text: l.text, Version: l.version, Moved: l.moved, Opened: l.opened, Until: f.Now.Add(62 * time.Second)}
	if len(l.answers) > 1 {
		p.Spoken = "The answers are open."
	}
	return p
}

func (l *liveRoom) tellAll(w http.ResponseWriter, r *http.Request, _ *frame.Frame) error {
	l.mu.Lock()
	deaf := l.deaf
	l.mu.Unlock()
	if deaf {
		return practice.ErrNotFound
	}
	return l.Tell(w, r, frame.Topic{Name: "live", Reader: "a", Allowed: l.hears, Fragments: func(e practice.Event) string { return e.Kind }})
}

func (l *liveRoom) take(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"text": 1000, "version": 9, "go": 9})
	if err != nil {
		return err
	}
	l.mu.Lock()
	held := l.held
	l.sent = append(l.sent, fmt.Sprintf("%s: %s", form.Typed("version"), form.Typed("text")))
	l.mu.Unlock()
	if held != nil {
		<-held
	}
	frame.Redirect(w, r, "/thanks")
	return nil
}

// change changes the room and tells everybody.
func (l *liveRoom) change(names string, change func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	change()
	l.seq++
	l.hub.Take([]store.StoredEvent{{Event: practice.Event{Kind: names, About: "live"}, Position: store.Position{Seq: l.seq}}})
}

func (l *liveRoom) arrived() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.sent, " | ")
}

// eventually waits until the page has what a person cannot see.
func eventually(t *testing.T, d *debrieftest.Device, expression, want string) {
	t.Helper()
	var got string
	for until := time.Now().Add(debrieftest.Patience); time.Now().Before(until); <-time.After(20 * time.Millisecond) {
		if got = d.Evaluate(expression); got == want {
			return
		}
	}
	t.Fatalf("%s is %q, want %q", expression, got, want)
}

func TestLive_newsArriveAndAreSpoken(t *testing.T) {
	l, base := openLive(t)
	d := debrieftest.NewDevice(t, base, debrieftest.Desktop)
	d.Open("/live")
	d.Evaluate("document.querySelector('.answer').kept = true")
	eventually(t, d, "document.querySelector('.clock').textContent.startsWith('1:0')", "true")
	l.change("answers", func() { l.answers = []string{"It rained.", "The gate was <open>."} })
	d.See("The gate was <open>.")
	if d.Evaluate("document.querySelector('.answer').kept") != "true" {
		t.Error("an answer that did not change was replaced")
	}
	eventually(t, d, "document.getElementById('polite').textContent", "The answers are open.")
	l.change("text", func() { l.text = "Another text."; l.version = 2 })
	eventually(t, d, "document.getElementById('one').value", "Another text.")
	if got := d.Evaluate("document.querySelector('[name=version]').value"); got != "2" {
		t.Errorf("version %s", got)
	}
}

func TestLive_whatSomebodyWritesIsNeverReplaced(t *testing.T) {
	l, base := openLive(t)
	d := debrieftest.NewDevice(t, base, debrieftest.Phone)
	d.Open("/live")
	d.Type("The one text", "My words.")
	l.change("text answers", func() { l.text = "Their words."; l.version = 2; l.answers = append(l.answers, "More.") })
	d.See("More.")
	d.See("Someone changed this text while you were writing.")
	d.See("Their words.")
	if got := d.Value("The one text"); got != "My words." {
		t.Errorf("the field holds %q", got)
	}
	if got := d.Evaluate("document.querySelector('[name=version]').value"); got != "1" {
		t.Errorf("sends version %s before anybody chose", got)
	}
	d.Click("Join them")
	d.Gone("Someone changed this text")
	if got := d.Value("The one text"); got != "My words.\nTheir words." {
		t.Errorf("joined: %q", got)
	}
	d.Click("Send")
	if got := l.arrived(); got != "2: My words.\nTheir words." {
		t.Errorf("arrived: %q", got)
	}
}

func TestLive_whatWasRefusedIsNeverReplaced(t *testing.T) {
	l, base := openLive(t)
	d := debrieftest.NewDevice(t, base, debrieftest.Phone)
	d.Open("/live?refused=My+words.")
	l.change("text answers", func() { l.version = 2; l.answers = append(l.answers, "More.") })
	d.See("More.")
	if got := d.Value("The one text"); got != "My words." {
		t.Errorf("the field holds %q", got)
	}
	if got := d.Evaluate("document.getElementById('one').ariaInvalid"); got != "true" {
		t.Error("the error went")
	}
	l.change("answers", func() { l.opened = true })
	d.See("All is open.")
	d.See("It was not kept.")
}

func TestLive_aFormOutlivesWhatStoodAroundIt(t *testing.T) {
	l, base := openLive(t)
	d := debrieftest.NewDevice(t, base, debrieftest.Phone)
	d.Open("/live")
	d.Type("The one text", "My words.")
	l.change("text", func() { l.opened = true })
	d.See("All is open.")
	d.Gone("Nobody can read it.")
	if got := d.Value("The one text"); got != "My words." {
		t.Errorf("the field holds %q", got)
	}
	if got := d.Evaluate("document.activeElement.id"); got != "one" {
		t.Errorf("the cursor is in %q", got)
	}
}

func TestLive_quiet(t *testing.T) {
	l, base := openLive(t)
	l.deaf = true
	d := debrieftest.NewDevice(t, base, debrieftest.Phone)
	d.Forgive("status of 404")
	d.Open("/live")
	d.See("The review room is quiet on your side.")
	l.mu.Lock()
	l.deaf = false
	l.mu.Unlock()
	l.change("none", func() { l.answers = []string{"Meanwhile."} })
	d.Click("Check now")
	d.Gone("The review room is quiet on your side.")
	d.See("Meanwhile.")
}

func TestLive_movesOnUnlessSomebodyWrites(t *testing.T) {
	l, base := openLive(t)
	reading, writing := debrieftest.NewDevice(t, base, debrieftest.Desktop), debrieftest.NewDevice(t, base, debrieftest.Phone)
	reading.Open("/live")
	writing.Open("/live")
	writing.Type("The one text", "Not done yet.")
	l.change("next", func() { l.moved = true })
	writing.See("The gap")
	eventually(t, reading, "location.pathname", "/thanks")
	if got := writing.Address(); got != "/live" {
		t.Errorf("somebody writing was moved to %q", got)
	}
}

func TestPreview(t *testing.T) {
	_, base := openLive(t)
	d := debrieftest.NewDevice(t, base, debrieftest.Desktop)
	d.Open("/live")
	d.Type("Step", "Close the <back> door.")
	d.See("So it reads: Close the <back> door.")
}

func TestFold_afterThreeViews(t *testing.T) {
	_, base := openLive(t)
	d := debrieftest.NewDevice(t, base, debrieftest.Desktop)
	for view := 1; view <= 4; view++ {
		d.Open("/live")
		if open, want := d.Evaluate("document.querySelector('[data-fold]').open"), fmt.Sprint(view <= 3); open != want {
			t.Errorf("view %d: open is %s", view, open)
		}
	}
}

func TestLive_plainPageHasNoScript(t *testing.T) {
	_, base := openLive(t)
	d := debrieftest.NewDevice(t, base, debrieftest.Phone)
	d.Open("/live?plain")
	if n := d.Evaluate("document.querySelectorAll('script, template').length"); n != "0" {
		t.Errorf("%s scripts and templates", n)
	}
}

func TestDraft(t *testing.T) {
	l, base := openLive(t)
	d := debrieftest.NewDevice(t, base, debrieftest.Phone)
	d.Open("/live")
	d.Type("The one text", "Kept words.")
	d.See("Kept on this device as you type.")
	d.Reload()
	d.See("Your words from before are back.")
	if got := d.Value("The one text"); got != "Kept words." {
		t.Errorf("after a reload: %q", got)
	}
	d.Click("Delete from this device")
	if got := d.Value("The one text"); got != "One text." {
		t.Errorf("after deleting: %q", got)
	}
	d.Type("The one text", "Once more.")
	d.Click("Send")
	eventually(t, d, "location.pathname", "/thanks")
	d.Open("/live")
	if got := d.Value("The one text"); got != "One text." || l.arrived() != "1: Once more." {
		t.Errorf("after sending: %q, arrived %q", got, l.arrived())
	}
	if got := d.Evaluate("localStorage.getItem('draft text')"); got != "null" {
		t.Errorf("still on the device: %s", got)
	}
}

func TestDraft_withoutSignal(t *testing.T) {
	l, base := openLive(t)
	d := debrieftest.NewDevice(t, base, debrieftest.Phone)
	d.Open("/live")
	d.Type("The one text", "From the field.")
	d.Offline(true)
	d.Click("Send")
	d.See("They go by themselves.")
	if l.arrived() != "" {
		t.Error("it arrived without signal")
	}
	d.Offline(false)
	eventually(t, d, "location.pathname", "/thanks")
	if got := l.arrived(); got != "1: From the field." {
		t.Errorf("arrived %q", got)
	}
}

// The server is gone and the browser does not know it: the page stays, with the
// words, and they go once somebody is there again.
func TestForm_nobodyAnswers(t *testing.T) {
	l, base := openLive(t)
	d := debrieftest.NewDevice(t, base, debrieftest.Phone)
	d.Open("/live")
	d.Type("The one text", "Three hundred letters.")
	d.Evaluate(`Object.defineProperty(navigator, "onLine", { value: true })`)
	d.Offline(true)
	d.Click("Send")
	d.See("Not sent.")
	d.See("Your words are here.")
	if got := d.Value("The one text"); got != "Three hundred letters." || d.Address() != "/live" || l.arrived() != "" {
		t.Errorf("%q at %s, arrived %q", got, d.Address(), l.arrived())
	}
	d.Offline(false)
	d.Evaluate(`document.querySelector("[data-unsent] [data-do=again]")?.click()`) // where it has not gone by itself already
	eventually(t, d, "location.pathname", "/thanks")
	if got := l.arrived(); got != "1: Three hundred letters." {
		t.Errorf("arrived %q", got)
	}
}

// Days and ticks of a form that suggests them anew are not kept with its words.
func TestDraft_holdsNoDayAndNoTick(t *testing.T) {
	_, base := openLive(t)
	d := debrieftest.NewDevice(t, base, debrieftest.Desktop)
	d.Open("/live")
	d.Type("The one text", "Because.")
	d.Evaluate(`(() => { const form = document.querySelector("form[data-draft]"); form.dataset.words = "";
		for (const type of ["date", "time", "checkbox"]) { const el = document.createElement("input"); el.type = el.name = type; form.append(el); }
		form.elements.date.value = "2025-01-01"; form.elements.time.value = "09:00"; form.elements.checkbox.checked = true;
		form.elements.text.dispatchEvent(new Event("input", { bubbles: true })); })()`)
	eventually(t, d, `localStorage.getItem("draft text")`, `[["text","Because.",null]]`)
}

func TestForm_isSentOnce(t *testing.T) {
	l, base := openLive(t)
	l.held = make(chan struct{})
	d := debrieftest.NewDevice(t, base, debrieftest.Desktop)
	d.Open("/live")
	d.Type("The one text", "Once.")
	d.Evaluate(`[0, 50, 100].map((ms) => setTimeout(() => document.querySelector("form").requestSubmit(document.querySelector("form button")), ms))
		.concat(setTimeout(() => fetch("/answer"), 150))`)
	eventually(t, d, "location.pathname", "/thanks")
	if got := l.arrived(); got != "1: Once." {
		t.Errorf("arrived %q", got)
	}
}

func TestKeys(t *testing.T) {
	_, base := openLive(t)
	d := debrieftest.NewDevice(t, base, debrieftest.Desktop)
	d.Open("/live")
	d.Press("?")
	d.See("Switch keys off")
	d.Click("Close")
	d.Gone("Switch keys off")
	d.Press("j", "j")
	if got := d.Focused(); got != "two" {
		t.Errorf("after j j: %q", got)
	}
	d.Press("k")
	if got := d.Focused(); got != "one" {
		t.Errorf("after k: %q", got)
	}
	d.Evaluate("document.querySelector('[data-key=a]').onclick = () => { document.title = 'agreed' }")
	d.Press("a")
	if got := d.Text("title"); got != "agreed" {
		t.Errorf("after a: %q", got)
	}
	d.Open("/thanks")
	d.Press("?")
	d.Click("Switch keys off")
	d.Click("Close")
	d.Press("g", "m")
	if got := d.Address(); got != "/thanks" {
		t.Errorf("keys are off, and g m went to %q", got)
	}
	d.Press("?")
	d.Click("Switch keys on")
	d.Click("Close")
	d.Evaluate("document.querySelector('[data-go=m]').href = '/more'") // a page that needs no database
	d.Press("g", "m")
	if got := d.Address(); got != "/more" {
		t.Errorf("g m went to %q", got)
	}
}

func (l *liveRoom) hears(context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.deaf {
		return practice.ErrNotFound
	}
	return nil
}
