package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Whoever slips is told what to do, and programs by the exit code.
func TestWrong(t *testing.T) {
	dir := folder(t, map[string]string{"text.md": "no database at all, but long enough to be taken for one\n", "empty/.keep": ""})
	must(t, os.Remove(filepath.Join(dir, "empty/.keep")))
	text, empty, db := filepath.Join(dir, "text.md"), filepath.Join(dir, "empty"), filepath.Join(dir, "d.db")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"user list --database " + empty, exitReach, "Name a file"},
		{"similar --database " + text + " van", exitReach, "no database of ours"},
		{"migrate --database " + text, exitReach, "no database of ours"},
		{"similar --batch " + empty + " --database " + db, exitReach, "is a folder"},
		{"similar --batch " + text + "x --database " + db, exitReach, "Look whether it is there"},
		{"import reviews " + empty + " --database " + db, exitDone, "has no files"},
		{"import procedure " + text + "x --database " + db, exitReach, "Look whether it is there"},
		{"export " + text + " --database " + db, exitReach, "where a folder is wanted"},
		{"restore " + text + "x --database " + db, exitReach, "Look whether it is there"},
		{"restore " + empty + " --database " + db, exitReach, "is a folder"},
		{"token list --database " + db, exitDone, "No tokens yet"},
		{"import reviews", exitUsage, "debrief import reviews --help"},
		{"import patern x", exitUsage, "debrief import --help"},
		{"nonsense", exitUsage, "debrief --help"},
		{"demo --addr " + l.Addr().String(), exitReach, "Something listens at " + l.Addr().String()},
		{"demo --addr nonsense", exitUsage, "no address to listen at"},
		{"demo --addr 127.0.0.1:99999", exitUsage, "no address to listen at"},
	} {
		out, beside, code := command(t, "", strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(out+beside, c.says) {
			t.Errorf("debrief %s: exit %d, not %d, and %q is missing in:\n%s%s", c.args, code, c.code, c.says, out, beside)
		}
	}
}
