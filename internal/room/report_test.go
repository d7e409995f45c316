package room_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/room"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

const address = "k7q2w"

// outside is a team with an address, and somebody who stands outside.
func outside(t *testing.T, database string) *stage {
	t.Helper()
	s := newStage(t, database, 2)
	s.update(func(tx *store.Tx) error {
		return errors.Join(tx.SaveAddress(s.team, address), tx.AwaitRelease())
	})
	return s
}

func stranger(n int) practice.Stranger {
	return practice.Stranger{From: fmt.Sprintf("192.0.%d.7:4711", n)}
}

func (s *stage) report(text string) room.Reported {
	s.t.Helper()
	r, err := s.rooms.Report(s.ctx(), stranger(len(text)), room.NewReport{Address: address,
		Unnamed: practice.Unnamed{Text: text, Stage: practice.StageAfter}})
	s.must(err)
	return r
}

// hour lets the clock run to the next full hour, and what waits appear.
func (s *stage) hour() {
	s.t.Helper()
	due := s.clock.Now().Truncate(time.Hour).Add(time.Hour)
	s.clock.Pass(due.Sub(s.clock.Now()) + time.Second)
	s.must(s.rooms.Release(s.ctx(), due))
}

func (s *stage) rows(table string) []storetest.Row {
	s.t.Helper()
	return slices.DeleteFunc(copyOf(s.t, s.database), func(r storetest.Row) bool { return r.Table != table })
}

// Until the hour a report is nothing but a row of the pool: no number, no
// event, no work for later. With it, it is a failure like any other, of which
// the database knows the hour.
func TestReport_waitsForTheHour(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := outside(t, database)
		before := map[string]int{}
		for _, table := range []string{"failure", "event", "job", "receipt", "repeat", "notice"} {
			before[table] = len(s.rows(table))
		}
		r := s.report("The fee was wrong. Twice.")
		for table, n := range before {
			if got := len(s.rows(table)); got != n {
				t.Errorf("%s: %d rows, before the report %d", table, got, n)
			}
		}
		if n := len(s.rows("pool")); n != 1 || !r.Appears.Equal(s.clock.Now().Truncate(time.Hour).Add(time.Hour)) {
			t.Errorf("%d wait, to appear at %s", n, r.Appears)
		}
		held, err := s.rooms.Receipt(s.ctx(), stranger(1), r.Words)
		if err != nil || !held.Waits || held.Text != "The fee was wrong. Twice." || held.Team.Name != "Saturday doors" {
			t.Errorf("the receipt opens %+v, %v", held, err)
		}

		s.must(s.rooms.Release(s.ctx(), s.clock.Now())) // a look between the hours
		if n := len(s.rows("pool")); n != 1 {
			t.Fatalf("alone it appeared before the hour")
		}
		s.hour()
		held, err = s.rooms.Receipt(s.ctx(), stranger(1), r.Words)
		f := held.Failure
		if err != nil || held.Waits || f.Number != 3 || f.Title != "The fee was wrong" || !f.Unnamed() {
			t.Fatalf("it became %+v, %v", held, err)
		}
		if !f.RecognisedAt.Equal(r.Appears) || string(f.ID) < "flr_" || millisecondsOf(f.ID).Year() == s.clock.Now().Year() {
			t.Errorf("it knows more than the hour: %+v", f)
		}
		var told []storetest.Row
		for _, e := range s.rows("event") {
			if e.Values["about"] == string(f.ID) {
				told = append(told, e)
			}
		}
		if len(told) != 1 || told[0].Values["at"] != fmt.Sprint(r.Appears.UnixMicro()) {
			t.Errorf("told %v", told)
		}
		if n := len(s.rows("pool")); n != 0 {
			t.Errorf("%d still wait", n)
		}
	})
}

// millisecondsOf reads an id as if it were one that sorts by age.
func millisecondsOf(id practice.FailureID) time.Time {
	var ms int64
	for _, c := range []byte(id[4:14]) {
		ms = ms<<5 | int64(strings.IndexByte("0123456789abcdefghjkmnpqrstvwxyz", c))
	}
	return time.UnixMilli(ms)
}

// Two that wait do so until the hour; three appear together at the next look.
func TestRelease_threeTogether(t *testing.T) {
	s := outside(t, storetest.SQLite(t))
	var words []string
	look := func() (numbers []int) {
		s.clock.Pass(10 * time.Minute)
		s.must(s.rooms.Release(s.ctx(), s.clock.Now().Truncate(10*time.Minute)))
		for i, w := range words {
			held, err := s.rooms.Receipt(s.ctx(), stranger(200+i), w)
			s.must(err)
			numbers = append(numbers, held.Failure.Number)
		}
		slices.Sort(numbers)
		return numbers
	}
	words = append(words, s.report("a").Words, s.report("bb").Words)
	if got := look(); !slices.Equal(got, []int{0, 0}) {
		t.Errorf("two have the numbers %v", got)
	}
	words = append(words, s.report("ccc").Words)
	if got := look(); !slices.Equal(got, []int{3, 4, 5}) {
		t.Errorf("three have the numbers %v", got)
	}
}

