package stories

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"debrief/internal/debrieftest"
)

// What a program sends to a plan that watches, as it is and as somebody sends it who
// means no good. Whatever is refused leaves no failure and says no more than it has to.
func TestMonitor_underAttack(t *testing.T) { onServers(t, watchers) }

func watchers(t *testing.T, sites ...*debrieftest.Site) {
	w := watch(settle(t, sites))
	w.refusals()
	w.wants("nothing was signed well", 0, 0)
	w.duplicates()
	w.handbook()
}

// watched is a plan with a monitor.
type watched struct {
	*house
	path, secret string
	sent         int
}

func watch(h *house) *watched {
	h.Helper()
	plan := h.ask(h.ines, "POST", "/plans", fields{"team": h.team, "title": "Payout days"})
	at := fmt.Sprintf("/plans/%v", plan["number"])
	w := &watched{house: h}
	w.write(at, fields{"title": "Payout days", "aim": "Half by May.", "stop": "at 5 %", "signals": []fields{{"what": "Shortfalls", "from": "2 %"}, {"what": "Stale"}}})
	h.ask(h.ines, "POST", at+"/freeze", nil)
	made := h.ask(h.ines, "POST", at+"/monitor", nil)
	w.path, w.secret = fields(made["monitor"].(map[string]any)).text("path"), made.text("secret")
	return w
}

// write puts words into a draft, as it was read just now.
func (w *watched) write(at string, intent fields) {
	w.Helper()
	address := w.sites[0].URL + "/api/v1" + at
	seen, said, err := w.ines.Do(w.request(w.ines, "GET", address, nil))
	if err != nil || seen.StatusCode != http.StatusOK {
		w.Fatalf("%v %s", err, said)
	}
	text, _ := json.Marshal(intent) // errs for nothing that is in it
	r := w.request(w.ines, "PUT", address, strings.NewReader(string(text)))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("If-Match", seen.Header.Get("ETag"))
	if answer, said, err := w.ines.Do(r); err != nil || answer.StatusCode != http.StatusOK {
		w.Fatalf("%v %s", err, said)
	}
}

// letter is one message on its way.
type letter struct{ verb, path, id, at, seal, body string }

// letter seals one with an id that was not there before.
func (w *watched) letter(body string, at time.Time, change ...func(*letter)) letter {
	w.Helper()
	w.sent++
	l := letter{"POST", w.path, "msg_" + strconv.Itoa(w.sent), strconv.FormatInt(at.Unix(), 10), "", body}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(w.secret, "whsec_"))
	if err != nil {
		w.Fatal(err)
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.%s", l.id, l.at, l.body)
	l.seal = "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	for _, c := range change {
		c(&l)
	}
	return l
}

// answered is what whoever sent it is told: the status, each header but those that no two
// answers share, and the words.
type answered struct {
	status  int
	headers string
	body    string
}

func (w *watched) send(site *debrieftest.Site, l letter) answered {
	r := w.request(someone{}, l.verb, site.URL+l.path, strings.NewReader(l.body))
	for name, value := range map[string]string{"webhook-id": l.id, "webhook-timestamp": l.at, "webhook-signature": l.seal} {
		r.Header.Set(name, value)
	}
	got, body, err := debrieftest.NewVisitor().Do(r)
	if err != nil {
		w.Errorf("%s %s: %v", l.verb, l.path, err)
		return answered{}
	}
	var headers []string
	for name, values := range got.Header {
		if name != "Date" && name != "X-Request-Id" {
			headers = append(headers, name+": "+strings.Join(values, ", "))
		}
	}
	slices.Sort(headers)
	return answered{got.StatusCode, strings.Join(headers, "\n"), body}
}

