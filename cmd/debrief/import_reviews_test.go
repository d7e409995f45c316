package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"debrief/internal/store/storetest"
)

// command runs a command line with its input and returns what it wrote, what it
// wrote beside that, and its exit code.
func command(t *testing.T, in string, args ...string) (out, beside string, code int) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(&shell{Context: t.Context(), in: strings.NewReader(in), out: &o, err: &e}, args)
	return o.String(), e.String(), code
}

const twoReviews = `{"id":"x-1","title":"Certificate expired on the shop","org":"Alder","date":"2021-03-04","kind":"incident-review","body":"The certificate of the payment page expired on a Sunday and nobody watched the date.","url":"https://alder.example/1","licence":"CC-BY-4.0","attribution":"Alder Ltd","source":"alder/reviews"}
{"id":"x-2","title":"Van stuck in the depot","org":"Birch","body":"The battery of the van was flat because the lights stayed on over the weekend.","licence":"CC0-1.0","source":"birch/vans"}
{"id":"x-3","title":"Scheduled maintenance of the mirror","body":"The mirror will be migrated on Monday between nine and ten."}
`

func says(t *testing.T, text string, all ...string) {
	t.Helper()
	for _, want := range all {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
}

func TestImportReviews_twiceChangesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db string) {
		dir := folder(t, map[string]string{
			"list.jsonl": twoReviews,
			"deep/er/page.md": "---\ntitle: Ladder left behind\ndate: 2020-02-02\n---\n" +
				"# Ladder left behind\n\nThe ladder stayed on the roof and the next crew had none.\n",
			"picture.png": "no text",
		})
		out, beside, code := command(t, "", "import", "reviews", "--database", db, dir)
		if code != exitDone {
			t.Fatalf("exit %d: %s", code, beside)
		}
		says(t, out, "picture.png", "another kind of file", "Scheduled maintenance of the mirror",
			"It announces planned work", "3 taken, 0 changed, 0 there already, 2 left out, 0 with problems")
		says(t, beside, "list.jsonl")

		out, _, code = command(t, "", "import", "reviews", "--database", db, dir)
		says(t, out, "0 taken, 0 changed, 3 there already, 2 left out, 0 with problems")
		if code != exitDone {
			t.Errorf("again: exit %d", code)
		}

		edited := strings.Replace(twoReviews, "Van stuck in the depot", "Lorry stuck in the harbour", 1)
		if err := os.WriteFile(filepath.Join(dir, "list.jsonl"), []byte(edited), 0o600); err != nil {
			t.Fatal(err)
		}
		out, _, _ = command(t, "", "import", "reviews", "--database", db, dir)
		says(t, out, "0 taken, 1 changed, 2 there already")
		out, _, _ = command(t, "", "similar", "--database", db, "lorry", "harbour")
		says(t, out, "x-2  Lorry stuck in the harbour")
	})
}

func TestImportReviews_problems(t *testing.T) {
	db := filepath.Join(t.TempDir(), "d.db")
	dir := folder(t, map[string]string{
		"a.jsonl":     "{\"id\":\"a-1\",\"title\":\"Pump\",\"body\":\"The pump ran dry.\"}\nnot JSON\n",
		"b.jsonl":     "{\"id\":\"b-1\",\"title\":\"Valve \\u001b[31m\",\"body\":\"The valve was shut.\"}\n",
		"copy.jsonl":  "{\"id\":\"b-1\",\"title\":\"Valve again\",\"body\":\"Other words under one id.\"}\n",
		"empty.jsonl": "",
	})
	out, beside, code := command(t, "", "import", "reviews", "--database", db, dir)
	if code != exitProblem {
		t.Errorf("exit %d, want %d", code, exitProblem)
	}
	says(t, out, "1 taken, 0 changed, 0 there already, 1 left out, 2 with problems", "It is in another file too")
	says(t, out, "a.jsonl", "nothing was taken", "line 2", "This line is not JSON", "empty.jsonl")
	if strings.ContainsRune(out+beside, 0x1b) {
		t.Error("a title could move the cursor")
	}
	out, _, _ = command(t, "", "similar", "--database", db, "--json", "pump ran dry")
	says(t, out, `"results":[]`)
	// The same conflict comes to the same end: whoever was first stays.
	out, _, _ = command(t, "", "import", "reviews", "--database", db, dir)
	says(t, out, "0 taken, 0 changed, 1 there already")
}

func TestImportReviews_unreadAndWrongUse(t *testing.T) {
	db := filepath.Join(t.TempDir(), "d.db")
	dir := folder(t, map[string]string{"b.jsonl": twoReviews})
	out, _, code := command(t, "", "import", "reviews", "--database", db, filepath.Join(dir, "nowhere"), dir)
	if code != exitReach {
		t.Errorf("a folder that is not there: exit %d, want %d", code, exitReach)
	}
	says(t, out, "nowhere", "2 taken")
	if _, _, code := command(t, "", "import", "reviews", "--database", db); code != exitUsage {
		t.Errorf("no path: exit %d, want %d", code, exitUsage)
	}
}
