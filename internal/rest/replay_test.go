package rest

import (
	"crypto/sha256"
	"testing"
	"time"

	"debrief/internal/store/storetest"
)

func TestReplays_forgetInGenerations(t *testing.T) {
	at := time.Unix(0, 0)
	p := &replays{now: func() time.Time { return at }}
	sent := sha256.Sum256([]byte("a"))
	one, first := p.begin("k", sent)
	p.end("k", one, answered{status: 200, body: []byte("done")})
	for _, c := range []struct {
		after time.Duration
		known bool
	}{{0, true}, {replayTime, true}, {replayTime + time.Second, true}, {2 * replayTime, true}, {4 * replayTime, false}} {
		at = time.Unix(0, 0).Add(c.after)
		again, isFirst := p.begin("k", sent)
		if !first || isFirst == c.known || c.known && string(again.body) != "done" {
			t.Errorf("after %s: known %v, want %v", c.after, !isFirst, c.known)
		}
	}
}

func TestReplays_aRefusalMayHappenAgain(t *testing.T) {
	p := &replays{now: time.Now}
	one, _ := p.begin("k", [32]byte{})
	p.end("k", one, answered{status: 409})
	if _, first := p.begin("k", [32]byte{}); !first {
		t.Error("what was refused is remembered")
	}
}

func TestReplays_areBounded(t *testing.T) {
	p := &replays{now: time.Now}
	for i := range 4 * replayBytes / (1 << 20) {
		one, _ := p.begin(string(rune('a'+i)), [32]byte{})
		p.end(string(rune('a'+i)), one, answered{status: 200, body: make([]byte, 1<<20)})
	}
	held := 0
	for _, one := range p.young {
		held += len(one.body)
	}
	for _, one := range p.old {
		held += len(one.body)
	}
	if held > 2*replayBytes+2<<20 {
		t.Errorf("%d bytes are remembered", held)
	}
}

// A seat that sends a request again gets what the first was answered, also
// while the first is still under way, and for another request the key is spent.
func TestRest_aSeatSendsAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := newSite(t, database)
		r := s.call("The pump ran dry.")
		r.sit(0)
		r.sit(1)
		version := r.act("GET", "", nil).Header().Get("ETag")
		move := func(seat, why string) reply {
			return s.ask("POST", r.base+"/move", m{"why": why}, seatHeader, seat, "If-Match", version, "Idempotency-Key", "k")
		}
		first, again := move(r.seats[0], ""), move(r.seats[0], "")
		if first.Code != 200 || first.body["phase"] != "intended" || again.Body.String() != first.Body.String() || again.Code != 200 {
			t.Errorf("first %d %s, again %d %s", first.Code, first.Body, again.Code, again.Body)
		}
		if again.Header().Get("Content-Type") != "application/json" {
			t.Errorf("headers: %v", again.Header())
		}
		s.refused(move(r.seats[0], "other"), 409, "api.key")
		s.refused(move(r.seats[1], ""), 412, "changed.meanwhile") // another seat's key is another key
	})
}
