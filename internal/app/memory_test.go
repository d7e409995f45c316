package app_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// remembered is a program that has filled its index from a snapshot.
func remembered(t *testing.T, s *store.Store, build string, snapshot io.Reader) (a *app.App, stale bool) {
	t.Helper()
	a = app.New(app.Options{Store: s, Build: build})
	stale, err := a.Fill(t.Context(), snapshot)
	is(t, "fill", err, "")
	return a, stale
}

func snapshotOf(t *testing.T, a *app.App) []byte {
	t.Helper()
	frozen, err := a.Freeze(t.Context())
	is(t, "freeze", err, "")
	var file bytes.Buffer
	is(t, "write", frozen.Write(&file), "")
	return file.Bytes()
}

// count is how many failures an operator finds by their words.
func count(t *testing.T, a *app.App, words string) int {
	t.Helper()
	r, err := a.Search(t.Context(), practice.Actor{}, app.SearchFor{Text: `"` + words + `"`})
	is(t, words, err, "")
	return r.Total
}

func bring(t *testing.T, a *app.App, id, text string) {
	t.Helper()
	_, err := a.ImportReviews(t.Context(), practice.Actor{Operator: true}, []prose.Imported{{ID: id, Title: "Lights of the yard", Text: text, Print: text}})
	is(t, "import", err, "")
}

func TestFill_fromASnapshot(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, _ := remembered(t, s, "one", nil)
		bring(t, a, "a", "The fuse blew when Hildegard plugged in the kettle")
		bring(t, a, "b", "A marten ate the cable")
		a, stale := remembered(t, s, "one", nil)
		if !stale {
			t.Error("without a snapshot nothing was stale")
		}
		file := snapshotOf(t, a)

		a, stale = remembered(t, s, "one", bytes.NewReader(file))
		if stale || count(t, a, "marten ate") != 1 || count(t, a, "Hildegard plugged") != 1 {
			t.Errorf("stale %v, or words are lost", stale)
		}
		bring(t, a, "a", "The fuse blew when somebody plugged in the kettle")
		bring(t, a, "c", "The bulb was loose")
		a, stale = remembered(t, s, "one", bytes.NewReader(file))
		if !stale || count(t, a, "marten ate") != 1 || count(t, a, "bulb was loose") != 1 || count(t, a, "somebody plugged") != 1 {
			t.Errorf("stale %v, or what happened since is not learned", stale)
		}
		if count(t, a, "Hildegard plugged") != 0 {
			t.Error("words that were taken out came back from the snapshot")
		}
		if next := snapshotOf(t, a); bytes.Contains(next, []byte("hildegard")) || !bytes.Contains(file, []byte("hildegard")) {
			t.Error("words that were taken out are in the next snapshot, or were in none")
		}
	})
}

func TestLearn_saysWhatWasForgotten(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, _ := remembered(t, s, "one", nil)
		at := store.Position{}
		learn := func() bool {
			t.Helper()
			batch := storetest.Events(t, s, at)
			at = batch.Next
			forgot, err := a.Learn(t.Context(), batch.Events)
			is(t, "learn", err, "")
			return forgot
		}
		bring(t, a, "a", "Hildegard plugged in the kettle")
		if learn() {
			t.Error("something new forgot something")
		}
		bring(t, a, "b", "A marten ate the cable")
		if learn() {
			t.Error("something else forgot something")
		}
		bring(t, a, "a", "Somebody plugged in the kettle")
		if !learn() || count(t, a, "Hildegard plugged") != 0 {
			t.Error("a word was taken out, and nobody is told")
		}
	})
}

// Whatever a snapshot is not of, the index is made anew and answers the same.
func TestFill_refusesOtherSnapshots(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a, _ := remembered(t, s, "one", nil)
	bring(t, a, "a", "A marten ate the cable")
	a, _ = remembered(t, s, "one", nil)
	good := snapshotOf(t, a)

	other := storetest.Open(t, storetest.SQLite(t))
	b, _ := remembered(t, other, "one", nil)
	bring(t, b, "x", "The marten of somebody else")
	b, _ = remembered(t, other, "one", nil)
	foreign := snapshotOf(t, b)

	damaged := bytes.Clone(good)
	damaged[len(damaged)/2] ^= 1
	for _, c := range []struct {
		why, build string
		file       []byte
		control    bool
	}{
		{"of another program", "two", good, false},
		{"of another database", "one", foreign, false},
		{"damaged", "one", damaged, false},
		{"cut short", "one", good[:len(good)-9], false},
		{"empty", "one", nil, false},
		{"not one at all", "one", []byte("# Closing\n\n- [ ] Count the till\n"), false},
		{"its own", "one", good, true},
	} {
		a, stale := remembered(t, s, c.build, bytes.NewReader(c.file))
		if stale == c.control || count(t, a, "marten ate") != 1 || count(t, a, "marten of somebody") != 0 {
			t.Errorf("%s: stale %v, or it does not answer as before", c.why, stale)
		}
	}
}

