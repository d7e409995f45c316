package words

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/practice"
)

// load is the real catalogue.
func load(t testing.TB) *Catalogue {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// speaker says sentences of the test's own, in the words of the tech pack.
func speaker(t testing.TB, lines string) *Speaker {
	t.Helper()
	c := load(t)
	terms, err := sentenceFiles.ReadFile("en/language.txt")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{"en/test.txt": {Data: append(terms, lines...)}}
	l, err := loadLanguage(files, "en", c.Packs[0])
	if err != nil {
		t.Fatal(err)
	}
	return &Speaker{Language: "en", Pack: c.Pack("tech"), Zone: time.UTC, spoken: l}
}

func TestSay(t *testing.T) {
	s := speaker(t, `
a.plain = Nothing to put in.
a.name = {who} convenes.
a.sentence = Dele: {act:sentence} Soon.
a.long = One line
  and the next,
	and one more.
a.count = {n, =0: Nobody yet, one: One person, and {who}, other: {n} people, {who} among them}.
a.word = {n:Word} earlier reports, {n:word} in all.
a.pack = {$Failure}: {$a failure}, {$the cycle}, {$failure.plural}, {$A failure}, {$The cycle}, {$Failure.plural}.
a.mark = Sent. [edit: Edit {what}] or [back: take it back], {$a failure}.
a.nested = {n, one: [x: one link], other: [x: {n} links]}
`)
	for _, c := range []struct {
		key  string
		args []any
		want string
	}{
		{"a.plain", nil, "Nothing to put in."},
		{"a.name", []any{"who", "Dele"}, "Dele convenes."},
		{"a.name", []any{"who", "נועה 2"}, "\u2068נועה 2\u2069 convenes."},
		{"a.name", []any{"who", []string{"أمل", "Dele"}}, "\u2068أمل\u2069 and Dele convenes."},
		{"a.sentence", []any{"act", " brief the crew"}, "Dele: Brief the crew. Soon."},
		{"a.sentence", []any{"act", "Brief the crew."}, "Dele: Brief the crew. Soon."},
		{"a.sentence", []any{"act", "ähm, who?"}, "Dele: Ähm, who? Soon."},
		{"a.sentence", []any{"act", "wait …"}, "Dele: Wait … Soon."},
		{"a.sentence", []any{"act", ""}, "Dele:  Soon."},
		{"a.long", nil, "One line and the next, and one more."},
		{"a.count", []any{"n", 0}, "Nobody yet."},
		{"a.count", []any{"n", 1, "who", "Dele"}, "One person, and Dele."},
		{"a.count", []any{"n", int64(5), "who", "Dele"}, "5 people, Dele among them."},
		{"a.count", []any{"n", "five"}, "⟦n⟧."},
		{"a.word", []any{"n", 2}, "Two earlier reports, two in all."},
		{"a.word", []any{"n", 13}, "13 earlier reports, 13 in all."},
		{"a.pack", nil, "Incident: an incident, the next release, incidents, An incident, The next release, Incidents."},
		{"a.mark", []any{"what", "it"}, "Sent. Edit it or take it back, an incident."},
		{"a.nested", []any{"n", 3}, "3 links"},
		{"a.name", nil, "⟦who⟧ convenes."},
		{"a.name", []any{"who"}, "⟦who⟧ convenes."},
		{"a.name", []any{"who", []string{"Ana", "Bo", "Cem"}}, "Ana, Bo and Cem convenes."},
		{"a.name", []any{"who", 12040}, "12,040 convenes."},
		{"a.name", []any{"who", -1204567}, "-1,204,567 convenes."},
		{"a.name", []any{"who", 9999}, "9999 convenes."},
		{"a.name", []any{"who", 30 * time.Hour}, "30 hours convenes."},
		{"a.none", nil, "⟦a.none⟧"},
	} {
		if got := s.Say(c.key, c.args...); got != c.want {
			t.Errorf("Say(%s, %v)\n got %s\nwant %s", c.key, c.args, got, c.want)
		}
	}
	want := []Span{{"", "Sent. "}, {"edit", "Edit it"}, {"", " or "}, {"back", "take it back"}, {"", ", an incident."}}
	if diff := cmp.Diff(want, s.Spans("a.mark", "what", "it")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Line{{"plain", "Nothing to put in."}}, s.Lines("a")[:1]); diff != "" {
		t.Error(diff)
	}
}

func TestLoad_namesEveryProblem(t *testing.T) {
	plain := load(t).Packs[0]
	for name, c := range map[string]struct{ lines, want string }{
		"twice":             {"a.b = one\na.b = two", "en/x.txt:2: a.b is already at en/x.txt:1"},
		"no sign":           {"a.b one", "want key = sentence"},
		"capital key":       {"A.b = one", "want key = sentence"},
		"empty":             {"a.b =", "a.b says nothing"},
		"lonely indent":     {"\n  more", "nothing above it"},
		"indent after gap":  {"a.b = one\n\n  more", "nothing above it"},
		"open bracket":      {"a.b = {name", "without its pair"},
		"close bracket":     {"a.b = name}", "without its pair"},
		"crossed brackets":  {"a.b = {n, other: [x: y}]", "without its pair"},
		"capital argument":  {"a.b = {Name}", "cannot read {Name}"},
		"unknown word":      {"a.b = {$nonsense}", "no pack has the word nonsense"},
		"no other":          {"a.b = {n, one: day}", "a plural needs a case other"},
		"no case":           {"a.b = {n, several: day}", "want one:, other:"},
		"nameless mark":     {"a.b = [Edit it]", "want [name: words]"},
		"mark inside mark":  {"a.b = [x: a [y: b]]", "want [name: words]"},
		"problem in a case": {"a.b = {n, one: {$nonsense}, other: b}", "no pack has the word nonsense"},
	} {
		_, err := loadLanguage(fstest.MapFS{"en/x.txt": {Data: []byte(c.lines)}}, "en", plain)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
	two := fstest.MapFS{"en/a.txt": {Data: []byte("k = one")}, "en/b.txt": {Data: []byte("\nk = two")}}
	if _, err := loadLanguage(two, "en", plain); err == nil || !strings.Contains(err.Error(), "en/b.txt:2: k is already in en/a.txt:1") {
		t.Errorf("one key in two files: %v", err)
	}
}

func TestTimes(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	s := load(t).Speaker("en", "", berlin)
	at := func(text string) time.Time {
		v, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	now := at("2026-06-09T21:30:00Z") // Tuesday 23:30 in Berlin
	near, ever := *s, *s
	near.Year, ever.Year = 2026, EveryYear
	for _, c := range []struct{ got, want string }{
		{s.When(at("2026-06-09T08:52:00Z"), now), "today 10:52"},
		{s.When(at("2026-06-09T22:10:00Z"), now), "tomorrow 00:10"},
		{s.When(at("2026-06-08T14:40:00Z"), now), "yesterday 16:40"},
		{s.When(at("2026-05-12T05:30:00Z"), now), "Tue 12 May, 07:30"},
		{s.When(at("2025-12-31T23:30:00Z"), now), "Thu 1 January, 00:30"},
		{s.When(at("2025-12-31T22:30:00Z"), now), "Wed 31 December 2025"},
		{s.Day(now), "Tue 9 June"},
		{s.Date(now), "Tue 9 June 2026"},
		{near.Day(now), "Tue 9 June"},
		{near.Day(at("2025-12-31T22:30:00Z")), "Wed 31 December 2025"},
		{near.Day(at("2025-12-31T23:30:00Z")), "Thu 1 January"},
		{near.Moment(at("2025-12-31T22:30:00Z")), "Wed 31 December 2025, 23:30"},
		{ever.Moment(now), "Tue 9 June 2026, 23:30"},
		{s.Clock(now), "23:30"},
		{s.Until(now), "23:30"},
		{s.Until(now.Add(time.Second)), "23:31"},
		{s.Days(at("2026-03-28T12:00:00Z"), at("2026-03-30T10:00:00Z")), "2 days"}, // a day of 23 hours between
		{s.Days(at("2026-01-17T12:00:00Z"), now), "143 days"},
		{s.Days(at("2026-06-08T12:00:00Z"), now), "1 day"},
		{s.Hours(20 * time.Second), "moments"},
		{s.Hours(time.Minute), "1 minute"},
		{s.Hours(59 * time.Minute), "59 minutes"},
		{s.Hours(61 * time.Minute), "1 hour"},
		{s.Hours(30*time.Hour - time.Minute), "30 hours"},
		{s.Hours(95 * time.Hour), "95 hours"},
		{s.Hours(96 * time.Hour), "4 days"},
		{s.Hours(7*24*time.Hour + time.Hour), "7 days"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestRefusal(t *testing.T) {
	s := load(t).Speaker("en", "tech", nil)
	for _, c := range []struct {
		err  *practice.Error
		want Refusal
	}{
		{practice.Refuse(practice.Conflict, "carrier.group").With("said", "the team"), Refusal{
			Title: "A team cannot carry this. One person can.",
			Why:   "When everyone owns it, it waits for everyone.",
			Ways:  []Line{{"pick", "Pick one person"}, {"guest", "Someone without an account"}},
		}},
		{practice.Refuse(practice.Invalid, "required").At("what"), Refusal{
			Title: "Write what happened.", Why: "A few words are enough.",
		}},
		{practice.Refuse(practice.Internal, "sql: no such table"), Refusal{
			Title: "That broke, and it was us.",
			Why:   "What you wrote is still in the box. Sending again cannot create it twice.",
			Ways:  []Line{{"again", "Send again"}, {"report", "Report this as a failure"}},
		}},
	} {
		if diff := cmp.Diff(c.want, s.Refusal(c.err)); diff != "" {
			t.Errorf("%v: %s", c.err, diff)
		}
	}
	if got := s.Refusal(nil).Title; got != "That broke, and it was us." {
		t.Errorf("no error at all: %q", got)
	}
}

func BenchmarkSay(b *testing.B) {
	s := load(b).Speaker("en", "tech", nil)
	b.Run("plain", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			s.Say("report.heading")
		}
	})
	b.Run("counted", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			s.Say("echo.found", "n", 2)
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b)
	}
}

// A sentence without arguments must cost nothing, whatever the page says.
func TestSay_plainSentencesDoNotAllocate(t *testing.T) {
	s := load(t).Speaker("en", "tech", nil)
	if n := testing.AllocsPerRun(100, func() { s.Say("report.heading") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	if n := testing.AllocsPerRun(100, func() { s.Say("echo.found", "n", 2) }); n > 4 {
		t.Errorf("%v allocations for a counted sentence", n)
	}
}

func ExampleSpeaker_Say() {
	c, err := Load()
	if err != nil {
		fmt.Println(err)
		return
	}
	s := c.Speaker("en", "activist", time.UTC)
	fmt.Println(s.Say("echo.heading"))
	// Output: Have we been in this ditch before?
}

// What a notice lists comes back from JSON as it was said.
func TestSay_listsThatWereKept(t *testing.T) {
	s := load(t).Speaker("en", "", nil)
	if got, want := s.Say("notice.finding", "text", []any{"eleven came", "the letter helps"}), s.Say("notice.finding", "text", "eleven came and the letter helps"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
