package store_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// makeTables makes some with every kind of column, that refer to themselves and
// to each other.
func makeTables(t *testing.T, s *store.Store) {
	t.Helper()
	for _, q := range []string{
		`CREATE TABLE kind_of_all (id TEXT PRIMARY KEY, n BIGINT, yes BOOLEAN, part DOUBLE PRECISION, data BYTEA, word TEXT)`,
		`CREATE TABLE "order" (id TEXT PRIMARY KEY, parent TEXT REFERENCES "order" (id), other TEXT REFERENCES kind_of_all (id))`,
		`CREATE TABLE without_key (word TEXT NOT NULL)`,
	} {
		update(t, s, func(tx *store.Tx) error { _, err := tx.Exec(q); return err })
	}
}

// fill puts something into them and into the tables every database has.
func fill(t *testing.T, s *store.Store) {
	t.Helper()
	update(t, s, func(tx *store.Tx) error {
		run := func(q string, args ...any) {
			if _, err := tx.Exec(q, args...); err != nil {
				t.Fatal(err)
			}
		}
		insert := `INSERT INTO kind_of_all (id, n, yes, part, data, word) VALUES ($1, $2, $3, $4, $5, $6)`
		run(insert, "a", int64(1)<<62+1, true, 0.1, []byte{0, 255, 10}, "zwei\nZeilen “so” \\ <b>")
		run(insert, "b", nil, nil, nil, nil, nil)
		run(insert, "c", -5, false, -1e300, nil, "")
		run(`INSERT INTO "order" (id, parent, other) VALUES ('o9999', NULL, 'a')`)
		for i := range 1200 { // each refers to one that comes later in the backup
			run(`INSERT INTO "order" (id, parent, other) VALUES ($1, $2, NULL)`, fmt.Sprintf("o%04d", 9998-i), fmt.Sprintf("o%04d", 9999-i))
		}
		run(`INSERT INTO without_key (word) VALUES ('z'), ('a'), ('m')`)
		return errors.Join(emit("flr_1")(tx), enqueue("mail", 0, "x")(tx), tx.Remember("k", "r", "l"),
			tx.AddMember(practice.Member{ID: "mem_1", Name: "Ada", Active: true}),
			tx.AddDevice(practice.Device{ID: "dev_1", Member: "mem_1"}, "h1"),
			tx.AddToken(practice.Token{ID: "tok_1", Member: "mem_1"}, "h2"),
			tx.AddLink(practice.Link{Member: "mem_1"}, "h3"))
	})
	for i := range 20 {
		update(t, s, emit(fmt.Sprintf("flr_%02d", i)))
	}
}

// backupLines is a backup as text, without what is of the moment.
func backupLines(t *testing.T, s *store.Store) []string {
	t.Helper()
	var b bytes.Buffer
	if _, err := s.Backup(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	all := strings.Split(strings.TrimSpace(plainText(t, b.Bytes())), "\n")
	return slices.DeleteFunc(all[1:len(all)-1], func(l string) bool { return strings.HasPrefix(l, `["incarnation"`) })
}

// withoutKeys leaves out the rows that let somebody in.
func withoutKeys(t *testing.T, lines []string) (kept []string) {
	t.Helper()
	key := regexp.MustCompile(`^\{"table":"(device|token|link_once)"`)
	dropped, inside := 0, false
	for _, l := range lines {
		if l[0] == '{' {
			inside = key.MatchString(l)
		} else if inside {
			dropped++
			continue
		}
		kept = append(kept, l)
	}
	if dropped != 3 {
		t.Errorf("the backup has %d keys, so this proves nothing", dropped)
	}
	return kept
}

func plainText(t *testing.T, b []byte) string {
	t.Helper()
	zip, err := gzip.NewReader(bytes.NewReader(b))
	must(t, err)
	text, err := io.ReadAll(zip)
	must(t, err)
	return string(text)
}

// pairs are the ways a backup can go.
func pairs(t *testing.T, test func(t *testing.T, from, to string)) {
	kinds := map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres}
	for a, from := range kinds {
		for b, to := range kinds {
			t.Run(a+" to "+b, func(t *testing.T) { test(t, from(t), to(t)) })
		}
	}
}

