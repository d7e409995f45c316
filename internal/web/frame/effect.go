package frame

import "debrief/internal/practice"

// Effect says what is watched of a change, and whether it moved.
func (f *Frame) Effect(e practice.Effect) string {
	switch e.Said {
	case practice.MovedYes:
		return f.withText(f.Say("effect.yes", "what", e.What, "day", e.SaidAt), e.Text)
	case practice.MovedNo:
		return f.withText(f.Say("effect.no", "what", e.What, "day", e.SaidAt), e.Text)
	case practice.MovedUnsure:
		return f.withText(f.Say("effect.unsure", "what", e.What, "day", e.SaidAt), e.Text)
	}
	return f.Say("effect.watched", "what", e.What, "day", e.AskAt)
}

func (f *Frame) withText(line, text string) string {
	if text == "" {
		return line
	}
	return line + " " + f.Say("effect.text", "text", text)
}
