package rest

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"strings"
	"time"
)

// tourHouse looks after people, teams, devices and tokens.
func (s *site) tourHouse() {
	s.Helper()
	o := s.with(0, "GET", "/organisation", nil)
	s.with(0, "PUT", "/organisation", m{"name": "Alder & Mill", "zone": "Europe/Berlin", "day_starts_at": 480, "day_ends_at": 1020,
		"retention_days": 60, "guardian": "Dr. Okafor", "other_way": "The works council"}, "If-Match", o.Header().Get("ETag"))
	s.refused(s.ask("PUT", "/organisation", m{"name": "Elder"}, "Cookie", s.devices[0], "If-Match", o.Header().Get("ETag")), 412, "changed.meanwhile")
	night := s.with(0, "POST", "/teams", m{"name": "Night crew", "pack": "activist", "why": "They share our gate."})
	team := s.with(1, "GET", "/teams/"+s.team, nil)
	s.with(1, "PUT", "/teams/"+s.team, m{"name": "Saturday crew", "pack": "operations", "cycle_days": 7, "groups": []string{"Neighbours"},
		"triggers": []m{{"kind": "harm", "text": "Somebody was hurt"}, {"kind": "near_miss", "text": "It only just went well, and by luck"}}},
		"If-Match", team.Header().Get("ETag"))
	s.with(0, "GET", "/teams", nil)
	cycles := s.by(0, "GET", "/teams/"+s.team+"/cycles", nil).items()
	if len(cycles) != 1 {
		s.Fatalf("cycles: %v", cycles)
	}
	if one := s.by(0, "GET", "/cycles/"+cycles[0].(m)["id"].(string), nil); one.at("cycle", "end_at") != team.at("next_cycle") {
		s.Errorf("the one the team is in: %s beside %s", one.Body, team.Body)
	}
	s.with(1, "PUT", "/teams/"+s.team+"/conveners", m{"conveners": s.people[:2]})
	s.about(s.ask("PUT", "/teams/"+s.team+"/conveners", m{"conveners": []string{"mem_nobody"}}, "Cookie", s.devices[1]), "conveners")
	if away := s.with(1, "PUT", "/teams/"+s.team+"/conveners/"+s.people[0], m{"away": true}); away.body["this_week"] != s.people[1] {
		s.Errorf("one is away, and it is %s", away.Body)
	}
	if list := s.by(0, "GET", "/teams/"+s.team+"/conveners", nil).body["conveners"].([]any); len(list) != 2 {
		s.Errorf("convene in turn: %v", list)
	}
	s.with(1, "PUT", "/teams/"+s.team+"/conveners", m{})
	s.with(0, "POST", "/teams/"+night.at("id")+"/members", m{"names": []string{"Amal", "Dele"}})
	s.with(0, "GET", "/teams/"+night.at("id")+"/members", nil)
	if me := s.with(1, "GET", "/members/me", nil); len(me.body["teams"].([]any)) != 2 {
		s.Errorf("Amal: %s", me.Body)
	}
	s.with(0, "DELETE", "/teams/"+night.at("id")+"/members/"+s.people[1], nil)
	s.with(1, "PUT", "/members/me/name", m{"name": "Amal"})
	dele := s.named("Dele")
	s.with(0, "PUT", "/members/"+dele+"/leads", m{"leads": s.people[1:]})
	s.with(0, "PUT", "/members/"+dele+"/steward", m{"steward": false})
	s.with(0, "PUT", "/members/"+s.people[0]+"/records", m{"records": true})
	s.tourDevices()
	s.tourDoor(night.at("id"))
	for _, path := range []string{"/packs", "/packs/tech"} {
		s.by(0, "GET", path, nil)
	}
}

// named is the id of whoever the team calls so.
func (s *site) named(name string) string {
	s.Helper()
	for _, one := range s.with(0, "GET", "/members", nil).items() {
		if one.(m)["name"] == name {
			return one.(m)["id"].(string)
		}
	}
	s.Fatalf("nobody is called %s", name)
	return ""
}

