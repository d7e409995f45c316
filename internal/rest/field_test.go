package rest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func TestFieldNames(t *testing.T) {
	type parts struct {
		Intended string `json:"intended" at:"text"`
	}
	type input struct {
		One
		Edited
		Body struct {
			Text   string `json:"text" at:"what words"`
			First  parts  `json:"first"`
			Second parts  `json:"second" at:"other"`
		}
	}
	n := fieldsOf(reflect.TypeFor[input]())
	for said, want := range map[string]string{"what": "text", "words": "text", "text": "text", "id": "id", "If-Match": "If-Match",
		"intended": "first.intended", "other": "second", "elsewhere": "", "": ""} {
		if got := n.of(said); got != want {
			t.Errorf("%q is about %q, want %q", said, got, want)
		}
	}
}

var pointsAt = regexp.MustCompile(`\.At\("([^"]+)"\)`)

// Whatever field a refusal is about, some operation has a name for it.
func TestFieldNames_knowWhatRefusalsAreAbout(t *testing.T) {
	known, looked := namesInTags(t), 0
	known["provider"] = true // who comes by a provider needs a browser, and undoes it there
	for _, room := range []string{"practice", "app", "room", "auth", "store", "prose"} {
		files, _ := filepath.Glob("../" + room + "/*.go")
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range pointsAt.FindAllStringSubmatch(string(text), -1) {
				if looked++; !known[m[1]] && !strings.HasSuffix(name, "_test.go") {
					t.Errorf("%s: a refusal is about %q, which is no field of the API", name, m[1])
				}
			}
		}
	}
	if looked < 100 {
		t.Errorf("only %d refusals were looked at", looked)
	}
}

// namesInTags are the names that fields of the API have, and what refusals call
// them.
func namesInTags(t *testing.T) map[string]bool {
	t.Helper()
	known := map[string]bool{}
	files, _ := filepath.Glob("*.go")
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			field, ok := n.(*ast.Field)
			if !ok || field.Tag == nil || strings.HasSuffix(name, "_test.go") {
				return true
			}
			text, _ := strconv.Unquote(field.Tag.Value)
			tag := reflect.StructTag(text)
			for _, key := range []string{"json", "path", "query", "header", "form", "at"} {
				first, _, _ := strings.Cut(tag.Get(key), ",")
				for _, n := range strings.Fields(first) {
					known[n] = true
				}
			}
			return true
		})
	}
	return known
}
