package words

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"debrief/internal/practice"
)

var (
	// Say "key", .Say("key", Spans "key", Fold("key" …, help:"key": all that take a key.
	saysKey = regexp.MustCompile(`\b(?:help:|(?:Say|Spans|Has|Lines|Fold|Field|Area|Choices)[ (]+)(?:[a-zA-Z.]+, "[a-z-]*", )?"([a-z][a-z0-9.-]*)"( *\+)?`)
	// Refuse(Invalid, "code")
	refusesCode = regexp.MustCompile(`\bRefuse\([A-Za-z.]+, "([a-z][a-z0-9.-]*)"( *\+)?([^\n]*)`)
	// Say("key", "name", value …: the rest of the call, as far as it goes on
	// in this line and the next, or to the end of the template's action.
	saysWith    = regexp.MustCompile(`\b(?:Say|Spans)[ (]+"([a-z][a-z0-9.-]*)"([^+\n][^\n]*(?:\n[^\n]*)?)`)
	refusesWith = regexp.MustCompile(`With\("([a-zA-Z0-9]+)"`)
	// Notice{…, Code: "notice.invited"
	noticeCode = regexp.MustCompile(`\bCode: +"(notice\.[a-z0-9.-]*)"`)
	// "key": whatever stands as a text of its own and is a key, or a refusal's
	// code, is taken as said; one that ends with a dot begins keys.
	quotesKey = regexp.MustCompile("[\"`]([a-z][a-z0-9.-]*)[\"`]")
	// A comment "words:use kind.*" names keys that are put together.
	usesKeys = regexp.MustCompile(`words:use ((?:[a-z][a-z0-9.-]*\*? ?)+)`)
)

// walk reads every Go file and template of the program, tests left out.
func walk(t *testing.T, read func(name, text string)) {
	t.Helper()
	for _, root := range []string{"..", "../../cmd"} {
		err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && d.Name() == "testdata" {
				return filepath.SkipDir
			}
			ext := filepath.Ext(name)
			if d.IsDir() || strings.HasSuffix(name, "_test.go") || ext != ".go" && ext != ".html" && ext != ".xml" {
				return nil
			}
			text, err := os.ReadFile(name)
			read(name, string(text))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestUsage_everyKeyThatIsSaidExists(t *testing.T) {
	s := load(t).Speaker("en", "", nil)
	used := map[string]bool{}
	walk(t, func(name, text string) {
		for _, m := range saysKey.FindAllStringSubmatch(text, -1) {
			key := m[1]
			switch {
			case m[2] != "" || strings.HasSuffix(key, "."): // put together: some key must begin like it
				if !begins(s, key) {
					t.Errorf("%s: no key begins with %s", name, key)
				}
				use(s, used, key+"*")
			case !s.Has(key) && len(s.Lines(key)) == 0:
				t.Errorf("%s: no such key: %s", name, key)
			default:
				use(s, used, key)
				use(s, used, key+".*") // hints, titles and lines below it
			}
		}
		for _, m := range saysWith.FindAllStringSubmatch(text, -1) {
			rest, _, _ := strings.Cut(m[2], "}}")
			for _, arg := range arguments(s.spoken.sentences[m[1]]) {
				if !strings.Contains(rest, `"`+arg+`"`) && !strings.Contains(rest, "...") {
					t.Errorf("%s: %s wants {%s}", name, m[1], arg)
				}
			}
		}
		for _, m := range quotesKey.FindAllStringSubmatch(text, -1) {
			if strings.HasSuffix(m[1], ".") {
				m[1] += "*"
			}
			use(s, used, m[1])
			use(s, used, m[1]+".*")
		}
		for _, m := range usesKeys.FindAllStringSubmatch(text, -1) {
			for _, key := range strings.Fields(m[1]) {
				use(s, used, key)
			}
		}
		for _, m := range noticeCode.FindAllStringSubmatch(text, -1) {
			if use(s, used, m[1]); !s.Has(m[1]) {
				t.Errorf("%s: no such notice: %s", name, m[1])
			}
		}
	})
	for _, key := range idle(s, used) {
		t.Errorf("nobody says %s", key)
	}
	if used["nav.now"] = false; !slices.Contains(idle(s, used), "nav.now") {
		t.Error("a key that nobody says is not found")
	}
}

// idle are the keys nobody says. What belongs to a refusal is said where its
// code is used.
func idle(s *Speaker, used map[string]bool) []string {
	var out []string
	for key := range s.spoken.sentences {
		code := refusalPart.ReplaceAllString(key, "")
		if !used[key] && !(code != key && used[code]) && !strings.HasPrefix(key, "language.") {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}

// refusalPart is what a refusal's code is followed by in the catalogue.
var refusalPart = regexp.MustCompile(`\.(title|why|way\.[a-z0-9-]+)$`)

// use marks a key, or every key that begins with what stands before a star.
func use(s *Speaker, used map[string]bool, key string) {
	start, star := strings.CutSuffix(key, "*")
	used[key] = true
	for k := range s.spoken.sentences {
		if star && strings.HasPrefix(k, start) {
			used[k] = true
		}
	}
}

func begins(s *Speaker, start string) bool {
	for k := range s.spoken.sentences {
		if strings.HasPrefix(k, start) {
			return true
		}
	}
	return false
}

func TestUsage_everyRefusalIsSaid(t *testing.T) {
	s := load(t).Speaker("en", "", nil)
	seen := 0
	check := func(at, code, rest string) {
		seen++
		given := map[string]bool{"field": true}
		for _, m := range refusesWith.FindAllStringSubmatch(rest, -1) {
			given[m[1]] = true
		}
		for _, part := range []string{".title", ".why"} {
			if !s.Has(code + part) {
				t.Errorf("%s: no sentence %s", at, code+part)
			}
			for _, name := range arguments(s.spoken.sentences[code+part]) {
				if !given[name] {
					t.Errorf("%s: %s wants {%s}, the refusal has %v", at, code+part, name, rest)
				}
			}
		}
	}
	walk(t, func(name, text string) {
		for _, m := range refusesCode.FindAllStringSubmatch(text, -1) {
			if m[2] == "" {
				check(name, m[1], m[3])
			}
		}
	})
	for _, v := range append(practice.Kinds(), practice.KeptOpen, practice.Unknown) {
		check("a gap that takes another route", "route."+string(v), "")
	}
	if seen < 60 {
		t.Errorf("only %d refusals found: has Refuse another name now?", seen)
	}
}

// arguments are the names a sentence wants.
func arguments(s sentence) []string {
	var names []string
	for _, p := range s {
		if p.kind == argument || p.kind == counted {
			names = append(names, p.text)
		}
		for _, c := range p.cases {
			names = append(names, arguments(c.says)...)
		}
	}
	return names
}
