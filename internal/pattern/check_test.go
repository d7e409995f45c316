package pattern

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// broken is what makes a good document break each rule: a part of it, what is written there instead, and the text at
// whose place the problem is.
var broken = map[string]struct{ old, new, at string }{
	"key-twice":        {"status: draft\n", "status: draft\n  status: draft\n", "  status: draft\n  version"},
	"required":         {"slug: tool-shadow-board\n", "", ""},
	"id-form":          {"pat_01kfh2b7yq8r5w3x9c4n6d0tzv", "pat_board", "pat_board"},
	"slug-form":        {"slug: tool-shadow-board", "slug: Tool_Board", "Tool_Board"},
	"slug-file":        {"slug: tool-shadow-board", "slug: shadow-board", "shadow-board"},
	"value":            {"status: draft", "status: finished", "finished"},
	"stage":            {"usage_stage: application", "usage_stage: everywhere", "everywhere"},
	"number":           {"ownership: 4", "ownership: high", "high"},
	"score-range":      {"value_creation: 4", "value_creation: 7", "value_creation: 7"},
	"score-missing":    {"    ownership: 4\n", "", "commons_assessment:"},
	"score-overall":    {"overall_score: 3.7", "overall_score: 4.2", "4.2"},
	"score-why":        {"    vitality_reasoning: >-\n      It goes on only while somebody paints the outline of what is new.\n", "", "3.4 "},
	"weight-range":     {"weight: 0.7", "weight: 1.7", "1.7"},
	"relation-type":    {"  tools: []", "  likes: []", "[]\n\ngraph_garden"},
	"relation-target":  {"    - one-owner-per-thing", "    - weight: 0.4", "weight: 0.4"},
	"relation-self":    {"one-owner-per-thing", "tool-shadow-board", "tool-shadow-board\n  alternatives"},
	"relation-twice":   {"    - slug: poka-yoke\n      weight: 0.8\n", "    - slug: poka-yoke\n      weight: 0.8\n    - slug: poka-yoke\n      weight: 0.8\n", "slug: poka-yoke\n      weight: 0.8\n  specializes"},
	"link-reason":      {"      reason: \"Who walks sees the wall\"\n", "", "target: sign-out-sheet"},
	"confidence":       {"confidence: 2\n", "confidence: 1\n", "1\n\nrelationships"},
	"licence":          {"license: CC-BY-SA-4.0\n", "", ""},
	"section":          {"### Section 8: Vitality", "### Section 8: Life", ""},
	"left-over":        {"### Section 5: Consequences", "### Section 5: Consequences (200-300 words)", "### Section 5"},
	"version-text":     {`version: "0.10"`, "version: 0.10", "0.10"},
	"set-in":           {"  usage_stage", "\tusage_stage", "\tusage_stage"},
	"hub-missing":      {"id: pat_01kf", "orbital_layer: 4\nid: pat_01kf", ""},
	"link-repeats":     {"target: label-maker\n      type: complementary", "target: poka-yoke\n      type: generalizes_from", "target: poka-yoke"},
	"link-contradicts": {"target: sign-out-sheet\n      type: complementary", "target: weekly-walk\n      type: requires", "target: weekly-walk"},
}

func codes(all []Problem) []string {
	var out []string
	for _, p := range all {
		out = append(out, p.Code)
	}
	return out
}

// Every rule finds what breaks it, at its place, and finds nothing in the document that is in order.
func TestCheck_everyRule(t *testing.T) {
	good := strings.ReplaceAll(string(board(t).raw), "target: poka-yoke", "target: label-maker")
	good = strings.ReplaceAll(good, "    - target: weekly-walk", "    - target: sign-out-sheet")
	if found := Check(parsed(t, "tool-shadow-board.md", good)); len(found) > 0 {
		t.Fatalf("the document in order has %v", found)
	}
	for _, r := range rules {
		b, ok := broken[r.Code]
		if !ok {
			if r.all == nil && r.Code != Unreadable {
				t.Errorf("%s: nothing breaks it", r.Code)
			}
			continue
		}
		raw := strings.Replace(good, b.old, b.new, 1)
		if raw == good {
			t.Errorf("%s: %q is not in the document", r.Code, b.old)
			continue
		}
		found := Check(parsed(t, "tool-shadow-board.md", raw))
		i := slices.IndexFunc(found, func(p Problem) bool { return p.Code == r.Code })
		if i < 0 {
			t.Errorf("%s: not found, but %v", r.Code, found)
			continue
		}
		line := 1
		if b.at != "" {
			line += strings.Count(raw[:strings.Index(raw, b.at)], "\n")
		}
		if p := found[i]; p.Line != line || p.Severity != r.Severity || p.Message == "" {
			t.Errorf("%s: %v, not in line %d", r.Code, p, line)
		}
	}
}

func TestLibraryCheck(t *testing.T) {
	a := board(t)
	b := parsed(t, "z.md", strings.NewReplacer("Outline Wall", "tool-shadow-board").Replace(string(a.raw)))
	c := parsed(t, "poka-yoke.md", "---\nslug: poka-yoke\naliases: [outline wall]\n---\n")
	found := NewLibrary(a, b, c).Check()
	for _, want := range []string{"id-twice", "slug-twice", "dangling"} {
		if !slices.Contains(codes(found), want) {
			t.Errorf("%s: not found", want)
		}
	}
	for _, p := range found {
		if p.Code == "dangling" && strings.Contains(p.Message, "poka-yoke") {
			t.Errorf("%v: it is there", p)
		}
	}
	if n := slices.Collect(func(yield func(Problem) bool) {
		for _, p := range found {
			if p.Code == "slug-twice" && !yield(p) {
				return
			}
		}
	}); len(n) != 3 { // the slug, the alias that is a slug, and the alias that stands twice but for capitals
		t.Errorf("slugs and aliases that stand twice: %v", n)
	}
}

// Every rule has its place in the documentation, and nothing there is no rule.
func TestRules_documented(t *testing.T) {
	text, err := os.ReadFile("../../docs/patterns.md")
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, m := range regexp.MustCompile("(?m)^### `([a-z-]+)`, (error|warning|note)$").FindAllStringSubmatch(string(text), -1) {
		there[m[1]+" "+m[2]] = true
	}
	for _, r := range Rules() {
		if !there[r.Code+" "+string(r.Severity)] {
			t.Errorf("docs/patterns.md has no heading: ### `%s`, %s", r.Code, r.Severity)
		}
		delete(there, r.Code+" "+string(r.Severity))
		if !strings.Contains(strings.Join(strings.Fields(string(text)), " "), r.What) {
			t.Errorf("%s: docs/patterns.md does not say %q", r.Code, r.What)
		}
	}
	if len(there) > 0 {
		t.Errorf("no such rule: %v", there)
	}
}
