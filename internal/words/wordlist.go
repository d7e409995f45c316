package words

import (
	_ "embed"
	"encoding/binary"
	"io"
	"math"
	"slices"
	"strings"
	"unicode"
)

//go:embed wordlist.txt
var wordlistFile string

// Wordlist is 7776 short English words, no two of which differ in one letter
// only, for what a person writes down or says aloud: three for a seat, seven
// for a receipt. Seven words are ninety bits.
type Wordlist struct{ words []string } // sorted

// NewWordlist reads the list. Call it once and keep it.
func NewWordlist() *Wordlist {
	list := wordlistFile
	for strings.HasPrefix(list, "#") {
		_, list, _ = strings.Cut(list, "\n")
	}
	return &Wordlist{strings.Fields(list)}
}

// Draw picks n words, each as likely as any other. A source of randomness that
// fails stops the process, because going on would hand out words that can be
// guessed.
func (l *Wordlist) Draw(n int, random io.Reader) []string {
	all := uint16(len(l.words))
	fair := math.MaxUint16 / all * all // what lies above would favour the first words
	drawn := make([]string, 0, n)
	for len(drawn) < n {
		var b [2]byte
		if _, err := io.ReadFull(random, b[:]); err != nil {
			panic("words: no randomness: " + err.Error())
		}
		if v := binary.BigEndian.Uint16(b[:]); v < fair {
			drawn = append(drawn, l.words[v%all])
		}
	}
	return drawn
}

// Unknown is a typed word that is not in the list, with up to three that begin
// like it.
type Unknown struct {
	Word string
	Near []string
}

// Read takes words as people type them, in any case, with spaces, dashes,
// commas or line breaks between them, and returns them in the one form that is
// hashed: lower case, single spaces. Words that are not in the list are named;
// then the text must not be used.
func (l *Wordlist) Read(typed string) (string, []Unknown) {
	said := strings.FieldsFunc(strings.ToLower(typed), func(r rune) bool { return !unicode.IsLetter(r) })
	var unknown []Unknown
	for _, w := range said {
		if !l.knows(w) {
			unknown = append(unknown, Unknown{Word: w, Near: l.near(w)})
		}
	}
	return strings.Join(said, " "), unknown
}

func (l *Wordlist) knows(word string) bool {
	_, found := slices.BinarySearch(l.words, word)
	return found
}

// near finds words that begin with the same four letters.
func (l *Wordlist) near(typed string) []string {
	letters := []rune(typed)
	start := string(letters[:min(4, len(letters))])
	var found []string
	for _, w := range l.words {
		if strings.HasPrefix(w, start) && len(found) < 3 {
			found = append(found, w)
		}
	}
	return found
}
