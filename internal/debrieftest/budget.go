package debrieftest

import (
	"fmt"
	"strings"
	"testing"
)

// A Budget counts what tasks cost a person. One unit is one tap, click or
// activating key; typed words and moving the focus cost nothing.
type Budget struct {
	rows []row
}

type row struct {
	task  string
	most  int
	spent int
}

// Spend does a task on a device and counts it.
func (b *Budget) Spend(d *Device, task string, most int, do func()) {
	before := d.Taps()
	do()
	b.rows = append(b.rows, row{task, most, d.Taps() - before})
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
		if r.spent > r.most {
			wrong = append(wrong, fmt.Sprintf("%s cost %d taps, %d at most", r.task, r.spent, r.most))
		}
	}
	return wrong
}

// String returns the table of all tasks in Markdown.
func (b *Budget) String() string {
	var s strings.Builder
	s.WriteString("| Task | Budget | Spent |\n|---|---|---|\n")
	for _, r := range b.rows {
		fmt.Fprintf(&s, "| %s | %d | %d |\n", r.task, r.most, r.spent)
	}
	return s.String()
}
