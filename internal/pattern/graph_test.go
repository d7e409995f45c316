package pattern

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func small(t *testing.T) *Library {
	t.Helper()
	var all []*Document
	for name, front := range map[string]string{
		"a": "id: pat_a\ntitle: A\nrelationships:\n  requires: [b]\n  enables:\n  - {typeid: pat_c, slug: renamed, weight: 0.9}\ngraph_garden:\n  inferred_links:\n  - {target: d, confidence: 0.8, type: enables}",
		"b": "id: pat_b\ntitle: B\naliases: [Bee]\nrelationships:\n  complementary:\n  - {slug: gone, weight: 0.3}",
		"c": "id: pat_c\ntitle: C",
		"d": "id: pat_d\ntitle: D\nrelationships:\n  requires: [bee]\ngraph_garden:\n  inferred_links:\n  - {target: c, strength: 4}",
	} {
		all = append(all, parsed(t, name+".md", "---\nslug: "+name+"\n"+front+"\n---\n"))
	}
	return NewLibrary(all...)
}

func TestGraph(t *testing.T) {
	people, machines := small(t).People(), small(t).Machines()
	want := []Edge{{"a", "c", "enables", 0.9}, {"a", "b", "requires", 0}, {"b", "gone", "complementary", 0.3}, {"d", "b", "requires", 0}}
	if diff := cmp.Diff(want, people.Edges); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Edge{{"a", "d", "enables", 0.8}, {"d", "c", "", 0.8}}, machines.Edges); diff != "" {
		t.Error(diff)
	}
	if n := people.Nodes[slices.IndexFunc(people.Nodes, func(n Node) bool { return n.Name == "gone" })]; n.Here {
		t.Error("what is not there is here")
	}
	if got := people.Neighbours("b", "requires"); len(got) != 2 {
		t.Errorf("%v", got)
	}
	if got := people.Path("c", "d"); len(got) != 3 || got[0].To != "c" || got[2].From != "d" {
		t.Errorf("the way from c to d: %v", got)
	}
	if got := people.Path("c", "nowhere"); got != nil {
		t.Errorf("a way to nowhere: %v", got)
	}
	if got := people.Path("a", "a"); got == nil || len(got) > 0 {
		t.Errorf("%v", got)
	}
	if near := people.Around("a", 1); len(near.Nodes) != 3 || len(near.Edges) != 2 {
		t.Errorf("around a: %v %v", near.Nodes, near.Edges)
	}
}

// planted is a graph of groups with many edges inside and few between.
func planted(groups, size, between int) *Graph {
	r := rand.New(rand.NewPCG(3, 4))
	var nodes []Node
	var edges []Edge
	name := func(g, i int) string { return fmt.Sprintf("g%02d-%02d", g, i) }
	for g := range groups {
		for i := range size {
			nodes = append(nodes, Node{Name: name(g, i), Here: true})
			for j := range i {
				if r.IntN(3) > 0 {
					edges = append(edges, Edge{name(g, i), name(g, j), "requires", 0.8})
				}
			}
		}
	}
	for range between {
		edges = append(edges, Edge{name(r.IntN(groups), r.IntN(size)), name(r.IntN(groups), r.IntN(size)), "enables", 0.5})
	}
	return newGraph(nodes, edges)
}

func TestCommunities(t *testing.T) {
	found := planted(8, 12, 25).Communities()
	if len(found) != 8 {
		t.Fatalf("%d communities of 8", len(found))
	}
	for _, f := range found {
		for _, n := range f {
			if !strings.HasPrefix(n, f[0][:3]) {
				t.Errorf("%s is with %s", n, f[0])
			}
		}
	}
	if again := planted(8, 12, 25).Communities(); !slices.EqualFunc(found, again, slices.Equal[[]string]) {
		t.Error("the same graph has other communities")
	}
	if got := planted(8, 12, 3000).Communities(); len(got) == 8 { // the control: where there are none
		t.Error("groups are found where everything is tied to everything")
	}
	if got := newGraph([]Node{{Name: "alone"}}, nil).Communities(); len(got) > 0 {
		t.Errorf("%v", got)
	}
}

func TestCompare(t *testing.T) {
	var said []string
	for _, c := range Compare(board(t)) {
		said = append(said, fmt.Sprintf("%s%s%v", c.Link.Target, c.Types, c.Agrees))
	}
	if diff := cmp.Diff([]string{"poka-yoke[generalizes_from]false", "weekly-walk[complementary]true"}, said); diff != "" {
		t.Error(diff)
	}
}
