package oidc

import (
	"bytes"
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"log/slog"
	"maps"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"
)

var (
	now      = time.Date(2026, 3, 2, 9, 20, 0, 0, time.UTC)
	theirs   = newKey()
	another  = newKey()
	strange  = newKey() // nobody ever showed its other half
	encoding = base64.RawURLEncoding
)

func newKey() *rsa.PrivateKey {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return k
}

// fake is no provider, but signs and answers as one, whatever it is told to.
type fake struct {
	*httptest.Server
	mu     sync.Mutex
	told   map[string]any // what it tells of itself, over what is usual
	keys   map[string]*rsa.PrivateKey
	answer func(w http.ResponseWriter, form url.Values) // to a code
	asked  url.Values                                   // the last code that was brought
}

func newFake(t *testing.T) *fake {
	f := &fake{told: map[string]any{}, keys: map[string]*rsa.PrivateKey{"one": theirs}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		usual := map[string]any{"issuer": f.URL, "authorization_endpoint": f.URL + "/ask", "token_endpoint": f.URL + "/code",
			"jwks_uri": f.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256", "HS256", "none"}}
		f.mu.Lock()
		defer f.mu.Unlock()
		maps.Copy(usual, f.told)
		_ = json.NewEncoder(w).Encode(usual)
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		f.mu.Lock()
		defer f.mu.Unlock()
		var all []map[string]string
		for id, k := range f.keys {
			all = append(all, map[string]string{"kty": "RSA", "kid": id, "use": "sig", "alg": "RS256",
				"n": encoding.EncodeToString(k.N.Bytes()), "e": encoding.EncodeToString(big.NewInt(int64(k.E)).Bytes())})
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"keys": all})
	})
	mux.HandleFunc("POST /code", func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		f.mu.Lock()
		defer f.mu.Unlock()
		f.asked = r.PostForm
		w.Header().Set("Content-Type", "application/json")
		f.answer(w, r.PostForm)
	})
	f.Server = httptest.NewServer(mux)
	t.Cleanup(f.Close)
	return f
}

// gives has the fake answer a code with a token.
func (f *fake) gives(token any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answer = func(w http.ResponseWriter, _ url.Values) {
		_ = json.NewEncoder(w).Encode(map[string]any{"access_token": access, "token_type": "Bearer", "expires_in": 60, "refresh_token": "dont-keep-me", "id_token": token})
	}
}

const access = "an-access-token-nobody-needs"

// ours is the provider that asks the fake, and what it says.
func (f *fake) ours(t *testing.T) (*Provider, *bytes.Buffer) {
	t.Helper()
	var said bytes.Buffer
	p, err := New(Options{Issuer: f.URL, Client: "debrief", Secret: "copper heron", Redirect: "https://debrief.example.org/in/oidc/back",
		Now: func() time.Time { return now }, Random: rand.Reader, Log: slog.New(slog.NewTextHandler(&said, nil))})
	if err != nil {
		t.Fatal(err)
	}
	return p, &said
}

// a token as it is put together. Each row of the table changes one thing.
type token struct {
	head, claims map[string]any
	headText     string // instead of head
	claimsText   string // instead of claims
	key          *rsa.PrivateKey
	sign         func(what string) []byte // instead of key
	whole        func(raw string) string  // what becomes of it in the end
}

func good(issuer, nonce string) *token {
	return &token{key: theirs, head: map[string]any{"alg": "RS256", "kid": "one", "typ": "JWT"},
		claims: map[string]any{"iss": issuer, "sub": "amal-7", "aud": "debrief", "exp": now.Add(5 * time.Minute).Unix(), "iat": now.Unix(), "nonce": nonce}}
}

// raw puts it together.
func (k *token) raw() string {
	part := func(v map[string]any, text string) string {
		if text == "" {
			b, _ := json.Marshal(v)
			text = string(b)
		}
		return encoding.EncodeToString([]byte(text))
	}
	what := part(k.head, k.headText) + "." + part(k.claims, k.claimsText)
	sign := k.sign
	if sign == nil {
		sign = func(what string) []byte {
			sum := sha256.Sum256([]byte(what))
			s, err := rsa.SignPKCS1v15(rand.Reader, k.key, crypto.SHA256, sum[:])
			if err != nil {
				panic(err)
			}
			return s
		}
	}
	raw := what + "." + encoding.EncodeToString(sign(what))
	if k.whole != nil {
		raw = k.whole(raw)
	}
	return raw
}

// claimsWith is the text of the claims with more before the end.
func (k *token) claimsWith(more string) string {
	b, _ := json.Marshal(k.claims)
	return string(b[:len(b)-1]) + "," + more + "}"
}

// hmacBy signs with a secret.
func hmacBy(secret []byte) func(string) []byte {
	return func(what string) []byte {
		h := hmac.New(sha256.New, secret)
		h.Write([]byte(what))
		return h.Sum(nil)
	}
}

// publicPEM is what an attacker has of the provider's key.
func publicPEM() []byte {
	der, _ := x509.MarshalPKIXPublicKey(&theirs.PublicKey)
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}
