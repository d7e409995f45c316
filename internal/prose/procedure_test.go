package prose

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"debrief/internal/practice"
)

var update = flag.Bool("update", false, "write the golden files anew")

// outline writes a procedure's steps for reading.
func outline(p Procedure) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\n", p.Title)
	heading := ""
	for _, s := range p.Steps {
		if s.Heading != heading {
			heading = s.Heading
			fmt.Fprintf(&b, "# %s\n", heading)
		}
		box := []string{"", "[ ] ", "[x] "}[s.Box]
		fmt.Fprintf(&b, "%3d %s%s%s%s\n", s.Line, strings.Repeat("  ", s.Depth), strings.TrimPrefix(s.Number+" ", " "), box,
			strings.ReplaceAll(s.Text, "\n", "⏎"))
	}
	return b.String()
}

func fixtures(t testing.TB) map[string]string {
	t.Helper()
	files, err := filepath.Glob("testdata/procedures/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("no fixtures: ", err)
	}
	pages := map[string]string{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		pages[strings.TrimSuffix(filepath.Base(f), ".md")] = string(b)
	}
	return pages
}

// Each fixture comes back byte for byte, with any line ending, with a byte
// order mark, and without its last line ending.
func TestParseProcedure_fixtures(t *testing.T) {
	for name, page := range fixtures(t) {
		t.Run(name, func(t *testing.T) {
			p := parse(t, page)
			golden := filepath.Join("testdata", "procedures", name+".steps")
			if *update {
				if err := os.WriteFile(golden, []byte(outline(p)), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), outline(p)); diff != "" {
				t.Error(diff)
			}
			for _, other := range []string{
				strings.ReplaceAll(page, "\n", "\r\n"), strings.ReplaceAll(page, "\n", "\r"),
				mark + page, strings.TrimRight(page, "\n"), page + "\n\n", "\n" + page,
			} {
				q := parse(t, other)
				if !strings.HasPrefix(other, "\n") && outline(q) != string(want) {
					t.Errorf("another outline for %.20q:\n%s", other, cmp.Diff(string(want), outline(q)))
				}
			}
		})
	}
}

func parse(t testing.TB, page string) Procedure {
	t.Helper()
	p, err := ParseProcedure([]byte(page))
	if err != nil {
		t.Fatal(err)
	}
	if string(p.Markdown()) != page {
		t.Fatalf("the page does not come back: %s", cmp.Diff(page, string(p.Markdown())))
	}
	return p
}

