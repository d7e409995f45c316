package vitality

import (
	"math"
	"strconv"
	"time"

	"debrief/internal/measure"
	"debrief/internal/plot"
)

// fewLeft is how many a curve has to be left with to be drawn on.
const fewLeft = 5

// back draws how long what was changed lasts once it is in use; with fewer than it takes
// for a curve, the cases stand in the table.
//
// words:use vitality.back.what.* vitality.back.part.*
func (d draughts) back(r measure.Reading) plate {
	p := d.plate("back", r, len(r.Cases) > 0)
	p.Table.Head = d.head("failure", "what", "used", "quiet", "again", "in")
	for _, c := range r.Cases {
		used := d.date(c.At)
		if c.How == measure.BackUnused {
			used = d.Say("vitality.back.unused")
		}
		p.Table.Rows = append(p.Table.Rows, []string{d.failure(c), d.Say("vitality.back.what." + c.How), used,
			strconv.Itoa(int(c.Took.Long.Hours() / 24)), d.again(c), d.counted(r, c)})
	}
	if len(r.Cases) == 0 {
		return p
	}
	over := measure.Of(r.Cases, func(c measure.Case) bool { return c.How == measure.BackPlace && c.Took.Over }).K
	places := measure.Of(r.Cases, func(c measure.Case) bool { return c.How == measure.BackPlace }).K
	if p.Count = d.Say("vitality.back.none"); places > 0 {
		p.Count = d.Say("vitality.back.count", "all", places, "over", over)
	}
	if args := append(d.numbers(r), "within", int(d.within().Hours()/24)); r.Share.N > 0 {
		p.Count += " " + d.Say("vitality.back.share", args...)
	}
	if n, _ := r.Beside("young"); n > 0 {
		soon, _ := r.Beside("soon")
		p.Count += " " + d.Say("vitality.back.young", "n", n, "k", soon)
	}
	if i, cycles := r.Rate.Interval(), int(math.Round(r.Rate.Cycles)); cycles > 0 {
		p.Count += " " + d.Say("vitality.back.rate", "k", r.Rate.Count, "cycles", cycles, "low", hundredths(i.Low), "high", hundredths(i.High))
	}
	if n, _ := r.Beside("unused"); n > 0 {
		p.Read += " " + d.Say("vitality.back.waiting", "n", n)
	}
	if k, _ := r.Beside("early"); k > 0 {
		p.Read += " " + d.Say("vitality.back.early", "k", k)
	}
	for _, part := range r.Parts[1:] {
		if steps := drawn(part.Curve); len(steps) > 0 {
			last := steps[len(steps)-1]
			p.Read += " " + d.Say("vitality.back.part."+part.What, "n", hundredths(last.P), "days", int(last.Day), "low", hundredths(last.Low), "high", hundredths(last.High))
		}
	}
	steps := drawn(r.Curve)
	if len(steps) == 0 {
		p.Read += " " + d.Say("vitality.back.cases")
		return p
	}
	last := steps[len(steps)-1]
	note := d.Say("vitality.back.note", "n", hundredths(last.P), "days", int(last.Day))
	p.Picture = plot.Curve(p.Title+" "+p.Count+" "+note, d.scale(), steps, func(day int) string { return d.Say("vitality.day", "n", day) }, note)
	return p
}

// again says whether a case came back: what did so after its time is over is in the curve,
// and not in the share.
func (d draughts) again(c measure.Case) string {
	if c.How != measure.BackUnused && c.Took.Over && !c.Counts {
		return d.Say("vitality.back.later")
	}
	return d.yes(c.Took.Over)
}

// within is how long what comes back is counted.
func (d draughts) within() time.Duration {
	return max(measure.BackWithin, 3*24*time.Hour*time.Duration(d.days))
}

// counted says whether a case is in the share, and why it is not.
//
// words:use vitality.back.in.*
func (d draughts) counted(r measure.Reading, c measure.Case) string {
	switch {
	case c.In, c.How == measure.BackUnused:
		return d.yes(c.In)
	case c.At.Before(r.From):
		return d.Say("vitality.back.in.older")
	case c.At.Add(d.within()).After(d.at):
		return d.Say("vitality.back.in.young")
	}
	return d.Say("vitality.back.in.changed")
}

// drawn is as much of a curve as is drawn: none of it under so many cases, and only as
// far as enough are left.
func drawn(curve []measure.Step) (steps []plot.Step) {
	if len(curve) == 0 || curve[0].Left < measure.BackCurve {
		return nil
	}
	for _, s := range curve {
		if s.Left >= fewLeft {
			steps = append(steps, plot.Step{Day: s.At.Hours() / 24, P: s.Share, Low: s.Band.Low, High: s.Band.High})
		}
	}
	return steps
}
