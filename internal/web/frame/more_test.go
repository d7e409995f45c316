package frame_test

import (
	"net/http"
	"strings"
	"testing"

	"debrief/internal/web/webtest"
)

func TestMore(t *testing.T) {
	s, _ := webtest.NewKit(t)
	w := webtest.Get(t, s, "/more")
	if w.Code != http.StatusOK {
		t.Fatalf("got %d: %s", w.Code, w.Body)
	}
	for _, want := range []string{
		`<html lang="en">`, `<title>More · Debrief</title>`, `Halvern City · Permit Services`,
		`<a href="/more" aria-current="page">`, `aria-label="IB: you, Ilse Brandt"`,
	} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("no %s in\n%s", want, w.Body)
		}
	}
}

func TestStranger_isSentToTheWayIn(t *testing.T) {
	s, _ := webtest.NewKit(t)
	w := webtest.Get(t, s, "/more?a=b", "X-Stranger", "yes")
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/in?next=%2Fmore%3Fa%3Db" {
		t.Errorf("got %d to %q", w.Code, w.Header().Get("Location"))
	}
}
