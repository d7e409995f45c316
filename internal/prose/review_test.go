package prose

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/practice"
)

// summary writes what was read of a file for reading.
func summary(name string, taken []Imported, problems []Problem, err error) string {
	var b strings.Builder
	fmt.Fprintf(&b, "== %s\n", name)
	if err != nil {
		fmt.Fprintf(&b, "error: %v\n", err)
	}
	for _, p := range problems {
		fmt.Fprintf(&b, "left %d %s %s %q\n", p.Line, p.Why.Code, p.ID, p.Title)
	}
	for _, it := range taken {
		day := "no day"
		if !it.Date.IsZero() {
			day = it.Date.Format(time.DateOnly)
		}
		fmt.Fprintf(&b, "%s | %s | %s | %s | %s | %s\n", it.ID, it.Ref, it.Title, day, it.Kind, it.Org)
		fmt.Fprintf(&b, "  by %s | %s | %s | %s %s\n", it.Attribution, it.Licence, it.URL, it.Source, it.SourcePath)
		fmt.Fprintf(&b, "  %v %v %v\n", it.Keywords, it.Categories, it.More)
		fmt.Fprintf(&b, "  %s\n", strings.ReplaceAll(it.Text, "\n", "⏎"))
	}
	return b.String()
}

// Fixtures of our own in the shapes people publish reviews in.
func TestReadReviews_fixtures(t *testing.T) {
	var got strings.Builder
	root := filepath.Join("testdata", "reviews")
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !Reads(name) {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		taken, problems, err := ReadReviews(name, strings.NewReader(string(data)))
		got.WriteString(summary(filepath.ToSlash(name), taken, problems, err))
		again, _, _ := ReadReviews("/elsewhere/"+filepath.ToSlash(name), strings.NewReader(string(data)))
		if !cmp.Equal(taken, again) {
			t.Errorf("%s: another reading from elsewhere: %s", name, cmp.Diff(taken, again))
		}
		edited, _, _ := ReadReviews(name, strings.NewReader(strings.ReplaceAll(string(data), "an hour", "two hours")))
		for i := range edited {
			if edited[i].ID != taken[i].ID || (edited[i].Text == taken[i].Text && edited[i].Title == taken[i].Title) != (edited[i].Print == taken[i].Print) {
				t.Errorf("%s: an edited review must keep its id and change its print", name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join(root, "taken.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Error(diff)
	}
}

// A file that is not what it claims to be leaves nothing behind, and says where.
func TestReadReviews_refuses(t *testing.T) {
	const good = `{"id":"a","title":"b","body":"c"}` + "\n"
	for _, tt := range []struct {
		name, file, data, code string
		line                   any
	}{
		{"another kind", "a.pdf", "x", "import.kind", nil},
		{"a page of a site", "a.md", "\n<!DOCTYPE html><html>", "import.claims", 1},
		{"a pointer", "a.md", "version https://git-lfs.github.com/spec/v1\noid x\n", "import.claims", 1},
		{"JSON", "a.md", `{"title": "a"}`, "import.claims", 1},
		{"another encoding", "a.md", "# A\n\nGr\xfc\xdfe\n", "text.encoding", 3},
		{"a NUL", "a.md", "# A\x00\n", "text.binary", 1},
		{"too large", "a.md", strings.Repeat("a b c d\n", MaxReviewFile/8+1), "import.large", nil},
		{"broken YAML", "a.md", "---\ntitle: a\ndate: [\n---\nb\n", "import.front", 3},
		{"broken YAML, two colons", "a.md", "---\ntitle: a: b\n---\nb\n", "import.front", 2},
		{"YAML twice", "a.md", "---\ntitle: a\ntitle: b\n---\nb\n", "import.front", 3},
		{"a list for front matter", "a.md", "---\n# c\n- a\n- b\n---\nb\n", "import.front", 2},
		{"front matter without end", "a.md", "---\ntitle: a\n\nb\n", "import.front.open", 1},
		{"too much front matter", "a.md", "---\ntitle: a\nb: " + strings.Repeat("c", maxFront) + "\n---\nb\n", "import.front.large", 1},
		{"an alias", "a.md", "---\na: &a [x, x]\nb: *a\n---\nb\n", "import.front", 3},
		{"deep YAML", "a.md", "---\na: " + strings.Repeat("[", 100) + strings.Repeat("]", 100) + "\n---\nb\n", "import.front", 2},
		{"broken TOML", "a.md", "+++\ntitle = \"a\"\nb =\n+++\nb\n", "import.front", 3},
		{"deep TOML", "a.md", "+++\na = " + strings.Repeat("[", 100) + strings.Repeat("]", 100) + "\n+++\nb\n", "import.front", 2},
		{"no JSON", "a.jsonl", good + "{oops\n", "import.line.json", 2},
		{"no object", "a.jsonl", "[1]\n" + good, "import.line.object", 1},
		{"null", "a.jsonl", "null\n", "import.line.object", 1},
		{"a list of records", "a.jsonl", "[" + good + "]", "import.line.json", 1},
		{"no id", "a.jsonl", good + "\n" + `{"title":"b"}`, "import.line.id", 3},
		{"an empty id", "a.jsonl", `{"id":" ","title":"b"}`, "import.line.id", 1},
		{"a title that is no text", "a.jsonl", `{"id":"a","title":{"b":1}}`, "import.line.field", 1},
		{"one id, two records", "a.jsonl", good + `{"id":"a","title":"z","body":"c"}`, "import.line.twice", 2},
		{"another encoding in a line", "a.jsonl", good + "{\"id\":\"b\",\"body\":\"\xff\"}\n", "text.encoding", 2},
		{"a NUL in a line", "a.jsonl", `{"id":"a","body":"b\u0000"}`, "text.binary", 1},
		{"a line too long", "a.jsonl", good + `{"id":"b","body":"` + strings.Repeat("x", MaxReviewLine) + `"}`, "import.line.long", 2},
		{"deep JSON", "a.jsonl", `{"id":"a","b":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + "}", "import.line.json", 1},
		{"an empty list", "a.jsonl", "", "import.nothing", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var taken []Imported
			var problems []Problem
			var err error
			within(t, tt.name, func() { taken, problems, err = ReadReviews(tt.file, strings.NewReader(tt.data)) })
			var e *practice.Error
			if !errors.As(err, &e) || e.Kind != practice.Invalid || e.Code != tt.code || e.Args["line"] != tt.line {
				t.Errorf("got %v %+v", err, *e)
			}
			if len(taken) > 0 {
				t.Errorf("%d records of a file that was refused", len(taken))
			}
			if strings.HasSuffix(tt.file, "jsonl") && len(problems) == 0 {
				t.Error("no place is named")
			}
		})
	}
}

func TestReadReviews_namesEveryBadLine(t *testing.T) {
	_, problems, err := ReadReviews("a.jsonl", strings.NewReader(strings.Repeat("no\n", 50)))
	if err == nil || len(problems) != maxProblems || problems[4].Line != 5 {
		t.Errorf("%v, %d problems", err, len(problems))
	}
}

// YAML that grows a hundredfold with each line is refused before it does.
func TestReadReviews_aliasBomb(t *testing.T) {
	var b strings.Builder
	b.WriteString("---\na0: &a0 x\n")
	for i := 1; i < 20; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), ", "))
	}
	b.WriteString("---\ntext\n")
	within(t, "aliases", func() {
		if _, _, err := ReadReviews("a.md", strings.NewReader(b.String())); !errors.Is(err, practice.Refuse(practice.Invalid, "import.front")) {
			t.Error(err)
		}
	})
}

func TestReadReviews_pagesThatAreNone(t *testing.T) {
	for name, want := range map[string]string{
		"harbour/README.md": "import.page", "harbour/2031-02-03-crane/README.md": "", "harbour/2031-02-03-crane/index.md": "", "security.md": "import.page",
		"security-gate-open.md": "", "template.md": "import.template", "template-injection.md": "import.template", "gate-template.md": "import.template",
		"templates-mixed-up.md": "",
	} {
		_, left, err := ReadReviews(name, strings.NewReader("It stopped at {{ time }}.\n"))
		if got := strings.TrimSuffix(fmt.Sprint(codes(left)), " "); err != nil || got != want {
			t.Errorf("%s: %q %v, want %q", name, got, err, want)
		}
	}
	taken, left, err := ReadReviews("a/2031-02-03-crane/index.md", strings.NewReader("## Summary\n\nshort"))
	if err != nil || len(left) > 0 || taken[0].Date.Format(time.DateOnly) != "2031-02-03" {
		t.Errorf("%v %v %+v", err, left, taken)
	}
	if taken, _, _ := ReadReviews("gate-template.md", strings.NewReader("The gate stopped: its template was empty.")); len(taken) != 1 {
		t.Error("a review about a template is a review")
	}
}

func codes(problems []Problem) string {
	var b strings.Builder
	for _, p := range problems {
		b.WriteString(p.Why.Code + " ")
	}
	return b.String()
}

func TestAnnounces(t *testing.T) {
	for _, tt := range []struct {
		title, text string
		want        bool
	}{
		{"Gate migration", "On Sunday the gate will be moved.", true},
		{"Brown-out of the old entrance", "We'll close the old entrance for an hour.", true},
		{"Maintenance of crane two", "Crane two is scheduled for maintenance on Monday.", true},
		{"Crane two stops", "Crane two will be repaired on Monday.", false},
		{"Gate migration", "We will be brief: the root cause was a cable.", false},
		{"Gate migration failed", "The gate was moved and did not open.", false},
		{"Gates migrated, and closed", "The gates will be closed all day after an outage was found.", false},
		{"Scale upgrade", "The scales will be off. We were alerted by a driver.", false},
	} {
		if got := announces(tt.title, tt.text); got != tt.want {
			t.Errorf("%s: %v", tt.title, got)
		}
	}
}

func TestFindDay(t *testing.T) {
	for text, want := range map[string]string{
		"on 2031-02-03 at": "2031-02-03", "on 2031/2/3": "", "Tuesday 9th of June 2031, early": "2031-06-09", "May 31, 2031": "2031-05-31", "on 3 Sept. 2031": "2031-09-03",
		"July 2, and on June 30": "2029-07-02", "31 February 2031": "", "12031-02-03": "", "in March we may": "", "from 30 July to 2 August 2031": "2029-07-30",
	} {
		got := ""
		if day, ok := findDay(text, "2029"); ok {
			got = day.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestNameTitle(t *testing.T) {
	for name, want := range map[string]string{
		"/a/2031-02-03-crane-two_stops.html.md.erb": "Crane two stops", "x.md": "X", "a/über-uns.md": "Über uns", "2031-02-03.md": "2031 02 03", "a/crane/index.md": "Crane", "index.md": "Index", ".md": ".md",
	} {
		if got := NameTitle(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func FuzzReadReviews(f *testing.F) {
	err := filepath.WalkDir(filepath.Join("testdata", "reviews"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		f.Add(name, string(data))
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Add("a.md", "---\na: &a [*a]\n---\n")
	f.Add("a.md", "+++\n[[a]]\nb.c = 1979-05-27T07:32:00Z\n+++\nx")
	f.Fuzz(func(t *testing.T, name, data string) {
		taken, problems, err := ReadReviews(name, strings.NewReader(data))
		if err != nil && len(taken) > 0 {
			t.Fatal("taken from a file that was refused")
		}
		for _, it := range taken {
			if it.ID == "" || it.Title == "" || it.Text == "" || it.Print == "" {
				t.Fatalf("something is missing: %+v", it)
			}
			for _, text := range []string{it.Title, it.Text, it.ID} {
				if strings.ContainsRune(text, 0) || strings.ToValidUTF8(text, "") != text {
					t.Fatalf("not text: %q", text)
				}
			}
		}
		for _, p := range problems {
			if p.Why == nil {
				t.Fatal("left without a reason")
			}
		}
	})
}
