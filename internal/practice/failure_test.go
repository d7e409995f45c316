package practice

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestTitle(t *testing.T) {
	for in, want := range map[string]string{
		"We ran out of leaflets. People waited.":   "We ran out of leaflets",
		"At 10.30 version 1.2 went out. It broke.": "At 10.30 version 1.2 went out",
		"  Two\n lines ": "Two lines",
		"Door open for the whole time\nTwo of us were at the gate": "Door open for the whole time",
		"Door open\r\n\r\n12 came in. Then it shut.":               "Door open",
		"Was it us? Yes.": "Was it us",
		"Short leaflets ran out at 10:40 on Alder Street": "Short leaflets ran out at 10:40 on Alder Street",
		strings.Repeat("word ", 40):                       strings.TrimSpace(strings.Repeat("word ", 17)) + "…",
		strings.Repeat("x", 200):                          strings.Repeat("x", 89) + "…",
	} {
		if got := Title(in); got != want {
			t.Errorf("Title(%q) = %q; want %q", in, got, want)
		}
	}
}

// The title and what is beyond it say the text once.
func TestBeyond(t *testing.T) {
	long := strings.Repeat("word ", 40)
	for _, c := range []struct{ title, text, want string }{
		{"", "We ran out of leaflets. People waited.\n\nAn hour.", "People waited.\n\nAn hour."},
		{"", "Only this.", ""},
		{"", "The door stood open\nTwo of us were there", "Two of us were there"},
		{"", "  Two\n lines.\nAnd one.", "And one."},
		{"", long + "and the end.", "… " + strings.Repeat("word ", 23) + "and the end."},
		{"Something else", "Only this.", "Only this."},
	} {
		if c.title == "" {
			c.title = Title(c.text)
		}
		if got := Beyond(c.title, c.text); got != c.want {
			t.Errorf("beyond %q: %q; want %q", c.title, got, c.want)
		}
	}
}

func TestNewFailure_Check(t *testing.T) {
	now := time.Date(2026, 6, 8, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		n    NewFailure
		code string
	}{
		{NewFailure{Text: "It broke.", Stage: StageAfter}, ""},
		{NewFailure{Text: " \n", Stage: StageAfter}, "report.empty"},
		{NewFailure{Text: strings.Repeat("é", MaxReport), Stage: StageAfter}, ""},
		{NewFailure{Text: strings.Repeat("é", MaxReport+1), Stage: StageAfter}, "report.long"},
		{NewFailure{Text: "It broke.", Stage: "severe"}, "required"},
		{NewFailure{Text: "It broke.", Stage: StageEarly, At: now.Add(time.Hour)}, "date.future"},
		{NewFailure{Text: "It broke.", Stage: StageEarly, At: time.Date(2, 1, 1, 0, 0, 0, 0, time.UTC)}, "date.old"},
		{NewFailure{Text: "It broke.", Stage: StageEarly, At: time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)}, ""},
	} {
		err := c.n.Check(now)
		var e *Error
		if c.code == "" && err != nil || c.code != "" && (!errors.As(err, &e) || e.Code != c.code) {
			t.Errorf("Check(%.20q, %s) = %v; want %q", c.n.Text, c.n.Stage, err, c.code)
		}
	}
}

func TestFailure_DueAt(t *testing.T) {
	at := time.Date(2026, 6, 8, 12, 0, 0, 0, time.UTC)
	f := Failure{RecognisedAt: at, Triage: TriageSignificant, Stage: StageAfter}
	if due, runs := f.DueAt(); !runs || !due.Equal(at.Add(72*time.Hour)) {
		t.Errorf("due %v, %v; want 72 hours after it was recognised", due, runs)
	}
	f.Stage = StageEarly
	if _, runs := f.DueAt(); runs {
		t.Error("a clock runs for an early sign")
	}
	f.Stage, f.Triage = StageAfter, TriageKept
	if _, runs := f.DueAt(); runs {
		t.Error("a clock runs for what was kept")
	}
}

func TestFailure_Decide(t *testing.T) {
	for _, c := range []struct {
		d        Triage
		triggers []string
		why      string
		code     string
	}{
		{d: TriageSignificant, triggers: []string{"Somebody was hurt."}},
		{d: TriageSignificant, code: "triage.trigger"},
		{d: TriageNoted, why: "Same as Monday."},
		{d: TriageNoted, why: "  ", code: "triage.why"},
		{d: TriageKept},
		{d: "urgent", code: "required"},
	} {
		f, err := Failure{Triage: TriageNew}.Decide(c.d, c.triggers, c.why)
		var e *Error
		switch {
		case c.code == "" && (err != nil || f.Triage != c.d):
			t.Errorf("Decide(%s) = %s, %v", c.d, f.Triage, err)
		case c.code != "" && (!errors.As(err, &e) || e.Code != c.code || f.Triage != TriageNew):
			t.Errorf("Decide(%s) = %s, %v; want %s and nothing decided", c.d, f.Triage, err, c.code)
		}
	}
}

