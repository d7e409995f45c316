package main

import (
	"os"
	"path/filepath"
	"testing"

	"debrief/internal/store/storetest"
)

// What came in goes out again: imported reviews with their source and licence,
// procedures byte for byte. A folder that holds something is left alone.
func TestExport(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db string) {
		const checklist = "# Closing\n\n* [ ]  Lock the door\n* [ ] Look *twice*"
		in := folder(t, map[string]string{"list.jsonl": twoReviews})
		page := folder(t, map[string]string{"closing.md": checklist})
		if _, beside, code := command(t, "", "import", "reviews", "--database", db, in); code != exitDone {
			t.Fatal(beside)
		}
		if _, beside, code := command(t, "", "import", "procedure", "--database", db, filepath.Join(page, "closing.md")); code != exitDone {
			t.Fatal(beside)
		}
		out := filepath.Join(t.TempDir(), "out")
		if _, beside, code := command(t, "", "export", "--database", db, out); code != exitDone {
			t.Fatal(beside)
		}
		failures, err := os.ReadFile(filepath.Join(out, "failures.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		says(t, string(failures), `"id":"x-1"`, `"licence":"CC-BY-4.0"`, `"attribution":"Alder Ltd"`, `"id":"x-2"`)
		back, err := os.ReadFile(filepath.Join(out, "procedures", "closing.md"))
		if err != nil || string(back) != checklist {
			t.Errorf("the procedure came back as %q, %v", back, err)
		}
		_, beside, code := command(t, "", "export", "--database", db, out)
		says(t, beside, "is not empty")
		if code != exitProblem {
			t.Errorf("into a folder that holds something: exit %d", code)
		}
	})
}
