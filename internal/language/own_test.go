package language

import (
	"os"
	"strings"
	"testing"
)

// The list that the handbook shows can be read, adds, and takes away.
func TestEnglishWith_theListOfTheHandbook(t *testing.T) {
	text, err := os.ReadFile("../../docs/language.md")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(text), "```\n")
	list, _, _ = strings.Cut(list, "```")
	own, err := EnglishWith(list)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][2]bool{
		"The depot ignored our letter.":        {false, true},
		"Dispatch ignored our letter.":         {true, false},
		"The picker ignored the second row.":   {true, false},
		"The crew threw a spanner in it.":      {false, true},
		"The crew demanded two more hours.":    {true, false},
		"The staff neglected children at six.": {true, false},
		"The staff neglected the front door.":  {true, true},
	} {
		if got := [2]bool{len(English().Read(text)) > 0, len(own.Read(text)) > 0}; got != want {
			t.Errorf("%q: noticed without it and with it %v, want %v", text, got, want)
		}
	}
}

func TestEnglishWith_saysWhichLineIsWrong(t *testing.T) {
	for list, want := range map[string]string{
		"depot":                         "line 1",
		"[who]\ndepot\n[whom]\n":        "line 3",
		"[who]\n-depot\n":               `line 2: "depot" is not in`,
		"[control]\n-threw a spanner\n": `line 2: "threw a spanner" is not in`,
		"[control]\n\n... control\n":    "line 3",
	} {
		if _, err := EnglishWith(list); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", list, err, want)
		}
	}
	if r, err := EnglishWith(""); err != nil || len(r.phrases) != len(English().phrases) {
		t.Errorf("an empty list changes something: %v", err)
	}
}
