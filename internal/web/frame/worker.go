package frame

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"sync"
)

// serveWorker sends the script that works beside the pages. It stands at the
// root, so that it may answer for all of them, and a browser asks for it anew.
// It leaves no line: a browser also asks for it after somebody opened a page to
// leave their name off.
func (s *Kit) serveWorker() RawHandler {
	script := sync.OnceValue(s.worker)
	return func(w http.ResponseWriter, _ *http.Request) error {
		h := w.Header()
		h.Set("Content-Type", kinds[".js"])
		h.Set("Cache-Control", "no-cache")
		_, err := w.Write(script())
		return err
	}
}

// worker is the script with the version of what it keeps: a browser takes up
// another one as soon as a byte of a page that it keeps is another, be it of its
// words, its style or its scripts.
func (s *Kit) worker() []byte {
	page := body{header: http.Header{}}
	for _, kept := range []string{"/offline", "/hot"} {
		r, _ := http.NewRequest(http.MethodGet, kept, nil) // errs for no such request
		s.ServeHTTP(&page, r)
	}
	sum := sha256.Sum256(append(page.Bytes(), s.assets.worker...))
	return bytes.Replace(s.assets.worker, []byte("pages version"), []byte("pages "+hex.EncodeToString(sum[:6])), 1)
}

// body is what was answered, without anything around it.
type body struct {
	bytes.Buffer
	header http.Header
}

func (b *body) Header() http.Header { return b.header }
func (b *body) WriteHeader(int)     {}
