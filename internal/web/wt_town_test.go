package web

import (
	"crypto/rand"
	"debrief/internal/app"
	"debrief/internal/auth"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
	"debrief/internal/words"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// town is the pages over a real store, and the browsers of a few people.
type town struct {
	t    *testing.T
	web  *Web
	now  time.Time
	door string // the secret of the set-up link
}

func newTown(t *testing.T) *town {
	t.Helper()
	w := &town{t: t, now: noon}
	clock := func() time.Time { return w.now }
	s := storetest.Open(t, storetest.SQLite(t), func(o *store.Options) { o.Now = clock })
	catalogue, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	doors := auth.New(auth.Options{Store: s, Now: clock, Random: rand.Reader, Hash: auth.HashCost{KiB: 8, Passes: 1, Lanes: 1}})
	w.web, err = New(Options{
		App: app.New(app.Options{Store: s}), Auth: doors, Words: catalogue, Now: clock, Random: rand.Reader,
		Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	if w.door, err = doors.OpenSetUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w
}

// browser is one person's: it keeps its cookie.
type browser struct {
	*town
	cookie *http.Cookie
	proof  *http.Cookie
	bearer string
}

func (b *browser) send(method, address string, form url.Values) *httptest.ResponseRecorder {
	b.t.Helper()
	r := httptest.NewRequest(method, address, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if b.cookie != nil {
		r.AddCookie(b.cookie)
	}
	if b.proof != nil {
		r.AddCookie(b.proof)
	}
	if b.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+b.bearer)
	}
	w := httptest.NewRecorder()
	b.web.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		kept := &b.cookie
		if strings.HasSuffix(c.Name, "-proof") {
			kept = &b.proof
		}
		if *kept = c; c.MaxAge < 0 {
			*kept = nil
		}
	}
	return w
}

func (b *browser) get(address string) *httptest.ResponseRecorder {
	return b.send(http.MethodGet, address, nil)
}

// post sends names and values in turn.
func (b *browser) post(address string, pairs ...string) *httptest.ResponseRecorder {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return b.send(http.MethodPost, address, form)
}

// settle sets the town up and returns the steward's browser.
func (w *town) settle() *browser {
	w.t.Helper()
	b := &browser{town: w}
	got := b.post("/setup/"+w.door, setUpAnswers()...)
	if got.Code != http.StatusSeeOther || got.Header().Get("Location") != "/" || b.cookie == nil {
		w.t.Fatalf("set-up: %d to %q\n%s", got.Code, got.Header().Get("Location"), got.Body)
	}
	return b
}

// setUpAnswers are what the page asks; everything else is left as it came.
func setUpAnswers(more ...string) []string {
	return append([]string{"organisation", "Alder and Mill", "pack", "tech", "team", "Saturday crew", "name", "Noor Haddad",
		"zone", "Europe/Berlin", "starts", "09:00", "ends", "17:00", "cycle", "", "began", "", "retention", "", "passphrase", "",
		"groups", "", "harm", "", "near", "", "other", "", "guardian", "", "emergency", ""}, more...)
}

// join makes somebody known and lets their browser in.
func (b *browser) join(name string) (*browser, string) {
	b.t.Helper()
	team := regexp.MustCompile(`name="team" value="([^"]+)"`).FindStringSubmatch(b.get("/team/people").Body.String())
	added := b.post("/team/people", "names", name, "team", team[1])
	page := added.Header().Get("Location")
	shown := b.post(page+"/link", "use", "in").Body.String()
	link := regexp.MustCompile(`/in/[a-z2-7]{52}`).FindString(shown)
	other := &browser{town: b.town}
	if got := other.post(link); got.Code != http.StatusSeeOther || other.cookie == nil {
		b.t.Fatalf("%s could not come in by %q: %d", name, link, got.Code)
	}
	return other, page
}

func (b *browser) wants(what string, got *httptest.ResponseRecorder, code int, has ...string) {
	b.t.Helper()
	if got.Code != code {
		b.t.Errorf("%s: %d, want %d\n%s", what, got.Code, code, got.Body)
	}
	for _, h := range has {
		if !strings.Contains(got.Body.String(), h) {
			b.t.Errorf("%s: no %q in\n%s", what, h, got.Body)
		}
	}
}
