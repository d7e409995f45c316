package debrief_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"strings"
)

// What the content security policy refuses, by the kind of file it hides in.
var (
	styleAttribute = regexp.MustCompile(`(?i)[\s"']style\s*=\s*["'{]`)
	eventAttribute = regexp.MustCompile(`(?i)<[^>]*\son[a-z]+\s*=`)
	inlineScript   = regexp.MustCompile(`(?is)<script\b[^>]*>\s*[^<\s]`)
	inlineStyle    = regexp.MustCompile(`(?i)<style\b`)
	dataAddress    = regexp.MustCompile(`(?i)(=\s*["']?|url\(\s*["']?|["'` + "`" + `])data:[a-z+/;,-]`)
	scriptAddress  = regexp.MustCompile(`(?i)["'=]\s*javascript:`)
)

var refused = map[string]*regexp.Regexp{
	"style attribute":         styleAttribute,
	"event handler attribute": eventAttribute,
	"inline script":           inlineScript,
	"style element":           inlineStyle,
	"data: address":           dataAddress,
	"javascript: address":     scriptAddress,
}

// markup: pages, styles, scripts and the Go that writes markup keep to what the
// policy allows. The browser would refuse it anyway; here it has a line number.
func markup(h *house) []string {
	var wrong []string
	for p, text := range h.texts {
		switch path.Ext(p) {
		case ".html", ".css", ".js", ".svg", ".txt":
			wrong = append(wrong, refusedIn(p, 1, text)...)
		}
	}
	for _, f := range h.files {
		if f.test || f.program {
			continue
		}
		ast.Inspect(f.file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && strings.Contains(lit.Value, "<") {
				wrong = append(wrong, refusedIn(f.path, h.fset.Position(lit.Pos()).Line, lit.Value)...)
			}
			return true
		})
	}
	return wrong
}

func refusedIn(p string, firstLine int, text string) []string {
	var wrong []string
	for what, re := range refused {
		for _, at := range re.FindAllStringIndex(text, -1) {
			line := firstLine + strings.Count(text[:at[0]], "\n")
			wrong = append(wrong, fmt.Sprintf("%s:%d: %s", p, line, what))
		}
	}
	return wrong
}

// What is ours alone and means nothing to a reader of the repository.
var (
	privateNumber = regexp.MustCompile(`\b[RDGTS]\d{1,3}\b`)
	ticketNumber  = regexp.MustCompile(`(?i)\bissue #?\d+\b`)
	machinePath   = regexp.MustCompile(`(^|[\s"'(=:])/(work|root|home/[a-z]+)/`)
	svgPath       = regexp.MustCompile(`\b(d|points|transform)="[^"]*"`)
)

// privateTalk: comments and documents say the rule itself, never the number it
// has in somebody's notes, and name no path of the machine they were written on.
func privateTalk(h *house) []string {
	var wrong []string
	for p, text := range h.texts {
		if p == "LICENSE" || strings.HasPrefix(path.Base(p), "go.") {
			continue
		}
		if path.Ext(p) == ".html" || path.Ext(p) == ".svg" {
			text = svgPath.ReplaceAllString(text, "")
		}
		for i, line := range strings.Split(text, "\n") {
			wrong = append(wrong, privateIn(p, i+1, line)...)
		}
	}
	return wrong
}

func privateIn(p string, number int, line string) []string {
	if strings.HasPrefix(path.Base(p), "house_") { // the rules and their bad examples
		return nil
	}
	var wrong []string
	for _, re := range []*regexp.Regexp{privateNumber, ticketNumber, machinePath} {
		if re == privateNumber && path.Ext(p) == ".go" && !strings.Contains(line, "//") {
			continue
		}
		if found := re.FindString(line); found != "" {
			wrong = append(wrong, fmt.Sprintf("%s:%d: %q means nothing to a reader", p, number, strings.TrimSpace(found)))
		}
	}
	return wrong
}

// dependencies: whoever adds one writes down why it stays.
func dependencies(h *house) []string {
	reasons := h.texts["docs/dependencies.md"]
	var wrong []string
	for _, line := range strings.Split(h.texts["go.mod"], "\n") {
		line = strings.TrimSpace(line)
		if strings.Contains(line, "// indirect") {
			continue
		}
		line = strings.TrimPrefix(strings.TrimPrefix(line, "require "), "tool ")
		module := strings.Fields(line + " .")[0]
		if first := strings.Split(module, "/")[0]; !strings.Contains(first, ".") || first == "." {
			continue
		}
		if !strings.Contains(reasons, "`"+module+"`") {
			wrong = append(wrong, "go.mod: "+module+" has no line in docs/dependencies.md")
		}
	}
	return wrong
}
