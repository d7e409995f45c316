package oidc

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"
)

// row is one token that is refused, and where the log says why.
type row struct {
	name, why string
	change    func(*token)
}

func claim(name string, value any) func(*token) { return func(k *token) { k.claims[name] = value } }
func lacks(name string) func(*token)            { return func(k *token) { delete(k.claims, name) } }
func head(name string, value any) func(*token)  { return func(k *token) { k.head[name] = value } }
func by(alg string, sign func(string) []byte) func(*token) {
	return func(k *token) { k.head["alg"], k.sign = alg, sign }
}
func whole(f func(string) string) func(*token) { return func(k *token) { k.whole = f } }
func more(text string) func(*token) {
	return func(k *token) { k.claimsText = k.claimsWith(text) }
}

func nothing(string) []byte { return nil }

// malformed are tokens of which one thing is wrong.
var malformed = []row{
	// Nobody signed it, or nobody whom we believe.
	{"alg none, no signature", "signature", by("none", nothing)},
	{"alg None", "signature", by("None", nothing)},
	{"alg nOnE", "signature", by("nOnE", nothing)},
	{"alg none with a signature", "signature", head("alg", "none")},
	{"HS256 with the public key as PEM", "signature", by("HS256", hmacBy(publicPEM()))},
	{"HS256 with the modulus", "signature", by("HS256", hmacBy(theirs.N.Bytes()))},
	{"HS256 with the client's secret", "signature", by("HS256", hmacBy([]byte("copper heron")))},
	{"HS256 with an empty secret", "signature", by("HS256", hmacBy(nil))},
	{"alg missing", "signature", func(k *token) { delete(k.head, "alg") }},
	{"alg empty", "signature", head("alg", "")},
	{"alg a list", "signature", head("alg", []string{"RS256"})},
	{"alg says PS256 over RS256", "signature", head("alg", "PS256")},
	{"alg says ES256 over RS256", "signature", head("alg", "ES256")},
	{"a strange key under a known id", "signature", func(k *token) { k.key = strange }},
	{"a strange key under an unknown id", "signature", func(k *token) { k.key, k.head["kid"] = strange, "two" }},
	{"a strange key without id", "signature", func(k *token) { k.key = strange; delete(k.head, "kid") }},
	{"the right key under another id", "signature", head("kid", "two")},
	{"an id that is a path", "signature", func(k *token) { k.key, k.head["kid"] = strange, "../../../../dev/null" }},
	{"an id that is a query", "signature", func(k *token) { k.key, k.head["kid"] = strange, "' OR 1=1 --" }},
	{"a key of its own", "signature", func(k *token) {
		k.key = strange
		k.head["jwk"] = map[string]string{"kty": "RSA", "n": encoding.EncodeToString(strange.N.Bytes()), "e": "AQAB"}
	}},
	{"keys at an address of its own", "signature", func(k *token) { k.key, k.head["jku"] = strange, "https://evil.example/keys" }},
	{"a certificate at an address of its own", "signature", func(k *token) { k.key, k.head["x5u"] = strange, "https://evil.example/cert" }},
	{"a certificate of its own", "signature", func(k *token) { k.key, k.head["x5c"] = strange, []string{"MIIB"} }},
	{"no signature", "signature", func(k *token) { k.sign = nothing }},
	{"a signature of noughts", "signature", func(k *token) { k.sign = func(string) []byte { return make([]byte, 256) } }},
	{"half a signature", "signature", whole(func(s string) string { return s[:len(s)-170] })},
	{"the signature of another token", "signature", func(k *token) {
		other := *k
		other.claims = map[string]any{"sub": "mo-3"}
		_, _, signature := cut(other.raw())
		k.whole = func(s string) string { h, c, _ := cut(s); return h + "." + c + "." + signature }
	}},
	{"other claims under the signature", "signature", func(k *token) {
		k.whole = func(s string) string {
			h, c, signature := cut(s)
			text, _ := encoding.DecodeString(c)
			return h + "." + encoding.EncodeToString([]byte(strings.Replace(string(text), "amal-7", "mo-3", 1))) + "." + signature
		}
	}},

	// It is no token, or two things at once.
	{"empty", "no token", whole(func(string) string { return "" })},
	{"one part", "form", whole(func(s string) string { return strings.ReplaceAll(s, ".", "") })},
	{"two parts", "form", whole(func(s string) string { return s[:strings.LastIndex(s, ".")] })},
	{"four parts", "form", whole(func(s string) string { return s + ".x" })},
	{"five parts, as if it were sealed", "form", whole(func(s string) string { return s + ".x.y" })},
	{"huge", "length", claim("more", strings.Repeat("x", tokenLimit))},
	{"claims that are no base64", "claims", whole(func(s string) string { h, _, g := cut(s); return h + ".%%%." + g })},
	{"claims in base64 with padding", "claims", whole(func(s string) string {
		h, c, g := cut(s)
		text, _ := encoding.DecodeString(c)
		return h + "." + base64.URLEncoding.EncodeToString(append(text, "  "...)) + "=." + g
	})},
	{"a line feed within", "claims", whole(func(s string) string { h, c, g := cut(s); return h + "." + c[:10] + "=\n" + c[10:] + "." + g })},
	{"claims that are a list", "claims", func(k *token) { k.claimsText = `["amal-7"]` }},
	{"claims that are nothing", "claims", func(k *token) { k.claimsText = `null` }},
	{"claims and more", "claims", func(k *token) { k.claimsText = k.claimsWith(`"x":1`) + `{"sub":"mo-3"}` }},
	{"claims that do not end", "claims", func(k *token) { s := k.claimsWith(`"x":1`); k.claimsText = s[:len(s)-1] }},
	{"claims ten thousand deep", "claims", more(`"deep":` + strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001))},
	{"sub twice", "claims", more(`"sub":"mo-3"`)},
	{"aud twice", "claims", more(`"aud":"debrief"`)},
	{"exp twice, once escaped", "claims", more(`"\u0065xp":99999999999`)},
	{"SUB beside sub", "claims", more(`"SUB":"mo-3"`)},
	{"sub with a long s beside it", "claims", more(`"ſub":"mo-3"`)},
	{"Sub alone", "claims", func(k *token) { delete(k.claims, "sub"); k.claims["Sub"] = "amal-7" }},
	{"alg twice", "head", func(k *token) { k.headText = `{"alg":"none","kid":"one","alg":"RS256"}` }},
	{"ALG beside alg", "head", head("ALG", "none")},
	{"kid with a Kelvin sign", "head", head("\u212aid", "one")},
	{"a head that is a list", "head", func(k *token) { k.headText = `[]` }},
	{"crit that nobody knows", "kind", head("crit", []string{"exp"})},
	{"an access token", "kind", head("typ", "at+jwt")},
	{"a token for signing out", "kind", head("typ", "logout+jwt")},

	// It is somebody else's.
	{"iss of another house", "iss", claim("iss", "https://other.example")},
	{"iss with a slash more", "iss", func(k *token) { k.claims["iss"] = k.claims["iss"].(string) + "/" }},
	{"iss in capitals", "iss", func(k *token) { k.claims["iss"] = strings.ToUpper(k.claims["iss"].(string)) }},
	{"iss that looks alike", "iss", func(k *token) { k.claims["iss"] = strings.Replace(k.claims["iss"].(string), "1", "１", 1) }},
	{"iss missing", "iss", lacks("iss")},
	{"iss a list", "claims", claim("iss", []string{"x"})},
	{"aud of another", "aud", claim("aud", "other")},
	{"aud in capitals", "aud", claim("aud", "DEBRIEF")},
	{"aud that begins alike", "aud", claim("aud", "debrief-two")},
	{"aud missing", "aud", lacks("aud")},
	{"aud an empty list", "aud", claim("aud", []string{})},
	{"aud with a Cyrillic letter", "aud", claim("aud", "dеbrief")},
	{"aud an object", "claims", claim("aud", map[string]string{"debrief": "debrief"})},
	{"two aud and no azp", "azp", claim("aud", []string{"debrief", "other"})},
	{"azp of another", "azp", claim("azp", "other")},
	{"azp empty", "azp", claim("azp", "")},
	{"two aud and azp of the other", "azp", func(k *token) { k.claims["aud"], k.claims["azp"] = []string{"debrief", "other"}, "other" }},
	{"nonce of another trip", "nonce", claim("nonce", "another")},
	{"nonce missing", "nonce", lacks("nonce")},
	{"nonce empty", "nonce", claim("nonce", "")},
	{"at_hash of another token", "at_hash", claim("at_hash", encoding.EncodeToString(make([]byte, 16)))},

	// It is too old, or too new.
	{"over", "exp", claim("exp", now.Add(-2*time.Minute).Unix())},
	{"over for years", "exp", claim("exp", 0)},
	{"exp below nought", "exp", claim("exp", -1)},
	{"exp beyond all clocks", "exp", claim("exp", 1e300)},
	{"exp missing", "exp", lacks("exp")},
	{"exp a text", "claims", claim("exp", "2030-01-01")},
	{"made tomorrow", "iat", claim("iat", now.Add(24*time.Hour).Unix())},
	{"made in two minutes", "iat", claim("iat", now.Add(2*time.Minute).Unix())},
	{"iat missing", "iat", lacks("iat")},
	{"good from tomorrow", "nbf", claim("nbf", now.Add(24*time.Hour).Unix())},

	// It is about nobody.
	{"sub missing", "sub", lacks("sub")},
	{"sub empty", "sub", claim("sub", "")},
	{"sub blank", "sub", claim("sub", " ")},
	{"sub nothing", "sub", claim("sub", nil)},
	{"sub a number", "claims", claim("sub", 7)},
	{"sub an object", "claims", claim("sub", map[string]string{"sub": "amal-7"})},
	{"sub a list", "claims", claim("sub", []string{"amal-7"})},
	{"sub too long", "sub", claim("sub", strings.Repeat("a", 256))},
	{"sub with a Cyrillic letter", "sub", claim("sub", "аmal-7")},
	{"sub with a mark nobody sees", "sub", claim("sub", "amal-7\u200b")},
	{"sub with a nought", "sub", claim("sub", "amal-7\x00")},
}

