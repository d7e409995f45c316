package frame_test

import (
	"os"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

// The pages in testdata/page are a living sheet of everything the parts and the
// stylesheet can do, with sample data: what a new page may be put together from.

// sampleNow is a page with its window, its list of changes and its margin.
type sampleNow struct {
	*frame.Frame
	Early, Late, Over frame.Axis
	Overdue           frame.Refusal
	Steps             []sampleStep
}

type sampleStep struct {
	Seam      frame.Seam
	Say, Scar string
}

type sampleStepPage struct {
	*frame.Frame
	Thread  frame.Thread
	Fresh   frame.Seam
	Diff    frame.Diff
	Core    frame.Refusal
	Explain frame.Fold
}

type sampleRoom struct {
	*frame.Frame
	Verdicts []sampleVerdict
}

type sampleVerdict struct {
	Kind       frame.Kind
	Label, Why string
	Marks      []bool
}

type sampleReport struct {
	*frame.Frame
	Form                    *frame.Form
	What, Line              frame.Field
	When, Who, Stage, Kinds frame.Choices
}

type sampleStates struct {
	*frame.Frame
	Nothing     frame.Empty
	Wrong       frame.Summary
	Two         frame.Both
	Small       frame.Refusal
	Three, Pair frame.Equal
}

// since is a failure of so long ago.
func since(ago time.Duration) practice.Failure {
	return practice.Failure{RecognisedAt: webtest.Noon.Add(ago)}
}

// samples are the pages of the sheet with their data.
func samples(f *frame.Frame) map[string]any {
	f.Title = "Sample"
	m := webtest.SentForm(f, "what", "Nothing was wrong with the oven.", "when", "now", "who", "us", "stage", "happening")
	m.Mark(practice.Refuse(practice.Invalid, "required").At("line"))
	m.Mark(practice.Refuse(practice.Invalid, "required").At("stage"))
	ways := []frame.Way{{Text: "Keep the trial 30 more days", To: "/keep", Post: true, Key: "k"}, {Text: "Put the old wording back", To: "/back", Post: true, Key: "k"}, {Text: "Either needs one line why."}}
	return map[string]any{
		"now": sampleNow{Frame: f,
			Early: f.Axis(since(-25*time.Hour), time.Time{}), Late: f.Axis(since(-51*time.Hour), webtest.Noon.Add(3*time.Hour)), Over: f.Axis(since(-80*time.Hour), webtest.Noon.Add(-12*time.Hour)),
			Overdue: frame.Refusal{Title: "Decided by nobody yet: closing the depot, step 2", Why: "On trial since 2 March. The night shift was asked twice and has not answered. The safer wording stays until one person decides.", Ways: ways, Small: true},
			Steps: []sampleStep{
				{f.Seam(2), "Read the address back to the customer before loading.", "Loading a van, step 7. From F‑077 and F‑104."},
				{f.Seam(1), "Print the slot in the driver’s language, not only on screen.", "Booking, step 4. From F‑111."},
				{f.Seam(9), "Call the gate before closing, not after.", "Closing the depot, step 2. Nine failures stand behind it."},
			}},
		"step": sampleStepPage{Frame: f, Thread: f.Thread(3, "Mon 08:05", "54 h", "22 min", "now, in the room"),
			Fresh: frame.Seam{Sutures: 3, Label: "3", Fresh: true},
			Diff: frame.Diff{Label: "What changes", Was: []frame.Run{{"Check the address list ", false}, {"after loading", true}, {".", false}},
				Is: []frame.Run{{"Check the address list ", false}, {"before loading", true}, {". ", false}, {"If any line is older than a month, ring the customer.", true}}},
			Core:    frame.Refusal{Title: "This step waits for a third failure", Why: "One bad day can look like a pattern. Your wording is kept and counted.", Ways: []frame.Way{{Text: "Somebody could be badly harmed before then", To: "/f/1/severe"}}, Small: true},
			Explain: frame.Fold{"core", "What if nobody answers", "Nothing goes back by itself. It is overdue, and one person decides with a reason."}},
		"room": sampleRoom{f, []sampleVerdict{
			{f.Kind("avoidable"), "2", "Nobody wrote down how many go out.", make([]bool, 2)},
			{f.Kind("inherent"), "3", "We will never know the number before ten.", make([]bool, 3)},
			{f.Kind("experiment"), "1", "The sixth van was how we found out.", make([]bool, 1)},
			{f.Kind("unsure"), "1", "I was not there for this part.", make([]bool, 1)},
		}},
		"report": sampleReport{Frame: f, Form: m,
			What:  frame.Field{Name: "what", Label: "What happened", Value: m.Typed("what"), Rows: 3, Need: true, Most: 4000},
			Line:  frame.Field{Name: "line", Label: "One line", Hint: "A time and one line is enough.", Wrong: m.At("line")},
			When:  frame.Choices{Name: "when", Label: "When", Look: "seg", Options: []frame.Option{{Value: "now", Text: "Just now", Small: "10:52", On: true}, {Value: "today", Text: "Earlier", Small: "today"}, {Value: "before", Text: "Before", Small: "pick a day"}}},
			Who:   frame.Choices{Name: "who", Label: "Who did it touch", Look: "inline", Many: true, Options: []frame.Option{{Value: "us", Text: "Our drivers", On: true}, {Value: "them", Text: "Customers"}, {Value: "partner", Text: "A partner"}}},
			Stage: frame.Choices{Name: "stage", Label: "Where is it now", Look: "seg", Wrong: m.At("stage"), Options: []frame.Option{{Value: "early", Text: "Early sign", Small: "nothing broke yet"}, {Value: "happening", Text: "Happening", Small: "still going on", On: true}, {Value: "after", Text: "After", Small: "it is over"}}},
			Kinds: frame.Choices{Name: "kind", Label: "Which kind", Look: "three kindpick", Options: []frame.Option{{Value: "a", Kind: ptr(f.Kind("avoidable"))}, {Value: "i", Kind: ptr(f.Kind("inherent"))}, {Value: "e", Kind: ptr(f.Kind("experiment"))}}}},
		"states": sampleStates{Frame: f,
			Nothing: frame.Empty{"Nothing has gone wrong yet. Or nobody has said so.", "Start with one failure, one team, one real review.", []frame.Way{{Text: "Report one", To: "/report", Go: true}, {Text: "Bring in an old checklist", To: "/p/new"}}},
			Wrong:   f.Summary(m), Two: f.Both("/both", "34 of 51 were returned.", "Most were returned.", "4"),
			Small: frame.Refusal{Title: "This cannot be exported by person", Why: "Answers carry no author, so there is nothing to export.", Small: true},
			Three: frame.Equal{To: "/same", Name: "same", Label: "Same again?", Key: "k", Answers: []frame.Option{{Value: "y", Text: "Same again"}, {Value: "n", Text: "Not the same"}, {Value: "?", Text: "Not sure"}}},
			Pair:  frame.Equal{To: "/go", Name: "go", Label: "Ready?", Key: "k", Pair: true, Answers: []frame.Option{{Value: "go", Text: "Go"}, {Value: "not", Text: "Not now", Small: "needs no reason"}}}},
	}
}

func ptr(k frame.Kind) *frame.Kind { return &k }

// sheet is a frame with the pages of the sheet.
func sheet(t *testing.T) *frame.Kit {
	t.Helper()
	s, _ := webtest.NewKit(t, os.DirFS("testdata"))
	return s
}

func TestSamples(t *testing.T) {
	s := sheet(t)
	for name, data := range samples(webtest.Frames(t)[1]) {
		webtest.CheckPage(t, s, name, data)
	}
}
