// Package debrief_test holds the rules of the house: which room may know which,
// how long a function may grow, what a name may not be. Every rule is a
// function over a file system, so that each has a control beside it: a small
// bad example that the rule must catch.
package debrief_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"
)

// A rule looks at the whole house and returns what is wrong, one line each.
type rule func(*house) []string

// The rules by the name their test has.
var rules = map[string]rule{
	"floors":                         floors,
	"only the store speaks SQL":      onlyStoreSpeaksSQL,
	"actor or seat":                  actorOrSeat,
	"sizes":                          sizes,
	"names":                          names,
	"documented":                     documented,
	"clock, randomness, settings":    handedIn,
	"no markup the policy refuses":   markup,
	"no private numbers or paths":    privateTalk,
	"dependencies have their reason": dependencies,
}

func TestHouse(t *testing.T) {
	h := openHouse(t, os.DirFS("."))
	for name, check := range rules {
		t.Run(name, func(t *testing.T) {
			for _, wrong := range check(h) {
				t.Error(wrong)
			}
		})
	}
}

// A house is the source tree: Go files parsed, the others as text.
type house struct {
	fset  *token.FileSet
	files []goFile
	texts map[string]string // every text file, Go included, by slash path
}

// A goFile is one parsed file and where it stands.
type goFile struct {
	path    string
	dir     string
	test    bool // a _test.go file, or in a package only tests import
	program bool // under cmd/ or test/: where clock and settings come from
	file    *ast.File
}

// textKinds are the endings of files the rules read.
var textKinds = map[string]bool{
	".go": true, ".md": true, ".html": true, ".css": true, ".js": true, ".sql": true,
	".txt": true, ".mod": true, ".svg": true, ".sh": true, "": true, ".toml": true, ".yaml": true,
}

func openHouse(t *testing.T, root fs.FS) *house {
	t.Helper()
	h := &house{fset: token.NewFileSet(), texts: map[string]string{}}
	err := fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if p == ".git" || p == "bin" || p == "data" || p == ".build" || d.Name() == "testdata" {
				return fs.SkipDir
			}
			return nil
		}
		if !textKinds[path.Ext(p)] || strings.HasSuffix(p, ".min.js") {
			return nil
		}
		text, err := fs.ReadFile(root, p)
		if err != nil {
			return err
		}
		h.texts[p] = string(text)
		if path.Ext(p) == ".go" {
			return h.add(p, text)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) add(p string, text []byte) error {
	f, err := parser.ParseFile(h.fset, p, text, parser.ParseComments)
	if err != nil {
		return err
	}
	dir := path.Dir(p)
	h.files = append(h.files, goFile{
		path:    p,
		dir:     dir,
		test:    strings.HasSuffix(p, "_test.go") || onlyForTests(dir),
		program: strings.HasPrefix(p, "cmd/") || strings.HasPrefix(p, "test/"),
		file:    f,
	})
	return nil
}

// onlyForTests reports whether a package exists for tests alone.
func onlyForTests(dir string) bool {
	base := path.Base(dir)
	return base == "debrieftest" || base == "storetest" || base == "webtest"
}

// at says where a node stands.
func (h *house) at(n ast.Node) string {
	p := h.fset.Position(n.Pos())
	return p.Filename + ":" + strconv.Itoa(p.Line)
}

// lines counts the lines a node takes.
func (h *house) lines(n ast.Node) int {
	return h.fset.Position(n.End()).Line - h.fset.Position(n.Pos()).Line + 1
}

// imports returns the import paths of a file by the name they have in it.
func (f goFile) imports() map[string]string {
	m := map[string]string{}
	for _, im := range f.file.Imports {
		p, _ := strconv.Unquote(im.Path.Value)
		name := path.Base(p)
		if im.Name != nil {
			name = im.Name.Name
		}
		m[name] = p
	}
	return m
}
