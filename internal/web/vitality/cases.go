package vitality

import (
	"time"

	"debrief/internal/measure"
	"debrief/internal/practice"
)

// others are the measures without a picture: in numbers and in words, each with how it
// can fool you and what it was counted from.
func (d draughts) others(all []measure.Reading) (p plate, said table) {
	p = plate{Name: "others", Title: d.Say("vitality.others"), Made: d.Say("vitality.made")}
	p.Cautions.Head = d.head("measure", "fools")
	p.Table.Head, said.Head = d.head("measure", "k", "n", "low", "high", "sign"), d.head("measure", "k")
	add := func(name string, s measure.Share, sign string) {
		p.Table.Rows = append(p.Table.Rows, append(shareRow(name, s), sign))
		said.Rows = append(said.Rows, []string{name, d.said(s, sign)})
	}
	for _, r := range all {
		name := d.Say("measure."+string(r.Name), "days", d.days)
		switch r.Name {
		case measure.Carried:
			add(name, r.Share, d.Say("measure.sign."+string(r.Sign)))
			if half := d.middle("carried", r, 24*time.Hour); half != "" {
				last := said.Rows[len(said.Rows)-1]
				last[1] += " " + half
			}
		case measure.Shared, measure.Single, measure.Again, measure.NotNow, measure.Answered: // neither is good or bad by itself
			add(name, r.Share, "")
		case measure.Mix:
			for _, a := range r.Apart {
				add(name+" "+d.strength(a.What), measure.Share{K: a.N, N: r.Share.N}, "")
			}
		case measure.Led:
			sign := d.Say("measure.sign.few")
			if r.Sign != measure.Few {
				sign = d.Say("vitality.led.differ", "low", hundredths(r.Differ.Low), "high", hundredths(r.Differ.High))
			}
			add(name, r.Share, sign)
			add(d.Say("vitality.led.script"), r.Before, "")
		default:
			continue
		}
		p.Cautions.Rows = append(p.Cautions.Rows, []string{name, d.Say("vitality.fools." + string(r.Name))}) // words:use vitality.fools.*
		p.Cases, p.Sums = d.cases(p.Cases, r), d.sums(p.Sums, name, r)
	}
	return p, said
}

// sums adds to a table the quarters that a measure was counted from, where no case of it
// may be seen: only those that are shown.
func (d draughts) sums(t table, name string, r measure.Reading) table {
	t.Head, t.Named = d.head("measure", "when", "k", "n", "low", "high"), true
	for _, s := range r.Slices {
		if !s.Few && s.Share.N > 0 {
			t.Rows = append(t.Rows, append([]string{name}, shareRow(d.slice(s), s.Share)...))
		}
	}
	return t
}

// strength is what some changes do. words:use strength.of.*
func (d draughts) strength(of string) string { return d.Say("strength.of." + of) }

// cases adds to a table what a measure was counted from, a row for each.
func (d draughts) cases(t table, r measure.Reading) table {
	t.Head, t.Named = d.head("measure", "failure", "day", "what", "counts"), true
	for _, c := range r.Cases {
		name := d.Say("measure."+string(r.Name), "days", d.days)
		switch {
		case r.Name == measure.Mix:
			name += " " + d.strength(c.How)
		case r.Name == measure.Led && c.How == "script":
			name = d.Say("vitality.led.script")
		}
		what := d.failure(c)
		if r.Name == measure.Shared {
			what = d.Say("vitality.plan", "n", c.Number, "title", c.Title)
		}
		t.Rows = append(t.Rows, []string{name, what, d.date(c.At), d.how(r.Name, c), d.yes(c.Counts)})
	}
	return t
}

// how says of a case what it was or how long it took, where that is counted.
func (d draughts) how(name measure.Name, c measure.Case) string {
	switch {
	case name == measure.Change:
		switch route := practice.RouteKind(c.How); route {
		case practice.RouteStep, practice.RouteSafeguard, practice.RouteCovered, practice.RoutePromised:
			return d.Say("vitality.route." + string(route)) // words:use vitality.route.*
		}
	case name == measure.Single:
		return d.Say("vitality.back.what." + c.How)
	case name == measure.Carried && c.Took.Over:
		return d.Say("vitality.took", "n", int(c.Took.Long.Hours()/24))
	case name == measure.Carried && c.Took.Long > 0:
		return d.Say("vitality.lasts", "n", int(c.Took.Long.Hours()/24))
	}
	return ""
}

// reports are those that a share of early signs was counted from, with the window each is in.
func (d draughts) reports(r measure.Reading) (t table) {
	t.Head = d.head("failure", "day", "what", "when", "early")
	for _, c := range r.Cases {
		what, when := "", d.Say("vitality.early.window")
		if c.How == measure.ByMonitor {
			what = d.Say("vitality.early.monitor")
		} else {
			what = d.Say("report.stage." + c.How) // words:use report.stage.*
		}
		switch {
		case c.In:
		case !c.At.Before(r.From.AddDate(0, 0, -90)):
			when = d.Say("vitality.early.before")
		default:
			when = d.Say("vitality.early.earlier")
		}
		t.Rows = append(t.Rows, []string{d.failure(c), d.date(c.At), what, when, d.yes(c.Counts)})
	}
	return t
}

// early draws how early failures were told, with each report in its table.
func (d draughts) early(r measure.Reading) plate {
	p := d.quarters("early", r)
	p.Table.Rows = append([][]string{shareRow(d.Say("vitality.early.window"), r.Share), shareRow(d.Say("vitality.early.before"), r.Before)}, p.Table.Rows...)
	p.Cases = d.reports(r)
	return p
}

// gaps says beside a picture of reviews how many avoidable gaps changed something.
func (d draughts) gaps(p plate, r measure.Reading) plate {
	if r.Share.N > 0 {
		sign := d.Say("measure.sign." + string(r.Sign))
		p.Count += " " + d.Say("vitality.hollow.gaps", append(d.numbers(r), "sign", sign)...)
		p.Cases = d.cases(p.Cases, r)
	}
	return p
}

// middle says within how long half of what a measure counts was over, and how unsure that
// is: nothing where there are too few to say.
//
// words:use vitality.half.time vitality.half.time.* vitality.half.carried vitality.half.carried.*
func (d draughts) middle(name string, r measure.Reading, unit time.Duration) string {
	m, key := r.Middle, "vitality.half."+name
	if r.Sign == measure.Few || m == (measure.Middle{}) {
		return ""
	}
	in := func(t time.Duration) int { return int(t / unit) }
	args := []any{"middle", in(m.Median), "low", in(m.Low), "high", in(m.High)}
	switch {
	case !m.Known:
		return d.Say(key+".open", args...)
	case m.High == 0:
		return d.Say(key+".least", args...)
	}
	return d.Say(key, args...)
}
