// Command unmask measures whether a copy of everything a server keeps tells who
// wrote what without a name.
//
// It lets made-up organisations work for eight weeks through the real server,
// with a clock that it moves: people come in, report by name, leave their name
// off, write in rooms. Then it hands all that is at rest to an attacker who also
// knows who works there, and compares how often the attacker names the writer
// with how often somebody does who has seen the organisation's own pages alone.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"time"

	"debrief/internal/app"
	"debrief/internal/auth"
	"debrief/internal/live"
	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/server"
	"debrief/internal/store"
	"debrief/internal/web"
	"debrief/internal/web/frame"
	"debrief/internal/words"
)

// act is something somebody did, as only the simulation knows it.
type act struct {
	who   practice.MemberID
	at    time.Time
	text  string // of an unnamed report or an answer; empty where they acted by name
	shown time.Time
}

// town is one organisation with its server.
type town struct {
	ctx     context.Context
	address string
	rnd     *rand.Rand
	random  io.Reader
	now     time.Time
	store   *store.Store
	app     *app.App
	doors   *auth.Auth
	rooms   *room.Rooms
	face    http.Handler
	log     bytes.Buffer
	people  []practice.Actor
	cookies []string
	word    string
	secrets []act // who wrote which unnamed report
	answers []act // who wrote which answer, by its text
	rooming int
}

// clocked gives log lines the simulation's time.
type clocked struct {
	slog.Handler
	now func() time.Time
}

// Handle writes one line.
func (c clocked) Handle(ctx context.Context, r slog.Record) error {
	r.Time = c.now()
	return c.Handler.Handle(ctx, r)
}

var catalogue = func() *words.Catalogue {
	c, err := words.Load()
	if err != nil {
		panic(err)
	}
	return c
}()

var wordlist = words.NewWordlist()

// found begins an organisation of so many people.
func found(ctx context.Context, address string, people int, seed uint64) (*town, error) {
	key := [32]byte{byte(seed), byte(seed >> 8), byte(seed >> 16), 7}
	t := &town{ctx: ctx, address: address, rnd: rand.New(rand.NewPCG(seed, 1)), random: rand.NewChaCha8(key),
		now: time.Date(2031, 3, 3, 7, 30, 0, 0, time.UTC)}
	clock := func() time.Time { return t.now }
	log := slog.New(clocked{slog.NewTextHandler(&t.log, nil), clock})
	var err error
	if t.store, err = store.Open(ctx, store.Options{Database: address, Now: clock, Random: t.random, Log: log}); err != nil {
		return nil, err
	}
	t.app = app.New(app.Options{Store: t.store, Log: log})
	t.doors = auth.New(auth.Options{Store: t.store, Now: clock, Random: t.random})
	t.rooms = room.New(room.Options{Store: t.store, Words: wordlist})
	pages, err := web.New(frame.Options{App: t.app, Auth: t.doors, Rooms: t.rooms, Words: catalogue, Now: clock, Random: t.random, Log: log,
		Live: live.NewHub("inc", store.Position{})})
	if err != nil {
		return nil, err
	}
	if t.face, err = server.New(server.Options{Web: pages, Log: log, Now: clock, Random: t.random}); err != nil {
		return nil, err
	}
	return t, t.settle(people)
}

// settle sets the organisation up and lets everybody in, in their first days.
func (t *town) settle(people int) error {
	steward, err := t.app.SetUp(t.ctx, practice.NewOrganisation{
		Organisation: practice.Organisation{Name: "Harbour", Zone: "UTC", DayEndsAt: 1000, RetentionDays: 90},
		Team: practice.Team{Name: "Yard", CycleDays: 14, Triggers: []practice.Trigger{{Kind: practice.TriggerHarm, Text: "x"},
			{Kind: practice.TriggerNearMiss, Text: "y"}}}, Steward: "Person 0"})
	if err != nil {
		return err
	}
	var names []string
	for i := 1; i < people; i++ {
		names = append(names, fmt.Sprintf("Person %d", i))
	}
	added, err := t.app.AddMembers(t.ctx, steward, steward.Teams[0], names)
	if err != nil {
		return err
	}
	t.people = append(t.people, steward)
	for _, a := range added {
		t.people = append(t.people, practice.Actor{Member: a.Member.ID, Name: a.Member.Name, Teams: a.Member.Teams})
	}
	for _, p := range t.people {
		t.pass(time.Duration(t.rnd.IntN(20)) * time.Minute)
		cookie, err := t.doors.LetIn(t.ctx, p, auth.Arrival{})
		if err != nil {
			return err
		}
		t.cookies = append(t.cookies, cookie)
	}
	at, err := t.app.AddressOf(t.ctx, steward, steward.Teams[0])
	t.word = at.Word
	return err
}

// pass lets time go by; at every full hour what waits appears.
func (t *town) pass(d time.Duration) {
	until := t.now.Add(d)
	for {
		look := practice.Organisation{}.NextLook(t.now)
		if look.After(until) {
			t.now = until
			return
		}
		t.now = look.Add(300 * time.Millisecond)
		if err := t.rooms.Release(t.ctx, look); err != nil {
			panic(err)
		}
	}
}

