package debrief_test

import (
	"strings"
	"testing"
	"testing/fstest"
)

// Each rule with what it must catch. A rule that finds nothing in a bad house
// guards nothing in a good one.
var controls = []struct {
	rule  string
	files map[string]string
	want  string
}{
	{"floors", map[string]string{"internal/store/a.go": "package store\nimport _ \"debrief/internal/app\""}, "store (floor 2) -> app (floor 4)"},
	{"floors", map[string]string{"internal/web/a.go": "package web\nimport _ \"debrief/internal/rest\""}, "web (floor 5) -> rest (floor 5)"},
	{"floors", map[string]string{"internal/web/loop/a.go": "package loop\nimport _ \"debrief/internal/web/shelf\""}, "do not know each other"},
	{"floors", map[string]string{"internal/web/frame/a.go": "package frame\nimport _ \"debrief/internal/web/loop\""}, "do not know each other"},
	{"floors", map[string]string{"internal/web/a.go": "package web\nimport _ \"debrief/internal/web/webtest\""}, "no floor of web"},
	{"floors", map[string]string{"internal/practice/a.go": "package practice\nimport _ \"github.com/google/go-cmp/cmp\""}, "standard library only"},
	{"floors", map[string]string{"internal/attic/a.go": "package attic"}, `room "attic" is on no floor`},
	{"floors", map[string]string{"internal/app/a.go": "package app\nimport _ \"debrief/internal/attic\""}, "on no floor"},
	{"floors", map[string]string{"internal/app/a.go": "package app\nimport _ \"debrief/internal/store/storetest\""}, "for tests only"},
	{"only the store speaks SQL", map[string]string{"internal/app/a.go": "package app\nimport _ \"database/sql\""}, "SQL stays in store"},
	{"only the store speaks SQL", map[string]string{"internal/web/a.go": "package web\nimport _ \"github.com/jackc/pgx/v5\""}, "SQL stays in store"},

	{"actor or seat", withPeople("web", "func f(a practice.Actor, s practice.Seat) {}"), "both"},
	{"actor or seat", withPeople("web", "func f(a *practice.Actor, s ...practice.Seat) {}"), "both"},
	{"actor or seat", withPeople("web", "type both struct { a practice.Actor; deep struct { s []practice.Seat } }\nfunc f(b both) {}"), "both"},
	{"actor or seat", withPeople("web", "type page struct { s map[string]practice.Seat }\nfunc (p *page) show(a practice.Actor) {}"), "both"},
	{"actor or seat", withPeople("web", "type who = practice.Actor\nfunc f(a who, s practice.Seat) {}"), "both"},
	{"actor or seat", withPeople("web", "func f() { _ = func(a practice.Actor, s practice.Seat) {} }"), "both"},
	{"actor or seat", withPeople("web", "type door interface { Open(a practice.Actor, s practice.Seat) }"), "both"},
	{"actor or seat", withPeople("web", "func f[T practice.Actor](a T, s practice.Seat) {}"), "both"},
	{"actor or seat", withPeople("web", "func f(a practice.Actor, s practice.Stranger) {}"), "both"},
	{"actor or seat", withPeople("room", "func f(a practice.Actor) {}"), "room takes a Seat"},
	{"actor or seat", withPeople("app", "func f(s practice.Seat) {}"), "app takes an Actor"},
	{"actor or seat", withPeople("app", "func f(s practice.Stranger) {}"), "app takes an Actor"},

	{"sizes", map[string]string{"a.go": "package a\n" + strings.Repeat("\n", 500)}, "501 lines"},
	{"sizes", map[string]string{"a.go": "package a\nfunc f() {\n" + strings.Repeat("f()\n", 49) + "}"}, "f has 51 lines"},
	{"sizes", map[string]string{"a.go": "package a\ntype i interface { A(); B(); C(); D(); E(); F() }"}, "interface of 6"},
	{"sizes", map[string]string{"a.go": "package a\nfunc f(a, b, c int, d string, e, g byte) {}"}, "6 parameters"},
	{"sizes", map[string]string{"a.go": "package a\nfunc f(a, b bool) {}"}, "two bools"},
	{"sizes", map[string]string{"a.go": "package a\nfunc f(a bool, b bool) {}"}, "two bools"},

	{"names", map[string]string{"internal/app/a.go": "package helpers"}, "says nothing"},
	{"names", map[string]string{"internal/app/types.go": "package app"}, "file's name"},
	{"names", map[string]string{"a.go": "package a\nfunc init() {}"}, "init"},
	{"names", map[string]string{"a.go": "package a\nfunc GetReview() {}"}, "named for what they return"},
	{"names", map[string]string{"a.go": "package a\ntype ReviewService struct{}"}, "layer"},

	{"documented", map[string]string{"a.go": "// Package a is.\npackage a\nfunc Open() {}"}, "Open has no comment"},
	{"documented", map[string]string{"a.go": "// Package a is.\npackage a\ntype T struct{}\n"}, "T has no comment"},
	{"documented", map[string]string{"a.go": "package a"}, "what the package is for"},

	{"clock, randomness, settings", map[string]string{"internal/app/a.go": "package app\nimport \"time\"\nvar t = time.Now()"}, "time.Now"},
	{"clock, randomness, settings", map[string]string{"internal/app/a.go": "package app\nimport clock \"time\"\nvar t = clock.Since"}, "clock.Since"},
	{"clock, randomness, settings", map[string]string{"internal/app/a_test.go": "package app\nimport \"time\"\nfunc f() { time.Sleep(1) }"}, "time.Sleep"},
	{"clock, randomness, settings", map[string]string{"internal/app/a.go": "package app\nimport \"crypto/rand\"\nvar r = rand.Reader"}, "rand.Reader"},
	{"clock, randomness, settings", map[string]string{"internal/app/a.go": "package app\nimport \"os\"\nvar e = os.Getenv(\"E\")"}, "os.Getenv"},
	{"clock, randomness, settings", map[string]string{"internal/web/a.go": "package web\nimport \"context\"\nvar c = context.WithValue"}, "context.WithValue"},

	{"no markup the policy refuses", map[string]string{"internal/web/a.html": `<p style="color:red">`}, "a.html:1: style attribute"},
	{"no markup the policy refuses", map[string]string{"internal/web/a.html": "<a\n onclick=\"x()\">"}, "event handler"},
	{"no markup the policy refuses", map[string]string{"internal/web/a.html": "<script>x()</script>"}, "inline script"},
	{"no markup the policy refuses", map[string]string{"internal/web/a.html": `<img src="data:image/png;base64,x">`}, "data: address"},
	{"no markup the policy refuses", map[string]string{"internal/web/a.css": "a{mask:url(data:image/svg+xml,x)}"}, "data: address"},
	{"no markup the policy refuses", map[string]string{"internal/web/a.html": `<a href="javascript:x()">`}, "javascript: address"},
	{"no markup the policy refuses", map[string]string{"internal/web/a.go": "package web\nconst s = `<p style=\"x\">`"}, "style attribute"},

	{"no private numbers or paths", map[string]string{"a.go": "package a // as R12 asks"}, `"R12"`},
	{"no private numbers or paths", map[string]string{"docs/a.md": "see D7"}, `"D7"`},
	{"no private numbers or paths", map[string]string{"a.go": "package a // issue " + "2"}, `"issue ` + `2"`},
	{"no private numbers or paths", map[string]string{"docs/a.md": "in /" + "work/main"}, `"/` + `work/"`},

	{"dependencies have their reason", map[string]string{"go.mod": "require (\n\texample.org/a v1.0.0\n)", "docs/dependencies.md": ""}, "example.org/a has no line"},
	{"dependencies have their reason", map[string]string{"go.mod": "tool example.org/a/cmd", "docs/dependencies.md": ""}, "example.org/a/cmd has no line"},
}

