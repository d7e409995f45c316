package app_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"slices"
	"sync"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store/storetest"
)

// A box is a team of six, two weeks before the end of a quarter.
type box struct {
	*desk
	rooms *room.Rooms
	crew  []practice.Actor
}

func onBoxes(t *testing.T, people int, test func(*box)) {
	onDesks(t, func(d *desk) {
		b := &box{desk: d, rooms: room.New(room.Options{Store: d.store}), crew: []practice.Actor{d.steward}}
		for n := range people - 1 {
			b.crew = append(b.crew, add(d.T, d.app, d.steward, fmt.Sprint("Person ", n)))
		}
		d.now = time.Date(2026, 6, 17, 10, 0, 0, 0, time.UTC)
		test(b)
	})
}

// work does the work of a day.
func (b *box) work(at time.Time) {
	b.Helper()
	b.now = at
	b.must("the day's work", b.app.KeepPulses(b.Context()))
}

// after is the day after the quarter is over.
var after = time.Date(2026, 7, 1, 10, 0, 0, 0, time.UTC)

var (
	daring  = practice.Sheet{1, 7, 2, 6, 1, 7, 6}
	fearful = practice.Sheet{7, 1, 6, 2, 7, 2, 1}
)

// send has somebody take their sheet and send it.
func (b *box) send(who practice.Actor, sheet practice.Sheet) {
	b.Helper()
	id, sealed, err := b.app.TakeSheet(b.Context(), who)
	b.must("take", err)
	b.must("send", b.rooms.SendSheet(b.Context(), id, sealed, sheet))
}

// said is what the last quarters came to, as somebody reads it.
func (b *box) said(who practice.Actor) []practice.PulseResult {
	b.Helper()
	all, err := b.app.Pulses(b.Context(), who)
	b.must("read", err)
	return all
}

// rows counts the rows of tables.
func (b *box) rows(tables ...string) (n int) {
	b.Helper()
	for _, row := range storetest.Dump(b.T, b.address) {
		if slices.Contains(tables, row.Table) {
			n++
		}
	}
	return n
}

func TestPulse_aQuarter(t *testing.T) {
	onBoxes(t, 6, func(b *box) {
		b.work(time.Date(2026, 6, 16, 10, 0, 0, 0, time.UTC))
		_, _, err := b.app.TakeSheet(b.Context(), b.crew[1])
		is(t, "before it opens", err, "not.found")
		b.work(b.now.AddDate(0, 0, 1))
		b.work(b.now)
		if n := b.rows("pulse_open", "pulse_asked"); n != 7 {
			t.Errorf("%d rows of one pulse and six who are asked", n)
		}
		for i, who := range b.crew[:5] {
			sheet := daring
			if i == 4 {
				sheet = fearful
			}
			b.send(who, sheet)
			_, _, err := b.app.TakeSheet(b.Context(), who)
			is(t, "a second sheet", err, "pulse.taken")
			home, err := b.app.Home(b.Context(), who)
			b.must("home", err)
			if slices.ContainsFunc(home.Notices, func(n practice.Notice) bool { return n.Code == "notice.pulse" }) {
				t.Error("still asked on the start page")
			}
		}
		b.work(after.Add(-15 * time.Hour)) // the last evening, all but one
		if all := b.said(b.steward); len(all) != 0 {
			t.Errorf("before the close it says %+v", all)
		}
		b.work(after)
		all := b.said(b.crew[5])
		if len(all) != 1 || all[0].Band != practice.BandMixed || all[0].Size != 5 || all[0].Count != (practice.PulseCount{}) {
			t.Errorf("four who dare and one who does not: %+v", all)
		}
		if n := b.rows("pulse_open", "pulse_asked", "pulse_taken", "pulse_back", "pulse_sheet", "dispatch"); n != 0 {
			t.Errorf("%d rows are left", n)
		}
		b.work(b.now.AddDate(0, 0, -20)) // a clock that goes back asks nobody again
		if n := b.rows("pulse_open"); n != 0 {
			t.Error("asked twice in a quarter")
		}
	})
}

func TestPulse_tooFew(t *testing.T) {
	onBoxes(t, 6, func(b *box) {
		b.work(b.now)
		for _, who := range b.crew[:4] {
			b.send(who, daring)
		}
		b.work(after)
		if all := b.said(b.steward); len(all) != 1 || all[0].Said() || all[0].Asked+all[0].Size != 0 || b.rows("pulse_sheet", "pulse_circle") != 0 {
			t.Errorf("of four it says %+v", all)
		}
	})
}

func TestPulse_smallTeamsAreNotAsked(t *testing.T) {
	onBoxes(t, 4, func(b *box) {
		b.work(b.now)
		door, err := b.app.PulseDoor(b.Context(), b.crew[1], b.crew[1].Teams[0])
		b.must("door", err)
		if !door.Few || door.Pulse.ID != "" || b.rows("pulse_open", "notice") != 0 {
			t.Errorf("a team of four is asked: %+v", door)
		}
	})
}