func (s *site) tourDevices() {
	s.Helper()
	devices := s.with(0, "GET", "/devices", nil).items()
	this := devices[0].(m)
	if len(devices) != 1 || this["this"] != true {
		s.Errorf("devices: %v", devices)
	}
	s.with(0, "PUT", "/devices/"+this["id"].(string), m{"label": "The office laptop"})
	s.with(1, "PUT", "/passphrase", m{"passphrase": "nine green bottles"})
	again := s.done(s.ask("POST", "/devices", m{"name": "amal", "passphrase": "nine green bottles"}))
	cookie := again.Result().Cookies()[0]
	s.clock.Pass(11 * time.Minute)
	late := s.ask("POST", "/tokens", m{"name": "late", "scopes": []string{"read"}}, "Cookie", cookie.Name+"="+cookie.Value)
	s.refused(late, http.StatusForbidden, "prove.first")
	proof := s.done(s.ask("POST", "/proof", m{"passphrase": "nine green bottles"}, "Cookie", cookie.Name+"="+cookie.Value)).Result().Cookies()[0]
	s.done(s.ask("POST", "/tokens", m{"name": "late", "scopes": []string{"read"}}, "Cookie", cookie.Name+"="+cookie.Value+"; "+proof.Name+"="+proof.Value))
	tokens := s.with(1, "GET", "/tokens", nil).items()
	s.with(1, "DELETE", "/tokens/"+tokens[0].(m)["id"].(string), nil)
	out := s.done(s.ask("DELETE", "/devices/this", nil, "Cookie", cookie.Name+"="+cookie.Value))
	if len(out.Result().Cookies()) != 2 {
		s.Errorf("what a browser is told on its way out: %v", out.Header())
	}
	s.refused(s.ask("GET", "/now", nil, "Cookie", cookie.Name+"="+cookie.Value), http.StatusUnauthorized, "sign.in")
}

// tourProcedures brings in a checklist and looks after it.
func (s *site) tourProcedures() {
	s.Helper()
	p := s.by(1, "POST", "/procedures", m{"markdown": "# Filling\n\n- [ ] Open the valve.\n- [ ] Wait."})
	at := "/procedures/" + p.at("slug")
	step := p.body["steps"].([]any)[0].(m)["id"]
	change := m{"act": "edit", "step": step, "text": "Open the valve slowly.", "reason": "law", "source": "Water act", "from": s.clock.Now()}
	would := m{"act": "edit", "step": step, "text": "Open the valve slowly."}
	if lines := s.by(0, "POST", at+"/changes/preview", would, "If-Match", `"1"`).items(); len(lines) != 1 {
		s.Errorf("what would change: %v", lines)
	}
	s.by(0, "POST", at+"/changes", change, "If-Match", `"1"`)
	page := "# Filling\n\n- [ ] Open the valve slowly.\n- [ ] Wait.\n- [ ] Close it."
	s.by(0, "POST", at+"/preview", m{"markdown": page})
	s.by(0, "PUT", at, m{"markdown": page}, "If-Match", `"2"`)
	late := s.ask("PUT", at, m{"markdown": page + "\n"}, "Authorization", "Bearer "+s.tokens[0], "If-Match", `"2"`)
	s.refused(late, 412, "changed.meanwhile")
	if late.at("current", "markdown") != page {
		s.Errorf("what is there now: %s", late.Body)
	}
	change["text"] = "Open the valve in two goes."
	late = s.ask("POST", at+"/changes", change, "Authorization", "Bearer "+s.tokens[0], "If-Match", `"1"`)
	s.refused(late, 412, "step.meanwhile")
	s.about(late, "text")
	owner := s.by(1, "GET", at+"/owner", nil).Header().Get("ETag")
	s.by(1, "PUT", at+"/owner", m{"owner": s.people[1], "sign_by": s.people[0], "sign_until": s.clock.Now().AddDate(0, 0, 3)}, "If-Match", owner)
	s.refused(s.ask("PUT", at+"/owner", m{"owner": s.people[0]}, "Authorization", "Bearer "+s.tokens[0], "If-Match", owner), 412, "changed.meanwhile")
	s.by(0, "POST", at+"/sign-off", nil)
	s.by(0, "POST", at+"/use", nil)
	if now := s.by(0, "GET", at+"/current?revision=3", nil); now.body["current"] != true {
		s.Errorf("still current: %s", now.Body)
	}
	if old := s.by(0, "GET", at+"/current?revision=2", nil); old.body["current"] != false {
		s.Errorf("no more current: %s", old.Body)
	}
	if all := s.by(0, "GET", at+"/revisions?limit=2", nil); len(all.items()) != 2 || all.at("next") == "" {
		s.Errorf("revisions: %s", all.Body)
	}
	if first := s.by(0, "GET", at+"/revisions/1", nil); first.at("reason") != "first" || !strings.Contains(first.at("markdown"), "Wait.") {
		s.Errorf("the first: %s", first.Body)
	}
	if two := s.by(0, "GET", at+"/revisions/2", nil); two.at("reason") != "law" || !strings.Contains(two.at("markdown"), "slowly") {
		s.Errorf("the second: %s", two.Body)
	}
	s.by(0, "GET", "/procedures", nil)
	s.tourCore(at)
	s.tourTrial(at)
	s.by(0, "PUT", at+"/retired", m{"retired": true})
}

