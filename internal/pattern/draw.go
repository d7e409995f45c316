package pattern

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Picture is what people wrote and what machines guessed, side by side and never mixed. Machines may be nil.
type Picture struct {
	Label    string // what is drawn, for those who do not see it
	People   *Graph
	Machines *Graph
}

// MostDrawn is how many patterns fit into a picture.
const MostDrawn = 400

// both are the two graphs, nil left out.
func (p Picture) both() []*Graph {
	return slices.DeleteFunc([]*Graph{p.People, p.Machines}, func(g *Graph) bool { return g == nil })
}

// nodes are the patterns that have an edge in one of the graphs.
func (p Picture) nodes() []Node {
	seen := map[string]bool{}
	var all []Node
	for _, g := range p.both() {
		for _, n := range g.Nodes {
			if !seen[n.Name] && len(g.out[n.Name])+len(g.in[n.Name]) > 0 {
				seen[n.Name] = true
				all = append(all, n)
			}
		}
	}
	slices.SortFunc(all, func(a, b Node) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// DOT writes the picture for Graphviz: what people wrote in solid lines, what machines guessed in dotted ones.
func (p Picture) DOT(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "digraph patterns {\n  label=%s;\n  node [shape=box];\n", dotted(p.Label))
	for _, n := range p.nodes() {
		more := ""
		if !n.Here {
			more = ", color=gray, fontcolor=gray"
		}
		fmt.Fprintf(&b, "  %s [label=%s%s];\n", dotted(n.Name), dotted(n.said()), more)
	}
	for i, g := range []*Graph{p.People, p.Machines} {
		if g == nil {
			continue
		}
		for _, e := range g.Edges {
			fmt.Fprintf(&b, "  %s -> %s [label=%s, style=%s];\n", dotted(e.From), dotted(e.To), dotted(e.Type), [2]string{"solid", "dotted"}[i])
		}
	}
	b.WriteString("}\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func dotted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ").Replace(s) + `"`
}

func (n Node) said() string {
	if n.Title != "" {
		return n.Title
	}
	return n.Name
}

// JSON writes both graphs, each by itself, and the communities of the one that people wrote.
func (p Picture) JSON(w io.Writer) error {
	type graph struct {
		Nodes []Node `json:"nodes"`
		Edges []Edge `json:"edges"`
	}
	out := struct {
		People      graph      `json:"people"`
		Machines    *graph     `json:"machines,omitempty"`
		Communities [][]string `json:"communities"`
	}{Communities: [][]string{}}
	some := func(g *Graph) graph { return graph{append([]Node{}, g.Nodes...), append([]Edge{}, g.Edges...)} }
	out.People = some(p.People)
	out.Communities = append(out.Communities, p.People.Communities()...)
	if p.Machines != nil {
		m := some(p.Machines)
		out.Machines = &m
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(out)
}

// A spotOf is where a pattern is drawn.
type spotOf struct{ x, y float64 }

const (
	wide = 960.0
	edge = 110.0 // room for words at the side
)

// places puts every community on a circle of its own, and those on one large circle; patterns that only machines
// relate stand together as one more.
func (p Picture) places() (map[string]spotOf, float64) {
	groups := p.People.Communities()
	in := map[string]bool{}
	for _, g := range groups {
		for _, n := range g {
			in[n] = true
		}
	}
	var rest []string
	for _, n := range p.nodes() {
		if !in[n.Name] {
			rest = append(rest, n.Name)
		}
	}
	if len(rest) > 0 {
		groups = append(groups, rest)
	}
	at := map[string]spotOf{}
	around := func(n, of int) (float64, float64) {
		turn := 2 * math.Pi * float64(n) / float64(of)
		return math.Sin(turn), -math.Cos(turn)
	}
	middle := wide / 2
	big := middle - edge
	for i, g := range groups {
		gx, gy, small := 0.0, 0.0, big
		if len(groups) > 1 {
			gx, gy = around(i, len(groups))
			small = min(big*math.Sin(math.Pi/float64(len(groups)))*0.85, big*0.5)
			gx, gy = gx*(big-small/2), gy*(big-small/2)
		}
		for j, n := range g {
			x, y := 0.0, 0.0
			if len(g) > 1 {
				x, y = around(j, len(g))
			}
			at[n] = spotOf{middle + gx + x*small*0.75, middle + gy + y*small*0.75}
		}
	}
	return at, wide
}

// SVG writes the picture: solid lines for people, dotted ones for machines, hollow dots for patterns that are only named.
// It has no style of its own beside attributes, so that any content policy lets it be. The error says that there is
// too much to draw.
func (p Picture) SVG(w io.Writer) error {
	nodes := p.nodes()
	if len(nodes) > MostDrawn {
		return fmt.Errorf("%d patterns are too many for a picture: draw what is around one of them, or fewer files; %d fit", len(nodes), MostDrawn)
	}
	at, size := p.places()
	var b strings.Builder
	n := func(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" role="img" aria-label="%s" font-family="sans-serif" font-size="10" fill="#222">`+"\n",
		n(size), n(size), html.EscapeString(p.Label))
	for i, g := range []*Graph{p.People, p.Machines} {
		if g == nil {
			continue
		}
		for _, e := range g.Edges {
			a, z := at[e.From], at[e.To]
			fmt.Fprintf(&b, `<line class="%s" x1="%s" y1="%s" x2="%s" y2="%s" stroke="#666" stroke-width="%s"%s><title>%s</title></line>`+"\n",
				[2]string{"people", "machines"}[i], n(a.x), n(a.y), n(z.x), n(z.y), n(0.5+e.Weight), [2]string{"", ` stroke-dasharray="1 4"`}[i],
				html.EscapeString(e.From+" "+e.Type+" "+e.To))
		}
	}
	for _, d := range nodes {
		fill := "#222"
		if !d.Here {
			fill = "#fff"
		}
		s := at[d.Name]
		anchor, dx := "start", 7.0
		if s.x < size/2 {
			anchor, dx = "end", -7
		}
		fmt.Fprintf(&b, `<circle cx="%s" cy="%s" r="4" fill="%s" stroke="#222"/><text x="%s" y="%s" text-anchor="%s">%s</text>`+"\n",
			n(s.x), n(s.y), fill, n(s.x+dx), n(s.y+3), anchor, html.EscapeString(short28(d.said())))
	}
	b.WriteString("</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// short28 is a title that fits beside its dot.
func short28(s string) string {
	if r := []rune(s); len(r) > 28 {
		return string(r[:27]) + "…"
	}
	return s
}
