package practice

import (
	"slices"
	"strings"
	"testing"
)

func TestAnswerCheck(t *testing.T) {
	long := strings.Repeat("ä", MaxAnswer+1)
	for _, c := range []struct {
		a    Answer
		want string
	}{
		{Answer{Phase: PhaseIntended, Text: "fifty"}, ""},
		{Answer{Phase: PhaseIntended, Text: long[:len(long)-2]}, ""},
		{Answer{Phase: PhaseIntended, Text: long}, "too.long"},
		{Answer{Phase: PhaseHappened, Text: " \n"}, "answer.empty"},
		{Answer{Phase: PhaseHappened, Nothing: true}, ""},
		{Answer{Phase: PhaseHappened, Nothing: true, Text: "but one thing"}, "answer.nothing"},
		{Answer{Phase: PhaseHappened, Text: "twelve", Shows: long}, "too.long"},
		{Answer{Phase: PhaseGap, Actual: "twelve", Where: "the door"}, "gap.intended"},
		{Answer{Phase: PhaseGap, Text: "fifty", Where: "the door"}, "gap.actual"},
		{Answer{Phase: PhaseGap, Text: "fifty", Actual: "twelve"}, "gap.where"},
		{Answer{Phase: PhaseGap, Text: "fifty", Actual: "twelve", Where: "the door"}, ""},
		{Answer{Phase: PhaseGap, Nothing: true}, ""},
		{Answer{Phase: PhaseSort, Text: "x"}, "question.none"},
		{Answer{Phase: PhaseArrive, Text: "x"}, "question.none"},
	} {
		if got := code(c.a.Check()); got != c.want {
			t.Errorf("%+v: %q, want %q", c.a, got, c.want)
		}
	}
}

func TestPhrases(t *testing.T) {
	for text, want := range map[string][]string{
		"We knocked on 212 doors. 61 opened.":                     {"We knocked on 212 doors.", "61 opened."},
		"Ran out at 10.40, v1.2 was still up.":                    {"Ran out at 10.40,", "v1.2 was still up."},
		"Twelve signed, and nine of those knew us.":               {"Twelve signed, and nine of those knew us."},
		"By ten we had five, two pairs had to go":                 {"By ten we had five,", "two pairs had to go"},
		"One line\nand another; then more":                        {"One line", "and another;", "then more"},
		"  ":                                                      nil,
		"Was it the pump? Yes! It was.":                           {"Was it the pump?", "Yes!", "It was."},
		"it cost 1,200 in the end, which nobody had written down": {"it cost 1,200 in the end,", "which nobody had written down"},
	} {
		got := Phrases(text)
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if joined, whole := strings.Join(got, " "), strings.Join(strings.Fields(text), " "); joined != whole {
			t.Errorf("put together again: %q, was %q", joined, whole)
		}
	}
}

func FuzzPhrases(f *testing.F) {
	f.Add("a, b c d, e f g. h;\ni")
	f.Fuzz(func(t *testing.T, text string) {
		joined := strings.Join(strings.Fields(strings.Join(Phrases(text), " ")), "")
		if whole := strings.Join(strings.Fields(text), ""); joined != whole {
			t.Errorf("lost something: %q, was %q", joined, whole)
		}
	})
}

func TestPutIn(t *testing.T) {
	answers := []string{"The room is read at six, at four degrees or less, and the number goes on the card.", "Two doors; nobody there"}
	for _, c := range []struct {
		text    string
		phrases []string
		want    string
	}{
		{"", Phrases(answers[0]), answers[0]},
		{"Before.", Phrases(answers[1]), "Before. Two doors; nobody there."},
		{"THE ROOM IS READ AT SIX.", Phrases(answers[0])[1:2], "THE ROOM IS READ AT SIX, at four degrees or less."},
		{"The room is read at six.", Phrases(answers[0])[2:], "The room is read at six. And the number goes on the card."},
		{"Two doors.", Phrases(answers[0])[1:2], "Two doors. At four degrees or less."},
		{"", []string{"61 opened."}, "61 opened."},
		{"We knocked.", []string{"by ten we had five,", "two left"}, "We knocked. By ten we had five. Two left."},
		{"We knocked.", nil, "We knocked."},
		{"We knocked. Two left.", []string{"we knocked,", "three came"}, "We knocked. Two left. Three came."},
		{"We knocked.", []string{" ", "éclair ran out!"}, "We knocked. Éclair ran out!"},
	} {
		if got := PutIn(c.text, c.phrases, answers); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestCloseness(t *testing.T) {
	for _, c := range Closenesses() {
		if c.Check() != nil || c.Near() != (c != Heard) {
			t.Errorf("%s: %v, near %v", c, c.Check(), c.Near())
		}
	}
	if got := code(Closeness("boss").Check()); got != "closeness.required" {
		t.Errorf("somebody else: %q", got)
	}
}
