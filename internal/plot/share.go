package plot

// Scale has the words of none, half and all.
type Scale struct{ None, Half, All string }

// Point is a share with how unsure it is, from 0 to 1.
type Point struct {
	Low, P, High float64
	Text         string // beside it: "9 of 13"
	Under        string // below it: "Q2 26"
	Few          string // in its place, where there are too few to show one
}

// The field that shares are drawn in.
const (
	left, right, top, bottom = 34, 352, 14, 140
)

func height(p float64) float64 { return bottom - p*(bottom-top) }

func (p *Picture) scale(s Scale) {
	for i, words := range []string{s.None, s.Half, s.All} {
		y := height(float64(i) / 2)
		p.line("grid", left, y, right, y)
		p.text("", "end", left-6, y+4, words)
	}
}

// Shares draws shares one after another.
func Shares(label string, s Scale, points []Point) *Picture {
	p := &Picture{Label: label, height: 170}
	p.scale(s)
	step := float64(right-left-18) / float64(max(1, len(points)))
	for i, at := range points {
		x := left + 20 + step*float64(i)
		p.text("", "middle", x+8, 162, at.Under)
		if at.Few != "" {
			p.text("", "middle", x+8, bottom-8, at.Few)
			continue
		}
		p.line("ci", x, height(at.Low), x, height(at.High))
		p.dot("pt", x, height(at.P), 5)
		p.text("t2", "start", x+10, height(at.P)+4, at.Text)
	}
	return p
}

// Bars draws shares one below the other, each with a wide bar for how unsure it is.
func Bars(label string, s Scale, points []Point) *Picture {
	p := &Picture{Label: label, height: float64(52*len(points)) + 14}
	across := func(share float64) float64 { return 10 + 330*share }
	for i, at := range points {
		y := float64(34 + 52*i)
		p.text("t2", "start", 10, y-14, at.Text)
		p.line("grid", 10, y, 340, y)
		if at.Few == "" {
			p.line("ci wide", across(at.Low), y, across(at.High), y)
			p.dot("pt", across(at.P), y, 6)
		} else {
			p.text("", "middle", 175, y-6, at.Few)
		}
	}
	p.text("", "start", 10, p.height-4, s.None)
	p.text("", "end", 340, p.height-4, s.All)
	return p
}

// Step is where a curve goes down.
type Step struct{ Day, P, Low, High float64 }

// Curve draws what is left of all after so many days, to the last step; unit is how a
// day far along is written, and note what is to be read off it.
func Curve(label string, s Scale, steps []Step, unit func(day int) string, note string) *Picture {
	p := &Picture{Label: label, height: 170}
	p.scale(s)
	if len(steps) == 0 {
		return p
	}
	days := max(steps[len(steps)-1].Day, 1)
	x := func(day float64) string { return n(left + day/days*(right-left)) }
	upper, ln, lower := "M"+x(0)+" "+n(top), "M"+x(0)+" "+n(top), ""
	last := Step{P: 1, Low: 1, High: 1}
	for _, at := range steps {
		upper += "L" + x(at.Day) + " " + n(height(last.High)) + "L" + x(at.Day) + " " + n(height(at.High))
		ln += "L" + x(at.Day) + " " + n(height(last.P)) + "L" + x(at.Day) + " " + n(height(at.P))
		lower = "L" + x(at.Day) + " " + n(height(at.Low)) + "L" + x(at.Day) + " " + n(height(last.Low)) + lower
		last = at
	}
	p.path("band", upper+lower+"Z")
	p.path("ln", ln)
	for i := range 4 {
		day, anchor := days*float64(i)/3, "middle"
		if i == 3 {
			anchor = "end"
		}
		p.text("", anchor, left+day/days*(right-left), 162, unit(int(day)))
	}
	p.text("t2", "end", right-4, bottom-8, note)
	return p
}
