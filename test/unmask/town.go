package unmask

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
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

// town is one organisation with its server.
type town struct {
	*plan
	ctx     context.Context
	address string
	folder  string // for copies
	now     time.Time
	chance  *rand.ChaCha8
	store   *store.Store
	app     *app.App
	doors   *auth.Auth
	rooms   *room.Rooms
	face    http.Handler
	log     bytes.Buffer
	members []practice.Member
	cookies []string
	word    string
	waiting int // how many reports wait for the hour
	loot    loot
	night   map[string]bool // the lines of the last backup
}

// clocked gives log lines the town's time.
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

// live lets an organisation live by its plan and returns what is left of it.
func (p *plan) live(ctx context.Context, address, folder string) (*town, error) {
	t, err := p.begin(ctx, address, folder, p.moments[0].at.Truncate(24*time.Hour))
	if err != nil {
		return nil, err
	}
	defer t.store.Close()
	for _, m := range p.moments {
		if err := t.pass(m.at); err != nil {
			return nil, err
		}
		t.luck(int64(m.nth))
		if err := m.do(t); err != nil {
			return nil, fmt.Errorf("%s: %w", m.at, err)
		}
	}
	return t, errors.Join(t.pass(t.now.Add(time.Hour)), t.leave())
}

// begin founds an organisation, of which everybody is let in.
func (p *plan) begin(ctx context.Context, address, folder string, at time.Time) (*town, error) {
	t := &town{plan: p, ctx: ctx, address: address, folder: folder, now: at}
	t.luck(0)
	return t, errors.Join(t.open(), t.settle())
}

// luck begins what the server draws by chance anew: at the same act both lives
// draw the same, so that they differ in nothing but who wrote.
func (t *town) luck(nth int64) {
	var key [32]byte
	binary.BigEndian.PutUint64(key[:], t.seed)
	binary.BigEndian.PutUint64(key[8:], uint64(nth))
	t.chance = rand.NewChaCha8(key)
}

// Read is the server's source of randomness.
func (t *town) Read(b []byte) (int, error) { return t.chance.Read(b) }

func (t *town) open() (err error) {
	clock, random := func() time.Time { return t.now }, io.Reader(t)
	log := slog.New(clocked{slog.NewTextHandler(&t.log, nil), clock})
	if t.store, err = store.Open(t.ctx, store.Options{Database: t.address, Now: clock, Random: random, Log: log}); err != nil {
		return err
	}
	t.app = app.New(app.Options{Store: t.store, Log: log})
	t.doors = auth.New(auth.Options{Store: t.store, Now: clock, Random: random})
	t.rooms = room.New(room.Options{Store: t.store, Words: wordlist})
	pages, err := web.New(frame.Options{App: t.app, Auth: t.doors, Rooms: t.rooms, Words: catalogue, Now: clock, Random: random, Log: log,
		Live: live.NewHub("inc", store.Position{})})
	if err != nil {
		return err
	}
	t.face, err = server.New(server.Options{Web: pages, Log: log, Now: clock, Random: random})
	return err
}

// settle sets the organisation up and lets everybody in.
func (t *town) settle() error {
	steward, err := t.app.SetUp(t.ctx, practice.NewOrganisation{
		Organisation: practice.Organisation{Name: "Harbour", Zone: "UTC", DayEndsAt: 1000, RetentionDays: 90},
		Team: practice.Team{Name: "Yard", CycleDays: 14, Triggers: []practice.Trigger{{Kind: practice.TriggerHarm, Text: "x"},
			{Kind: practice.TriggerNearMiss, Text: "y"}}}, Steward: "Person0"})
	if err != nil {
		return err
	}
	var names []string
	for i := 1; i < t.people; i++ {
		names = append(names, fmt.Sprint("Person", i))
	}
	added, err := t.app.AddMembers(t.ctx, steward, steward.Teams[0], names)
	if err != nil {
		return err
	}
	t.members = append(t.members, practice.Member{ID: steward.Member, Name: steward.Name, Teams: steward.Teams})
	for _, a := range added {
		t.members = append(t.members, a.Member)
	}
	t.loot.people = map[string]int{}
	for i, p := range t.members {
		t.loot.people[string(p.ID)], t.loot.people[p.Name] = i, i
		t.now = t.now.Add(time.Second)
		cookie, err := t.doors.LetIn(t.ctx, t.actor(i), auth.Arrival{})
		if err != nil {
			return err
		}
		t.cookies = append(t.cookies, cookie)
	}
	at, err := t.app.AddressOf(t.ctx, steward, steward.Teams[0])
	t.word = at.Word
	return errors.Join(err, t.report(0, "The first thing that happened."))
}

