package pattern

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Parse reads one document. The error is a [*SyntaxError]: there is no front matter, or it is
// no YAML. Everything else that may be wrong is for [Check] to say.
func Parse(file string, raw []byte) (*Document, error) {
	d := &Document{File: file, raw: raw}
	front, body, err := split(raw)
	if err != nil {
		return nil, named(file, err)
	}
	d.front, d.Body = front, string(raw[body:])
	text, mends := mended(string(raw[front.from:front.to]), 2)
	d.mended = mends
	var top yaml.Node
	if err := yaml.Unmarshal([]byte(text), &top); err != nil {
		return nil, &SyntaxError{file, d.complaint(text, err), reason(err)}
	}
	if len(top.Content) == 0 {
		return nil, &SyntaxError{file, Place{1, 1}, "the front matter is empty"}
	}
	d.root = top.Content[0]
	if d.root.Kind != yaml.MappingNode {
		return nil, &SyntaxError{file, d.place(d.root), "the front matter is no list of keys with values"}
	}
	d.twice = twice(d.root, nil)
	d.read()
	d.readBody(2 + strings.Count(text, "\n"))
	return d, nil
}

func named(file string, err error) error {
	if s, ok := err.(*SyntaxError); ok {
		s.File = file
	}
	return err
}

var (
	yamlLine = regexp.MustCompile(`line (\d+)`)
	yamlHead = regexp.MustCompile(`^yaml: (unmarshal errors:\s*)?(line \d+: )?`)
)

// complaint is where YAML stopped: the parser names a line, and its first word is as near as can be said.
func (d *Document) complaint(text string, err error) Place {
	m := yamlLine.FindStringSubmatch(err.Error())
	if m == nil {
		return Place{2, 1}
	}
	n, _ := strconv.Atoi(m[1])
	lines := strings.Split(text, "\n")
	if n < 1 || n > len(lines) {
		return Place{n + 1, 1}
	}
	l := lines[n-1]
	return Place{n + 1, 1 + utf8.RuneCountInString(l) - utf8.RuneCountInString(strings.TrimLeft(l, " "))}
}

func reason(err error) string {
	return "the front matter is no YAML: " + yamlHead.ReplaceAllString(err.Error(), "")
}

// twice collects the keys that stand a second time in their mapping.
func twice(n *yaml.Node, found []*yaml.Node) []*yaml.Node {
	if n.Kind == yaml.MappingNode {
		seen := make(map[string]bool, len(n.Content)/2)
		for i := 0; i < len(n.Content); i += 2 {
			if k := n.Content[i].Value; seen[k] {
				found = append(found, n.Content[i])
			} else {
				seen[k] = true
			}
		}
	}
	for _, c := range n.Content {
		found = twice(c, found)
	}
	return found
}

// place is where a node stands in the file: its first line is that of the dashes.
func (d *Document) place(n *yaml.Node) Place { return Place{n.Line + 1, max(n.Column, 1)} }

// read fills the fields from the front matter.
func (d *Document) read() {
	top := d.root
	d.ID, d.Slug, d.Title = str(top, "id"), str(top, "slug"), str(top, "title")
	d.Aliases, d.Summary = strs(get(top, "aliases")), str(top, "summary")
	if labels := get(top, "context_labels"); labels != nil && labels.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(labels.Content); i += 2 {
			if t := text(labels.Content[i+1]); t != "" {
				d.Labels = append(d.Labels, Label{labels.Content[i].Value, t})
			}
		}
	}
	d.Position = Position{Layer: num(top, "orbital_layer"), Sector: str(top, "sector")}
	for i, h := range items(get(top, "gravitational_hubs")) {
		hub := Hub{Target: first(h, "hub_id", "slug", "id"), Influence: num(h, "influence"), path: at("gravitational_hubs", i)}
		d.Position.Hubs = append(d.Position.Hubs, hub)
	}
	if get(top, "classification") != nil && get(top, "ontology") == nil {
		d.Generation = Classified
	}
	d.readOntology()
	d.readRelations()
	d.readGarden()
	d.readProvenance()
}

func (d *Document) readOntology() {
	top := d.root
	if d.Generation == Classified {
		c := get(top, "classification")
		d.Ontology = Ontology{Domain: str(c, "domain"), CrossDomains: strs(get(c, "category")), CommonsDomains: strs(get(c, "commons_domain"))}
		d.Lifecycle = Lifecycle{Status: str(c, "status"), Version: str(top, "version")}
		return
	}
	o, l := get(top, "ontology"), get(top, "lifecycle")
	hints := get(o, "search_hints")
	d.Ontology = Ontology{Domain: str(o, "domain"), CrossDomains: strs(get(o, "cross_domains")),
		CommonsDomains: strs(get(o, "commons_domain")), Tension: str(hints, "primary_tension"), Keywords: strs(get(hints, "vector_keywords"))}
	a := get(o, "commons_assessment")
	d.Ontology.Overall, d.Ontology.Why = num(a, "overall_score"), str(a, "vitality_reasoning")
	for _, dimension := range Dimensions {
		if n := num(a, dimension); n.Given {
			d.Ontology.Scores = append(d.Ontology.Scores, Score{dimension, n})
		}
	}
	d.Lifecycle = Lifecycle{Usage: str(l, "usage_stage"), Adoption: str(l, "adoption_stage"), Status: str(l, "status"),
		Version: str(l, "version"), Confidence: num(l, "confidence")}
}

