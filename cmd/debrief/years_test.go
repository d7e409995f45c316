package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/job"
	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
	"debrief/internal/words"
)

// years lets the deadlines of a town run out, one day after the other.
type years struct {
	*testing.T
	clock *storetest.Clock
	nodes []*elder
	began time.Time
	zone  *time.Location // the organisation's

	folder string // of their backups

	often map[string]int // how often each kind of work on a review in writing is done

	nights int // of 23 or 25 hours so far

	mu   sync.Mutex
	ran  map[string]int               // how often each job was done to its end
	told map[string]int               // of how many things people were told, by what they were told
	said map[string]bool              // what somebody was told of one thing
	seen map[string]practice.NoticeID // what somebody was told, by whom and what it was

	again []string // who was told a thing once more
}

// elder is one node of them, whose clock may be wrong.
type elder struct {
	store  *store.Store
	runner *job.Runner
	wrong  time.Duration
}

// anyID is one of our ids, which are different in every town.
var anyID = regexp.MustCompile(`\b([a-z]{3})_[0-9a-z]{26}\b`)

// newYears tells the story of the demo and opens that many nodes on what is left of it.
func newYears(t *testing.T, address string, nodes int) *years {
	t.Helper()
	n, err := openNode(t.Context(), nodeOptions{database: address, log: slog.New(slog.DiscardHandler)})
	must(t, err)
	now := time.Now()
	tale := &tale{n: n, ctx: t.Context(), now: now}
	ada, err := tale.tell()
	must(t, err)
	team := ada.Teams[0]
	more, err := n.app.AddMembers(t.Context(), operator, team, []string{"Mara", "Nils", "Oda", "Pia"}) // enough of them for an unnamed question
	must(t, err)
	must(t, errors.Join(tale.unfinished(ada), tale.others(ada, more)))
	f, err := n.app.ReportFailure(t.Context(), ada, practice.NewFailure{Team: team, Stage: practice.StageAfter, Text: "The pump ran dry.", Convene: true})
	must(t, err)
	_, err = n.app.CallReview(t.Context(), ada, practice.NewReview{Failure: f.ID, MeetAt: now.Add(50 * time.Hour), Box: practice.DefaultBox,
		Why: "The others wait.", People: []practice.MemberID{ada.Member, more[0].Member.ID, more[1].Member.ID}})
	must(t, err)
	_, err = n.app.EditOrganisation(t.Context(), operator, func(o practice.Organisation) (practice.Organisation, error) {
		o.Zone = "Europe/Berlin"
		return o, nil
	})
	must(t, errors.Join(err, n.close()))
	zone, err := time.LoadLocation("Europe/Berlin")
	must(t, err)
	y := &years{T: t, folder: t.TempDir(), clock: storetest.NewClock(now), began: now, zone: zone, ran: map[string]int{}, told: map[string]int{}, said: map[string]bool{}, seen: map[string]practice.NoticeID{}}
	for range nodes {
		y.open(address)
	}
	must(t, y.nodes[0].store.Update(t.Context(), (*store.Tx).KeepLedger)) // somebody was erased
	return y
}

// unfinished leaves a room with a gap that is kept open, and a promise to which nobody
// says yes.
func (t *tale) unfinished(ada practice.Actor) error {
	met := t.now.Add(-time.Hour)
	defer t.then(t.now)
	seats := map[practice.Verdict]practice.Seat{}
	for _, verdict := range []practice.Verdict{practice.Avoidable, practice.KeptOpen} {
		t.then(met.Add(-time.Hour))
		f, err := t.n.app.ReportFailure(t.ctx, ada, practice.NewFailure{Team: ada.Teams[0], Stage: practice.StageAfter, Text: "The gate stood open. " + string(verdict)})
		if err != nil {
			return err
		}
		if seats[verdict], err = t.seat(ada, f, met); err != nil {
			return err
		}
		gap, err := t.questions(seats[verdict], verdict)
		if err != nil {
			return err
		}
		if verdict == practice.KeptOpen {
			continue
		}
		if err := t.change(seats[verdict], gap); err != nil {
			return err
		}
	}
	seat := seats[practice.Avoidable]
	_, err := t.n.rooms.NameCarrier(t.ctx, seat, practice.NewCarry{Typed: "Mara", Moment: "Before we open", Act: "walk round once", DueAt: t.now.AddDate(0, 0, 4)})
	if err != nil {
		return err
	}
	view, err := t.n.rooms.Room(t.ctx, seat)
	if err != nil {
		return err
	}
	_, err = t.n.rooms.Close(t.ctx, seat, view.Review.Version)
	return err
}

