package unmask

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"debrief/internal/practice"
)

// An attack names whom it takes for the writer of a text, or nobody.
type attack struct {
	name string
	who  func(l *loot, t text) []int
}

// attacks are all that we know of.
var attacks = []attack{
	{"same transaction", inCopies(sameTransaction)},
	{"order of rows", inCopies(orderOfRows)},
	{"order of numbers and ids", inCopies(orderOfIDs)},
	{"time in the id", inCopies(timeInID)},
	{"timestamp", inCopies(timestamp)},
	{"size", inCopies(size)},
	{"days devices were seen", inCopies(lastSeen)},
	{cameBefore, inCopies(justBefore)},
	{"free pages, dead rows: what lies beside it", besideInFiles},
	{"nightly backups", nightly},
	{"request log", requestLog},
	{"export", func(l *loot, t text) []int { return l.beside(l.exported, t) }},
	{"index file", func(l *loot, t text) []int { return l.beside(l.index, t) }},
}

const cameBefore = "write-ahead log, dead rows: what came just before"

// inCopies lets an attack look at every copy that has the text, and takes the
// narrowest answer, of the last copy that has one.
func inCopies(look func(l *loot, c *copied, t text) []int) func(*loot, text) []int {
	return func(l *loot, t text) (best []int) {
		for _, c := range l.copies {
			if who := look(l, c, t); len(who) > 0 && (best == nil || len(who) <= len(best)) {
				best = who
			}
		}
		return best
	}
}

var memberID = regexp.MustCompile(`mem_[0-9a-z]{26}|Person[0-9]+`)

// key is what tells a text from all others.
func (t text) key() string { return t.body[len(t.body)-16:] }

// marked are the tables whose rows have no text, and are known by a mark.
func marked(table string) bool { return table == "ready" || table == "seat" }

// of is the row of a failure, an answer or a judgement that a text is in.
func (c *copied) of(t text) (row, bool) {
	for _, i := range c.holding(t) {
		if r := c.rows[i]; r.table != "pool" {
			return r, true
		}
	}
	return row{}, false
}

// has reports whether a text is in a copy.
func (c *copied) has(t text) bool {
	_, ok := c.of(t)
	return ok
}

// name tells a row from all others of its table.
func (r row) name() string {
	return cmp.Or(r.values["id"], r.values["mark"], r.values["hash"])
}

// first is the transaction that a text came with.
func (c *copied) first(t text) int64 {
	first := int64(0)
	for _, i := range c.held(t) {
		if tx := c.past[i].tx; first == 0 || tx < first {
			first = tx
		}
	}
	return first
}

// named are the people in rows.
func (l *loot) named(rows ...row) (who []int) {
	for _, r := range rows {
		for _, v := range r.values {
			for _, id := range memberID.FindAllString(v, -1) {
				if p, ok := l.people[id]; ok && !slices.Contains(who, p) {
					who = append(who, p)
				}
			}
		}
	}
	return who
}

// sameTransaction looks for people whom the same transaction wrote, or whom the
// row that is left says it did.
func sameTransaction(l *loot, c *copied, t text) []int {
	if who := c.tellers(l, c.first(t)); len(who) > 0 {
		return who
	}
	of, ok := c.of(t)
	if !ok || of.tx == 0 {
		return nil
	}
	return l.named(c.alike(of.tx)...)
}

// justBefore takes whoever was written by the transaction before; or before the
// one that first wrote something which the text came together with, such as the
// seat it was written from.
func justBefore(l *loot, c *copied, t text) []int {
	first := c.first(t)
	if first == 0 {
		return nil
	}
	if t.seated() {
		for _, token := range c.tokens(first) {
			if came := c.came(token); came != 0 && came < first {
				if who := c.tellers(l, came); len(who) > 0 {
					return who
				}
				if who := c.tellers(l, c.before(came)); len(who) > 0 {
					return who
				}
			}
		}
	}
	return c.tellers(l, c.before(first))
}

// question are the rows that were written to the same question.
func (c *copied) question(of row) (rows []row) {
	for _, r := range c.rows {
		if r.table == of.table && r.values["review"] == of.values["review"] && r.values["phase"] == of.values["phase"] && r.values["gap"] == of.values["gap"] {
			rows = append(rows, r)
		}
	}
	return rows
}

// orderOfRows takes the row before a report for a neighbour in time, and the
// answers of a room for those of its people in the order in which both lie.
func orderOfRows(l *loot, c *copied, t text) []int {
	of, ok := c.of(t)
	if !ok {
		return nil
	}
	return l.inOrder(c, of, c.question(of), t.seated())
}

// orderOfIDs is orderOfRows by number, place and id.
func orderOfIDs(l *loot, c *copied, t text) []int {
	of, ok := c.of(t)
	if !ok {
		return nil
	}
	rows := slices.Clone(c.question(of))
	slices.SortFunc(rows, func(a, b row) int {
		number := func(r row) int { n, _ := strconv.Atoi(r.values["number"] + r.values["place"]); return n }
		return cmp.Or(cmp.Compare(number(a), number(b)), strings.Compare(a.name(), b.name()))
	})
	return l.inOrder(c, of, rows, t.seated())
}

