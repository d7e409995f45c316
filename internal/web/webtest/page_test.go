package webtest_test

import (
	"testing"

	"debrief/internal/web/webtest"
)

func TestFaults_control(t *testing.T) {
	for _, bad := range []string{
		`<h1>⟦no.words⟧</h1>`, `<h1 style="color:red">x</h1>`, `<h1 onclick="x()">x</h1>`,
		`<h1>x</h1><script>x()</script>`, `<h1>x</h1><img src="data:image/png,x">`,
		`<h1 id="a">x</h1><p id="a">x</p>`, `<h1>one</h1><h1>two</h1>`, `<p>none</p>`, `<h1>ZgotmplZ</h1>`,
	} {
		if len(webtest.Faults(bad)) == 0 {
			t.Errorf("nothing wrong found in %s", bad)
		}
	}
	if wrong := webtest.Faults(`<h1 id="a">x</h1><script type="module" src="/x.js"></script>`); len(wrong) > 0 {
		t.Errorf("a good page: %v", wrong)
	}
}
