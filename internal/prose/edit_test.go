package prose

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/practice"
)

func TestEdits(t *testing.T) {
	change := func(i int, text string) func(Procedure) (Edit, error) {
		return func(p Procedure) (Edit, error) { return p.Change(i, text) }
	}
	insert := func(i int, text string) func(Procedure) (Edit, error) {
		return func(p Procedure) (Edit, error) { return p.Insert(i, text) }
	}
	move := func(j, i int) func(Procedure) (Edit, error) {
		return func(p Procedure) (Edit, error) { return p.Move(j, i) }
	}
	remove := func(i int) func(Procedure) (Edit, error) {
		return func(p Procedure) (Edit, error) { return p.Remove(i) }
	}
	for _, tt := range []struct {
		name, page string
		edit       func(Procedure) (Edit, error)
		want       string
		from       []int
	}{
		{"change", "# T\n- a\n- b  \n- c\n", change(1, "B"), "# T\n- a\n- B  \n- c\n", []int{0, 1, 2}},
		{"change with box and nested", "* [x] a\n    * b\n", change(0, "A"), "* [x] A\n    * b\n", []int{0, 1}},
		{"change to two lines", "1. a\r\n2. b", change(1, "B\nmore"), "1. a\r\n2. B\r\n   more", []int{0, 1}},
		{"change several lines to one", "- a\nlazy\n\n  more\n- b\n", change(0, "A"), "- A\n- b\n", []int{0, 1}},
		{"change what began a line below", "-\n  a\n- b\n", change(0, "A"), "- A\n- b\n", []int{0, 1}},
		{"change to nothing new", "- a\n", change(0, " a "), "- a\n", []int{0}},
		{"words that look like a marker", "- a\n", change(0, "3. of May"), "- 3\\. of May\n", []int{0}},
		{"and like others", "- a\n", change(0, "- [ ] x"), "- \\- [ ] x\n", []int{0}},
		{"a list within the words", "- a\n- b\n", change(0, "A:\n- x\n- y"), "- A:\n  - x\n  - y\n- b\n", []int{0, -1, -1, 1}},
		{"insert", "- a\n- b\n", insert(0, "x"), "- a\n- x\n- b\n", []int{0, -1, 1}},
		{"insert at the front", "T\n\n- [x] a\n", insert(-1, "x"), "T\n\n- [ ] x\n- [x] a\n", []int{-1, 0}},
		{"insert at an end without line ending", "+ a", insert(0, "x"), "+ a\n+ x", []int{0, -1}},
		{"insert behind what is nested", "- a\n  - b\n\n  c\n\ntext", insert(0, "x"), "- a\n  - b\n\n  c\n- x\n\ntext", []int{0, 1, -1}},
		{"insert among what is nested", "- a\n\t- b\n", insert(1, "x\ny"), "- a\n\t- b\n\t- x\n      y\n", []int{0, 1, -1}},
		{"insert into a loose list", "- a\n\n- b\n\ntext\n", insert(1, "x"), "- a\n\n- b\n\n- x\n\ntext\n", []int{0, 1, -1}},
		{"insert into a loose list's front", "- a\n\n- b\n", insert(-1, "x"), "- x\n\n- a\n\n- b\n", []int{-1, 0, 1}},
		{"numbers go on", "1. a\n2. b\n3. c\n", insert(0, "x"), "1. a\n2. x\n3. b\n4. c\n", []int{0, -1, 1, 2}},
		{"equal numbers stay equal", "1. a\n1. b\n", insert(0, "x"), "1. a\n1. x\n1. b\n", []int{0, -1, 1}},
		{"odd numbers are left alone", "1) a\n5) b\n", insert(0, "x"), "1) a\n1) x\n5) b\n", []int{0, -1, 1}},
		{"a wider number", "8. a\n9. b\n   - c\n", insert(0, "x"), "8. a\n9. x\n10. b\n    - c\n", []int{0, -1, 1, 2}},
		{"a wider number with room", "8.  a\n9.  b\n    - c\n", insert(0, "x"), "8.  a\n9.  x\n10. b\n    - c\n", []int{0, -1, 1, 2}},
		{"insert into an empty page", "", insert(-1, "x"), "- x\n", []int{-1}},
		{"insert into prose", "Title\n=====\r\n\r\ntext", insert(-1, "x"), "Title\n=====\r\n\r\ntext\n\n- x", []int{-1}},
		{"insert from a word processor", "• a", insert(0, "• x"), "• a\n• x", []int{0, -1}},
		{"move down", "- a\n  - a1\n- b\n- c\n", move(0, 2), "- b\n- a\n  - a1\n- c\n", []int{2, 0, 1, 3}},
		{"move to the front", "1. a\n2. b\n3. c\n", move(2, -1), "1. c\n2. a\n3. b\n", []int{2, 0, 1}},
		{"move into another list", "1. a\n2. b\n   more\n\n* [ ] c\n", move(1, 2), "1. a\n\n* [ ] c\n* [ ] b\n  more\n", []int{0, 2, 1}},
		{"move out of the nest", "- a\n    - b\n        - c\n- d\n", move(1, 3), "- a\n- d\n- b\n    - c\n", []int{0, 3, 1, 2}},
		{"move into the nest", "- a\n    - b\n- c\n  d\n", move(2, 1), "- a\n    - b\n    - c\n      d\n", []int{0, 1, 2}},
		{"move nowhere", "- a\n- b\n", move(0, -1), "- a\n- b\n", []int{0, 1}},
		{"remove", "1. a\n2. b\n3. c\n", remove(1), "1. a\n2. c\n", []int{0, 2}},
		{"remove the last", "- a\n- b", remove(1), "- a", []int{0}},
		{"remove the only one", "x\n\n- a\n\ny\n", remove(0), "x\n\ny\n", nil},
		{"remove from a loose list", "- a\n\n- b\n\n- c\n", remove(1), "- a\n\n- c\n", []int{0, 2}},
		{"remove the last of a loose list", "- a\n\n- b\n", remove(1), "- a\n", []int{0}},
		{"remove and keep what is below", "- a\n- b\n    1. c\n       - d\n\n    x\n- e\n", remove(1),
			"- a\n- c\n  - d\n\nx\n- e\n", []int{0, 2, 3, 4}},
		{"remove what parts a sentence from a rule", "x\n- a\n---\n", remove(0), "x\n\n---\n", nil},
		{"behind a byte order mark", mark + "- a\n- b\n", move(0, 1), mark + "- b\n- a\n", []int{1, 0}},
		{"split", "1. a and b\n2. c\n", func(p Procedure) (Edit, error) { return p.Split(0, "a", "b") }, "1. a\n2. b\n3. c\n", []int{0, -1, 1}},
		{"merge up", "- a\n- b\n- c\n", func(p Procedure) (Edit, error) { return p.Merge(2, 0, "a and c") }, "- a and c\n- b\n", []int{0, 1}},
		{"merge down", "- a\n- b\n- c\n", func(p Procedure) (Edit, error) { return p.Merge(0, 2, "a and c") }, "- b\n- a and c\n", []int{1, 2}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, err := tt.edit(parse(t, tt.page))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(e.Markdown())); diff != "" {
				t.Error(diff)
			}
			if len(e.From) != len(tt.from) || len(e.From) > 0 && !cmp.Equal(tt.from, e.From) {
				t.Errorf("steps come from %v, want %v", e.From, tt.from)
			}
		})
	}
}

