package practice

import "testing"

// What is said of where a room is goes with it; what is said of blame stays.
func TestReview_PressedAt(t *testing.T) {
	before, after := Review{Version: 3}, Review{Version: 4}
	if before.PressedAt(PressMove) == after.PressedAt(PressMove) {
		t.Error("somebody asks to move on from where the room is no more")
	}
	if before.PressedAt(PressBlame) != after.PressedAt(PressBlame) {
		t.Error("blame is forgotten as the room goes on")
	}
}
