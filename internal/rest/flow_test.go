package rest

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"debrief/internal/store/storetest"
)

// in sends from a seat, at the version that was seen, and wants it done.
func (s *site) in(seat, method, path string, body any, version string) reply {
	s.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		s.Fatal(err)
	}
	r := s.send(method, path, string(text), seatHeader, seat, "If-Match", version)
	if r.Code != http.StatusOK {
		s.Fatalf("%s %s: %d %s", method, path, r.Code, r.Body)
	}
	return r
}

// move takes the room on.
func (s *site) move(seat, base string) {
	s.Helper()
	s.in(seat, "POST", base+"/move", m{}, s.in(seat, "GET", base, nil, "").Header().Get("ETag"))
}

// sit lets both people take their places, and returns the keys of the seats.
func (s *site) sit(review, base string) []string {
	s.Helper()
	var seats []string
	for who := range s.tokens {
		ticket := s.by(who, "POST", "/reviews/"+review+"/place", m{"closeness": "did"}).body["ticket"]
		drawn := s.send("POST", base, `{"ticket":"`+ticket.(string)+`"}`)
		key, _ := drawn.body["key"].(string)
		if key == "" {
			s.Fatalf("draw: %s", drawn.Body)
		}
		seats = append(seats, key)
	}
	return seats
}

// answer lets all write, one text be agreed, and all stand behind it.
func (s *site) answer(seats []string, base, question string) {
	s.Helper()
	at := base + "/questions/" + question
	for _, seat := range seats {
		s.in(seat, "POST", at+"/answers", m{"text": "The pump fills the tank."}, "")
	}
	tag := s.in(seats[0], "PUT", at+"/text", m{"text": "The pump fills the tank.", "stand": true}, `"0"`).Header().Get("ETag")
	s.in(seats[1], "POST", at+"/stand", m{"stand": true}, tag)
	s.refused(s.send("PUT", at+"/text", `{"text":"Another."}`, seatHeader, seats[1], "If-Match", `"0"`), 412, "changed.meanwhile")
	s.refused(s.send("PUT", at+"/text", `{"text":"Another."}`, seatHeader, seats[1]), 428, "api.version")
}

func TestRest_theLoop(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := newSite(t, database)
		failure := s.by(0, "POST", "/failures", m{"text": "The pump ran dry.", "stage": "after"}).body
		id := failure["id"].(string)
		s.by(1, "POST", "/failures/"+id+"/facts", m{"text": "The tank was empty at ten."})
		review := s.by(0, "POST", "/reviews", m{"failure": id, "meet_at": time.Now().Add(time.Hour), "box_minutes": 30,
			"people": s.people}).body["id"].(string)
		base := Prefix + "/seats/" + review
		seats := s.sit(review, base)
		s.move(seats[0], base)
		s.answer(seats, base, "intended")
		s.move(seats[0], base)
		s.answer(seats, base, "happened")
		s.move(seats[0], base)

		parts := m{"text": "The tank is full.", "actual": "It was empty.", "where": "At the valve."}
		for _, seat := range seats {
			s.in(seat, "POST", base+"/questions/gap/answers", parts, "")
		}
		gap := s.in(seats[0], "POST", base+"/gaps", m{"intended": "The tank is full.", "actual": "It was empty.",
			"where": "At the valve."}, "").body["id"].(string)
		s.move(seats[0], base)
		for _, seat := range seats {
			s.in(seat, "POST", base+"/gaps/"+gap+"/judgement", m{"round": 1, "kind": "avoidable"}, "")
		}
		at := base + "/gaps/" + gap
		s.in(seats[0], "POST", at+"/settle", m{"verdict": "avoidable"}, s.versionOf(seats[0], base))
		s.move(seats[0], base)
		s.in(seats[1], "POST", at+"/first-step", m{"title": "Opening", "line": "Look at the tank."}, s.versionOf(seats[0], base))
		s.move(seats[0], base)
		s.in(seats[0], "POST", base+"/carry", m{"carrier": s.people[1], "moment": "before we open", "act": "show the crew",
			"due_at": time.Now().AddDate(0, 0, 7), "aloud": true}, "")
		s.in(seats[0], "POST", base+"/taps", m{"what": "learned", "yes": true}, "")
		s.in(seats[0], "POST", base+"/close", m{}, s.in(seats[0], "GET", base, nil, "").Header().Get("ETag"))

		record := s.by(1, "GET", "/failures/1/record", nil).body
		gaps := record["gaps"].([]any)
		if len(gaps) != 1 || record["carry"] == nil {
			t.Errorf("the record: %v", record)
		}
		manual := s.by(0, "GET", "/procedures/opening", nil)
		if manual.body["steps"].([]any)[0].(map[string]any)["scars"] == nil || manual.Header().Get("ETag") != `"1"` {
			t.Errorf("the procedure: %s", manual.Body)
		}
		if list := s.by(0, "GET", "/gaps", nil).body["items"].([]any); len(list) != 1 {
			t.Errorf("%d gaps", len(list))
		}
	})
}

// versionOf is the version of the one gap, as If-Match wants it.
func (s *site) versionOf(seat, base string) string {
	s.Helper()
	gap := s.in(seat, "GET", base+"/sorting", nil, "").body["gaps"].([]any)[0].(map[string]any)
	return tag(int(gap["version"].(float64)))
}