// tourFailures reports what nobody meets about.
func (s *site) tourFailures() {
	s.Helper()
	s.about(s.ask("POST", "/failures", m{"text": "x", "stage": "after"}, "Authorization", "Bearer "+s.tokens[0]), "team")
	first := s.by(0, "POST", "/failures", m{"text": "The tap dripped all night.", "stage": "early", "at": s.clock.Now().Add(-time.Hour)},
		teamHeader, s.team)
	second := s.by(1, "POST", "/failures", m{"text": "The tap dripped again all night.", "stage": "after"})
	at := "/failures/" + first.at("id")
	fact := s.by(1, "POST", at+"/facts", m{"text": "The floor was wet.", "link": "monitor.example.org/floor"})
	shown := s.picture(at + "/pictures")
	s.about(s.ask("POST", at+"/facts", m{"text": "It will rain.", "at": s.clock.Now().Add(time.Hour)}, "Authorization", "Bearer "+s.tokens[1]), "at")
	if strip := s.by(0, "GET", at+"/facts", nil).items(); len(strip) != 2 {
		s.Errorf("facts: %v", strip)
	}
	if file := s.by(0, "GET", "/files/"+shown.at("file"), nil); file.Header().Get("Content-Disposition") != "attachment" || file.Body.Len() == 0 {
		s.Errorf("the picture: %v", file.Header())
	}
	s.by(1, "DELETE", "/facts/"+fact.at("id"), nil)
	tie := s.by(1, "POST", "/failures/"+second.at("id")+"/ties", m{"other": first.at("id"), "kind": "same"})
	s.by(0, "GET", at+"/ties", nil)
	s.by(0, "GET", at+"/earlier", nil)
	s.by(0, "DELETE", "/ties/"+tie.at("id"), nil)
	manual := s.by(0, "GET", "/procedures/locking-up", nil)
	s.by(0, "PUT", at+"/step", m{"step": manual.body["steps"].([]any)[0].(m)["id"]})
	s.by(0, "PUT", at+"/convener", m{"to": s.people[1]})
	hot := s.by(1, "POST", "/failures/hot", m{"meant": "Keep it dry.", "happened": "It dripped.", "carrier": "Juniper", "kind": "avoidable", "severe": true})
	if five := s.by(0, "GET", "/failures/"+hot.at("id")+"/hot", nil); five.at("carrier") != "Juniper" || five.at("meant") != "Keep it dry." || hot.at("reported_at") != "" {
		s.Errorf("five minutes: %s, %s", hot.Body, five.Body)
	}
	s.about(s.ask("POST", "/failures/hot", m{"happened": "It dripped.", "carrier": "we"}, "Authorization", "Bearer "+s.tokens[1]), "carrier")
	s.by(1, "POST", "/failures/noted", m{"failures": []string{first.at("id"), second.at("id")}, "why": "Known."})
	s.by(0, "GET", at, nil)
	s.by(0, "POST", "/similar", m{"text": "The tap dripped."})
	s.by(0, "GET", "/search?q=tap", nil)
	if now := s.by(1, "GET", "/now", nil); len(now.body["notices"].([]any)) == 0 {
		s.Errorf("now: %s", now.Body)
	}
	notice := s.by(1, "GET", "/notices", nil).items()[0].(m)
	if text := notice["text"].(string); text == "" || strings.Contains(text, "notice.") {
		s.Errorf("a notice in words: %q", text)
	}
	s.by(1, "POST", "/notices/"+notice["id"].(string)+"/seen", nil)
}

