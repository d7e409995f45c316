package webtest

import (
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/auth"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
	"debrief/internal/web/frame"
	"debrief/internal/words"
)

// Town is the pages over a real store, and the browsers of a few people.
type Town struct {
	T    *testing.T
	Web  *frame.Kit
	Now  time.Time
	Door string // the secret of the set-up link
}

// NewTown is a town whose set-up waits. build is web.New.
func NewTown(t *testing.T, build Builder) *Town {
	t.Helper()
	w := &Town{T: t, Now: Noon}
	clock := func() time.Time { return w.Now }
	s := storetest.Open(t, storetest.SQLite(t), func(o *store.Options) { o.Now = clock })
	catalogue, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	doors := auth.New(auth.Options{Store: s, Now: clock, Random: rand.Reader, Hash: auth.HashCost{KiB: 8, Passes: 1, Lanes: 1}})
	w.Web, err = build(frame.Options{
		App: app.New(app.Options{Store: s}), Auth: doors, Words: catalogue, Now: clock, Random: rand.Reader,
		Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	if w.Door, err = doors.OpenSetUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w
}

// Browser is one person's: it keeps its cookie.
type Browser struct {
	*Town
	Cookie *http.Cookie
	Proof  *http.Cookie
	Bearer string
	door   map[string]*http.Cookie // of the pages at /join
}

// Send asks as the browser would, and keeps the cookies it is given.
func (b *Browser) Send(method, address string, form url.Values) *httptest.ResponseRecorder {
	b.T.Helper()
	r := httptest.NewRequest(method, address, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if b.Cookie != nil {
		r.AddCookie(b.Cookie)
	}
	if b.Proof != nil {
		r.AddCookie(b.Proof)
	}
	for _, c := range b.door {
		r.AddCookie(c)
	}
	if b.Bearer != "" {
		r.Header.Set("Authorization", "Bearer "+b.Bearer)
	}
	w := httptest.NewRecorder()
	b.Web.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.Path == "/join" {
			b.keepAtDoor(c)
			continue
		}
		kept := &b.Cookie
		if strings.HasSuffix(c.Name, "-proof") {
			kept = &b.Proof
		}
		if *kept = c; c.MaxAge < 0 {
			*kept = nil
		}
	}
	return w
}

func (b *Browser) keepAtDoor(c *http.Cookie) {
	if b.door == nil {
		b.door = map[string]*http.Cookie{}
	}
	if b.door[c.Name] = c; c.MaxAge < 0 {
		delete(b.door, c.Name)
	}
}

// Get looks at an address.
func (b *Browser) Get(address string) *httptest.ResponseRecorder {
	return b.Send(http.MethodGet, address, nil)
}

// Post sends names and values in turn.
func (b *Browser) Post(address string, pairs ...string) *httptest.ResponseRecorder {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return b.Send(http.MethodPost, address, form)
}

// Settle sets the town up and returns the steward's browser.
func (w *Town) Settle() *Browser {
	w.T.Helper()
	b := &Browser{Town: w}
	got := b.Post("/setup/"+w.Door, SetUpAnswers()...)
	if got.Code != http.StatusSeeOther || got.Header().Get("Location") != "/" || b.Cookie == nil {
		w.T.Fatalf("set-up: %d to %q\n%s", got.Code, got.Header().Get("Location"), got.Body)
	}
	return b
}

// SetUpAnswers are what the page asks; everything else is left as it came.
func SetUpAnswers(more ...string) []string {
	return append([]string{"organisation", "Alder and Mill", "pack", "tech", "team", "Saturday crew", "name", "Noor Haddad",
		"zone", "Europe/Berlin", "starts", "09:00", "ends", "17:00", "cycle", "", "began", "", "retention", "", "passphrase", "",
		"groups", "", "harm", "", "near", "", "other", "", "guardian", "", "emergency", ""}, more...)
}

// Add makes somebody known, and returns the address of their page.
func (b *Browser) Add(name string) string {
	b.T.Helper()
	team := regexp.MustCompile(`name="team" value="([^"]+)"`).FindStringSubmatch(b.Get("/team/people").Body.String())
	b.Post("/team/people", "names", name, "team", team[1])
	line := regexp.MustCompile(`action="(/team/people/[^"/]+)/link"><button[^>]*>[^<]*<span class="vh">, ` + regexp.QuoteMeta(name) + `<`)
	found := line.FindStringSubmatch(b.Get("/team/people").Body.String())
	if found == nil {
		b.T.Fatalf("%s is not on the list", name)
	}
	return found[1]
}

// Join makes somebody known and lets their browser in.
func (b *Browser) Join(name string) (*Browser, string) {
	b.T.Helper()
	page := b.Add(name)
	shown := b.Post(page+"/link", "use", "in").Body.String()
	link := regexp.MustCompile(`/in/[a-z2-7]{52}`).FindString(shown)
	other := &Browser{Town: b.Town}
	if got := other.Post(link); got.Code != http.StatusSeeOther || other.Cookie == nil {
		b.T.Fatalf("%s could not come in by %q: %d", name, link, got.Code)
	}
	return other, page
}

// Wants fails where an answer has another status, or lacks any of the texts.
func (b *Browser) Wants(what string, got *httptest.ResponseRecorder, code int, has ...string) {
	b.T.Helper()
	if got.Code != code {
		b.T.Errorf("%s: %d, want %d\n%s", what, got.Code, code, got.Body)
	}
	for _, h := range has {
		if !strings.Contains(got.Body.String(), h) {
			b.T.Errorf("%s: no %q in\n%s", what, h, got.Body)
		}
	}
}
