package app

import (
	"errors"

	"debrief/internal/language"
	"debrief/internal/practice"
)

// checkPhrases refuses a team's own list of phrases of which a line cannot be read
// after the server's.
func (a *App) checkPhrases(t practice.Team) error {
	if t.Phrases == "" {
		return nil
	}
	_, err := a.phrases.With(t.Phrases)
	var wrong *language.ListError
	if errors.As(err, &wrong) {
		return practice.Refuse(practice.Invalid, "phrases.line").At("phrases").With("line", wrong.Line).With("what", wrong.What)
	}
	return err
}
