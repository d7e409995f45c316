package main

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The table of what is set names every check of the doctor, and no other.
func TestHardening_namesEveryCheck(t *testing.T) {
	text, err := os.ReadFile("../../docs/hardening.md")
	must(t, err)
	keys, err := os.ReadFile("../../internal/words/en/cli.txt")
	must(t, err)
	named, there := map[string]bool{}, map[string]bool{}
	rows := 0
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "|")
		if len(cells) != 6 || strings.HasPrefix(cells[1], "-") || strings.Contains(cells[4], "`doctor`") {
			continue
		}
		rows++
		if strings.TrimSpace(cells[4]) == "" {
			t.Errorf("no check and no reason: %s", cells[1])
		}
		for _, check := range regexp.MustCompile("`([a-z]+)`").FindAllStringSubmatch(cells[4], -1) {
			named[check[1]] = true
		}
	}
	for _, key := range regexp.MustCompile(`(?m)^cli\.doctor\.([a-z]+)\.`).FindAllStringSubmatch(string(keys), -1) {
		there[key[1]] = true
	}
	if rows < 20 || len(there) < 20 || !maps.Equal(named, there) {
		t.Errorf("%d rows name %v, the doctor checks %v", rows, slices.Sorted(maps.Keys(named)), slices.Sorted(maps.Keys(there)))
	}
}