// ask sends a request as a browser would; person -1 sends no cookie.
func (t *town) ask(person int, method, path string, form url.Values) error {
	r := httptest.NewRequestWithContext(t.ctx, method, path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if person >= 0 {
		r.AddCookie(&http.Cookie{Name: "debrief", Value: t.cookies[person]})
		r.RemoteAddr = fmt.Sprintf("198.51.100.%d:4711", person)
	} else {
		r.RemoteAddr = fmt.Sprintf("203.0.%d.9:4711", t.rnd.IntN(250))
	}
	w := httptest.NewRecorder()
	t.face.ServeHTTP(w, r)
	if w.Code >= http.StatusBadRequest {
		return fmt.Errorf("%s %s: %d", method, path, w.Code)
	}
	return nil
}

// errand is what somebody comes for, besides looking.
type errand struct {
	named   bool // reports something by name
	unnamed bool // leaves their name off
}

// visit is one person's few minutes.
func (t *town) visit(person int, does errand) error {
	steps := []func() error{func() error { return t.ask(person, "GET", "/more", nil) }}
	if does.named {
		steps = append(steps, func() error {
			return t.ask(person, "POST", "/report", url.Values{"what": {fmt.Sprintf("Named %x.", t.rnd.Uint64())}, "stage": {"after"}})
		})
	}
	if does.unnamed {
		steps = append(steps, func() error { return t.ask(person, "GET", "/report", nil) }, func() error { return t.report(person) })
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
		t.pass(time.Duration(20+t.rnd.IntN(150)) * time.Second)
	}
	return nil
}

func (t *town) report(person int) error {
	text := fmt.Sprintf("Unnamed %x", t.rnd.Uint64())
	t.secrets = append(t.secrets, act{who: t.people[person].Member, at: t.now, text: text, shown: practice.Organisation{}.Appears(t.now)})
	return t.ask(-1, "POST", "/r/"+t.word, url.Values{"what": {text}, "stage": {"after"}, "when": {"today"}})
}

// work lets so many weeks go by.
func (t *town) work(weeks int) error {
	for day := range weeks * 7 {
		if day%7 > 4 {
			t.pass(24 * time.Hour)
			continue
		}
		evening := t.now.Truncate(24 * time.Hour).Add(18 * time.Hour)
		for t.now.Before(evening) {
			t.pass(time.Duration(t.rnd.ExpFloat64() * float64(10*time.Hour) / float64(len(t.people)) * 1.5))
			person := t.rnd.IntN(len(t.people))
			if err := t.visit(person, errand{named: t.rnd.IntN(12) == 0, unnamed: t.rnd.IntN(20) == 0}); err != nil {
				return err
			}
		}
		if day%14 == 3 {
			if err := t.meet(); err != nil {
				return err
			}
		}
		t.pass(evening.Add(13*time.Hour + 30*time.Minute).Sub(t.now))
	}
	t.pass(61 * time.Minute)
	return nil
}

// meet has a few people answer the first question of a room, in a random order.
// In every other room the last one has not answered yet.
func (t *town) meet() error {
	t.rooming++
	who := t.rnd.Perm(len(t.people))[:min(6, len(t.people))]
	id, err := t.call(who)
	if err != nil {
		return err
	}
	seats := make([]practice.Seat, len(who))
	for i, p := range who {
		ticket, err := t.app.TakePlace(t.ctx, t.people[p], id, practice.Did)
		if err != nil {
			return err
		}
		t.now = t.now.Add(300 * time.Millisecond)
		drawn, err := t.rooms.Draw(t.ctx, id, ticket)
		if err != nil {
			return err
		}
		seats[i] = practice.SeatAt(id, drawn.Key)
		t.now = t.now.Add(time.Duration(5+t.rnd.IntN(60)) * time.Second)
	}
	r, err := t.rooms.Room(t.ctx, seats[0])
	if err != nil {
		return err
	}
	if _, err := t.rooms.Move(t.ctx, seats[0], r.Review.Version, ""); err != nil {
		return err
	}
	order := t.rnd.Perm(len(seats))
	for _, i := range order[t.rooming%2:] {
		t.now = t.now.Add(time.Duration(5+t.rnd.IntN(60)) * time.Second)
		text := fmt.Sprintf("Answer %x", t.rnd.Uint64())
		t.answers = append(t.answers, act{who: t.people[who[i]].Member, at: t.now, text: text})
		if err := t.rooms.Write(t.ctx, seats[i], room.NewAnswer{Question: practice.PhaseIntended, Text: text}); err != nil {
			return err
		}
	}
	return nil
}

// call asks people to a room about the last thing that happened.
func (t *town) call(who []int) (id practice.ReviewID, err error) {
	err = t.store.Update(t.ctx, func(tx *store.Tx) error {
		all, err := tx.Failures(store.FailureFilter{AtMost: 1})
		if err != nil || len(all) == 0 {
			return errors.Join(err, errors.New("nothing to meet about"))
		}
		var ids []practice.MemberID
		for _, p := range who {
			ids = append(ids, t.people[p].Member)
		}
		id = practice.ReviewID(tx.NewID("rev"))
		return tx.AddReview(practice.Review{ID: id, Failure: all[0].ID, Form: practice.FormLive, Lead: ids[0], MeetAt: tx.Now(),
			Box: practice.DefaultBox, Phase: practice.PhaseArrive}, ids)
	})
	return id, err
}