// picture adds a fact with its picture.
func (s *site) picture(path string) reply {
	s.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	_ = form.WriteField("text", "So it looked.")
	file, err := form.CreatePart(map[string][]string{"Content-Disposition": {`form-data; name="picture"; filename="IMG_1.png"`}, "Content-Type": {"image/png"}})
	if err == nil {
		err = png.Encode(file, image.NewGray(image.Rect(0, 0, 8, 8)))
	}
	if err != nil {
		s.Fatal(err)
	}
	form.Close()
	return s.done(s.send("POST", Prefix+path, body.String(), "Content-Type", form.FormDataContentType(), "Authorization", "Bearer "+s.tokens[0]))
}

// tourUnnamed reports without a name, and talks with whoever did.
func (s *site) tourUnnamed() {
	s.Helper()
	address := s.with(1, "GET", "/teams/"+s.team+"/address", nil).at("address")
	renewed := s.with(0, "POST", "/teams/"+s.team+"/address", nil).at("address")
	s.refused(s.ask("GET", "/unnamed/"+address, nil), http.StatusConflict, "address.old")
	if house := s.done(s.ask("GET", "/unnamed/"+renewed, nil)); house.at("team") != "Saturday crew" {
		s.Errorf("the house: %s", house.Body)
	}
	sent := s.done(s.ask("POST", "/unnamed/"+renewed, m{"text": "The key hung outside.", "stage": "early", "alias": "a neighbour"}))
	words := m{"words": sent.at("words")}
	s.done(s.ask("POST", "/receipts/correct", m{"words": sent.at("words"), "text": "The key hung outside all day."}))
	if held := s.done(s.ask("POST", "/receipts/open", words)); held.body["waits"] != true || held.at("text") != "The key hung outside all day." {
		s.Errorf("while it waits: %s", held.Body)
	}
	if list := s.by(0, "GET", "/failures?limit=1", nil).Body.String(); strings.Contains(list, "The key") {
		s.Errorf("it appeared before its hour: %s", list)
	}
	s.clock.Pass(time.Hour)
	if err := s.api.Rooms.Release(s.Context(), s.clock.Now().Truncate(time.Hour)); err != nil {
		s.Fatal(err)
	}
	f := s.by(0, "GET", "/failures?limit=1", nil).items()[0].(m)
	at := "/failures/" + f["id"].(string) + "/thread"
	s.by(0, "POST", at, m{"text": "Which key was it?"})
	held := s.done(s.ask("POST", "/receipts/open", words))
	question := held.body["thread"].([]any)[0].(m)
	s.done(s.ask("POST", "/receipts/say", m{"words": sent.at("words"), "text": "The one of the gate.", "answers": question["id"]}))
	s.by(0, "GET", at, nil)
	if gone := s.done(s.ask("POST", "/receipts/withdraw", words)); gone.body["gone"] != false {
		s.Errorf("taken back: %s", gone.Body)
	}
	s.refused(s.ask("POST", "/receipts/open", m{"words": "one two three"}), http.StatusBadRequest, "words.unknown")
}

