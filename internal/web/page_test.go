package web

import (
	"testing"
)

var _ = sample("more", func(f *Frame) (any, any) {
	return morePage{Frame: f}, morePage{Frame: f, Rooms: []moreRoom{{"Here", "A line.", "/c"}, {"There", "No address yet.", ""}}}
})

var _ = sample("refused", func(f *Frame) (any, any) {
	ways := []Way{{Text: "There", To: "/", Go: true}, {Text: "Do", To: "/do", Post: true, Key: "k"}, {Text: "said"}, {Name: "elsewhere", Text: "not yet linked"}}
	return refusedPage{Frame: f}, refusedPage{
		Frame: f, Refusal: Refusal{Title: "No", Why: "Because", Ways: ways}, Fault: true, Reference: "ab12",
		Again: &resend{To: "/report", Values: map[string][]string{"what": {"one", "two"}}},
	}
})

func TestFaults_control(t *testing.T) {
	for _, bad := range []string{
		`<h1>⟦no.words⟧</h1>`, `<h1 style="color:red">x</h1>`, `<h1 onclick="x()">x</h1>`,
		`<h1>x</h1><script>x()</script>`, `<h1>x</h1><img src="data:image/png,x">`,
		`<h1 id="a">x</h1><p id="a">x</p>`, `<h1>one</h1><h1>two</h1>`, `<p>none</p>`, `<h1>ZgotmplZ</h1>`,
	} {
		if len(faults(bad)) == 0 {
			t.Errorf("nothing wrong found in %s", bad)
		}
	}
	if wrong := faults(`<h1 id="a">x</h1><script type="module" src="/x.js"></script>`); len(wrong) > 0 {
		t.Errorf("a good page: %v", wrong)
	}
}
