package prose

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"debrief/internal/practice"
)

// Imported is a review that was written elsewhere.
type Imported struct {
	ID          string // its own, or made from where its file lies, so that an edited file is the same review
	Ref         string // the number its writers gave it; may be empty
	Title       string // never empty
	Text        string // Markdown; never empty
	Org         string
	Date        time.Time // the day it is about, in UTC; zero if unknown
	Kind        string    // "incident-review", "near-miss-report", ...
	URL         string
	Licence     string
	Attribution string
	Source      string
	SourcePath  string
	Keywords    []string
	Categories  []string
	More        []Field // whatever else it said of itself, by name
	Line        int     // where it begins in its file, from 1
	Print       string  // a fingerprint of all of the above: equal means nothing changed
}

// Field is a named value nobody asked for, and which is kept all the same.
type Field struct{ Name, Value string }

// Problem is a record that was left, or a place that cannot be read, and why.
type Problem struct {
	Line  int    // from 1; 0 for the whole file
	ID    string // of the record, if it has one
	Title string // of the record, if it has one
	Why   *practice.Error
}

// The largest files and lines that are read.
const (
	MaxReviewFile = 2 << 20  // bytes of a Markdown file
	MaxReviewList = 64 << 20 // bytes of a file of JSON lines
	MaxReviewLine = 1 << 20  // bytes of one such line
	maxProblems   = 20       // that are named of one file
)

// fileKind is how a file is read.
type fileKind int

const (
	otherFile fileKind = iota
	markdownFile
	wikiFile
	linesFile
)

// kindOf tells by its name how a file is read.
func kindOf(name string) fileKind {
	name = strings.TrimSuffix(strings.ToLower(name), ".erb")
	switch path.Ext(name) {
	case ".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd":
		return markdownFile
	case ".mediawiki", ".wiki":
		return wikiFile
	case ".jsonl", ".ndjson":
		return linesFile
	}
	return otherFile
}

// Reads reports whether [ReadReviews] reads files of such a name; others are
// named and left.
func Reads(name string) bool { return kindOf(name) != otherFile }

// ReadReviews reads reviews written elsewhere: one from a Markdown file with
// YAML, TOML or no front matter or from a MediaWiki page, one from each line of
// a file of JSON lines. name is the file's path, as full as is known: the end
// of it is the identity of a file that names none itself.
//
// Without an error the problems are records left on purpose: announcements of
// planned work, records without words, pages that are no review. With an error
// the file is not what it claims to be, nothing of it is returned, and the
// problems are the places that say so; the error is the first of them.
func ReadReviews(name string, r io.Reader) ([]Imported, []Problem, error) {
	name = strings.ReplaceAll(strings.ToValidUTF8(name, "\ufffd"), "\x00", "\ufffd")
	kind := kindOf(name)
	if kind == otherFile {
		return nil, nil, practice.Refuse(practice.Invalid, "import.kind")
	}
	most := MaxReviewFile
	if kind == linesFile {
		most = MaxReviewList
	}
	data, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", path.Base(name), err)
	}
	if len(data) > most {
		return nil, nil, practice.Refuse(practice.Invalid, "import.large").With("max", fmt.Sprintf("%d MiB", most>>20))
	}
	if kind == linesFile {
		return readLines(data)
	}
	if err := checkText(data); err != nil {
		return nil, nil, err
	}
	return readPage(name, strings.TrimPrefix(string(data), mark), kind)
}

// readLines reads a file of JSON lines.
func readLines(data []byte) ([]Imported, []Problem, error) {
	var taken []Imported
	var left, wrong []Problem
	seen := map[string]string{}
	lines := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(data, []byte(mark))))
	lines.Buffer(nil, MaxReviewLine+2)
	n := 0
	for lines.Scan() {
		n++
		line := lines.Bytes()
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		it, why, leave := readRecord(line)
		it.Line = n
		if why == nil {
			why, leave = again(seen, it)
		}
		switch {
		case why == nil:
			taken = append(taken, it)
		case leave:
			left = append(left, Problem{n, it.ID, it.Title, why})
		case len(wrong) < maxProblems:
			wrong = append(wrong, Problem{n, it.ID, it.Title, why.With("line", n)})
		}
	}
	if lines.Err() != nil {
		why := practice.Refuse(practice.Invalid, "import.line.long").With("max", fmt.Sprintf("%d MiB", MaxReviewLine>>20))
		wrong = append(wrong, Problem{Line: n + 1, Why: why.With("line", n+1)})
	}
	if n == 0 {
		wrong = append(wrong, Problem{Why: practice.Refuse(practice.Invalid, "import.nothing")})
	}
	if len(wrong) > 0 {
		return nil, wrong, wrong[0].Why
	}
	return taken, left, nil
}

// again finds the same id twice in one file: the same record again is left,
// another one under the same id makes the file unreadable.
func again(seen map[string]string, it Imported) (why *practice.Error, leave bool) {
	before, twice := seen[it.ID]
	seen[it.ID] = it.Print
	switch {
	case !twice:
		return nil, false
	case before == it.Print:
		return practice.Refuse(practice.Invalid, "import.again"), true
	}
	return practice.Refuse(practice.Invalid, "import.line.twice").With("id", it.ID), false
}

// fingerprint of everything that would be shown.
func (it Imported) fingerprint() string {
	h := sha256.New()
	put := func(parts ...string) {
		for _, p := range parts {
			fmt.Fprintf(h, "%d:%s", len(p), p)
		}
	}
	put(it.Ref, it.Title, strings.Join(strings.Fields(it.Text), " "), it.Org, it.Date.Format(time.DateOnly), it.Kind,
		it.URL, it.Licence, it.Attribution, it.Source)
	put(it.Keywords...)
	put(it.Categories...)
	for _, f := range it.More {
		put(f.Name, f.Value)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
