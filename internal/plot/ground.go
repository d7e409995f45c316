package plot

// Mark is one failure over time, from 0, when the picture begins, to 1, now.
type Mark struct {
	At    float64
	Again bool    // the same as one before it
	Last  float64 // when that was
	Text  string  // below it
}

// Ground draws failures on one line of time: a ring where one was new, a stitch where it
// was the same again, with an arc back to the last time, and a line across where
// something was changed.
func Ground(label string, marks []Mark, changed []float64, from, to string) *Picture {
	const floor, lowest = 84.0, 122.0
	p := &Picture{Label: label, height: lowest + 6}
	x := func(share float64) float64 { return 10 + 336*min(max(share, 0), 1) }
	p.line("axis-line", 4, floor, 352, floor)
	for _, at := range changed {
		p.line("aim", x(at), floor-34, x(at), floor+12)
	}
	written := -100.0
	for _, m := range marks {
		at := x(m.At)
		if m.Again {
			last := x(m.Last)
			p.path("ln", "M"+n(last)+" "+n(floor-8)+"Q"+n((last+at)/2)+" "+n(max(4, floor-26-(at-last)/2))+" "+n(at)+" "+n(floor-8))
			p.path("mad", "M"+n(at-4)+" "+n(floor+6)+"L"+n(at+4)+" "+n(floor-6))
		} else {
			p.dot("pt ring", at, floor, 5)
		}
		if at-written >= 44 && at >= 22 && at <= 330 {
			p.text("t2", "middle", at, floor+24, m.Text)
			written = at
		}
	}
	p.text("", "start", 4, lowest, from)
	p.text("", "end", 352, lowest, to)
	return p
}
