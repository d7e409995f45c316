package prose

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// steps reads "id: text" lines; "# " begins a heading and two spaces nest.
func steps(page string) []StepText {
	var out []StepText
	heading := ""
	for _, line := range strings.Split(strings.Trim(page, "\n"), "\n") {
		if h, ok := strings.CutPrefix(line, "# "); ok {
			heading = h
			continue
		}
		text := strings.TrimLeft(line, " ")
		s := StepText{Text: text, Depth: (len(line) - len(text)) / 2, Heading: heading}
		if id, rest, ok := strings.Cut(text, ": "); ok {
			s.ID, s.Text = id, rest
		}
		out = append(out, s)
	}
	return out
}

func told(matches []StepMatch) string {
	var b strings.Builder
	for _, m := range matches {
		id := m.ID
		if id == "" {
			id = "new"
		}
		if m.SplitFrom != "" {
			id += " from " + m.SplitFrom
		}
		if len(m.Merged) > 0 {
			id += " with " + strings.Join(m.Merged, " ")
		}
		b.WriteString(id + "\n")
	}
	return b.String()
}

func TestMatchSteps(t *testing.T) {
	for _, tt := range []struct{ name, old, new, want string }{
		{"the same", "a: Close the drain\nb: Start the pump", "Close the drain\nStart the pump", "a\nb\n"},
		{"moved", "a: Close the drain\nb: Start the pump", "Start the pump\nClose the drain", "b\na\n"},
		{"white space", "a: Close  the drain", "Close the drain", "a\n"},
		{"edited", "a: Close the drain\nb: Start the pump and wait", "Close the drain valve\nStart pump A and wait", "a\nb\n"},
		{"inserted and removed", "a: Close the drain\nb: Start the pump\nc: Write it down", "Close the drain\nCall the yard first\nWrite it down", "a\nnew\nc\n"},
		{"reworded in its place", "a: Close the drain\nb: Have a look at the lamp\nc: Write it down", "Close the drain\nThe green lamp is lit, look twice\nWrite it down", "a\nb\nc\n"},
		{"but not moved and reworded", "a: Have a look at the lamp\nc: Write it down", "Write it down\nThe green lamp is lit, wait twice", "c\nnew\n"},
		{"equal steps under headings", "# A\na: Follow the leader\n# B\nb: Follow the leader\n# C\nc: Follow the leader",
			"# C\nFollow the leader\n# A\nFollow the leader", "c\na\n"},
		{"equal steps by neighbours", "a: Wait\nb: Open the lid\nc: Wait\nd: Close the lid", "Open the lid\nWait\nClose the lid", "b\nc\nd\n"},
		{"split, the larger part first", "a: Open the inlet valve slowly by hand and watch the gauge\nb: Go on",
			"Open the inlet valve slowly by hand\nWatch the gauge\nGo on", "a\nnew from a\nb\n"},
		{"split, the larger part second", "a: Watch the gauge and open the inlet valve slowly by hand\nb: Go on",
			"Watch the gauge\nOpen the inlet valve slowly by hand\nGo on", "new from a\na\nb\n"},
		{"split in three", "a: Take the key, walk down to the cellar, switch the light on",
			"Take the key\nWalk down to the cellar\nSwitch the light on", "new from a\na\nnew from a\n"},
		{"merged, the larger first", "a: Open the inlet valve slowly by hand\nb: Watch the gauge", "Open the inlet valve slowly by hand and watch the gauge", "a with b\n"},
		{"merged, the larger second", "b: Watch the gauge\na: Open the inlet valve slowly by hand", "Watch the gauge and open the inlet valve slowly by hand", "a with b\n"},
		{"removed is not merged", "a: Open the inlet valve\nb: Watch the inlet valve", "Open the inlet valve", "a\n"},
		{"markup is no difference of words", "a: Open **valve** `V-3` now", "Open valve V-3 right now", "a\n"},
		{"nothing before", "", "Open the lid", "new\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			old := steps(tt.old)
			if tt.old == "" {
				old = nil
			}
			if diff := cmp.Diff(tt.want, told(MatchSteps(old, steps(tt.new)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// page makes n steps of random words, a few of them equal.
func page(r *rand.Rand, n int) []StepText {
	words := strings.Fields("open close check valve pump lid gauge lamp key door call yard wait write log start stop left right green slow hand first twice")
	var out []StepText
	for i := range n {
		if i > 0 && r.IntN(8) == 0 {
			out = append(out, StepText{ID: fmt.Sprint("s", i), Text: out[r.IntN(i)].Text, Heading: out[i-1].Heading})
			continue
		}
		var text []string
		for range 4 + r.IntN(8) {
			text = append(text, words[r.IntN(len(words))])
		}
		out = append(out, StepText{ID: fmt.Sprint("s", i), Text: strings.Join(text, " ") + fmt.Sprintf(" at post%d", i), Heading: fmt.Sprint("h", i/6)})
	}
	return out
}

// Whatever happened to the page: no identity is given twice, what was not
// touched keeps its own, and one edit of one step loses nothing.
func TestMatchSteps_properties(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 400 {
		old := page(r, 1+r.IntN(30))
		texts := map[string]string{}
		for _, s := range old {
			texts[s.ID] = s.Text
		}
		new := append([]StepText{}, old...)
		edited := ""
		switch at := r.IntN(len(new)); r.IntN(4) {
		case 0:
			r.Shuffle(len(new), func(i, j int) { new[i], new[j] = new[j], new[i] })
		case 1:
			edited = new[at].ID
			new[at].Text = "carefully " + new[at].Text + " again"
		case 2:
			new = append(new[:at], new[at+1:]...)
		case 3:
			new = append(new[:at:at], append([]StepText{{ID: "x", Text: "something else entirely unheard of"}}, new[at:]...)...)
		}
		seen := map[string]bool{}
		for j, m := range MatchSteps(old, new) {
			if m.ID == "" {
				if new[j].ID != "x" {
					t.Fatalf("%q lost its identity", new[j].Text)
				}
				continue
			}
			if seen[m.ID] {
				t.Fatalf("%s stands twice", m.ID)
			}
			seen[m.ID] = true
			if texts[m.ID] != new[j].Text && m.ID != edited {
				t.Fatalf("%q is said to be %q", new[j].Text, texts[m.ID])
			}
		}
	}
}

func TestMatchSteps_isQuick(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	old, new := page(r, 1000), page(r, 1000)
	within(t, "1,000 steps that all changed", func() { MatchSteps(old, new) })
}
