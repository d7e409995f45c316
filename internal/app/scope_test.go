package app_test

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"path/filepath"
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
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no source here: ", err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if ok && f.Recv != nil && f.Name.IsExported() && changes(f) {
				names = append(names, f.Name.Name)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// changes reports whether an act writes by one of the ways there are.
func changes(act *ast.FuncDecl) (is bool) {
	ast.Inspect(act, func(n ast.Node) bool {
		name, ok := n.(*ast.Ident)
		is = is || ok && slices.Contains([]string{"write", "Update", "change", "changeContact"}, name.Name)
		return !is
	})
	return is
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
