package frame

import (
	"compress/gzip"
	"net/http"
	"strings"
	"sync"
)

// packer is a writer for a page that may be sent compressed. Only pages that
// say nothing of what a request brought along may: where something an attacker
// chose stands beside something secret, the length of the packed page tells of
// the secret (BREACH). So a page asked for with a query is not packed, nor one
// that is not to be kept, nor anything at a seat, a door or set-up.
type packer struct{ http.ResponseWriter }

// Unwrap lets deadlines and flushing through.
func (p packer) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// leastPacked is the size in bytes from which packing gains anything.
const leastPacked = 1400

// packing wraps the writer of a request whose page may be packed.
func packing(w http.ResponseWriter, r *http.Request) http.ResponseWriter {
	at := r.URL.Path
	if r.Method != http.MethodGet || r.URL.RawQuery != "" || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") ||
		isSeat(r) || at == "/in" || strings.HasPrefix(at, "/in/") || strings.HasPrefix(at, "/setup/") {
		return w
	}
	return packer{w}
}

var gzips = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is a good one
	return z
}}

// send writes a page, packed where the writer may.
func send(w http.ResponseWriter, status int, page []byte) error {
	h := w.Header()
	_, may := w.(packer)
	if !may || len(page) < leastPacked || strings.Contains(h.Get("Cache-Control"), "no-store") {
		w.WriteHeader(status)
		_, err := w.Write(page)
		return err
	}
	h.Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	z := gzips.Get().(*gzip.Writer)
	defer gzips.Put(z)
	z.Reset(w)
	if _, err := z.Write(page); err != nil {
		return err
	}
	return z.Close()
}