func cut(raw string) (head, claims, signature string) {
	p := strings.Split(raw, ".")
	return p[0], p[1], p[2]
}

// brings goes to the fake and back, with a token in which one thing was changed.
func brings(t *testing.T, f *fake, change func(*token)) (subject, said, raw string, err error) {
	t.Helper()
	p, log := f.ours(t)
	_, trip, err := p.SetOut(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	k := good(f.URL, trip.Nonce)
	if change != nil {
		change(k)
	}
	raw = k.raw()
	f.gives(raw)
	subject, err = p.ComeBack(t.Context(), trip, query("state", trip.State, "code", "a-code"))
	return subject, log.String(), raw, err
}

// The fake signs what a real provider never would.
func TestComeBack_malformedTokens(t *testing.T) {
	f := newFake(t)
	if len(malformed) < 60 {
		t.Errorf("only %d tokens", len(malformed))
	}
	for _, r := range malformed {
		t.Run(r.name, func(t *testing.T) {
			subject, said, raw, err := brings(t, f, r.change)
			if !errors.Is(err, ErrRefused) || err.Error() != ErrRefused.Error() || subject != "" {
				t.Errorf("%q, %v; want it refused", subject, err)
			}
			if strings.Count(said, "\n") != 1 || !strings.Contains(said, r.why) {
				t.Errorf("the log says %q; want one line with %q", said, r.why)
			}
			for _, secret := range append(strings.Split(raw, "."), access, "a-code", "amal-7", "mo-3", "evil", "copper heron") {
				if len(secret) > 3 && strings.Contains(said, secret) {
					t.Errorf("the log holds %q: %s", secret, said)
				}
			}
		})
	}
}

// What is as it has to be passes: else the table above would prove nothing.
func TestComeBack_soundTokens(t *testing.T) {
	f := newFake(t)
	sum := sha256.Sum256([]byte(access))
	for name, change := range map[string]func(*token){
		"as it is":               nil,
		"for two, given to us":   func(k *token) { k.claims["aud"], k.claims["azp"] = []string{"other", "debrief"}, "debrief" },
		"a list of one":          claim("aud", []string{"debrief"}),
		"over half a minute":     claim("exp", now.Add(-30*time.Second).Unix()),
		"made in half a minute":  claim("iat", now.Add(30*time.Second).Unix()),
		"good in half a minute":  claim("nbf", now.Add(30*time.Second).Unix()),
		"with its access token":  claim("at_hash", encoding.EncodeToString(sum[:16])),
		"without id of the key":  func(k *token) { delete(k.head, "kid") },
		"without kind":           func(k *token) { delete(k.head, "typ") },
		"with names and numbers": more(`"name":"<script>","email":"amal@example.org","deep":[[[{"sub":"mo-3"}]]]`),
	} {
		subject, said, _, err := brings(t, f, change)
		if err != nil || subject != "amal-7" || said != "" {
			t.Errorf("%s: %q, %v, %s", name, subject, err, said)
		}
	}
}
