package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"debrief/internal/prose"
)

// procedures reads every page under procedures/, edits each of its steps, and
// counts the pages that do not come back byte for byte.
func procedures(folder string) (wrong int, err error) {
	files, err := filepath.Glob(filepath.Join(folder, "procedures", "*.md"))
	if err != nil {
		return 0, err
	}
	if len(files) == 0 {
		return 0, fmt.Errorf("no pages in %s", filepath.Join(folder, "procedures"))
	}
	steps := 0
	for _, name := range files {
		page, err := os.ReadFile(name)
		if err != nil {
			return wrong, err
		}
		p, err := prose.ParseProcedure(page)
		if err != nil {
			fmt.Printf("  WRONG %s: %v\n", filepath.Base(name), err)
			wrong++
			continue
		}
		steps += len(p.Steps)
		note := ""
		if len(p.Steps) == 0 {
			note = ", prose without a list, kept whole"
		}
		fmt.Printf("  %3d steps  %s%s\n", len(p.Steps), filepath.Base(name), note)
		for _, complaint := range checkProcedure(p, page) {
			fmt.Printf("  WRONG %s\n", complaint)
			wrong++
		}
	}
	fmt.Printf("  %d pages, %d steps\n", len(files), steps)
	return wrong, nil
}

// checkProcedure does every edit to every step and names what went wrong.
func checkProcedure(p prose.Procedure, page []byte) []string {
	var wrong []string
	if !bytes.Equal(p.Markdown(), page) {
		wrong = append(wrong, "the page does not come back byte for byte")
	}
	const words = "Words that nobody wrote here."
	for i, s := range p.Steps {
		e, err := p.Change(i, words)
		if err != nil {
			wrong = append(wrong, fmt.Sprintf("line %d cannot be changed: %v", s.Line, err))
			continue
		}
		back, err := e.Change(i, s.Text)
		if err != nil || !prose.SameWords(string(back.Markdown()), string(page)) {
			wrong = append(wrong, fmt.Sprintf("line %d does not come back when it is changed and changed back: %v", s.Line, err))
		}
		in, err := p.Insert(i, words)
		if err != nil {
			wrong = append(wrong, fmt.Sprintf("nothing can be put behind line %d: %v", s.Line, err))
			continue
		}
		out, err := in.Remove(placeOf(in, -1))
		if err != nil || !bytes.Equal(out.Markdown(), page) {
			wrong = append(wrong, fmt.Sprintf("the page is another after a step came behind line %d and went: %v", s.Line, err))
		}
		if _, err := p.Remove(i); err != nil {
			wrong = append(wrong, fmt.Sprintf("line %d cannot be removed: %v", s.Line, err))
		}
	}
	return wrong
}

// placeOf returns the step that came from a place.
func placeOf(e prose.Edit, from int) int {
	for k, was := range e.From {
		if was == from {
			return k
		}
	}
	return -1
}

// reviews reads every file under postmortems/ twice and counts those that are
// refused or read differently the second time.
func reviews(folder string) (wrong int, err error) {
	taken, left := 0, 0
	seen := map[string]string{}
	err = filepath.WalkDir(filepath.Join(folder, "postmortems"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !prose.Reads(name) {
			fmt.Printf("  left, another kind of file: %s\n", d.Name())
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		items, problems, err := prose.ReadReviews(name, bytes.NewReader(data))
		if err != nil {
			fmt.Printf("  WRONG %s: %v\n", d.Name(), err)
			wrong++
			return nil
		}
		again, _, _ := prose.ReadReviews(name, bytes.NewReader(data))
		for i, it := range items {
			if other, twice := seen[it.ID]; twice || again[i].Print != it.Print || it.Title == "" || it.Text == "" {
				fmt.Printf("  WRONG %s %s: read twice, read differently, or without words (%s)\n", d.Name(), it.ID, other)
				wrong++
			}
			seen[it.ID] = d.Name()
		}
		taken, left = taken+len(items), left+len(problems)
		fmt.Printf("  %s\n", say(d.Name(), items, problems))
		return nil
	})
	fmt.Printf("  %d taken, %d left\n", taken, left)
	return wrong, err
}

// say tells what was read of a file.
func say(name string, items []prose.Imported, problems []prose.Problem) string {
	whys := map[string]int{}
	for _, p := range problems {
		whys[p.Why.Code]++
	}
	var codes []string
	for code, n := range whys {
		codes = append(codes, fmt.Sprintf("%d %s", n, code))
	}
	sort.Strings(codes)
	what := fmt.Sprintf("%4d taken", len(items))
	if len(codes) > 0 {
		what += ", left " + strings.Join(codes, ", ")
	}
	if len(items) == 1 {
		it := items[0]
		day := "no day    "
		if !it.Date.IsZero() {
			day = it.Date.Format("2006-01-02")
		}
		return fmt.Sprintf("%s  %s  %s\n             from %s", what, day, it.Title, name)
	}
	return what + "  " + name
}
