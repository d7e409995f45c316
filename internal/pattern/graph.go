package pattern

import (
	"cmp"
	"maps"
	"slices"
)

// A Graph is patterns and edges of one origin: all written by people, or all guessed by machines.
type Graph struct {
	Nodes []Node // by name
	Edges []Edge // by from, type and to
	out   map[string][]Edge
	in    map[string][]Edge
}

// A Node is a pattern, of this library or only named in it.
type Node struct {
	Name  string `json:"name"` // the slug, or the id of what is only known by that
	Title string `json:"title,omitempty"`
	Here  bool   `json:"here"` // false: not in this library
}

// An Edge leads from the pattern in whose document it stands.
type Edge struct {
	From   string  `json:"from"`
	To     string  `json:"to"`
	Type   string  `json:"type,omitempty"`
	Weight float64 `json:"weight"` // 0 to 1; 0 where none was written
}

// People is the graph that people wrote. Hubs and tools are in it: somebody named them.
func (l *Library) People() *Graph {
	var all []Edge
	for _, d := range l.Documents {
		for _, r := range d.Relations {
			if t := r.Target(); t != "" {
				all = append(all, Edge{l.name(d), l.called(t, r.ID), r.Type, r.Weight.Value})
			}
		}
		for _, h := range d.Position.Hubs {
			if h.Target != "" {
				all = append(all, Edge{l.name(d), l.called(h.Target), "hub", h.Influence.Value})
			}
		}
	}
	return l.graph(all)
}

// Machines is the graph that machines guessed. The weight is how sure they were, a strength as its fifth.
func (l *Library) Machines() *Graph {
	var all []Edge
	for _, d := range l.Documents {
		for _, k := range d.Garden.Links {
			if k.Target == "" {
				continue
			}
			weight := k.Confidence.Value
			if !k.Confidence.Given {
				weight = k.Strength.Value / 5
			}
			all = append(all, Edge{l.name(d), l.called(k.Target), k.Type, weight})
		}
	}
	return l.graph(all)
}

// name is what a document is called in a graph.
func (l *Library) name(d *Document) string { return cmp.Or(d.Slug, d.ID, d.File) }

// called is what the first of some names that is in the library is called, or the first.
func (l *Library) called(names ...string) string {
	for _, n := range names {
		if d := l.Find(n); n != "" && d != nil {
			return l.name(d)
		}
	}
	return names[0]
}

func (l *Library) graph(edges []Edge) *Graph {
	nodes := map[string]Node{}
	for _, d := range l.Documents {
		nodes[l.name(d)] = Node{l.name(d), d.Title, true}
	}
	for _, e := range edges {
		if _, ok := nodes[e.To]; !ok {
			nodes[e.To] = Node{Name: e.To}
		}
	}
	return newGraph(slices.Collect(maps.Values(nodes)), edges)
}

func newGraph(nodes []Node, edges []Edge) *Graph {
	g := &Graph{Nodes: nodes, Edges: edges, out: map[string][]Edge{}, in: map[string][]Edge{}}
	slices.SortFunc(g.Nodes, func(a, b Node) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(g.Edges, func(a, b Edge) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Type, b.Type), cmp.Compare(a.To, b.To), cmp.Compare(a.Weight, b.Weight))
	})
	for _, e := range g.Edges {
		g.out[e.From], g.in[e.To] = append(g.out[e.From], e), append(g.in[e.To], e)
	}
	return g
}

// Neighbours are the edges that start or end at a pattern, of some types or of all, the heaviest first.
func (g *Graph) Neighbours(name string, types ...string) []Edge {
	var all []Edge
	for _, e := range slices.Concat(g.out[name], g.in[name]) {
		if len(types) == 0 || slices.Contains(types, e.Type) {
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(a, b Edge) int { return cmp.Compare(b.Weight, a.Weight) })
	return all
}

// Path is the fewest edges that lead from one pattern to another, whichever way they point, or nil where none do.
// From a pattern to itself it is empty.
func (g *Graph) Path(from, to string) []Edge {
	if from == to {
		return []Edge{}
	}
	type step struct {
		edge Edge
		from string
	}
	came := map[string]step{from: {}}
	for rest := []string{from}; len(rest) > 0; rest = rest[1:] {
		at := rest[0]
		for _, e := range slices.Concat(g.out[at], g.in[at]) {
			next := e.other(at)
			if _, seen := came[next]; seen {
				continue
			}
			came[next] = step{e, at}
			rest = append(rest, next)
		}
	}
	if _, ok := came[to]; !ok {
		return nil
	}
	var all []Edge
	for at := to; at != from; at = came[at].from {
		all = append(all, came[at].edge)
	}
	slices.Reverse(all)
	return all
}

// other is the end of an edge that is not the one named.
func (e Edge) other(end string) string {
	if e.To == end {
		return e.From
	}
	return e.To
}

// Around is the part of a graph within some steps of a pattern.
func (g *Graph) Around(name string, far int) *Graph {
	near := map[string]bool{name: true}
	for range far {
		var more []string
		for n := range near {
			for _, e := range g.out[n] {
				more = append(more, e.To)
			}
			for _, e := range g.in[n] {
				more = append(more, e.From)
			}
		}
		for _, n := range more {
			near[n] = true
		}
	}
	return newGraph(
		slices.DeleteFunc(slices.Clone(g.Nodes), func(n Node) bool { return !near[n.Name] }),
		slices.DeleteFunc(slices.Clone(g.Edges), func(e Edge) bool { return !near[e.From] || !near[e.To] }))
}
