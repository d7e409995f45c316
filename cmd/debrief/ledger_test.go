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
	"debrief/internal/room"
	"debrief/internal/store"
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

// What was taken out after a backup is taken out of what it is restored into, and
// what was put on hold is on hold. The list has none of the words.
func TestRestore_takesOutAndHoldsAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		settled(t, address)
		folder := t.TempDir()
		list, before := filepath.Join(folder, "list"), filepath.Join(folder, "before")
		n, err := openNode(t.Context(), nodeOptions{database: address, erased: list, log: slog.New(slog.DiscardHandler)})
		must(t, err)
		defer func() { n.close() }()
		noor, err := n.app.MemberByName(t.Context(), operator, "Noor")
		must(t, err)
		must(t, n.app.SetRecords(t.Context(), operator, noor.ID, true))
		me := practice.Actor{Member: noor.ID, Name: noor.Name, Teams: noor.Teams, Steward: true, Records: true, Proved: true}
		var all []practice.Failure
		for _, text := range []string{"Quintilia Vexborough fell at the gate. QUINTILIA  vexborough was hurt.", "The kettle boiled dry.", "The gate was locked."} {
			f, err := n.app.ReportFailure(t.Context(), me, practice.NewFailure{Team: me.Teams[0], Text: text, Stage: practice.StageAfter})
			must(t, err)
			all = append(all, f)
		}
		_, err = n.app.AddFact(t.Context(), me, practice.Fact{Failure: all[0].ID, Text: "quintilia vexborough lay there"}, nil)
		must(t, err)
		must(t, n.app.HoldFailure(t.Context(), me, all[2].Number, practice.NewHold{Why: "ended later"}))
		_, err = n.store.BackupFile(t.Context(), before)
		must(t, err)

		_, err = n.app.RemovePersonalData(t.Context(), me, all[0].ID, practice.NewRedaction{Words: "Quintilia Vexborough", Sure: true})
		must(t, err)
		must(t, n.app.HoldFailure(t.Context(), me, all[1].Number, practice.NewHold{Why: "a court asked"}))
		must(t, n.app.EndHold(t.Context(), me, all[2].Number, "it is over"))
		awaitFile(t, list, "it is over")
		without(t, list, "Quintilia", "Vexborough")

		again := filepath.Join(t.TempDir(), "new", "debrief.db")
		if code, out := debrief(t, "restore", before, "--erased", list, "--database", again); code != exitDone {
			t.Fatal(out)
		}
		s := storetest.Open(t, again)
		a := app.New(app.Options{Store: s})
		must(t, s.Scrub(t.Context()))
		without(t, filepath.Dir(again), "Quintilia", "Vexborough")
		f, err := a.FailureByID(t.Context(), me, all[0].ID)
		if err != nil || f.Text != "▇▇▇ fell at the gate. ▇▇▇ was hurt." || f.Title != "▇▇▇ fell at the gate" {
			t.Errorf("restored it says %q, titled %q, %v", f.Text, f.Title, err)
		}
		if done, err := a.Redactions(t.Context(), me, f.ID); err != nil || len(done.Done) != 1 || done.Done[0].Name != "Noor" {
			t.Errorf("who did it: %+v, %v", done, err)
		}
		for i, lasts := range []bool{false, true, false} {
			h, err := a.HoldOn(t.Context(), me, all[i].ID)
			if err != nil || h.Lasts() != lasts {
				t.Errorf("the hold on %q: %+v, %v", all[i].Text, h, err)
			}
		}
		once, err := a.Ledger(t.Context())
		must(t, err)
		must(t, a.Replay(t.Context(), once))
		if twice, err := a.Ledger(t.Context()); err != nil || len(twice.Redactions) != 1 || len(twice.Holds) != 2 {
			t.Errorf("followed twice it has %+v, %v", twice, err)
		}

		must(t, os.Remove(filepath.Join(folder, "debrief.erased"))) // the control, without the list
		control := filepath.Join(t.TempDir(), "new", "debrief.db")
		if code, out := debrief(t, "restore", before, "--database", control); code != exitDone {
			t.Fatal(out)
		}
		f, err = app.New(app.Options{Store: storetest.Open(t, control)}).FailureByID(t.Context(), me, all[0].ID)
		if err != nil || f.Text != all[0].Text {
			t.Errorf("the backup says %q, %v: this proves nothing", f.Text, err)
		}
	})
}

