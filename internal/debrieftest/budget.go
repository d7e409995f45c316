package debrieftest

import (
	"fmt"
	"strings"
	"testing"
)

// A Budget counts what tasks cost a person. One unit is one tap, click or
// activating key; typed words and moving the focus cost nothing. The screens
// that somebody sees on the way are counted too, and have no budget.
type Budget struct {
	rows []row
}

type row struct {
	task    string
	most    int
	over    int // how much more is known to be spent
	spent   int
	screens int
}

// Spend does a task on a device and counts it.
func (b *Budget) Spend(d *Device, task string, most int, do func()) {
	b.Overspend(d, task, most, 0, do)
}

// Overspend is Spend for a task that is known to cost so much more than its
// budget. The table says so, and Check fails when it is not exactly that: a
// debt neither grows nor is paid without a word.
func (b *Budget) Overspend(d *Device, task string, most, over int, do func()) {
	taps, screens := d.Taps(), d.watch.pages()
	do()
	b.rows = append(b.rows, row{task, most, over, d.Taps() - taps, d.watch.pages() - screens})
}

// Count takes in what was counted elsewhere: what several tasks cost together.
func (b *Budget) Count(task string, most, over, spent int) {
	b.rows = append(b.rows, row{task: task, most: most, over: over, spent: spent})
}

// Check fails the test for every task that cost more than its budget.
func (b *Budget) Check(t testing.TB) {
	t.Helper()
	for _, wrong := range b.over() {
		t.Error(wrong)
	}
	t.Logf("\n%s", b)
}

func (b *Budget) over() []string {
	var wrong []string
	for _, r := range b.rows {
		switch {
		case r.spent > r.most+r.over:
			wrong = append(wrong, fmt.Sprintf("%s cost %d taps, %d at most", r.task, r.spent, r.most+r.over))
		case r.over > 0 && r.spent < r.most+r.over:
			wrong = append(wrong, fmt.Sprintf("%s costs %d taps now, no longer %d: write that down", r.task, r.spent, r.most+r.over))
		}
	}
	return wrong
}

// String returns the table of all tasks in Markdown.
func (b *Budget) String() string {
	var s strings.Builder
	s.WriteString("| Task | Budget | Spent | Screens |\n|---|---|---|---|\n")
	for _, r := range b.rows {
		over := ""
		if r.over > 0 {
			over = fmt.Sprintf(" (%d over)", r.over)
		}
		fmt.Fprintf(&s, "| %s | %d | %d%s | %d |\n", r.task, r.most, r.spent, over, r.screens)
	}
	return s.String()
}
