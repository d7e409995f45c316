package words

// Titled says what something is about with its title, or without one where that
// must not be said.
func (s *Speaker) Titled(about, title string) string {
	if title == "" {
		return about
	}
	return s.Say("dispatch.titled", "about", about, "title", title)
}
