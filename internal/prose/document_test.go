package prose

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDocument(t *testing.T) {
	var d Document
	d.Heading(1, "F-12: the *pump*\nstopped #")
	d.Paragraph("1. of May,\n- in the cellar")
	d.Heading(2, "Gaps")
	d.Item(0, "We meant to\nlook twice")
	d.Item(1, "# 3 was off")
	d.Item(0, "snake_case and _this_")
	d.Paragraph("")
	d.Quote("```\nnever closed\n\n<!-- nor this\r\nend")
	d.Table([]string{"When", "What"}, [][]string{{"21:04", "a | b"}, {"22:00", ""}})
	d.Link(0, "https://a.example/b_c?d=<e>")
	d.Link(0, "")
	d.Paragraph("After <b> & &amp; [x](y) `z` ~w~ 2 * 3")
	want := `# F-12: the \*pump\* stopped \#

1\. of May,\
\- in the cellar

## Gaps

- We meant to\
  look twice
  - \# 3 was off
- snake_case and \_this\_

> ` + "```" + `
> never closed
>
> <!-- nor this
> end

| When | What |
| --- | --- |
| 21:04 | a \| b |
| 22:00 |  |

- <https://a.example/b_c?d=%3Ce%3E>

After \<b> & \&amp; \[x\](y) \` + "`z\\`" + ` \~w\~ 2 \* 3
`
	if diff := cmp.Diff(want, d.String()); diff != "" {
		t.Error(diff)
	}
	for _, kept := range []string{"<h3>F-12: the *pump* stopped #</h3>", "<br>\n- in the cellar", "<li># 3 was off</li>", "snake_case and _this_",
		"<td>a | b</td>", "After &lt;b&gt; &amp; &amp;amp; [x](y) `z` ~w~ 2 * 3</p>"} {
		if !strings.Contains(string(HTML(d.String())), kept) {
			t.Errorf("%s is not in\n%s", kept, HTML(d.String()))
		}
	}
}

var anyTag = regexp.MustCompile(`</?(p|br|a)( [^>]*)?>`)

// Escaped words come back as the same words, read as HTML or as plain text.
func checkEscape(t *testing.T, words string) {
	t.Helper()
	if strings.ToValidUTF8(words, "") != words || strings.ContainsFunc(words, isHidden) || strings.ContainsAny(words, "\x00"+mark) {
		return
	}
	var d Document
	d.Paragraph(words)
	want := strings.Join(strings.Fields(words), " ")
	page := string(HTML(d.String()))
	if strings.HasPrefix(page, "<pre>") { // more than the renderer is asked to read
		return
	}
	shown := html.UnescapeString(anyTag.ReplaceAllString(page, " "))
	if squeeze(shown) != squeeze(want) {
		t.Fatalf("%q is shown as %q\nfrom %q\n%s", want, shown, d.String(), page)
	}
	plain := Plain(d.String())
	if squeeze(plain) != squeeze(want) {
		t.Fatalf("%q reads plainly as %q from %q", want, plain, d.String())
	}
}

// squeeze takes all white space out: a tag may stand where none was. Bullets of
// word processors are read as lists, and are no words.
func squeeze(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(pasted, r) {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), "")
}

func TestEscape_givesTheWordsBack(t *testing.T) {
	for _, words := range []string{"", "a", "*a* **b** _c_ __d__ ~~e~~ `f` ``g``", "[a](b) ![c](d) [e][f] [g]: h", "# a\n## b #\n- c\n+ d\n* e\n1. f\n2) g\n> h",
		"---", "===\na\n===\nb\n---", "a | b\n--|--\n1 | 2", "<b>a</b> <!-- c --> <?d?> <host> a < b > c", "&amp; &#65; &nope; & a",
		"\\ \\* a\\", "    indented\n\ttab", "~~~\na\n~~~", "```\na", "a  \nb", "snake_case _a_b_ a__b", "- [ ] a\n[x] b", "1.", "-", "#", "2031-02-03 a.b@c.example",
		"\u00a0a\u00a0", "a\r\nb\rc", "12345678901. a", "* * *", "+ + +", "=", "a\n=", "~", "[", "]", "_", "__", "_ a", "a_", "title: a\n---", "---\ntitle: a\n---\nb"} {
		checkEscape(t, words)
	}
}

func FuzzEscape(f *testing.F) {
	f.Add("*a* [b](c) <d>\n# e\n1. f")
	f.Add("a_b _c_ `d` & &lt; \\")
	f.Fuzz(func(t *testing.T, words string) { checkEscape(t, words) })
}
