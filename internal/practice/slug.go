package practice

import (
	"strings"
	"unicode"
)

// longestSlug is how much of a title its address keeps.
const longestSlug = 60

// Slug writes a title for an address: small letters, digits and hyphens.
func Slug(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case b.Len() >= longestSlug:
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	if s := strings.Trim(b.String(), "-"); s != "" && s != "new" {
		return s
	}
	return "procedure"
}
