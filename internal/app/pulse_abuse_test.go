package app_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"debrief/internal/room"
	"debrief/internal/store"
)

// watched is all that somebody who leads reads of a quarter while people answer.
func (b *box) watched() string {
	b.Helper()
	door, err := b.app.PulseDoor(b.Context(), b.steward, b.steward.Teams[0])
	b.must("door", err)
	home, err := b.app.Home(b.Context(), b.steward)
	b.must("home", err)
	all, err := b.app.Pulses(b.Context(), b.steward)
	b.must("read", err)
	people, err := b.app.Members(b.Context(), b.steward)
	b.must("people", err)
	return fmt.Sprintf("%+v %+v %+v %+v", door, home.Notices, all, people)
}

// Somebody who leads looks again after every sheet, to see who has answered and when, and
// so whose it was. Nothing that they read changes; the control reads the rows themselves,
// which grow with each of them.
func TestPulseAbuse_watchesWhoAnswersWhen(t *testing.T) {
	onBoxes(t, 7, func(b *box) {
		b.work(b.now)
		was, rows := b.watched(), b.rows("pulse_taken", "pulse_sheet")
		for n, who := range b.crew[1:] {
			b.now = b.now.Add(time.Hour)
			b.send(who, daring)
			if now := b.watched(); now != was {
				t.Errorf("after %d sheets they read\n%s\nwas\n%s", n+1, now, was)
			}
			if now := b.rows("pulse_taken", "pulse_sheet"); now <= rows {
				t.Errorf("the control: %d rows after %d sheets", now, n+1)
			} else {
				rows = now
			}
		}
	})
}

// Somebody who leads hands every member an address of their own, to know by the address
// who wrote. All read the same one, and a new one ends the one before. The control keeps
// the old ones open: each is known to one person alone, and tells who wrote.
func TestPulseAbuse_marksPeopleByTheirAddress(t *testing.T) {
	onDesks(t, func(d *desk) {
		team := d.steward.Teams[0]
		rooms := room.New(room.Options{Store: d.store})
		var handed []string
		for n := range 3 {
			who := add(d.T, d.app, d.steward, fmt.Sprint("Person ", n))
			d.must("renew", d.app.RenewAddress(d.Context(), d.steward, team))
			one, err := d.app.AddressOf(d.Context(), who, team)
			d.must("address", err)
			again, err := d.app.AddressOf(d.Context(), d.steward, team)
			d.must("address", err)
			if one.Word != again.Word {
				t.Errorf("one reads %s, another %s", one.Word, again.Word)
			}
			handed = append(handed, one.Word)
		}
		open := 0
		for _, word := range handed {
			if _, err := rooms.At(d.Context(), word); err == nil {
				open++
			}
		}
		if open != 1 {
			t.Errorf("%d of %d addresses are open", open, len(handed))
		}
		for _, word := range handed {
			is(t, "the control", d.store.Update(d.Context(), func(tx *store.Tx) error { return tx.SaveAddress(team, word) }), "")
			if _, err := rooms.At(d.Context(), word); err != nil {
				t.Errorf("the control: the address of one person leads nowhere: %v", err)
			}
		}
		if slices.Sort(handed); len(slices.Compact(handed)) != 3 {
			t.Error("the control: the addresses tell nobody apart")
		}
	})
}
