package practice

import (
	"slices"
	"testing"
	"time"
)

var dawn = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// spoke is a failure that was noticed so many days after the first.
func spoke(id, by string, day int) Speaks {
	return Speaks{Failure: FailureID(id), Event: FailureID(id), By: MemberID(by), Noticed: dawn.AddDate(0, 0, day), Number: 1}
}

func TestCaseOf(t *testing.T) {
	joined := spoke("b", "max", 1)
	joined.Event = "a"
	for name, c := range map[string]struct {
		all  []Speaks
		want Case
	}{
		"nothing":                         {nil, Case{}},
		"two people":                      {[]Speaks{spoke("a", "ada", 0), spoke("b", "max", 0), spoke("c", "ada", 0)}, Case{3, true}},
		"two days":                        {[]Speaks{spoke("a", "ada", 0), spoke("b", "ada", 1), spoke("c", "ada", 1)}, Case{3, true}},
		"one person, one day":             {[]Speaks{spoke("a", "ada", 0), spoke("b", "ada", 0), spoke("c", "ada", 0)}, Case{3, false}},
		"nameless ones may be one person": {[]Speaks{spoke("a", "ada", 0), spoke("b", "", 0), spoke("c", "", 0)}, Case{3, false}},
		"nameless ones on two days":       {[]Speaks{spoke("a", "", 0), spoke("b", "", 2), spoke("c", "", 2)}, Case{3, true}},
		"one event twice":                 {[]Speaks{spoke("a", "ada", 0), joined, spoke("c", "max", 1)}, Case{2, true}},
		"one that was only practised":     {[]Speaks{spoke("a", "ada", 0), {Noticed: dawn.AddDate(0, 0, 3)}}, Case{1, false}},
	} {
		if got := CaseOf(c.all, time.UTC); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
	if late := []Speaks{spoke("a", "", 0), {Failure: "b", Event: "b", Noticed: dawn.Add(16 * time.Hour)}}; CaseOf(late, time.FixedZone("", -7200)).Apart {
		t.Error("a day is counted in another zone")
	}
}

func TestSpeaksOf(t *testing.T) {
	f := Failure{ID: "b", Reporter: "ada", RecognisedAt: dawn, Number: 2}
	events := Events([]Tie{{A: "c", B: "b", Kind: TieJoined}, {A: "a", B: "c", Kind: TieJoined}, {A: "d", B: "e", Kind: TieSame}})
	if s := SpeaksOf(f, events); s.Event != "a" || s.By != "ada" {
		t.Errorf("joined: %+v", s)
	}
	if s := SpeaksOf(f, nil); s.Event != "b" {
		t.Errorf("alone: %+v", s)
	}
	if events["d"] != "" {
		t.Error("the same again is another event")
	}
	if s := SpeaksOf(as(f, func(f *Failure) { f.Source = SourceTablet }), nil); s.By != "" {
		t.Errorf("a name picked at a tablet: %+v", s)
	}
	if s := SpeaksOf(as(f, func(f *Failure) { f.Drill = true }), nil); s.Event != "" {
		t.Errorf("only practised: %+v", s)
	}
}

// A step that is split stays core in both halves; one that is joined with a core step
// becomes core; the mark is taken off for what is noticed later.
func TestHolds(t *testing.T) {
	on := func(step StepID, revision, day int) CoreMark {
		return CoreMark{Step: step, Core: true, Revision: revision, At: dawn.AddDate(0, 0, day)}
	}
	off := func(step StepID, revision, day int) CoreMark {
		m := on(step, revision, day)
		m.Core = false
		return m
	}
	steps := []ProcedureStep{{ID: "a", Begun: 1}, {ID: "b", Begun: 3, Origin: "a"}, {ID: "c", Begun: 1, Retired: 5, Became: "d"}, {ID: "d", Begun: 1}}
	for name, c := range map[string]struct {
		id      StepID
		marks   []CoreMark
		noticed int
		want    bool
	}{
		"never marked":                      {"a", nil, 0, false},
		"marked":                            {"a", []CoreMark{on("a", 1, 1)}, 0, true},
		"the other half":                    {"b", []CoreMark{on("a", 1, 1)}, 0, true},
		"taken off":                         {"a", []CoreMark{on("a", 1, 1), off("a", 2, 5)}, 6, false},
		"noticed before it was taken off":   {"a", []CoreMark{on("a", 1, 1), off("a", 2, 5)}, 4, true},
		"noticed before it was ever marked": {"a", []CoreMark{on("a", 1, 1), off("a", 2, 5)}, 0, false},
		"taken off one half":                {"b", []CoreMark{on("a", 1, 1), off("b", 4, 5)}, 6, false},
		"joined with a core one":            {"d", []CoreMark{on("c", 2, 1), off("d", 3, 2)}, 9, true},
		"and taken off since":               {"d", []CoreMark{on("c", 2, 1), off("d", 5, 2)}, 9, false},
	} {
		Inherit(steps, nil, c.marks, nil)
		s := steps[slices.IndexFunc(steps, func(s ProcedureStep) bool { return s.ID == c.id })]
		if got := s.Holds(dawn.AddDate(0, 0, c.noticed)); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestMayChange(t *testing.T) {
	core := ProcedureStep{ID: "a", Text: "Count.", CoreTimes: []CoreTime{{From: dawn}}}
	wait := func(s Speaks, closed bool) CoreChange {
		w := CoreChange{Gap: GapID("gap " + s.Failure), Speaks: s}
		if closed {
			w.Closed = dawn
		}
		return w
	}
	edit := StepChange{Act: ActEdit, Step: "a", Text: "Count twice."}
	with := func(waits ...CoreChange) []ProcedureStep {
		return []ProcedureStep{as(core, func(s *ProcedureStep) { s.Waits = waits }), {ID: "b", Text: "Go."}}
	}
	one, two := wait(spoke("a", "ada", 0), true), wait(spoke("b", "max", 1), true)
	third := spoke("c", "ada", 2)
	check(t, []refused{
		{edit.MayChange(with(), third, time.UTC), "core.waits"},
		{edit.MayChange(with(one), third, time.UTC), "core.waits"},
		{edit.MayChange(with(one, two), third, time.UTC), ""},
		{edit.MayChange(with(one, two), spoke("b", "max", 1), time.UTC), "core.waits"},
		{edit.MayChange(with(one, wait(spoke("b", "max", 1), false)), third, time.UTC), "core.waits"},
		{edit.MayChange(with(one, wait(spoke("b", "ada", 0), true)), spoke("c", "ada", 0), time.UTC), "core.alike"},
		{StepChange{Act: ActEdit, Step: "b", Text: "Go now."}.MayChange(with(), third, time.UTC), ""},
		{OtherChange{StepChange{Act: ActRemove, Step: "a"}, ReasonWording, "", dawn}.MayReword(with()), "core.wording"},
		{OtherChange{StepChange{Act: ActRemove, Step: "a"}, ReasonLaw, "Act 5", dawn}.MayReword(with()), ""},
		{OtherChange{StepChange{Act: ActRemove, Step: "b"}, ReasonWording, "", dawn}.MayReword(with()), ""},
		{OtherChange{edit, ReasonWording, "", dawn}.MayReword(with()), "core.wording"},
		{OtherChange{edit, ReasonContract, "Lease", dawn}.MayReword(with()), ""},
		{OtherChange{StepChange{Act: ActEdit, Step: "a", Text: "count"}, ReasonWording, "", dawn}.MayReword(with()), ""},
		{OtherChange{StepChange{Act: ActSplit, Step: "a", Text: "Count.", Rest: "x"}, ReasonWording, "", dawn}.MayReword(with()), "core.wording"},
		{OtherChange{StepChange{Act: ActMove, Step: "a"}, ReasonWording, "", dawn}.MayReword(with()), "core.wording"},
		{OtherChange{StepChange{Act: ActMerge, Step: "b", To: "a", Text: "Count."}, ReasonWording, "", dawn}.MayReword(with()), "core.wording"},
		{OtherChange{StepChange{Act: ActAdd, Step: "a", Text: "Look."}, ReasonWording, "", dawn}.MayReword(with()), ""},
		{StepChange{Act: ActAdd, Step: "a", Text: "Look."}.MayChange(with(), third, time.UTC), ""},
		{StepChange{Act: ActRemove, Step: "a"}.MayChange(with(), third, time.UTC), "core.waits"},
		{StepChange{Act: ActMove, Step: "a"}.MayChange(with(), third, time.UTC), "core.waits"},
		{StepChange{Act: ActMerge, Step: "b", To: "a", Text: "Go."}.MayChange(with(), third, time.UTC), "core.waits"},
		{edit.MayWait(with(one), third, time.UTC), ""},
		{edit.MayWait(with(one, two), third, time.UTC), "core.open"},
		{StepChange{Act: ActEdit, Step: "b", Text: "Go now."}.MayWait(with(), third, time.UTC), "core.open"},
		{StepChange{Act: ActEdit, Step: "a", Text: "Count."}.MayWait(with(), third, time.UTC), "step.same"},
		{StepChange{Act: ActEdit, Step: "x", Text: "Count."}.MayWait(with(), third, time.UTC), "step.gone"},
		{CoreMark{Why: long(MaxLine)}.Check(), ""},
		{CoreMark{Why: " "}.Check(), "core.why"},
		{CoreMark{Why: long(MaxLine + 1)}.Check(), "too.long"},
		{Procedure{Owner: "ada"}.MayMark("max", true), ""},
		{Procedure{Owner: "ada"}.MayMark("max", false), "core.owner"},
		{Procedure{Owner: "ada"}.MayMark("ada", false), ""},
		{Procedure{}.MayMark("max", false), ""},
	})
}

// Plain wording of a core step is the same words: one other letter can turn it round.
func TestSpells(t *testing.T) {
	for _, tt := range []struct {
		was, is string
		same    bool
	}{
		{"check that last night's backup is there", "Check that last night's backup is there.", true},
		{"Lock the door ,then the gate", "Lock the door, then the gate", true},
		{"Lock the door then the gate", "Lock  the door, then the gate!", true},
		{"Do it now", "Do it not", false},
		{"Never open it", "Ever open it", false},
		{"Open it", "Open it.\nThen close it", false},
		{"Check the backup", "Skip the backup", false},
		{"Give 5 mg", "Give 5 Mg", false},
		{"Give 1.5 mg", "Give 15 mg", false},
		{"Give 5 mg to each", "Give 5 mg to each.", true},
		{"Give 5", "Give 5.", false},
		{"Keep it < that", "Keep it > that", false},
		{"See https://a.example/A", "See https://a.example/a", false},
		{"Re-sign it", "Resign it", false},
		{"Look", "", false},
	} {
		if spells(tt.was, tt.is) != tt.same {
			t.Errorf("%q, %q: the same words is %v", tt.was, tt.is, !tt.same)
		}
	}
}
