package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store/storetest"
)

func TestSimilar_batch(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db string) {
		dir := folder(t, map[string]string{"list.jsonl": twoReviews, "ask/batch.jsonl": `{"id":"q1","text":"expired certificate"}
{"id":"q2","text":"expired certificate","exclude":"x-1"}
{"id":3,"text":"  … !! "}

{"id":"q4","text":"flat battery van","exclude":["x-1"]}
`})
		if _, beside, code := command(t, "", "import", "reviews", "--database", db, filepath.Join(dir, "list.jsonl")); code != exitDone {
			t.Fatal(beside)
		}
		out, beside, code := command(t, "", "similar", "--database", db, "--batch", filepath.Join(dir, "ask/batch.jsonl"))
		if code != exitDone {
			t.Fatalf("exit %d: %s", code, beside)
		}
		var got []string
		for _, line := range strings.Split(strings.TrimSpace(out), "\n") {
			var a struct {
				ID      any
				Results []struct{ Ref, Kind, Title string }
			}
			if err := json.Unmarshal([]byte(line), &a); err != nil {
				t.Fatalf("%v: %s", err, line)
			}
			said := strings.Trim(jsonOf(t, a.ID), `"`)
			for _, r := range a.Results {
				said += " " + r.Ref + "/" + r.Kind
			}
			got = append(got, said)
		}
		want := []string{"q1 x-1/failure", "q2", "3", "q4 x-2/failure"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		says(t, out, `"weak":`, `"score":`, `"why":["`)
	})
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestSimilar_fresh(t *testing.T) {
	db := filepath.Join(t.TempDir(), "d.db")
	nowhere := filepath.Join(t.TempDir(), "none", "d.db")
	if _, beside, code := command(t, "", "similar", "--database", nowhere, "anything"); code != exitReach || !strings.Contains(beside, "There is no database") {
		t.Errorf("without a folder: exit %d: %s", code, beside)
	}
	if _, beside, code := command(t, " ", "similar", "--database", db); code != exitUsage || !strings.Contains(beside, "Write what happened") {
		t.Errorf("without words: exit %d: %s", code, beside)
	}
	out, _, code := command(t, "anything at all", "similar", "--database", db, "--json")
	if code != exitDone || strings.TrimSpace(out) != `{"id":"","results":[]}` {
		t.Errorf("exit %d: %s", code, out)
	}
	out, _, code = command(t, "", "similar", "--database", db, "anything")
	if code != exitDone || strings.TrimSpace(out) != "Nothing like it." {
		t.Errorf("exit %d: %s", code, out)
	}
}

func TestSimilar_wrong(t *testing.T) {
	db := filepath.Join(t.TempDir(), "d.db")
	dir := folder(t, map[string]string{"b.jsonl": "{\"id\":1,\"text\":\"a\"}\n{\"id\":2,\n"})
	if _, beside, code := command(t, "", "similar", "--database", db, "--batch", filepath.Join(dir, "b.jsonl")); code != exitProblem || !strings.Contains(beside, "line 2") {
		t.Errorf("a line that is not JSON: exit %d: %s", code, beside)
	}
	if _, _, code := command(t, "", "similar", "--database", db, "--batch", filepath.Join(dir, "nowhere")); code != exitReach {
		t.Errorf("a file that is not there: exit %d", code)
	}
	if _, _, code := command(t, "", "similar", "--database", db, "--limit", "0", "a"); code != exitUsage {
		t.Errorf("no results wanted: exit %d", code)
	}
}

// What is clear stands first; what shares words by chance is called new ground.
func TestSimilar_said(t *testing.T) {
	db := filepath.Join(t.TempDir(), "d.db")
	dir := folder(t, map[string]string{"list.jsonl": twoReviews})
	if _, beside, code := command(t, "", "import", "reviews", "--database", db, filepath.Join(dir, "list.jsonl")); code != exitDone {
		t.Fatal(beside)
	}
	ask := func(text string) string {
		out, beside, code := command(t, "", "similar", "--database", db, text)
		if code != exitDone {
			t.Fatalf("exit %d: %s", code, beside)
		}
		return out
	}
	if out := ask("The van did not start: its battery was flat."); !strings.HasPrefix(out, "   x-2  ") {
		t.Errorf("a plain repeat: %s", out)
	}
	if out := ask("The van was painted green by a guest of the mayor on a warm day."); strings.HasPrefix(out, "   x-2") {
		t.Errorf("one word: %s", out)
	}
}

// What people tied to the report that is found stands below it, and nowhere else.
func TestSimilar_whatIsTied(t *testing.T) {
	db := filepath.Join(t.TempDir(), "d.db")
	settled(t, db)
	a := app.New(app.Options{Store: storetest.Open(t, db)})
	noor, err := a.MemberByName(t.Context(), operator, "Noor")
	must(t, err)
	me := practice.Actor{Member: noor.ID, Name: noor.Name, Teams: noor.Teams}
	var all []practice.Failure
	for _, text := range []string{"The cold room stood at nine degrees.", "The card was empty since Friday."} {
		f, err := a.ReportFailure(t.Context(), me, practice.NewFailure{Text: text, Stage: practice.StageAfter})
		must(t, err)
		all = append(all, f)
	}
	_, err = a.TieFailures(t.Context(), me, all[1].ID, all[0].ID, practice.TieSame)
	must(t, err)
	out, beside, code := command(t, "", "similar", "--database", db, "Nine degrees in the cold room, and the card")
	_, below, found := strings.Cut(out, "   F-1  The cold room stood at nine degrees  (")
	if code != exitDone || !found || !strings.Contains(below, "\n      F-2  The card was empty since Friday  (tied to it by people)\n") || strings.Count(out, "F-2") != 1 {
		t.Errorf("exit %d: %s%s", code, out, beside)
	}
}
