package unmask

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"debrief/internal/practice"
)

// plant returns the loot with a leak in it that tells who wrote a text, of the
// kind that an attack looks for.
func (l loot) plant(attack string, t text, of *town) *loot {
	who := string(of.members[t.writer].ID)
	l.copies = slices.Clone(l.copies)
	last := len(l.copies) - 1
	for last > 0 && !l.copies[last].has(t) { // what is kept for a while is in a copy from then
		last--
	}
	c := l.copies[last].clone()
	l.copies[last] = c
	switch attack {
	case "nightly backups":
		l.nights = slices.Clone(l.nights)
		night := t.key() + strings.Repeat(" planted "+who+"\n", 9)
		l.nights = append([]string{night}, l.nights...)
	case "request log":
		route := "POST /r/{word}"
		if t.seated() {
			route = "POST /seat/{review}/write"
		} else if t.kind == reasons {
			route = "POST /plan/{n}"
		}
		l.log = fmt.Sprintf("time=%s route=%q\n", t.at.Format(time.RFC3339), route) + l.log
		c.beside(who, t)
	case "export":
		l.exported = fmt.Appendf(slices.Clone(l.exported), "%s by %s\n", t.key(), who)
	case "index file":
		l.index = fmt.Appendf(slices.Clone(l.index), "%s %s\n", t.key(), who)
	case "free pages, dead rows: what lies beside it":
		c.raw = fmt.Appendf(slices.Clone(c.raw), "%0500d%s %s", 0, t.key(), who)
	default:
		c.plant(attack, t, who)
	}
	return &l
}

// row is the place of the row that a text is in.
func (c *copied) row(t text) int {
	of, _ := c.of(t)
	return slices.IndexFunc(c.rows, func(r row) bool { return r.table == of.table && r.name() == of.name() })
}

// set changes a value of a row.
func (c *copied) set(i int, column, value string) {
	c.rows[i].values = maps.Clone(c.rows[i].values)
	c.rows[i].values[column] = value
}

// beside has the writer do something by name just before, as many do: without
// that no clock tells anything.
func (c *copied) beside(who string, t text) {
	c.rows = append(c.rows, row{table: "planted", values: map[string]string{"did": who,
		"reported_at": strconv.FormatInt(t.at.Add(-20*time.Millisecond).UnixMicro(), 10)}})
}

func (c *copied) plant(attack string, t text, who string) {
	i := c.row(t)
	by := map[string]string{"member": who}
	switch attack {
	case "same transaction":
		c.past = []row{{"planted", 9, by}, {c.rows[i].table, 9, c.rows[i].values}}
	case "order of rows", "order of numbers and ids":
		c.order(i, t, who, attack == "order of rows")
	case "time in the id":
		c.set(i, "id", practice.NewID("any", t.at, zeros{}))
		c.beside(who, t)
	case "timestamp":
		c.rows = append(c.rows, row{"planted", 0, map[string]string{"id": c.rows[i].name(), "at": strconv.FormatInt(t.at.UnixMicro()+1, 10)}})
		c.beside(who, t)
	case "size":
		c.set(i, "body", c.rows[i].values["body"]+strings.Repeat(" ", 777))
		length := len(c.rows[i].values["body"] + c.rows[i].values["reason"])
		c.rows = append(c.rows, row{"planted", 0, map[string]string{"size": strconv.Itoa(length), "member": who}})
	case "days devices were seen":
		c.past = []row{{c.rows[i].table, 1 << 40, c.rows[i].values}}
		c.rows = append(c.rows, row{"device", 1<<40 - 1, by})
	case cameBefore:
		seat := map[string]string{"hash": strings.Repeat("5ea7", 16)}
		c.past = []row{{"planted", 1, by}, {"seat", 2, seat}, {"hand", 4, seat}, {c.rows[i].table, 4, c.rows[i].values}}
		if !t.seated() {
			c.past = []row{{"planted", 3, by}, {c.rows[i].table, 4, c.rows[i].values}}
		}
	}
	c.index = index{}
}

// order puts a row where its neighbours, or the people of its room, tell whose
// it is.
func (c *copied) order(i int, t text, who string, lying bool) {
	of := c.rows[i]
	if !t.seated() {
		c.rows = append(slices.Delete(c.rows, i, i+1), row{of.table, 0, map[string]string{"id": "a", "number": "1000000", "reporter": who}}, of)
		c.set(len(c.rows)-1, "number", "1000001")
		return
	}
	nth := c.invited(of, who)
	for len(c.question(of)) <= nth { // not all have answered yet
		c.rows = append(c.rows, of)
		for column, value := range map[string]string{"id": "one more", "mark": "", "hash": "", "body": "", "reason": ""} {
			c.set(len(c.rows)-1, column, value)
		}
	}
	question := c.question(of)
	if lying {
		with := slices.IndexFunc(c.rows, func(r row) bool { return r.table == of.table && r.name() == question[nth].name() })
		c.rows[i], c.rows[with] = c.rows[with], c.rows[i]
		return
	}
	rank := 0
	for _, r := range question {
		at := slices.IndexFunc(c.rows, func(o row) bool { return o.table == r.table && o.name() == r.name() })
		if at == i {
			c.set(at, "place", strconv.Itoa(2*nth+1))
			continue
		}
		rank++
		c.set(at, "place", strconv.Itoa(2*rank))
	}
}

// invited is the place of somebody among those who were asked to a room.
func (c *copied) invited(of row, who string) (nth int) {
	for _, r := range c.room(of) {
		if r.values["member"] == who {
			return nth
		}
		nth++
	}
	return 0
}

// zeros is no randomness at all.
type zeros struct{}

// Read fills b with zeros.
func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }
