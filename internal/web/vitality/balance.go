package vitality

import (
	"strconv"

	"debrief/internal/measure"
)

// gave are the counts of the balance, in their order. words:use vitality.balance.*
var gave = []string{measure.SpentSteps, measure.SpentGuards, measure.SpentLimits, measure.SpentFindings, measure.SpentUsed, measure.SpentHeld}

// balance sets acting beside looking back: what nobody wrote about, what does not end,
// and what reviews took and what came of them, as counts and in words.
func (d draughts) balance(unmet, long, spent measure.Reading) (p plate, said table) {
	p = plate{Name: "balance", Title: d.Say("vitality.balance"), Read: d.Say("vitality.balance.read"), Fools: d.Say("vitality.balance.fools"), Made: d.Say("vitality.made")}
	p.Table.Head, said.Head = d.head("measure", "k", "n", "low", "high", "sign"), d.head("measure", "k")
	for _, r := range []measure.Reading{unmet, long} {
		name, sign := d.Say("measure."+string(r.Name), "days", d.days), d.Say("measure.sign."+string(r.Sign))
		p.Table.Rows = append(p.Table.Rows, append(shareRow(name, r.Share), sign))
		p.Cases = d.cases(p.Cases, r)
		said.Rows = append(said.Rows, []string{name, d.said(r.Share, sign)})
	}
	row := func(what, count, of, sign, text string) {
		name := d.Say("vitality.balance." + what)
		p.Table.Rows = append(p.Table.Rows, []string{name, count, of, "", "", sign})
		said.Rows = append(said.Rows, []string{name, text})
	}
	count := func(what string) string {
		n, _ := spent.Beside(what)
		return strconv.Itoa(n)
	}
	reviews := count(measure.SpentReviews)
	written, _ := spent.Beside(measure.SpentWritten)
	row(measure.SpentReviews, reviews, "", "", d.Say("vitality.balance.closed", "n", reviews, "written", written))
	minutes, _ := spent.Beside(measure.SpentMinutes)
	hours := strconv.FormatFloat(float64(minutes)/60, 'f', 1, 64)
	if worked, known := spent.Beside(measure.SpentWorked); known {
		sign := d.Say("measure.sign." + string(spent.Sign))
		row("hours", hours, strconv.Itoa(worked), sign, d.Say("vitality.others.said", "share", d.Say("vitality.balance.of", "hours", hours, "worked", worked), "sign", sign))
	} else {
		row("hours", hours, "", "", d.Say("vitality.balance.unknown", "hours", hours))
	}
	for _, what := range gave {
		row(what, count(what), "", "", count(what))
	}
	return p, said
}
