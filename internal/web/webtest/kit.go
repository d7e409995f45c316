// Package webtest is what the tests of the pages share: a frame over nothing, a
// town and a circle of people over a real database with browsers of theirs,
// samples of pages, and what no page may have. Only tests import it. It knows the
// frame and none of the packages that have pages; a test hands in what builds
// them.
package webtest

import (
	"bytes"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/words"
)

// Noon is when everything in these tests happens.
var Noon = time.Date(2026, 6, 10, 12, 0, 0, 0, time.UTC)

// Ilse is let in; whoever sends the header X-Stranger is not.
var Ilse = practice.Actor{Member: "mem_ilse", Name: "Ilse Brandt", Teams: []practice.TeamID{"tea_permits"}}

// NewKit is a frame over nothing, with the pages of a package: who asks is said by
// a header, and the log is kept.
func NewKit(t *testing.T, pages ...fs.FS) (*frame.Kit, *bytes.Buffer) {
	t.Helper()
	catalogue, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	place := frame.Place{Organisation: "Halvern City", Team: practice.Team{Name: "Permit Services", Pack: "government"}, Zone: time.UTC}
	s, err := frame.New(frame.Options{
		Words:  catalogue,
		Now:    func() time.Time { return Noon },
		Random: rand.NewChaCha8([32]byte{1}),
		Log:    slog.New(slog.NewTextHandler(&log, nil)),
		Actor: func(r *http.Request) (practice.Actor, frame.Place, error) {
			if r.Header.Get("X-Stranger") != "" {
				return practice.Actor{}, place, practice.ErrUnauthenticated
			}
			return Ilse, place, nil
		},
		Seat: func(*http.Request) (practice.Seat, frame.Place, error) {
			return practice.Seat{}, place, practice.ErrNotFound
		},
	}, pages...)
	if err != nil {
		t.Fatal(err)
	}
	return s, &log
}

// Builder puts pages onto a frame: web.New.
type Builder func(frame.Options) (*frame.Kit, error)

// Get asks for an address as Ilse.
func Get(t *testing.T, s *frame.Kit, address string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}
