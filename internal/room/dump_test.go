package room_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store/storetest"
)

// copied is a copy of the whole database, and what its reader knows besides:
// what the people wrote one after the other, and on which day.
type copied struct {
	rows  []storetest.Row
	wrote []string // the texts of one question, in the order they were sent
	day   time.Time
}

// tells is what such a reader learns of the unnamed: when somebody wrote, who
// came first, and which seat or other answer an answer leads to.
func (c copied) tells() []string {
	var found []string
	for _, q := range c.questions() {
		found = append(found, c.clocks(q)...)
		found = append(found, c.orders(q)...)
		found = append(found, c.links(q)...)
	}
	for _, r := range c.rows {
		us, _ := strconv.ParseInt(r.Values["at"], 10, 64)
		if r.Table == "event" && strings.HasPrefix(r.Values["kind"], "room.") && us%time.Hour.Microseconds() != 0 {
			found = append(found, r.Values["kind"]+" keeps its moment")
		}
	}
	return found
}

// questions are the rows of unnamed words, those of one question together.
func (c copied) questions() [][]storetest.Row {
	of := map[string][]storetest.Row{}
	for _, r := range c.rows {
		if r.Table == "answer" || r.Table == "judgement" {
			q := r.Table + r.Values["phase"] + r.Values["gap"]
			of[q] = append(of[q], r)
		}
	}
	return slices.Collect(maps.Values(of))
}

// clocks finds values that are a moment of that day, however it is written.
func (c copied) clocks(q []storetest.Row) []string {
	var found []string
	for _, r := range q {
		for column, v := range r.Values {
			n, err := strconv.ParseInt(v, 10, 64)
			if _, id, ok := strings.Cut(v, "_"); ok && len(id) == 26 {
				n, err = strconv.ParseInt(millisecond(id), 32, 64)
			}
			for _, at := range []time.Time{time.Unix(n, 0), time.UnixMilli(n), time.UnixMicro(n)} {
				if err == nil && at.Sub(c.day).Abs() < 24*time.Hour && column != "review" && column != "gap" {
					found = append(found, fmt.Sprintf("%s.%s is a moment: %s", r.Table, column, v))
				}
			}
		}
	}
	return found
}

// millisecond is the front of an id, where those that sort by age have it, in
// the digits Go reads.
func millisecond(id string) string {
	const crockford, digits = "0123456789abcdefghjkmnpqrstvwxyz", "0123456789abcdefghijklmnopqrstuv"
	return strings.Map(func(r rune) rune { return rune(digits[strings.IndexRune(crockford, r)]) }, id[:10])
}

// orders finds what sorts the rows as they were written: where they lie, a
// column, or the transactions they come from.
func (c copied) orders(q []storetest.Row) []string {
	var found []string
	txs := map[string]bool{}
	for _, r := range q {
		txs[r.Tx] = true
	}
	if len(txs) > 1 {
		found = append(found, fmt.Sprintf("the rows of a question come from %d transactions", len(txs)))
	}
	if c.inOrder(q) {
		found = append(found, "the rows lie as they were written")
	}
	for column := range q[0].Values {
		sorted := slices.Clone(q)
		slices.SortStableFunc(sorted, func(a, b storetest.Row) int {
			return strings.Compare(fmt.Sprintf("%64s", a.Values[column]), fmt.Sprintf("%64s", b.Values[column]))
		})
		if column != "body" && c.inOrder(sorted) {
			found = append(found, "by "+column+" they stand as they were written")
		}
	}
	return found
}

func (c copied) inOrder(q []storetest.Row) bool {
	var texts []string
	for _, r := range q {
		if slices.Contains(c.wrote, r.Values["body"]) {
			texts = append(texts, r.Values["body"])
		}
	}
	return len(texts) > 1 && slices.Equal(texts, c.wrote)
}

// links finds values of one row, and not of all of its question, that lead to a
// row elsewhere.
func (c copied) links(q []storetest.Row) []string {
	var found []string
	for _, r := range q {
		for column, v := range r.Values {
			same := len(q) > 1 && !slices.ContainsFunc(q, func(o storetest.Row) bool { return o.Values[column] != v })
			if same || len(v) < 8 || slices.Contains([]string{"review", "phase", "gap", "body"}, column) {
				continue
			}
			for _, other := range c.rows {
				for name, w := range other.Values {
					if strings.Contains(w, v) && !(other.Table == r.Table && other.Values["id"] == r.Values["id"]) {
						found = append(found, fmt.Sprintf("%s.%s leads to %s.%s", r.Table, column, other.Table, name))
					}
				}
			}
		}
	}
	return found
}