func TestRestore(t *testing.T) {
	pairs(t, func(t *testing.T, from, to string) {
		a := storetest.Open(t, from)
		makeTables(t, a)
		fill(t, a)
		path := filepath.Join(t.TempDir(), "copy.gz")
		made, err := a.BackupFile(t.Context(), path)
		must(t, err)
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
		b := storetest.Open(t, to)
		makeTables(t, b)
		must(t, b.Close())
		restored, err := store.Restore(t.Context(), options(to), path)
		must(t, err)
		if diff := cmp.Diff(made, restored); diff != "" {
			t.Error(diff)
		}

		b = storetest.Open(t, to)
		if a.Incarnation() == b.Incarnation() {
			t.Error("the incarnation is still the old one")
		}
		if diff := cmp.Diff(withoutKeys(t, backupLines(t, a)), backupLines(t, b)); diff != "" {
			t.Error(diff)
		}
		update(t, b, emit("flr_later")) // numbers go on after those that came in
		if diff := cmp.Diff(append(follow(t, a), "flr_later"), follow(t, b)); diff != "" {
			t.Error(diff)
		}
		if err := b.Update(t.Context(), func(tx *store.Tx) error { // and references are checked again at once
			_, err := tx.Exec(`INSERT INTO "order" (id, other) VALUES ('x', 'nobody')`)
			if err == nil {
				t.Error("a reference to nothing was taken")
			}
			return err
		}); err == nil {
			t.Error("a reference to nothing was kept")
		}
	})
}

// Every table that the migrations make is in a backup, whoever made it.
func TestBackup_everyTable(t *testing.T) {
	files, err := filepath.Glob("migration/*.sql")
	must(t, err)
	var want []string
	for _, name := range files {
		b, err := os.ReadFile(name)
		must(t, err)
		for _, m := range regexp.MustCompile(`(?im)^\s*CREATE TABLE (?:IF NOT EXISTS )?"?(\w+)"?`).FindAllSubmatch(b, -1) {
			want = append(want, string(m[1]))
		}
		for _, m := range regexp.MustCompile(`(?im)^\s*ALTER TABLE (\w+) RENAME TO \w+;`).FindAllSubmatch(b, -1) { // made anew under another name, in place of the one there was
			want = slices.DeleteFunc(want, func(t string) bool { return t == string(m[1]) })
		}
	}
	slices.Sort(want)
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		var got []string
		for _, l := range backupLines(t, s) {
			if name, ok := strings.CutPrefix(l, `{"table":"`); ok {
				name, _, _ = strings.Cut(name, `"`)
				got = append(got, name)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || len(want) < 4 {
			t.Error(diff)
		}
	})
}

func TestBackup_whileOthersWrite(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		withNotes(t, s)
		stop, stopped := make(chan struct{}), make(chan struct{})
		go func() { // always two at once, or neither
			defer close(stopped)
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				if err := s.Update(t.Context(), func(tx *store.Tx) error {
					return errors.Join(addNote(fmt.Sprint("a", i), "")(tx), addNote(fmt.Sprint("b", i), "")(tx))
				}); err != nil {
					t.Error(err)
					return
				}
			}
		}()
		for range 5 {
			n := 0
			for _, l := range backupLines(t, s) {
				if strings.HasPrefix(l, `["a`) {
					n++
				} else if strings.HasPrefix(l, `["b`) {
					n--
				}
			}
			if n != 0 {
				t.Errorf("the copy is of two moments: %d", n)
			}
		}
		close(stop)
		<-stopped
	})
}

func TestBackupFile_doesNotOverwrite(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	path := filepath.Join(t.TempDir(), "copy.gz")
	must(t, os.WriteFile(path, []byte("precious"), 0o600))
	if _, err := s.BackupFile(t.Context(), path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v", err)
	}
	if b, err := os.ReadFile(path); string(b) != "precious" || err != nil {
		t.Errorf("the file is now %q, %v", b, err)
	}
}