func withPeople(room, code string) map[string]string {
	return map[string]string{
		"internal/practice/actor.go":       "package practice\ntype Actor struct{ Seat string }\ntype Seat struct{}",
		"internal/" + room + "/example.go": "package " + room + "\nimport \"debrief/internal/practice\"\n" + code,
	}
}

func TestHouse_catches(t *testing.T) {
	for _, c := range controls {
		t.Run(c.rule+" "+c.want, func(t *testing.T) {
			wrong := rules[c.rule](openHouse(t, tree(c.files)))
			if !strings.Contains(strings.Join(wrong, "\n"), c.want) {
				t.Errorf("said %q, want something with %q", wrong, c.want)
			}
		})
	}
}

// TestHouse_letsBe shows that the rules leave alone what is fine.
func TestHouse_letsBe(t *testing.T) {
	files := map[string]string{
		"go.mod":               "require (\n\texample.org/a v1.0.0\n\texample.org/b v1.0.0 // indirect\n)",
		"docs/dependencies.md": "- `example.org/a`: because",
		"internal/practice/actor.go": "// Package practice is.\npackage practice\n\n// Actor is known.\ntype Actor struct{ Seat string }\n\n" +
			"// Seat is not.\ntype Seat struct{}\n",
		"internal/web/a.go": "// Package web shows.\npackage web\nimport (\n\"time\"\n\"debrief/internal/practice\"\n\"debrief/internal/app\"\n)\n" +
			"type actors struct { f func(practice.Seat) }\nfunc (a actors) f(x practice.Actor, at time.Time, on bool, n int, off bool) {}\n" +
			"func g(s practice.Seat) {}\n",
		"internal/app/a.go":      "// Package app acts.\npackage app",
		"internal/app/a_test.go": "package app\nimport (\n\"debrief/internal/store/storetest\"\n\"time\"\n)\nvar t = time.Now()",
		"cmd/debrief/main.go":    "// Command debrief.\npackage main\nimport \"time\"\nvar t = time.Now()",
		"internal/web/loop/a.go": "// Package loop shows.\npackage loop\nimport _ \"debrief/internal/web/frame\"",
		"internal/web/b.go":      "package web\nimport _ \"debrief/internal/web/loop\"",
		"internal/web/a.html":    `<script src="/a.js"></script><p data-on="x" class="style">one=two <a href="/x?data=1">`,
		"internal/web/a.css":     "a{color:red;mask:url(/m.svg)}",
	}
	h := openHouse(t, tree(files))
	for name, check := range rules {
		for _, wrong := range check(h) {
			t.Errorf("%s: %s", name, wrong)
		}
	}
}

func tree(files map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}
