package prose

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

func TestHTML(t *testing.T) {
	const rels = ` rel="noopener noreferrer nofollow"`
	for _, tt := range []struct{ name, markdown, want string }{
		{"nothing", "", ""},
		{"words", "Close *the* **drain** `V-3` ~~now~~", "<p>Close <em>the</em> <strong>drain</strong> <code>V-3</code> <del>now</del></p>\n"},
		{"headings begin at three", "# A\n### B\n## C", "<h3>A</h3>\n<h4>B</h4>\n<h4>C</h4>\n"},
		{"boxes", "- [ ] a\n- [x] b", "<ul>\n<li>☐ a</li>\n<li>☑ b</li>\n</ul>\n"},
		{"numbers", "3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n"},
		{"a link", `[a](https://b.example "t")`, `<p><a href="https://b.example"` + rels + ">a</a></p>\n"},
		{"a bare link", "see https://b.example/x.", `<p>see <a href="https://b.example/x"` + rels + ">https://b.example/x</a>.</p>\n"},
		{"mail", "<me@b.example>", `<p><a href="mailto:me@b.example"` + rels + ">me@b.example</a></p>\n"},
		{"a link within the source's own pages", "[a](other.md#b)", "<p>a</p>\n"},
		{"a script for a link", "[a](javascript:alert(1)) [b](data:text/html,x)", "<p>a b</p>\n"},
		{"an image", "![a lamp](https://b.example/l.png)", `<p><a href="https://b.example/l.png"` + rels + ">a lamp</a></p>\n"},
		{"an image without words", "![](img/lamp.png)", "<p>lamp.png</p>\n"},
		{"an image in a link", "[![a](https://b.example/l.png)](https://c.example)", `<p><a href="https://c.example"` + rels + ">a</a></p>\n"},
		{"a tag", "a <b>c</b><br>d <script>alert(1)</script>", "<p>a &lt;b&gt;c&lt;/b&gt;<br>d &lt;script&gt;alert(1)&lt;/script&gt;</p>\n"},
		{"a placeholder", "ssh <host> as `<user>`", "<p>ssh &lt;host&gt; as <code>&lt;user&gt;</code></p>\n"},
		{"a comment", "a <!-- b --> c\n\n<!--\nd\n-->", "<p>a  c</p>\n"},
		{"a block of HTML", "<table onclick=x><tr><td>a &amp; b</td><td>c</td></tr>\n<tr><td><script>x</script>d</td></tr></table>", "<p>&lt;table onclick=x&gt;&lt;tr&gt;&lt;td&gt;a &amp;amp; b&lt;/td&gt;&lt;td&gt;c&lt;/td&gt;&lt;/tr&gt;<br>&lt;tr&gt;&lt;td&gt;&lt;script&gt;x&lt;/script&gt;d&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;</p>\n"},
		{"a table", "| a | b |\n|:-:|--:|\n| 1 | 2 |", "<table>\n<thead>\n<tr>\n<th align=\"center\">a</th>\n<th align=\"right\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align=\"center\">1</td>\n<td align=\"right\">2</td>\n</tr>\n</tbody>\n</table>\n"},
		{"a table too wide", strings.Repeat("|a", 40) + "\n" + strings.Repeat("|-", 40), "<pre><code>" + strings.Repeat("|a", 40) + "\n" + strings.Repeat("|-", 40) + "</code></pre>\n"},
		{"quotes", "> a\n> b", "<blockquote>\n<p>a\nb</p>\n</blockquote>\n"},
		{"code", "```sh\n<a> & b\n```", "<pre><code>&lt;a&gt; &amp; b\n</code></pre>\n"},
		{"too many brackets", strings.Repeat("[", 2001), "<pre>" + strings.Repeat("[", 2001) + "</pre>"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, string(HTML(tt.markdown))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// hostile are pieces that tried to break other pages.
var hostile = []string{
	`<img src=x onerror=alert(1)>`, `<svg/onload=alert(1)>`, `[a](javascript:alert(1))`, `[a](JaVaScRiPt&#58;alert(1))`,
	`<a href="vbscript:x">a</a>`, `![a](https://evil.example/t.gif)`, `<iframe src=//evil.example>`, `<style>*{x:expression(1)}</style>`,
	`<p style="background:url(//evil.example)">a</p>`, `[a]: javascript:alert(1)` + "\n\n[a]", `<javascript:alert(1)>`, `<data:text/html,a>`,
	"```\"><script>alert(1)</script>\nx\n```", `[a](https://b.example/"onmouseover="alert(1))`, `[a](<https://b.example/ onclick=x>)`,
	`<math><mi//xlink:href="data:x,<script>alert(4)</script>">`, "a\x00b <scr\x00ipt>alert(1)</scr\x00ipt>", `&lt;script&gt;alert(1)&lt;/script&gt;`,
	`<details open ontoggle=alert(1)>`, `<form action=//evil.example><input name=p>`, `<base href=//evil.example>`, `<meta http-equiv=refresh>`,
	"| <img src=x onerror=alert(1)> |\n|--|\n| [a](javascript:x) |", "# <script>alert(1)</script>", "1. <b onclick=x>y", `\<script>alert(1)\</script>`,
}

// allowedTag is every tag a page may hold, whole.
var allowedTag = regexp.MustCompile(`^</?(p|br|hr|h[3-6]|strong|em|del|code|pre|blockquote|ul|ol|li|table|thead|tbody|tr|th|td|a)>$` +
	`|^<ol start="\d+">$|^<t[hd] align="(left|right|center)">$|^<a href="(https?:|mailto:)[^"<>]*" rel="noopener noreferrer nofollow">$|^<a rel="noopener noreferrer nofollow">$`)

func checkSafe(t *testing.T, markdown string) {
	t.Helper()
	out := string(HTML(markdown))
	for _, tag := range regexp.MustCompile(`<[^>]*>?`).FindAllString(out, -1) {
		if !allowedTag.MatchString(tag) {
			t.Fatalf("%q gave %s", markdown, tag)
		}
	}
	if len(out) > 8*len(markdown)+64<<10 {
		t.Fatalf("%d bytes from %d", len(out), len(markdown))
	}
}

func TestHTML_hostile(t *testing.T) {
	for _, h := range hostile {
		checkSafe(t, h)
		checkSafe(t, "- "+h)
		checkSafe(t, "> "+strings.ReplaceAll(h, "<", "\n<"))
	}
}

// Each of these once cost some renderer a minute or a gigabyte.
func TestHTML_bombs(t *testing.T) {
	full := func(s string) string { return strings.Repeat(s, MaxMarkdown/len(s)) }
	wide := func(columns int, row string) string {
		head := strings.Repeat("|a", columns) + "\n" + strings.Repeat("|-", columns) + "\n"
		return head + strings.Repeat(row, (MaxMarkdown-len(head))/len(row))
	}
	small := ""
	for len(small) < MaxMarkdown-400 {
		small += strings.Repeat("|a", 32) + "\n" + strings.Repeat("|-", 32) + "\n" + strings.Repeat("|\n", 124) + "\n"
	}
	for name, markdown := range map[string]string{
		"a table of empty rows": wide(2000, "|\n"), "a table of narrow rows": wide(32, "|\n"), "many tables": small,
		"tables of one head": full("|a\n|-\n|\n\n"), "delimiter rows": full("|-\n"), "a table in quotes": "> " + strings.ReplaceAll(wide(500, "|\n"), "\n", "\n> "),
		"escaped pipes": "|a|\n|-|\n|" + full("`\\|")[:60000] + "|",
		"open links":    full("[a]("), "open links that just pass": strings.Repeat("[a](", 1999), "images": strings.Repeat("![a](", 1999),
		"brackets": full("["), "passing brackets": strings.Repeat("[", 2000) + strings.Repeat("]", 2000), "closing brackets": full("]"),
		"quotes": full(">"), "quotes with spaces": full("> "), "lists": full("- "), "numbers": full("1. "), "passing quotes": full(strings.Repeat(">", 99) + "a\n"),
		"deep lists": deepList(), "stars": full("*"), "stars and words": full("*a "), "closing stars": full("a* "), "mixed marks": full("*a_ "), "three": full("***a"),
		"underscores": full("_a"), "tildes": full("~~a"), "back quotes": full("`a``b```c"), "rising back quotes": risingQuotes(),
		"a huge line": full("a"), "many words": full("a "), "empty lines": full("\n"), "headings": full("# a\n"), "rules": full("---\n"),
		"tags": full("<a "), "closed tags": full("<a>"), "comments": full("<!--"), "placeholders": full("<?"), "cdata": full("<![CDATA["), "quoted attributes": full("<a b='"),
		"entities": full("&amp;"), "long entities": full("&" + strings.Repeat("a", 30)), "backslashes": full(`\`), "autolinks": full("<https://a"), "bare links": full("https://a.b "),
		"one bare link": "https://a.b/" + full("a")[:60000], "dots": full("www."), "mail": full("a@b."), "mails": full("a@"), "parentheses": "https://a.b/" + full("(")[:60000],
		"one long target": "[a]: https://b.example/" + full("x")[:50000] + "\n\n" + strings.Repeat("[a]", 1990),
		"definitions":     full("[a]: b\n"), "nul": full("\x00"), "not text": full("\xff"), "tabs": full("\t"), "returns": full("\r"), "html blocks": full("<p>\n\n"),
		"script blocks": full("<script>\n"), "boxes": full("- [ ] a\n"), "fences": full("```\n"), "setext": full("a\n-\n"),
	} {
		within(t, name, func() { checkSafe(t, markdown) })
		within(t, name+", plain", func() { Plain(markdown) })
	}
}

// Without our limits the same renderer does what we fear; else they would
// guard nothing.
func TestHTML_bombsAreBombs(t *testing.T) {
	bomb := []byte(strings.Repeat("|a", 300) + "\n" + strings.Repeat("|-", 300) + "\n" + strings.Repeat("|\n", 500))
	var out bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.Table)).Convert(bomb, &out); err != nil {
		t.Fatal(err)
	}
	if out.Len() < 10*outputFor(bomb) {
		t.Errorf("%d bytes from %d: this is no bomb any more", out.Len(), len(bomb))
	}
}

func deepList() string {
	var b strings.Builder
	for i := 0; b.Len() < MaxMarkdown-800; i++ {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return b.String()
}

func risingQuotes() string {
	var b strings.Builder
	for i := 1; b.Len() < MaxMarkdown-800; i++ {
		b.WriteString(strings.Repeat("`", i) + " ")
	}
	return b.String()
}

func FuzzHTML(f *testing.F) {
	for _, h := range hostile {
		f.Add(h)
	}
	for _, page := range fixtures(f) {
		f.Add(page)
	}
	f.Fuzz(func(t *testing.T, markdown string) {
		checkSafe(t, markdown)
		Plain(markdown)
	})
}
