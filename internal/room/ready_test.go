package room_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// asks lets the stage's review ask whether it is a go, until an hour from now, and
// returns a ticket to the question for each of its people.
func (s *stage) asks() (tickets []string) {
	s.t.Helper()
	s.update(func(tx *store.Tx) error {
		r, err := tx.Review(s.review)
		if err != nil {
			return err
		}
		was := r.Version
		r.MeetAt = tx.Now().Add(time.Hour + practice.ReadyAhead)
		if r, err = r.AskReady(false, tx.Now()); err != nil {
			return err
		}
		secret, err := tx.ReadySecret()
		if err != nil {
			return err
		}
		for range s.people {
			t := practice.NewTicket(s.review, tx.Now(), tx.Random())
			t.Until = r.ReadyAt
			tickets = append(tickets, t.Seal(secret))
		}
		r.Version++
		return tx.SaveReview(r, was)
	})
	return tickets
}

// readyRows are the answers as a copy of the database has them.
func readyRows(rows []storetest.Row) []storetest.Row {
	return slices.DeleteFunc(slices.Clone(rows), func(r storetest.Row) bool { return r.Table != "ready" })
}

// readyTells is what a copy tells of who answered and when: a column of more than
// the review, a mark and an answer, a mark that stands elsewhere or is made of what
// stands there, the order in which they came, more than one transaction.
func readyTells(s *stage, rows []storetest.Row, marks []string) (found []string) {
	var order []string
	txs := map[string]bool{}
	for _, r := range readyRows(rows) {
		txs[r.Tx] = true
		order = append(order, r.Values["mark"])
		if len(r.Values) != 3 {
			found = append(found, fmt.Sprintf("it has %d columns", len(r.Values)))
		}
		for _, other := range rows {
			for name, v := range other.Values {
				if other.Table != "ready" && strings.Contains(v, r.Values["mark"]) {
					found = append(found, "a mark leads to "+other.Table+"."+name)
				}
			}
		}
		for _, m := range s.people {
			if r.Values["mark"] == practice.SeatAt(s.review, []byte(m)).Key {
				found = append(found, "a mark is made of a person")
			}
		}
	}
	if len(txs) > 1 {
		found = append(found, "they come from several transactions")
	}
	if slices.Equal(order, marks) {
		found = append(found, "they lie as they were given")
	}
	return found
}

func TestReady_aCopyTellsNobody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := newStage(t, address, 12)
		var marks []string
		var devices [][]byte
		for i, ticket := range s.asks() {
			s.clock.Pass(time.Second)
			answer := practice.Go
			if i == 4 {
				answer = practice.NotNow
			}
			device, err := s.rooms.SayReady(s.ctx(), s.review, ticket, nil, answer)
			s.must(err)
			devices, marks = append(devices, device), append(marks, practice.SeatAt(s.review, device).Key)
		}
		rows := copyOf(t, address)
		if n := len(readyRows(rows)); n != 12 {
			t.Fatalf("%d answers prove nothing", n)
		}
		for _, what := range readyTells(s, rows, marks) {
			t.Error(what)
		}
		for name, slip := range map[string]func(i int, r *storetest.Row){
			"a time":             func(i int, r *storetest.Row) { r.Values["at"] = fmt.Sprint(i) },
			"a person":           func(i int, r *storetest.Row) { r.Values["mark"] = string(s.people[i]) },
			"a person's hash":    func(i int, r *storetest.Row) { r.Values["mark"] = practice.SeatAt(s.review, []byte(s.people[i])).Key },
			"an order":           func(i int, r *storetest.Row) { r.Values["mark"] = marks[i] },
			"a transaction each": func(i int, r *storetest.Row) { r.Tx = fmt.Sprint(i) },
		} {
			planted := copyOf(t, address)
			i := 0
			for n := range planted {
				if planted[n].Table == "ready" {
					slip(i, &planted[n])
					i++
				}
			}
			if len(readyTells(s, planted, marks)) == 0 {
				t.Errorf("nobody would notice %s", name)
			}
		}
		for _, r := range rows {
			for name, v := range r.Values {
				for _, d := range devices {
					if strings.Contains(v, string(d)) || strings.Contains(v, fmt.Sprintf("%x", d)) {
						t.Errorf("%s.%s has the secret of a browser", r.Table, name)
					}
				}
			}
		}
		s.update(func(tx *store.Tx) error {
			notNow, err := tx.TakeReady(s.review)
			if !notNow {
				t.Error("one not now is enough")
			}
			return err
		})
		if n := len(readyRows(copyOf(t, address))); n > 0 {
			t.Errorf("%d answers are kept", n)
		}
	})
}

// Whoever answers may have done something by name just before, and the files have both in
// their order: they are wiped.
func TestReady_hasTheFilesWiped(t *testing.T) {
	s := onSQLite(t, 2)
	tickets, was := s.asks(), s.works()["store.scrub"]
	s.clock.Pass(time.Second)
	_, err := s.rooms.SayReady(s.ctx(), s.review, tickets[0], nil, practice.Go)
	s.must(err)
	if n := s.works()["store.scrub"] - was; n != 1 {
		t.Errorf("the files are wiped %d times", n)
	}
}

// An answer can be changed by whoever gave it, and by nobody else; the same form sent
// twice is one answer. When the question is over, there is nothing to say.
func TestReady_isChangedByItsOwner(t *testing.T) {
	onBoth(t, 2, func(s *stage) {
		tickets := s.asks()
		device, err := s.rooms.SayReady(s.ctx(), s.review, tickets[0], nil, practice.NotNow)
		s.must(err)
		_, err = s.rooms.SayReady(s.ctx(), s.review, tickets[0], nil, practice.NotNow)
		s.must(err)
		_, err = s.rooms.SayReady(s.ctx(), s.review, tickets[1], nil, practice.Go)
		s.must(err)
		count := func(want map[string]int) {
			s.t.Helper()
			got := map[string]int{}
			for _, r := range readyRows(copyOf(s.t, s.database)) {
				got[r.Values["answer"]]++
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				s.t.Errorf("%v, want %v", got, want)
			}
		}
		count(map[string]int{"go": 1, "not-now": 1})
		_, err = s.rooms.SayReady(s.ctx(), s.review, tickets[0], device, practice.Go)
		s.must(err)
		count(map[string]int{"go": 2})
		_, err = s.rooms.SayReady(s.ctx(), s.review, "forged", device, practice.NotNow)
		s.refused(err, "ticket.old")
		_, err = s.rooms.Draw(s.ctx(), s.review, tickets[1]) // it opens no seat
		s.refused(err, "ticket.old")
		_, err = s.rooms.SayReady(s.ctx(), s.review, s.ticket(0, practice.Did), nil, practice.NotNow)
		s.refused(err, "ticket.old")
		s.clock.Pass(time.Hour)
		_, err = s.rooms.SayReady(s.ctx(), s.review, tickets[0], device, practice.NotNow)
		s.refused(err, "ticket.old")
		count(map[string]int{"go": 2})
	})
}
