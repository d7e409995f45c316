package frame_test

import (
	"testing"

	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

var _ = webtest.Sample("more", func(f *frame.Frame) (any, any) {
	return frame.MorePage{Frame: f}, frame.MorePage{Frame: f, Rooms: []frame.MoreRoom{{"Here", "A line.", "/c"}, {"There", "No address yet.", ""}}}
})

var _ = webtest.Sample("refused", func(f *frame.Frame) (any, any) {
	ways := []frame.Way{{Text: "There", To: "/", Go: true}, {Text: "Do", To: "/do", Post: true, Key: "k"}, {Text: "said"}, {Name: "elsewhere", Text: "not yet linked"}}
	return frame.RefusedPage{Frame: f}, frame.RefusedPage{
		Frame: f, Refusal: frame.Refusal{Title: "No", Why: "Because", Ways: ways}, Fault: true, Reference: "ab12",
		Again: &frame.Resend{To: "/report", Values: map[string][]string{"what": {"What somebody wrote.", "two"}}},
	}
})

func TestPages_emptyAndFull(t *testing.T) {
	s, _ := webtest.NewKit(t)
	webtest.EveryPage(t, s, frame.Templates)
}
