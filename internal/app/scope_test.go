package app_test

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store/storetest"
)

// writers are the acts that change something, as they stand in the source.
func writers(t *testing.T) (names []string) {
	t.Helper()
	all, err := parser.ParseDir(token.NewFileSet(), ".", func(f fs.FileInfo) bool { return !strings.HasSuffix(f.Name(), "_test.go") }, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range all["app"].Files {
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil || !f.Name.IsExported() {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				switch x := n.(type) {
				case *ast.Ident:
					if x.Name == "write" || x.Name == "Update" || x.Name == "change" || x.Name == "changeContact" {
						names = append(names, f.Name.Name)
					}
				}
				return true
			})
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// openToReaders are the acts that are part of looking, or open by what was sent to
// somebody alone.
var openToReaders = []string{"AddressOf", "ConfirmMail", "UseProcedure"}

// Whoever came by a shared tablet, a signed link or a token that only reads
// changes nothing.
func TestActs_refuseWhoeverMayOnlyRead(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a := app.New(app.Options{Store: s, Index: recall.New(), Log: slog.New(slog.DiscardHandler)})
	steward, err := a.SetUp(t.Context(), newOrganisation())
	is(t, "set up", err, "")
	steward.Proved, steward.Records = true, true
	tried := 0
	for _, name := range writers(t) {
		verb := reflect.ValueOf(a).MethodByName(name)
		in := verb.Type()
		if in.NumIn() < 2 || in.In(1) != reflect.TypeFor[practice.Actor]() || slices.Contains(openToReaders, name) {
			continue
		}
		for _, scope := range []practice.Scope{"tablet", "pass", practice.ScopeRead} {
			actor := steward
			actor.Scopes = []practice.Scope{scope}
			args := []reflect.Value{reflect.ValueOf(context.WithoutCancel(t.Context())), reflect.ValueOf(actor)}
			for i := 2; i < in.NumIn(); i++ {
				args = append(args, reflect.Zero(in.In(i)))
			}
			var out []reflect.Value
			if in.IsVariadic() {
				out = verb.CallSlice(args)
			} else {
				out = verb.Call(args)
			}
			err, _ := out[len(out)-1].Interface().(error)
			if kind := practice.KindOf(err); kind != practice.Forbidden && !(name == "TryChannel" && kind == practice.NotFound) {
				t.Errorf("%s, with the scope %s: %v", name, scope, err)
			}
			tried++
		}
	}
	if tried < 150 {
		t.Errorf("%d tries prove nothing", tried)
	}
}
