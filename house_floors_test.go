package debrief_test

import (
	"fmt"
	"go/ast"
	"maps"
	"path"
	"slices"
	"strings"
)

// floor is the floor of each room. A room imports from floors below its own,
// never from its own floor; a room that is not here does not exist yet.
var floor = map[string]int{
	"practice": 0,
	"recall":   1, "prose": 1, "words": 1, "pattern": 1, "language": 1, "calendar": 1, "plot": 1, "llm": 1, "oidc": 1,
	"store": 2, "measure": 2,
	"live": 3,
	"app":  4, "room": 4, "auth": 4, "job": 4,
	"web": 5, "rest": 5, "mcp": 5, "intake": 5, "notify": 5, "garden": 5,
	"server": 6, "debrieftest": 6,
	"cmd": 7,
}

// webFloor are the floors inside web: the pages stand on the frame and do not know
// each other, and web itself stands on them all.
var webFloor = map[string]int{"frame": 0, "people": 1, "loop": 1, "shelf": 1, "plan": 1, "room": 1, "vitality": 1, "tour": 1, "web": 2}

// roomOf returns the room a folder belongs to, or "" for the programmes under
// test/ and the root, which may look into every room.
func roomOf(dir string) string {
	parts := strings.Split(dir, "/")
	switch {
	case parts[0] == "cmd":
		return "cmd"
	case parts[0] == "internal" && len(parts) > 1:
		return parts[1]
	}
	return ""
}

// floors: production code imports downwards only; practice stands on the
// standard library alone; nothing in production leans on a package for tests.
func floors(h *house) []string {
	var wrong []string
	for _, f := range h.files {
		from := roomOf(f.dir)
		if from == "" {
			if strings.HasPrefix(f.dir, "internal") {
				wrong = append(wrong, f.path+": code stands in a room, internal/ itself is none")
			}
			continue
		}
		up, known := floor[from]
		if !known {
			wrong = append(wrong, fmt.Sprintf("%s: room %q is on no floor", f.path, from))
			continue
		}
		for _, p := range slices.Sorted(maps.Values(f.imports())) {
			if w := arrow(f, from, up, p); w != "" {
				wrong = append(wrong, f.path+": "+w)
			}
		}
	}
	return wrong
}

// arrow says what is wrong with one import, or "".
func arrow(f goFile, from string, up int, imported string) string {
	inside, ours := strings.CutPrefix(imported, "debrief/")
	if !ours {
		if from == "practice" && strings.Contains(strings.Split(imported, "/")[0], ".") && !f.test {
			return "practice -> " + imported + ": practice imports the standard library only"
		}
		return ""
	}
	to := roomOf(inside)
	switch {
	case f.test:
		return ""
	case to == from && from == "web":
		return webArrow(path.Base(f.dir), path.Base(inside))
	case to == from:
		return ""
	}
	down, known := floor[to]
	switch {
	case !known:
		return fmt.Sprintf("%s -> %s: that is on no floor", from, inside)
	case onlyForTests(inside):
		return fmt.Sprintf("%s -> %s: that is for tests only", from, path.Base(inside))
	case down >= up:
		return fmt.Sprintf("%s (floor %d) -> %s (floor %d)", from, up, to, down)
	}
	return ""
}

// webArrow says what is wrong with one import inside web, or "".
func webArrow(from, to string) string {
	up, here := webFloor[from]
	down, there := webFloor[to]
	switch {
	case !here || !there:
		return fmt.Sprintf("web/%s -> web/%s: that is on no floor of web", from, to)
	case down >= up:
		return fmt.Sprintf("web/%s -> web/%s: pages stand on the frame and do not know each other", from, to)
	}
	return ""
}

// sqlPackages are what speaks to a database.
var sqlPackages = []string{"database/sql", "github.com/jackc/pgx", "modernc.org/sqlite", "github.com/pressly/goose"}

// onlyStoreSpeaksSQL: one place to read when a query is wrong.
func onlyStoreSpeaksSQL(h *house) []string {
	var wrong []string
	for _, f := range h.files {
		if f.test || f.program || roomOf(f.dir) == "store" {
			continue
		}
		for _, p := range f.imports() {
			for _, sql := range sqlPackages {
				if p == sql || strings.HasPrefix(p, sql+"/") {
					wrong = append(wrong, f.path+": imports "+p+"; SQL stays in store")
				}
			}
		}
	}
	return wrong
}

// actorOrSeat: no function takes both somebody known by name and a place in a
// review or a stranger, directly or inside a struct; room never takes the one,
// app never the other. That is how the unnamed stay unnamed.
func actorOrSeat(h *house) []string {
	types := declaredTypes(h)
	var wrong []string
	for _, f := range h.files {
		own := roomOf(f.dir)
		ast.Inspect(f.file, func(n ast.Node) bool {
			var kind *ast.FuncType
			var recv *ast.FieldList
			switch n := n.(type) {
			case *ast.FuncDecl:
				kind, recv = n.Type, n.Recv
			case *ast.FuncLit:
				kind = n.Type
			case *ast.Field: // a method of an interface, a field or a parameter that is a function
				kind, _ = n.Type.(*ast.FuncType)
			case *ast.TypeSpec:
				kind, _ = n.Type.(*ast.FuncType)
			}
			if kind == nil {
				return true
			}
			in := people{types: types, seen: map[string]bool{}}
			for _, list := range []*ast.FieldList{recv, kind.TypeParams, kind.Params} {
				in.fields(list, f)
			}
			switch {
			case in.actor && in.seat:
				wrong = append(wrong, h.at(n)+": takes both an Actor and a Seat")
			case f.test:
			case in.actor && own == "room":
				wrong = append(wrong, h.at(n)+": room takes a Seat, never an Actor")
			case in.seat && own == "app":
				wrong = append(wrong, h.at(n)+": app takes an Actor, never a Seat")
			}
			return true
		})
	}
	return wrong
}

// A declaredType is a type and the file whose imports its text is read with.
type declaredType struct {
	expr ast.Expr
	in   goFile
}

func declaredTypes(h *house) map[string]declaredType {
	m := map[string]declaredType{}
	for _, f := range h.files {
		for _, d := range f.file.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, s := range g.Specs {
				if ts, ok := s.(*ast.TypeSpec); ok {
					m[f.dir+"."+ts.Name.Name] = declaredType{ts.Type, f}
				}
			}
		}
	}
	return m
}

// people finds out whether a type holds an Actor, or a Seat or a Stranger,
// however deep.
// What a function value or an interface might reach is not held by it.
type people struct {
	types       map[string]declaredType
	seen        map[string]bool
	actor, seat bool
}

func (p *people) fields(list *ast.FieldList, f goFile) {
	if list == nil {
		return
	}
	for _, field := range list.List {
		p.look(field.Type, f)
	}
}

func (p *people) look(e ast.Expr, f goFile) {
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncType, *ast.InterfaceType:
			return false
		case *ast.Field: // the name of a field is not a type
			p.look(n.Type, f)
			return false
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok {
				p.named(strings.TrimPrefix(f.imports()[x.Name], "debrief/"), n.Sel.Name)
			}
			return false
		case *ast.Ident:
			p.named(f.dir, n.Name)
		}
		return true
	})
}

func (p *people) named(dir, name string) {
	key := dir + "." + name
	switch key {
	case "internal/practice.Actor":
		p.actor = true
		return
	case "internal/practice.Seat", "internal/practice.Stranger":
		p.seat = true
		return
	}
	if d, ok := p.types[key]; ok && !p.seen[key] {
		p.seen[key] = true
		p.look(d.expr, d.in)
	}
}
