package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// record is one document of the data, in the fields that a search may use.
type record struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Org      string   `json:"org"`
	Product  string   `json:"product"`
	Kind     string   `json:"kind"`
	Summary  string   `json:"summary"`
	Body     string   `json:"body"`
	Note     string   `json:"note"`
	Keywords []string `json:"keywords"`
}

// text is what an import would keep of the record below its title.
func (r record) text() string {
	if r.Kind == "facts-only" {
		return strings.TrimSpace(r.Note + "\n" + strings.Join(r.Keywords, ", "))
	}
	return r.Body
}

// group is a set of records that are the same failure again.
type group struct {
	Name       string     `json:"group"`
	Kind       string     `json:"kind"`
	Scope      string     `json:"scope"`
	Borderline bool       `json:"borderline"`
	Members    []string   `json:"members"`
	SameAgain  [][]string `json:"same_again"`
	Lookalikes []string   `json:"hard_negatives"`
}

type data struct {
	pool   []record
	byID   map[string]record
	groups []group
}

func load(folder string) (data, error) {
	all, err := records(folder)
	if err != nil {
		return data{}, err
	}
	d := data{byID: map[string]record{}}
	ids, err := os.ReadFile(filepath.Join(folder, "labels", "recurrence_pool.txt"))
	if err != nil {
		return data{}, err
	}
	for _, id := range strings.Fields(string(ids)) {
		r, ok := all[id]
		if !ok {
			return data{}, fmt.Errorf("recurrence_pool.txt names %s, which no file holds", id)
		}
		d.pool = append(d.pool, r)
		d.byID[id] = r
	}
	return d, eachLine(filepath.Join(folder, "labels", "recurrence.jsonl"), func(g group) {
		if !g.Borderline {
			d.groups = append(d.groups, g)
		}
	})
}

func records(folder string) (map[string]record, error) {
	files, err := filepath.Glob(filepath.Join(folder, "postmortems", "*.jsonl"))
	if err != nil {
		return nil, err
	}
	all := map[string]record{}
	for _, f := range files {
		if err := eachLine(f, func(r record) { all[r.ID] = r }); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// eachLine hands every JSON object of a file to do.
func eachLine[T any](name string, do func(T)) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for n := 1; lines.Scan(); n++ {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
		do(v)
	}
	return lines.Err()
}

func (d data) pairs() int {
	n := 0
	for _, g := range d.groups {
		n += len(g.Members)
	}
	return n
}

// isReview reports whether a record tells of an incident in somebody's systems.
func (r record) isReview() bool {
	switch r.Kind {
	case "incident-review", "status-issue", "retrospective", "planned-change":
		return true
	}
	return false
}
