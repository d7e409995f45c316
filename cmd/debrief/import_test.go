package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// debrief runs one command and returns its exit code and what it said.
func debrief(t *testing.T, args ...string) (code int, said string) {
	t.Helper()
	var out bytes.Buffer
	code = run(&shell{Context: t.Context(), in: strings.NewReader(""), out: &out, err: &out}, args)
	return code, out.String()
}

// folder writes files and returns where they are.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// kept is every procedure's text by its title.
func kept(t *testing.T, database string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := storetest.Open(t, database).View(t.Context(), func(tx *store.Tx) error {
		all, err := tx.Procedures()
		if err != nil {
			return err
		}
		for _, p := range all {
			r, err := tx.Revision(p.ID, p.Revision)
			if err != nil {
				return err
			}
			texts[p.Title] += r.Markdown
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

func TestImportProcedure(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		dir := folder(t, map[string]string{
			"a.md": "\ufeff# Opening\r\n\r\n1. Unlock\r\n", "deep/er/night-shift.md": "* Lock up\n* Go home", "b.pdf": "%PDF", "empty.md": "\n",
			"broken.md": "- a\x00", "huge.md": strings.Repeat("- go on\n", practice.MaxProcedure/8+1), "latin.md": "- caf\xe9\n",
		})
		code, said := debrief(t, "import", "procedure", "--database", database, dir)
		if code != exitProblem {
			t.Errorf("exit %d", code)
		}
		for _, want := range []string{"a.md: Opening, 1 step\n", "night-shift.md: night shift, 2 steps\n", "b.pdf: left, it is another kind of file",
			"empty.md: left, there are no words in it", "broken.md: nothing was taken. This is not text.", "huge.md: nothing was taken. It is larger than 64 kB",
			"latin.md: nothing was taken. Some of these characters are broken.", "2 taken, 0 changed, 0 there already, 2 left out, 3 with problems"} {
			if !strings.Contains(said, want) {
				t.Errorf("did not say %q:\n%s", want, said)
			}
		}
		want := map[string]string{"Opening": "\ufeff# Opening\r\n\r\n1. Unlock\r\n", "night shift": "* Lock up\n* Go home"}
		if diff := cmp.Diff(want, kept(t, database)); diff != "" {
			t.Error(diff)
		}

		good := []string{filepath.Join(dir, "a.md"), filepath.Join(dir, "deep")}
		code, said = debrief(t, append([]string{"import", "procedure", "--database", database}, good...)...)
		if code != exitDone || !strings.Contains(said, "0 taken, 0 changed, 2 there already, 0 left out, 0 with problems") {
			t.Errorf("again: exit %d, %s", code, said)
		}
		if err := os.WriteFile(good[0], []byte("# Opening\n\n1. Unlock the door\n2. Light\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		code, said = debrief(t, "import", "procedure", "--database", database, good[0])
		if code != exitDone || !strings.Contains(said, "Opening, now version 2, 2 steps") {
			t.Errorf("changed: exit %d, %s", code, said)
		}
		if got := len(kept(t, database)); got != 2 {
			t.Errorf("%d procedures", got)
		}
	})
}

func TestImportProcedure_wrongly(t *testing.T) {
	database := storetest.SQLite(t)
	file := filepath.Join(folder(t, map[string]string{"a.md": "- Unlock\n"}), "a.md")
	for want, args := range map[int][]string{
		exitUsage:   {"import", "procedure", "--database", database},
		exitReach:   {"import", "procedure", "--database", database, file, file + ".none"},
		exitProblem: {"import", "procedure", "--database", database, "--team", "Nobody", file},
	} {
		if code, said := debrief(t, args...); code != want {
			t.Errorf("%v: exit %d, want %d: %s", args, code, want, said)
		}
	}
	if got := kept(t, database); len(got) != 1 {
		t.Errorf("the file beside the missing one: %v", got)
	}
}
