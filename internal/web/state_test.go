package web

import (
	"debrief/internal/practice"
	"debrief/internal/room"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// Every state of a question, each executed as a page.
func TestQuestion_everyState(t *testing.T) {
	s, _ := newWeb(t)
	for _, f := range frames(t) {
		for n := 1; n <= 3; n++ {
			for _, open := range []bool{false, true} {
				full := sampleQuestion(f, n, open)
				checkPage(t, s, "question", full)
				alone := full
				alone.Room.Passing, alone.Q.Room.Passing, alone.Q.Gaps, alone.Q.Answers = false, false, nil, nil
				checkPage(t, s, "question", alone)
				alone.Q.Mine = practice.Answer{}
				alone.Form, alone.Sent = wrongForm(f, "text", "actual", "where"), "answer"
				checkPage(t, s, "question", alone)
				past := full
				past.Room.Review.Phase, past.Q.Review.Phase = practice.PhaseChange, practice.PhaseChange
				checkPage(t, s, "question", past)
				both := f.Both("/seat/rev_1/1/text", "theirs", "mine", "3")
				full.Both, full.Q.Stands = &both, true
				full.Form, full.Sent = wrongForm(f, "text"), "text"
				checkPage(t, s, "question", full)
			}
		}
	}
}

func TestInSeat_clock(t *testing.T) {
	f := frames(t)[0]
	for _, c := range []struct {
		review practice.Review
		left   string
		small  string
	}{
		{practice.Review{Phase: practice.PhaseArrive, MeetAt: noon.Add(190 * time.Second)}, "3:10", "to go until 12:03"},
		{practice.Review{Phase: practice.PhaseHappened, PhaseEndsAt: noon.Add(130 * time.Second), EndsAt: noon.Add(time.Hour)}, "2:10", "to write until 12:02"},
		{practice.Review{Phase: practice.PhaseSort, PhaseEndsAt: noon.Add(40 * time.Second)}, "0:40", "to judge until 12:00"},
		{practice.Review{Phase: practice.PhaseHappened, Open: true, EndsAt: noon.Add(17*time.Minute + 40*time.Second), Box: practice.DefaultBox}, "17:40", "left of 25 min until 12:17"},
		{practice.Review{Phase: practice.PhaseGap, EndsAt: noon.Add(-time.Minute), Box: practice.DefaultBox}, "0:00", "left of 25 min until 11:59"},
	} {
		got := inSeat{Frame: f, Room: room.Room{Review: c.review}}.TimeLeft()
		if said := got.Small + " " + got.Till; got.Left != c.left || said != c.small {
			t.Errorf("%s: %q %q, want %q %q", c.review.Phase, got.Left, said, c.left, c.small)
		}
	}
}

// Whatever is refused in a room, the page leads on.
func TestRefusals_ofTheRoomLeadOn(t *testing.T) {
	s, _ := newWeb(t)
	text, err := os.ReadFile("../words/en/refusal-room.txt")
	if err != nil {
		t.Fatal(err)
	}
	codes := regexp.MustCompile(`(?m)^([a-z.-]+)\.title`).FindAllStringSubmatch(string(text), -1)
	for _, code := range codes {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/seat/rev_1/move", nil)
		r.SetPathValue("review", "rev_1")
		w := httptest.NewRecorder()
		s.failSeat(w, r, s.inRoom(r, Place{}), practice.Refuse(practice.Conflict, code[1]).With("n", 2).With("max", 3).With("at", noon))
		if body := w.Body.String(); !strings.Contains(body, `<a class="btn" href="/seat/rev_1`) {
			t.Errorf("%s leads nowhere:\n%s", code[1], body)
		}
	}
	if len(codes) < 50 {
		t.Errorf("only %d refusals", len(codes))
	}
}