func (l *loot) inOrder(c *copied, of row, rows []row, seated bool) []int {
	nth := slices.IndexFunc(rows, func(r row) bool { return r.name() == of.name() })
	if !seated {
		if nth < 1 {
			return nil
		}
		return l.named(row{values: map[string]string{"by": rows[nth-1].values["reporter"]}})
	}
	came := c.room(of)
	if nth < 0 || nth >= len(came) {
		return nil
	}
	return l.named(came[nth])
}

// room are the invitations to the room that a row was written in.
func (c *copied) room(of row) (came []row) {
	review := of.values["review"]
	for _, g := range c.rows {
		if g.table == "gap" && g.values["id"] == of.values["gap"] && g.values["id"] != "" {
			review = g.values["review"]
		}
	}
	for _, r := range c.rows {
		if r.table == "invitation" && r.values["review"] == review {
			came = append(came, r)
		}
	}
	return came
}

// moment reads a column of microseconds that is finer than an hour.
func (r row) moment(column string) time.Time {
	us, _ := strconv.ParseInt(r.values[column], 10, 64)
	if at := time.UnixMicro(us).UTC(); us > 0 && !at.Equal(at.Truncate(time.Hour)) {
		return at
	}
	return time.Time{}
}

// near are the people who did something by name closest to a moment.
func (l *loot) near(at time.Time) (who []int) {
	best := 10 * time.Minute
	for _, c := range l.copies {
		for _, r := range c.rows {
			by := r.values["reporter"] + r.values["did"]
			if by == "" {
				continue
			}
			if away := r.moment("reported_at").Sub(at).Abs(); away < best {
				best, who = away, l.named(row{values: map[string]string{"by": by}})
			}
		}
	}
	return who
}

// timeInID reads the millisecond that an id begins with.
func timeInID(l *loot, c *copied, t text) []int {
	of, ok := c.of(t)
	_, id, _ := strings.Cut(of.values["id"], "_")
	if !ok || len(id) < 10 {
		return nil
	}
	var ms int64
	for _, c := range []byte(id[:10]) {
		ms = ms<<5 | int64(strings.IndexByte("0123456789abcdefghjkmnpqrstvwxyz", c))
	}
	if at := time.UnixMilli(ms); t.day.Sub(at).Abs() < 48*time.Hour {
		return l.near(at)
	}
	return nil
}

// timestamp looks for a moment finer than the hour in any row about this one.
func timestamp(l *loot, c *copied, t text) []int {
	of, ok := c.of(t)
	if !ok {
		return nil
	}
	for _, i := range c.having(of.name()) {
		r := c.rows[i]
		for column := range r.values {
			if at := r.moment(column); t.day.Sub(at).Abs() < 48*time.Hour {
				return l.near(at)
			}
		}
	}
	return nil
}

// size looks for a row about a person that has the text's length in it.
func size(l *loot, c *copied, t text) []int {
	of, ok := c.of(t)
	if !ok {
		return nil
	}
	length := strconv.Itoa(len(of.values["body"] + of.values["reason"]))
	if r, ok := c.sized(length); ok {
		return l.named(r)
	}
	return nil
}

// lastSeen takes whoever's devices were seen by the last transaction before it.
func lastSeen(l *loot, c *copied, t text) []int {
	first := c.first(t)
	if of, ok := c.of(t); ok && first == 0 {
		first = of.tx
	}
	var last []row
	for _, d := range c.rows {
		switch {
		case d.table != "device" || d.tx >= first || len(last) > 0 && d.tx < last[0].tx:
		case len(last) > 0 && d.tx == last[0].tx:
			last = append(last, d)
		default:
			last = []row{d}
		}
	}
	return l.named(last...)
}

// besideInFiles takes whoever lies nearest to a text in the bytes of a copy.
func besideInFiles(l *loot, t text) (best []int) {
	for _, c := range l.copies {
		if who := l.beside(c.raw, t); who != nil {
			best = who
		}
	}
	return best
}

// nightly looks at what a backup has that the one before had not, on the first
// night that it has the text, and takes whom it names most often.
func nightly(l *loot, t text) (who []int) {
	for _, night := range l.nights {
		if !strings.Contains(night, t.key()) {
			continue
		}
		count := map[int]int{}
		for _, id := range memberID.FindAllString(night, -1) {
			if p, ok := l.people[id]; ok {
				count[p]++
			}
		}
		most := slices.Max(append(slices.Collect(maps.Values(count)), 1))
		for p, n := range count {
			if n == most {
				who = append(who, p)
			}
		}
		return who
	}
	return nil
}

// requestLog looks for a line about something without a name, or about a form
// that was opened, in the hour before a report appeared, or on the day of a
// room.
func requestLog(l *loot, t text) []int {
	shown := practice.Organisation{}.Appears(t.at)
	for line := range strings.Lines(l.log) {
		told := strings.Contains(line, "/r/") || strings.Contains(line, "GET /report")
		if t.seated() {
			told = strings.Contains(line, "/seat")
		} else if t.kind == reasons {
			told = strings.Contains(line, "/plan")
		}
		if !told {
			continue
		}
		at, err := time.Parse(time.RFC3339, strings.TrimPrefix(strings.Fields(line)[0], "time="))
		if err == nil && !at.After(shown) && at.After(shown.Add(-time.Hour)) {
			return l.near(at)
		}
	}
	return nil
}
