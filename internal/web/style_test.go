package web

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
)

// The pages in testdata/page are a living sheet of everything the parts and the
// stylesheet can do, with sample data: what a new page may be put together from.

// sampleNow is a page with its window, its list of changes and its margin.
type sampleNow struct {
	*Frame
	Early, Late, Over Axis
	Overdue           Refusal
	Steps             []sampleStep
}

type sampleStep struct {
	Seam      Seam
	Say, Scar string
}

type sampleStepPage struct {
	*Frame
	Thread  Thread
	Fresh   Seam
	Diff    Diff
	Core    Refusal
	Explain Fold
}

type sampleRoom struct {
	*Frame
	Verdicts []sampleVerdict
}

type sampleVerdict struct {
	Kind       Kind
	Label, Why string
	Marks      []bool
}

type sampleReport struct {
	*Frame
	Form                    *Form
	What, Line              Field
	When, Who, Stage, Kinds Choices
}

type sampleStates struct {
	*Frame
	Nothing     Empty
	Wrong       Summary
	Two         Both
	Small       Refusal
	Three, Pair Equal
}

// samples are the pages of the sheet with their data.
func samples(s *Web, f *Frame) map[string]any {
	f.Title = "Sample"
	m := &Form{Sent: true, frame: f, typed: map[string][]string{"what": {"Nothing was wrong with the oven."}, "when": {"now"}, "who": {"us"}, "stage": {"happening"}}}
	m.Mark(practice.Refuse(practice.Invalid, "required").At("line"))
	m.Mark(practice.Refuse(practice.Invalid, "required").At("stage"))
	ways := []Way{{Text: "Keep the trial 30 more days", To: "/keep", Post: true, Key: "k"}, {Text: "Put the old wording back", To: "/back", Post: true, Key: "k"}, {Text: "Either needs one line why."}}
	return map[string]any{
		"now": sampleNow{Frame: f,
			Early: f.Axis(noon.Add(-25*time.Hour), time.Time{}), Late: f.Axis(noon.Add(-51*time.Hour), noon.Add(3*time.Hour)), Over: f.Axis(noon.Add(-80*time.Hour), noon.Add(-12*time.Hour)),
			Overdue: Refusal{Title: "Decided by nobody yet: closing the depot, step 2", Why: "On trial since 2 March. The night shift was asked twice and has not answered. The safer wording stays until one person decides.", Ways: ways, Small: true},
			Steps: []sampleStep{
				{f.Seam(2), "Read the address back to the customer before loading.", "Loading a van, step 7. From F‑077 and F‑104."},
				{f.Seam(1), "Print the slot in the driver’s language, not only on screen.", "Booking, step 4. From F‑111."},
				{f.Seam(9), "Call the gate before closing, not after.", "Closing the depot, step 2. Nine failures stand behind it."},
			}},
		"step": sampleStepPage{Frame: f, Thread: f.Thread(3, "Mon 08:05", "54 h", "22 min", "now, in the room"),
			Fresh: Seam{Sutures: 3, Label: "3", Fresh: true},
			Diff: Diff{Label: "What changes", Was: []Run{{"Check the address list ", false}, {"after loading", true}, {".", false}},
				Is: []Run{{"Check the address list ", false}, {"before loading", true}, {". ", false}, {"If any line is older than a month, ring the customer.", true}}},
			Core:    Refusal{Title: "This step waits for a third failure", Why: "One bad day can look like a pattern. Your wording is kept and counted.", Ways: []Way{{Text: "Somebody could be badly harmed before then", To: "/f/1/severe"}}, Small: true},
			Explain: Fold{"core", "What if nobody answers", "Nothing goes back by itself. It is overdue, and one person decides with a reason."}},
		"room": sampleRoom{f, []sampleVerdict{
			{f.Kind("avoidable"), "2", "Nobody wrote down how many go out.", make([]bool, 2)},
			{f.Kind("inherent"), "3", "We will never know the number before ten.", make([]bool, 3)},
			{f.Kind("experiment"), "1", "The sixth van was how we found out.", make([]bool, 1)},
			{f.Kind("unsure"), "1", "I was not there for this part.", make([]bool, 1)},
		}},
		"report": sampleReport{Frame: f, Form: m,
			What:  Field{Name: "what", Label: "What happened", Value: m.Typed("what"), Rows: 3, Need: true, Most: 4000},
			Line:  Field{Name: "line", Label: "One line", Hint: "A time and one line is enough.", Wrong: m.At("line")},
			When:  Choices{Name: "when", Label: "When", Look: "seg", Options: []Option{{Value: "now", Text: "Just now", Small: "10:52", On: true}, {Value: "today", Text: "Earlier", Small: "today"}, {Value: "before", Text: "Before", Small: "pick a day"}}},
			Who:   Choices{Name: "who", Label: "Who did it touch", Look: "inline", Many: true, Options: []Option{{Value: "us", Text: "Our drivers", On: true}, {Value: "them", Text: "Customers"}, {Value: "partner", Text: "A partner"}}},
			Stage: Choices{Name: "stage", Label: "Where is it now", Look: "seg", Wrong: m.At("stage"), Options: []Option{{Value: "early", Text: "Early sign", Small: "nothing broke yet"}, {Value: "happening", Text: "Happening", Small: "still going on", On: true}, {Value: "after", Text: "After", Small: "it is over"}}},
			Kinds: Choices{Name: "kind", Label: "Which kind", Look: "three kindpick", Options: []Option{{Value: "a", Kind: ptr(f.Kind("avoidable"))}, {Value: "i", Kind: ptr(f.Kind("inherent"))}, {Value: "e", Kind: ptr(f.Kind("experiment"))}}}},
		"states": sampleStates{Frame: f,
			Nothing: Empty{"Nothing has gone wrong yet. Or nobody has said so.", "Start with one failure, one team, one real review.", []Way{{Text: "Report one", To: "/report", Go: true}, {Text: "Bring in an old checklist", To: "/p/new"}}},
			Wrong:   f.Summary(m), Two: f.Both("/both", "34 of 51 were returned.", "Most were returned.", "4"),
			Small: Refusal{Title: "This cannot be exported by person", Why: "Answers carry no author, so there is nothing to export.", Small: true},
			Three: Equal{To: "/same", Name: "same", Label: "Same again?", Key: "k", Answers: []Option{{Value: "y", Text: "Same again"}, {Value: "n", Text: "Not the same"}, {Value: "?", Text: "Not sure"}}},
			Pair:  Equal{To: "/go", Name: "go", Label: "Ready?", Key: "k", Pair: true, Answers: []Option{{Value: "go", Text: "Go"}, {Value: "not", Text: "Not now", Small: "needs no reason"}}}},
	}
}

// layered is the layouts and parts of the one with the pages of the other.
type layered struct {
	fs.FS
	pages fs.FS
}

func (l layered) Open(name string) (fs.File, error) {
	if name == "page" || strings.HasPrefix(name, "page/") {
		return l.pages.Open(name)
	}
	return l.FS.Open(name)
}

func ptr(k Kind) *Kind { return &k }

// withSamples adds the sheet to the pages.
func withSamples(t *testing.T, s *Web) *Web {
	t.Helper()
	more, err := loadTemplates(layered{templateFiles, os.DirFS("testdata")}, s.assets.funcs())
	if err != nil {
		t.Fatal(err)
	}
	for name, set := range more {
		s.pages[name] = set
	}
	return s
}

func TestSamples(t *testing.T) {
	s, _ := newWeb(t)
	withSamples(t, s)
	for name, data := range samples(s, frames(t)[1]) {
		checkPage(t, s, name, data)
	}
}
