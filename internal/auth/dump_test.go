package auth_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"debrief/internal/auth"
	"debrief/internal/practice"
)

// Whoever has a copy of the whole database cannot come in with it.
func TestDump_holdsNoSecret(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		is(t, "passphrase", h.ChangePassphrase(t.Context(), h.amal, "", "", "kettle on the left"), "")
		device, err := h.LetIn(t.Context(), h.amal, auth.Arrival{Agent: "Firefox Linux"})
		must(t, device, err)
		link, err := h.MakeLink(t.Context(), h.steward, h.amal.Member, practice.LinkIn)
		must(t, link, err)
		_, token, err := h.MakeToken(t.Context(), h.amal, h.amal.Member, practice.NewToken{Name: "monitor", Scopes: []practice.Scope{practice.ScopeRead}})
		must(t, token, err)

		var packed bytes.Buffer
		if _, err := h.store.Backup(t.Context(), &packed); err != nil {
			t.Fatal(err)
		}
		unpack, err := gzip.NewReader(&packed)
		if err != nil {
			t.Fatal(err)
		}
		dump, err := io.ReadAll(unpack)
		if err != nil {
			t.Fatal(err)
		}
		for what, secret := range map[string]string{"cookie": device, "link": link, "token": token,
			"token without its frame": strings.TrimPrefix(token, "dbf_")[:52], "passphrase": "kettle on the left"} {
			if bytes.Contains(dump, []byte(secret)) {
				t.Errorf("the dump holds the %s", what)
			}
		}
		// The dump is one in which a secret would be found.
		for _, there := range []string{"Amal", "Firefox, Linux", "monitor", "$argon2id$"} {
			if !bytes.Contains(dump, []byte(there)) {
				t.Errorf("the dump lacks %q", there)
			}
		}
	})
}
