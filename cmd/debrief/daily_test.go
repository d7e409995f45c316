package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/job"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// classOf is in which class of what is kept the rows of a table are that go in
// the daily round.
var classOf = map[string]practice.Class{
	"answer": practice.ClassAnswers, "judgement": practice.ClassAnswers, "hot": practice.ClassHot, "receipt": practice.ClassReceipts,
	"device": practice.ClassDoors, "link_once": practice.ClassDoors, "token": practice.ClassDoors, "tablet": practice.ClassDoors, "knock": practice.ClassKnocks, "pass": practice.ClassKnocks,
	"parting": practice.ClassPartings, "repeat": practice.ClassRepeats, "redaction_print": practice.ClassPrints, "disposal": practice.ClassDisposals,
	"newcomer": practice.ClassNewcomers, "parked_conflict": practice.ClassConflicts,
}

// Whatever a daily job deletes, the page of what is kept says so, and the log has
// it: in ten years nothing goes that has no row there.
func TestDaily_deletesOnlyWhatHasARow(t *testing.T) {
	w := newTown(t)
	later := time.Now().AddDate(10, 0, 0)
	db, err := store.Open(t.Context(), store.Options{Database: w.file, Now: func() time.Time { return later }, Random: rand.Reader})
	must(t, err)
	defer db.Close()
	n := &node{store: db, app: app.New(app.Options{Store: db, Backups: 2}), night: nightly{filepath.Join(t.TempDir(), "backups"), 2}}
	w.keep()
	rows := func() map[string]int {
		count := map[string]int{}
		for _, table := range w.tables {
			var n int
			must(t, w.db.QueryRow(`SELECT count(*) FROM main."`+table+`"`).Scan(&n))
			count[table] = n
		}
		return count
	}
	unsaid := func(jobs []job.Daily) (wrong []string) {
		before := rows()
		for _, d := range jobs {
			must(t, d.Work(t.Context()))
		}
		r, err := n.app.Retention(t.Context(), practice.Actor{Steward: true})
		must(t, err)
		for table, left := range rows() {
			class := classOf[table]
			said := slices.ContainsFunc(r.Kept, func(k practice.Kept) bool { return k.Class == class && k.Goes })
			went := slices.ContainsFunc(r.Disposals, func(d practice.Disposal) bool { return d.Class == class })
			if left < before[table] && !(said && went) {
				wrong = append(wrong, fmt.Sprintf("%s: %d of %d", table, before[table]-left, before[table]))
			}
		}
		return wrong
	}
	before := rows()
	if wrong := unsaid(n.daily()); len(wrong) > 0 {
		t.Errorf("went without a row: %v", wrong)
	}
	for _, table := range []string{"answer", "judgement", "device", "knock", "pass"} {
		if before[table] == 0 || rows()[table] != 0 {
			t.Errorf("of %d in %s are left %d: nothing is proved", before[table], table, rows()[table])
		}
	}
	planted := job.Daily{Work: func(ctx context.Context) error {
		_, err := w.db.ExecContext(ctx, `DELETE FROM main.tie`)
		return err
	}}
	if wrong := unsaid([]job.Daily{planted}); len(wrong) != 1 {
		t.Errorf("a job that deletes ties is not noticed: %v", wrong)
	}
}