// What is sent twice, even at once, is one report with one receipt.
func TestReport_sentTwice(t *testing.T) {
	s := outside(t, storetest.SQLite(t))
	who := stranger(1)
	who.Once = "a key of this page"
	got := make([]room.Reported, 4)
	var all sync.WaitGroup
	for i := range got {
		all.Go(func() {
			var err error
			got[i], err = s.rooms.Report(s.ctx(), who, room.NewReport{Address: address, Unnamed: practice.Unnamed{Text: "Once.", Stage: practice.StageAfter}})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, r := range got {
		if r.Words != got[0].Words || r.Words == "" {
			t.Errorf("receipts %q and %q", r.Words, got[0].Words)
		}
	}
	if n := len(s.rows("pool")); n != 1 {
		t.Errorf("%d reports wait", n)
	}
}

func TestReport_refuses(t *testing.T) {
	s := outside(t, storetest.SQLite(t))
	n := room.NewReport{Address: "elsewhere", Unnamed: practice.Unnamed{Text: "x", Stage: practice.StageAfter}}
	_, err := s.rooms.Report(s.ctx(), stranger(1), n)
	s.refused(err, "address.old")
	n.Address, n.Text = address, " "
	_, err = s.rooms.Report(s.ctx(), stranger(1), n)
	s.refused(err, "report.empty")
	n.Text = "x"
	for range 5 {
		_, err = s.rooms.Report(s.ctx(), stranger(1), n)
		s.must(err)
	}
	_, err = s.rooms.Report(s.ctx(), stranger(1), n)
	s.refused(err, "report.slow")
	_, err = s.rooms.Report(s.ctx(), stranger(2), n)
	s.must(err)
	s.clock.Pass(time.Minute)
	_, err = s.rooms.Report(s.ctx(), stranger(1), n)
	s.must(err)
}

// Whether it happened before is asked for the team alone: a stranger hears of
// nothing.
func TestReport_earlierOnesAreForTheTeam(t *testing.T) {
	s := outside(t, storetest.SQLite(t))
	index := recall.New()
	s.rooms = room.New(room.Options{Store: s.store, Words: seatWords(), Similar: func(_ context.Context, q recall.Query) ([]recall.Hit, error) {
		return index.Similar(q), nil
	}})
	s.update(func(tx *store.Tx) error {
		f, err := tx.FailureByNumber(1)
		index.Put(recall.Doc{ID: string(f.ID), Kind: recall.Failure, Title: "The short leaflets ran out at noon", Text: "The short leaflets ran out at noon on Alder Street.", Team: string(s.team)})
		index.Put(recall.Doc{ID: "flr_gone", Kind: recall.Failure, Title: "Leaflets of another team", Text: "The short leaflets ran out too.", Team: "tea_other"})
		return err
	})
	var secret []byte
	s.update(func(tx *store.Tx) (err error) { secret, err = tx.SeatSecret(); return err })
	for name, c := range map[string]struct {
		mark string
		want int
	}{
		"the team":           {practice.TeamMark(secret, s.team, s.clock.Now()), 1},
		"a stranger":         {"", 0},
		"a guess":            {practice.TeamMark([]byte("guess"), s.team, s.clock.Now()), 0},
		"another team":       {practice.TeamMark(secret, "tea_other", s.clock.Now()), 0},
		"the team last week": {practice.TeamMark(secret, s.team, s.clock.Now().AddDate(0, 0, -7)), 0},
	} {
		r, err := s.rooms.Report(s.ctx(), stranger(len(name)), room.NewReport{Address: address, Mark: c.mark,
			Unnamed: practice.Unnamed{Text: "The short leaflets ran out at noon again.", Stage: practice.StageAfter}})
		s.must(err)
		if len(r.Earlier) != c.want {
			t.Errorf("%s hears of %d earlier ones", name, len(r.Earlier))
		}
	}
}

// What appears goes to whose week it is, who is told then and not before.
func TestRelease_goesToThisWeeksConvener(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := outside(t, database)
		s.update(func(tx *store.Tx) error { return tx.SaveTurns(s.team, practice.Turns{{Member: s.people[1]}}) })
		s.report("The fee was wrong. Twice.")
		if n := len(s.rows("notice")); n != 0 {
			t.Errorf("%d notices before it appears", n)
		}
		s.hour()
		s.update(func(tx *store.Tx) error {
			all, err := tx.Failures(store.FailureFilter{Reader: s.people[1], Teams: []practice.TeamID{s.team}, AtMost: 1})
			if err == nil && (len(all) != 1 || !all[0].Unnamed() || all[0].Convener != s.people[1]) {
				t.Errorf("appeared: %+v", all)
			}
			told, other := tx.Notices(s.people[1])
			if len(told) != 1 || told[0].Code != "notice.convene" {
				t.Errorf("told: %v", told)
			}
			return errors.Join(err, other)
		})
	})
}