// tourArrival is the room before question one: seats are drawn, lost and freed.
func (r *meeting) tourArrival() {
	r.Helper()
	r.by(0, "PUT", "/reviews/"+r.id+"/time", m{"meet_at": r.clock.Now().Add(2 * time.Hour)})
	r.by(0, "PUT", "/failures/"+r.failure+"/plan", m{"plan": r.plan})
	r.by(0, "GET", "/reviews", nil)
	r.by(0, "GET", "/reviews/"+r.id, nil)
	r.by(0, "GET", "/failures/"+r.failure+"/reviews", nil)
	r.tourAsking()
	r.sit(0)
	r.sit(1)
	r.in(r.seats[1], "POST", r.base+"/leave", nil)
	r.seats, r.words = r.seats[:1], r.words[:1]
	r.sit(1)
	if words := r.done(r.ask("POST", r.base+"/words", m{"words": strings.ToUpper(r.words[1])})); words.at("key") != r.seats[1] {
		r.Errorf("the words open another seat: %s", words.Body)
	}
	r.act("GET", "/arrival", nil)
	r.act("POST", "/ideas", m{"idea": "A second gauge."})
	ideas := r.act("GET", "", nil).body["ideas"].([]any)
	r.act("DELETE", "/ideas/"+ideas[0].(m)["id"].(string), nil)
	r.act("PUT", "/trace", m{"trace": "The log of the pump"})
	r.act("POST", "/press", m{"what": "move"})
	r.act("POST", "/heard", m{"what": "move"})
	for _, seat := range r.seats {
		r.in(seat, "POST", r.base+"/roll", nil)
	}
	r.act("POST", "/free", nil)
	r.move()
}

// tourGuide asks somebody to lead it from outside, who says yes, until the script
// leads it again.
func (r *meeting) tourGuide(dele string) {
	r.Helper()
	at, of := "/reviews/"+r.id, "/failures/"+r.failure+"/guide"
	r.refused(r.ask("PUT", at+"/guide", m{"member": dele}, "Cookie", r.devices[0]), http.StatusConflict, "guide.leads")
	r.with(0, "PUT", "/members/"+dele+"/leads", m{"leads": []string{}})
	r.by(0, "PUT", at+"/guide", m{"member": dele})
	if g := r.by(0, "GET", at, nil); g.at("guide", "name") != "Dele" || g.body["guide"].(m)["outside"] != false {
		r.Errorf("who leads it: %s", g.Body)
	}
	r.by(2, "POST", at+"/guide/outside", m{})
	r.by(1, "PUT", at+"/talk", nil)
	r.by(2, "PUT", at+"/guide/note", m{"note": "ask what each needs"})
	if g := r.by(2, "GET", of, nil); g.at("note") != "ask what each needs" || g.body["talks"].([]any)[0] != "Amal" {
		r.Errorf("what they read: %s", g.Body)
	}
	r.by(1, "DELETE", at+"/talk", nil)
	guest := r.with(0, "POST", "/failures/"+r.failure+"/passes", m{"name": "Juno"})
	link := m{"pass": guest.at("pass"), "talk": true}
	r.done(r.ask("PUT", "/passes/talk", link))
	if seen := r.done(r.ask("POST", "/passes/look", m{"pass": link["pass"], "use": "seat"})); seen.at("led_by") != "Dele" || seen.body["talk"] != true {
		r.Errorf("before a guest: %s", seen.Body)
	}
	link["talk"] = false
	r.done(r.ask("PUT", "/passes/talk", link))
	if g := r.by(2, "GET", of, nil); len(g.body["talks"].([]any)) != 0 {
		r.Errorf("who asks to talk: %s", g.Body)
	}
	r.with(0, "DELETE", "/passes/"+guest.at("id"), nil)
	r.by(0, "DELETE", at+"/guide", nil)
}

