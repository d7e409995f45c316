package rest

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/words"
)

// limit is a line of testdata/limits.txt.
type limit struct{ what, class, code, ways, test string }

// limits reads testdata/limits.txt.
func limits(t *testing.T) (all []limit) {
	t.Helper()
	text, err := os.ReadFile("testdata/limits.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "|")
		if len(cells) != 5 {
			t.Fatalf("%d cells: %s", len(cells), line)
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		all = append(all, limit{cells[0], cells[1], cells[2], cells[3], cells[4]})
	}
	return all
}

// lacks says what is wrong with a limit: its class, its test, or where it leads on.
func (l limit) lacks(said words.Refusal, tests map[string]string) string {
	var ways []string
	for _, w := range said.Ways {
		ways = append(ways, w.Name)
	}
	body, known := tests[l.test]
	switch {
	case !slices.Contains([]string{"hard", "asks", "hint", "withheld", "absent"}, l.class):
		return "is in no class"
	case l.class == "absent":
		return ""
	case !known:
		return "has no test " + l.test
	case l.code == "" && (l.class == "hint" || l.class == "withheld"):
		return ""
	case !strings.Contains(body, `"`+l.code+`"`):
		return "is not asserted in " + l.test
	case said.Title == "" || said.Why == "":
		return "does not say what and why"
	case slices.Contains([]string{"field", "room", "said"}, l.ways) && len(ways) == 0:
		return ""
	case l.ways != strings.Join(ways, " "):
		return "leads on to " + strings.Join(ways, " ") + ", not to " + l.ways
	}
	return ""
}

var beginsTest = regexp.MustCompile(`(?m)^func (Test\w+)\(`)

// testsOf are the files that tests stand in, by package and name.
func testsOf(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, pack := range []string{"rest", "app", "practice", "room", "web/room", "web/shelf"} {
		files, _ := filepath.Glob("../" + pack + "/*_test.go")
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range beginsTest.FindAllStringSubmatch(string(text), -1) {
				all[pack+"."+m[1]] = string(text)
			}
		}
	}
	return all
}

// Every limit is in its class, says why and leads on, and a test holds it. A line that is
// wrong in any of these is found out.
func TestLimits_areInTheirClasses(t *testing.T) {
	catalogue, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	speaker, tests, all := catalogue.Speaker("en", "default", time.UTC), testsOf(t), limits(t)
	for _, l := range all {
		said := speaker.Refusal(practice.Refuse(practice.Conflict, l.code))
		if lacks := l.lacks(said, tests); lacks != "" {
			t.Errorf("%s %s", l.what, lacks)
		}
		if l.class == "absent" || l.code == "" {
			continue
		}
		for _, wrong := range []limit{{l.what, "soft", l.code, l.ways, l.test}, {l.what, l.class, l.code, "nowhere", l.test}, {l.what, l.class, l.code, l.ways, "rest.TestNothing"}} {
			if wrong.lacks(said, tests) == "" {
				t.Errorf("%+v is not found out", wrong)
			}
		}
	}
	for _, class := range []string{"hint", "withheld"} {
		if none := (limit{"", class, "", "", "room.TestNothing"}); none.lacks(words.Refusal{}, tests) == "" {
			t.Errorf("a %s without a test is not found out", class)
		}
	}
	if len(all) < 45 {
		t.Errorf("only %d limits", len(all))
	}
}

// What the tests of limits refuse stands in the table, in the class in which they refuse it.
func TestLimits_missNone(t *testing.T) {
	known, tests, looked := map[string]string{}, testsOf(t), 0
	for _, l := range limits(t) {
		known[l.code] = l.class
	}
	for how, class := range map[string]string{`\.(?:never|onward|stays)\(.*"(\w+\.\w+)"`: "hard", `\.said\(.*"(\w+\.\w+)"`: "asks"} {
		for _, test := range []string{"rest.TestRest_eachLimitInItsClass", "rest.TestRest_whatHoldsFast"} {
			for _, m := range regexp.MustCompile(how).FindAllStringSubmatch(tests[test], -1) {
				looked++
				if got := known[m[1]]; got != class && !slices.Contains([]string{"api.field", "review.closed"}, m[1]) {
					t.Errorf("%s is %q in the table, and %s in %s", m[1], got, class, test)
				}
			}
		}
	}
	if looked < 15 {
		t.Errorf("only %d refusals were looked at", looked)
	}
}
