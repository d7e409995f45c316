package pattern

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A group is a part of the front matter, with the line that stands over it.
type group struct {
	title string
	keys  []string
}

// The groups in the order of the canonical form. What is in none of them comes last.
var groups = []group{
	{"Position", []string{"orbital_layer", "sector", "gravitational_hubs"}},
	{"Identity", []string{"id", "slug", "title", "aliases", "summary"}},
	{"Names by context", []string{"context_labels"}},
	{"What it is about", []string{"ontology", "classification"}},
	{"How far it got", []string{"lifecycle"}},
	{"Relations, written by people", []string{"relationships", "generalizes_from", "specializes_to", "enables", "requires", "related"}},
	{"Garden, written by machines", []string{"graph_garden"}},
	{"Whose work it is", []string{"provenance", "contributors", "sources", "license", "attribution"}},
}

// The order of keys inside; what is not named comes after them, in the order of the file.
var order = []string{
	"hub_id", "principle", "influence", "force",
	"typeid", "slug", "target", "id", "type", "label", "name", "role", "weight", "relevance", "source",
	"domain", "cross_domains", "commons_domain", "search_hints", "primary_tension", "vector_keywords", "commons_assessment",
	"stakeholder_architecture", "value_creation", "resilience", "ownership", "autonomy", "composability", "fractal_value",
	"vitality", "vitality_reasoning", "overall_score",
	"usage_stage", "adoption_stage", "status", "version", "confidence",
	"generalizes_from", "specializes_to", "manifests_as", "enables", "requires", "alternatives", "complementary", "related", "tools",
	"last_pruned", "entities", "communities", "inferred_links", "strength", "reason", "description",
}

const ruler = "# ───────────────────────────────────────────────────────────────"

// Format brings the front matter into one form: groups and keys in one order, two spaces, texts in double quotes
// where they need them, long ones folded, the version as text, line ends as in the first line of the file. Comments stay with
// what they stand at, but for the lines over groups, which are written anew. The text below, and what every field
// says, stay as they are; that is read again before it is returned. A document that is in form comes back as it is.
func (d *Document) Format() (*Document, error) {
	if len(d.twice) > 0 {
		return nil, fmt.Errorf("%s:%d: %q stands twice: take one of them out first", d.File, d.place(d.twice[0]).Line, d.twice[0].Value)
	}
	if shared(d.root) {
		return nil, fmt.Errorf("%s: the front matter uses anchors, which have no canonical form: write out what they stand for", d.File)
	}
	var f former
	f.top(d.root)
	text := f.String()
	if nl := d.newline(); nl != "\n" {
		text = strings.ReplaceAll(text, "\n", nl)
	}
	raw := make([]byte, 0, len(d.raw)+len(text))
	raw = append(raw, d.raw[:d.front.from]...)
	raw = append(raw, text...)
	raw = append(raw, d.raw[d.front.to:]...)
	after, err := Parse(d.File, raw)
	if err != nil {
		return nil, fmt.Errorf("%s: has no canonical form: %w", d.File, err)
	}
	if after.Body != d.Body || !says(d.root, after.root) {
		return nil, fmt.Errorf("%s: has no canonical form that says the same: bring it into form by hand", d.File)
	}
	return after, nil
}

// shared reports whether a tree has anchors or aliases.
func shared(n *yaml.Node) bool {
	return n.Anchor != "" || n.Kind == yaml.AliasNode || slices.ContainsFunc(n.Content, shared)
}

// says reports whether two trees say the same, the order of keys and the quotes of versions aside.
func says(a, b *yaml.Node) bool {
	if a.Kind != b.Kind || len(a.Content) != len(b.Content) {
		return false
	}
	switch a.Kind {
	case yaml.ScalarNode:
		if a.Tag == "!!null" || b.Tag == "!!null" {
			return a.Tag == b.Tag
		}
		return strings.TrimRight(a.Value, "\n") == strings.TrimRight(b.Value, "\n")
	case yaml.MappingNode:
		for i := 0; i+1 < len(a.Content); i += 2 {
			k := slices.IndexFunc(b.Content, func(n *yaml.Node) bool { return n.Value == a.Content[i].Value })
			for ; k >= 0 && (k%2 == 1 || b.Content[k].Value != a.Content[i].Value); k++ {
				if k == len(b.Content)-1 {
					return false
				}
			}
			if k < 0 || !says(a.Content[i+1], b.Content[k+1]) {
				return false
			}
		}
		return true
	}
	for i := range a.Content {
		if !says(a.Content[i], b.Content[i]) {
			return false
		}
	}
	return true
}

// A former writes a tree.
type former struct{ strings.Builder }

// An entry is a key and its value.
type entry struct{ key, value *yaml.Node }

func entries(n *yaml.Node) []entry {
	all := make([]entry, 0, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		all = append(all, entry{n.Content[i], n.Content[i+1]})
	}
	return all
}

func (f *former) top(root *yaml.Node) {
	left := entries(root)
	write := func(title string, own []entry) {
		if len(own) == 0 {
			return
		}
		if f.Len() > 0 {
			f.WriteByte('\n')
		}
		f.WriteString(ruler + "\n# " + title + "\n" + ruler + "\n")
		for _, e := range own {
			f.entry(e, 0)
		}
	}
	for _, g := range groups {
		var own []entry
		for _, k := range g.keys {
			left = slices.DeleteFunc(left, func(e entry) bool {
				if e.key.Value == k {
					own = append(own, e)
				}
				return e.key.Value == k
			})
		}
		write(g.title, own)
	}
	write("More", left)
	f.comment(root.FootComment, 0)
}

