package rest

import (
	"net/http"
	"time"

	"debrief/internal/practice"
)

// tourGuardian makes somebody guardian, tells them something without a name, and reads
// their answer.
func (s *site) tourGuardian() {
	s.Helper()
	s.refused(s.ask("POST", "/guardians", m{"member": s.people[1]}, "Cookie", s.devices[1]), http.StatusNotFound, "not.found")
	s.refused(s.ask("POST", "/guardian", m{"text": "It was used against me."}), http.StatusConflict, "guardian.none")
	added := s.by(0, "POST", "/teams/"+s.team+"/members", m{"names": []string{"Gwen"}})
	gwen := added.items()[0].(m)["member"].(m)["id"].(string)
	link := s.by(0, "POST", "/members/"+gwen+"/links", m{"use": "in"}).at("link")
	s.comeIn(gwen, s.done(s.ask("POST", "/devices", m{"link": link})))
	defer func() { s.people, s.devices, s.tokens = s.people[:2], s.devices[:2], s.tokens[:2] }()
	s.with(0, "POST", "/guardians", m{"member": s.people[1]})
	words := s.with(1, "POST", "/guardians/words", nil).at("words")
	s.with(2, "POST", "/guardians/"+s.people[1]+"/agree", nil)
	s.with(2, "DELETE", "/guardians/"+s.people[1], nil)
	s.with(2, "POST", "/guardians/"+s.people[1]+"/keep", nil)
	all := s.with(2, "GET", "/guardians", nil).items()
	if len(all) != 1 || all[0].(m)["stands"] != true || all[0].(m)["end_asked_by"] != nil {
		s.Fatalf("guardians: %v", all)
	}
	if open := s.done(s.ask("GET", "/guardian", nil)); len(open.items()) != 1 || open.at("other_way") != "The works council" {
		s.Errorf("whom one can tell: %s", open.Body)
	}
	told := s.done(s.ask("POST", "/guardian", m{"text": "It was used against me."}))
	s.clock.Pass(time.Hour)
	if err := s.api.Rooms.Release(s.Context(), s.clock.Now().Truncate(time.Hour)); err != nil {
		s.Fatal(err)
	}
	one := s.done(s.ask("POST", "/guardian/desk", m{"words": words})).items()[0].(m)
	act := m{"words": words, "case": one["id"], "seen": "open", "text": "By whom?"}
	s.done(s.ask("POST", "/guardian/case", act))
	s.refused(s.ask("POST", "/guardian/case", act), http.StatusPreconditionFailed, "changed.meanwhile")
	held := s.done(s.ask("POST", "/receipts/open", m{"words": told.at("words")}))
	said, _ := held.body["case"].(m)
	if thread, _ := said["thread"].([]any); len(thread) != 2 || said["state"] != string(practice.MisuseAnswered) {
		s.Errorf("the receipt reads %s", held.Body)
	}
	act["seen"], act["state"], act["pause"], act["text"] = "answered", "confirmed", s.team, "It is so."
	if asked := s.done(s.ask("POST", "/guardian/case", act)); asked.body["pause"] != "new" {
		s.Errorf("what became of the pause: %s", asked.Body)
	}
	act["seen"] = "confirmed"
	delete(act, "state")
	if asked := s.done(s.ask("POST", "/guardian/case", act)); asked.body["pause"] != "joined" {
		s.Errorf("asked again: %s", asked.Body)
	}
	pause := s.by(0, "GET", "/teams/"+s.team+"/pauses", nil).items()[0].(m)
	if pause["by_guardian"] != true || pause["proposed_by"] != nil {
		s.Errorf("the pause: %v", pause)
	}
	s.by(0, "POST", "/pauses/"+pause["id"].(string)+"/decline", m{"said": "It is settled."})
	s.done(s.ask("POST", "/receipts/more", m{"words": told.at("words"), "text": "By both."}))
}
