package main

import (
	"os"
	"path/filepath"
	"testing"

	"debrief/internal/store/storetest"
)

func TestBackup_thereAndBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db string) {
		dir := folder(t, map[string]string{"list.jsonl": twoReviews})
		if _, beside, code := command(t, "", "import", "reviews", "--database", db, dir); code != exitDone {
			t.Fatal(beside)
		}
		file := filepath.Join(dir, "all.backup")
		out, beside, code := command(t, "", "backup", "--database", db, file)
		if code != exitDone {
			t.Fatalf("exit %d: %s", code, beside)
		}
		says(t, out, "all.backup", "checked")
		_, beside, code = command(t, "", "backup", "--database", db, file)
		if code != exitProblem {
			t.Errorf("a second backup into one file: exit %d", code)
		}
		says(t, beside, "is there already")

		other := filepath.Join(t.TempDir(), "other.db")
		if out, beside, code = command(t, "", "restore", "--database", other, file); code != exitDone {
			t.Fatalf("exit %d: %s", code, beside)
		}
		says(t, out, "Restored")
		out, _, _ = command(t, "", "similar", "--database", other, "flat battery van")
		says(t, out, "x-2")
		_, beside, code = command(t, "", "restore", "--database", other, file)
		if code != exitProblem {
			t.Errorf("into a database in use: exit %d", code)
		}
		says(t, beside, "not empty")
	})
}

func TestRestore_broken(t *testing.T) {
	dir := folder(t, map[string]string{"half.backup": "no backup at all"})
	db := filepath.Join(t.TempDir(), "d.db")
	_, beside, code := command(t, "", "restore", "--database", db, filepath.Join(dir, "half.backup"))
	if code != exitProblem {
		t.Errorf("exit %d", code)
	}
	says(t, beside, "is not a whole backup")
	if _, err := os.Stat(db); err == nil {
		t.Error("a database was made for nothing")
	}
	if _, _, code := command(t, "", "restore", "--database", db, filepath.Join(dir, "nowhere")); code != exitReach {
		t.Errorf("a file that is not there: exit %d", code)
	}
	if out, _, code := command(t, "", "migrate", "--database", db); code != exitDone {
		t.Errorf("migrate: exit %d, %s", code, out)
	}
}
