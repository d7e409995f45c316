package plot

import "slices"

// Row is a line of squares with what stands above it.
type Row struct {
	Text   string
	Strong bool
	Full   []bool
}

// Squares draws one square for each case, full or hollow.
func Squares(label string, rows []Row) *Picture {
	p := &Picture{Label: label}
	y := 0.0
	for _, r := range rows {
		class := ""
		if r.Strong {
			class = "t2"
		}
		p.text(class, "start", 4, y+14, r.Text)
		for i, full := range r.Full {
			if i > 0 && i%14 == 0 {
				y += 25
			}
			if x := 4 + 25*float64(i%14); full {
				p.box("good", x, y+22, 19, 19)
			} else {
				p.box("hollow", x+0.75, y+22.75, 17.5, 17.5)
			}
		}
		y += 50
	}
	p.height = max(y-4, 20)
	return p
}

// Hour is how long one case took.
type Hour struct {
	Hours float64
	Ring  bool // marked
}

// Window is the hours in which cases had better come: bright to the aim and paler to
// the limit.
type Window struct {
	Text       string
	Aim, Limit float64
}

// Strip draws when cases came, in hours. What came after the end of the line stands
// at its end.
func Strip(label string, w Window, cases []Hour, unit func(hour int) string) *Picture {
	p := &Picture{Label: label, height: 122}
	const from, to, floor = 10.0, 346.0, 98.0
	end := w.Limit / 3 * 5
	x := func(hours float64) float64 { return from + min(hours, end)/end*(to-from) }
	p.box("zone", from, 22, x(w.Aim)-from, floor-22)
	p.box("zone pale", x(w.Aim), 22, x(w.Limit)-x(w.Aim), floor-22)
	p.line("aim", x(w.Aim), 22, x(w.Aim), floor)
	p.text("aim-text", "start", from, 14, w.Text)
	p.line("axis-line", from, floor, to, floor)
	sorted := slices.Clone(cases)
	slices.SortFunc(sorted, func(a, b Hour) int { return int(a.Hours*60) - int(b.Hours*60) })
	stack, last := 0, -100.0
	for _, c := range sorted {
		if stack++; x(c.Hours)-last >= 10 {
			stack, last = 0, x(c.Hours)
		}
		class := "pt"
		if c.Ring {
			class = "pt ring"
		}
		p.dot(class, x(c.Hours), floor-9-11*float64(stack%6), 5)
	}
	for i := range 6 {
		hour, anchor := end*float64(i)/5, "middle"
		switch i {
		case 0:
			anchor = "start"
		case 5:
			anchor = "end"
		}
		p.text("", anchor, x(hour), 116, unit(int(hour)))
	}
	return p
}

// Thread is one way of failing over time, from 0, when the picture begins, to 1, now.
type Thread struct {
	Text     string
	Reported []float64
	Changed  []float64
}

// Threads draws for each a stitch where it was reported, and a thread from where
// something was first changed.
func Threads(label string, threads []Thread, from, to string) *Picture {
	p := &Picture{Label: label, height: float64(38*len(threads)) + 36}
	x := func(share float64) float64 { return 8 + 338*min(max(share, 0), 1) }
	for i, t := range threads {
		y := float64(36 + 38*i)
		p.text("t2", "start", 4, y-10, t.Text)
		p.line("grid", 4, y, 350, y)
		if len(t.Changed) > 0 {
			p.line("run", x(t.Changed[0]), y, 350, y)
		}
		for _, at := range t.Changed {
			p.dot("pt", x(at), y, 4)
		}
		for _, at := range t.Reported {
			if at >= 0 {
				p.path("mad", "M"+n(x(at)-4)+" "+n(y+5)+"L"+n(x(at)+4)+" "+n(y-5))
			}
		}
	}
	p.text("", "start", 4, p.height-6, from)
	p.text("", "end", 350, p.height-6, to)
	return p
}
