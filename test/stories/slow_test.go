package stories

import (
	"fmt"
	"io"
	"net"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"debrief/internal/debrieftest"
)

// A thousand connections that ask for nothing, heads that never end, bodies that
// stall and readers who let everything lie: others are served meanwhile, and
// afterwards the server has as little to do as before. How long each of them is
// borne is proved where time is ours, beside the server, with a server that waits
// as the control.
func TestSlowClients_doNotWearTheServerOut(t *testing.T) {
	site := debrieftest.Start(t, debrieftest.Options{})
	ines, err := debrieftest.SetUp(t.Context(), site)
	if err != nil {
		t.Fatal(err)
	}
	page, err := ines.Get(t.Context(), site.URL+"/")
	if err != nil {
		t.Fatal(err)
	}
	big := regexp.MustCompile(`/cloth/debrief\.\w+\.css`).FindString(page)
	before := weigh(t, ines, site)

	host := "Host: " + strings.TrimPrefix(site.URL, "http://") + "\r\n"
	var held []net.Conn
	for range 100 {
		held = append(held, connect(t, site, ""))
	}
	// A connection is there for us before a busy server took it up. The bound is that of the end.
	first := weigh(t, ines, site)
	for until := time.Now().Add(debrieftest.Patience); first.goroutines <= before.goroutines+spare && time.Now().Before(until); first = weigh(t, ines, site) {
		<-time.After(10 * time.Millisecond)
	}
	if first.goroutines <= before.goroutines+spare {
		t.Errorf("%d goroutines, %d before: nobody holds the server", first.goroutines, before.goroutines)
	}
	var impatient sync.WaitGroup // what the server ends by itself, soon
	for range 200 {
		for _, begin := range []string{"GET / HTTP/1.1\r\n" + host + "X-More: ", "POST /report HTTP/1.1\r\n" + host + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 900\r\n\r\nwhat="} {
			c := connect(t, site, begin)
			impatient.Go(func() { io.Copy(io.Discard, c) })
		}
	}
	for range 900 {
		held = append(held, connect(t, site, ""))
	}
	for range 100 { // more than the system keeps for them
		held = append(held, connect(t, site, strings.Repeat("GET "+big+" HTTP/1.1\r\n"+host+"\r\n", 100)))
	}
	for range 20 {
		if _, err := ines.Get(t.Context(), site.URL+"/"); err != nil {
			t.Errorf("meanwhile: %v", err)
		}
	}
	during := weigh(t, ines, site)

	impatient.Wait()
	for _, c := range held {
		c.Close()
	}
	after := weigh(t, ines, site)
	for until := time.Now().Add(debrieftest.Patience); after.goroutines > before.goroutines+spare && time.Now().Before(until); after = weigh(t, ines, site) {
		<-time.After(200 * time.Millisecond)
	}
	if after.goroutines > before.goroutines+spare || after.heap > before.heap+64<<20 {
		t.Errorf("before %v, meanwhile %v, afterwards %v", before, during, after)
	}
	t.Logf("before %v, meanwhile %v, afterwards %v", before, during, after)
}

// spare is how many goroutines more than before a server may have that nobody holds.
const spare = 50

// connect opens a connection and sends what it begins with.
func connect(t *testing.T, site *debrieftest.Site, begin string) net.Conn {
	t.Helper()
	c, err := net.DialTimeout("tcp", strings.TrimPrefix(site.URL, "http://"), debrieftest.Patience)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if _, err := io.WriteString(c, begin); err != nil {
		t.Fatal(err)
	}
	return c
}

// weight is what a server carries.
type weight struct{ goroutines, heap int }

func (w weight) String() string {
	return fmt.Sprintf("%d goroutines and %d MiB", w.goroutines, w.heap>>20)
}

func weigh(t *testing.T, by *debrieftest.Visitor, site *debrieftest.Site) (w weight) {
	t.Helper()
	said, err := by.Get(t.Context(), site.URL+"/metrics")
	if err != nil {
		t.Fatal(err)
	}
	for name, into := range map[string]*int{"go_goroutines": &w.goroutines, "go_memstats_heap_alloc_bytes": &w.heap} {
		found := regexp.MustCompile(`(?m)^` + name + ` (\d+)$`).FindStringSubmatch(said)
		if found == nil {
			t.Fatalf("no %s in %s", name, said)
		}
		*into, _ = strconv.Atoi(found[1])
	}
	return w
}
