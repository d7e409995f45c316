package auth

import (
	"bytes"
	"strings"
	"testing"
)

func TestToken_checksum(t *testing.T) {
	secret := newTokenSecret(bytes.NewReader(bytes.Repeat([]byte{7}, 64)))
	if !isToken(secret) || !strings.HasPrefix(secret, "dbf_") {
		t.Fatalf("%q is not taken for a token", secret)
	}
	wrong := []byte(secret)
	for i := range wrong {
		was := wrong[i]
		for _, c := range []byte("a7_Z") {
			if wrong[i] = c; c != was && isToken(string(wrong)) {
				t.Errorf("character %d changed to %c still passes", i, c)
			}
		}
		wrong[i] = was
	}
	for _, s := range []string{"", "dbf_", secret[:len(secret)-1], secret + "a", strings.TrimPrefix(secret, "dbf_")} {
		if isToken(s) {
			t.Errorf("%q passes", s)
		}
	}
}

func TestDeviceLabel(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                           "Firefox, Linux",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile Safari/604.1": "Safari, iPhone",
		"Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36":                     "Chrome, Android",
		"curl/8.0":                          "",
		"<script>alert(1)</script> Windows": "Windows",
	} {
		if got := deviceLabel(agent); got != want {
			t.Errorf("deviceLabel(%q) = %q, want %q", agent, got, want)
		}
	}
}