// A file that was copied back over the database is an earlier day of it. What
// the snapshot learned since is not there any more, whether the day it knows is
// missing or went another way.
func TestFill_afterTheDatabaseWasPutBack(t *testing.T) {
	path := storetest.SQLite(t)
	copied := filepath.Join(t.TempDir(), "copy.db")
	s := storetest.Open(t, path)
	a, _ := remembered(t, s, "one", nil)
	bring(t, a, "a", "A marten ate the cable")
	is(t, "checkpoint", s.Scrub(t.Context()), "")
	data, err := os.ReadFile(path)
	is(t, "read", err, "")
	is(t, "copy", os.WriteFile(copied, data, 0o600), "")
	bring(t, a, "b", "The bulb was loose")
	a, _ = remembered(t, s, "one", nil)
	file := snapshotOf(t, a)

	back := storetest.Open(t, copied)
	if s.Incarnation() != back.Incarnation() {
		t.Fatal("the copy is another database: the test proves nothing")
	}
	b, stale := remembered(t, back, "one", bytes.NewReader(file))
	if !stale || count(t, b, "bulb was loose") != 0 || count(t, b, "marten ate") != 1 {
		t.Error("the snapshot of a day that has not come was used")
	}
	bring(t, b, "c", "The switch was off")
	b, stale = remembered(t, back, "one", bytes.NewReader(file))
	if !stale || count(t, b, "bulb was loose") != 0 || count(t, b, "switch was off") != 1 {
		t.Error("the snapshot of a day that went another way was used")
	}
}

func TestRecall_restsUntilItIsFilled(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a := app.New(app.Options{Store: s})
	ctx, stop := context.WithCancel(t.Context())
	stop()
	for what, ask := range map[string]func() error{
		"search":  func() error { _, err := a.Search(ctx, practice.Actor{}, app.SearchFor{Text: "x"}); return err },
		"echo":    func() error { _, err := a.EchoOf(ctx, practice.Actor{}, "flr_a"); return err },
		"similar": func() error { _, err := a.Similar(ctx, practice.Actor{}, []app.Ask{{Text: "x"}}); return err },
	} {
		if err := ask(); !errors.Is(err, app.ErrResting) {
			t.Errorf("%s before there is an index: %v", what, err)
		}
	}
	if _, err := a.Freeze(t.Context()); !errors.Is(err, practice.ErrNotFound) {
		t.Errorf("nothing was frozen: %v", err)
	}
	if _, err := a.Learn(t.Context(), []store.StoredEvent{{Event: practice.Event{About: "flr_a"}}}); err != nil {
		t.Errorf("an event that comes too early: %v", err)
	}
	_, err := a.Fill(t.Context(), nil)
	is(t, "fill", err, "")
	if got := count(t, a, "x"); got != 0 {
		t.Errorf("found %d", got)
	}
}

// What people wrote alone is in no snapshot, while the record is.
func TestFreeze_holdsNoAnswers(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := newLibrary(t, s)
		is(t, "answer", s.Update(t.Context(), func(tx *store.Tx) error {
			return tx.SetAnswers(l.review, practice.PhaseHappened, []practice.Answer{{ID: practice.AnswerID(tx.NewBlindID("ans")),
				Review: l.review, Phase: practice.PhaseHappened, Text: "Xylophone"}})
		}), "")
		l.learn()
		a, _ := remembered(t, s, "", nil)
		file := string(snapshotOf(t, a))
		if strings.Contains(file, "xylophone") || !strings.Contains(file, "ramp") {
			t.Error("an answer is in the snapshot, or nothing is")
		}
	})
}
