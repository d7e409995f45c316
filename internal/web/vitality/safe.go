package vitality

import (
	"fmt"
	"strconv"

	"debrief/internal/measure"
	"debrief/internal/plot"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// mostQuarters is how many quarters stand beside each other.
const mostQuarters = 4

// safe draws how safe it is to speak, by quarters, as it was said when each of them
// closed, and counts the rooms that became "not now" beside it.
func (d draughts) safe(r measure.Reading, notNow measure.Share) plate {
	p := d.plate("safe", measure.Reading{}, false)
	p.More = frame.Link{Text: d.Say("vitality.safe.more"), To: practice.PulsePath}
	all := r.Pulses[max(0, len(r.Pulses)-mostQuarters):]
	if len(all) == 0 {
		return p
	}
	p.Read = d.Say("vitality.safe.read")
	p.Count = d.pulse(all[len(all)-1])
	if n := len(r.House); n > 0 {
		p.Count += " " + d.Say("vitality.safe.house", "said", d.pulse(r.House[n-1]))
	}
	if notNow.N > 0 {
		p.Count += " " + d.Say("vitality.safe.notnow", "k", notNow.K, "n", notNow.N)
	}
	p.Table.Head = d.head("when", "of", "says", "asked", "answers", "low.sheets", "mixed", "high.sheets", "sum") // words:use vitality.col.*
	label := p.Title
	var levels []plot.Level
	for _, one := range all {
		l := plot.Level{Under: d.quarterOf(one)}
		switch one.Band {
		case practice.BandLow:
			l.At = 1
		case practice.BandMixed:
			l.At = 2
		case practice.BandHigh:
			l.At = 3
		default:
			l.Few = d.Say("vitality.few")
		}
		label += " " + d.pulse(one)
		levels = append(levels, l)
		p.Table.Rows = append(p.Table.Rows, d.pulseRow(one, d.Say("vitality.safe.team")))
	}
	for _, one := range r.House[max(0, len(r.House)-mostQuarters):] {
		p.Table.Rows = append(p.Table.Rows, d.pulseRow(one, d.Say("vitality.safe.all")))
	}
	names := [3]string{d.Say("measure.band.low"), d.Say("measure.band.mixed"), d.Say("measure.band.high")}
	p.Picture = plot.Levels(label, names, levels)
	return p
}

// quarterOf is what its quarter is called.
func (d draughts) quarterOf(r practice.PulseResult) string {
	return d.slice(measure.Slice{From: r.From})
}

// band says one; without one there are too few to say.
func (d draughts) band(b practice.Band) string {
	if b == "" {
		return d.Say("measure.sign.few")
	}
	return d.Say("measure.band." + string(b)) // words:use measure.band.*
}

// pulse says a quarter, as finely as it was kept.
func (d draughts) pulse(r practice.PulseResult) string {
	c := r.Count
	args := []any{"quarter", d.quarterOf(r), "band", d.band(r.Band), "n", r.Size, "asked", r.Asked, "low", c.Low, "mixed", c.Mixed, "high", c.High}
	switch {
	case !r.Said():
		return d.Say("vitality.safe.few", args...)
	case r.Exact():
		return d.Say("vitality.safe.exact", append(args, "mean", mean(r))...)
	case r.Rough():
		return d.Say("vitality.safe.rough", args...)
	}
	return d.Say("vitality.safe.band", args...)
}

// mean is all marks together by how many there are, to a tenth.
func mean(r practice.PulseResult) string {
	return fmt.Sprintf("%.1f", float64(r.Count.Sum)/float64(practice.SheetItems*r.Size))
}

// pulseRow is a quarter as a row of the table. What is not kept is empty.
func (d draughts) pulseRow(r practice.PulseResult, of string) []string {
	row := []string{d.quarterOf(r), of, d.band(r.Band), "", "", "", "", "", ""}
	if !r.Said() {
		return row
	}
	row[3], row[4] = strconv.Itoa(r.Asked), d.Say("vitality.safe.least", "n", r.Size)
	if r.Exact() {
		row[4], row[8] = strconv.Itoa(r.Size), strconv.Itoa(r.Count.Sum)
	}
	if r.Exact() || r.Rough() {
		row[5], row[6], row[7] = strconv.Itoa(r.Count.Low), strconv.Itoa(r.Count.Mixed), strconv.Itoa(r.Count.High)
	}
	return row
}
