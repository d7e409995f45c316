package pattern

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func board(t testing.TB) *Document {
	t.Helper()
	raw, err := os.ReadFile("testdata/tool-shadow-board.md")
	if err != nil {
		t.Fatal(err)
	}
	return parsed(t, "tool-shadow-board.md", string(raw))
}

func parsed(t testing.TB, file, raw string) *Document {
	t.Helper()
	d, err := Parse(file, []byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestParse(t *testing.T) {
	d := board(t)
	number := func(s string, v float64) Number { return Number{s, v, true, true} }
	for what, pair := range map[string][2]any{
		"id":      {d.ID, "pat_01kfh2b7yq8r5w3x9c4n6d0tzv"},
		"summary": {d.Summary, "Paint the outline of every tool where it hangs, so that what is missing is seen by whoever walks past: nobody has to count."},
		"labels": {d.Labels, []Label{{"corporate", "Visual Inventory"}, {"government", "Equipment Register on the Wall"},
			{"activist", "Who Took the Megaphone"}, {"tech", "Declared State"}}},
		"keywords":     {d.Ontology.Keywords, []string{"tools", "missing", "outline"}},
		"version":      {d.Lifecycle.Version, "0.10"},
		"scores":       {len(d.Ontology.Scores), 8},
		"confidence":   {d.Lifecycle.Confidence, number("2", 2)},
		"rating":       {d.Rating, Rating{2, "Observed", 94}},
		"contributors": {d.Provenance.Contributors, []string{"ines", "amal o."}},
		"licence":      {d.Provenance.Licence, "CC-BY-SA-4.0"},
		"entity":       {d.Garden.Entities[1].Label, "Workshop"},
		"link":         {d.Garden.Links[0].Confidence, number("0.9", 0.9)},
	} {
		if diff := cmp.Diff(pair[1], pair[0]); diff != "" {
			t.Errorf("%s: %s", what, diff)
		}
	}
	var edges []string
	for _, r := range d.Relations {
		edges = append(edges, r.Type+" "+r.Target()+" "+r.Weight.Text)
	}
	want := []string{"generalizes_from poka-yoke 0.8", "enables handover-at-the-gate 0.7", "requires one-owner-per-thing ", "complementary weekly-walk 0.6"}
	if diff := cmp.Diff(want, edges); diff != "" {
		t.Error(diff)
	}
	if mean, ok := d.Ontology.Mean(); !ok || mean != 3.7 {
		t.Errorf("the mean is %v", mean)
	}
	var names []string
	for _, h := range d.Headings() {
		names = append(names, h.Name)
	}
	if diff := cmp.Diff(Sections, names); diff != "" {
		t.Error(diff)
	}
}

// Every way of writing things that libraries use is read as the same.
func TestParse_shapes(t *testing.T) {
	for name, front := range map[string]string{
		"slug":          "relationships:\n  requires:\n  - slug: b\n    weight: 0.5",
		"id for a slug": "relationships:\n  requires:\n  - id: b\n    weight: 0.5",
		"flow":          "relationships: {requires: [{slug: b, weight: 0.5}]}",
		"one alone":     "relationships:\n  requires: {slug: b, weight: 0.5}",
		"at the top":    "classification: {domain: x}\nrequires:\n- slug: b\n  weight: 0.5",
		"tabs":          "relationships:\n\trequires:\n\t- slug: b\n\t  weight:\t0.5",
		"unbroken":      "relationships:\n\u00a0\u00a0requires:\n\u00a0\u00a0- slug:\u00a0b\n\u00a0\u00a0\u00a0\u00a0weight: 0.5",
		"alias":         "x: &w 0.5\nrelationships:\n  requires:\n  - slug: b\n    weight: *w",
	} {
		for ending, nl := range map[string]string{"lf": "\n", "crlf": "\r\n"} {
			for start, first := range map[string]string{"": "", "bom": "\ufeff"} {
				raw := first + strings.ReplaceAll("---\n"+front+"\n---\nText", "\n", nl)
				d := parsed(t, "a.md", raw)
				if len(d.Relations) != 1 || d.Relations[0].Target() != "b" || d.Relations[0].Weight.Value != 0.5 || d.Relations[0].Type != "requires" {
					t.Errorf("%s %s %s: %+v", name, ending, start, d.Relations)
				}
				if string(d.Bytes()) != raw || d.Body != "Text" {
					t.Errorf("%s %s %s: the bytes are others", name, ending, start)
				}
			}
		}
	}
	d := parsed(t, "a.md", "---\nprovenance:\n  license: X\n  contributors:\n  - name: Ines\n    role: author\n7cs_arc: [a]\n---\n")
	if d.Provenance.Licence != "X" || !slices.Equal(d.Provenance.Contributors, []string{"Ines"}) {
		t.Errorf("%+v", d.Provenance)
	}
}

// What cannot be read is said with its line and column, and the rest of a folder goes on.
func TestParse_cannot(t *testing.T) {
	for raw, want := range map[string]Place{
		"":                                {1, 1},
		"# Only text\n":                   {1, 1},
		"---\ntitle: x\n":                 {1, 1},
		"---\ntitle: x\n  y: z\n---\n":    {3, 3},
		"---\n- a\n---\n":                 {2, 1},
		"---\n---\n":                      {1, 1},
		"---\ntitle: \"a\xff\"\n---\n":    {2, 10},
		"---\na: {b: c\nd: e\n---\ntext ": {2, 1},
		"\xff\xfe-\x00-\x00-\x00":         {1, 1},
		"---\ntitle: *none\n---\n":        {2, 1},
	} {
		_, err := Parse("a.md", []byte(raw))
		var s *SyntaxError
		if !errors.As(err, &s) || s.At != want || s.File != "a.md" {
			t.Errorf("%q: %v, not at %v", raw, err, want)
		}
	}
	if _, err := Parse("a.md", append([]byte("---\na: b\n---\n"), make([]byte, MaxSize)...)); err == nil {
		t.Error("a file that is too large is read")
	}
	l, err := ReadFS(fstest.MapFS{
		"one/good.md":    {Data: board(t).Bytes()},
		"bad.md":         {Data: []byte("---\na: {\n---\n")},
		"README.md":      {Data: []byte("# Read me\n")},
		".git/x.md":      {Data: []byte("---\na: {\n---\n")},
		"notes.txt":      {Data: []byte("---\n")},
		"two/UPPER.MD":   {Data: []byte("---\nslug: upper\n---\n")},
		"two/.hidden.md": {Data: []byte("---\na: {\n---\n")},
	}, "")
	if err != nil || len(l.Documents) != 2 || len(l.Unread()) != 1 || l.Unread()[0].File != "bad.md" || l.Unread()[0].Code != Unreadable {
		t.Errorf("%v %v %v", err, l.Documents, l.Unread())
	}
}
