package practice

import "testing"

func TestNamesAnyone(t *testing.T) {
	people := []Member{{Name: "Ana Ruiz"}, {Name: "Bo Larsen"}, {Name: "Noël"}, {Name: ""}}
	for text, want := range map[string]bool{
		"":                                false,
		"Ana forgot the key":              true,
		"the key was with Ana.":           true,
		"Analysis of the bananas":         false,
		"ask Bo Larsen":                   true,
		"Bo ran out":                      false, // too short to be sure
		"Noël's van":                      true,
		"the person at the door, at noël": false,
		"An Analog clock, and Ana":        true,
	} {
		if got := NamesAnyone(text, people); got != want {
			t.Errorf("%q names somebody: %v", text, got)
		}
	}
}
