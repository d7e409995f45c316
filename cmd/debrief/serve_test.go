package main

import (
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestSeldom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		times := 0
		again := seldom(func() { times++ })
		for range 5 {
			again()
			again()
			<-time.After(61 * time.Second)
		}
		if times != 5 {
			t.Errorf("done %d times in five minutes", times)
		}
	})
}

// Two hosts have to know each other, or whoever is at one finds no way to the other.
func TestServe_wantsBothHosts(t *testing.T) {
	code, said := debrief(t, "serve", "--unnamed-url", "https://quiet.house.example", "--database", filepath.Join(t.TempDir(), "debrief.db"))
	if code != exitUsage || !strings.Contains(said, "--base-url") {
		t.Errorf("exit %d: %s", code, said)
	}
}
