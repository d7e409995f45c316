package prose

import (
	"regexp"
	"strings"
)

var (
	wikiField   = regexp.MustCompile(`^\s*([A-Z][A-Za-z-]*):\s*(.*)$`)
	wikiHeading = regexp.MustCompile(`^(={1,6})\s*(.*?)\s*={1,6}\s*$`)
	wikiLink    = regexp.MustCompile(`\[(https?://[^\s\]]+)\s+([^\]]+)\]`)
	wikiPage    = regexp.MustCompile(`\[\[(?:[^\]|]*\|)?([^\]]*)\]\]`)
	wikiItem    = regexp.MustCompile(`^([*#]+)\s*(.*)$`)
	mailAddress = regexp.MustCompile(`\s*<[^<>@\s]+@[^<>\s]+>`)
)

// wikiHeader reads the facts a wiki page may begin with, "Name: value" lines in
// <pre>, and returns the page behind them.
func wikiHeader(page string) (front, string) {
	head, body, found := strings.Cut(page, "</pre>")
	head, isPre := strings.CutPrefix(strings.TrimSpace(head), "<pre>")
	if !found || !isPre {
		return front{}, page
	}
	f := front{}
	for _, line := range splitLines(head) {
		if m := wikiField.FindStringSubmatch(strings.TrimRight(line, "\r\n")); m != nil {
			name := strings.ToLower(m[1])
			f[name] = append(f[name], strings.TrimSpace(mailAddress.ReplaceAllString(m[2], "")))
		}
	}
	if len(f) == 0 {
		return front{}, page
	}
	return f, body
}

// fromWiki writes the marks of MediaWiki as those of Markdown; what it does not
// know stays as it was.
func fromWiki(page string) string {
	lines := splitLines(page)
	for i, line := range lines {
		text, end := strings.TrimRight(line, "\r\n"), lineEnding(line)
		if m := wikiHeading.FindStringSubmatch(text); m != nil {
			text = strings.Repeat("#", len(m[1])) + " " + m[2]
		} else if m := wikiItem.FindStringSubmatch(text); m != nil {
			sign := map[byte]string{'*': "- ", '#': "1. "}[m[1][len(m[1])-1]]
			text = strings.Repeat("   ", len(m[1])-1) + sign + m[2]
		}
		text = wikiLink.ReplaceAllString(text, "[$2]($1)")
		text = wikiPage.ReplaceAllString(text, "$1")
		lines[i] = strings.NewReplacer("'''", "**", "''", "*").Replace(text) + end
	}
	return strings.Join(lines, "")
}
