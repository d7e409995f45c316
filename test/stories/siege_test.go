package stories

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"debrief/internal/debrieftest"
)

// Four thousand that connect and say nothing, and two thousand that stop in the
// middle of their head, are let go by the server itself; whoever has something to
// report does so meanwhile. A server that waits for everybody is the control: it
// still holds all it was given when ours holds nobody.
func TestSiege(t *testing.T) {
	site := debrieftest.Start(t, debrieftest.Options{})
	ines, err := debrieftest.SetUp(t.Context(), site)
	if err != nil {
		t.Fatal(err)
	}
	waits := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(waits.Close) // after those who hold it

	few := debrieftest.Besiege(t, waits.URL, map[string]int{debrieftest.Nothing: 200, debrieftest.HalfHead: 100})
	siege := debrieftest.Besiege(t, site.URL, map[string]int{debrieftest.Nothing: 4000, debrieftest.HalfHead: 2000})
	patience := time.After(debrieftest.Patience)
	reported := 0
	for lifted := false; !lifted; {
		what := fmt.Sprintf("Lift key number %d was not on its hook", reported)
		if _, err := ines.Post(t.Context(), site.URL+"/report", url.Values{"what": {what}, "when": {"now"}, "stage": {"after"}}); err != nil {
			t.Fatal(err)
		}
		reported++
		if page, err := ines.Get(t.Context(), site.URL+"/"); err != nil || !strings.Contains(page, what) {
			t.Fatalf("what was just reported is not there: %v", err)
		}
		select {
		case <-siege.Lifted:
			lifted = true
		case <-patience:
			t.Fatalf("%d who say nothing and %d with half a head are still held", siege.Held(debrieftest.Nothing), siege.Held(debrieftest.HalfHead))
		case <-time.After(100 * time.Millisecond):
		}
	}
	if few.Held(debrieftest.Nothing) != 200 || few.Held(debrieftest.HalfHead) != 100 {
		t.Error("a server that waits for everybody let somebody go: this test proves nothing")
	}
	if again, err := net.Dial("tcp", strings.TrimPrefix(site.URL, "http://")); err != nil {
		t.Errorf("nobody is let in afterwards: %v", err)
	} else {
		again.Close()
	}
}
