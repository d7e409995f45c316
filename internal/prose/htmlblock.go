package prose

import (
	"regexp"
	"strings"
)

// Blocks of HTML begin and end as CommonMark 0.31, section 4.6 says: the first
// five kinds at a closing sign, the others at a blank line.
var (
	rawTag   = regexp.MustCompile(`(?i)^<(script|pre|style|textarea)(\s|>|$)`)
	blockTag = regexp.MustCompile(`(?i)^</?(address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(\s|/?>|$)`)
	aloneTag = regexp.MustCompile(`^(<[A-Za-z][A-Za-z0-9-]*(\s+[A-Za-z_:][\w.:-]*(\s*=\s*([^\s"'=<>` + "`" + `]+|'[^']*'|"[^"]*"))?)*\s*/?>|</[A-Za-z][A-Za-z0-9-]*\s*>)\s*$`)
)

// htmlEnd returns the sign that ends the block of HTML which text opens;
// "\n" stands for a blank line, nothing for no HTML at all.
func htmlEnd(text string, interrupts bool) string {
	if !strings.HasPrefix(text, "<") {
		return ""
	}
	switch {
	case strings.HasPrefix(text, "<!--"):
		return "-->"
	case strings.HasPrefix(text, "<?"):
		return "?>"
	case strings.HasPrefix(text, "<![CDATA["):
		return "]]>"
	case len(text) > 2 && text[1] == '!' && (text[2]|0x20 >= 'a' && text[2]|0x20 <= 'z'):
		return ">"
	case rawTag.MatchString(text):
		return "</" + strings.ToLower(rawTag.FindStringSubmatch(text)[1]) + ">"
	case blockTag.MatchString(text):
		return "\n"
	case !interrupts && aloneTag.MatchString(strings.TrimRight(text, "\r\n")):
		return "\n"
	}
	return ""
}

// endsHTML reports whether a line closes the block of HTML that waits for end.
func endsHTML(line, end string) bool {
	if strings.HasPrefix(end, "</") {
		line = strings.ToLower(line)
	}
	return end != "\n" && strings.Contains(line, end)
}
