package web

import (
	"bytes"
	"debrief/internal/practice"
	"debrief/internal/words"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// noon is when everything in these tests happens.
var noon = time.Date(2026, 6, 10, 12, 0, 0, 0, time.UTC)

// ilse is let in; whoever sends the header X-Stranger is not.
var ilse = practice.Actor{Member: "mem_ilse", Name: "Ilse Brandt", Teams: []practice.TeamID{"tea_permits"}}

// newWeb is the pages over nothing: who asks is said by a header, and the log
// is kept.
func newWeb(t *testing.T) (*Web, *bytes.Buffer) {
	t.Helper()
	catalogue, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	place := Place{Organisation: "Halvern City", Team: practice.Team{Name: "Permit Services", Pack: "government"}, Zone: time.UTC}
	s, err := New(Options{
		Words:  catalogue,
		Now:    func() time.Time { return noon },
		Random: rand.NewChaCha8([32]byte{1}),
		Log:    slog.New(slog.NewTextHandler(&log, nil)),
		Actor: func(r *http.Request) (practice.Actor, Place, error) {
			if r.Header.Get("X-Stranger") != "" {
				return practice.Actor{}, place, practice.ErrUnauthenticated
			}
			return ilse, place, nil
		},
		Seat: func(*http.Request) (practice.Seat, Place, error) {
			return practice.Seat{}, place, practice.ErrNotFound
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, &log
}

// get asks for an address as Ilse.
func get(t *testing.T, s *Web, address string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}
