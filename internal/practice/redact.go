package practice

import (
	"crypto/hmac"
	"crypto/sha256"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Redaction says that personal data was taken out of what was said about a
// failure, or out of a plan: who did it and when, and nothing of what it was.
type Redaction struct {
	ID      RedactionID `json:"id"`
	Failure FailureID   `json:"failure,omitempty"`
	Plan    PlanID      `json:"plan,omitempty"` // instead of a failure
	Member  MemberID    `json:"member"`
	Places  int         `json:"places"` // from which it was taken, pictures among them
	At      time.Time   `json:"at"`
	Print   Print       `json:"print"` // empty once no copy from before it may be left
}

// Removed stands where personal data was taken out of a text.
const Removed = "▇▇▇"

// NewRedaction is what somebody asks to have taken out.
type NewRedaction struct {
	Words    string // these, wherever they stand as whole words, in whatever case
	Pictures bool   // and the pictures of its facts
	Sure     bool   // else it is only counted
}

// Check refuses to take out nothing, or a letter that stands everywhere.
func (n NewRedaction) Check() error {
	words := strings.TrimSpace(n.Words)
	switch {
	case words == "" && n.Pictures:
		return nil
	case utf8.RuneCountInString(words) < 2:
		return Refuse(Invalid, "redact.empty").At("words")
	case utf8.RuneCountInString(words) > MaxLine:
		return Refuse(Invalid, "too.long").At("words").With("max", MaxLine)
	case strings.Contains(words, Removed):
		return Refuse(Invalid, "redact.mark").At("words")
	}
	return nil
}

// Print is what a redaction can be made again by, in a copy of the database from
// before it: a fingerprint of the words, and not the words. Whoever has it can
// try guesses, so it is kept only as long as such a copy may be.
type Print struct {
	Salt     []byte `json:"salt"`
	Sum      []byte `json:"sum"`
	Length   int    `json:"length"` // of the words, in characters
	Pictures bool   `json:"pictures,omitempty"`
}

// PrintDays is how long one is kept: a day longer than a backup.
const PrintDays = 36

// Print makes the fingerprint, with 16 random bytes or more as its salt.
func (n NewRedaction) Print(salt []byte) Print {
	words := []rune(strings.Join(strings.Fields(n.Words), " "))
	for i, r := range words {
		words[i] = foldRune(r)
	}
	p := Print{Salt: salt, Length: len(words), Pictures: n.Pictures}
	p.Sum = p.sum(words)
	return p
}

func (p Print) sum(words []rune) []byte {
	mac := hmac.New(sha256.New, p.Salt)
	mac.Write([]byte(string(words)))
	return mac.Sum(nil)
}

// Take takes the words out of a text, wherever they stand as whole words in
// whatever case and however spaced, and says from how many places.
func (p Print) Take(text string) (string, int) {
	if p.Length == 0 {
		return text, 0
	}
	runes := []rune(text)
	var out strings.Builder
	places, from := 0, 0
	for at := 0; at < len(runes); at++ {
		if at > 0 && isLetter(runes[at-1]) {
			continue
		}
		if end := p.at(runes, at); end > 0 {
			out.WriteString(string(runes[from:at]) + Removed)
			places, from, at = places+1, end, end-1
		}
	}
	if places == 0 {
		return text, 0
	}
	return out.String() + string(runes[from:]), places
}

// at returns where the words end that begin at a place, or 0 where others do.
func (p Print) at(text []rune, begin int) (end int) {
	words := make([]rune, 0, p.Length)
	for end = begin; end < len(text) && len(words) < p.Length; end++ {
		switch space := unicode.IsSpace(text[end]); {
		case space && (end == begin || !unicode.IsSpace(text[end-1])):
			words = append(words, ' ')
		case !space:
			words = append(words, foldRune(text[end]))
		}
	}
	if len(words) < p.Length || end < len(text) && isLetter(text[end]) || !hmac.Equal(p.sum(words), p.Sum) {
		return 0
	}
	return end
}

// foldRune is the same for a letter in every case.
func foldRune(r rune) rune {
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	return least
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
