// Package plot draws pictures as SVG. It knows shares, hours and curves, and no
// words: every text comes in as it is to be read. A picture on a page takes its colours
// from the stylesheet, by class; as a file it brings its own.
package plot

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
)

// Picture is a drawing with a name for whoever does not see it. Lengths are units of
// its own, 360 across.
type Picture struct {
	Label  string
	height float64
	body   strings.Builder
}

const width = 360

// SVG is the picture for a page.
func (p *Picture) SVG() template.HTML {
	return template.HTML(p.open(`class="plot"`) + p.body.String() + "</svg>")
}

// File is the picture by itself.
func (p *Picture) File() []byte {
	body := p.body.String()
	for class, look := range looks {
		body = strings.ReplaceAll(body, `class="`+class+`"`, look)
	}
	return []byte(p.open(`xmlns="http://www.w3.org/2000/svg" font-family="sans-serif" font-size="13" fill="#596178"`) +
		`<rect width="100%" height="100%" fill="#fff"/>` + body + "</svg>\n")
}

// looks are the light colours of the stylesheet, for a file that has none.
var looks = map[string]string{
	"grid": `stroke="#d2d8dc"`, "axis-line": `stroke="#7a8296"`, "ci": `stroke="#2b3f92" stroke-width="2" stroke-opacity=".45" stroke-linecap="round"`,
	"ci wide": `stroke="#2b3f92" stroke-width="8" stroke-opacity=".45" stroke-linecap="round"`, "pt": `fill="#2b3f92"`,
	"pt ring": `fill="#fff" stroke="#2b3f92" stroke-width="2.4"`, "t2": `fill="#161c33" font-weight="600"`, "good": `fill="#28603f"`,
	"hollow": `fill="none" stroke="#7a8296" stroke-width="1.5"`, "band": `fill="#2b3f92" fill-opacity=".13"`, "ln": `fill="none" stroke="#2b3f92" stroke-width="2"`,
	"mad": `stroke="#9c2a36" stroke-width="2.2" stroke-linecap="round"`, "zone": `fill="#dff0e5"`, "zone pale": `fill="#dff0e5" fill-opacity=".4"`,
	"aim": `stroke="#28603f" stroke-width="1.5"`, "aim-text": `fill="#28603f" font-weight="600"`,
	"run": `stroke="#2b3f92" stroke-width="3" stroke-dasharray="7 5" stroke-linecap="round"`,
}

func (p *Picture) open(attributes string) string {
	return fmt.Sprintf(`<svg %s viewBox="0 0 %d %s" role="img" aria-label="%s">`, attributes, width, n(p.height), template.HTMLEscapeString(p.Label))
}

// n is a length, to a tenth.
func n(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

func (p *Picture) line(class string, x1, y1, x2, y2 float64) {
	fmt.Fprintf(&p.body, `<line class="%s" x1="%s" y1="%s" x2="%s" y2="%s"/>`, class, n(x1), n(y1), n(x2), n(y2))
}

func (p *Picture) dot(class string, x, y, r float64) {
	fmt.Fprintf(&p.body, `<circle class="%s" cx="%s" cy="%s" r="%s"/>`, class, n(x), n(y), n(r))
}

func (p *Picture) box(class string, x, y, w, h float64) {
	fmt.Fprintf(&p.body, `<rect class="%s" x="%s" y="%s" width="%s" height="%s" rx="3"/>`, class, n(x), n(y), n(w), n(h))
}

func (p *Picture) path(class, d string) { fmt.Fprintf(&p.body, `<path class="%s" d="%s"/>`, class, d) }

// text writes words; its anchor is start, middle or end.
func (p *Picture) text(class, anchor string, x, y float64, words string) {
	if class != "" {
		class = ` class="` + class + `"`
	}
	fmt.Fprintf(&p.body, `<text%s text-anchor="%s" x="%s" y="%s">%s</text>`, class, anchor, n(x), n(y), template.HTMLEscapeString(words))
}
