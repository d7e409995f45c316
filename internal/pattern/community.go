package pattern

import (
	"cmp"
	"slices"
)

// Communities are groups of patterns that have more to do with each other than with the rest, the largest first, each by
// name. Patterns without an edge are in none. They are found by moving one pattern after the other to where the modularity
// of the whole grows most, then groups in the same way, until nothing moves (V. D. Blondel and others, Fast unfolding of
// communities in large networks, 2008). The order is that of the names, so the same graph has the same communities.
func (g *Graph) Communities() [][]string {
	names, links := g.undirected()
	group := make([]int, len(names)) // of every pattern
	for i := range group {
		group[i] = i
	}
	for {
		moved, of := settle(links)
		for i := range group {
			group[i] = of[group[i]]
		}
		if !moved {
			break
		}
		links = merged(links, of)
	}
	found := map[int][]string{}
	for i, n := range names {
		found[group[i]] = append(found[group[i]], n)
	}
	var all [][]string
	for _, f := range found {
		slices.Sort(f)
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b []string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a[0], b[0])) })
	return all
}

// undirected is the graph without directions and types: for every pattern with an edge, how strongly it is bound to
// which. An edge without a weight counts as one half.
func (g *Graph) undirected() ([]string, []map[int]float64) {
	var names []string
	number := map[string]int{}
	for _, n := range g.Nodes {
		if len(g.out[n.Name])+len(g.in[n.Name]) > 0 {
			number[n.Name] = len(names)
			names = append(names, n.Name)
		}
	}
	links := make([]map[int]float64, len(names))
	for i := range links {
		links[i] = map[int]float64{}
	}
	for _, e := range g.Edges {
		w := e.Weight
		if w <= 0 {
			w = 0.5
		}
		a, b := number[e.From], number[e.To]
		links[a][b] += w
		links[b][a] += w
	}
	return names, links
}

// settle moves nodes between groups until none gains by it, and numbers the groups anew.
func settle(links []map[int]float64) (moved bool, group []int) {
	n := len(links)
	group = make([]int, n)
	degree, held := make([]float64, n), make([]float64, n)
	var all float64
	for i, l := range links {
		group[i] = i
		for _, j := range keys(l) {
			degree[i] += l[j]
		}
		held[i] = degree[i]
		all += degree[i]
	}
	for again := true; again && all > 0; {
		again = false
		for i, l := range links {
			bound := map[int]float64{}
			for _, j := range keys(l) {
				if j != i {
					bound[group[j]] += l[j]
				}
			}
			held[group[i]] -= degree[i]
			best, gain := group[i], bound[group[i]]-held[group[i]]*degree[i]/all
			for _, c := range keys(bound) {
				if v := bound[c] - held[c]*degree[i]/all; v > gain+1e-12 {
					best, gain = c, v
				}
			}
			held[best] += degree[i]
			if best != group[i] {
				group[i], again, moved = best, true, true
			}
		}
	}
	number := map[int]int{}
	for i, g := range group {
		if _, ok := number[g]; !ok {
			number[g] = len(number)
		}
		group[i] = number[g]
	}
	return moved, group
}

// merged is the graph in which every group is one node.
func merged(links []map[int]float64, group []int) []map[int]float64 {
	out := make([]map[int]float64, slices.Max(group)+1)
	for i := range out {
		out[i] = map[int]float64{}
	}
	for i, l := range links {
		for _, j := range keys(l) {
			out[group[i]][group[j]] += l[j]
		}
	}
	return out
}

func keys(m map[int]float64) []int {
	all := make([]int, 0, len(m))
	for k := range m {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}