func TestParseProcedure_shapes(t *testing.T) {
	for _, tt := range []struct {
		name, page string
		want       []string // depth, box, text
	}{
		{"nothing", "", nil},
		{"a byte order mark only", mark, nil},
		{"a byte order mark before a step", mark + "- lift", []string{"0  lift"}},
		{"no-break space behind the marker", "-\u00a0lift the lid", []string{"0  lift the lid"}},
		{"no-break space behind the box", "- [ ]\u00a0lift", []string{"0 ☐ lift"}},
		{"a box without its space", "- [] lift", []string{"0 ☐ lift"}},
		{"a link is no box", "- [x](y) lift", []string{"0  [x](y) lift"}},
		{"a number cannot break into a sentence", "in\n3. places", nil},
		{"one can", "so:\n1. lift", []string{"0  lift"}},
		{"a dash can", "so:\n- lift", []string{"0  lift"}},
		{"a lazy line", "- lift\nslowly\n\nrest", []string{"0  lift⏎slowly"}},
		{"code behind the marker", "- lift\n\n      run\n", []string{"0  lift⏎⏎    run"}},
		{"an empty item", "- \n- lift\n-\n  late", []string{"0  lift", "0  late"}},
		{"two markers on a line", "- 1. lift\n  2. turn\n- next", []string{"0  lift", "0  turn", "0  next"}},
		{"a rule is no item", "* * *\n- - -\n", nil},
		{"a fence open to the end", "- lift\n\n```\n- no step\n", []string{"0  lift"}},
		{"a fence in an item ends with it", "- lift\n  ```\n  - no step\n- turn", []string{"0  lift⏎```⏎- no step", "0  turn"}},
		{"html", "<ul>\n- no step\n</ul>\n\n- lift", []string{"0  lift"}},
		{"a comment runs through blank lines", "<!--\n\n- no step\n\n-->\n- lift", []string{"0  lift"}},
		{"a script too", "<script>\n\n- no step\n</script>\n- lift", []string{"0  lift"}},
		{"a table", "a | b\n--|--\n1 | 2\n- lift", []string{"0  lift"}},
		{"a rule at the top is no front matter", "---\n- lift\n---\n", []string{"0  lift"}},
		{"front matter", "---\na: b\nsteps:\n- no\n---\n- lift", []string{"0  lift"}},
		{"toml", "+++\na = 1\n+++\n- lift", []string{"0  lift"}},
		{"deep", "- a\n  - b\n    - c\n- d", []string{"0  a", "1  b", "2  c", "0  d"}},
		{"tabs", "- a\n\t- b\n\t\t- c", []string{"0  a", "1  b", "2  c"}},
		{"links are for reading", "## Further reading\n- [a](b)\n- <https://c.example>\n- lift", []string{"0  lift"}},
		{"contents", "- [Lift](#lift)\n  - [Turn](#turn)\n\n- lift", []string{"0  lift"}},
		{"a link to do", "- [Fill in the form](b)", []string{"0  [Fill in the form](b)"}},
		{"links with boxes", "- [ ] [a](b)", []string{"0 ☐ [a](b)"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range parse(t, tt.page).Steps {
				got = append(got, fmt.Sprintf("%d %s %s", s.Depth, []string{"", "☐", "☑"}[s.Box], strings.ReplaceAll(s.Text, "\n", "⏎")))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseProcedure_refuses(t *testing.T) {
	for _, tt := range []struct {
		name, page, code string
		line             any
	}{
		{"too long", strings.Repeat("- lift\n", 10000), "procedure.large", nil},
		{"another encoding", "fine\n- l\xffft", "text.encoding", 2},
		{"sixteen bits", "\xff\xfe-\x00 \x00", "text.encoding", 1},
		{"a NUL", "fine\n\n- li\x00ft", "text.binary", 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParseProcedure([]byte(tt.page))
			var e *practice.Error
			if !errors.As(err, &e) || e.Kind != practice.Invalid || e.Code != tt.code || e.Args["line"] != tt.line {
				t.Errorf("got %v %v", err, e)
			}
		})
	}
}

func TestProcedure_HTML(t *testing.T) {
	p := parse(t, "- Fill in the [form], not [that](x.md)\n\n[form]: https://yard.example/form\n")
	want := `<p>Fill in the <a href="https://yard.example/form" rel="noopener noreferrer nofollow">form</a>, not that</p>` + "\n"
	if diff := cmp.Diff(want, string(p.HTML(p.Steps[0].Text))); diff != "" {
		t.Error(diff)
	}
}

// CommonMark's own reader sees the same items, apart from those that people
// mean and Markdown does not know.
func TestParseProcedure_likeCommonMark(t *testing.T) {
	pages := fixtures(t)
	for name, page := range pages {
		lines := splitLines(page)
		page = strings.Join(lines[frontMatterLines(lines):], "")
		items, quoted := 0, 0
		doc := goldmark.DefaultParser().Parse(text.NewReader([]byte(page)))
		_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if n.Kind() == ast.KindBlockquote && entering {
				quoted++
			} else if n.Kind() == ast.KindBlockquote {
				quoted--
			} else if entering && quoted == 0 && n.Kind() == ast.KindListItem {
				items++
			}
			return ast.WalkContinue, nil
		})
		s := scanner{page: page}
		s.scan()
		ours := 0
		for _, it := range s.items {
			if !strings.Contains(pasted, it.glyph) {
				ours++
			}
		}
		if ours != items {
			t.Errorf("%s: %d items, CommonMark sees %d", name, ours, items)
		}
	}
}

// Nothing a person can paste may take long to read.
func TestParseProcedure_bombs(t *testing.T) {
	for name, line := range map[string]string{
		"markers": "- ", "quotes": "> ", "numbers": "1. ", "lines": "\n", "short lines": "a\n", "items": "-a\n- a\n",
		"fences": "```\n", "html": "<a b", "tags": "<a>\n", "rules": "*", "boxes": "- [ ] ", "tabs": "\t", "returns": "\r",
	} {
		within(t, name, func() { parse(t, strings.Repeat(line, practice.MaxProcedure/len(line))) })
	}
	var deep strings.Builder
	for i := 0; deep.Len() < practice.MaxProcedure-400; i++ {
		deep.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	within(t, "deep lists", func() { parse(t, deep.String()) })
}

func FuzzParseProcedure(f *testing.F) {
	for _, page := range fixtures(f) {
		f.Add(page, 0, "new words")
		f.Add(strings.ReplaceAll(page, "\n", "\r\n"), 3, "- more\n- words")
	}
	f.Fuzz(func(t *testing.T, page string, i int, text string) {
		p, err := ParseProcedure([]byte(page))
		if err != nil {
			return
		}
		if string(p.Markdown()) != page {
			t.Fatalf("%q came back as %q", page, p.Markdown())
		}
		if len(p.Steps) > 0 && i >= 0 {
			tryEdits(t, p, i%len(p.Steps), text)
		}
	})
}
