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

// A page that stayed open after its device was ended asks for news again. It is told
// that there are no more, for it could not read the page of the way in.
func TestStranger_hearsThatTheNewsIsOver(t *testing.T) {
	s, _ := webtest.NewKit(t)
	w := webtest.Get(t, s, "/more", "X-Stranger", "yes", "Accept", "text/event-stream")
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/event-stream" || !strings.Contains(w.Body.String(), "data: *\n") {
		t.Errorf("got %d: %s", w.Code, w.Body)
	}
}
