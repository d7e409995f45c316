package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// imports brings the folder's reviews into a fresh database twice, with the
// program itself. The second time must change nothing.
func imports(folder string) (wrong int, err error) {
	dir, err := os.MkdirTemp("", "debrief-real")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "debrief")
	if out, err := exec.Command("go", "build", "-o", program, "./cmd/debrief").CombinedOutput(); err != nil {
		return 0, fmt.Errorf("build: %w\n%s", err, out)
	}
	for i, want := range []func(string) bool{
		func(sum string) bool { return !strings.HasPrefix(sum, "0 taken") },
		func(sum string) bool { return strings.HasPrefix(sum, "0 taken, 0 changed, ") },
	} {
		var out, problems bytes.Buffer
		c := exec.Command(program, "import", "reviews", "--database", filepath.Join(dir, "debrief.db"), filepath.Join(folder, "postmortems"))
		c.Stdout, c.Stderr = &out, &problems
		err := c.Run()
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		sum := lines[len(lines)-1]
		if err != nil || !want(sum) {
			fmt.Printf("  WRONG time %d: %v\n%s", i+1, err, problems.String())
			wrong++
		}
		fmt.Printf("  %s\n", sum)
	}
	return wrong, nil
}
