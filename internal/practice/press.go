package practice

// The two buttons that everybody in a room has. Nobody sees who pressed one.
const (
	PressMove  = "move"  // move on
	PressBlame = "blame" // this is turning into blame
)

// PressedAt is at which version of a room a button counts: "move on" is about where the
// room is and goes with it; blame stays until those in the room have talked about it.
func (r Review) PressedAt(button string) int {
	if button == PressBlame {
		return 0
	}
	return r.Version
}
