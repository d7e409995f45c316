//go:build unix

package store_test

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/practice"
	"debrief/internal/store/storetest"
)

// A disk that refuses to write for a while is a clear answer and no loss, and
// service comes back. The operating system is made to refuse by a limit on the
// size of files, which holds for a whole process, so this runs in one of its own.
func TestUpdate_diskRefuses(t *testing.T) {
	cmd := exec.Command(os.Args[0], "-test.run=^TestDisk$", "-test.v")
	cmd.Env = append(os.Environ(), "DEBRIEF_TEST_DISK="+storetest.SQLite(t))
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: TestDisk") {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestDisk is what [TestUpdate_diskRefuses] runs; by itself it does nothing.
func TestDisk(t *testing.T) {
	path := os.Getenv("DEBRIEF_TEST_DISK")
	if path == "" {
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	s := storetest.Open(t, path)
	withNotes(t, s)
	update(t, s, addNote("before", ""))

	var limit syscall.Rlimit
	must(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit))
	info, err := os.Stat(path + "-wal")
	must(t, err)
	tight := syscall.Rlimit{Cur: uint64(info.Size()) + 100, Max: limit.Max}
	must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &tight))
	for range 3 {
		err := s.Update(t.Context(), addNote("lost", strings.Repeat("x", 100_000)))
		if !errors.Is(err, practice.ErrReadOnly) && !errors.Is(err, practice.ErrFull) {
			t.Errorf("got %v", err)
		}
		if diff := cmp.Diff([]string{"before"}, notes(t, s)); diff != "" {
			t.Error(diff)
		}
	}
	must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit))
	update(t, s, addNote("after", ""))
	if diff := cmp.Diff([]string{"after", "before"}, notes(t, s)); diff != "" {
		t.Error(diff)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Error(err)
	}
}
