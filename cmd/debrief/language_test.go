package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestLanguage(t *testing.T) {
	dir := folder(t, map[string]string{"a.txt": "The door was shut.\n\nÜber all that, they should have told us <now>.\r\n", "empty": "",
		"own.txt": "[who]\ndepot\n[blame if somebody]\nthrew a spanner\n"})
	file := filepath.Join(dir, "a.txt")
	out, beside, code := command(t, "", "language", "--json", file)
	if code != exitDone || beside != "" {
		t.Fatalf("exit %d: %s", code, beside)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	want := []string{`{"line":1,"text":"The door was shut.","nudges":[]}`, `{"line":2,"text":"","nudges":[]}`,
		`{"line":3,"text":"Über all that, they should have told us <now>.","nudges":[{"kind":"blame","start":21,"end":37,"turn":"We were not told …"},{"kind":"hindsight","start":21,"end":37,"turn":"We were not told …"}]}`}
	if len(lines) != len(want) {
		t.Fatalf("%d lines, want %d: %s", len(lines), len(want), out)
	}
	for i := range want {
		if lines[i] != want[i] {
			t.Errorf("line %d: %s, want %s", i+1, lines[i], want[i])
		}
	}
	if piped, _, code := command(t, "They should have told us.", "language", "--json", "-"); code != exitDone || !strings.Contains(piped, `"turn":"We were not told …"`) {
		t.Errorf("from standard input: exit %d: %s", code, piped)
	}
	human, _, code := command(t, "", "language", file)
	if code != exitDone {
		t.Errorf("for a person: exit %d", code)
	}
	says(t, human, "line 3, column 21:", "“should have told” says who", "We were not told …")
	if none, _, code := command(t, "", "language", filepath.Join(dir, "empty")); code != exitDone || strings.TrimSpace(none) != "Nothing to remark." {
		t.Errorf("nothing to remark: exit %d: %s", code, none)
	}
	own := filepath.Join(dir, "own.txt")
	if mine, _, code := command(t, "The depot threw a spanner.", "language", "--phrases", own, "-"); code != exitDone || !strings.Contains(mine, "“threw a spanner” says who") {
		t.Errorf("by a list of one's own: exit %d: %s", code, mine)
	}
	for _, with := range []string{"language", "serve"} {
		if _, beside, code := command(t, "", with, "--database", filepath.Join(dir, "none.db"), "--phrases", file); code != exitReach || !strings.Contains(beside, "line 1") {
			t.Errorf("%s by a list that cannot be read: exit %d: %s", with, code, beside)
		}
	}
	if _, beside, code := command(t, "", "language", file+"x"); code != exitReach || !strings.Contains(beside, "Look whether it is there") {
		t.Errorf("a file that is not there: exit %d: %s", code, beside)
	}
	if _, beside, code := command(t, "", "language", dir); code != exitReach || !strings.Contains(beside, "is a folder") {
		t.Errorf("a folder: exit %d: %s", code, beside)
	}
	if _, beside, code := command(t, "a\n"+strings.Repeat("a ", maxBatchLine), "language"); code != exitProblem || !strings.Contains(beside, "line 2") {
		t.Errorf("a line without end: exit %d: %s", code, beside)
	}
}
