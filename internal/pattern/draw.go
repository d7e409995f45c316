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
	Focus    string // the pattern in the middle, or none
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

// A seat is where a pattern is drawn: on the circle, turned by so much, or in the middle.
type seat struct {
	x, y, turn float64
	middle     bool
}

const (
	step   = 15.0  // between two patterns on the circle
	beside = 190.0 // for the words around it
)

// seats puts everything on one circle, community beside community with a gap between them, patterns that only machines
// relate last. It returns the middle of the picture too, which is as far from its sides.
func (p Picture) seats() (map[string]seat, float64) {
	groups := p.People.Communities()
	in := map[string]bool{p.Focus: true}
	var row []string
	for _, g := range groups {
		for _, n := range g {
			if !in[n] {
				in[n] = true
				row = append(row, n)
			}
		}
		row = append(row, "")
	}
	for _, n := range p.nodes() {
		if !in[n.Name] {
			row = append(row, n.Name)
		}
	}
	radius := max(150, float64(len(row))*step/(2*math.Pi))
	middle := radius + beside
	at := map[string]seat{p.Focus: {middle, middle, 0, true}}
	for i, n := range row {
		turn := 2 * math.Pi * float64(i) / float64(len(row))
		if n != "" {
			at[n] = seat{middle + radius*math.Sin(turn), middle - radius*math.Cos(turn), turn, false}
		}
	}
	return at, middle
}

func px(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// SVG writes the picture: solid lines for people, dotted ones for machines, hollow dots for patterns that are only named.
// It has no style of its own beside attributes, so that any content policy lets it be. The error says that there is
// too much to draw.
func (p Picture) SVG(w io.Writer) error {
	nodes := p.nodes()
	if len(nodes) > MostDrawn {
		return fmt.Errorf("%d patterns are too many for a picture: draw what is around one of them, or fewer files; %d fit", len(nodes), MostDrawn)
	}
	at, middle := p.seats()
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]s %[1]s" role="img" aria-label="%[2]s" font-family="sans-serif" font-size="10">`+"\n",
		px(2*middle), html.EscapeString(p.Label))
	for i, g := range []*Graph{p.People, p.Machines} {
		if g == nil {
			continue
		}
		for _, e := range g.Edges {
			b.WriteString(drawn(e, at[e.From], at[e.To], middle, i == 1))
		}
	}
	for _, d := range nodes {
		b.WriteString(d.drawn(at[d.Name]))
	}
	b.WriteString("</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// drawn is an edge, bent towards the middle; a machine's a little further, so that it never lies under a person's.
func drawn(e Edge, a, z seat, middle float64, machine bool) string {
	bend, class, dots := 0.55, "people", ""
	if machine {
		bend, class, dots = 0.25, "machines", ` stroke-dasharray="1 4"`
	}
	mx, my := (a.x+z.x)/2, (a.y+z.y)/2
	if a.middle || z.middle { // a straight line, and a machine's beside it
		if machine {
			mx, my = mx-(z.y-a.y)*0.08, my+(z.x-a.x)*0.08
		}
	} else {
		mx, my = middle+(mx-middle)*bend, middle+(my-middle)*bend
	}
	return fmt.Sprintf(`<path class="%s" d="M%s %sQ%s %s %s %s" fill="none" stroke="#666" stroke-width="%s"%s><title>%s</title></path>`+"\n",
		class, px(a.x), px(a.y), px(mx), px(my), px(z.x), px(z.y), px(0.5+e.Weight), dots, html.EscapeString(e.From+" "+e.Type+" "+e.To))
}

// drawn is a pattern and its title, which points away from the middle and never stands on its head.
func (n Node) drawn(s seat) string {
	fill := "#222"
	if !n.Here {
		fill = "#fff"
	}
	turn, anchor, dx := s.turn*180/math.Pi-90, "start", 8.0
	switch {
	case s.middle:
		turn, anchor = 0, "middle"
	case s.turn > math.Pi:
		turn, anchor, dx = turn+180, "end", -8
	}
	x, y := s.x+dx, s.y+3
	if s.middle {
		x, y = s.x, s.y-9
	}
	return fmt.Sprintf(`<circle cx="%[1]s" cy="%[2]s" r="4" fill="%[3]s" stroke="#222"/><text x="%[4]s" y="%[5]s" transform="rotate(%[6]s %[1]s %[2]s)" text-anchor="%[7]s" fill="#222" stroke="#fff" stroke-width="3" paint-order="stroke">%[8]s</text>`+"\n",
		px(s.x), px(s.y), fill, px(x), px(y), px(turn), anchor, html.EscapeString(fits(n.said())))
}

// fits is a title that has room beside its dot.
func fits(s string) string {
	const most = 32
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
