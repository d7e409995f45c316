package store_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// Ada and Bo each have one row in every table, and their rows lead to each
// other's nowhere. Whatever is asked about one of them and forgets to say about
// whom finds the other, and whatever changes something of one changes the other.

// alone are the tables that are about nobody.
var alone = []string{"organisation", "meta", "event", "job", "counter", "repeat", "erased", "disposal"}

// other are the columns in which a row has something else than the name of its
// column with that of its owner. ? is the owner, # their number.
var other = map[string]string{
	"team.triggers": `'[]'`, "team.words": `'{}'`, "team.cycle_days": `7`, "member.active": `TRUE`, "member.folded": `'name_?'`,
	"failure.number": `#`, "failure.touched": `'[]'`, "failure.only_for": `'[]'`, "failure.joined_to": `NULL`, "failure.plan": `NULL`, "failure.source": `'report'`,
	"parting.at": `4102444800000000`, "file.data": `'YQ=='`, "review.phase": `'arrive'`, "review.form": `'live'`, "invitation.spent": `TRUE`, "invitation.closeness": `'saw'`,
	"answer.phase": `'happened'`, "agreed.phase": `'happened'`, "agreed.version": `1`, "hand.what": `'move'`, "hand.seat": `'hash_?'`,
	"gap.quotes": `'[]'`, "gap.version": `1`, "gap.round": `1`, "judgement.round": `1`, "closing.what": `'safe'`, "closing.yes": `#`,
	"procedure.revision": `1`, "revision.number": `1`, "revision.steps": `'["step_?"]'`, "step.became": `''`, "step.origin": `''`, "step_text.revision": `1`,
	"boundary.number": `#`, "assumption.number": `#`, "assumption_use.fine": `''`, "boundary.places": `'["place_?"]'`, "finding.number": `#`, "finding.known": `'[]'`, "finding.because": `'[]'`, "finding.after": `NULL`,
	"carry.state": `'offered'`, "notice.args": `'{"who":"name_?"}'`, "receipt.sealing": `'YQ=='`, "message.sealed": `'YQ=='`, "message.answers": `''`,
	"pool.entry": `'{"ID":"pool_?"}'`, "contact.zone": `''`, "knock.state": `'waiting'`, "parting.stood": `'{"Member":"member_?"}'`, "pass.about": `'review_?'`,
	"former.version": `1`, "redaction_print.salt": `'YQ=='`, "redaction_print.sum": `'YQ=='`, "told.count": `1`, "ready.answer": `'go'`,
	"dispatch.weekly": `TRUE`, "dispatch.review": `'review_?'`, "stake.place": `1`, "party.name": `'party_?'`, "plan.number": `#`, "cycle.begun_at": `#`, "plan.signals": `'[{"What":"signal_?"}]'`, "plan.added": `'[{"Text":"added_?","At":1}]'`, "plan.version": `1`, "review.version": `#`,
}

// column is one of a table, and the table that its values are ids of, if any.
type column struct{ name, kind, of string }

// columnsOf reads the columns of every table that is about somebody.
func columnsOf(t *testing.T) map[string][]column {
	t.Helper()
	all := map[string][]column{}
	update(t, storetest.Open(t, storetest.SQLite(t)), func(tx *store.Tx) error {
		names, err := tx.Strings(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'goose%'`)
		for _, table := range names {
			columns, err2 := tx.Strings(`SELECT i.name || ' ' || i.type || ' ' || coalesce((SELECT f."table" FROM pragma_foreign_key_list($1) f WHERE f."from" = i.name), '')
				FROM pragma_table_info($1) i`, table)
			err = errors.Join(err, err2)
			for _, line := range columns {
				c := strings.SplitN(line, " ", 3)
				all[table] = append(all[table], column{c[0], c[1], c[2]})
			}
		}
		return err
	})
	maps.DeleteFunc(all, func(table string, _ []column) bool { return slices.Contains(alone, table) })
	return all
}

// twins gives Ada and Bo their rows and returns the tables.
func twins(t *testing.T, s *store.Store) map[string][]column {
	t.Helper()
	tables := columnsOf(t)
	if len(tables) < 50 {
		t.Fatalf("%d tables prove nothing", len(tables))
	}
	there := map[string]bool{}
	update(t, s, func(tx *store.Tx) error {
		if _, err := tx.AddOrganisation(practice.Organisation{Name: "Both", Zone: "Europe/Berlin"}); err != nil {
			return err
		}
		for len(there) < len(tables) {
			was := len(there)
			for table, columns := range tables {
				waits := slices.ContainsFunc(columns, func(c column) bool { return c.of != "" && c.of != table && !there[c.of] })
				if there[table] || waits {
					continue
				}
				there[table] = true
				for i, who := range []string{"bo", "ada"} { // whoever asks for any row finds Bo's
					if _, err := tx.Exec(rowOf(table, columns, who, 2-i)); err != nil {
						return fmt.Errorf("%s: %w", rowOf(table, columns, who, 2-i), err)
					}
				}
			}
			if len(there) == was {
				return errors.New("tables lead in a circle")
			}
		}
		return nil
	})
	return tables
}

// rowOf is the statement that gives somebody a row.
func rowOf(table string, columns []column, who string, n int) string {
	var names, values []string
	for _, c := range columns {
		v, is := other[table+"."+c.name]
		switch {
		case is:
		case c.of != "":
			v = `'` + c.of + `_?'`
		case c.name == "id":
			v = `'` + table + `_?'`
		case c.name == "ends_at" && table != "review":
			v = `4102444800000000` // in the year 2100
		case c.kind == "BOOLEAN":
			v = `FALSE`
		case c.kind != "TEXT":
			v = `0`
		default:
			v = `'` + c.name + `_?'`
		}
		names, values = append(names, `"`+c.name+`"`), append(values, strings.NewReplacer("?", who, "#", fmt.Sprint(n)).Replace(v))
	}
	return `INSERT INTO "` + table + `" (` + strings.Join(names, ", ") + `) VALUES (` + strings.Join(values, ", ") + `)`
}

// rowsOf are all rows that name somebody.
func rowsOf(tx *store.Tx, tables map[string][]column, who string) ([]string, error) {
	var all []string
	for _, table := range slices.Sorted(maps.Keys(tables)) {
		var cells []string
		for _, c := range tables[table] {
			cells = append(cells, `coalesce(CAST("`+c.name+`" AS TEXT), '')`)
		}
		rows, err := tx.Strings(`SELECT '` + table + ` ' || ` + strings.Join(cells, ` || ' ' || `) + ` FROM "` + table + `" ORDER BY 1`)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if strings.Contains(r, "_"+who) {
				all = append(all, r)
			}
		}
	}
	return all, nil
}