func TestRestore_damagedBackup(t *testing.T) {
	a := storetest.Open(t, storetest.SQLite(t))
	update(t, a, emit("flr_1"))
	var b bytes.Buffer
	_, err := a.Backup(t.Context(), &b)
	must(t, err)
	text := plainText(t, b.Bytes())
	all := strings.SplitAfter(text, "\n")
	for name, damaged := range map[string][]byte{
		"empty":        {},
		"other":        []byte("SQLite format 3\x00"),
		"cut short":    b.Bytes()[:b.Len()/2],
		"other text":   zipped(t, strings.Replace(text, "flr_1", "flr_2", 1)),
		"without seal": zipped(t, strings.Join(all[:len(all)-2], "")),
		"line missing": zipped(t, strings.Join(slices.Delete(slices.Clone(all), 3, 4), "")),
		"flipped bit":  flipped(b.Bytes(), b.Len()/2),
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "copy.gz")
			must(t, os.WriteFile(path, damaged, 0o600))
			to := storetest.SQLite(t)
			if _, err := store.Restore(t.Context(), options(to), path); err == nil {
				t.Error("it was restored")
			}
			if got := follow(t, storetest.Open(t, to)); got != nil {
				t.Errorf("it left %q behind", got)
			}
		})
	}
}

func zipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	_, err := zip.Write([]byte(text))
	must(t, errors.Join(err, zip.Close()))
	return b.Bytes()
}

func flipped(b []byte, at int) []byte {
	b = slices.Clone(b)
	b[at] ^= 1
	return b
}

func TestRestore_notEmpty(t *testing.T) {
	storetest.Each(t, func(t *testing.T, to string) {
		a := storetest.Open(t, storetest.SQLite(t))
		path := filepath.Join(t.TempDir(), "copy.gz")
		_, err := a.BackupFile(t.Context(), path)
		must(t, err)
		b := storetest.Open(t, to)
		update(t, b, emit("flr_1"))
		before := b.Incarnation()
		must(t, b.Close())
		if _, err := store.Restore(t.Context(), options(to), path); err == nil || !strings.Contains(err.Error(), "not empty") {
			t.Errorf("got %v", err)
		}
		b = storetest.Open(t, to)
		if diff := cmp.Diff([]string{"flr_1"}, follow(t, b)); diff != "" || b.Incarnation() != before {
			t.Error(diff)
		}
	})
}

// A backup with an older schema grows up on its way in, into a database without
// any schema and into one that is already ahead.
func TestRestore_olderSchema(t *testing.T) {
	old := filepath.Join(t.TempDir(), "old.db")
	path := filepath.Join(t.TempDir(), "copy.gz")
	must(t, store.MigrateTo(t.Context(), options(old), 1, emit("flr_1")))
	must(t, store.BackupAt(t.Context(), options(old), 1, path))
	check := func(t *testing.T, to string) {
		c, err := store.Restore(t.Context(), options(to), path)
		if err != nil || c.Schema != 1 {
			t.Fatalf("%v, %v", c, err)
		}
		b := storetest.Open(t, to)
		if diff := cmp.Diff([]string{"flr_1"}, follow(t, b)); diff != "" {
			t.Error(diff)
		}
		update(t, b, func(tx *store.Tx) error {
			_, err := tx.Strings(`SELECT id FROM failure`)
			return err
		})
	}
	blank(t, check)
	storetest.Each(t, check)
}

func TestRestore_newerSchema(t *testing.T) {
	a := storetest.Open(t, storetest.SQLite(t))
	update(t, a, func(tx *store.Tx) error {
		_, err := tx.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)`)
		return err
	})
	path := filepath.Join(t.TempDir(), "copy.gz")
	_, err := a.BackupFile(t.Context(), path)
	must(t, err)
	_, err = store.Restore(t.Context(), options(storetest.SQLite(t)), path)
	if err == nil || !strings.Contains(err.Error(), "newer debrief") {
		t.Errorf("got %v", err)
	}
}

// A restore is one transaction: if a row does not fit, nothing is there.
func TestRestore_rowDoesNotFit(t *testing.T) {
	storetest.Each(t, func(t *testing.T, to string) {
		a := storetest.Open(t, storetest.SQLite(t))
		makeTables(t, a)
		fill(t, a)
		update(t, a, func(tx *store.Tx) error {
			_, err := tx.Exec(`DROP TABLE without_key`)
			return err
		})
		path := filepath.Join(t.TempDir(), "copy.gz")
		_, err := a.BackupFile(t.Context(), path)
		must(t, err)
		b := storetest.Open(t, to)
		makeTables(t, b)
		must(t, b.Close())
		if _, err := store.Restore(t.Context(), options(to), path); err == nil || !strings.Contains(err.Error(), "without_key") {
			t.Errorf("got %v", err)
		}
		if got := follow(t, storetest.Open(t, to)); got != nil {
			t.Errorf("it left %q behind", got)
		}
	})
}