// open adds a node. It begins its day as one that has just started does.
func (y *years) open(address string) {
	y.Helper()
	e := &elder{}
	e.store = storetest.Open(y, address, func(o *store.Options) { o.Now = func() time.Time { return y.clock.Now().Add(e.wrong) } })
	n := &node{store: e.store, log: slog.New(slog.DiscardHandler), app: app.New(app.Options{Store: e.store}),
		rooms: room.New(room.Options{Store: e.store, Words: words.NewWordlist()}), night: nightly{y.folder, 3}, ledger: []string{filepath.Join(y.folder, "debrief.erased")}}
	for _, d := range n.daily() {
		must(y.T, d.Begin(y.Context()))
	}
	jobs := n.jobs()
	for kind, do := range jobs {
		jobs[kind] = func(ctx context.Context, payload json.RawMessage) error {
			err := do(ctx, payload)
			y.mu.Lock()
			defer y.mu.Unlock()
			switch {
			case err == nil:
				y.ran[kind+" "+string(payload)]++
			case practice.KindOf(err) != practice.Busy: // which is tried again
				y.Errorf("%s on %s: %v", kind, y.clock.Now().Format(time.DateOnly), err)
			}
			return err
		}
	}
	e.runner = &job.Runner{Store: e.store, Handlers: jobs, Log: n.log}
	y.nodes = append(y.nodes, e)
}

// pass lets some time go by; then every node does what is due, all at once.
func (y *years) pass(d time.Duration) {
	y.Helper()
	y.clock.Pass(d)
	var all sync.WaitGroup
	errs := make([]error, len(y.nodes))
	for i, e := range y.nodes {
		all.Go(func() { _, errs[i] = e.runner.RunDue(y.Context()) })
	}
	all.Wait()
	must(y.T, errors.Join(errs...))
	y.listen()
}

// listen keeps what people were told since it listened last.
func (y *years) listen() {
	y.Helper()
	must(y.T, y.nodes[0].store.View(y.Context(), func(tx *store.Tx) error {
		members, err := tx.Members()
		for _, m := range members {
			notices, err2 := tx.Notices(m.ID)
			err = errors.Join(err, err2)
			for _, n := range notices {
				if of := fmt.Sprint(n.Code, n.Link, n.Args); !y.said[of] {
					y.said[of] = true
					y.told[n.Code+" "+anyID.ReplaceAllString(n.Link, "$1")]++
				}
				to := fmt.Sprint(m.ID, n.Code, n.Link, n.Args)
				if was, ok := y.seen[to]; ok && was != n.ID {
					y.again = append(y.again, fmt.Sprintf("%s is told again on %s: %s", m.Name, y.clock.Now().Format(time.DateOnly), n.Code))
				}
				y.seen[to] = n.ID
			}
		}
		return err
	}))
}

// until lets whole days go by, to the end of the one so many days after the beginning;
// hour by hour where the clocks of the organisation are put on or back.
func (y *years) until(day int) {
	y.Helper()
	for end := y.began.AddDate(0, 0, day); y.clock.Now().Before(end); {
		now := y.clock.Now()
		_, before := now.In(y.zone).Zone()
		_, after := now.Add(24 * time.Hour).In(y.zone).Zone()
		if before == after {
			y.pass(24 * time.Hour)
			continue
		}
		y.nights++
		for range 24 {
			y.pass(time.Hour)
		}
	}
}

// twice are the jobs that were done more than once. A review in writing looks at its clock
// as often as one node alone did that was never wrong. Left out are those that are about
// nothing in particular, and scrubs: two who delete something at one moment of a clock
// that stands still each ask for theirs, and the second begins once the first is over.
func (y *years) twice() (all []string) {
	for what, n := range y.ran {
		kind, _, _ := strings.Cut(what, " ")
		if n > max(1, y.often[kind]) && !strings.HasSuffix(what, " null") && !strings.HasPrefix(what, "store.scrub ") {
			all = append(all, fmt.Sprintf("%s: %d times", what, n))
		}
	}
	slices.Sort(all)
	return all
}

