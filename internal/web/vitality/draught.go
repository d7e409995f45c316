package vitality

import (
	"math"
	"strconv"
	"strings"
	"time"

	"debrief/internal/measure"
	"debrief/internal/plot"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// draughts draws the pictures, each from what was read.
type draughts struct {
	*frame.Frame
	days int // of a cycle
	at   time.Time
	file bool // for whoever counts on
}

// hundredths is a share in 100.
func hundredths(x float64) int { return int(math.Round(100 * x)) }

// numbers are what a sentence about a reading is filled with.
func (d draughts) numbers(r measure.Reading) []any {
	i := r.Share.Wilson()
	all := []any{"k", r.Share.K, "n", r.Share.N, "low", hundredths(i.Low), "high", hundredths(i.High), "sure", hundredths(r.Sure)}
	for _, a := range r.Apart {
		all = append(all, a.What, a.N)
	}
	return all
}

// plate begins a picture: what it shows, what there is to say of it, and the count. A
// reading with nothing in it says what it waits for.
func (d draughts) plate(name string, r measure.Reading, drawn bool) plate {
	key := "vitality." + name
	p := plate{Name: name, Title: d.Say(key + ".title"), Fools: d.Say(key + ".fools"), Made: d.Say("vitality.made")} // words:use vitality.*.title vitality.*.fools
	if !drawn {
		p.Read = d.Say(key + ".waits") // words:use vitality.*.waits
		return p
	}
	p.Read = d.Say(key+".read", "question", d.Say("script.tap.blame")) + " " + d.Say("vitality.sign."+string(r.Sign)) // words:use vitality.*.read vitality.sign.*
	if r.Sign != measure.Few && (r.Trend == measure.Rising || r.Trend == measure.Falling) {
		p.Read += " " + d.Say("vitality.trend."+string(r.Trend)) // words:use vitality.trend.*
	}
	if p.Count = d.Say("vitality.count.none"); r.Share.N > 0 {
		p.Count = d.Say(key+".count", d.numbers(r)...) // words:use vitality.*.count
	}
	return p
}

// scale has the words of a share.
func (d draughts) scale() plot.Scale {
	return plot.Scale{None: d.Say("vitality.none"), Half: d.Say("vitality.half"), All: d.Say("vitality.all")}
}

// head are the names of columns. words:use vitality.col.*
func (d draughts) head(names ...string) []string {
	for i, name := range names {
		names[i] = d.Say("vitality.col." + name)
	}
	return names
}

// date is a day as people say it, and in a file in the order of the calendar.
func (d draughts) date(t time.Time) string {
	if d.file {
		return t.In(d.at.Location()).Format(time.DateOnly)
	}
	return d.Date(t)
}

func (d draughts) yes(is bool) string {
	if is {
		return d.Say("vitality.yes")
	}
	return d.Say("vitality.no")
}

// failure is one by its number and title; what was called off, or is restricted to named
// people, has none.
func (d draughts) failure(c measure.Case) string {
	return strings.TrimSpace(d.number(c.Number) + " " + c.Title)
}

// number is the number of a failure, or that none is said.
func (d draughts) number(n int) string {
	if n == 0 {
		return d.Say("vitality.off")
	}
	return d.Say("frame.number", "n", n)
}

// shareRow is a share as a row of a table.
func shareRow(when string, s measure.Share) []string {
	if s.N == 0 {
		return []string{when, "0", "0", "", ""}
	}
	i := s.Wilson()
	return []string{when, strconv.Itoa(s.K), strconv.Itoa(s.N), strconv.Itoa(hundredths(i.Low)), strconv.Itoa(hundredths(i.High))}
}

// slice is what a stretch of time is called.
func (d draughts) slice(s measure.Slice) string {
	q := (int(s.From.In(d.at.Location()).Month()) + 2) / 3
	return d.Say("vitality.quarter", "q", q, "year", s.From.In(d.at.Location()).Format("06"))
}

// quarters draws a share by quarters.
func (d draughts) quarters(name string, r measure.Reading) plate {
	var points []plot.Point
	rows := table{Head: d.head("when", "k", "n", "low", "high")}
	drawn := r.Share.N > 0
	label := ""
	for _, s := range r.Slices {
		i := s.Share.Wilson()
		p := plot.Point{Low: i.Low, P: s.Share.P(), High: i.High, Text: d.Say("vitality.of", "k", s.Share.K, "n", s.Share.N), Under: d.slice(s)}
		label += ", " + p.Under + ": " + p.Text
		if s.Few {
			p.Few = d.Say("vitality.few")
		}
		if s.Share.N > 0 {
			rows.Rows = append(rows.Rows, shareRow(p.Under, s.Share))
			drawn = true
		}
		points = append(points, p)
	}
	p := d.plate(name, r, drawn)
	if p.Table = rows; drawn {
		p.Picture = plot.Shares(p.Title+label, d.scale(), points)
	}
	return p
}

func (d draughts) blame(r measure.Reading) plate { return d.quarters("blame", r) }
func (d draughts) came(r measure.Reading) plate  { return d.quarters("came", r) }

// hollow draws a square for each review, the last ten apart.
func (d draughts) hollow(r measure.Reading) plate {
	p := d.plate("hollow", r, len(r.Cases) > 0)
	p.Table.Head = d.head("failure", "day", "in", "nothing", "quick", "same")
	var before, last []bool
	for _, c := range r.Cases {
		if c.In {
			last = append(last, !c.Counts)
		} else {
			before = append(before, !c.Counts)
		}
		p.Table.Rows = append(p.Table.Rows, []string{d.failure(c), d.date(c.At), d.yes(c.In), d.yes(c.Counts), d.yes(strings.Contains(c.How, measure.SideQuick)), d.yes(strings.Contains(c.How, measure.SideSame))})
	}
	if len(r.Cases) == 0 {
		return p
	}
	caption := d.Say("vitality.hollow.last", "k", r.Share.K, "n", r.Share.N)
	rows := []plot.Row{{Text: caption, Strong: true, Full: last}}
	if len(before) > 0 {
		rows = append([]plot.Row{{Text: d.Say("vitality.hollow.before"), Full: before}}, rows...)
	}
	p.Picture = plot.Squares(p.Title+" "+caption, rows)
	return p
}

// inTime draws the hours until people met, or until now.
func (d draughts) inTime(r measure.Reading) plate {
	p := d.plate("time", r, len(r.Cases) > 0)
	p.Table.Head = d.head("failure", "day", "hours", "met", "intime")
	var hours []plot.Hour
	for _, c := range r.Cases {
		h := c.Took.Long.Hours()
		hours = append(hours, plot.Hour{Hours: h, Ring: c.Written})
		p.Table.Rows = append(p.Table.Rows, []string{d.failure(c), d.date(c.At), strconv.Itoa(int(h)), d.yes(c.Took.Over), d.yes(c.Counts)})
	}
	if half := d.middle("time", r, time.Hour); half != "" {
		p.Count += " " + half
	}
	if n, _ := r.Beside("support"); n > 0 {
		p.Read += " " + d.Say("vitality.time.support", "n", n)
	}
	if len(hours) > 0 {
		p.Picture = plot.Strip(p.Title+" "+p.Count, plot.Window{Text: d.Say("vitality.time.zone"), Aim: practice.ReviewAim.Hours(), Limit: practice.ReviewLimit.Hours()}, hours, strconv.Itoa)
	}
	return p
}

// mostPlaces is how many ways of failing are drawn; the table has them all.
const mostPlaces = 6

// places draws what was reported more than once.
func (d draughts) places(r measure.Reading) plate {
	p := d.plate("ditch", measure.Reading{Sign: "cases"}, len(r.Places) > 0)
	p.Table.Head = d.head("failure", "reported", "changed")
	p.More = frame.Link{Text: d.Say("ground.title"), To: "/ground"}
	from := d.at.AddDate(-1, 0, 0)
	share := func(times []time.Time) []float64 {
		var all []float64
		for _, t := range times {
			all = append(all, t.Sub(from).Hours()/d.at.Sub(from).Hours())
		}
		return all
	}
	dates := func(times []time.Time) string {
		var all []string
		for _, t := range times {
			all = append(all, d.date(t))
		}
		if d.file {
			return strings.Join(all, " ")
		}
		return d.List(all)
	}
	var threads []plot.Thread
	for _, at := range r.Places {
		title := d.failure(measure.Case{Number: at.Number, Title: at.Title})
		p.Table.Rows = append(p.Table.Rows, []string{title, dates(at.Reported), dates(at.Changed)})
		if len(threads) < mostPlaces {
			threads = append(threads, plot.Thread{Text: short(title), Reported: share(at.Reported), Changed: share(at.Changed)})
		}
	}
	if len(threads) > 0 {
		p.Count = d.Say("vitality.ditch.count", "n", len(r.Places))
		p.Picture = plot.Threads(p.Title+" "+p.Count, threads, d.date(from), d.Say("vitality.now"))
	}
	return p
}

// short is as much of a title as fits a line of a picture.
func short(title string) string {
	const most = 46
	if r := []rune(title); len(r) > most {
		return strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return title
}

// cited draws two half-years of plans.
func (d draughts) cited(r measure.Reading) plate {
	p := d.plate("cited", r, len(r.Cases) > 0)
	p.Table.Head = d.head("plan", "day", "in", "cites")
	for _, c := range r.Cases {
		p.Table.Rows = append(p.Table.Rows, []string{d.Say("vitality.plan", "n", c.Number, "title", c.Title), d.date(c.At), d.yes(c.In), d.yes(c.Counts)})
	}
	if len(r.Cases) == 0 {
		return p
	}
	var points []plot.Point
	for i, s := range r.Slices {
		in := s.Share.Wilson()
		text := d.Say([]string{"vitality.cited.before", "vitality.cited.now"}[i], "k", s.Share.K, "n", s.Share.N) // words:use vitality.cited.before vitality.cited.now
		point := plot.Point{Low: in.Low, P: s.Share.P(), High: in.High, Text: text}
		if s.Few {
			point.Few = d.Say("vitality.few")
		}
		points = append(points, point)
	}
	p.Picture = plot.Bars(p.Title+" "+points[0].Text+", "+points[1].Text, d.scale(), points)
	return p
}

// said is a share in words, with what it is a sign of, if of anything.
func (d draughts) said(s measure.Share, sign string) string {
	if s.N == 0 {
		return d.Say("measure.none")
	}
	text := d.Say("measure.share", d.numbers(measure.Reading{Share: s})...)
	if sign == "" {
		return text
	}
	return d.Say("vitality.others.said", "share", text, "sign", sign)
}

// checks lists the changes of half a year: the list says more than the share does.
func (d draughts) checks(r measure.Reading) plate {
	p := plate{Name: "checks", Title: d.Say("vitality.checks.title"), Fools: d.Say("vitality.checks.fools"), Made: d.Say("vitality.made")}
	p.Table.Head = d.head("failure", "day", "checks")
	if len(r.Cases) == 0 {
		p.Read = d.Say("vitality.checks.none")
		return p
	}
	p.Read = d.Say("vitality.checks.read")
	p.Count = d.said(r.Share, d.Say("measure.sign."+string(r.Sign)))
	for _, c := range r.Cases {
		p.Table.Rows = append(p.Table.Rows, []string{d.failure(c), d.date(c.At), d.yes(c.Counts)})
	}
	return p
}

// newcomers says after how many days half of them first did something alone. Its table has
// no more than that: a row of each would be somebody.
func (d draughts) newcomers(r measure.Reading) plate {
	p := plate{Name: "newcomers", Title: d.Say("vitality.newcomers.title"), Fools: d.Say("vitality.newcomers.fools"), Made: d.Say("vitality.made")}
	p.Table.Head = d.head("newcomers", "half", "from", "to")
	if !r.Middle.Known {
		p.Read = d.Say("vitality.newcomers.waits", "n", measure.FewNewcomers)
		return p
	}
	days := func(t time.Duration) int { return int(t.Hours() / 24) }
	n, _ := r.Beside("newcomers")
	middle, low, high := days(r.Middle.Median), days(r.Middle.Low), days(r.Middle.High)
	p.Read = d.Say("vitality.newcomers.read")
	row := []string{strconv.Itoa(n), strconv.Itoa(middle), "", ""}
	p.Count = d.Say("vitality.newcomers.middle", "days", middle, "n", n)
	if r.Middle.High > 0 {
		row[2], row[3] = strconv.Itoa(low), strconv.Itoa(high)
		p.Count = d.Say("vitality.newcomers.count", "days", middle, "low", low, "high", high, "n", n)
	}
	p.Table.Rows = [][]string{row}
	return p
}
