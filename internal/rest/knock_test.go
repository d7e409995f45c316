package rest

import "net/http"

// tourDoor lets somebody in by the code of the team, turns another away, and
// lets a third into one more team.
func (s *site) tourDoor(night string) {
	s.Helper()
	code := s.with(1, "GET", "/teams/"+s.team+"/code", nil).at("code")
	asked := s.done(s.ask("POST", "/knocks", m{"code": code, "name": "Mo"}))
	held := m{"knock": asked.at("knock")}
	s.refused(s.ask("POST", "/devices", held), http.StatusConflict, "knock.waits")
	door := s.with(1, "GET", "/knocks", nil).items()
	if len(door) != 1 || door[0].(m)["words"] != asked.at("words") || door[0].(m)["may"] != true {
		s.Fatalf("at the door: %v, asked %s", door, asked.Body)
	}
	s.with(1, "POST", "/knocks/"+door[0].(m)["id"].(string)+"/let-in", nil)
	if now := s.done(s.ask("POST", "/knocks/look", held)); now.at("state") != "let_in" {
		s.Errorf("what the device that asked is told: %s", now.Body)
	}
	in := s.done(s.ask("POST", "/devices", held))
	cookie := in.Result().Cookies()[0]
	me := s.done(s.ask("GET", "/members/me", nil, "Cookie", cookie.Name+"="+cookie.Value))
	if me.at("name") != "Mo" {
		s.Errorf("who came in: %s", me.Body)
	}
	s.with(0, "DELETE", "/teams/"+s.team+"/members/"+me.at("id"), nil)
	s.refused(s.ask("POST", "/devices", held), http.StatusNotFound, "not.found")

	fresh := s.with(1, "POST", "/teams/"+s.team+"/code", nil).at("code")
	s.refused(s.ask("POST", "/knocks", m{"code": code, "name": "Ivo"}), http.StatusConflict, "code.old")
	again := s.done(s.ask("POST", "/knocks", m{"code": fresh, "name": "Ivo"}))
	door = s.with(1, "GET", "/knocks", nil).items()
	s.with(1, "POST", "/knocks/"+door[0].(m)["id"].(string)+"/turn-away", nil)
	s.refused(s.ask("POST", "/devices", m{"knock": again.at("knock")}), http.StatusConflict, "knock.refused")
	s.done(s.ask("POST", "/knocks/take-back", m{"knock": again.at("knock")}))

	code = s.with(0, "GET", "/teams/"+night+"/code", nil).at("code")
	s.with(1, "POST", "/knocks/mine", m{"code": code})
	door = s.with(0, "GET", "/knocks", nil).items()
	s.with(0, "POST", "/knocks/"+door[0].(m)["id"].(string)+"/let-in", nil)
	if me := s.with(1, "GET", "/members/me", nil); len(me.body["teams"].([]any)) != 2 {
		s.Errorf("Amal after the night crew said yes: %s", me.Body)
	}
	s.with(0, "DELETE", "/teams/"+night+"/members/"+s.people[1], nil)
}
