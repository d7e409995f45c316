package room_test

import (
	"errors"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// led asks somebody from outside to lead the room, who says yes where they do, keeps a
// note, and is asked to talk by the first of those invited.
func (s *stage) led(yes bool) *stage {
	s.t.Helper()
	s.update(func(tx *store.Tx) error {
		return errors.Join(tx.AddMember(practice.Member{ID: "mem_kai", Name: "Kai", Active: true}),
			tx.SaveGuide(practice.Guide{Review: s.review, Member: "mem_kai", Outside: yes}),
			tx.SaveGuideNote(s.review, "ask how she is"), tx.SaveTalk(s.review, s.people[0], true))
	})
	return s
}

// Those in a room read who leads it before they begin; and it is no seat: neither
// what is counted nor who is waited for knows of them.
func TestArrival_saysWhoLeads(t *testing.T) {
	for yes, want := range map[bool]string{true: "Kai", false: ""} {
		onBoth(t, 3, func(s *stage) {
			s.come(3)
			was, err := s.rooms.Arrival(s.ctx(), s.seats[0])
			s.must(err)
			s.led(yes)
			is, err := s.rooms.Arrival(s.ctx(), s.seats[0])
			s.must(err)
			if was.Guide.Name != "" || is.Guide.Name != want || is.Progress != was.Progress || is.Small() != was.Small() {
				t.Errorf("said yes %v: %v, %+v, before %+v", yes, is.Guide, is.Progress, was.Progress)
			}
		})
	}
}

// The close leaves who led it and takes the rest; whoever never said yes did not lead.
func TestClose_forgetsWhatWasForTheGuide(t *testing.T) {
	for yes, want := range map[bool]int{true: 1, false: 0} {
		onBoth(t, 3, func(s *stage) {
			s.led(yes).come(3).toHandover()
			_, err := s.rooms.Close(s.ctx(), s.seats[0], s.look(0).Review.Version)
			s.must(err)
			left := map[string]int{}
			for _, row := range storetest.Dump(t, s.database) {
				left[row.Table]++
			}
			if left["guide"] != want || left["guide_note"] != 0 || left["talk"] != 0 {
				t.Errorf("said yes %v, left: %v", yes, left)
			}
		})
	}
}

// Somebody who asks to talk is known by name, and draws a seat like all others. No row
// of a dump in the middle of the room, and no transaction, leads from the one to the
// other: whoever came first, the rows of talks were written in one go.
func TestTalks_leadToNoSeat(t *testing.T) {
	onBoth(t, 3, func(s *stage) {
		s.led(true)
		for i := range 3 {
			s.update(func(tx *store.Tx) error { return tx.SaveTalk(s.review, s.people[2-i], true) })
			s.come(1)
		}
		s.toSort(1)
		seats, txs := map[string]bool{}, map[string]bool{}
		for _, row := range storetest.Dump(t, s.database) {
			switch row.Table {
			case "seat", "answer", "hand":
				if row.Tx != "" {
					seats[row.Tx] = true
				}
			}
		}
		for _, row := range storetest.Dump(t, s.database) {
			columns, ours := map[string]int{"talk": 2, "guide": 4, "guide_note": 2}[row.Table]
			if !ours {
				continue
			}
			if len(row.Values) > columns || row.Values["at"] != "" || seats[row.Tx] {
				t.Errorf("%s leads on: %+v", row.Table, row)
			}
			if row.Table == "talk" {
				txs[row.Tx] = true
			}
		}
		if len(txs) != 1 {
			t.Errorf("talks were written in %d transactions", len(txs))
		}
	})
}
