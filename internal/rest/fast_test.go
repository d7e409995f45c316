package rest

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// stays is refused to the steward and to the member, and a reason does not help.
func (s *site) stays(method string, what plea, status int, code string, version ...string) {
	s.Helper()
	for who := range s.tokens {
		headers := []string{"Authorization", "Bearer " + s.tokens[who]}
		if len(version) > 0 {
			headers = append(headers, "If-Match", version[0])
		}
		for _, reason := range []string{"", "reason", "why"} {
			body := m{}
			for name, value := range what.body {
				body[name] = value
			}
			if reason != "" {
				body[reason] = "We are in a hurry."
			}
			got := s.ask(method, what.path, body, headers...)
			if got.Code < 400 {
				s.Errorf("%s %s with %v is not refused: %s", method, what.path, body, got.Body)
			}
			if reason == "" {
				s.refused(got, status, code)
			}
		}
	}
}

// What the practice around a room holds fast to is refused to everyone, whatever they
// say; and the way on that the refusal names is open.
func TestRest_whatHoldsFast(t *testing.T) {
	s := newSite(t, storetest.SQLite(t))
	s.frozen()
	s.threeForCore()
	s.silence()
	s.restsWhilePaused()
}

// frozen is a plan that began: it is added to, never changed.
func (s *site) frozen() {
	s.Helper()
	plan := s.by(0, "POST", "/plans", m{"team": s.team, "title": "A second tap"})
	at := fmt.Sprintf("/plans/%v", plan.body["number"])
	intent := m{"title": "A second tap", "aim": "Ten cans an hour by May.", "signals": []m{{"what": "Empty cans", "from": "3"}}}
	s.by(0, "PUT", at, intent, "If-Match", plan.Header().Get("ETag"))
	began := s.by(0, "POST", at+"/freeze", nil)
	intent["aim"] = "Five cans an hour by May."
	s.stays("PUT", plea{at, intent}, http.StatusConflict, "plan.frozen", began.Header().Get("ETag"))
	s.stays("DELETE", plea{at, nil}, http.StatusConflict, "plan.frozen")
	s.by(1, "POST", at+"/additions", m{"text": "The well is low."})
	if now := s.by(0, "GET", at, nil); now.at("fingerprint") != began.at("fingerprint") || now.at("aim") != "Ten cans an hour by May." {
		s.Errorf("the plan after it began: %s", now.Body)
	}
}

// threeForCore is a step that takes three failures to change: two do not do.
func (s *site) threeForCore() {
	s.Helper()
	const at = "/procedures/locking-up"
	step := s.by(0, "GET", at, nil).body["steps"].([]any)[1].(m)["id"].(string)
	s.by(0, "PUT", at+"/steps/"+step+"/core", m{"core": true, "why": "The door is a way out."})
	var gap practice.GapID
	speak := func(times int) {
		s.Helper()
		if err := s.db.Update(s.Context(), func(tx *store.Tx) (err error) {
			for day := range times {
				if gap, err = storetest.Spoken(tx, practice.StepID(step), "", tx.Now().AddDate(0, 0, day-9*times), "Lock the door, and pull."); err != nil {
					break
				}
			}
			return err
		}); err != nil {
			s.Fatal(err)
		}
	}
	speak(2)
	tag := s.by(0, "GET", at, nil).Header().Get("ETag")
	place := plea{at + "/steps/" + step + "/waits/" + string(gap) + "/place", m{}}
	s.stays("POST", place, http.StatusConflict, "core.waits", tag)
	speak(1)
	s.by(0, "POST", place.path, nil, "If-Match", s.by(0, "GET", at, nil).Header().Get("ETag"))
}

// silence is a group that does not answer: that is neither a yes nor a no.
func (s *site) silence() {
	s.Helper()
	const at = "/procedures/locking-up"
	var groups []string
	for name, voice := range map[string]string{"The crew": s.with(0, "GET", "/members/"+s.people[0], nil).at("name"), "Neighbours": "Oriel"} {
		id := s.by(0, "POST", "/groups", m{"name": name, "days": 3}).at("id")
		s.by(0, "PUT", "/groups/"+id+"/voice", m{"name": voice, "at": "2020-02-01T00:00:00Z", "how": "a show of hands"})
		if groups = append(groups, id); name == "The crew" {
			groups[0], groups[len(groups)-1] = groups[len(groups)-1], groups[0]
		}
	}
	s.by(0, "PUT", at+"/authority", m{"asked": groups})
	var gap practice.GapID
	step := s.by(0, "GET", at, nil).body["steps"].([]any)[0].(m)["id"].(string)
	if err := s.db.Update(s.Context(), func(tx *store.Tx) (err error) {
		gap, err = storetest.Tried(tx, practice.StepID(step), tx.Now().AddDate(0, 0, -40), "Two look at the tap.", "")
		return err
	}); err != nil {
		s.Fatal(err)
	}
	keep, round := at+"/trials/"+string(gap)+"/keep", "/consents/"+string(gap)
	s.refused(s.ask("POST", keep, m{"why": "It works."}, "Authorization", "Bearer "+s.tokens[0]), http.StatusConflict, "consent.begin")
	s.by(0, "POST", round, m{"kind": "present", "text": "The tap dripped."})
	s.by(0, "POST", round, m{"kind": "safe", "group": groups[0]})
	s.clock.Pass(40 * 24 * time.Hour)
	// Nothing but a further term is to be had.
	s.refused(s.ask("POST", keep, m{"why": "Nobody said anything."}, "Authorization", "Bearer "+s.tokens[0]), http.StatusBadRequest, "trial.days")
	s.by(0, "POST", keep, m{"why": "Nobody said anything.", "days": 5})
	if now := s.by(0, "GET", at, nil).body["steps"].([]any)[0].(m); now["trial"] == nil || now["text"] != "Two look at the tap." {
		s.Errorf("who says nothing was taken for a yes or a no: %v", now)
	}
}

// restsWhilePaused is a team that paused: reports come in, and no review is called.
func (s *site) restsWhilePaused() {
	s.Helper()
	at := "/teams/" + s.team + "/pauses"
	f := s.by(1, "POST", "/failures", m{"team": s.team, "text": "The gate stood open.", "stage": "after"})
	pause := s.by(0, "POST", at, m{"why": "Nothing is done.", "days": 7}).at("id")
	s.refused(s.ask("POST", "/pauses/"+pause+"/agree", m{}, "Authorization", "Bearer "+s.tokens[0]), http.StatusConflict, "pause.own")
	s.by(1, "POST", "/pauses/"+pause+"/agree", nil)
	call := m{"failure": f.at("id"), "meet_at": s.clock.Now().Add(time.Hour), "box_minutes": 30, "people": s.people}
	s.stays("POST", plea{"/reviews", call}, http.StatusConflict, "pause.on")
	s.by(1, "POST", "/failures", m{"team": s.team, "text": "The gate stood open again.", "stage": "after"})
	s.refused(s.ask("POST", "/pauses/"+pause+"/resume", m{}, "Authorization", "Bearer "+s.tokens[1]), http.StatusBadRequest, "pause.changed")
	s.by(1, "POST", "/pauses/"+pause+"/resume", m{"said": "A second pair of hands."})
	s.by(0, "POST", "/reviews", call)
}
