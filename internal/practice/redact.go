package practice

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Redaction says that personal data was taken out of what was said about a
// failure: who did it and when, and nothing of what it was.
type Redaction struct {
	Failure FailureID
	Member  MemberID
	Places  int // from which it was taken, pictures among them
	At      time.Time
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

// In returns a function that takes the words out of a text and says from how
// many places.
func (n NewRedaction) In() func(text string) (string, int) {
	parts := strings.Fields(n.Words)
	if len(parts) == 0 {
		return func(text string) (string, int) { return text, 0 }
	}
	for i, p := range parts {
		parts[i] = regexp.QuoteMeta(p)
	}
	words := regexp.MustCompile(`(?i)` + strings.Join(parts, `\s+`))
	return func(text string) (string, int) {
		var out strings.Builder
		places, from := 0, 0
		for _, at := range words.FindAllStringIndex(text, -1) {
			before, _ := utf8.DecodeLastRuneInString(text[:at[0]])
			after, _ := utf8.DecodeRuneInString(text[at[1]:])
			if isLetter(before) || isLetter(after) {
				continue
			}
			out.WriteString(text[from:at[0]] + Removed)
			places, from = places+1, at[1]
		}
		return out.String() + text[from:], places
	}
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