// What was taken back or removed after a backup is gone from what it is restored
// into: reports with a name and without, and lines of facts. The list has no ids, so
// that nobody can tell from it which of them had a name.
func TestRestore_takesBackAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		settled(t, address)
		folder := t.TempDir()
		list, before := filepath.Join(folder, "list"), filepath.Join(folder, "before")
		n, err := openNode(t.Context(), nodeOptions{database: address, erased: list, log: slog.New(slog.DiscardHandler)})
		must(t, err)
		defer func() { n.close() }()
		noor, err := n.app.MemberByName(t.Context(), operator, "Noor")
		must(t, err)
		me := practice.Actor{Member: noor.ID, Name: noor.Name, Teams: noor.Teams, Steward: true, Proved: true}
		report := func(text string) practice.Failure {
			f, err := n.app.ReportFailure(t.Context(), me, practice.NewFailure{Team: me.Teams[0], Text: text, Stage: practice.StageAfter})
			must(t, err)
			return f
		}
		named, stays := report("Said with a name."), report("This one stays.")
		fact, err := n.app.AddFact(t.Context(), me, practice.Fact{Failure: stays.ID, Text: "A line of facts."}, nil)
		must(t, err)
		at, err := n.app.AddressOf(t.Context(), me, me.Teams[0])
		must(t, err)
		said, err := n.rooms.Report(t.Context(), practice.Stranger{}, room.NewReport{Address: at.Word,
			Unnamed: practice.Unnamed{Text: "Said without a name.", Stage: practice.StageAfter}})
		must(t, err)
		hour := time.Now().Truncate(time.Hour)
		must(t, n.rooms.Release(t.Context(), hour))
		held, err := n.rooms.Receipt(t.Context(), practice.Stranger{}, said.Words)
		must(t, err)
		_, err = n.store.BackupFile(t.Context(), before)
		must(t, err)

		_, err = n.app.TakeBackReport(t.Context(), me, named.ID)
		must(t, err)
		must(t, n.app.RemoveFact(t.Context(), me, fact.ID))
		_, err = n.rooms.Withdraw(t.Context(), practice.Stranger{}, said.Words)
		must(t, err)
		must(t, n.rooms.Release(t.Context(), hour))
		ids := []string{string(named.ID), string(fact.ID), string(held.Failure.ID)}
		for _, id := range ids {
			awaitFile(t, list, practice.GonePrint(id))
		}
		without(t, list, append(ids, string(stays.ID), "without", held.Failure.Title)...)

		left := func(args ...string) (facts int, all []practice.FailureID) {
			t.Helper()
			into := filepath.Join(t.TempDir(), "new", "debrief.db")
			if code, out := debrief(t, append([]string{"restore", before, "--database", into}, args...)...); code != exitDone {
				t.Fatal(out)
			}
			a := app.New(app.Options{Store: storetest.Open(t, into)})
			strip, err := a.Facts(t.Context(), me, stays.ID)
			must(t, err)
			failures, err := a.Failures(t.Context(), me, store.FailureFilter{})
			must(t, err)
			for _, f := range failures {
				all = append(all, f.ID)
			}
			return len(strip), all
		}
		if facts, all := left("--erased", list); facts != 0 || !slices.Equal(all, []practice.FailureID{stays.ID}) {
			t.Errorf("restored, %d facts and %v are there", facts, all)
		}
		must(t, os.Remove(filepath.Join(folder, "debrief.erased")))
		if facts, all := left(); facts != 1 || len(all) != 3 {
			t.Errorf("without the list %d facts and %v are there: this proves nothing", facts, all)
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
