package prose

import (
	"regexp"
	"strings"
)

// frontKey is how the first entry of front matter looks, so that a rule at the
// top of a page is not taken for one.
var frontKey = regexp.MustCompile(`^("?[A-Za-z_][\w. -]*"?\s*[:=]|#|\[|\{)`)

// frontMatterLines returns how many lines of front matter a page begins with:
// YAML between lines of --- (or up to ...), TOML between lines of +++.
func frontMatterLines(lines []string) int {
	if len(lines) == 0 {
		return 0
	}
	fence := strings.TrimRight(strings.TrimPrefix(lines[0], mark), " \t\r\n")
	if fence != "---" && fence != "+++" {
		return 0
	}
	first := ""
	for i, line := range lines[1:] {
		line = strings.TrimRight(line, " \t\r\n")
		switch {
		case line == fence, line == "..." && fence == "---":
			if first == "" && i > 0 {
				return 0
			}
			return i + 2
		case first == "" && line != "":
			if first = line; !frontKey.MatchString(line) {
				return 0
			}
		}
	}
	return 0
}
