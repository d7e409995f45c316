package bench

import (
	"crypto/rand"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/auth"
	"debrief/internal/debrieftest"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// crowded lets everybody in, and returns how to start the real server for them.
func crowded(b *testing.B) func(*testing.B) crowd {
	b.Helper()
	database := filepath.Join(b.TempDir(), "debrief.db")
	reporters, asks := letIn(b, database)
	n := counter()
	return func(b *testing.B) crowd {
		site, err := debrieftest.Open(debrieftest.Options{Binary: binary(b), Database: database})
		if err != nil {
			b.Fatal(err)
		}
		tell := func(times int) error {
			said := make(chan error, len(reporters))
			for _, cookie := range reporters {
				go func() {
					var err error
					for range times {
						if err == nil {
							err = reportAs(site.URL, cookie, n())
						}
					}
					said <- err
				}()
			}
			for range reporters {
				if err := <-said; err != nil {
					return err
				}
			}
			return nil
		}
		return crowd{site.PID(), strings.TrimPrefix(site.URL, "http://"), asks, tell, site.Kill}
	}
}

// letIn begins the teams in a database and lets a device in for each of their
// people. It returns one of each team, to report something, and what all of their
// pages ask for.
func letIn(b *testing.B, database string) (reporters, asks []string) {
	b.Helper()
	ctx := b.Context()
	s, err := store.Open(ctx, store.Options{Database: database, Now: time.Now, Random: rand.Reader})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	house, door := app.New(app.Options{Store: s}), auth.New(auth.Options{Store: s, Now: time.Now, Random: rand.Reader})
	team := practice.Team{Name: "Team 0", Pack: "default", CycleDays: 14, EarlyWhy: "To see how many can listen.", Triggers: []practice.Trigger{
		{Kind: practice.TriggerHarm, Text: "Somebody was hurt"}, {Kind: practice.TriggerNearMiss, Text: "It only just went well"}}}
	steward, err := house.SetUp(ctx, practice.NewOrganisation{Team: team, Steward: "Ines",
		Organisation: practice.Organisation{Name: "Harbour Bikes", Zone: "UTC", DayStartsAt: 9 * 60, DayEndsAt: 17 * 60, RetentionDays: 90}})
	if err != nil {
		b.Fatal(err)
	}
	for t := range listening / perTopic {
		team.Name = fmt.Sprint("Team ", t+1)
		made, err := house.AddTeam(ctx, steward, team)
		if err != nil {
			b.Fatal(err)
		}
		var names []string
		for n := range perTopic / perListener {
			names = append(names, fmt.Sprintf("Number %d of %d", n, t))
		}
		people, err := house.AddMembers(ctx, steward, made.ID, names)
		if err != nil {
			b.Fatal(err)
		}
		for i, p := range people {
			secret, err := door.LetIn(ctx, practice.Actor{Member: p.Member.ID}, auth.Arrival{Agent: "bench"})
			if err != nil {
				b.Fatal(err)
			}
			if i == 0 {
				reporters = append(reporters, secret)
			}
			for range perListener {
				asks = append(asks, asking("/news", secret))
			}
		}
	}
	return reporters, asks
}

// reportAs files a report for whoever has the cookie.
func reportAs(base, cookie string, n int) error {
	form := url.Values{"what": {words(n)}, "when": {"now"}, "stage": {"after"}}
	req, err := http.NewRequest(http.MethodPost, base+"/report", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.AddCookie(&http.Cookie{Name: "debrief", Value: cookie})
	return answered(reporting.Do(req))
}

var reporting = keepAlive()

// fanEnv is the environment variable that makes this programme the bare server
// of lines instead.
const fanEnv = "BENCH_FAN"

// fan serves lines to whoever asks, and does not return. A request for /tell
// sends one to each.
func fan() {
	var mu sync.Mutex
	all := map[chan struct{}]bool{}
	http.HandleFunc("/news", func(w http.ResponseWriter, r *http.Request) {
		told := make(chan struct{}, manyNews)
		mu.Lock()
		all[told] = true
		mu.Unlock()
		w.Header().Set("Content-Type", "text/event-stream")
		line := http.NewResponseController(w)
		for text := "retry: 2000\n\n"; ; {
			if _, err := w.Write([]byte(text)); err != nil || line.Flush() != nil {
				return
			}
			select {
			case <-told:
				text = "id: inc_0123456789abcdef0123.0-12345\nevent: changed\ndata: home\n\n"
			case <-r.Context().Done():
				return
			}
		}
	})
	http.HandleFunc("/tell", func(http.ResponseWriter, *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		for told := range all {
			told <- struct{}{}
		}
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println("listening on http://" + l.Addr().String())
	panic(http.Serve(l, nil))
}

// startFan starts the bare server of lines.
func startFan(b *testing.B) crowd {
	b.Helper()
	address, pid, stop := another(b, fanEnv+"=yes")
	c := crowd{pid: pid, address: strings.TrimPrefix(address, "http://"), stop: stop}
	c.tell = func(times int) error {
		for range times {
			if err := answered(reporting.Get(address + "/tell")); err != nil {
				return err
			}
		}
		return nil
	}
	for range listening {
		c.asks = append(c.asks, asking("/news", "none"))
	}
	return c
}
