package plot

import (
	"strings"
	"testing"
)

// What people called something is never part of the drawing.
func TestPicture_wordsAreNoMarkup(t *testing.T) {
	const title = `<script>"x"</script>&`
	p := Threads(title, []Thread{{Text: title, Reported: []float64{0.5}, Changed: []float64{0.6}}}, title, title)
	for _, got := range []string{string(p.SVG()), string(p.File())} {
		if strings.Contains(got, "<script") || strings.Count(got, "&lt;script&gt;") != 4 {
			t.Error(got)
		}
	}
}

// What lies outside of a picture stands at its edge, and nothing draws nothing.
func TestPictures_keepInside(t *testing.T) {
	unit := func(int) string { return "" }
	strip := string(Strip("", Window{Aim: 48, Limit: 72}, []Hour{{Hours: 9000}}, unit).SVG())
	if !strings.Contains(strip, `cx="346.0"`) {
		t.Errorf("what took a year is not at the end of the line: %s", strip)
	}
	if got := string(Threads("", []Thread{{Reported: []float64{-0.2, 0.5}}}, "", "").SVG()); strings.Count(got, `class="mad"`) != 1 {
		t.Errorf("a report from before the picture is in it: %s", got)
	}
	for _, p := range []*Picture{Squares("", nil), Shares("", Scale{}, nil), Bars("", Scale{}, nil), Curve("", Scale{}, nil, unit, ""), Strip("", Window{Aim: 48, Limit: 72}, nil, unit)} {
		if got := string(p.SVG()); strings.Contains(got, "NaN") || strings.Contains(got, "Inf") || strings.Contains(got, "circle") {
			t.Error(got)
		}
	}
}
