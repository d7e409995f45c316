package practice

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"io"
	"time"
)

// Seat is a place in a review. Nothing that is stored links it to an account.
type Seat struct {
	Review ReviewID
	Key    string // the hash under which the server knows the seat
	Stamp  string // the review's, where the seat was taken by a signed link; its holder shows it, and it is kept beside no seat
	secret string // what opens it; only whoever holds the seat has it
}

// SeatAt returns the seat that a key opens. The server keeps the hash alone.
func SeatAt(review ReviewID, key []byte) Seat {
	sum := sha256.Sum256(key)
	return Seat{Review: review, Key: hex.EncodeToString(sum[:]), Stamp: string(key[min(len(key), seatBytes):]), secret: string(key)}
}

// seatBytes is how long the key of a seat is. That of one who came by a signed link
// has the stamp of their review behind it.
const seatBytes = 32

// ByLink reports whether whoever holds the seat came by a signed link. It says of
// them what their own key says, and not who they are.
func (s Seat) ByLink() bool { return s.Stamp != "" }

// Mark is the sign on one thing that was done with the seat. It is made of what
// the server does not keep: the holder finds again what is theirs, and nobody
// finds the seat, or another thing done with it.
func (s Seat) Mark(thing string) string {
	return hex.EncodeToString(mark([]byte(s.secret), "mark", []byte(thing)))
}

// Ticket lets one browser draw one seat. Whoever spends an invitation is handed
// one, and shows it in a second request that carries no session. Nothing of it
// is stored: it says that some invitation was spent, and not whose.
type Ticket struct {
	Review ReviewID
	Nonce  [16]byte // the seat drawn with it depends on this, so drawing twice gives the same seat
	Until  time.Time
	Stamp  []byte // of the review, for whoever came by a signed link; else empty
}

// TicketLife is how long a ticket may take from one request to the next.
const TicketLife = 10 * time.Minute

// NewTicket makes a ticket.
func NewTicket(review ReviewID, now time.Time, random io.Reader) Ticket {
	t := Ticket{Review: review, Until: now.Add(TicketLife)}
	mustRead(random, t.Nonce[:])
	return t
}

// Seal writes the ticket so that only whoever knows the secret could have
// written it.
func (t Ticket) Seal(secret []byte) string {
	body := t.body()
	return base64.RawURLEncoding.EncodeToString(append(body, mark(secret, "ticket", body)...))
}

func (t Ticket) body() []byte {
	body := append([]byte{}, t.Nonce[:]...)
	body = binary.BigEndian.AppendUint64(body, uint64(t.Until.Unix()))
	body = append(body, t.Review...)
	if len(t.Stamp) == 0 {
		return body
	}
	return append(append(body, 0), t.Stamp...) // no id has a zero in it
}

// OpenTicket reads a sealed ticket. It refuses one that is forged, for another
// review, or too old.
func OpenTicket(sealed string, secret []byte, review ReviewID, now time.Time) (Ticket, error) {
	var t Ticket
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if n := len(raw) - sha256.Size; err == nil && n > len(t.Nonce)+8 {
		copy(t.Nonce[:], raw)
		t.Until = time.Unix(int64(binary.BigEndian.Uint64(raw[len(t.Nonce):])), 0)
		of, stamp, _ := bytes.Cut(raw[len(t.Nonce)+8:n], []byte{0})
		t.Review, t.Stamp = ReviewID(of), stamp
		if hmac.Equal(raw[n:], mark(secret, "ticket", raw[:n])) && t.Review == review && now.Before(t.Until) {
			return t, nil
		}
	}
	return Ticket{}, Refuse(Forbidden, "ticket.old")
}

// Chance returns the 32 bytes from which the words of the ticket's seat are
// drawn. Without the secret they cannot be told from the ticket, nor the ticket
// from them.
func (t Ticket) Chance(secret []byte) []byte { return mark(secret, "seat", t.body()) }

// mark signs a text for one purpose.
func mark(secret []byte, purpose string, text []byte) []byte {
	h := hmac.New(sha256.New, secret)
	io.WriteString(h, purpose)
	h.Write([]byte{0})
	h.Write(text)
	return h.Sum(nil)
}
