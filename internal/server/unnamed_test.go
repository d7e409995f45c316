package server

import (
	"net/http/httptest"
	"strings"
	"testing"
)

// On the host of people without a name there is nothing but their pages; on
// the other there are both.
func TestUnnamedURL(t *testing.T) {
	s, _ := newServer(t, func(o *Options) { o.UnnamedURL = "https://quiet.example.org" })
	for _, c := range []struct {
		host, path string
		there      bool
	}{
		{"quiet.example.org", "/receipt", true},
		{"Quiet.Example.org", "/receipt", true},
		{"quiet.example.org", "/more", false},
		{"quiet.example.org", "/", false},
		{"quiet.example.org", "/report", false},
		{"quiet.example.org", "/api/read", false},
		{"quiet.example.org", "/seat/rev_1", false},
		{"quiet.example.org", "/healthz", false},
		{"depot", "/receipt", true},
		{"depot", "/more", true},
	} {
		r := httptest.NewRequest("GET", "https://"+c.host+c.path, nil)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if got := w.Code != 404; got != c.there {
			t.Errorf("%s%s: %d", c.host, c.path, w.Code)
		}
	}
	if _, err := New(Options{Web: s.Web, Log: s.Log, Now: s.Now, Random: s.Random, UnnamedURL: "quiet"}); err == nil {
		t.Error("an address that is none is taken")
	}
}

// Pages of people without a name leave no line in the log, and neither does the
// form somebody may have left for them. Others do, which is the control.
func TestUnnamed_leavesNoLine(t *testing.T) {
	s, said := newServer(t, nil)
	for _, to := range []string{"GET /receipt", "GET /receipt/say", "GET /r/a/b", "GET /cloth/none.css",
		"POST /api/v1/unnamed/x", "POST /api/v1/receipts", "GET /seat/rev_1"} {
		method, path, _ := strings.Cut(to, " ")
		s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(method, path, nil))
	}
	if said.String() != "" {
		t.Errorf("the log says\n%s", said)
	}
	s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/more", nil))
	if strings.Count(said.String(), "msg=request") != 1 {
		t.Error("the control left no line")
	}
}
