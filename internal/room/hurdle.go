package room

import (
	"crypto/hmac"
	"crypto/sha256"
	"io"
	"sync"
	"time"

	"debrief/internal/practice"
)

// How often strangers may do what needs no account, within a minute.
const (
	mostReports  = 5   // of one part of the network
	mostReceipts = 10  // of one part of the network
	mostAtAll    = 100 // of everybody together
)

// hurdle counts what strangers do, in memory alone. It knows where they come
// from as a hash under a key that is thrown away every hour, so that not even
// its memory tells who came back.
type hurdle struct {
	mu    sync.Mutex
	until time.Time // the key is thrown away then
	key   [32]byte
	spent map[[sha256.Size]byte]int // within the minute
	since time.Time                 // in which the minute began
}

// take counts one try and refuses it with code where there were too many.
func (h *hurdle) take(who practice.Stranger, most int, code string, now time.Time, random io.Reader) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !now.Before(h.until) {
		if _, err := io.ReadFull(random, h.key[:]); err != nil {
			return err
		}
		h.until, h.since = now.Truncate(time.Hour).Add(time.Hour), time.Time{}
	}
	if now.Sub(h.since) >= time.Minute || now.Before(h.since) {
		h.spent, h.since = map[[sha256.Size]byte]int{}, now
	}
	mine, all := h.hash(code+" of "+practice.Network(who.From)), h.hash(code)
	h.spent[mine]++
	h.spent[all]++
	if h.spent[mine] > most || h.spent[all] > mostAtAll {
		return practice.Refuse(practice.Busy, code).With("n", 1).After(h.since.Add(time.Minute).Sub(now))
	}
	return nil
}

func (h *hurdle) hash(what string) (sum [sha256.Size]byte) {
	m := hmac.New(sha256.New, h.key[:])
	io.WriteString(m, what)
	return [sha256.Size]byte(m.Sum(nil))
}
