package words

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

// entry is one "key = value" of a catalogue or pack file.
type entry struct {
	key, value string
	at         string // file:line, for problems
}

var keyForm = regexp.MustCompile(`^[a-z][a-z0-9]*([.-][a-z0-9]+)*$`)

// parseFile reads lines of "key = value". An indented line goes on with the
// value above it, a line that begins with # is a comment. All problems of the
// file are reported together with the entries that are good.
func parseFile(files fs.FS, name string) ([]entry, error) {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	var entries []entry
	var problems []error
	seen := map[string]string{}
	open := false // whether an indented line has something to go on with
	for i, line := range strings.Split(string(data), "\n") {
		at := fmt.Sprintf("%s:%d", name, i+1)
		text := strings.TrimSpace(line)
		switch {
		case text == "" || line[0] == '#':
			open = false
		case line[0] == ' ' || line[0] == '\t':
			if !open {
				problems = append(problems, fmt.Errorf("%s: an indented line with nothing above it to go on with", at))
				continue
			}
			last := &entries[len(entries)-1]
			last.value = strings.TrimSpace(last.value + " " + text)
		default:
			key, value, ok := strings.Cut(text, "=")
			key = strings.TrimSpace(key)
			open = ok && keyForm.MatchString(key)
			if !open {
				problems = append(problems, fmt.Errorf("%s: want key = sentence, got %q", at, text))
				continue
			}
			if before, ok := seen[key]; ok {
				problems = append(problems, fmt.Errorf("%s: %s is already at %s", at, key, before))
			}
			seen[key] = at
			entries = append(entries, entry{key: key, value: strings.TrimSpace(value), at: at})
		}
	}
	for _, e := range entries {
		if e.value == "" {
			problems = append(problems, fmt.Errorf("%s: %s says nothing", e.at, e.key))
		}
	}
	return entries, errors.Join(problems...)
}