// tourAsking lets somebody ask in who was there, too.
func (r *meeting) tourAsking() {
	r.Helper()
	dele := r.named("Dele")
	r.with(0, "POST", "/teams/"+r.team+"/members", m{"names": []string{"Dele"}})
	link := r.with(0, "POST", "/members/"+dele+"/links", m{"use": "in"})
	r.comeIn(dele, r.done(r.ask("POST", "/devices", m{"link": link.at("link")})))
	at := "/failures/" + r.failure
	if asked := r.by(2, "POST", at+"/asks", nil); asked.body["names"].([]any)[0] != "Noor" {
		r.Errorf("asked: %s", asked.Body)
	}
	if ask := r.by(0, "GET", at+"/asks/"+dele, nil); ask.body["invited"] != false {
		r.Errorf("asking: %s", ask.Body)
	}
	r.by(0, "DELETE", at+"/asks/"+dele, nil)
	r.tourGuide(dele)
	r.by(0, "POST", at+"/guests", m{"member": dele, "there": true})
	if ask := r.by(0, "GET", at+"/asks/"+dele, nil); ask.body["invited"] != true {
		r.Errorf("invited: %s", ask.Body)
	}
	shown := r.picture(at + "/pictures")
	r.shown = shown.at("file")
}

// tourQuestions answers the first three questions.
func (r *meeting) tourQuestions() {
	r.Helper()
	r.act("POST", "/more-time", nil)
	r.agree("intended")
	r.act("POST", "/questions/intended/finish", nil)
	r.act("POST", "/questions/intended/reveal", nil)
	r.clock.Pass(5 * time.Minute)
	r.act("POST", "/questions/intended/difference", m{"differ": "By ten, or by noon?"})
	r.move()
	for _, seat := range r.seats {
		r.in(seat, "POST", r.base+"/extend", nil)
	}
	r.agree("happened")
	if picture := r.act("GET", "/files/"+r.shown, nil); picture.Body.Len() == 0 {
		r.Error("no picture beside question two")
	}
	r.move()
	r.clock.Pass(time.Hour)
	r.act("POST", "/sit-again", m{}, r.act("GET", "", nil).Header().Get("ETag"))
	r.write("gap", m{"text": "The tank is full.", "actual": "It was empty.", "where": "At the valve."})
}

// tourSorting names three gaps and sorts them.
func (r *meeting) tourSorting() {
	r.Helper()
	for _, why := range []string{"it was the drought", ""} {
		at := r.act("POST", "/no-gap", m{"why": why}, r.act("GET", "", nil).Header().Get("ETag"))
		if said, _ := at.body["nothing_why"].(string); said != why {
			r.Errorf("why nothing changes: %s", at.Body)
		}
	}
	r.act("PUT", "/reasons/0", m{"came_true": true})
	if q := r.act("GET", "/questions/gap", nil); q.body["plan"].(m)["reasons"].([]any)[0] != "The pump was too weak." || len(q.body["room"].(m)["review"].(m)["came_true"].([]any)) != 1 {
		r.Errorf("what was supposed before: %s", q.Body)
	}
	away := r.name("Nowhere.")
	r.act("DELETE", "/gaps/"+away.id, nil, away.version)
	one, two := r.name("At the valve."), r.name("At the gauge.")
	r.on(one, "PUT", "", m{"intended": "The tank is full.", "actual": "It was empty.", "where": "At the old valve."})
	r.on(one, "POST", "/quotes", m{"quotes": []string{"It was empty."}})
	r.move()
	r.sort(one, m{"round": 1, "kind": "avoidable"})
	r.sort(two, m{"round": 1, "kind": "inherent", "could": "nobody", "needs": "Another law."})
	r.again(one)
	r.again(two)
	r.on(one, "POST", "/hear-again", nil)
	r.sort(one, m{"round": 2, "kind": "avoidable"})
	r.again(one)
	r.on(one, "POST", "/split", m{"first": m{"intended": "The tank is full.", "actual": "It was empty.", "where": "At the valve."},
		"second": m{"intended": "The gauge is right.", "actual": "It stuck.", "where": "At the pump."}})
	kinds := map[string]string{}
	for _, gap := range r.act("GET", "/sorting", nil).body["gaps"].([]any) {
		g := &gapAt{id: gap.(m)["id"].(string)}
		kinds[g.id] = map[string]string{one.id: "avoidable", two.id: "inherent"}[g.id]
		if kinds[g.id] == "" {
			kinds[g.id] = "experiment"
		}
		if g.id != two.id {
			r.sort(g, m{"round": 3, "kind": kinds[g.id]})
		}
	}
	for id, kind := range kinds {
		g := &gapAt{id: id}
		r.again(g)
		r.on(g, "POST", "/settle", m{"verdict": kind, "needs": "Another law.", "could": "nobody"})
	}
	r.move()
}

