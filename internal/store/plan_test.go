package store_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// planned keeps a draft with all it can say.
func planned(t *testing.T, s *store.Store) practice.Plan {
	t.Helper()
	withTeam(t, s)
	p := practice.Plan{Team: "tea_a", BegunAt: time.Unix(1e9, 0).UTC(), Version: 1, Intent: practice.Intent{Title: "Payout days", Aim: "Half of them by 31 July",
		Hard: "The rates", Notice: "Wrong days", Ask: "Ada", Stop: "at 2%", Signals: []practice.Signal{{What: "Shortfalls", From: "2%", Where: "row 4", Who: "Wen"}}}}
	update(t, s, func(tx *store.Tx) (err error) {
		p.ID = practice.PlanID(tx.NewID("pln"))
		p, err = tx.AddPlan(p)
		return err
	})
	return p
}

func TestPlan_comesBackAsItWas(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		p := planned(t, s)
		same := func(what string) {
			t.Helper()
			update(t, s, func(tx *store.Tx) error {
				byID, err := tx.Plan(p.ID)
				byNumber, err2 := tx.PlanByNumber(p.Number)
				slices.Sort(byID.Reasons)
				slices.Sort(byNumber.Reasons)
				if diff := cmp.Diff(p, byID) + cmp.Diff(p, byNumber); diff != "" {
					t.Errorf("%s:\n%s", what, diff)
				}
				return errors.Join(err, err2)
			})
		}
		same("a draft")
		p.Reasons = []string{"Nobody looked.", "The bank was closed."}
		update(t, s, func(tx *store.Tx) error { return tx.SetReasons(p.ID, p.Reasons) })
		same("with reasons")
		was := p.Version
		var err error
		if p, err = p.Freeze(time.Unix(2e9, 1000).UTC()); err != nil {
			t.Fatal(err)
		}
		if p, err = p.Add("It rained.", time.Unix(2e9, 5000).UTC()); err != nil {
			t.Fatal(err)
		}
		update(t, s, func(tx *store.Tx) error { return tx.SavePlan(p, was) })
		same("frozen")
		err = s.Update(t.Context(), func(tx *store.Tx) error { return tx.SavePlan(p, was) })
		if !errors.Is(err, practice.ErrChanged) {
			t.Errorf("over another version: %v", err)
		}
		update(t, s, func(tx *store.Tx) error {
			all, err := tx.FrozenPlans()
			p.Reasons = nil
			if diff := cmp.Diff([]practice.Plan{p}, all); diff != "" || !all[0].Intact() {
				t.Errorf("frozen:\n%s", diff)
			}
			return err
		})
	})
}

// Why a plan may fail is written anew with every reason that is added: neither the
// order of rows, nor their ids, nor a transaction tells which came first.
func TestReasons_tellNoOrder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := storetest.Open(t, address)
		p := planned(t, s)
		var texts []string
		before := map[string]bool{}
		for _, text := range []string{"one", "two", "three", "four", "five", "six", "seven", "eight"} {
			for _, row := range storetest.Dump(t, address) {
				if row.Table == "reason" {
					before[row.Values["id"]] = true
				}
			}
			texts = append(texts, text)
			update(t, s, func(tx *store.Tx) error { return tx.SetReasons(p.ID, texts) })
		}
		var lies, ids, txs []string
		for _, row := range storetest.Dump(t, address) {
			if row.Table != "reason" {
				continue
			}
			lies, ids, txs = append(lies, row.Values["body"]), append(ids, row.Values["id"]), append(txs, row.Tx)
			if before[row.Values["id"]] {
				t.Errorf("%s has an id from before", row.Values["body"])
			}
		}
		if len(lies) != len(texts) || slices.Equal(lies, texts) || len(slices.Compact(txs)) != 1 || slices.IsSorted(ids) {
			t.Errorf("they lie as %q with %q in %q", lies, ids, txs)
		}
	})
}

// A draft goes with what was supposed about it; what was frozen stays.
func TestRemovePlan(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		p := planned(t, s)
		var frozen practice.Plan
		update(t, s, func(tx *store.Tx) (err error) {
			frozen, err = tx.AddPlan(practice.Plan{ID: practice.PlanID(tx.NewID("pln")), Team: p.Team, FrozenAt: tx.Now()})
			err1 := tx.AddMember(practice.Member{ID: "mem_ada", Name: "Ada", Active: true})
			a, err2 := tx.AddAssumption(practice.Assumption{ID: "asm_a", Team: p.Team, Text: "The rates stay.", By: "mem_ada"})
			return errors.Join(err, err1, err2, tx.SetReasons(p.ID, []string{"Nobody had looked."}),
				tx.AddAssumptionUse(practice.AssumptionUse{ID: "asu_a", Assumption: a.ID, Plan: p.ID, Fine: "Wen counts again."}))
		})
		if traces(t, s, "Wen counts again.") == 0 || traces(t, s, "Nobody had looked.") == 0 || traces(t, s, "Half of them") == 0 {
			t.Fatal("no traces: this test would prove nothing")
		}
		update(t, s, func(tx *store.Tx) error { return errors.Join(tx.RemovePlan(p.ID), tx.RemovePlan(frozen.ID)) })
		if n := traces(t, s, "Nobody had looked.") + traces(t, s, "Half of them") + traces(t, s, "Wen counts again."); n != 0 {
			t.Errorf("%d traces are left", n)
		}
		update(t, s, func(tx *store.Tx) error {
			names, err := tx.Strings(`SELECT name FROM erased ORDER BY name`)
			if want := []string{"assumption_use", "inherited", "plan"}; !slices.Equal(names, want) {
				t.Errorf("the files of %q are written anew, not those of %q", names, want)
			}
			return err
		})
		update(t, s, func(tx *store.Tx) error { _, err := tx.Plan(frozen.ID); return err })
	})
}

// Plans are in every backup.
func TestPlan_isInTheBackup(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		p := planned(t, s)
		update(t, s, func(tx *store.Tx) error { return tx.SetReasons(p.ID, []string{"Nobody looked."}) })
		path := filepath.Join(t.TempDir(), "copy.gz")
		if _, err := s.BackupFile(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		text := unzipped(t, path)
		for _, words := range []string{"Half of them by 31 July", "Nobody looked."} {
			if !bytes.Contains(text, []byte(words)) {
				t.Errorf("the backup lacks %q", words)
			}
		}
	})
}