// with returns a copy of which the rows of one question were changed.
func (c copied) with(change func(i int, r *storetest.Row)) copied {
	next := c
	next.rows = nil
	for _, r := range c.rows {
		if r.Table == "answer" && slices.Contains(c.wrote, r.Values["body"]) {
			r.Values = maps.Clone(r.Values)
			change(slices.Index(c.wrote, r.Values["body"]), &r)
		}
		next.rows = append(next.rows, r)
	}
	return next
}

// midRoom brings the room to question two, which all but the last have answered.
// Question one has additions, two of them by one seat.
func (s *stage) midRoom() []string {
	s.t.Helper()
	s.come(len(s.people)).move(0)
	s.all(practice.PhaseIntended)
	s.agree(practice.PhaseIntended, "Six pairs and fifty sign-ups.")
	s.must(s.write(3, practice.PhaseIntended, "one more pair came later"))
	s.must(s.write(3, practice.PhaseIntended, "and they had a key of their own"))
	var wrote []string
	for i := range s.seats[:len(s.seats)-1] {
		s.clock.Pass(time.Second)
		wrote = append(wrote, fmt.Sprintf("what was seen from where %02d stood", i))
		s.must(s.write(i, practice.PhaseHappened, wrote[i]))
	}
	return wrote
}

func TestDump_doesNotTellWhoWroteWhat(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := newStage(t, address, 12)
		c := copied{wrote: s.midRoom(), day: s.clock.Now()}
		look := func(when string) copied {
			c.rows = copyOf(t, address)
			for _, what := range c.tells() {
				t.Errorf("%s: %s", when, what)
			}
			return c
		}
		mid := look("before the reveal")
		if n := len(mid.questions()); n != 2 || len(mid.rows) < 60 {
			t.Fatalf("a copy of %d rows with %d questions proves nothing", len(mid.rows), n)
		}
		for name, change := range s.slips(mid) {
			if len(mid.with(change).tells()) == 0 {
				t.Errorf("nobody would notice %s", name)
			}
		}
		s.must(s.write(len(s.seats)-1, practice.PhaseHappened, "what was seen from the van"))
		s.must(s.write(0, practice.PhaseHappened, "and there was a second van"))
		look("after the reveal")
		s.agree(practice.PhaseHappened, "Twelve signed.")
		s.all(practice.PhaseGap)
		s.judgeAllButOne()
		look("while judging")
		s.toClose()
		end := look("after the close")
		for _, r := range end.rows {
			if r.Table == "seat" || r.Table == "hand" || r.Values["mark"] != "" {
				t.Errorf("a trace of a seat is left: %v", r)
			}
		}
	})
}

// slips are ways to give somebody away: each must be found in a copy.
func (s *stage) slips(c copied) map[string]func(int, *storetest.Row) {
	return map[string]func(int, *storetest.Row){
		"a time": func(i int, r *storetest.Row) {
			r.Values["written_at"] = strconv.FormatInt(c.day.Add(time.Duration(i)*time.Second).UnixMicro(), 10)
		},
		"an id with a clock": func(i int, r *storetest.Row) {
			r.Values["id"] = practice.NewID("ans", c.day, strings.NewReader(strings.Repeat("random bytes ", 3)))
		},
		"an order": func(i int, r *storetest.Row) { r.Values["place"] = strconv.Itoa(i) },
		"a seat":   func(i int, r *storetest.Row) { r.Values["mark"] = s.seats[i].Key },
		"a member": func(i int, r *storetest.Row) { r.Values["author"] = string(s.people[i]) },
		"one mark for two answers": func(i int, r *storetest.Row) {
			r.Values["mark"] = s.seats[i].Mark("answer " + string(practice.PhaseIntended))
		},
		"a transaction each": func(i int, r *storetest.Row) { r.Tx = strconv.Itoa(i) },
	}
}

// judgeAllButOne brings the room to question four and lets all but the last
// judge.
func (s *stage) judgeAllButOne() {
	s.t.Helper()
	_, err := s.rooms.AddGap(s.ctx(), s.seats[0], practice.Parts{Intended: "fifty", Actual: "twelve", Where: "at the door"}, "")
	s.must(err)
	s.move(0)
	for i := range s.seats[:len(s.seats)-1] {
		s.must(s.judge(i, s.sorting(i).Gaps[0].Gap, practice.Avoidable))
	}
}

// toClose takes a room in which one has still to judge to its end.
func (s *stage) toClose() {
	s.t.Helper()
	last := len(s.seats) - 1
	s.must(s.judge(last, s.sorting(last).Gaps[0].Gap, practice.Avoidable))
	s.handOver()
	for _, seat := range s.seats {
		for _, what := range room.Taps() {
			s.must(s.rooms.Tap(s.ctx(), seat, what, true))
		}
	}
	_, err := s.rooms.Close(s.ctx(), s.seats[0], s.look(0).Review.Version)
	s.must(err)
}
