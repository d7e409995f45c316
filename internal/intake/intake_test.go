package intake_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/auth"
	"debrief/internal/intake"
	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// watch is a plan with a monitor, on two nodes of one database.
type watch struct {
	*testing.T
	clock   *storetest.Clock
	nodes   []http.Handler
	app     *app.App
	who     practice.Actor
	plan    practice.Plan
	monitor practice.Monitor
	secret  string
	sent    int
}

func watched(t *testing.T, address string) *watch {
	t.Helper()
	w := &watch{T: t, clock: storetest.NewClock(time.Date(2027, 2, 3, 15, 0, 0, 0, time.UTC))}
	for range 2 {
		s := storetest.Open(t, address, w.clock.Option)
		a := app.New(app.Options{Store: s, Index: recall.New()})
		w.nodes = append(w.nodes, http.Handler(mounted(&intake.Intake{App: a, Log: slog.New(slog.DiscardHandler),
			Auth: auth.New(auth.Options{Store: s, Now: w.clock.Now, Random: rand.Reader}),
			Refuse: func(w http.ResponseWriter, _ *http.Request, err error) {
				var e *practice.Error
				if !errors.As(err, &e) {
					http.Error(w, err.Error(), http.StatusInternalServerError)
					return
				}
				http.Error(w, e.Code, http.StatusConflict)
			}})))
		if w.app == nil {
			w.app = a
		}
	}
	var err error
	must := func() {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	w.who, err = w.app.SetUp(t.Context(), practice.NewOrganisation{Organisation: practice.Organisation{Name: "Halvern", Zone: "UTC", DayEndsAt: 1000, RetentionDays: 90},
		Team: practice.Team{Name: "Vans", CycleDays: 14, Triggers: []practice.Trigger{{Kind: practice.TriggerHarm, Text: "x"}, {Kind: practice.TriggerNearMiss, Text: "y"}}}, Steward: "Noor"})
	must()
	w.plan, err = w.app.BeginPlan(t.Context(), w.who, app.NewPlan{Title: "Payout days"})
	must()
	_, err = w.app.WritePlan(t.Context(), w.who, w.plan.Number, func(practice.Plan) (practice.Intent, error) {
		return practice.Intent{Title: "Payout days", Aim: "Half by May", Signals: []practice.Signal{{What: "Shortfalls", From: "2%"}, {What: "Stale"}}, Stop: "at 5%"}, nil
	})
	must()
	w.plan, err = w.app.FreezePlan(t.Context(), w.who, w.plan.Number)
	must()
	w.connect()
	return w
}

func mounted(in *intake.Intake) *http.ServeMux {
	mux := http.NewServeMux()
	mux.Handle("POST /monitor/{id}", in)
	return mux
}

func (w *watch) connect() {
	w.Helper()
	var err error
	if w.monitor, w.secret, err = w.app.ConnectMonitor(context.Background(), w.who, w.plan.Number); err != nil {
		w.Fatal(err)
	}
}

// message is one as it is sent, and as a hostile sender may change it.
type message struct{ path, id, timestamp, signature, body string }

// signed is a message with an id of its own.
func (w *watch) signed(body string) message {
	w.Helper()
	w.sent++
	m := message{path: practice.MonitorPath(w.monitor.ID), id: "msg_" + strconv.Itoa(w.sent), timestamp: strconv.FormatInt(w.clock.Now().Unix(), 10), body: body}
	return w.sign(m)
}

func (w *watch) sign(m message) message {
	w.Helper()
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(w.secret, "whsec_"))
	if err != nil || len(key) != 32 {
		w.Fatalf("the secret has %d bytes, %v", len(key), err)
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.%s", m.id, m.timestamp, m.body)
	m.signature = "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	return m
}

func (w *watch) send(node int, m message) (int, string) {
	r := httptest.NewRequest("POST", m.path, strings.NewReader(m.body))
	for name, value := range map[string]string{"webhook-id": m.id, "webhook-timestamp": m.timestamp, "webhook-signature": m.signature} {
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	got := httptest.NewRecorder()
	w.nodes[node].ServeHTTP(got, r)
	body, _ := io.ReadAll(got.Result().Body)
	return got.Code, strings.TrimSpace(string(body))
}

func (w *watch) failures() []practice.Failure {
	w.Helper()
	all, err := w.app.Failures(w.Context(), w.who, store.FailureFilter{})
	if err != nil {
		w.Fatal(err)
	}
	return all
}

// A signal makes one failure, from which later ones are counted, until it was quiet
// for a day; deliveries at the same moment on two nodes too, and each only once.
func TestIntake_makesOneFailure(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		w := watched(t, address)
		const many = 12
		var wait sync.WaitGroup
		codes := make([]int, 2*many)
		for n := range many {
			m := w.signed(`{"signal":1,"text":"3.1 % in week 14"}`)
			for node := range 2 { // each message reaches both
				wait.Go(func() { codes[2*n+node], _ = w.send(node, m) })
			}
		}
		wait.Wait()
		taken := 0
		for _, code := range codes {
			if code == http.StatusOK {
				taken++
			} else if code != http.StatusConflict {
				t.Errorf("answered %d", code)
			}
		}
		fired, err := w.app.Firings(t.Context(), w.who, w.plan.Number)
		if err != nil || taken != many || len(fired) != 1 || fired[0].Count != many {
			t.Fatalf("%d taken, %+v, %v", taken, fired, err)
		}
		all := w.failures()
		if len(all) != 1 || all[0].Source != practice.SourceMonitor || all[0].Plan != w.plan.ID || all[0].Reporter != "" || !strings.Contains(all[0].Text, "Shortfalls: 2%\n3.1 %") {
			t.Fatalf("%+v", all)
		}
		if code, body := w.send(0, w.signed(`{"signal":2}`)); code != 200 || body != `{"failure":2,"count":1}` {
			t.Errorf("another signal: %d %s", code, body)
		}
		w.clock.Pass(practice.QuietAfter - time.Minute)
		if code, body := w.send(1, w.signed(`{"signal":1}`)); code != 200 || body != fmt.Sprintf(`{"failure":1,"count":%d}`, many+1) {
			t.Errorf("within a day: %d %s", code, body)
		}
		w.clock.Pass(practice.QuietAfter)
		if code, body := w.send(1, w.signed(`{"signal":1}`)); code != 200 || body != `{"failure":3,"count":1}` {
			t.Errorf("after a quiet day: %d %s", code, body)
		}
		for range 2 * 8 { // it never gets quiet, and is told anew after a week
			w.clock.Pass(practice.QuietAfter / 2)
			if code, _ := w.send(0, w.signed(`{"signal":1}`)); code != 200 {
				t.Errorf("twice a day: %d", code)
			}
		}
		if n := len(w.failures()); n != 4 {
			t.Errorf("%d failures of what came true twice a day for eight days", n)
		}
		if code, _ := w.send(0, w.signed(`{"stop":true}`)); code != 200 {
			t.Errorf("stop: %d", code)
		}
		home, err := w.app.Home(t.Context(), w.who)
		if err != nil {
			t.Fatal(err)
		}
		told := 0
		for _, n := range home.Notices {
			if n.Code == "notice.stop" {
				told++
			}
		}
		if told != 1 {
			t.Errorf("told %d times that the work stops", told)
		}
	})
}

