package words

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestPacks_everyPackIsWhole(t *testing.T) {
	var order []string
	for _, p := range load(t).Packs {
		order = append(order, p.ID)
		for what, text := range map[string]string{"name": p.Name, "line": p.Line, "about": p.About,
			"anchor": p.Anchor, "carrier": p.CarrierRole, "updates": p.Updates,
			"question 1": p.Questions[0], "question 2": p.Questions[1], "question 3": p.Questions[2],
			"question 4": p.Questions[3], "avoidable": p.Kinds[0], "inherent": p.Kinds[1],
			"experiment": p.Kinds[2], "first procedure": p.FirstProcedure, "first step": p.FirstStep} {
			if text == "" {
				t.Errorf("%s has no %s", p.ID, what)
			}
		}
		if len(p.Harms) == 0 || len(p.NearMisses) == 0 || len(p.Groups) < 2 || len(p.InviteHints) < 2 {
			t.Errorf("%s: harms %d, near misses %d, groups %d, hints %d", p.ID,
				len(p.Harms), len(p.NearMisses), len(p.Groups), len(p.InviteHints))
		}
		if p.RetentionDays < 1 || p.CycleDays < 1 {
			t.Errorf("%s: retention %d days, cycle %d days", p.ID, p.RetentionDays, p.CycleDays)
		}
		found := false
		for _, place := range p.Places {
			found = found || place == p.Placed
		}
		if !found {
			t.Errorf("%s would place a limit in %q, which is none of %v", p.ID, p.Placed, p.Places)
		}
	}
	want := []string{"default", "corporate", "government", "activist", "tech", "operations"}
	if diff := cmp.Diff(want, order); diff != "" {
		t.Error(diff)
	}
}

// The design's table of words: what each pack calls the same thing.
func TestPacks_words(t *testing.T) {
	c := load(t)
	for concept, want := range map[string][6]string{
		"failure":    {"what went wrong", "failure", "service failure", "what went wrong", "incident", "what went wrong"},
		"sign":       {"early sign", "early sign", "early sign", "early sign", "near miss", "early sign"},
		"review":     {"review", "debrief", "post-action review", "debrief circle", "incident review", "debrief"},
		"room":       {"room", "debrief room", "review room", "circle", "review room", "room"},
		"quick":      {"five minutes", "hot debrief", "counter debrief", "hot debrief", "hot debrief", "shift debrief"},
		"leaders":    {"leaders", "managers", "senior management", "coordinators", "leads and execs", "shift leads, board"},
		"procedures": {"Procedures", "Playbook", "Manual", "Handbook", "Runbook", "Routines"},
		"procedure":  {"procedure", "playbook page", "procedure", "script or checklist", "checklist", "routine"},
		"core":       {"core", "core step", "statutory", "line we hold", "gate", "must-do"},
		"constraint": {"known limit", "boundary", "standing condition", "hard ground", "known limit", "known limit"},
		"experiment": {"experiment", "bet", "pilot", "try", "experiment", "try"},
		"cycle":      {"next round", "sprint or quarter", "cohort or phase", "action or campaign", "release", "week or season"},
		"carrier":    {"carrier", "owner", "lead officer", "the one who takes it along", "owner", "the one who takes it along"},
		"ditch": {"Has this happened before?", "Has this happened before?", "Has this happened before?",
			"Have we been in this ditch before?", "Has this happened before?", "Have we been in this ditch before?"},
		"mended": {"Changed lately", "Changed lately", "Changed lately", "Mended lately", "Changed lately", "Mended lately"},
		"scar":   {"history", "history", "history", "scar", "scar", "scar"},
		"stitch": {"failure", "failure", "failure", "stitch", "failure", "stitch"},
		"rules":  {"ground rules", "ground rules", "ground rules", "what we agreed", "ground rules", "house rules"},
	} {
		var got [6]string
		for i, p := range c.Packs {
			got[i] = c.Speaker("en", p.ID, nil).Word(concept)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", concept, diff)
		}
	}
}

func TestLoadPacks_takesASixthFromAFile(t *testing.T) {
	c, err := Load(os.DirFS("testdata/packs"))
	if err != nil {
		t.Fatal(err)
	}
	if last := c.Packs[len(c.Packs)-1].ID; last != "school" {
		t.Fatalf("the last pack is %s", last)
	}
	s := c.Speaker("en", "school", nil)
	if got := s.Word("procedures") + ", " + s.Word("carrier"); got != "Class book, carrier" {
		t.Errorf("got %s: its own word, then the plain one", got)
	}
	if s.Pack.Placed != "Term plan" || s.Pack.RetentionDays != 90 {
		t.Errorf("placed %s, kept %d days", s.Pack.Placed, s.Pack.RetentionDays)
	}
	if got := load(t).Speaker("en", "school", nil).Word("procedures"); got != "Procedures" {
		t.Errorf("a pack that is not there speaks %q", got)
	}
}

func TestLoadPacks_namesEveryProblem(t *testing.T) {
	for name, c := range map[string]struct{ file, lines, want string }{
		"line":   {"x.txt", "name = X\ncolour = red", "x.txt:2: colour: a pack has no such line"},
		"word":   {"x.txt", "name = X\nword.colour = red", "the plain default has no such word"},
		"forms":  {"x.txt", "name = X\nword.failure = a | b | c", "want one form"},
		"number": {"x.txt", "name = X\ncycle.days = two", "invalid syntax"},
		"name":   {"x.txt", "line = for x", "a name of its own"},
		"twice":  {"tech.txt", "name = Ours", "there is a pack of that name already"},
		"format": {"x.txt", "name", "want key = sentence"},
	} {
		_, err := LoadPacks(fstest.MapFS{c.file: {Data: []byte(c.lines)}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

func TestOwn(t *testing.T) {
	c := load(t)
	own := c.Pack("tech").Own(map[string]string{"review": "after-action | after-actions", "room": "circle", "core": "", "nothing": "x"})
	for _, tt := range []struct{ concept, form, want string }{
		{"review", "", "after-action"}, {"review", "plural", "after-actions"}, {"review", "a", "an after-action"}, {"review", "the", "the after-action"},
		{"room", "plural", "circle"}, {"room", "a", "circle"}, {"core", "", c.Pack("tech").word("core", "", false)},
		{"carrier", "a", c.Pack("tech").word("carrier", "a", false)},
	} {
		if got := own.word(tt.concept, tt.form, false); got != tt.want {
			t.Errorf("%s %s: %q, want %q", tt.concept, tt.form, got, tt.want)
		}
	}
	if got := c.Pack("tech").word("review", "", false); got != "incident review" {
		t.Errorf("the pack itself says %q now", got)
	}
}

// Every word that sentences take from a pack can be a team's own, and says what
// it is for.
func TestConcepts_sayWhatTheyAreFor(t *testing.T) {
	s := load(t).Speaker("en", "", nil)
	known := map[string]bool{}
	for _, c := range s.Pack.Replaceable() {
		known[c.Name] = true
	}
	var look func(key string, text sentence)
	look = func(key string, text sentence) {
		for _, p := range text {
			if p.kind == concept && (!known[p.text] || !s.Has("team.words.of."+p.text)) {
				t.Errorf("%s says {$%s}: known %v, and what it is for is not said", key, p.text, known[p.text])
			}
			for _, c := range p.cases {
				look(key, c.says)
			}
		}
	}
	for key, text := range s.spoken.sentences {
		look(key, text)
	}
}