// What was said before is not kept where the people are the same, or others by fewer
// than five.
func TestPulse_isNotCompared(t *testing.T) {
	for changed, want := range map[int]int{0: 1, 2: 1, 5: 2} {
		t.Run(fmt.Sprint(changed), func(t *testing.T) {
			onBoxes(t, 6, func(b *box) {
				b.work(b.now)
				for _, who := range b.crew {
					b.send(who, daring)
				}
				b.work(after)
				for n := range changed {
					b.crew = append(b.crew, add(b.T, b.app, b.steward, fmt.Sprint("Newcomer ", n)))
				}
				b.work(time.Date(2026, 9, 18, 10, 0, 0, 0, time.UTC))
				for _, who := range b.crew {
					b.send(who, fearful)
				}
				b.work(time.Date(2026, 10, 1, 10, 0, 0, 0, time.UTC))
				if all := b.said(b.steward); len(all) != want || all[len(all)-1].Band != practice.BandLow {
					t.Errorf("%d came, and it says %+v", changed, all)
				}
			})
		})
	}
}

// Nor is it beside a quarter that was long ago: five came and went again.
func TestPulse_isNotComparedWithLongAgo(t *testing.T) {
	onBoxes(t, 6, func(b *box) {
		quarter := func(opens, closes time.Time, who []practice.Actor, sheet practice.Sheet) {
			b.Helper()
			b.now = opens
			b.work(opens)
			for _, w := range who {
				b.send(w, sheet)
			}
			b.work(closes)
		}
		few := slices.Clone(b.crew)
		quarter(b.now, after, few, daring)
		var came []practice.Actor
		for n := range 5 {
			came = append(came, add(b.T, b.app, b.steward, fmt.Sprint("Newcomer ", n)))
		}
		quarter(time.Date(2026, 9, 18, 10, 0, 0, 0, time.UTC), time.Date(2026, 10, 1, 10, 0, 0, 0, time.UTC), append(slices.Clone(few), came...), daring)
		if all := b.said(b.steward); len(all) != 2 {
			t.Errorf("with five more it says %+v", all)
		}
		for _, who := range came {
			b.must("let go", b.app.LetGo(b.Context(), b.steward, who.Member, nil))
		}
		quarter(time.Date(2026, 12, 20, 10, 0, 0, 0, time.UTC), time.Date(2027, 1, 2, 10, 0, 0, 0, time.UTC), few, fearful)
		if all := b.said(b.steward); len(all) != 2 || all[0].Asked != 11 || all[1].Band != practice.BandLow {
			t.Errorf("with the same people as at first it says %+v", all)
		}
	})
}

// Two nodes open it once and close it once, and two people who send at once both are in
// the box.
func TestPulse_atOnce(t *testing.T) {
	onBoxes(t, 8, func(b *box) {
		all := func(n int, do func(nth int) error) {
			b.Helper()
			var wait sync.WaitGroup
			errs := make([]error, n)
			for i := range n {
				wait.Go(func() { errs[i] = do(i) })
			}
			wait.Wait()
			for _, err := range errs {
				b.must("at once", err)
			}
		}
		all(4, func(int) error { return b.app.KeepPulses(b.Context()) })
		if n := b.rows("pulse_open", "pulse_asked", "notice"); n != 1+8+8 {
			t.Errorf("%d rows", n)
		}
		all(8, func(nth int) error {
			id, sealed, err := b.app.TakeSheet(b.Context(), b.crew[nth])
			if err == nil {
				err = b.rooms.SendSheet(b.Context(), id, sealed, daring)
			}
			return err
		})
		if n := b.rows("pulse_sheet"); n != 8 {
			t.Errorf("%d sheets of eight", n)
		}
		b.now = after
		all(4, func(int) error { return b.app.KeepPulses(b.Context()) })
		if said := b.said(b.steward); len(said) != 1 || said[0].Band != practice.BandHigh {
			t.Errorf("%+v", said)
		}
	})
}

// What stood on the sheets stands in no file afterwards. The control finds it before.
func TestPulse_leavesNoBytes(t *testing.T) {
	onBoxes(t, 6, func(b *box) {
		b.work(b.now)
		for _, who := range b.crew {
			b.send(who, practice.Sheet{6, 1, 7, 2, 5, 3, 4})
		}
		found := func() (n int) {
			for _, text := range storetest.AtRest(b.T, b.address) {
				n += bytes.Count(text, []byte("6172534"))
			}
			return n
		}
		if found() == 0 {
			t.Fatal("nothing is there to be found")
		}
		var copied bytes.Buffer
		_, err := b.store.Backup(b.Context(), &copied)
		b.must("back up", err)
		zip, err := gzip.NewReader(&copied)
		b.must("read it", err)
		text, err := io.ReadAll(zip)
		b.must("read it", err)
		if bytes.Contains(text, []byte("6172534")) || bytes.Contains(text, []byte("pls_")) {
			t.Error("a backup made meanwhile has something of it")
		}
		b.work(after)
		b.must("scrub", b.store.Scrub(b.Context()))
		if n := found(); n != 0 {
			t.Errorf("a sheet stands %d times in the files", n)
		}
	})
}