// Who did not sign hears nothing; who signed hears what is wrong. Nothing of it leaves
// a failure.
func TestIntake_refuses(t *testing.T) {
	w := watched(t, storetest.SQLite(t))
	good := func() message { return w.signed(`{"signal":1}`) }
	at := func(d time.Duration) string { return strconv.FormatInt(w.clock.Now().Add(d).Unix(), 10) }
	hostile := map[string]func(*message){
		"unsigned":              func(m *message) { m.signature = "" },
		"another body":          func(m *message) { m.body = `{"signal":2}` },
		"another time":          func(m *message) { m.timestamp = at(time.Second) },
		"another id":            func(m *message) { m.id += "x" },
		"no id":                 func(m *message) { m.id = ""; *m = w.sign(*m) },
		"a long id":             func(m *message) { m.id = strings.Repeat("x", 257); *m = w.sign(*m) },
		"no scheme":             func(m *message) { m.signature = strings.TrimPrefix(m.signature, "v1,") },
		"another scheme":        func(m *message) { m.signature = "v2," + strings.TrimPrefix(m.signature, "v1,") },
		"half of it":            func(m *message) { m.signature = m.signature[:20] },
		"empty":                 func(m *message) { m.signature = "v1," },
		"behind many":           func(m *message) { m.signature = strings.Repeat("v1,eA== ", 8) + m.signature },
		"another monitor":       func(m *message) { m.path = practice.MonitorPath("mon_0") },
		"a dot moved":           func(m *message) { m.id, m.timestamp = m.id+"."+m.timestamp[:3], m.timestamp[3:] },
		"unsigned, of long ago": func(m *message) { m.signature, m.timestamp = "", at(-time.Hour) },
		"unsigned, no JSON":     func(m *message) { m.signature, m.body = "", "<x>" },
		"the secret of nobody": func(m *message) {
			w, c := *w, *m
			w.secret = "whsec_" + base64.StdEncoding.EncodeToString(make([]byte, 32))
			*m = w.sign(c)
		},
		"signed with an address": func(m *message) { m.signature = "v1," + base64.StdEncoding.EncodeToString([]byte(m.path)) },
	}
	for what, change := range hostile {
		m := good()
		change(&m)
		if code, body := w.send(0, m); code != http.StatusUnauthorized || body != "" {
			t.Errorf("%s: %d %q", what, code, body)
		}
	}
	for what, one := range map[string]struct {
		change func(*message)
		want   string
	}{
		"too old":         {func(m *message) { m.timestamp = at(-practice.DeliveryWithin - time.Second) }, "monitor.late"},
		"of tomorrow":     {func(m *message) { m.timestamp = at(practice.DeliveryWithin + time.Second) }, "monitor.late"},
		"no time":         {func(m *message) { m.timestamp = "soon" }, "monitor.late"},
		"no JSON":         {func(m *message) { m.body = "<x>" }, "monitor.shape"},
		"nothing":         {func(m *message) { m.body = "{}" }, "monitor.shape"},
		"both":            {func(m *message) { m.body = `{"signal":1,"stop":true}` }, "monitor.shape"},
		"none":            {func(m *message) { m.body = `{"signal":0}` }, "monitor.shape"},
		"a third signal":  {func(m *message) { m.body = `{"signal":3}` }, "monitor.signal"},
		"too much to say": {func(m *message) { m.body = `{"signal":1,"text":"` + strings.Repeat("x", practice.MaxAnswer+1) + `"}` }, "too.long"},
	} {
		m := good()
		one.change(&m)
		if code, body := w.send(0, w.sign(m)); code != http.StatusConflict || body != one.want {
			t.Errorf("%s: %d %q", what, code, body)
		}
	}
	big := good()
	big.body = string(bytes.Repeat([]byte(" "), practice.MaxDelivery+1))
	if code, body := w.send(0, w.sign(big)); code != http.StatusRequestEntityTooLarge || body != "" {
		t.Errorf("too large: %d %q", code, body)
	}
	if n := len(w.failures()); n != 0 {
		t.Errorf("%d failures", n)
	}
	for _, code := range []int{http.StatusOK, http.StatusConflict} { // the control, and the same again
		w.sent = 900
		if got, body := w.send(0, good()); got != code {
			t.Errorf("%d %q, want %d", got, body, code)
		}
	}
}

