package main

import (
	"bytes"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store/storetest"
)

// asks is a node that has begun, and how it answers.
func asks(t *testing.T, database, index, words string) (found int, log string) {
	t.Helper()
	var said bytes.Buffer
	n, err := openNode(t.Context(), nodeOptions{database: database, index: index, log: slog.New(slog.NewTextHandler(&said, nil))})
	if err != nil {
		t.Fatal(err)
	}
	var r app.Results
	for err = app.ErrResting; errors.Is(err, app.ErrResting); {
		r, err = n.app.Search(t.Context(), practice.Actor{}, app.SearchFor{Text: words})
	}
	if err = errors.Join(err, n.close()); err != nil {
		t.Fatal(err)
	}
	return r.Total, said.String()
}

// A node keeps its index when it stops, for itself alone to read; the next one
// begins with it, or without it where there is something wrong with it.
func TestNode_keepsItsIndex(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		dir := folder(t, map[string]string{"list.jsonl": twoReviews})
		if _, beside, code := command(t, "", "import", "reviews", "--database", database, filepath.Join(dir, "list.jsonl")); code != exitDone {
			t.Fatal(beside)
		}
		index := filepath.Join(dir, "kept.index")
		begin := func(why string, anew bool) {
			t.Helper()
			found, log := asks(t, database, index, "certificate")
			if found != 1 || !strings.Contains(log, map[bool]string{true: "anew=true", false: "anew=false"}[anew]) || strings.Contains(log, "not kept") {
				t.Errorf("%s: %d found\n%s", why, found, log)
			}
		}
		begin("for the first time", true)
		info, err := os.Stat(index)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Fatalf("%v, %v", info, err)
		}
		begin("with its own", false)
		whole, err := os.ReadFile(index)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(index, whole[:len(whole)/2], 0o600); err != nil {
			t.Fatal(err)
		}
		begin("with half of it", true)
		begin("with the one that was made in its place", false)
		if _, err := os.Stat(index + beingWritten); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a half-written file is left: %v", err)
		}
		out, _, _ := command(t, "", "similar", "--database", database, "expired certificate")
		says(t, out, "x-1")
	})
}

// Words that were taken out go from the disk at once, half-written files too.
func TestKeptIndex_drop(t *testing.T) {
	k := &keptIndex{path: filepath.Join(t.TempDir(), "i"), log: slog.New(slog.DiscardHandler)}
	for _, path := range []string{k.path, k.path + beingWritten} {
		if err := os.WriteFile(path, []byte("words"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	k.drop()
	k.drop() // nothing is there any more
	if left, err := os.ReadDir(filepath.Dir(k.path)); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

// As soon as a node has read the index that was kept, words may be taken out. The race
// detector watches.
func TestKeptIndex_dropAtTheStart(t *testing.T) {
	dir := folder(t, map[string]string{"list.jsonl": twoReviews})
	o := nodeOptions{database: filepath.Join(dir, "d.db"), index: filepath.Join(dir, "i"), log: slog.New(slog.DiscardHandler)}
	if _, beside, code := command(t, "", "import", "reviews", "--database", o.database, filepath.Join(dir, "list.jsonl")); code != exitDone {
		t.Fatal(beside)
	}
	for range 8 { // all but the first begin with what was kept before
		n, err := openNode(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		_, err = n.app.Search(t.Context(), practice.Actor{}, app.SearchFor{Text: "anything"})
		n.kept.drop()
		if err = errors.Join(err, n.close()); err != nil {
			t.Fatal(err)
		}
	}
}
