package auth_test

import (
	"net/http"
	"testing"
	"time"

	"debrief/internal/auth"
	"debrief/internal/practice"
)

// made is a device of Amal's that she made a tablet, as a request from it.
func (h *house) made(t *testing.T) *http.Request {
	t.Helper()
	secret, err := h.LetIn(t.Context(), h.amal, auth.Arrival{})
	own := h.with(must(t, secret, err))
	secret, err = h.MakeTablet(own, h.amal, h.amal.Teams[0], "  At the   counter ")
	is(t, "make", err, "")
	_, _, err = h.ByCookie(own)
	is(t, "the device it was", err, "sign.in")
	return h.with(secret)
}

// A name stays picked for ninety seconds, whatever the browser thinks of its cookie,
// and it gives an actor that is nobody's device.
func TestTablet_aPickedNameGrowsOld(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.made(t)
		r.AddCookie(h.Pick(h.amal.Member))
		got, err := h.AtTablet(r, h.Picked(r))
		if err != nil || got.Member != h.amal.Member || got.Tablet == "" || got.Steward || got.May(practice.ScopeRead) {
			t.Errorf("picked: %+v, %v", got, err)
		}
		_, _, err = h.ByCookie(r)
		is(t, "the tablet as a device", err, "sign.in")
		h.clock.Pass(90 * time.Second)
		if h.Picked(r) != h.amal.Member {
			t.Error("after ninety seconds nobody is picked")
		}
		h.clock.Pass(2 * time.Second)
		if got := h.Picked(r); got != "" {
			t.Errorf("after more than that %s is", got)
		}
	})
}

// Whoever left is no name any more, others' names are not there, and a tablet that
// ended, or that somebody came in at, is none.
func TestTablet_ends(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx, r := t.Context(), h.made(t)
		all, err := h.Tablets(ctx, h.amal, h.amal.Teams[0])
		if err != nil || len(all) != 1 || all[0].Label != "At the counter" || all[0].By != h.amal.Member {
			t.Fatalf("listed: %+v, %v", all, err)
		}
		outsider := practice.Actor{Member: "mem_1", Teams: []practice.TeamID{"tea_1"}}
		_, err = h.Tablets(ctx, outsider, h.amal.Teams[0])
		is(t, "another team's", err, "not.found")
		is(t, "ended by another team", h.EndTablet(ctx, outsider, all[0].ID), "not.found")
		_, err = h.AtTablet(r, "mem_1")
		is(t, "a name nobody has", err, "not.found")
		is(t, "named", h.NameTablet(ctx, h.steward, all[0].ID, "At the back"), "")

		h.clock.Pass(80 * 24 * time.Hour)
		_, err = h.AtTablet(r, h.amal.Member)
		is(t, "in use", err, "")
		h.clock.Pass(80 * 24 * time.Hour)
		_, err = h.AtTablet(r, h.amal.Member)
		is(t, "still in use", err, "")
		is(t, "somebody comes in there", h.LeaveTablet(r), "")
		_, err = h.AtTablet(r, "")
		is(t, "left", err, "tablet.none")

		r = h.made(t)
		h.clock.Pass(92 * 24 * time.Hour)
		_, err = h.AtTablet(r, "")
		is(t, "unused for long", err, "tablet.none")
	})
}