// actor is somebody who does something by name.
func (t *town) actor(person int) practice.Actor {
	m := t.members[person]
	return practice.Actor{Member: m.ID, Name: m.Name, Teams: m.Teams}
}

// pass lets time go by. What waits is looked at when it is due; looks at nothing
// are left out, but for one each night.
func (t *town) pass(until time.Time) error {
	for t.waiting > 0 {
		due := practice.Organisation{}.NextLook(t.now)
		if due.After(until) {
			break
		}
		t.now = due.Add(300 * time.Millisecond)
		t.luck(-due.Unix())
		if err := t.rooms.Release(t.ctx, due); err != nil {
			return err
		}
		if due.Minute() == 0 || t.waiting >= practice.EnoughToMix {
			t.waiting = 0
		}
	}
	if until.After(t.now) {
		t.now = until
	}
	return nil
}

// wipe is the look at a full hour at which nothing waits.
func (t *town) wipe() error { return t.rooms.Release(t.ctx, t.now.Truncate(time.Hour)) }

// work does what was left to be done at once, unless the town is idle: then it
// is a control.
func (t *town) work() error {
	for !t.idle {
		j, err := t.store.ClaimJob(t.ctx, []string{"store.scrub"}, time.Minute)
		if errors.Is(err, practice.ErrNotFound) {
			return nil
		} else if err != nil {
			return err
		}
		if err := errors.Join(t.store.Scrub(t.ctx), t.store.FinishJob(t.ctx, j)); err != nil {
			return err
		}
	}
	return nil
}

// ask sends a request as a browser would; person -1 sends no cookie.
func (t *town) ask(person int, method, path string, form url.Values) error {
	r := httptest.NewRequestWithContext(t.ctx, method, path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.RemoteAddr = "203.0.113.9:4711"
	if person >= 0 {
		r.AddCookie(&http.Cookie{Name: "debrief", Value: t.cookies[person]})
		r.RemoteAddr = fmt.Sprintf("198.51.100.%d:4711", person)
	}
	w := httptest.NewRecorder()
	t.face.ServeHTTP(w, r)
	if w.Code >= http.StatusBadRequest {
		return fmt.Errorf("%s %s: %d %.300s", method, path, w.Code, w.Body)
	}
	return nil
}

func (t *town) look(person int, path string) error { return t.ask(person, "GET", path, nil) }

func (t *town) report(person int, body string) error {
	return t.ask(person, "POST", "/report", url.Values{"what": {body}, "stage": {"after"}})
}

func (t *town) unnamed(body string) error {
	t.waiting++
	return t.ask(-1, "POST", "/r/"+t.word, url.Values{"what": {body}, "stage": {"after"}, "when": {"today"}})
}

// backUp makes the backup of the night and keeps what it has that the last one
// had not.
func (t *town) backUp() error {
	path := filepath.Join(t.folder, t.now.Format(time.DateOnly)+".backup")
	if _, err := t.store.BackupFile(t.ctx, path); err != nil {
		return err
	}
	defer os.Remove(path)
	lines, err := backupLines(path)
	if err != nil {
		return err
	}
	fresh := map[string]bool{}
	var more []string
	for _, line := range lines {
		if fresh[line] = true; !t.night[line] {
			more = append(more, line)
		}
	}
	t.night = fresh
	t.loot.nights = append(t.loot.nights, strings.Join(more, ""))
	return nil
}

// copyFiles takes a copy of the database as it lies on the disk.
func (t *town) copyFiles(midRoom bool) error {
	c, err := copyDatabase(t.address, filepath.Join(t.folder, fmt.Sprint("copy", len(t.loot.copies))))
	if err != nil {
		return err
	}
	c.when, c.midRoom = t.now, midRoom
	t.loot.copies = append(t.loot.copies, c)
	return nil
}

// leave takes the last copy, and what was written for other programs.
func (t *town) leave() error {
	t.loot.log = t.log.String()
	var exported, index bytes.Buffer
	err := t.app.Export(t.ctx, practice.Actor{Operator: true}, func(e app.Exported) error {
		_, err := fmt.Fprintln(&exported, e.File, e.Line, e.Page)
		return err
	})
	if err != nil {
		return err
	}
	if _, err := t.app.Fill(t.ctx, nil); err != nil {
		return err
	}
	frozen, err := t.app.Freeze(t.ctx)
	if err != nil {
		return err
	}
	err = errors.Join(frozen.Write(&index), t.copyFiles(false))
	t.loot.exported, t.loot.index = exported.Bytes(), index.Bytes()
	return err
}