// tourChanges takes every way a gap can change something.
func (r *meeting) tourChanges() {
	r.Helper()
	manual := r.by(0, "GET", "/procedures/locking-up", nil)
	step := manual.body["steps"].([]any)[0].(m)["id"]
	for _, gap := range r.act("GET", "/sorting", nil).body["gaps"].([]any) {
		g := &gapAt{gap.(m)["id"].(string), tag(int(gap.(m)["version"].(float64)))}
		r.act("GET", "/embedding?gap="+g.id, nil)
		switch gap.(m)["verdict"] {
		case "avoidable":
			r.on(g, "POST", "/promise", m{"why": "The part is ordered.", "by": r.clock.Now().AddDate(0, 0, 1)})
			r.on(g, "POST", "/unroute", nil)
			r.on(g, "POST", "/refer", m{"name": "The landlord", "mail": "landlord@x.example", "why": "The pump is theirs."})
			r.on(g, "POST", "/covered", m{"to": step, "why": "It says so."})
			r.on(g, "POST", "/nothing", m{"why": "It was a drill."})
			r.tourWait(g, manual, step)
			r.on(g, "POST", "/safeguard", m{"link": "https://repository.example.org/7", "text": "The gauge is read twice."})
			r.on(g, "POST", "/first-step", m{"title": "Opening", "line": "Look at the tank."})
			r.on(g, "POST", "/change", m{"procedure": manual.at("id"), "base": 3, "act": "edit", "step": step, "text": "Turn the tap off, and look."})
		case "inherent":
			r.on(g, "POST", "/constraint", m{"text": "No water after ten.", "assume": "The tank is our only water.", "kind": "law", "places": []string{"plan"}})
		default:
			r.on(g, "POST", "/finding", m{"tried": "A second gauge", "known": []string{"Both stick."}, "next": "Does a float stick?", "because": []string{"It has no needle."}})
		}
	}
	r.move()
	r.tourGuestCarries()
	r.close(false)
}

