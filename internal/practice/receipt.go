package practice

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"time"
)

// Receipt is the way back to a report without a name, as the server keeps it:
// a slow hash of seven words that were shown once, and what to seal questions
// to. Neither opens anything.
type Receipt struct {
	Lookup  string
	Public  []byte
	Failure FailureID
	Day     time.Time // on which its report appeared
}

// ReceiptWords is how many words a receipt has: ninety bits.
const ReceiptWords = 7

// ReceiptDays is how long after its report appeared a receipt opens anything.
const ReceiptDays = 180

// Expired reports whether a receipt opens nothing any more.
func (r Receipt) Expired(now time.Time) bool { return !now.Before(r.Day.AddDate(0, 0, ReceiptDays)) }

// MessageID names one message of a receipt's thread: msg_, blind.
type MessageID string

// Message is one line between a team and whoever reported something without a
// name. A question is sealed until it is answered, so that a copy of the
// database does not tell it; the answer brings it into the open.
type Message struct {
	ID      MessageID
	Failure FailureID
	Day     time.Time
	Asked   bool      // by the team; else said by whoever reported it
	Sealed  []byte    // of a question nobody has answered yet
	Text    string    // empty while it is sealed
	Answers MessageID // the question this answers, or nothing
}

// MaxMessages is how many lines a thread holds.
const MaxMessages = 40

// CheckMessage refuses a line that is empty or too long.
func CheckMessage(text string) error {
	switch {
	case strings.TrimSpace(text) == "":
		return Refuse(Invalid, "message.empty").At("text")
	case tooLong(text, MaxGap):
		return Refuse(Invalid, "too.long").At("text").With("max", MaxGap)
	}
	return nil
}

// ReceiptKey is what the words of a receipt make. It exists while a request is
// answered and is kept nowhere.
type ReceiptKey struct {
	Lookup  string
	private hpke.PrivateKey
}

// sealing is how questions are sealed: a dump may be kept until there are
// machines that break curves, so a lattice stands beside the curve.
var sealing = hpke.MLKEM768X25519()

// NewReceiptKey makes a key of the slow hash of the words. The lookup and the
// private half are split from it so that neither tells the other.
func NewReceiptKey(stretched []byte) (ReceiptKey, error) {
	lookup, err := hkdf.Expand(sha256.New, stretched, "debrief receipt lookup", 32)
	if err != nil {
		return ReceiptKey{}, err
	}
	content, err := hkdf.Expand(sha256.New, stretched, "debrief receipt thread", 32)
	if err != nil {
		return ReceiptKey{}, err
	}
	private, err := sealing.DeriveKeyPair(content)
	return ReceiptKey{Lookup: hex.EncodeToString(lookup), private: private}, err
}

// Public returns the half that is kept.
func (k ReceiptKey) Public() []byte { return k.private.PublicKey().Bytes() }

// sealedStep is the length, in bytes, that sealed texts are filled up to a
// multiple of, so that their size says little.
const sealedStep = 1024

// Seal closes a question so that only the words of the receipt open it.
func (r Receipt) Seal(m MessageID, text string) ([]byte, error) { return sealTo(r.Public, m, text) }

// sealTo closes a text so that only the other half of a key opens it.
func sealTo(key []byte, m MessageID, text string) ([]byte, error) {
	public, err := sealing.NewPublicKey(key)
	if err != nil {
		return nil, err
	}
	plain := append([]byte(text), 0)
	plain = append(plain, make([]byte, (sealedStep-len(plain)%sealedStep)%sealedStep)...)
	return hpke.Seal(public, hpke.HKDFSHA256(), hpke.AES256GCM(), []byte(m), plain)
}

// Open reads a question that was sealed to this receipt, under the id it was
// sealed for.
func (k ReceiptKey) Open(m MessageID, sealed []byte) (string, error) {
	plain, err := hpke.Open(k.private, hpke.HKDFSHA256(), hpke.AES256GCM(), []byte(m), sealed)
	if err != nil {
		return "", err
	}
	end := bytes.IndexByte(plain, 0)
	if end < 0 {
		return "", errors.New("practice: a sealed text has no end")
	}
	return string(plain[:end]), nil
}

// ReceiptSalt is the salt of the slow hash of an installation, made of its
// secret.
func ReceiptSalt(secret []byte) []byte { return mark(secret, "receipt", nil) }

// TeamMark shows that somebody reads a team's pages, and not who: it is the
// same for all of the team for one day.
func TeamMark(secret []byte, team TeamID, now time.Time) string {
	return hex.EncodeToString(mark(secret, "team", []byte(now.UTC().Format(time.DateOnly)+string(team)))[:16])
}

// IsTeamMark reports whether a mark is the team's of today or yesterday.
func IsTeamMark(given string, secret []byte, team TeamID, now time.Time) bool {
	today, yesterday := TeamMark(secret, team, now), TeamMark(secret, team, now.AddDate(0, 0, -1))
	return hmac.Equal([]byte(given), []byte(today)) || hmac.Equal([]byte(given), []byte(yesterday))
}
