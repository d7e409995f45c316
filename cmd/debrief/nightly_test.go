package main

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

func TestNightly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		settled(t, address)
		db, err := store.Open(t.Context(), store.Options{Database: address, Now: time.Now, Random: rand.Reader})
		must(t, err)
		defer db.Close()
		blocked := filepath.Join(t.TempDir(), "not-a-folder")
		must(t, os.WriteFile(blocked, nil, 0o600))
		n := &node{store: db, app: app.New(app.Options{Store: db, Backups: 2}), night: nightly{blocked, 2}}
		noor, err := n.app.MemberByName(t.Context(), operator, "Noor")
		must(t, err)
		steward := practice.Actor{Member: noor.ID, Steward: true}
		told := func() (n int) {
			must(t, db.View(t.Context(), func(tx *store.Tx) error {
				notices, err := tx.Notices(noor.ID)
				n = len(notices)
				return err
			}))
			return n
		}
		for range 2 {
			if n.backUp(t.Context()) == nil {
				t.Error("a backup into a file that is no folder")
			}
		}
		up, err := n.app.Upkeep(t.Context(), steward)
		if err != nil || !up.At.IsZero() || up.Fault == "" || told() != 1 {
			t.Errorf("after two faults: %+v, %v; %d notices", up, err, told())
		}

		n.night.folder = filepath.Join(t.TempDir(), "new")
		must(t, os.MkdirAll(n.night.folder, 0o700))
		for _, name := range []string{"debrief-2020-01-01.backup", "debrief-2020-01-02.backup", "debrief-2020-01-03.backup.part", "mine.backup"} {
			must(t, os.WriteFile(filepath.Join(n.night.folder, name), nil, 0o600))
		}
		for range 2 { // a second start on one day changes nothing
			must(t, n.backUp(t.Context()))
		}
		left, err := filepath.Glob(filepath.Join(n.night.folder, "*"))
		must(t, err)
		if len(left) != 3 || filepath.Base(left[0]) != "debrief-2020-01-02.backup" || filepath.Base(left[2]) != "mine.backup" {
			t.Errorf("kept: %q", left)
		}
		if c, err := beginningOf(left[1]); err != nil || c.Rows == 0 {
			t.Errorf("the backup: %+v, %v", c, err)
		}
		up, err = n.app.Upkeep(t.Context(), steward)
		if err != nil || up.At.IsZero() || up.Size == 0 || up.Fault != "" || told() != 0 {
			t.Errorf("after it went well: %+v, %v; %d notices", up, err, told())
		}
		if _, err := n.app.Upkeep(t.Context(), practice.Actor{Member: noor.ID}); err == nil {
			t.Error("a member reads how the server is kept")
		}
	})
	if (nightly{"x", 36}).check() == nil || (nightly{"x", 0}).check() == nil || (nightly{"x", 35}).check() != nil {
		t.Error("how many are kept is not checked")
	}
}