// The secret before a renewal is good for a day, and none after the monitor was turned
// off. Strangers who go on trying are asked to wait.
func TestIntake_secretsEnd(t *testing.T) {
	w := watched(t, storetest.SQLite(t))
	send := func(what string, want int) {
		t.Helper()
		if code, body := w.send(0, w.signed(`{"signal":1}`)); code != want {
			t.Errorf("%s: %d %s", what, code, body)
		}
	}
	first := w.secret
	w.connect()
	second := w.secret
	if first == second {
		t.Fatal("the same secret again")
	}
	send("the new one", 200)
	w.secret = first
	send("the one before", 200)
	w.clock.Pass(practice.Overlap)
	send("a day later", 401)
	w.secret = second
	send("the new one", 200)
	if err := w.app.EndMonitor(t.Context(), w.who, w.plan.Number); err != nil {
		t.Fatal(err)
	}
	send("turned off", 401)
	busy := 0
	for range 100 {
		if code, body := w.send(0, message{path: practice.MonitorPath("mon_0")}); code == http.StatusTooManyRequests && body == "" {
			busy++
		}
	}
	if busy == 0 {
		t.Error("a stranger may try as often as they like")
	}
}

// A secret stands nowhere in the database.
func TestMonitor_keepsNoSecret(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		w := watched(t, address)
		bare := strings.TrimPrefix(w.secret, "whsec_")
		raw, err := base64.StdEncoding.DecodeString(bare)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, row := range storetest.Dump(t, address) {
			for column, value := range row.Values {
				if strings.Contains(value, bare) || strings.Contains(value, string(raw)) || strings.Contains(value, fmt.Sprintf("%x", raw)) {
					t.Errorf("it stands in %s.%s", row.Table, column)
				}
				found = found || value == string(w.monitor.ID)
			}
		}
		if !found {
			t.Error("the dump has no monitor: this test proves nothing")
		}
	})
}
