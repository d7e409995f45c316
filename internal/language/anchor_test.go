package language

import "testing"

func TestAnchored(t *testing.T) {
	for text, want := range map[string]bool{
		"":                                           false,
		"Communication was not good.":                false,
		"We expected more of it.":                    false,
		"At 10:40 nobody had it.":                    true,
		"Nobody saw the alarm.":                      true,
		"It said \u201cready\u201d and was not.":     true,
		"Things went badly, for example twice over.": true,
		"It went badly. The door was shut.":          true,
	} {
		if got := English().Anchored(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
