package room

import (
	"strings"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/room"
)

// A field begins with the five minutes only for whoever has not written yet.
func TestQuestionPage_Begun(t *testing.T) {
	hot := practice.Hot{Failure: "flr_a", Meant: "Sign 50.", Parted: "A day to read."}
	for _, c := range []struct {
		say   string
		n     int
		phase practice.Phase
		mine  practice.Answer
		hot   practice.Hot
		want  practice.Answer
		draft bool
	}{
		{"question one", 1, practice.PhaseIntended, practice.Answer{}, hot, practice.Answer{Text: "Sign 50."}, true},
		{"question three", 3, practice.PhaseGap, practice.Answer{}, hot, practice.Answer{Text: "Sign 50.", Actual: "12 signed.", Where: "A day to read."}, true},
		{"question three, agreed", 3, practice.PhaseGap, practice.Answer{}, practice.Hot{}, practice.Answer{Text: "Fifty.", Actual: "Twelve."}, false},
		{"question three, agreed and a draft", 3, practice.PhaseGap, practice.Answer{}, hot, practice.Answer{Text: "Fifty.", Actual: "Twelve.", Where: "A day to read."}, true},
		{"with an answer", 1, practice.PhaseIntended, practice.Answer{ID: "ans_a", Text: "Mine."}, hot, practice.Answer{ID: "ans_a", Text: "Mine."}, false},
		{"without five minutes", 1, practice.PhaseIntended, practice.Answer{}, practice.Hot{}, practice.Answer{}, false},
		{"where nothing parted", 3, practice.PhaseGap, practice.Answer{}, practice.Hot{Failure: "flr_a", Meant: "Sign 50."}, practice.Answer{}, false},
		{"question two", 2, practice.PhaseHappened, practice.Answer{}, hot, practice.Answer{}, false},
	} {
		p := questionPage{N: c.n, Q: room.Question{Asked: c.phase, Mine: c.mine, Hot: c.hot,
			Room: room.Room{Review: practice.Review{Phase: c.phase}, Failure: practice.Failure{Text: "12 signed."}}}}
		p.Room = p.Q.Room
		if strings.Contains(c.say, "agreed") {
			p.Q.Meant, p.Q.Went = "Fifty.", "Twelve."
		}
		if got := p.Begun(); got != c.want || p.FromHot() != c.draft {
			t.Errorf("%s: begins with %+v, as a draft: %v", c.say, got, p.FromHot())
		}
	}
}
