package web

import (
	"strings"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// at puts the room where a test begins, with gaps in it.
func (c *circle) at(phase practice.Phase, gaps ...practice.Gap) {
	c.t.Helper()
	err := c.store.Update(c.t.Context(), func(tx *store.Tx) error {
		r, err := tx.Review(c.review.ID)
		if err != nil {
			return err
		}
		was := r.Version
		r.Phase, r.StartedAt, r.EndsAt, r.Version = phase, tx.Now(), tx.Now().Add(r.Box), was+1
		for _, g := range gaps {
			g.ID, g.Review, g.Taken, g.Round = practice.GapID(tx.NewID("gap")), r.ID, true, 1
			if err := tx.AddGap(g); err != nil {
				return err
			}
		}
		return tx.SaveReview(r, was)
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

// box is the check box of a form as it stands on the page.
func (b *plain) box(name string) (ticked bool) {
	b.t.Helper()
	at := strings.Index(b.page, `type="checkbox" name="`+name+`"`)
	if at < 0 {
		b.t.Fatalf("no box %s at %s:\n%s", name, b.at, b.text())
	}
	return strings.Contains(b.page[at:at+strings.Index(b.page[at:], ">")], " checked")
}

func TestHandover_everySeatTicksForItself(t *testing.T) {
	c := newCircle(t, 2)
	all := c.sit(2)
	c.at(practice.PhaseCarry)
	c.reload(all)
	a, b := all[0], all[1]
	a.sees("What shift leads, board get", "Only if everyone who came ticks this.").send("/whole", "They may read the whole record too", "whole", "yes")
	if b.open(b.at); !a.box("whole") || b.box("whole") {
		t.Errorf("ticked by one: the box is %v there and %v at the other's", a.box("whole"), b.box("whole"))
	}
	if a.send("/whole", "They may read the whole record too"); a.box("whole") {
		t.Error("the tick cannot be taken back")
	}
}
