package vitality

import (
	"math"
	"slices"
	"strconv"
	"time"

	"debrief/internal/measure"
)

// used says how many changes are in use, by half years that are over: no case of it may
// be seen.
func (d draughts) used(r measure.Reading) plate {
	p := d.plate("used", r, r.Share.N > 0)
	p.Table.Head = d.head("when", "k", "n", "low", "high")
	for _, s := range r.Slices {
		if !s.Few {
			half := d.Say("vitality.used.half", "n", (int(s.From.Month())+5)/6, "year", strconv.Itoa(s.From.Year()))
			p.Table.Rows = append(p.Table.Rows, shareRow(half, s.Share))
		}
	}
	return p
}

// undone lists what was tried and whose term came. words:use vitality.undone.how.*
func (d draughts) undone(r measure.Reading) plate {
	p := d.plate("undone", r, r.Share.N > 0)
	p.Table.Head = d.head("failure", "day", "became")
	for _, c := range r.Cases {
		p.Table.Rows = append(p.Table.Rows, []string{d.failure(c), d.date(c.At), d.Say("vitality.undone.how." + c.How)})
	}
	if r.Share.N >= measure.UndoneLeast && r.Share.K == 0 {
		p.Count += " " + d.Say("vitality.undone.never")
	}
	return p
}

// proof lists how soon the last avoidable gaps changed something.
func (d draughts) proof(r measure.Reading) plate {
	p := d.plate("proof", r, r.Share.N > 0)
	p.Table.Head = d.head("failure", "day", "hours", "there", "before")
	for _, c := range r.Cases {
		p.Table.Rows = append(p.Table.Rows, []string{d.failure(c), d.date(c.At), strconv.Itoa(hours(c.Took.Long)), d.yes(c.Took.Over), d.yes(c.Counts)})
	}
	over := !slices.ContainsFunc(r.Cases, func(c measure.Case) bool { return !c.Took.Over })
	if m := r.Middle; m.Known && (over || m.High > 0) {
		p.Count += " " + d.Say("vitality.proof.half", "hours", hours(m.Median), "low", hours(m.Low), "high", hours(m.High))
	} else if m.Known {
		p.Count += " " + d.Say("vitality.proof.open", "hours", hours(m.Median), "low", hours(m.Low))
	}
	return p
}

// hours are whole ones.
func hours(t time.Duration) int { return int(math.Round(t.Hours())) }

// scant lists the changes of core steps with what was behind them. words:use vitality.scant.how.*
func (d draughts) scant(r measure.Reading) plate {
	p := d.plate("scant", r, r.Share.N > 0)
	p.Table.Head = d.head("failure", "day", "behind")
	for _, c := range r.Cases {
		p.Table.Rows = append(p.Table.Rows, []string{d.failure(c), d.date(c.At), d.Say("vitality.scant.how." + c.How)})
	}
	return p
}

// bare lists the agreed texts by their failures, and whether each names something.
func (d draughts) bare(r measure.Reading) plate {
	p := d.plate("bare", r, r.Share.N > 0)
	p.Table.Head = d.head("failure", "day", "names")
	for _, c := range r.Cases {
		p.Table.Rows = append(p.Table.Rows, []string{d.failure(c), d.date(c.At), d.yes(!c.Counts)})
	}
	return p
}
