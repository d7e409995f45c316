// Package debrieftest boots the real Debrief for tests: the binary as its own
// process, a database of either kind, and people with browsers.
//
// A test package that uses it has one line of its own:
//
//	func TestMain(m *testing.M) { os.Exit(debrieftest.Main(m)) }
//
// so that the binary is built once and the browser started once for all of its
// tests. What is missing fails a test; nothing here skips.
package debrieftest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// process is what the tests of one package share. Main empties it.
var process struct {
	sync.Mutex
	dir      string // its own folder, removed at the end
	binary   string
	browsers map[string]context.Context // those that run, by program
	looked   map[string]bool            // the pages that Look has seen, by name
	closers  []func()
}

// Main runs the tests of a package and then ends whatever they shared. It
// returns the exit code.
func Main(m *testing.M) int {
	dir, err := os.MkdirTemp("", "debrieftest-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	process.dir, process.looked, process.browsers = dir, map[string]bool{}, map[string]context.Context{}
	defer func() {
		for _, end := range process.closers {
			end()
		}
		os.RemoveAll(dir)
	}()
	return m.Run()
}

// Binary builds Debrief the first time it is asked for and returns its path.
// When the tests run under the race detector, so does the binary.
func Binary(t testing.TB) string {
	t.Helper()
	process.Lock()
	defer process.Unlock()
	if process.dir == "" {
		t.Fatal("debrieftest: TestMain must call debrieftest.Main")
	}
	if process.binary == "" {
		file := filepath.Join(process.dir, "debrief")
		if err := Build(file); err != nil {
			t.Fatal(err)
		}
		process.binary = file
	}
	return process.binary
}

// program builds another program of test/ the first time it is asked for.
func program(t testing.TB, name string) string {
	t.Helper()
	process.Lock()
	defer process.Unlock()
	if process.dir == "" {
		t.Fatal("debrieftest: TestMain must call debrieftest.Main")
	}
	file := filepath.Join(process.dir, name)
	if _, err := os.Stat(file); err != nil {
		if out, err := exec.Command("go", "build", "-o", file, "debrief/test/"+name).CombinedOutput(); err != nil {
			t.Fatalf("build test/%s: %v\n%s", name, err, out)
		}
	}
	return file
}

// Build compiles Debrief to file, with the race detector if this program has
// it. The flags are those of the Makefile, so that the packages that the tests
// have compiled already are not compiled again.
func Build(file string) error {
	args := []string{"build", "-o", file}
	if RaceDetector {
		args = append(args, "-race", "-gcflags=modernc.org/...=-race=false")
	}
	return goBuild(args, os.Environ())
}

// BuildStripped compiles Debrief to file as the Makefile does for people.
func BuildStripped(file string) error {
	return goBuild([]string{"build", "-trimpath", "-ldflags=-s -w", "-o", file}, append(os.Environ(), "CGO_ENABLED=0"))
}

func goBuild(args, environment []string) error {
	cmd := exec.Command("go", append(args, "debrief/cmd/debrief")...)
	cmd.Env = environment
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build debrief: %w\n%s", err, out)
	}
	return nil
}