func (d *Document) readRelations() {
	at, where := d.root, ""
	if d.Generation == Grouped {
		at, where = get(d.root, "relationships"), "relationships."
	}
	if at == nil || at.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(at.Content); i += 2 {
		kind := at.Content[i].Value
		if d.Generation == Classified && !slices.Contains(RelationTypes, kind) {
			continue
		}
		for j, n := range items(at.Content[i+1]) {
			d.Relations = append(d.Relations, relation(kind, n, fmt.Sprintf("%s%s[%d]", where, kind, j)))
		}
	}
}

// relation reads an edge in whichever way it is written: a slug or an id alone, or keys.
func relation(kind string, n *yaml.Node, path string) Relation {
	r := Relation{Type: kind, path: path}
	if n.Kind == yaml.ScalarNode {
		r.Slug = text(n)
	} else {
		r.Slug, r.ID = first(n, "slug", "id", "target"), str(n, "typeid")
		r.Weight, r.Note, r.Kind = num(n, "weight"), str(n, "description"), str(n, "type")
	}
	if strings.HasPrefix(r.Slug, "pat_") {
		if r.ID == "" {
			r.ID = r.Slug
		}
		r.Slug = ""
	}
	return r
}

func (d *Document) readGarden() {
	g := get(d.root, "graph_garden")
	d.Garden.Pruned = str(g, "last_pruned")
	for i, n := range items(get(g, "entities")) {
		e := Entity{Label: text(n), path: at("graph_garden.entities", i)}
		if n.Kind == yaml.MappingNode {
			e.ID, e.Type, e.Label, e.Relevance = str(n, "id"), str(n, "type"), first(n, "label", "name"), num(n, "relevance")
		}
		d.Garden.Entities = append(d.Garden.Entities, e)
	}
	for i, n := range items(get(g, "communities")) {
		c := Community{ID: text(n), path: at("graph_garden.communities", i)}
		if n.Kind == yaml.MappingNode {
			c.ID, c.Label, c.Source, c.Confidence = str(n, "id"), first(n, "label", "name"), str(n, "source"), num(n, "confidence")
		}
		d.Garden.Communities = append(d.Garden.Communities, c)
	}
	for i, n := range items(get(g, "inferred_links")) {
		l := Link{Target: text(n), path: at("graph_garden.inferred_links", i)}
		if n.Kind == yaml.MappingNode {
			l.Target, l.Type, l.Reason = first(n, "target", "slug", "id", "typeid"), str(n, "type"), str(n, "reason")
			l.Confidence, l.Strength = num(n, "confidence"), num(n, "strength")
		}
		d.Garden.Links = append(d.Garden.Links, l)
	}
}

func (d *Document) readProvenance() {
	top, inner := d.root, get(d.root, "provenance")
	either := func(key string) *yaml.Node {
		if n := get(top, key); n != nil && (n.Kind != yaml.ScalarNode || text(n) != "") {
			return n
		}
		return get(inner, key)
	}
	p := &d.Provenance
	p.Contributors, p.Sources = names(either("contributors")), names(either("sources"))
	p.Licence, p.Attribution = text(either("license")), text(either("attribution"))
	if p.Licence == "" {
		p.Licence = text(either("licence"))
	}
}

// names reads people or sources, written alone or as keys.
func names(n *yaml.Node) []string {
	var all []string
	for _, item := range items(n) {
		name := text(item)
		if item.Kind == yaml.MappingNode {
			name = first(item, "name", "title", "url", "id")
		}
		if name != "" {
			all = append(all, name)
		}
	}
	return all
}

// get is the value of a key. Asked of nothing, or of what has no keys, it is nothing.
func get(n *yaml.Node, key string) *yaml.Node {
	n = meant(n)
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return meant(n.Content[i+1])
		}
	}
	return nil
}

// meant is what an alias stands for.
func meant(n *yaml.Node) *yaml.Node {
	if n != nil && n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

func text(n *yaml.Node) string {
	if n = meant(n); n == nil || n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		return ""
	}
	return strings.TrimSpace(n.Value)
}

func str(n *yaml.Node, key string) string { return text(get(n, key)) }

// first is the first of some keys that says something.
func first(n *yaml.Node, keys ...string) string {
	if n = meant(n); n != nil && n.Kind == yaml.ScalarNode {
		return text(n)
	}
	for _, k := range keys {
		if s := str(n, k); s != "" {
			return s
		}
	}
	return ""
}

// items are the entries of a list; something that stands alone where a list should be is its one entry.
func items(n *yaml.Node) []*yaml.Node {
	switch n = meant(n); {
	case n == nil || n.Tag == "!!null":
		return nil
	case n.Kind == yaml.SequenceNode:
		all := make([]*yaml.Node, 0, len(n.Content))
		for _, c := range n.Content {
			all = append(all, meant(c))
		}
		return all
	}
	return []*yaml.Node{n}
}

func strs(n *yaml.Node) []string {
	var all []string
	for _, item := range items(n) {
		if t := text(item); t != "" {
			all = append(all, t)
		}
	}
	return all
}

func num(n *yaml.Node, key string) Number {
	v := get(n, key)
	if v == nil || v.Tag == "!!null" {
		return Number{}
	}
	out := Number{Text: text(v), Given: true}
	f, err := strconv.ParseFloat(out.Text, 64)
	out.Value, out.Valid = f, err == nil && f-f == 0 // neither infinite nor no number
	return out
}

func at(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }
