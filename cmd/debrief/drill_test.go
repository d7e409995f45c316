package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/store/storetest"
)

// TestMain lets the test binary be debrief itself for whoever runs it so.
func TestMain(m *testing.M) {
	if os.Getenv("DEBRIEF_ITSELF") != "" {
		os.Exit(run(&shell{Context: context.Background(), in: os.Stdin, out: os.Stdout, err: os.Stderr}, os.Args[1:]))
	}
	os.Exit(debrieftest.Main(m))
}

// The drill in the handbook is run as it stands there.
func TestDrill(t *testing.T) {
	page, err := os.ReadFile("../../docs/operate.md")
	must(t, err)
	drill := regexp.MustCompile("(?s)### A drill.*?```sh\n(.*?)```").FindSubmatch(page)
	if drill == nil {
		t.Fatal("there is no drill in the handbook")
	}
	bin, itself := t.TempDir(), os.Args[0]
	must(t, os.WriteFile(filepath.Join(bin, "debrief"), []byte("#!/bin/sh\nDEBRIEF_ITSELF=yes exec '"+itself+"' \"$@\"\n"), 0o700))
	storetest.Each(t, func(t *testing.T, address string) {
		sound(t, address)
		dir := folder(t, map[string]string{"list.jsonl": twoReviews})
		if code, out := debrief(t, "import", "reviews", "--database", address, dir); code != exitDone {
			t.Fatal(out)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
		defer cancel()
		sh := exec.CommandContext(ctx, "sh", "-eu", "-c", string(drill[1]))
		sh.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "TMPDIR="+t.TempDir(),
			"DEBRIEF_DATABASE="+address, "DEBRIEF_BASE_URL=https://debrief.example.org")
		out, err := sh.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		says(t, string(out), "checked", "Restored", "The same records.")
		if strings.Contains(string(out), "warn:") || strings.Contains(string(out), "fail:") || !strings.Contains(string(out), "ok:") {
			t.Errorf("the doctor says\n%s", out)
		}
	})
}