// tourLearned reads what a closed review left, and carries it on.
func (s *site) tourLearned(r *meeting) {
	s.Helper()
	for _, path := range []string{"/gaps", "/constraints", "/constraints/1", "/findings", "/findings/1", "/safeguards", "/failures", "/carries", "/teams/" + s.team + "/grounds"} {
		s.by(0, "GET", path, nil)
	}
	if record := s.by(0, "GET", "/failures/"+r.failure+"/record", nil); len(record.body["gaps"].([]any)) != 3 || record.body["answers"] != nil || len(record.body["opened"].([]any)) != 0 {
		s.Errorf("the record: %s", record.Body)
	}
	if raw := s.by(0, "POST", "/failures/"+r.failure+"/record/answers", nil); len(raw.body["answers"].([]any)) != 6 || raw.body["opened"].([]any)[0].(m)["by_token"] != true {
		s.Errorf("what was written alone: %s", raw.Body)
	}
	if raw := s.done(s.ask("POST", "/passes/record/answers", m{"pass": r.guest})); len(raw.body["answers"].([]any)) != 6 || len(raw.body["opened"].([]any)) != 2 {
		s.Errorf("what a guest reads of it: %s", raw.Body)
	}
	if record := s.done(s.ask("POST", "/passes/record", m{"pass": r.guest})); len(record.body["gaps"].([]any)) != 3 {
		s.Errorf("what a guest reads of it: %s", record.Body)
	}
	if v := s.by(0, "GET", "/teams/"+s.team+"/vitality", nil); v.body["enough_people"] != false {
		s.Errorf("what is measured of few: %s", v.Body)
	}
	if tour := s.by(0, "GET", "/teams/"+s.team+"/tour", nil); len(tour.body["stops"].([]any)) != 6 || tour.body["stops"].([]any)[2].(m)["id"] == "" {
		s.Errorf("how the team got here: %s", tour.Body)
	}
	s.by(2, "POST", "/teams/"+s.team+"/newcomer/answers", m{})
	s.by(2, "POST", "/procedures/locking-up/runs", m{"witness": s.people[0]})
	if me := s.by(2, "GET", "/teams/"+s.team+"/newcomer", nil); me.body["new_here"] != true {
		s.Errorf("somebody new: %s", me.Body)
	} else {
		s.by(0, "POST", "/newcomers/"+me.at("id")+"/seen", m{"yes": true})
	}
	s.tourAssumptions()
	s.by(0, "POST", "/constraints/1/places", m{"place": "budget"})
	s.by(0, "POST", "/constraints/1/look", m{"holds": true})
	s.refused(s.ask("PUT", "/failures/"+r.failure+"/hold", m{"why": "The inspectors asked."}, "Cookie", s.devices[1]), 404, "not.found")
	s.about(s.ask("PUT", "/failures/"+r.failure+"/hold", m{}, "Cookie", s.devices[0]), "why")
	s.with(0, "PUT", "/failures/"+r.failure+"/hold", m{"why": "The inspectors asked for it."})
	if h := s.by(1, "GET", "/failures/"+r.failure+"/hold", nil); h.body["why"] != "The inspectors asked for it." || h.body["held_by"] == nil {
		s.Errorf("what keeps it: %s", h.Body)
	}
	s.with(0, "POST", "/failures/"+r.failure+"/hold/end", m{"why": "They have seen it."})
	if kept := s.with(0, "GET", "/kept", nil); len(kept.body["kept"].([]any)) < 20 || len(kept.body["holds"].([]any)) != 1 {
		s.Errorf("what is kept: %s", kept.Body)
	}
	carry := "/carries/" + s.by(1, "GET", "/carries", nil).items()[0].(m)["id"].(string)
	s.refused(s.ask("POST", carry+"/unsay", nil, "Cookie", s.devices[1]), 409, "carry.unheard")
	s.by(1, "POST", carry+"/decline", nil)
	s.by(0, "PUT", carry+"/carrier", m{"to": s.people[0]})
	s.by(0, "POST", carry+"/accept", nil)
	s.watched(r)
	s.by(0, "POST", carry+"/hand", m{"to": s.people[1]})
	s.by(1, "POST", carry+"/decline", nil)
	if kept := s.by(0, "GET", carry, nil); kept.at("name") != "Noor" || kept.at("state") != "accepted" {
		s.Errorf("the carry: %s", kept.Body)
	}
	s.by(0, "GET", carry, nil)
	s.by(0, "POST", carry+"/finish", m{"state": "dropped", "words": "The pump is gone."})
}

// watched names what is watched of a change that the first of them carries.
func (s *site) watched(r *meeting) {
	s.Helper()
	for _, one := range s.by(0, "GET", "/failures/"+r.failure+"/record", nil).body["gaps"].([]any) {
		if kind := one.(m)["route"].(m)["kind"]; kind == "step" || kind == "safeguard" {
			s.effect = "/gaps/" + one.(m)["id"].(string) + "/effect"
		}
	}
	s.refused(s.ask("PUT", s.effect, m{"what": "Dry pumps", "ask_at": s.clock.Now().AddDate(0, 0, 1)}, "Cookie", s.devices[1]), 403, "effect.carrier")
	s.by(0, "PUT", s.effect, m{"what": "Dry pumps", "ask_at": s.clock.Now().AddDate(0, 0, 1)})
}
