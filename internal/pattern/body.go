package pattern

import (
	"regexp"
	"strings"
)

var (
	heading = regexp.MustCompile(`^#{1,6}\s+(.*?)\s*#*\s*$`)
	// before the name of a section: "Section 3:", "3.", and after it a hint that was left in
	numbered = regexp.MustCompile(`(?i)^(section\s+)?\d+\s*[.:)–-]?\s*`)
	rating   = regexp.MustCompile(`(?i)confidence rating:\**\s*([★☆⭐]+)\s*(?:\(([^)]*)\))?`)
)

// readBody finds the headings and the rating. Code between fences has no headings.
func (d *Document) readBody(dashes int) {
	fence := ""
	for i, l := range strings.Split(d.Body, "\n") {
		l = strings.TrimRight(l, "\r")
		if t := strings.TrimLeft(l, " "); fence == "" && (strings.HasPrefix(t, "```") || strings.HasPrefix(t, "~~~")) {
			fence = t[:3]
			continue
		} else if fence != "" {
			if strings.HasPrefix(t, fence) {
				fence = ""
			}
			continue
		}
		number := dashes + i + 1
		if m := heading.FindStringSubmatch(l); m != nil {
			d.heading = append(d.heading, Section{section(m[1]), m[1], number})
		}
		if m := rating.FindStringSubmatch(l); m != nil && d.Rating.Line == 0 {
			d.Rating = Rating{strings.Count(m[1], "★") + strings.Count(m[1], "⭐"), m[2], number}
		}
	}
}

// section is which of the eight parts a heading opens, if any.
func section(title string) string {
	name := strings.ToLower(numbered.ReplaceAllString(strings.Trim(title, "*_ "), ""))
	if name == "known applications" {
		return "known uses"
	}
	for _, s := range Sections {
		if rest, ok := strings.CutPrefix(name, s); ok && (rest == "" || !isLetter(rest[0])) {
			return s
		}
	}
	return ""
}

func isLetter(b byte) bool { return 'a' <= b && b <= 'z' }
