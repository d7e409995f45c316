package room

import (
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

// Every state of a question, each executed as a page.
func TestQuestion_everyState(t *testing.T) {
	s, _ := webtest.NewKit(t, Templates)
	for _, f := range webtest.Frames(t) {
		for n := 1; n <= 3; n++ {
			for _, open := range []bool{false, true} {
				full := sampleQuestion(f, n, open)
				webtest.CheckPage(t, s, "question", full)
				alone := full
				alone.Room.Passing, alone.Q.Room.Passing, alone.Q.Gaps, alone.Q.Answers = false, false, nil, nil
				webtest.CheckPage(t, s, "question", alone)
				alone.Q.Mine = practice.Answer{}
				alone.Form, alone.Sent = webtest.WrongForm(f, "text", "actual", "where"), "answer"
				webtest.CheckPage(t, s, "question", alone)
				past := full
				past.Room.Review.Phase, past.Q.Review.Phase = practice.PhaseChange, practice.PhaseChange
				webtest.CheckPage(t, s, "question", past)
				both := f.Both("/seat/rev_1/1/text", "theirs", "mine", "3")
				full.Both, full.Q.Stands = &both, true
				full.Form, full.Sent = webtest.WrongForm(f, "text"), "text"
				webtest.CheckPage(t, s, "question", full)
			}
		}
	}
}

func TestInSeat_clock(t *testing.T) {
	f := webtest.Frames(t)[0]
	for _, c := range []struct {
		review practice.Review
		left   string
		small  string
	}{
		{practice.Review{Phase: practice.PhaseArrive, MeetAt: webtest.Noon.Add(190 * time.Second)}, "3:10", "to go until 12:04"},
		{practice.Review{Phase: practice.PhaseHappened, PhaseEndsAt: webtest.Noon.Add(130 * time.Second), EndsAt: webtest.Noon.Add(time.Hour)}, "2:10", "to write until 12:03"},
		{practice.Review{Phase: practice.PhaseSort, PhaseEndsAt: webtest.Noon.Add(40 * time.Second)}, "0:40", "to judge until 12:01"},
		{practice.Review{Phase: practice.PhaseHappened, Open: true, EndsAt: webtest.Noon.Add(17*time.Minute + 40*time.Second), Box: practice.DefaultBox}, "17:40", "left of 25 min until 12:18"},
		{practice.Review{Phase: practice.PhaseGap, EndsAt: webtest.Noon.Add(-time.Minute), Box: practice.DefaultBox}, "0:00", "left of 25 min until 11:59"},
	} {
		got := inSeat{Frame: f, Room: room.Room{Review: c.review}}.TimeLeft()
		if said := got.Small + " " + got.Till; got.Left != c.left || said != c.small {
			t.Errorf("%s: %q %q, want %q %q", c.review.Phase, got.Left, said, c.left, c.small)
		}
	}
}

// Before the room begins there is a clock only where it says something: not for
// hours, and not once its time has come.
func TestInSeat_noClock(t *testing.T) {
	for _, ahead := range []time.Duration{2 * time.Hour, 0, -time.Minute} {
		p := inSeat{Frame: webtest.Frames(t)[0], Room: room.Room{Review: practice.Review{Phase: practice.PhaseArrive, MeetAt: webtest.Noon.Add(ahead)}}}
		if c := p.TimeLeft(); c != nil {
			t.Errorf("%s before it meets: a clock of %s", ahead, c.Left)
		}
	}
}

// Facts of one day say it once; of several each says its own.
func TestQuestionPage_dayOfTheFacts(t *testing.T) {
	p := sampleQuestion(webtest.Frames(t)[0], 2, true)
	noon := practice.Fact{At: webtest.Noon}
	p.Q.Facts = []practice.Fact{noon, {At: webtest.Noon.Add(time.Hour)}}
	if day, at := p.FactDay(), p.FactAt(noon); day != p.Day(webtest.Noon) || at != "12:00" {
		t.Errorf("one day: %q, %q", day, at)
	}
	p.Q.Facts = append(p.Q.Facts, practice.Fact{At: webtest.Noon.AddDate(0, 0, -3)})
	if day, at := p.FactDay(), p.FactAt(noon); day != "" || at == "12:00" {
		t.Errorf("two days: %q, %q", day, at)
	}
}

// The parts of a gap have one name each, where they are written and where they
// are shown.
func TestGap_partsHaveOneName(t *testing.T) {
	s, _ := webtest.NewKit(t, Templates)
	f := webtest.Frames(t)[0]
	judge := sortPage{inSeat: sampleSeat(f, aRoom(practice.PhaseSort, false)), Gaps: []room.Sorted{{Gap: gaps[0]}}}
	for page, data := range map[string]any{"question": sampleQuestion(f, 3, true), "sorting": judge} {
		got := webtest.Executed(t, s, page, data)
		for _, part := range []string{"intended", "actual", "where"} {
			if name := f.Say("question.3.write." + part); !strings.Contains(got, ">"+name) {
				t.Errorf("%s does not call it %q", page, name)
			}
		}
	}
}

// Whatever is refused in a room, the page leads on.
func TestRefusals_ofTheRoomLeadOn(t *testing.T) {
	s, _ := webtest.NewKit(t)
	pages := &Pages{Kit: s}
	text, err := os.ReadFile("../../words/en/refusal-room.txt")
	if err != nil {
		t.Fatal(err)
	}
	codes := regexp.MustCompile(`(?m)^([a-z.-]+)\.title`).FindAllStringSubmatch(string(text), -1)
	for _, code := range codes {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/seat/rev_1/move", nil)
		r.SetPathValue("review", "rev_1")
		w := httptest.NewRecorder()
		pages.failSeat(w, r, pages.inRoom(r, frame.Place{}), practice.Refuse(practice.Conflict, code[1]).With("n", 2).With("max", 3).With("at", webtest.Noon))
		if body := w.Body.String(); !strings.Contains(body, `<a class="btn" href="/seat/rev_1`) {
			t.Errorf("%s leads nowhere:\n%s", code[1], body)
		}
	}
	if len(codes) < 50 {
		t.Errorf("only %d refusals", len(codes))
	}
}

// Every pattern under /seat/ belongs to the quiet table, and none elsewhere.
func TestRoutes_seatsApart(t *testing.T) {
	s, _ := webtest.NewKit(t)
	pages := &Pages{Kit: s}
	for _, rt := range pages.Routes() {
		if strings.Contains(rt.Pattern, " /seat/") {
			t.Errorf("%s is among the routes of people", rt.Pattern)
		}
	}
	for _, rt := range pages.SeatRoutes() {
		if !strings.Contains(rt.Pattern, " /seat/") || !rt.Quiet {
			t.Errorf("%s: quiet %t", rt.Pattern, rt.Quiet)
		}
	}
}

func TestSeat_looksAtNoSession(t *testing.T) {
	s, _ := webtest.NewKit(t)
	s.Actor = func(*http.Request) (practice.Actor, frame.Place, error) {
		t.Error("asked who is asking")
		return practice.Actor{}, frame.Place{}, practice.ErrUnauthenticated
	}
	pages := &Pages{Kit: s}
	s.Mount(frame.Route{Pattern: "GET /seat/{review}/write", Handler: pages.seat(func(http.ResponseWriter, *http.Request, *frame.Frame, practice.Seat) error { return nil })})
	if w := webtest.Get(t, s, "/seat/rev_1/write"); w.Code != http.StatusNotFound || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("without a key: got %d, %q", w.Code, w.Header().Get("Cache-Control"))
	}
}

// What is told of answers nobody wrote names no number, and a time is over in the same
// minute wherever it is said.
func TestSay_ofNothingAndOfTheEnd(t *testing.T) {
	f := webtest.Frames(t)[0]
	ends := webtest.Noon.Add(130 * time.Second)
	for said, want := range map[string]string{
		f.Say("room.read.open", "n", 0):          "It is open. Nobody had anything to add.",
		f.Say("room.read.title", "n", 0):         "No answers",
		f.Say("room.clock.until", "at", ends):    "until 12:03",
		f.Say("room.write.opens-at", "at", ends): "Opens for all when everyone has written, at 12:03 at the latest.",
		f.Say("reveal.early.why", "at", ends):    "It opens for all at once, at 12:03 at the latest.",
	} {
		if said != want {
			t.Errorf("%q, want %q", said, want)
		}
	}
}
