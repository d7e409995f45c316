package practice

import "testing"

func TestShowing_Only(t *testing.T) {
	s := Showing{Adds: []string{"add", "mandatory"}, Things: []string{"graph", "alert", "training"}, Acts: []string{"when", "stop"}}
	for text, want := range map[string]bool{
		"Add a graph of the water level.":                   true,
		"ADD AN ALERT":                                      true,
		"Mandatory training for everybody":                  true,
		"Add an alert; when it rings, the driver turns off": false,
		"Look at the graph":                                 false,
		"Add a line":                                        false,
		"":                                                  false,
		"Add a graph beside the door so that the people of the night see the level, and they write it down": false,
	} {
		if got := s.Only(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestStrength_Check(t *testing.T) {
	for _, s := range append(Strengths(), "") {
		if err := s.Check(); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	}
	if code(Strength("strong").Check()) != "required" {
		t.Error("what is none is taken")
	}
}
