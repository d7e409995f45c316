package oidc

import (
	"crypto/rsa"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"
)

func query(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

func TestNew(t *testing.T) {
	for issuer, fine := range map[string]bool{
		"https://id.example.org": true, "https://id.example.org/realms/x": true, "http://localhost:8080": true, "http://127.0.0.1:1": true,
		"": false, "id.example.org": false, "http://id.example.org": false, "ftp://id.example.org": false, "https://": false,
		"https://me:secret@id.example.org": false, "https://id.example.org?x=y": false, "http://localhost.example.org": false,
	} {
		if _, err := New(Options{Issuer: issuer}); (err == nil) != fine {
			t.Errorf("%q: %v", issuer, err)
		}
	}
}

func TestSetOut_asksForNothingMore(t *testing.T) {
	f := newFake(t)
	p, _ := f.ours(t)
	to, trip, err := p.SetOut(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	u, _ := url.Parse(to)
	sum := sha256.Sum256([]byte(trip.Verifier))
	want := query("client_id", "debrief", "response_type", "code", "scope", "openid", "redirect_uri", p.Redirect, "prompt", "select_account",
		"state", trip.State, "nonce", trip.Nonce, "code_challenge", encoding.EncodeToString(sum[:]), "code_challenge_method", "S256")
	if u.Query().Encode() != want.Encode() || !strings.HasPrefix(to, f.URL+"/ask?") {
		t.Errorf("%s\nwant %s", to, want.Encode())
	}
	if _, second, _ := p.SetOut(t.Context(), false); second == trip || len(trip.Verifier) < 43 || trip.State == trip.Nonce {
		t.Errorf("%+v, %+v", trip, second)
	}
}

func TestComeBack_showsTheVerifier(t *testing.T) {
	f := newFake(t)
	p, _ := f.ours(t)
	_, trip, _ := p.SetOut(t.Context(), false)
	f.gives(good(f.URL, trip.Nonce).raw())
	if _, err := p.ComeBack(t.Context(), trip, query("state", trip.State, "code", "a-code")); err != nil {
		t.Fatal(err)
	}
	if f.asked.Get("code_verifier") != trip.Verifier || f.asked.Get("redirect_uri") != p.Redirect || f.asked.Get("client_secret") != "" {
		t.Errorf("%v", f.asked)
	}
}

// What the browser brings is looked at before the provider is asked.
func TestComeBack_wrongAnswers(t *testing.T) {
	f := newFake(t)
	f.told["authorization_response_iss_parameter_supported"] = true
	p, log := f.ours(t)
	_, trip, err := p.SetOut(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	fine := query("state", trip.State, "code", "a-code", "iss", f.URL)
	for name, change := range map[string]func(url.Values) error{
		"no state":              func(v url.Values) error { v.Del("state"); return ErrRefused },
		"another state":         func(v url.Values) error { v.Set("state", "x"); return ErrRefused },
		"state twice":           func(v url.Values) error { v.Add("state", "x"); return ErrRefused },
		"code twice":            func(v url.Values) error { v.Add("code", "x"); return ErrRefused },
		"no code":               func(v url.Values) error { v.Del("code"); return ErrRefused },
		"another house":         func(v url.Values) error { v.Set("iss", "https://other.example"); return ErrRefused },
		"no house":              func(v url.Values) error { v.Del("iss"); return ErrRefused },
		"an error":              func(v url.Values) error { v.Set("error", "server_error"); return ErrRefused },
		"a no":                  func(v url.Values) error { v.Set("error", "access_denied"); return ErrDenied },
		"a no of somebody else": func(v url.Values) error { v.Set("error", "access_denied"); v.Set("state", "x"); return ErrRefused },
	} {
		v := url.Values{}
		for k := range fine {
			v.Set(k, fine.Get(k))
		}
		want := change(v)
		if _, err := p.ComeBack(t.Context(), trip, v); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
	if f.asked != nil || strings.Contains(log.String(), trip.State) || strings.Contains(log.String(), "other.example") {
		t.Errorf("asked %v, said %s", f.asked, log)
	}
	if _, err := p.ComeBack(t.Context(), Trip{}, query("state", "", "code", "x", "iss", f.URL)); !errors.Is(err, ErrRefused) {
		t.Errorf("a trip of nobody: %v", err)
	}
	f.gives(good(f.URL, trip.Nonce).raw())
	if subject, err := p.ComeBack(t.Context(), trip, fine); subject != "amal-7" {
		t.Errorf("%v", err)
	}
}

func TestComeBack_wrongAnswersToTheCode(t *testing.T) {
	f := newFake(t)
	p, log := f.ours(t)
	_, trip, _ := p.SetOut(t.Context(), false)
	for name, c := range map[string]struct {
		answer func(http.ResponseWriter, url.Values)
		want   error
	}{
		"used": {func(w http.ResponseWriter, _ url.Values) {
			w.WriteHeader(400)
			fmt.Fprint(w, `{"error":"invalid_grant"}`)
		}, ErrRefused},
		"broken":      {func(w http.ResponseWriter, _ url.Values) { w.WriteHeader(500); fmt.Fprint(w, access) }, ErrAway},
		"no tokens":   {func(w http.ResponseWriter, _ url.Values) { fmt.Fprint(w, `{}`) }, ErrRefused},
		"no JSON":     {func(w http.ResponseWriter, _ url.Values) { fmt.Fprint(w, "{"+access) }, ErrRefused},
		"no id token": {func(w http.ResponseWriter, _ url.Values) { fmt.Fprintf(w, `{"access_token":%q}`, access) }, ErrRefused},
		"a number":    {func(w http.ResponseWriter, _ url.Values) { fmt.Fprintf(w, `{"access_token":%q,"id_token":7}`, access) }, ErrRefused},
		"without end": {func(w http.ResponseWriter, _ url.Values) {
			fmt.Fprintf(w, `{"x":%q}`, strings.Repeat("x", 2*answerLimit))
		}, ErrRefused},
		"elsewhere": {func(w http.ResponseWriter, _ url.Values) {
			w.Header().Set("Location", "http://169.254.169.254/")
			w.WriteHeader(307)
		}, ErrRefused},
		"hangs itself": {func(http.ResponseWriter, url.Values) { panic(http.ErrAbortHandler) }, ErrAway},
	} {
		f.mu.Lock()
		f.answer = c.answer
		f.mu.Unlock()
		if _, err := p.ComeBack(t.Context(), trip, query("state", trip.State, "code", "a-code")); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if strings.Contains(log.String(), access) || strings.Contains(log.String(), "a-code") {
		t.Errorf("the log holds too much: %s", log)
	}
}

// A key that the provider shows from now on is taken, one that it shows no longer
// is not.
func TestComeBack_otherKeys(t *testing.T) {
	f := newFake(t)
	p, _ := f.ours(t)
	come := func(key *rsa.PrivateKey, id string) error {
		_, trip, err := p.SetOut(t.Context(), false)
		if err != nil {
			t.Fatal(err)
		}
		k := good(f.URL, trip.Nonce)
		k.key, k.head["kid"] = key, id
		f.gives(k.raw())
		_, err = p.ComeBack(t.Context(), trip, query("state", trip.State, "code", "a-code"))
		return err
	}
	if err := come(theirs, "one"); err != nil {
		t.Error(err)
	}
	f.mu.Lock()
	f.keys = map[string]*rsa.PrivateKey{"two": another}
	f.mu.Unlock()
	// Who asks while the keys are being put away is given the ones before once more.
	soon := func(what string, done func() bool) {
		for range 2000 {
			if done() {
				return
			}
			runtime.Gosched()
		}
		t.Error(what)
	}
	soon("the next key is refused", func() bool { return come(another, "two") == nil })
	soon("the key before is taken", func() bool { return errors.Is(come(theirs, "one"), ErrRefused) })
}

// A provider that is away, or is another than it says, is asked again, but not by
// everybody at once.
func TestDiscover_asksAgain(t *testing.T) {
	f := newFake(t)
	p, _ := f.ours(t)
	clock := now
	p.Now = func() time.Time { return clock }
	for name, told := range map[string]map[string]any{
		"another issuer":  {"issuer": "https://other.example"},
		"no address":      {"authorization_endpoint": ""},
		"asks by another": {"authorization_endpoint": "javascript:alert(1)"},
	} {
		f.mu.Lock()
		f.told = told
		f.mu.Unlock()
		clock = clock.Add(restAfter)
		if err := p.Discover(t.Context()); !errors.Is(err, ErrAway) {
			t.Errorf("%s: %v", name, err)
		}
	}
	f.mu.Lock()
	f.told = nil
	f.mu.Unlock()
	if _, _, err := p.SetOut(t.Context(), false); !errors.Is(err, ErrAway) {
		t.Errorf("asked at once: %v", err)
	}
	clock = clock.Add(restAfter)
	if err := p.Discover(t.Context()); err != nil {
		t.Error(err)
	}
	f.Close()
	if err := p.Discover(t.Context()); err != nil {
		t.Errorf("what it said before: %v", err)
	}
	_, trip, _ := p.SetOut(t.Context(), false)
	if _, err := p.ComeBack(t.Context(), trip, query("state", trip.State, "code", "x")); !errors.Is(err, ErrAway) {
		t.Errorf("away in between: %v", err)
	}
	if to, _, err := p.SetOut(t.Context(), false); err != nil || !strings.HasPrefix(to, f.URL) {
		t.Errorf("it answered a moment ago: %q, %v", to, err)
	}
	clock = clock.Add(trustFor)
	if to, _, err := p.SetOut(t.Context(), false); !errors.Is(err, ErrAway) || to != "" {
		t.Errorf("sent to an address where nobody is: %q, %v", to, err)
	}
}
