package rest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"debrief/internal/store/storetest"
)

// constants returns the string constants of a package by the name of their type.
func constants(t *testing.T, folder string) map[string][]string {
	t.Helper()
	files, err := filepath.Glob(folder + "/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(folder, err)
	}
	found := map[string][]string{}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.ValueSpec); ok && len(s.Values) == 1 {
				kind, _ := s.Type.(*ast.Ident)
				if lit, ok := s.Values[0].(*ast.BasicLit); ok && kind != nil && lit.Kind == token.STRING {
					text, _ := strconv.Unquote(lit.Value)
					found[kind.Name] = append(found[kind.Name], text)
				}
			}
			return true
		})
	}
	return found
}

// The description knows every value that a type of the practice has.
func TestKinds_areComplete(t *testing.T) {
	known := map[string]map[string][]string{"practice": constants(t, "../practice"), "app": constants(t, "../app"), "room": constants(t, "../room"),
		"measure": constants(t, "../measure")}
	compared := 0
	for _, k := range kinds {
		if k.schema.Enum == nil {
			continue
		}
		want := known[filepath.Base(k.of.PkgPath())][k.of.Name()]
		var got []string
		for _, v := range k.schema.Enum {
			got = append(got, v.(string))
		}
		slices.Sort(want)
		slices.Sort(got)
		if compared++; len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%s: described as %q, and there are %q", k.of, got, want)
		}
	}
	if compared < 15 {
		t.Errorf("only %d types were compared", compared)
	}
}

// Every id and every choice in the API has a description of its own.
func TestKinds_describeWhatTheAPIUses(t *testing.T) {
	registry := newSite(t, storetest.SQLite(t)).api.api.OpenAPI().Components.Schemas
	looked := 0
	for name := range registry.Map() {
		of := registry.TypeFromRef("#/components/schemas/" + name)
		for i := range of.NumField() {
			f := of.Field(i).Type
			for f.Kind() == reflect.Slice || f.Kind() == reflect.Pointer {
				f = f.Elem()
			}
			ours := strings.HasPrefix(f.PkgPath(), "debrief/") && f.Kind() == reflect.String
			if looked++; ours && !slices.ContainsFunc(kinds, func(d described) bool { return d.of == f }) {
				t.Errorf("%s: nothing describes %s", name, f)
			}
		}
	}
	if looked < 200 {
		t.Errorf("only %d fields were looked at", looked)
	}
}
