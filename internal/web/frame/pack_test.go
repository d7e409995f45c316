package frame_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

func TestPages_arePackedWhereNothingIsReflected(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	ask := func(method, address string) (*httptest.ResponseRecorder, string) {
		t.Helper()
		r := httptest.NewRequest(method, address, nil)
		r.Header.Set("Accept-Encoding", "gzip, br")
		r.AddCookie(noor.Cookie)
		rec := httptest.NewRecorder()
		w.Web.ServeHTTP(rec, r)
		return rec, rec.Header().Get("Content-Encoding")
	}
	rec, coding := ask(http.MethodGet, "/team")
	if coding != "gzip" || rec.Header().Get("Vary") != "Accept-Encoding, Cookie" || rec.Header().Get("Content-Type") != "text/html; charset=utf-8" {
		t.Fatalf("%v", rec.Header())
	}
	packed := rec.Body.Len()
	z, err := gzip.NewReader(rec.Body)
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(z)
	if err != nil || len(webtest.Faults(string(page))) > 0 || len(page) < 2*packed {
		t.Errorf("%d bytes of %d, %v", packed, len(page), err)
	}
	for _, address := range []string{"/search?q=oven", "/team?kept=yes", "/in", "/in/x", "/setup/x", "/seat/rev_x/words"} {
		if _, coding := ask(http.MethodGet, address); coding != "" {
			t.Errorf("%s is packed", address)
		}
	}
	if _, coding := ask(http.MethodPost, "/team/here"); coding != "" {
		t.Error("the answer to a form is packed")
	}
	r := httptest.NewRequest(http.MethodGet, "/team", nil)
	r.AddCookie(noor.Cookie)
	plain := httptest.NewRecorder()
	if w.Web.ServeHTTP(plain, r); plain.Header().Get("Content-Encoding") != "" || plain.Header().Get("Vary") != "Accept-Encoding, Cookie" {
		t.Errorf("to a browser that did not ask: %v", plain.Header())
	}
}