func TestEdits_refused(t *testing.T) {
	p := parse(t, "- a\n  - b\n- c\n")
	for name, tt := range map[string]struct {
		err  error
		want error
	}{
		"empty":             {second(p.Change(0, " \n")), errEmpty},
		"empty and new":     {second(p.Insert(0, "")), errEmpty},
		"under itself":      {second(p.Move(0, 1)), errInside},
		"behind itself":     {second(p.Move(0, 0)), errInside},
		"into itself":       {second(p.Merge(1, 1, "b")), errInside},
		"only a link":       {second(parse(t, "# See also\n").Insert(-1, "[a](b)")), errLink},
		"beyond the limits": {second(p.Change(0, strings.Repeat("x", practice.MaxProcedure))), practice.Refuse(practice.Invalid, "procedure.large")},
	} {
		if !errors.Is(tt.err, tt.want) {
			t.Errorf("%s: got %v, want %v", name, tt.err, tt.want)
		}
	}
}

func second(_ Edit, err error) error { return err }

// Whatever is done to whichever step of whichever page: all other steps keep
// their words, every word of prose stays, and the edit can be read again.
func TestEdits_leaveTheRest(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	texts := []string{"new words", "two\nlines", "1. numbered", "with\n\n    code", "# hash", "a:\n- b", "```\nopen", "> quoted", "---", "<b>", "[ ] box"}
	for _, page := range fixtures(t) {
		for range 25 {
			p := parse(t, page)
			for range 4 {
				if len(p.Steps) == 0 {
					break
				}
				p = tryEdits(t, p, r.IntN(len(p.Steps)), texts[r.IntN(len(texts))])
			}
		}
	}
}

// tryEdits does each edit to step i and checks it; it returns one of them.
func tryEdits(t *testing.T, p Procedure, i int, text string) Procedure {
	t.Helper()
	last := p
	check := func(what string, e Edit, err error, edited bool) {
		t.Helper()
		if err != nil {
			return
		}
		if len(e.From) != len(e.Steps) {
			t.Fatalf("%s: %d steps from %d\n%s", what, len(e.Steps), len(e.From), e.Markdown())
		}
		seen := map[int]bool{}
		for k, was := range e.From {
			if was < 0 {
				continue
			}
			if seen[was] {
				t.Fatalf("%s: step %d stands twice", what, was)
			}
			seen[was] = true
			if e.Steps[k].Text != p.Steps[was].Text && !(edited && was == i) {
				t.Fatalf("%s: %q became %q\n%q\n%q", what, p.Steps[was].Text, e.Steps[k].Text, p.Markdown(), e.Markdown())
			}
		}
		is := e.between()
		for words, n := range p.between() {
			if is[words] < n {
				t.Fatalf("%s: %q has gone\n%q\n%q", what, words, p.Markdown(), e.Markdown())
			}
		}
		last = e.Procedure
	}
	e, err := p.Change(i, text)
	check("change", e, err, true)
	e, err = p.Insert(i, text)
	check("insert", e, err, false)
	e, err = p.Insert(-1, text)
	check("insert first", e, err, false)
	e, err = p.Remove(i)
	check("remove", e, err, false)
	e, err = p.Move(i, (i*7+1)%len(p.Steps))
	check("move", e, err, false)
	e, err = p.Move(i, -1)
	check("move first", e, err, false)
	return last
}
