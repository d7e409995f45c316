package debrief_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strings"
)

// How large things may grow. Tests tell stories and may take longer.
const (
	mostLinesInFile     = 500
	mostLinesInFunc     = 50
	mostLinesInTestFunc = 100
	mostMethods         = 5
	mostParameters      = 5
)

// sizes: files, functions, interfaces and parameter lists stay readable.
func sizes(h *house) []string {
	var wrong []string
	for p, text := range h.texts {
		if n := strings.Count(text, "\n"); path.Ext(p) == ".go" && n > mostLinesInFile {
			wrong = append(wrong, fmt.Sprintf("%s: %d lines, %d at most", p, n, mostLinesInFile))
		}
	}
	for _, f := range h.files {
		most := mostLinesInFunc
		if f.test {
			most = mostLinesInTestFunc
		}
		ast.Inspect(f.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if got := h.lines(n) - tableLines(h, n); got > most {
					wrong = append(wrong, fmt.Sprintf("%s: %s has %d lines, %d at most", h.at(n), n.Name.Name, got, most))
				}
			case *ast.InterfaceType:
				if got := n.Methods.NumFields(); got > mostMethods {
					wrong = append(wrong, fmt.Sprintf("%s: interface of %d methods, %d at most", h.at(n), got, mostMethods))
				}
			case *ast.FuncType:
				for _, w := range parameters(n) {
					wrong = append(wrong, h.at(n)+": "+w)
				}
			}
			return true
		})
	}
	return wrong
}

// tableLines counts the lines of lists and maps written out in a function: a
// table is data, however long.
func tableLines(h *house, f *ast.FuncDecl) int {
	lines := 0
	ast.Inspect(f, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		switch lit.Type.(type) {
		case *ast.ArrayType, *ast.MapType:
			lines += h.lines(lit) - 1
			return false
		}
		return true
	})
	return lines
}

func parameters(f *ast.FuncType) []string {
	var wrong []string
	count, bools := 0, 0
	for _, field := range f.Params.List {
		kind := typeName(field.Type)
		for range max(1, len(field.Names)) {
			if kind != "context.Context" {
				count++
			}
			if kind != "bool" {
				bools = 0
				continue
			}
			if bools++; bools == 2 {
				wrong = append(wrong, "two bools side by side read alike at the call")
			}
		}
	}
	if count > mostParameters {
		wrong = append(wrong, fmt.Sprintf("%d parameters, %d at most", count, mostParameters))
	}
	return wrong
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return typeName(e.X) + "." + e.Sel.Name
	}
	return ""
}

// emptyNames say nothing about what a package or file is for.
var emptyNames = strings.Fields("util utils common helper helpers misc shared types models model base manager interfaces")

// emptyEndings name the layer instead of the thing.
var emptyEndings = strings.Fields("Impl Interface Service Repository DTO Manager Helper Util Utils")

// names: from the field, one word with one meaning; no getters, no layers.
func names(h *house) []string {
	var wrong []string
	for _, f := range h.files {
		if slices.Contains(emptyNames, f.file.Name.Name) {
			wrong = append(wrong, f.path+": package "+f.file.Name.Name+" says nothing")
		}
		if slices.Contains(emptyNames, strings.TrimSuffix(strings.TrimSuffix(path.Base(f.path), ".go"), "_test")) {
			wrong = append(wrong, f.path+": the file's name says nothing")
		}
		for _, d := range f.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				switch {
				case d.Recv == nil && d.Name.Name == "init":
					wrong = append(wrong, h.at(d)+": init works behind the reader's back")
				case regexp.MustCompile(`^[Gg]et[A-Z]`).MatchString(d.Name.Name):
					wrong = append(wrong, h.at(d)+": "+d.Name.Name+": reads are named for what they return")
				}
			case *ast.GenDecl:
				wrong = append(wrong, layerNames(h, d)...)
			}
		}
	}
	return wrong
}

func layerNames(h *house, d *ast.GenDecl) []string {
	var wrong []string
	for _, s := range d.Specs {
		ts, ok := s.(*ast.TypeSpec)
		if !ok {
			continue
		}
		for _, end := range emptyEndings {
			if strings.HasSuffix(ts.Name.Name, end) {
				wrong = append(wrong, h.at(ts)+": "+ts.Name.Name+" names a layer, not a thing")
			}
		}
	}
	return wrong
}

// documented: every exported name says what it is, beginning with its name.
func documented(h *house) []string {
	var wrong []string
	packages := map[string]bool{}
	for _, f := range h.files {
		if strings.HasSuffix(f.path, "_test.go") {
			continue
		}
		packages[f.dir] = packages[f.dir] || f.file.Doc != nil
		for _, d := range f.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) {
					wrong = append(wrong, h.at(d)+": "+d.Name.Name+" has no comment")
				}
			case *ast.GenDecl:
				wrong = append(wrong, undocumented(h, d)...)
			}
		}
	}
	for dir, has := range packages {
		if !has {
			wrong = append(wrong, dir+": no file says what the package is for")
		}
	}
	return wrong
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	t := d.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if generic, ok := t.(*ast.IndexExpr); ok {
		t = generic.X
	}
	id, ok := t.(*ast.Ident)
	return ok && id.IsExported()
}

func undocumented(h *house, d *ast.GenDecl) []string {
	var wrong []string
	for _, s := range d.Specs {
		var ids []*ast.Ident
		var doc bool
		switch s := s.(type) {
		case *ast.TypeSpec:
			ids, doc = []*ast.Ident{s.Name}, s.Doc != nil || s.Comment != nil
		case *ast.ValueSpec:
			ids, doc = s.Names, s.Doc != nil || s.Comment != nil
		}
		for _, id := range ids {
			if id.IsExported() && !doc && d.Doc == nil {
				wrong = append(wrong, h.at(id)+": "+id.Name+" has no comment")
			}
		}
	}
	return wrong
}

// handed in are the calls that reach for what a caller should hand in.
var reaching = map[string][]string{
	"time":         {"Now", "Since", "Until", "Sleep"},
	"os":           {"Getenv", "LookupEnv", "Environ"},
	"crypto/rand":  {"Reader", "Read", "Text", "Int"},
	"context":      {"WithValue"},
	"math/rand":    nil, // superseded: math/rand/v2 with a seed
	"math/rand/v2": {"Int", "IntN", "N", "Float64", "Perm", "Shuffle", "Uint64", "Uint32"},
}

// handedIn: clock, randomness and settings come from cmd, so that a test can
// run years in a second and replay a seed. Nobody sleeps, tests least of all.
func handedIn(h *house) []string {
	var wrong []string
	for _, f := range h.files {
		imports := f.imports()
		ast.Inspect(f.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := sel.X.(*ast.Ident)
			if !ok || x.Obj != nil {
				return true
			}
			calls := reaching[imports[x.Name]]
			if !slices.Contains(calls, sel.Sel.Name) {
				return true
			}
			if sleeps := sel.Sel.Name == "Sleep"; sleeps || !f.test && !f.program {
				wrong = append(wrong, h.at(n)+": "+x.Name+"."+sel.Sel.Name+": hand it in")
			}
			return true
		})
		if _, old := importName(f, "math/rand"); old {
			wrong = append(wrong, f.path+": math/rand: take math/rand/v2 with a seed")
		}
	}
	return wrong
}

func importName(f goFile, p string) (token.Pos, bool) {
	for _, im := range f.file.Imports {
		if im.Path.Value == `"`+p+`"` {
			return im.Pos(), true
		}
	}
	return token.NoPos, false
}