func TestTie_Check(t *testing.T) {
	a, b := Failure{ID: "a"}, Failure{ID: "b"}
	joined := Failure{ID: "a", JoinedTo: "c"}
	for _, c := range []struct {
		kind TieKind
		f, o Failure
		code string
	}{
		{TieSame, a, b, ""},
		{TieJoined, a, b, ""},
		{TieSame, joined, b, ""},
		{TieSame, a, a, "tie.itself"},
		{TieJoined, joined, b, "tie.joined"},
		{TieJoined, b, Failure{ID: "a", JoinedTo: "b"}, "tie.joined"},
		{"like", a, b, "required"},
	} {
		err := Tie{Kind: c.kind}.Check(c.f, c.o)
		var e *Error
		if c.code == "" && err != nil || c.code != "" && (!errors.As(err, &e) || e.Code != c.code) {
			t.Errorf("Check(%s, %s, %s) = %v; want %q", c.kind, c.f.ID, c.o.ID, err, c.code)
		}
	}
}

func TestNewReview_MayCall(t *testing.T) {
	at := time.Date(2026, 6, 8, 12, 0, 0, 0, time.UTC)
	f := Failure{RecognisedAt: at, Stage: StageAfter}
	for _, c := range []struct {
		after time.Duration
		open  int
		why   string
		stage Stage
		code  string
	}{
		{after: 71 * time.Hour},
		{after: 73 * time.Hour, code: "review.late"},
		{after: 73 * time.Hour, why: "Half of us were on leave."},
		{after: 73 * time.Hour, stage: StageEarly},
		{after: time.Hour, open: MaxOpen, code: "review.many"},
		{after: time.Hour, open: MaxOpen, why: "Two are nearly done."},
	} {
		g := f
		if c.stage != "" {
			g.Stage = c.stage
		}
		err := NewReview{MeetAt: at.Add(c.after), Why: c.why}.MayCall(g, c.open)
		var e *Error
		if c.code == "" && err != nil || c.code != "" && (!errors.As(err, &e) || e.Code != c.code) {
			t.Errorf("after %v with %d open: %v; want %q", c.after, c.open, err, c.code)
		}
	}
}

func TestNewReview_CheckLeaders(t *testing.T) {
	lead := Member{ID: "m", Name: "Martin", Leads: []MemberID{"a", "b", "x"}}
	people := []Member{lead, {ID: "a"}, {ID: "b"}, {ID: "c"}}
	var e *Error
	err := NewReview{}.CheckLeaders(people)
	if !errors.As(err, &e) || e.Code != "invite.leader" || e.Args["n"] != 2 {
		t.Errorf("a leader of two in the room: %v; want invite.leader with n=2", err)
	}
	if err := (NewReview{There: []MemberID{"m"}}).CheckLeaders(people); err != nil {
		t.Errorf("a leader who was there is refused: %v", err)
	}
	if err := (NewReview{}).CheckLeaders([]Member{lead, {ID: "c"}}); err != nil {
		t.Errorf("somebody who leads nobody in the room is refused: %v", err)
	}
}

func TestTeam_NextCycle(t *testing.T) {
	start := time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
	team := Team{CycleStartAt: start, CycleDays: 14}
	for now, want := range map[time.Time]time.Time{
		start.Add(-time.Hour):                     start,
		start:                                     start.AddDate(0, 0, 14),
		start.AddDate(0, 0, 13):                   start.AddDate(0, 0, 14),
		start.AddDate(0, 0, 14):                   start.AddDate(0, 0, 28),
		start.AddDate(0, 0, 14*100).Add(-1):       start.AddDate(0, 0, 14*100),
		start.AddDate(0, 0, 14*26).Add(time.Hour): start.AddDate(0, 0, 14*27),
	} {
		if got := team.NextCycle(now); !got.Equal(want) {
			t.Errorf("NextCycle(%v) = %v; want %v", now, got, want)
		}
	}
}

func TestID(t *testing.T) {
	now := time.Date(2026, 6, 8, 12, 0, 0, 0, time.UTC)
	early := NewID("flr", now, bytes.NewReader(bytes.Repeat([]byte{0xff}, 16)))
	late := NewID("flr", now.Add(time.Millisecond), bytes.NewReader(make([]byte, 16)))
	if len(early) != 30 || !strings.HasPrefix(early, "flr_0") || early >= late {
		t.Errorf("%s does not sort before %s, or is no TypeID", early, late)
	}
	blind := NewBlindID("ans", bytes.NewReader(bytes.Repeat([]byte{7}, 16)))
	again := NewBlindID("ans", bytes.NewReader(bytes.Repeat([]byte{7}, 16)))
	if blind != again {
		t.Errorf("%s and %s: a blind id depends on more than its randomness", blind, again)
	}
}

// A fact was so: a clock that goes a few minutes ahead is forgiven, and no more.
func TestFact_Check_isOfThePast(t *testing.T) {
	now := time.Date(2026, 6, 8, 12, 0, 0, 0, time.UTC)
	for at, code := range map[time.Time]string{{}: "", now: "", now.Add(clockSkew): "", now.Add(clockSkew + time.Second): "date.future",
		now.AddDate(0, 0, 1): "date.future", now.AddDate(-100, 0, 0): "date.old"} {
		err := Fact{Text: "It rained", At: at}.Check(now)
		var e *Error
		if code == "" && err != nil || code != "" && (!errors.As(err, &e) || e.Code != code || e.Field != "time") {
			t.Errorf("a fact of %v: %v; want %q", at, err, code)
		}
	}
}
