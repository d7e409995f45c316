package main

import (
	"bytes"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"

	"debrief/internal/store/storetest"
)

// Who was erased is erased again after a backup from before was put back, and
// stands in no file of the database any more.
func TestErase_andRestore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		settled(t, address)
		backups := t.TempDir()
		if code, out := debrief(t, "user", "add", "Zephyrine Quill", "--database", address); code != exitDone {
			t.Fatal(out)
		}
		n, err := openNode(t.Context(), nodeOptions{database: address, night: nightly{backups, 3}, log: slog.New(slog.DiscardHandler)})
		must(t, err)
		stopped := false
		defer func() {
			if !stopped {
				n.close()
			}
		}()
		m, err := n.app.MemberByName(t.Context(), operator, "Zephyrine Quill")
		must(t, err)
		me := practice.Actor{Member: m.ID, Name: m.Name, Teams: m.Teams, Proved: true}
		f, err := n.app.ReportFailure(t.Context(), me, practice.NewFailure{Team: m.Teams[0], Text: "The kettle boiled dry.", Stage: practice.StageAfter})
		must(t, err)
		before := filepath.Join(backups, "before")
		_, err = n.store.BackupFile(t.Context(), before)
		must(t, err)

		mine, err := n.app.Mine(t.Context(), me)
		if err != nil || len(mine.Reports) != 1 || mine.Name != m.Name {
			t.Errorf("what is theirs: %+v, %v", mine, err)
		}
		open := me
		open.Proved = false
		if n.app.EraseMe(t.Context(), open, "someone") == nil {
			t.Error("a device that was left open erases its owner")
		}
		must(t, n.app.EraseMe(t.Context(), me, "someone"))
		erased(t, n.app, m.ID, f.ID)
		awaitFile(t, filepath.Join(backups, "debrief.erased"), string(m.ID))
		must(t, n.store.Scrub(t.Context()))
		if n.beside() != "" {
			without(t, filepath.Dir(address), "Zephyrine", "Quill")
		}
		stopped = true
		must(t, n.close())

		other := filepath.Join(t.TempDir(), "new", "debrief.db")
		if code, out := debrief(t, "restore", before, "--database", other); code != exitDone {
			t.Fatal(out)
		}
		s := storetest.Open(t, other)
		erased(t, app.New(app.Options{Store: s}), m.ID, f.ID)
		must(t, s.Scrub(t.Context()))
		without(t, filepath.Dir(other), "Zephyrine", "Quill")

		must(t, os.Remove(filepath.Join(backups, "debrief.erased"))) // without the list, the backup knows: the control
		third := filepath.Join(t.TempDir(), "new", "debrief.db")
		if code, out := debrief(t, "restore", before, "--database", third); code != exitDone {
			t.Fatal(out)
		}
		if _, err := app.New(app.Options{Store: storetest.Open(t, third)}).MemberByName(t.Context(), operator, m.Name); err != nil {
			t.Errorf("the backup does not know the name: %v", err)
		}
	})
}

// beside is where a SQLite file is, for tests that look into it.
func (n *node) beside() string {
	i := slices.IndexFunc(n.ledger, func(path string) bool {
		return filepath.Ext(path) == ".erased" && filepath.Base(path) != "debrief.erased"
	})
	if i < 0 {
		return ""
	}
	return n.ledger[i]
}

// erased looks whether somebody is nobody in particular, and their report
// nobody's.
func erased(t *testing.T, a *app.App, id practice.MemberID, report practice.FailureID) {
	t.Helper()
	m, err := a.Member(t.Context(), operator, id)
	if err != nil || !m.Erased || m.Active || m.Name != "someone" {
		t.Errorf("who was erased is %+v, %v", m, err)
	}
	f, err := a.FailureByID(t.Context(), practice.Actor{Teams: everyTeam(t, a)}, report)
	if err != nil || f.Reporter != "" || f.Text == "" {
		t.Errorf("their report is %+v, %v", f, err)
	}
}

func everyTeam(t *testing.T, a *app.App) (ids []practice.TeamID) {
	t.Helper()
	teams, err := a.Teams(t.Context(), operator)
	must(t, err)
	for _, team := range teams {
		ids = append(ids, team.ID)
	}
	return ids
}

// awaitFile waits until a file says something.
func awaitFile(t *testing.T, path, says string) {
	t.Helper()
	deadline := time.After(time.Minute)
	for tick := time.NewTicker(20 * time.Millisecond); ; {
		if text, err := os.ReadFile(path); err == nil && bytes.Contains(text, []byte(says)) {
			return
		}
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("%s does not say %s", path, says)
		}
	}
}

// without looks for words in every byte of a folder.
func without(t *testing.T, folder string, all ...string) {
	t.Helper()
	must(t, filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		for _, word := range all {
			if bytes.Contains(bytes.ToLower(text), bytes.ToLower([]byte(word))) {
				t.Errorf("%s has %q", path, word)
			}
		}
		return err
	}))
}
