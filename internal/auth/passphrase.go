package auth

import (
	"context"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"debrief/internal/practice"
)

// The lengths of a passphrase, in characters. There are no rules about what it
// is made of: length is what counts.
const (
	minPassphrase        = 8
	minStewardPassphrase = 15
	maxPassphrase        = 128
)

// HashCost is what argon2id costs.
type HashCost struct {
	KiB    uint32
	Passes uint32
	Lanes  uint8
}

// realCost takes about 150 ms on two cores.
var realCost = HashCost{KiB: 64 << 10, Passes: 3, Lanes: 2}

// hasher makes and checks argon2id hashes, no more at once than there are
// cores: each takes 64 MiB, and a crowd at the door must not take the memory
// of the house.
type hasher struct {
	cost   HashCost
	random io.Reader
	slots  chan struct{}
	queue  chan struct{}
}

func newHasher(cost HashCost, random io.Reader) *hasher {
	if cost == (HashCost{}) {
		cost = realCost
	}
	cores := runtime.GOMAXPROCS(0)
	return &hasher{
		cost:   cost,
		random: random,
		slots:  make(chan struct{}, cores),
		queue:  make(chan struct{}, 32*cores),
	}
}

// hash makes the text that is kept, in PHC form.
func (h *hasher) hash(ctx context.Context, passphrase string) (string, error) {
	salt := random256(h.random)[:16]
	key, err := h.key(ctx, passphrase, salt, h.cost, 32)
	if err != nil {
		return "", err
	}
	return phc(h.cost, salt, key), nil
}

// check reports whether the passphrase is the kept one, and whether it should
// be kept anew because the cost has changed since. An empty or broken kept
// text costs as much time as a wrong passphrase, so that the clock does not
// tell who has one.
func (h *hasher) check(ctx context.Context, passphrase, kept string) (ok, stale bool, err error) {
	cost, salt, want, known := parsePHC(kept)
	if !known {
		cost, salt, want = h.cost, make([]byte, 16), make([]byte, 32)
	}
	key, err := h.key(ctx, passphrase, salt, cost, uint32(len(want)))
	if err != nil {
		return false, false, err
	}
	ok = subtle.ConstantTimeCompare(key, want) == 1 && known
	return ok, ok && cost != h.cost, nil
}

// key waits for a free core. A queue that is full refuses at once.
func (h *hasher) key(ctx context.Context, passphrase string, salt []byte, cost HashCost, size uint32) ([]byte, error) {
	select {
	case h.queue <- struct{}{}:
		defer func() { <-h.queue }()
	default:
		return nil, practice.ErrBusy
	}
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	return argon2.IDKey([]byte(passphrase), salt, cost.Passes, cost.KiB, cost.Lanes, size), nil
}

func phc(c HashCost, salt, key []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.KiB, c.Passes, c.Lanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}

func parsePHC(s string) (c HashCost, salt, key []byte, ok bool) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.KiB, &c.Passes, &c.Lanes); err != nil {
		return c, nil, nil, false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	ok = err1 == nil && err2 == nil && len(key) > 0 && c.Passes > 0 && c.Lanes > 0
	return c, salt, key, ok
}

// CheckPassphrase refuses a passphrase that is too short, too long, or among
// the first a stranger would try. The names are those of the person and of the
// organisation, which are among the first too.
func CheckPassphrase(passphrase string, steward bool, names ...string) error {
	least := LeastPassphrase(steward)
	switch n := utf8.RuneCountInString(passphrase); {
	case n < least:
		return practice.Refuse(practice.Invalid, "passphrase.short").With("n", least).At("passphrase")
	case n > maxPassphrase:
		return practice.Refuse(practice.Invalid, "passphrase.long").With("n", maxPassphrase).At("passphrase")
	case isGuessable(passphrase, names):
		return practice.Refuse(practice.Invalid, "passphrase.guessable").At("passphrase")
	}
	return nil
}

// LeastPassphrase is how many characters a passphrase needs.
func LeastPassphrase(steward bool) int {
	if steward {
		return minStewardPassphrase
	}
	return minPassphrase
}

// commonWords are what people type when asked for a passphrase, a line each.
//
//go:embed common.txt
var commonWords string

// isGuessable reports whether next to nothing is left of a passphrase once
// common words, names, years, keyboard rows and repetition are taken away:
// fewer than four characters that somebody chose. It looks again with letters
// for the digits that resemble them.
func isGuessable(passphrase string, names []string) bool {
	words := strings.Fields(commonWords)
	for _, name := range names {
		words = append(words, strings.Fields(strings.ToLower(name))...)
	}
	lower := strings.ToLower(passphrase)
	return chosen(without(lower, words)) < 4 || chosen(without(lookAlikes.Replace(lower), words)) < 4
}

// lookAlikes undoes the oldest trick with passwords.
var lookAlikes = strings.NewReplacer("@", "a", "4", "a", "3", "e", "1", "i", "!", "i", "0", "o", "5", "s", "$", "s", "7", "t")

var years = regexp.MustCompile(`(19|20)\d\d`)

// without takes words of three letters or more, and years, out of s.
func without(s string, words []string) string {
	for _, w := range words {
		if len(w) >= 3 {
			s = strings.ReplaceAll(s, w, " ")
		}
	}
	return years.ReplaceAllString(s, " ")
}

// chosen counts the characters that do not follow from the one before: the
// same again, or its neighbour in the alphabet or on the keys.
func chosen(s string) int {
	const rows = "qwertyuiop asdfghjkl zxcvbnm qwertzuiop yxcvbnm"
	n, last := 0, ' '
	for _, r := range s {
		step := r - last
		onKeys := last != ' ' && (strings.Contains(rows, string([]rune{last, r})) || strings.Contains(rows, string([]rune{r, last})))
		if r != ' ' && !onKeys && (step > 1 || step < -1) {
			n++
		}
		last = r
	}
	return n
}