// end lets a year and a leap day go by and returns what was told until then; then two
// weeks more, in which whoever is behind by some days is told the rest. Who does the work
// is asked every forty days: both ends lie far from such a day.
func (y *years) end() map[string]int {
	y.Helper()
	y.until(485)
	told := maps.Clone(y.told)
	y.until(499)
	return told
}

// missing are the kinds of work that were left for later nowhere in these years: nothing is
// proved of them.
func (y *years) missing() (all []string) {
	for kind := range y.nodes[0].runner.Handlers {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(y.ran)), func(what string) bool { return strings.HasPrefix(what, kind+" ") }) {
			all = append(all, kind)
		}
	}
	slices.Sort(all)
	return all
}

// within reports whether nothing was told more often than later.
func within(told, later map[string]int) bool {
	for what, n := range told {
		if n > later[what] {
			return false
		}
	}
	return true
}

// careless has both nodes do one job that neither of them claimed, and say again what
// somebody was told.
func (y *years) careless() []string {
	y.Helper()
	y.ran, y.again = map[string]int{}, nil
	for _, e := range y.nodes[:2] {
		must(y.T, e.runner.Handlers[store.JobAlarm](y.Context(), json.RawMessage(`"now"`)))
	}
	must(y.T, y.nodes[0].store.Update(y.Context(), func(tx *store.Tx) error {
		m, err := tx.MemberByName("Mara")
		must(y.T, err)
		all, err := tx.Notices(m.ID)
		must(y.T, err)
		once := all[0]
		once.ID = ""
		return tx.AddNotice(once)
	}))
	y.listen()
	return append(y.twice(), slices.Compact(y.again)...)
}

// Nobody is told of a deadline twice and none of them is passed over, whatever the
// clocks did: two nodes of which one is late, nights of 23 and of 25 hours, a leap day,
// a machine that slept for days, and a clock that was put back, against one node whose
// clock only ever went on.
func TestYears_eachDeadlineOnce(t *testing.T) {
	calm := newYears(t, storetest.SQLite(t), 1)
	then := calm.end()
	for _, what := range []string{"notice.week /f/8/room", "notice.unanswered /carry/cry", "notice.referral-stuck /referral/gap"} {
		if then[what] == 0 {
			t.Errorf("nobody was told %s: %v", what, then)
		}
	}
	often := map[string]int{}
	for what, n := range calm.ran {
		if kind, _, _ := strings.Cut(what, " "); kind == store.JobClock || kind == store.JobRemind {
			often[kind] = max(often[kind], n)
		}
	}
	if all := calm.missing(); len(all) > 0 {
		t.Errorf("no deadline of this kind was in those years: %v", all)
	}
	calm.nodes[0].runner.Handlers["some.other"] = nil
	if all := calm.missing(); len(all) != 1 {
		t.Errorf("a kind that is new is not noticed: %v", all)
	}
	storetest.Each(t, func(t *testing.T, address string) {
		t.Parallel()
		y := newYears(t, address, 2)
		y.nodes[1].wrong, y.often = -20*time.Second, often
		y.until(60)
		y.pass(4 * 24 * time.Hour) // nobody was there
		y.until(90)
		var relived []string // days whose work is done again, for a midnight that comes again
		for day := y.clock.Now(); len(relived) < 3; day = day.Add(-24 * time.Hour) {
			relived = append(relived, day.UTC().Format(time.DateOnly))
		}
		y.pass(-26 * time.Hour) // somebody set the clock
		y.open(address)
		now := y.end()
		twice := slices.DeleteFunc(y.twice(), func(what string) bool {
			return slices.ContainsFunc(relived, func(day string) bool { return strings.Contains(what, day) })
		})
		if all := append(twice, y.again...); len(all) > 0 {
			t.Errorf("more than once: %v", all)
		}
		if !within(now, calm.told) || !within(then, y.told) {
			t.Errorf("told\n%v\nwant\n%v", now, then)
		}
		if y.nights < 2 {
			t.Errorf("only %d nights of 23 or 25 hours", y.nights)
		}
		if all := y.careless(); len(all) != 2 {
			t.Errorf("of a job that two nodes did and a thing that was said twice: %v", all)
		}
	})
}
