package main

import (
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/auth"
	"debrief/internal/practice"
	"debrief/internal/server"
	"debrief/internal/store/storetest"
	"debrief/internal/web"
	"debrief/internal/web/frame"
	"debrief/internal/words"
)

// sections are where each part of the pattern can be seen, as addresses of which one is
// enough.
var sections = map[string]string{
	"1 where model and reality part":           `^/f/\d+/record$`,
	"1 what happened, as it was reported":      `^/f/\d+$`,
	"2 what was promised, and to what it came": `^/carry(/cry_\w+)?$`,
	"3 what happens next in the open review":   `^/f/\d+/(room|schedule|invite)$`,
	"3 what changed a procedure":               `^/p/[\w-]+$`,
	"3 a limit that stays":                     `^/c(/\d+)?$`,
	"3 what an experiment found":               `^/e(/\d+)?$`,
	"4 a report in a minute":                   `^/report$`,
	"4 who agrees to a change":                 `^/(consents?(/\w+)?|groups(/\w+)?)$`,
	"5 somebody independent":                   `^/guardian$`,
	"5 a pause, and a new start":               `^/pause$`,
	"7 what is meant, before the work":         `^/plan/\d+$`,
	"8 signs of life and decay":                `^/vitality$`,
	"8 how the team got here":                  `^/tour$`,
}

var leadsTo = regexp.MustCompile(`(?:href|action)="(/[^"#?]*)`)

// visitor is somebody with a browser who was let in.
type visitor struct {
	*testing.T
	face   http.Handler
	cookie string
}

// reads are the addresses that a page leads to.
func (v visitor) reads(path string) (all []string) {
	v.Helper()
	r := httptest.NewRequestWithContext(v.Context(), "GET", path, nil)
	r.Header.Set("Cookie", v.cookie)
	w := httptest.NewRecorder()
	v.face.ServeHTTP(w, r)
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		return nil
	}
	for _, m := range leadsTo.FindAllStringSubmatch(w.Body.String(), -1) {
		all = append(all, m[1])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// within is everything that so many clicks from a page lead to.
func (v visitor) within(clicks int, from string) map[string]bool {
	v.Helper()
	found, next := map[string]bool{from: true}, []string{from}
	for range clicks {
		var further []string
		for _, page := range next {
			for _, to := range v.reads(page) {
				if !found[to] && !strings.HasPrefix(to, "/asset") && !strings.HasPrefix(to, "/leave") {
					found[to] = true
					further = append(further, to)
				}
			}
		}
		next = further
	}
	return found
}

// Every part of the pattern that can be practised is two clicks from the start page at
// most, for somebody of a team that has begun. One click is not enough for all of them.
func TestSections_withinTwoClicks(t *testing.T) {
	catalogue, err := words.Load()
	must(t, err)
	storetest.Each(t, func(t *testing.T, address string) {
		n, err := openNode(t.Context(), nodeOptions{database: address, log: slog.New(slog.DiscardHandler)})
		must(t, err)
		defer n.close()
		ada, err := (&tale{n: n, ctx: t.Context(), now: time.Now()}).tell()
		must(t, err)
		_, err = n.app.BeginPlan(t.Context(), ada, app.NewPlan{Title: "A second replica"})
		must(t, err)
		log := slog.New(slog.DiscardHandler)
		pages, err := web.New(frame.Options{App: n.app, Rooms: n.rooms, Auth: n.doors, Words: catalogue, Now: time.Now, Random: rand.Reader, Log: log, Live: n.hub})
		must(t, err)
		face, err := server.New(server.Options{Web: pages, Log: log, Now: time.Now, Random: rand.Reader, Ready: n.store.Ping})
		must(t, err)
		secret, err := n.doors.LetIn(t.Context(), practice.Actor{Member: ada.Member, Name: ada.Name}, auth.Arrival{})
		must(t, err)
		v := visitor{t, face, n.doors.Cookies(secret)[0].Name + "=" + n.doors.Cookies(secret)[0].Value}
		lacks := func(found map[string]bool) (all []string) {
			for what, at := range sections {
				is := regexp.MustCompile(at)
				there := false
				for to := range found {
					there = there || is.MatchString(to)
				}
				if !there {
					all = append(all, what)
				}
			}
			slices.Sort(all)
			return all
		}
		if far := lacks(v.within(2, "/")); len(far) > 0 {
			t.Errorf("further than two clicks from the start page: %q", far)
		}
		if far := lacks(v.within(1, "/")); len(far) == 0 {
			t.Error("one click is enough for all: nothing is proved")
		}
	})
}
