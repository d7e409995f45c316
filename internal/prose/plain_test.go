package prose

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPlain(t *testing.T) {
	for _, tt := range []struct{ name, markdown, want string }{
		{"nothing", "", ""},
		{"front matter", "---\ntitle: a\n---\n# B #\n", "B"},
		{"headings", "A\n===\nb\n\n## C\nd", "A\nb\nC\nd"},
		{"a paragraph of two lines", "a\nb\n\nc", "a b\nc"},
		{"lists", "- [ ] a\n  - b\n1. c\n   more", "a\nb\nc more"},
		{"emphasis", "*a* **b** _c_ __d__ ~~e~~ snake_case_name 2 * 3 * 4", "a b c d e snake_case_name 2 * 3 * 4"},
		{"links", "[a b](https://x.example/a_(b)) [c][d] ![e](f) <https://g.example>\n\n[d]: https://h.example", "a b c e https://g.example"},
		{"an image in a link", "[![a](b)](c)", "a"},
		{"code", "run `a *b*` and ``c`d`` `open\n\n```sh\n# e *f*\n```", "run a *b* and c`d `open\n# e *f*"},
		{"tags and placeholders", "a<br>b <b>c</b> <host> <!-- d\ne --> f", "a b <b>c</b> <host> f"},
		{"a table", "| a | b |\n|---|:-:|\n| c \\| | d |", "a b\nc \\ d"},
		{"quotes and rules", "> a\n> b\n\n---\n\n> > c", "a b\nc"},
		{"entities and escapes", `a &amp; b &#8217; \*c\*`, "a & b ’ *c*"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Plain(tt.markdown)); diff != "" {
				t.Error(diff)
			}
		})
	}
	within(t, "half a megabyte", func() { Plain(longPage) })
}
