package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPattern(t *testing.T) {
	good, err := os.ReadFile("../../internal/pattern/testdata/tool-shadow-board.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := folder(t, map[string]string{"tool-shadow-board.md": string(good), "poka-yoke.md": "---\nslug: poka-yoke\ntitle: Poka-Yoke\n---\n",
		"broken.md": "---\ntitle: [\n---\n", "README.md": "# no pattern\n"})
	file := filepath.Join(dir, "tool-shadow-board.md")
	out, _, code := command(t, "", "pattern", "check", dir)
	if code != exitProblem {
		t.Errorf("errors: exit %d", code)
	}
	says(t, out, "/broken.md:2:1: error: the front matter is no YAML", "(unreadable)", "/poka-yoke.md:1:1: error: id is missing (required)",
		"/tool-shadow-board.md:77:7: warning: a machine says complementary to poka-yoke, and people say generalizes_from (link-contradicts)")
	out, beside, code := command(t, "", "pattern", "check", file)
	if code != exitDone || strings.Contains(out, "error") {
		t.Errorf("no errors: exit %d: %s", code, out)
	}
	says(t, beside, "1 document", "0 of them errors")
	out, _, _ = command(t, "", "pattern", "check", "--json", file)
	var first struct {
		File, Severity, Code, Message string
		Line, Col                     int
	}
	if err := json.Unmarshal([]byte(strings.SplitN(out, "\n", 2)[0]), &first); err != nil || first.Code == "" || first.Line == 0 {
		t.Errorf("%v: %+v", err, first)
	}
	out, _, code = command(t, "", "pattern", "check", "--sarif", dir)
	var log sarifLog
	if err := json.Unmarshal([]byte(out), &log); err != nil || code != exitProblem || len(log.Runs[0].Results) < 5 || len(log.Runs[0].Tool.Driver.Rules) < 30 {
		t.Errorf("SARIF: exit %d, %v", code, err)
	}
	out, _, _ = command(t, "", "pattern", "show", file)
	says(t, out, "Tool Shadow Board", "people say", "enables handover-at-the-gate 0.7 (not in this library)", "a machine says")
	out, _, _ = command(t, "", "pattern", "show", "--json", file)
	says(t, out, `"version":"0.10"`, `"overall_score":"3.7"`)
	for format, want := range map[string]string{"dot": "style=dotted", "json": `"machines":`, "svg": `stroke-dasharray`} {
		drawn, _, code := command(t, "", "pattern", "graph", "--machines", "--of", "Outline Wall", "--format", format, file)
		if code != exitDone || !strings.Contains(drawn, want) {
			t.Errorf("%s: exit %d: %.200s", format, code, drawn)
		}
		if alone, _, _ := command(t, "", "pattern", "graph", "--format", format, file); strings.Contains(alone, want) {
			t.Errorf("%s: machines' links are there without being asked for", format)
		}
	}
	if _, beside, code := command(t, "", "pattern", "graph", "--of", "nobody", file); code != exitProblem || !strings.Contains(beside, "nobody") {
		t.Errorf("exit %d: %s", code, beside)
	}
	if _, beside, code := command(t, "", "pattern", "check", file+"x"); code != exitReach || !strings.Contains(beside, "Look whether it is there") {
		t.Errorf("a file that is not there: exit %d: %s", code, beside)
	}
}

func TestPattern_changes(t *testing.T) {
	good, err := os.ReadFile("../../internal/pattern/testdata/tool-shadow-board.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := folder(t, map[string]string{"tool-shadow-board.md": string(good)})
	file := filepath.Join(dir, "tool-shadow-board.md")
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	is := func(want string) {
		t.Helper()
		got, err := os.ReadFile(file)
		if err != nil || string(got) != want {
			t.Errorf("%v: the file is\n%.300s", err, got)
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o640 {
			t.Errorf("others may read it now: %v", info.Mode())
		}
	}
	if _, beside, code := command(t, "", "pattern", "set", file, "lifecycle.status=active", "lifecycle=x"); code != exitProblem || !strings.Contains(beside, "fields of its own") {
		t.Errorf("exit %d: %s", code, beside)
	}
	is(string(good)) // all or none
	if _, _, code := command(t, "", "pattern", "set", file, "status"); code != exitUsage {
		t.Errorf("exit %d", code)
	}
	if _, beside, code := command(t, "", "pattern", "set", file, "lifecycle.status=active"); code != exitDone {
		t.Errorf("exit %d: %s", code, beside)
	}
	is(strings.Replace(string(good), "status: draft", "status: active", 1))
	if out, _, code := command(t, "", "pattern", "format", "--check", dir); code != exitProblem || !strings.Contains(out, "tool-shadow-board.md") {
		t.Errorf("exit %d: %s", code, out)
	}
	is(strings.Replace(string(good), "status: draft", "status: active", 1))
	if _, _, code := command(t, "", "pattern", "format", dir); code != exitDone {
		t.Errorf("exit %d", code)
	}
	if out, _, code := command(t, "", "pattern", "format", "--check", dir); code != exitDone || out != "" {
		t.Errorf("formed, it is still not in form: exit %d: %s", code, out)
	}
}