// refusals are attacks. The control of all of them is what duplicates sends: the same
// letter, and nothing done to it.
func (w *watched) refusals() {
	w.Helper()
	const fires = `{"signal":1}`
	bad, now := w.letter(fires, time.Now(), func(l *letter) { l.seal = "v1," + strings.Repeat("A", 43) + "=" }), time.Now()
	first := w.send(w.sites[0], bad)
	if first.status != http.StatusUnauthorized || first.body != "" {
		w.Errorf("a wrong seal: %+v", first)
	}
	for what, l := range map[string]letter{
		"no seal":                 w.letter(fires, now, func(l *letter) { l.seal = "" }),
		"an address that is none": w.letter(fires, now, func(l *letter) { l.path = "/monitor/mon_01khvcxa5fe0qsz2m2g1mcnbkd" }),
		"no address at all":       w.letter(fires, now, func(l *letter) { l.path = "/monitor/%00%2e%2e" }),
		"other words":             w.letter(fires, now, func(l *letter) { l.body = `{"stop":true}` }),
		"of long ago, unsealed":   w.letter(fires, now.Add(-time.Hour), func(l *letter) { l.seal = bad.seal }),
	} {
		if got := w.send(w.sites[0], l); got != first {
			w.Errorf("%s: %+v, and a wrong seal: %+v", what, got, first)
		}
	}
	for what, one := range map[string]struct {
		letter letter
		status int
		says   string
	}{
		"of long ago":  {w.letter(fires, now.Add(-time.Hour)), http.StatusBadRequest, "monitor.late"},
		"of tomorrow":  {w.letter(fires, now.Add(24*time.Hour)), http.StatusBadRequest, "monitor.late"},
		"huge":         {w.letter(`{"signal":1,"text":"`+strings.Repeat("x", 8<<20)+`"}`, now), http.StatusRequestEntityTooLarge, ""},
		"read":         {w.letter("", now, func(l *letter) { l.verb = "GET" }), http.StatusNotFound, ""},
		"put":          {w.letter(fires, now, func(l *letter) { l.verb = "PUT" }), http.StatusNotFound, ""},
		"a form":       {w.letter("signal=1", now), http.StatusBadRequest, "monitor.shape"},
		"a sealed NUL": {w.letter(`{"signal":1,"text":"a\u0000b"}`, now), http.StatusBadRequest, "text.bytes"},
		"no such":      {w.letter(`{"signal":3}`, now), http.StatusBadRequest, "monitor.signal"},
	} {
		if got := w.send(w.sites[0], one.letter); got.status != one.status || !strings.Contains(got.body, one.says) {
			w.Errorf("%s: %d %s, want %d %s", what, got.status, got.body, one.status, one.says)
		}
	}
}

// duplicates sends letters to all servers at the same moment, each to all of them, and
// then the last once more: one failure is made, and each counts once on it.
func (w *watched) duplicates() {
	w.Helper()
	const many = 8
	var all sync.WaitGroup
	var answers sync.Map
	var l letter
	for n := range many {
		l = w.letter(`{"signal":1,"text":"3.1 %"}`, time.Now())
		l := l
		for s, site := range slices.Concat(w.sites, w.sites) {
			all.Go(func() { answers.Store([2]int{n, s}, w.send(site, l).status) })
		}
	}
	all.Wait()
	taken := 0
	answers.Range(func(_, status any) bool {
		if status == http.StatusOK {
			taken++
		} else if status != http.StatusConflict {
			w.Errorf("answered %d", status)
		}
		return true
	})
	if taken != many {
		w.Errorf("%d of %d were taken", taken, many)
	}
	if got := w.send(w.sites[0], l); got.status != http.StatusConflict {
		w.Errorf("replayed: %+v", got)
	}
	w.wants("sent at once", 1, many)
}

// wants counts the failures, and how often the first signal was said.
func (w *watched) wants(what string, failures, count int) {
	w.Helper()
	made := w.ask(w.ines, "GET", "/failures", nil).list()
	fired, _ := w.ask(w.ines, "GET", "/plans/1/firings", nil)["firings"].([]any)
	said := 0.0
	for _, one := range fired {
		if f := one.(map[string]any); f["signal"] == 1.0 {
			said += f["count"].(float64)
		}
	}
	if len(made) != failures || said != float64(count) {
		w.Errorf("%s: %d failures and said %v times, want %d and %d", what, len(made), said, failures, count)
	}
	for _, f := range made {
		if f.text("source") != "monitor" {
			w.Errorf("%s: it came from %q", what, f.text("source"))
		}
	}
}

// handbook runs what the handbook has, as it stands there; with another secret it is
// the control.
func (w *watched) handbook() {
	w.Helper()
	page, err := os.ReadFile("../../docs/operate.md")
	if err != nil {
		w.Fatal(err)
	}
	script := regexp.MustCompile("(?s)## A program that watches.*?```sh\n(.*?)```").FindSubmatch(page)
	if script == nil {
		w.Fatal("the handbook has none")
	}
	run := func(secret string) (string, error) {
		text := string(script[1])
		for from, to := range map[string]string{"https://debrief.example.org/monitor/mon_1": w.sites[0].URL + w.path, "whsec_AAAA": secret} {
			if strings.Count(text, from) != 1 {
				w.Fatalf("%s stands there %d times", from, strings.Count(text, from))
			}
			text = strings.Replace(text, from, to, 1)
		}
		ctx, cancel := context.WithTimeout(w.Context(), debrieftest.Patience)
		defer cancel()
		out, err := exec.CommandContext(ctx, "sh", "-eu", "-c", text).CombinedOutput()
		return string(out), err
	}
	if out, err := run(w.secret); err != nil || strings.TrimSpace(out) != `{"failure":1,"count":9}` {
		w.Errorf("%v: %s", err, out)
	}
	if out, err := run("whsec_" + base64.StdEncoding.EncodeToString(make([]byte, 32))); err == nil || !strings.Contains(out, "401") {
		w.Errorf("with another secret: %v: %s", err, out)
	}
	w.wants("by the handbook", 1, 9)
}
