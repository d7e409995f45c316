package prose

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// rel keeps what a link opens from reaching back, and from learning whence.
const rel = "noopener noreferrer nofollow"

var relOnly = regexp.MustCompile("^" + rel + "$")

func tableRenderer() renderer.Option {
	return renderer.WithNodeRenderers(util.Prioritized(
		extension.NewTableHTMLRenderer(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), 500))
}

// tame rewrites what a page of ours must not show as it was written, and
// returns how many bytes the targets of all links take: many links may share
// one long target.
func tame(doc ast.Node, source []byte) (targets int) {
	var nodes []ast.Node
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			nodes = append(nodes, n)
		}
		return ast.WalkContinue, nil
	})
	var levels []int
	for _, n := range nodes {
		switch n := n.(type) {
		case *ast.Heading:
			levels = deeper(levels, n)
		case *ast.Link:
			targets += len(n.Destination)
			n.Title = nil
			tameLink(n, n.Destination)
		case *ast.Image:
			targets += len(n.Destination)
			tameImage(n)
		case *ast.AutoLink:
			if n.AutoLinkType == ast.AutoLinkURL && !elsewhere(n.URL(source)) {
				replace(n, plainWords(string(n.Label(source))))
			}
			n.SetAttributeString("rel", []byte(rel))
		case *ast.RawHTML:
			replace(n, inlineTag(string(n.Segments.Value(source))))
		case *ast.HTMLBlock:
			tameBlock(n, source)
		case *extast.TaskCheckBox:
			box := "☐ "
			if n.IsChecked {
				box = "☑ "
			}
			replace(n, plainWords(box))
		}
	}
	return targets
}

// deeper sets a heading's level so that levels begin at three and skip none,
// whatever the writer began with.
func deeper(levels []int, h *ast.Heading) []int {
	for len(levels) > 0 && levels[len(levels)-1] >= h.Level {
		levels = levels[:len(levels)-1]
	}
	levels = append(levels, h.Level)
	h.Level = min(2+len(levels), 6)
	return levels
}

// elsewhere reports whether a target names a host or a mailbox. Others are
// parts of the place the text was taken from, and lead nowhere here.
func elsewhere(target []byte) bool {
	t := bytes.ToLower(target)
	return bytes.HasPrefix(t, []byte("https://")) || bytes.HasPrefix(t, []byte("http://")) || bytes.HasPrefix(t, []byte("mailto:"))
}

func tameLink(n ast.Node, target []byte) {
	if elsewhere(target) {
		n.SetAttributeString("rel", []byte(rel))
		return
	}
	unwrap(n)
}

// tameImage makes a link of an image: one from elsewhere would tell its host
// who reads this page.
func tameImage(n *ast.Image) {
	if n.FirstChild() == nil {
		n.AppendChild(n, plainWords(path.Base(string(n.Destination))))
	}
	if !elsewhere(n.Destination) || inLink(n) {
		unwrap(n)
		return
	}
	link := ast.NewLink()
	link.Destination = n.Destination
	link.SetAttributeString("rel", []byte(rel))
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		link.AppendChild(link, c)
	}
	n.Parent().ReplaceChild(n.Parent(), n, link)
}

func inLink(n ast.Node) bool {
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == ast.KindLink {
			return true
		}
	}
	return false
}

// unwrap leaves a node's words in its place.
func unwrap(n ast.Node) {
	parent := n.Parent()
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		parent.InsertBefore(parent, n, c)
	}
	parent.RemoveChild(parent, n)
}

func replace(n ast.Node, by ast.Node) {
	if by == nil {
		n.Parent().RemoveChild(n.Parent(), n)
		return
	}
	n.Parent().ReplaceChild(n.Parent(), n, by)
}

// plainWords is a node of plain words.
func plainWords(text string) ast.Node {
	s := ast.NewString([]byte(text))
	s.SetRaw(true)
	return s
}

// lineBreak is a node that breaks a line.
func lineBreak() ast.Node {
	s := ast.NewString([]byte("<br>"))
	s.SetCode(true)
	return s
}

// inlineTag is what becomes of a tag within words: a line break stays one, a
// comment is for nobody who reads the page, and all others are shown as the text
// they are.
func inlineTag(raw string) ast.Node {
	m := tag.FindStringSubmatch(raw)
	switch {
	case strings.HasPrefix(raw, "<!--"):
		return nil
	case m != nil && strings.EqualFold(m[1], "br"):
		return lineBreak()
	}
	return plainWords(raw)
}

var unseen = regexp.MustCompile(`(?s)<!--.*?(-->|$)`)

// tameBlock shows a block of HTML as the text it is, line by line.
func tameBlock(n *ast.HTMLBlock, source []byte) {
	raw := string(n.Lines().Value(source))
	if n.HasClosure() {
		closure := n.ClosureLine
		raw += string(closure.Value(source))
	}
	p := ast.NewParagraph()
	for _, line := range splitLines(unseen.ReplaceAllString(raw, "")) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if p.FirstChild() != nil {
			p.AppendChild(p, lineBreak())
		}
		p.AppendChild(p, plainWords(line))
	}
	if p.FirstChild() == nil {
		n.Parent().RemoveChild(n.Parent(), n)
		return
	}
	n.Parent().ReplaceChild(n.Parent(), n, p)
}
