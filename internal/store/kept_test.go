package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// Every table is in one class of what is kept: a new one fails here until
// somebody has said how long it stays.
func TestKeepings_haveEveryTable(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		classes, err := s.Unclassed(t.Context())
		if err != nil || len(classes) != 0 {
			t.Errorf("in no class, or in two: %v, %v", classes, err)
		}
		update(t, s, func(tx *store.Tx) error { // the control
			_, err := tx.Exec(`CREATE TABLE novelty (id TEXT PRIMARY KEY)`)
			return err
		})
		if classes, err = s.Unclassed(t.Context()); err != nil || !slices.Equal(classes, []string{"novelty"}) {
			t.Errorf("a new table is not noticed: %v, %v", classes, err)
		}
	})
}

// What the page says goes next, goes then: not a day before, as many as said, and
// the log has it afterwards.
func TestKept_saysWhatDisposeDoes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		c := storetest.NewClock(time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC))
		s := storetest.Open(t, address, c.Option)
		withTeam(t, s)
		update(t, s, func(tx *store.Tx) error {
			return errors.Join(tx.AddMember(practice.Member{ID: "mem_a", Name: "Amal", Active: true}), tx.Remember("key", "procedure.create", "/x"), tx.Remember("waited", "failure.report", "flr_1"),
				tx.AddPass(practice.Pass{ID: "pas_1", Member: "mem_a", EndsAt: tx.Now()}), tx.AddPass(practice.Pass{ID: "pas_2", Member: "mem_a", EndsAt: tx.Now()}))
		})
		if _, err := s.Kept(t.Context()); err == nil {
			t.Error("before set-up nobody has anything to read")
		}
		update(t, s, func(tx *store.Tx) error {
			_, err := tx.AddOrganisation(practice.Organisation{Name: "Halvern", Zone: "UTC", DayEndsAt: 1000, RetentionDays: 90})
			return err
		})
		of := func(class practice.Class) practice.Kept {
			t.Helper()
			all, err := s.Kept(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return all[slices.IndexFunc(all, func(k practice.Kept) bool { return k.Class == class })]
		}
		if passes := of(practice.ClassKnocks); passes.Count != 2 || passes.Next.Day() != 3 {
			t.Errorf("of passes that end today it says %+v", passes)
		}
		next := of(practice.ClassRepeats)
		if want := time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC); !next.Next.Equal(want) || next.Count != 0 || next.Days != 2 {
			t.Errorf("it says %+v, want %s", next, want)
		}
		if waited := of(practice.ClassResends); waited.Days != 30 || waited.Count != 0 || waited.Next.Sub(next.Next) != 28*24*time.Hour {
			t.Errorf("of what waited for a signal it says %+v", waited)
		}
		went := func() (all []practice.Disposal) {
			update(t, s, func(tx *store.Tx) error { return tx.Dispose() })
			if err := s.View(t.Context(), func(tx *store.Tx) (err error) { all, err = tx.Disposals(); return err }); err != nil {
				t.Fatal(err)
			}
			return all
		}
		c.Pass(next.Next.Sub(c.Now()) - time.Microsecond)
		if got := went(); len(got) != 1 || got[0].Class != practice.ClassKnocks || got[0].Count != 2 {
			t.Errorf("a moment before, this went: %+v", got)
		}
		c.Pass(time.Microsecond)
		if got := went(); len(got) != 2 || got[0] != (practice.Disposal{Class: practice.ClassRepeats, Day: next.Next, Days: 2}) {
			t.Errorf("then this went: %+v", got)
		}
		if left := of(practice.ClassRepeats); !left.Next.IsZero() {
			t.Errorf("and it says %+v", left)
		}
		c.Pass(28 * 24 * time.Hour)
		if got := went(); len(got) != 3 || got[0].Class != practice.ClassResends {
			t.Errorf("after thirty days this went: %+v", got)
		}
		c.Pass(3 * 365 * 24 * time.Hour)
		if got := went(); len(got) != 1 || got[0].Class != practice.ClassDisposals || got[0].Count != 3 {
			t.Errorf("of the log is left: %+v", got)
		}
	})
}

// How many ways back to reports without a name go is not said, on the page or in
// the log.
func TestDispose_countsNoReceipts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		c := storetest.NewClock(time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC))
		s := storetest.Open(t, address, c.Option)
		withTeam(t, s)
		f := addUnnamed(t, s, "The fee was wrong.")
		update(t, s, func(tx *store.Tx) error {
			return tx.AddReceipt(practice.Receipt{Lookup: "abc", Public: []byte{1}, Failure: f.ID, Day: c.Now().Truncate(24 * time.Hour)})
		})
		c.Pass((practice.ReceiptDays + 1) * 24 * time.Hour)
		update(t, s, func(tx *store.Tx) error { return tx.Dispose() })
		err := s.View(t.Context(), func(tx *store.Tx) error {
			all, err := tx.Disposals()
			if len(all) != 1 || all[0].Class != practice.ClassReceipts || all[0].Count != 0 {
				t.Errorf("the log says %+v", all)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// A database whose steward kept the answers of a review keeps them on: on hold is
// then its failure. Old jobs are not left lying about.
func TestMigrate_whatWasHeldIsOnHold(t *testing.T) {
	blank(t, func(t *testing.T, address string) {
		opt := options(address)
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(store.MigrateTo(t.Context(), opt, 21, func(tx *store.Tx) error {
			var failed error
			for _, statement := range []string{
				`INSERT INTO member (id, name, folded, active, steward, passphrase) VALUES ('mem_a', 'Amal', 'amal', TRUE, FALSE, '')`,
				`INSERT INTO failure (id, number, title, body, stage, recognised_at, reported_at, touched, touched_other, source, triage, triage_why, step, standing,
					org, url, licence, attribution, import_kind, import_number, import_source, import_print)
					VALUES ('flr_a', 1, 'x', 'x', 'after', 1, 1, '[]', '', 'report', 'new', '', '', 'reported', '', '', '', '', '', '', '', '')`,
				`INSERT INTO review (id, failure, form, lead, meet_at, box, phase, open, version, sitting, started_at, ends_at, phase_ends_at, free_at, extended, closed_at,
					late_why, few_why, whole, held_why) VALUES ('rev_a', 'flr_a', 'live', 'mem_a', 1, 1, 'closed', FALSE, 1, 1, 1, 1, 1, 0, FALSE, 7000000, '', '', FALSE, 'a court asked')`,
				`INSERT INTO job (id, kind, payload, run_at, lease, attempts, gave_up_at) VALUES ('job_a', 'answers.dispose', 'null', 1, '', 0, 0)`,
			} {
				_, err := tx.Exec(statement)
				failed = errors.Join(failed, err)
			}
			return failed
		}))
		must(store.Migrate(t.Context(), opt))
		s := storetest.Open(t, address)
		must(s.View(t.Context(), func(tx *store.Tx) error {
			h, err := tx.HoldOn("flr_a")
			if err != nil || h.Why != "a court asked" || !h.Lasts() || !h.At.Equal(time.Unix(7, 0)) || h.By != "" {
				t.Errorf("on hold is %+v, %v", h, err)
			}
			left, err := tx.Strings(`SELECT kind FROM job`)
			if len(left) != 0 {
				t.Errorf("jobs: %v", left)
			}
			return err
		}))
	})
}
