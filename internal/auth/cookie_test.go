package auth

import (
	"crypto/rand"
	"net/http"
	"testing"
	"time"
)

// What a browser keeps of a device is for us alone and for no script; over https it
// is bound to this host, and only what proves somebody never comes along from elsewhere.
func TestCookies(t *testing.T) {
	for secure, name := range map[bool]string{true: "__Host-debrief", false: "debrief"} {
		a := New(Options{Now: time.Now, Random: rand.Reader, Secure: secure})
		a.proofs.read = []byte("key")
		all := a.Cookies("secret")
		if len(all) != 2 {
			t.Fatalf("%d cookies", len(all))
		}
		device, proof := all[0], all[1]
		for _, c := range all {
			if !c.HttpOnly || c.Secure != secure || c.Path != "/" || c.Domain != "" {
				t.Errorf("over https %t: %+v", secure, c)
			}
		}
		if device.Name != name || device.SameSite != http.SameSiteLaxMode || device.MaxAge != 90*24*60*60 {
			t.Errorf("of the device: %+v", device)
		}
		if proof.SameSite != http.SameSiteStrictMode || proof.MaxAge != 10*60 {
			t.Errorf("of the proof: %+v", proof)
		}
		for _, c := range a.NoCookies() {
			if c.MaxAge >= 0 || c.Value != "" {
				t.Errorf("taken back: %+v", c)
			}
		}
	}
}
