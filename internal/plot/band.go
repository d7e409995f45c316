package plot

// Level is which of three a stretch of time is on, from 1, the lowest.
type Level struct {
	At    int    // 0: it is not said
	Under string // below it
	Few   string // in its place, where it is not said
}

// Levels draws for each stretch of time three boxes on top of each other, of which one
// is full.
func Levels(label string, names [3]string, all []Level) *Picture {
	p := &Picture{Label: label, height: 128}
	for i, name := range names {
		p.text("", "end", left+14, float64(92-34*i), name)
	}
	for i, at := range all {
		x := left + 26 + 72*float64(i)
		for row := range names {
			y := float64(74 - 34*row)
			if at.At == row+1 {
				p.box("pt", x, y, 58, 26)
			} else {
				p.box("hollow", x+0.75, y+0.75, 56.5, 24.5)
			}
		}
		p.text("", "middle", x+29, 122, at.Under)
		if at.Few != "" {
			p.text("", "middle", x+29, 57, at.Few)
		}
	}
	return p
}
