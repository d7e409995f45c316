package prose

import (
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// oneLine puts a text on one line, without marks.
func oneLine(text string) string {
	return strings.Join(strings.Fields(plainInline(text)), " ")
}

// cut ends a line after a word, within n characters.
func cut(line string, n int) string {
	if utf8.RuneCountInString(line) <= n {
		return line
	}
	line = string([]rune(line)[:n])
	if i := strings.LastIndexByte(line, ' '); i > n/2 {
		line = line[:i]
	}
	return strings.TrimRight(line, " ,;:") + "…"
}

var sentenceEnd = regexp.MustCompile(`[.!?](\s|$)`)

// firstSentence is the first sentence of the first paragraph of Markdown.
func firstSentence(text string) string {
	for line := range strings.SplitSeq(Plain(text), "\n") {
		if strings.IndexFunc(line, unicode.IsLetter) < 0 || anyHeading.MatchString(line) {
			continue
		}
		if at := sentenceEnd.FindStringIndex(line); at != nil && at[0] > 20 {
			line = line[:at[0]]
		}
		return cut(line, maxTitle)
	}
	return ""
}

// slugSign is what stands between the words of a file name or an address.
var (
	slugSign = regexp.MustCompile(`[-_+\s]+`)
	slugTail = regexp.MustCompile(`-[0-9a-f]{10,}$`)
	slugDay  = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}[-_ ]+`)
)

// readable makes words of a file name or of the end of an address.
func readable(slug string) string {
	if slug = path.Base(slug); slug == "." || slug == "/" {
		return ""
	}
	for _, end := range []string{".erb", ".html", ".htm", ".md", ".markdown", ".qmd", ".rmd", ".mdx", ".html", ".mediawiki", ".wiki", ".pdf", ".php", ".aspx"} {
		slug = strings.TrimSuffix(slug, end)
	}
	slug = slugTail.ReplaceAllString(slugDay.ReplaceAllString(slug, ""), "")
	words := strings.TrimSpace(slugSign.ReplaceAllString(slug, " "))
	if r, size := utf8.DecodeRuneInString(words); size > 0 {
		words = string(unicode.ToUpper(r)) + words[size:]
	}
	return cut(words, maxTitle)
}

// bundled is a path without its last part where that says nothing: in
// 2031-02-03-crane/index.md the folder has the name.
func bundled(name string) string {
	name = slashed(name)
	switch first, _, _ := strings.Cut(strings.ToLower(path.Base(name)), "."); first {
	case "index", "readme", "_index":
		if folder := path.Dir(name); folder != "." && folder != "/" {
			return folder
		}
	}
	return name
}

// NameTitle makes a title of a file's name, for a page that has none.
func NameTitle(name string) string {
	if title := readable(bundled(name)); title != "" {
		return title
	}
	return path.Base(name)
}
