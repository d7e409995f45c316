package main

import (
	"bytes"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The handbook names every flag of the server with its variable, and no other.
func TestOperate_namesEverySetting(t *testing.T) {
	text, err := os.ReadFile("../../docs/operate.md")
	must(t, err)
	_, table, _ := strings.Cut(string(text), "## Every setting")
	table, _, _ = strings.Cut(table, "\n## ")
	named := map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| `--([a-z-]+)` \\| `([A-Z_]+)` \\| \\S").FindAllStringSubmatch(table, -1) {
		named[row[1]] = row[2]
	}
	code, help := debrief(t, "serve", "--help")
	there := map[string]string{}
	for _, flag := range regexp.MustCompile(`(?s)\n\s+--([a-z-]+)(?:=\S+)?[^$]+?\(\$([A-Z_]+)\)`).FindAllStringSubmatch(help, -1) {
		there[flag[1]] = flag[2]
	}
	if code != exitDone || len(there) < 20 || !maps.Equal(named, there) {
		t.Errorf("exit %d; the handbook has %v, the server %v\n%s", code, slices.Sorted(maps.Keys(named)), slices.Sorted(maps.Keys(there)), bytes.TrimSpace([]byte(help)))
	}
}