func (f *former) entry(e entry, deep int) {
	f.comment(e.key.HeadComment, deep)
	f.comment(e.value.HeadComment, deep)
	f.WriteString(strings.Repeat(" ", deep) + plain(e.key.Value, true) + ":")
	f.value(e, deep)
	f.comment(e.value.FootComment, deep)
	f.comment(e.key.FootComment, deep)
}

// value writes what stands after the colon, up to the end of the line.
func (f *former) value(e entry, deep int) {
	v := e.value
	switch {
	case v.Kind == yaml.MappingNode && len(v.Content) > 0:
		f.end(e.key, v)
		f.mapping(v, deep+2)
	case v.Kind == yaml.SequenceNode && len(v.Content) > 0 && !short(v):
		f.end(e.key, v)
		f.list(v, deep+2)
	case v.Kind == yaml.ScalarNode && v.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 && foldable(v.Value):
		f.folded(v, deep+2)
	default:
		if t := f.one(e.key.Value, v); t != "" {
			f.WriteString(" " + t)
		}
		f.end(e.key, v)
	}
}

// end ends a line with the comments that stood at its end.
func (f *former) end(nodes ...*yaml.Node) {
	for _, n := range nodes {
		if n.LineComment != "" {
			f.WriteString(" " + n.LineComment)
		}
	}
	f.WriteByte('\n')
}

func (f *former) mapping(n *yaml.Node, deep int) {
	all := entries(n)
	slices.SortStableFunc(all, func(a, b entry) int { return rank(a.key.Value) - rank(b.key.Value) })
	for _, e := range all {
		f.entry(e, deep)
	}
}

func rank(key string) int {
	if i := slices.Index(order, key); i >= 0 {
		return i
	}
	return len(order)
}

func (f *former) list(n *yaml.Node, deep int) {
	for _, v := range n.Content {
		f.comment(v.HeadComment, deep)
		if v.Kind == yaml.MappingNode && len(v.Content) > 0 {
			var inner former
			inner.mapping(v, deep+2)
			set := strings.Repeat(" ", deep)
			lines := strings.SplitAfter(inner.String(), "\n")
			first := slices.IndexFunc(lines, func(l string) bool { return !strings.HasPrefix(strings.TrimSpace(l), "#") })
			lines[first] = set + "- " + lines[first][deep+2:]
			f.WriteString(strings.Join(lines, ""))
		} else {
			f.WriteString(strings.Repeat(" ", deep) + "- " + f.one("", v))
			f.end(v)
		}
		f.comment(v.FootComment, deep)
	}
}

// one is a value on one line.
func (f *former) one(key string, n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		var all []string
		for _, e := range entries(n) {
			all = append(all, plain(e.key.Value, true)+": "+f.one(e.key.Value, e.value))
		}
		return "{" + strings.Join(all, ", ") + "}"
	case yaml.SequenceNode:
		var all []string
		for _, v := range n.Content {
			all = append(all, f.one("", v))
		}
		return "[" + strings.Join(all, ", ") + "]"
	}
	switch {
	case n.Tag == "!!null":
		return ""
	case key == "version":
		return quoted(n.Value)
	case n.Tag == "!!str" && (key == "title" || key == "label" || key == "reason" || key == "attribution" || key == "primary_tension"):
		return quoted(n.Value)
	case n.Tag == "!!str":
		return plain(n.Value, false)
	}
	return n.Value
}

// short reports whether a list fits on one line: words and numbers only, without comments.
func short(n *yaml.Node) bool {
	width := 0
	for _, v := range n.Content {
		if v.Kind != yaml.ScalarNode || v.HeadComment+v.LineComment+v.FootComment != "" || v.Tag == "!!null" {
			return false
		}
		width += len(v.Value) + 4
	}
	return width <= 80
}

// foldable reports whether folding lines of a text gives the same text again.
func foldable(s string) bool {
	s = strings.TrimRight(s, "\n")
	return s != "" && printable(strings.ReplaceAll(s, "\n", "")) && !strings.Contains(s, "\n ") && !strings.Contains(s, " \n") &&
		!strings.Contains(s, "  ") && !strings.HasPrefix(s, " ") && !strings.HasSuffix(s, " ") && !strings.HasPrefix(s, "\n")
}

func (f *former) folded(n *yaml.Node, deep int) {
	f.WriteString(" >-")
	f.end(n)
	for _, l := range folded(strings.TrimRight(n.Value, "\n"), 88-deep) {
		if l != "" {
			f.WriteString(strings.Repeat(" ", deep) + l)
		}
		f.WriteByte('\n')
	}
}

var overGroup = regexp.MustCompile(`^#\s*([═─=\-_*#~]{3,}|GROUP \d.*)?\s*$`)

// comment writes the lines of a comment, but for those that stood over a group.
func (f *former) comment(text string, deep int) {
	if text == "" {
		return
	}
	titles := make(map[string]bool, len(groups)+1)
	for _, g := range append(groups, group{title: "More"}) {
		titles["# "+g.title] = true
	}
	for _, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l == "" || overGroup.MatchString(l) || deep == 0 && titles[l] {
			continue
		}
		f.WriteString(strings.Repeat(" ", deep) + l + "\n")
	}
}
