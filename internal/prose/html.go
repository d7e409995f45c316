package prose

import (
	"bytes"
	"errors"
	"html/template"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// What a text may ask of the renderer. Rendering cannot be interrupted, and
// some Markdown grows a thousandfold or takes a minute, so all of this is
// checked before it begins. What asks for more is shown as it was written.
const (
	MaxMarkdown  = 64 << 10 // bytes of source
	maxColumns   = 32       // of a table
	maxCells     = 4000     // of all tables together
	maxLinks     = 2000     // what could open a link
	maxContainer = 100      // quotes and lists in one another at the start of a line
	maxRuns      = 800      // of marks for emphasis in one paragraph, which are compared with one another
	maxPipes     = 500      // that are escaped
)

// HTML renders Markdown for a page of ours. It holds no script, no style, no
// image and no tag the writer wrote: those are shown as the text they are. Images become links to them, links go to
// other hosts or to mail only and carry rel="noopener". Headings begin at level
// three and skip none. A text that asks for too much is shown as it was
// written, in one <pre>; a table that does, as a block of code.
func HTML(markdown string) template.HTML {
	if tooMuch(markdown) {
		return asWritten(markdown)
	}
	source := []byte(strings.TrimPrefix(markdown, mark))
	md := markdownReader()
	pc := parser.NewContext()
	doc := md.Parser().Parse(text.NewReader(source), parser.WithContext(pc))
	if tame(doc, source) > outputFor(source) {
		return asWritten(markdown)
	}
	out := cappedWriter{room: outputFor(source)}
	if err := md.Renderer().Render(&out, source, doc); err != nil {
		return asWritten(markdown)
	}
	return template.HTML(cleaner().SanitizeBytes(out.Bytes()))
}

// asWritten shows a text without reading its marks.
func asWritten(markdown string) template.HTML {
	return template.HTML("<pre>" + template.HTMLEscapeString(strings.ToValidUTF8(markdown, "\ufffd")) + "</pre>")
}

// outputFor is how long the page of a source may become.
func outputFor(source []byte) int { return 8*len(source) + 64<<10 }

func tooMuch(markdown string) bool {
	if len(markdown) > MaxMarkdown || strings.Count(markdown, `\|`) > maxPipes ||
		strings.Count(markdown, "[")+strings.Count(markdown, "://") > maxLinks {
		return true
	}
	for _, line := range splitLines(markdown) {
		if markRuns(line) > maxRuns || containers(line) > maxContainer && !isRule(strings.TrimSpace(line)) {
			return true
		}
	}
	return false
}

// containers counts the quotes and lists a line may begin.
func containers(line string) int {
	open := 0
	for i := 0; i < len(line) && strings.IndexByte(" \t0123456789>-*+.)", line[i]) >= 0; i++ {
		if strings.IndexByte(">-*+.)", line[i]) >= 0 {
			open++
		}
	}
	return open
}

// markRuns counts the runs of marks for emphasis.
func markRuns(text string) int {
	runs, before := 0, byte(0)
	for i := range len(text) {
		if c := text[i]; c != before && (c == '*' || c == '_' || c == '~') {
			runs++
		}
		before = text[i]
	}
	return runs
}

var errOutput = errors.New("prose: the output is too long")

// cappedWriter refuses what goes beyond its room.
type cappedWriter struct {
	bytes.Buffer
	room int
}

func (w *cappedWriter) Write(p []byte) (int, error) {
	if w.Len()+len(p) > w.room {
		return 0, errOutput
	}
	return w.Buffer.Write(p)
}

// markdownReader is set up once; it keeps nothing of what it reads.
var markdownReader = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(extension.Strikethrough, extension.Linkify, extension.TaskList),
		goldmark.WithParserOptions(
			parser.WithParagraphTransformers(util.Prioritized(tables{extension.NewTableParagraphTransformer()}, 200)),
			parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
		),
		goldmark.WithRendererOptions(tableRenderer()),
	)
})

// cleaner is the second lock: whatever the renderer wrote, only this goes out.
var cleaner = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "h3", "h4", "h5", "h6", "strong", "em", "del", "code", "pre", "blockquote",
		"ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("align").Matching(bluemonday.CellAlign).OnElements("th", "td")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("rel").Matching(relOnly).OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto")
	p.RequireParseableURLs(true)
	return p
})

// tables lets only tables of a bearable size become tables. Rows are filled up
// to the width of the head, so a few kilobytes could become hundreds of
// megabytes.
type tables struct{ parser.ParagraphTransformer }

// cellsKey is where the cells of a text are counted.
var cellsKey = parser.NewContextKey()

// Transform makes a table of the paragraph if it is one, or a block of code of
// what asks for too much.
func (t tables) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	for i := 1; i < lines.Len(); i++ {
		row := lines.At(i)
		line := string(row.Value(reader.Source()))
		if strings.Trim(line, "|-: \t\r\n") != "" {
			continue
		}
		columns := strings.Count(line, "|") + 1
		cells := columns * (lines.Len() - i)
		if sofar, ok := pc.Get(cellsKey).(int); ok {
			cells += sofar
		}
		if columns > maxColumns || cells > maxCells {
			asCode(node)
			return
		}
		pc.Set(cellsKey, cells)
		break
	}
	t.ParagraphTransformer.Transform(node, reader, pc)
	if node.Parent() != nil && markRuns(string(node.Lines().Value(reader.Source()))) > maxRuns {
		asCode(node)
	}
}

// asCode shows a paragraph as it was written.
func asCode(node *ast.Paragraph) {
	code := ast.NewCodeBlock()
	code.SetLines(node.Lines())
	code.SetPos(node.Pos())
	node.Parent().ReplaceChild(node.Parent(), node, code)
}
