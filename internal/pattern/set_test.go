package pattern

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// leaves are the paths of all single values of a document.
func leaves(n *yaml.Node, path string, each func(path, value string)) {
	switch n.Kind {
	case yaml.ScalarNode:
		each(path, n.Value)
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			leaves(n.Content[i+1], strings.TrimPrefix(path+"."+n.Content[i].Value, "."), each)
		}
	case yaml.SequenceNode:
		for i, c := range n.Content {
			leaves(c, fmt.Sprintf("%s[%d]", path, i), each)
		}
	}
}

// Every value can be set to every kind of text, is then read as that text, and no byte before or after it is another.
func TestSet_anyValue(t *testing.T) {
	values := []string{"new", "0.10", "true", "", "a: b", "it's \"so\"", "# none", "two\nlines", "- x", "größer ✓", strings.Repeat("long ", 40) + "end", "[a, b]", "null", "*x", "@y", " spaced "}
	for _, nl := range []string{"\n", "\r\n"} {
		d := parsed(t, "tool-shadow-board.md", strings.ReplaceAll(string(board(t).Bytes()), "\n", nl))
		n := 0
		leaves(d.root, "", func(path, old string) {
			for _, v := range values {
				after, err := d.Set(path, v)
				if err != nil {
					if strings.Contains(path, "summary") || strings.Contains(path, "reasoning") {
						continue // a folded text has values it cannot hold; that nothing else changed is still so
					}
					t.Fatalf("%s = %q: %v", path, v, err)
				}
				n++
				if got, _ := after.Value(path); strings.TrimRight(got, "\n") != strings.TrimRight(v, "\n") {
					t.Fatalf("%s = %q is read as %q", path, v, got)
				}
				before, rest := unchanged(d.raw, after.raw)
				if len(d.raw)-before-rest > len(old)*2+60 {
					t.Fatalf("%s = %q changes %d bytes", path, v, len(d.raw)-before-rest)
				}
			}
		})
		if n < 800 {
			t.Errorf("only %d values were set", n)
		}
	}
}

// unchanged counts the bytes that two files share at their start and at their end.
func unchanged(a, b []byte) (start, end int) {
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	for end < min(len(a), len(b))-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	return start, end
}

func TestSet(t *testing.T) {
	for _, c := range []struct{ path, value, old, new string }{
		{"lifecycle.status", "active", "status: draft", "status: active"},
		{"lifecycle.version", "0.11", `version: "0.10"`, `version: "0.11"`},
		{"ontology.commons_assessment.vitality", "3.5", "vitality: 3.4   # measured", "vitality: 3.5   # measured"},
		{"context_labels.government", "Owner's List", "'Equipment Register on the Wall'", "'Owner''s List'"},
		{"relationships.complementary[0].weight", "0.65", "weight: 0.6}", "weight: 0.65}"},
		{"relationships.requires[0]", "one-owner", "- one-owner-per-thing", "- one-owner"},
		{"aliases", "[Wall]", `aliases: ["Outline Wall"]`, "aliases: [Wall]"},
		{"lifecycle.reviewed", "2026-01-01", "  confidence: 2\n", "  confidence: 2\n  reviewed: 2026-01-01\n"},
		{"context_labels.school", "Tool Wall", "  tech: \"Declared State\"\n", "  tech: \"Declared State\"\n  school: Tool Wall\n"},
		{"era", "new", "https://depot.example\"\n", "https://depot.example\"\nera: new\n"},
	} {
		d := board(t)
		after, err := d.Set(c.path, c.value)
		if err != nil {
			t.Errorf("%s: %v", c.path, err)
			continue
		}
		if want := strings.Replace(string(d.raw), c.old, c.new, 1); string(after.raw) != want || want == string(d.raw) {
			from, _ := unchanged(after.raw, []byte(want))
			t.Errorf("%s: differs at %q", c.path, after.raw[from:min(from+80, len(after.raw))])
		}
	}
}

func TestSet_cannot(t *testing.T) {
	d := board(t)
	for path, why := range map[string]string{
		"lifecycle": "fields of its own", "relationships.requires": "entry by entry", "lifecycle..status": "no path",
		"lifecycle.status[0]": "no lifecycle.status[0]", "relationships.requires[9]": "no relationships.requires[9]",
		"nowhere.at.all": "no nowhere", "a b[": "no path", "aliases": "looks like [a, b]",
	} {
		if _, err := d.Set(path, "x"); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := d.Set("title", "a\x00b"); err == nil {
		t.Error("a zero byte is taken")
	}
	shared := parsed(t, "a.md", "---\ntitle: &t One\nother: *t\n---\n")
	if _, err := shared.Set("title", "Two"); err == nil {
		t.Error("a value that stands elsewhere too is changed")
	}
}

// The control of what Set promises: had it written what it should not, it would notice.
func TestSet_notices(t *testing.T) {
	d := board(t)
	for name, raw := range map[string]string{
		"another field": strings.Replace(strings.Replace(string(d.raw), "draft", "active", 1), "growth", "mature", 1),
		"the text":      strings.Replace(strings.Replace(string(d.raw), "draft", "active", 1), "Paint outlines.", "Paint.", 1),
		"a field more":  strings.Replace(string(d.raw), "status: draft", "status: active\n  more: x", 1),
		"not at all":    string(d.raw),
	} {
		if only(d, parsed(t, d.File, raw), []string{"lifecycle", "status"}, "active") {
			t.Errorf("%s: goes unnoticed", name)
		}
	}
}

func TestFormat(t *testing.T) {
	d := board(t)
	once, err := d.Format()
	if err != nil {
		t.Fatal(err)
	}
	if twice, err := once.Format(); err != nil || string(twice.raw) != string(once.raw) {
		t.Errorf("formed once more it is another: %v", err)
	}
	for _, kept := range []string{"# what each calls it", "# measured in spring", `version: "0.10"`, d.Body} {
		if !strings.Contains(string(once.raw), kept) {
			t.Errorf("%q is gone", kept)
		}
	}
	if strings.Contains(string(once.raw), "GROUP 1") {
		t.Error("the old lines over groups are still there")
	}
	for name, raw := range map[string]string{
		"a key twice": "---\ntitle: a\ntitle: b\n---\n", "anchors": "---\ntitle: &x a\nslug: *x\n---\n",
	} {
		if _, err := parsed(t, "a.md", raw).Format(); err == nil {
			t.Errorf("%s: has a form", name)
		}
	}
}

// Fields in whatever order, quotes and breaks come into the same form.
func TestFormat_anyOrder(t *testing.T) {
	d := board(t)
	want, err := d.Format()
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		top := entries(d.root)
		r.Shuffle(len(top), func(i, j int) { top[i], top[j] = top[j], top[i] })
		var b strings.Builder
		for _, e := range top {
			e.key.HeadComment = ""
			var f former
			f.entry(e, 0)
			b.WriteString(f.String())
		}
		got, err := parsed(t, d.File, "---\n"+b.String()+"---\n"+d.Body).Format()
		if err != nil {
			t.Fatal(err)
		}
		if string(got.raw) != string(want.raw) {
			from, _ := unchanged(got.raw, want.raw)
			t.Fatalf("differs at %q", got.raw[max(0, from-40):min(from+80, len(got.raw))])
		}
	}
}
