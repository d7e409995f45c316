package rest

import (
	"net/http"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// tourCore lets three failures speak for a step, and puts the words of one in.
func (s *site) tourCore(at string) {
	s.Helper()
	now := s.by(0, "GET", at, nil)
	step := now.body["steps"].([]any)[1].(m)["id"].(string)
	s.by(0, "PUT", at+"/steps/"+step+"/core", m{"core": true, "why": "The tank bursts."})
	var gap practice.GapID
	if err := s.db.Update(s.Context(), func(tx *store.Tx) (err error) {
		for day := range 3 {
			if gap, err = storetest.Spoken(tx, practice.StepID(step), "", tx.Now().AddDate(0, 0, day-9), "Wait for the bell."); err != nil {
				break
			}
		}
		return err
	}); err != nil {
		s.Fatal(err)
	}
	now = s.by(0, "GET", at, nil)
	if waits := now.body["steps"].([]any)[1].(m)["waits"].([]any); len(waits) != 3 {
		s.Errorf("what waits: %s", now.Body)
	}
	now = s.by(0, "POST", at+"/steps/"+step+"/waits/"+string(gap)+"/place", nil, "If-Match", now.Header().Get("ETag"))
	if placed := now.body["steps"].([]any)[1].(m); placed["text"] != "Wait for the bell." || len(placed["scars"].([]any)) != 3 || placed["waits"] != nil {
		s.Errorf("placed: %s", now.Body)
	}
}

// tourTrial keeps a change that rests on one failure, and puts another one back, as the owner.
func (s *site) tourTrial(at string) {
	s.Helper()
	step := s.by(1, "GET", at, nil).body["steps"].([]any)[0].(m)["id"].(string)
	for days, act := range map[int]string{40: "keep", 39: "put-back"} {
		var gap practice.GapID
		if err := s.db.Update(s.Context(), func(tx *store.Tx) (err error) {
			gap, err = storetest.Tried(tx, practice.StepID(step), tx.Now().AddDate(0, 0, -days), "Hold on, "+act+".", "")
			return err
		}); err != nil {
			s.Fatal(err)
		}
		now := s.by(1, "GET", at, nil)
		if trial := now.body["steps"].([]any)[0].(m)["trial"].(m); trial["gap"] != string(gap) {
			s.Errorf("on trial: %s", now.Body)
		}
		now = s.by(1, "POST", at+"/trials/"+string(gap)+"/"+act, m{"why": "We saw it."})
		if is := now.body["steps"].([]any)[0].(m); is["trial"] != nil || (is["text"] == "Hold on, "+act+".") != (act == "keep") {
			s.Errorf("%s: %s", act, now.Body)
		}
	}
}

// tourWait lets a change wait at a step that takes three failures to change, and takes it
// back.
func (r *meeting) tourWait(g *gapAt, manual reply, step any) {
	r.Helper()
	if answer := r.by(0, "PUT", "/procedures/locking-up/steps/"+step.(string)+"/core", m{"core": true, "why": "The street floods."}); answer.body["steps"].([]any)[0].(m)["core"] != true {
		r.Errorf("marked: %s", answer.Body)
	}
	r.refused(r.ask("POST", r.base+"/gaps/"+g.id+"/change", m{"procedure": manual.at("id"), "base": 1, "act": "edit", "step": step, "text": "Turn the tap off, twice."}, seatHeader, r.seats[0], "If-Match", g.version), http.StatusConflict, "core.waits")
	r.on(g, "POST", "/wait", m{"procedure": manual.at("id"), "base": 1, "act": "edit", "step": step, "text": "Turn the tap off, twice."})
	r.on(g, "POST", "/change-at-once", m{"procedure": manual.at("id"), "base": 1, "act": "edit", "step": step, "text": "Turn the tap off, twice.", "harm": "The cellar floods."})
	r.on(g, "POST", "/watch", m{"what": "Wet floors", "ask_at": r.clock.Now().AddDate(0, 1, 0)})
	r.on(g, "POST", "/unroute", nil)
	r.clock.Pass(time.Second) // what a gap led to last is what is taken back
	r.by(0, "PUT", "/procedures/locking-up/steps/"+step.(string)+"/core", m{"why": "It drains by itself."})
}
