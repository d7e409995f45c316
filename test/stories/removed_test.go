package stories

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/store/storetest"
)

// The streams of whoever was let go, whose device was ended, who was taken out of
// the team or who gave their seat back end by themselves, where it happened and
// on the other server. Whoever was not removed is the control: they go on hearing.
//
// That it takes no more than five seconds is proved where time is ours, beside the
// stream itself; two processes on a busy machine may take longer.
func TestStreams_endWithWhoeverIsRemoved(t *testing.T) {
	onServers(t, removals)
}

// onServers tells a story on one server, and on two that share a database.
func onServers(t *testing.T, how func(*testing.T, ...*debrieftest.Site)) {
	t.Run("sqlite", func(t *testing.T) { how(t, debrieftest.Start(t, debrieftest.Options{})) })
	t.Run("postgres", func(t *testing.T) {
		o := debrieftest.Options{Database: storetest.Postgres(t)}
		how(t, debrieftest.Start(t, o), debrieftest.Start(t, o))
	})
}

func removals(t *testing.T, sites ...*debrieftest.Site) {
	h := settle(t, sites)
	gone, ended, out, stays := h.comes("Amal"), h.comes("Bela"), h.comes("Chi"), h.comes("Dele")
	failure := h.report("The lift key was not on its hook.")
	room := h.room(failure, gone, stays)
	left, sits := h.sit(gone, room), h.sit(stays, room)

	var end, stay []*stream
	for _, site := range sites {
		for _, who := range []someone{gone, ended, out} {
			end = append(end, h.listen(site, who, "/news"), h.listen(site, who, "/team/news"))
		}
		end = append(end, h.listen(site, gone, "/f/1/news"), h.listen(site, left, "/seat/"+room+"/news"))
		stay = append(stay, h.listen(site, stays, "/news"), h.listen(site, stays, "/f/1/news"), h.listen(site, sits, "/seat/"+room+"/news"))
	}
	for _, s := range append(end, stay...) {
		s.begins()
	}
	h.ask(left, "POST", "/seats/"+room+"/leave", nil)
	h.ask(h.ines, "DELETE", "/teams/"+h.team+"/members/"+out.id, nil)
	for _, device := range h.ask(h.ines, "GET", "/devices?member="+ended.id, nil).list() {
		h.ask(h.ines, "DELETE", "/devices/"+device.text("id"), nil)
	}
	h.ask(h.ines, "POST", "/members/"+gone.id+"/let-go", fields{"handover": []fields{}})
	var before []int32
	for _, s := range end {
		s.ends()
	}
	for _, s := range stay {
		before = append(before, s.heard.Load())
	}
	h.report("The trolley stood in the rain.")
	h.ask(stays, "POST", "/failures/"+failure.text("id")+"/facts", fields{"text": "It rained."})
	h.ask(sits, "POST", "/seats/"+room+"/roll", nil)
	for i, s := range stay {
		s.hears(before[i])
	}
}

// A guest, who came by a signed link, hears what happens in their one room and nothing of
// the team, on every server. Their link, taken back, opens nothing more, and
// ends the seats that were taken by a link; the others hear on until the room ends.
func TestStreams_ofAGuest(t *testing.T) {
	onServers(t, hosts)
}

func hosts(t *testing.T, sites ...*debrieftest.Site) {
	h := settle(t, sites)
	stays := h.comes("Dele")
	failure := h.report("The lift key was not on its hook.")
	room := h.room(failure, stays)
	sits, seats := h.sit(stays, room), "/seats/"+room
	tariq, una := h.invites(failure, "Tariq"), h.invites(failure, "Una")
	guest := h.takes(someone{Visitor: debrieftest.NewVisitor()}, room, "/passes/place", fields{"pass": tariq.text("pass"), "closeness": "saw"})

	var guests, members, others []*stream
	for _, site := range sites {
		guests = append(guests, h.listen(site, guest, "/seat/"+room+"/news"))
		others = append(others, h.listen(site, sits, "/seat/"+room+"/news"))
		members = append(members, h.listen(site, stays, "/news"))
		for _, page := range []string{"/news", "/f/1/news", "/team/news"} {
			if got := h.status(guest, "GET", site.URL+page, nil); got != http.StatusSeeOther {
				t.Errorf("a guest asks for %s, which leads to the door: %d", page, got)
			}
		}
	}
	for _, s := range append(append(guests, members...), others...) {
		s.begins()
	}
	h.report("The trolley stood in the rain.")
	for _, s := range members {
		s.hears(0)
	}
	h.ask(sits, "POST", seats+"/roll", nil)
	for i, s := range guests {
		s.hears(0)
		others[i].hears(0)
		if got, want := s.heard.Load(), others[i].heard.Load(); got != 1 || want != 1 {
			t.Errorf("of one thing in the room the guest heard %d, and the other seat %d", got, want)
		}
	}
	for _, link := range []fields{tariq, una} {
		h.ask(h.ines, "DELETE", "/passes/"+link.text("id"), nil)
		for _, site := range sites {
			body := fields{"pass": link.text("pass"), "closeness": "saw"}
			if got := h.status(someone{Visitor: debrieftest.NewVisitor()}, "POST", site.URL+"/api/v1/passes/place", body); got != http.StatusConflict {
				t.Errorf("a link that was taken back: %d", got)
			}
		}
	}
	for _, s := range guests {
		s.ends()
	}
	var before []int32
	for _, s := range members {
		before = append(before, s.heard.Load())
	}
	h.ask(h.ines, "DELETE", "/reviews/"+room, nil)
	for _, s := range others {
		s.ends()
	}
	h.report("A lamp is out.")
	for i, s := range members {
		s.hears(before[i])
	}
}

// invites makes the signed link of somebody without an account.
func (h *house) invites(failure fields, name string) fields {
	h.Helper()
	return h.ask(h.ines, "POST", "/failures/"+failure.text("id")+"/passes", fields{"name": name})
}

// status is how a server answers somebody.
func (h *house) status(who someone, verb, address string, body fields) int {
	h.Helper()
	text, _ := json.Marshal(body) // errs for nothing that is in them
	r := h.request(who, verb, address, bytes.NewReader(text))
	r.Header.Set("Content-Type", "application/json")
	answer, said, err := who.Do(r)
	if err != nil {
		h.Fatalf("%s %s: %v %s", verb, address, err, said)
	}
	return answer.StatusCode
}

// house is an organisation whose people ask by the JSON API, as a browser does.
type house struct {
	*testing.T
	sites []*debrieftest.Site
	ines  someone
	team  string
}

// someone is a person with a browser, or a seat.
type someone struct {
	*debrieftest.Visitor
	id, seat string
}

// fields is an object of the API.
type fields map[string]any

func (f fields) text(name string) string { s, _ := f[name].(string); return s }

func (f fields) list() (all []fields) {
	items, _ := f["items"].([]any)
	for _, one := range items {
		all = append(all, one.(map[string]any))
	}
	return all
}

func settle(t *testing.T, sites []*debrieftest.Site) *house {
	t.Helper()
	ines, err := debrieftest.SetUp(t.Context(), sites[0])
	if err != nil {
		t.Fatal(err)
	}
	h := &house{T: t, sites: sites, ines: someone{Visitor: ines}}
	h.team = h.ask(h.ines, "GET", "/teams", nil).list()[0].text("id")
	return h
}

// ask asks the first server and wants it done.
func (h *house) ask(who someone, verb, path string, body fields) fields {
	h.Helper()
	text, _ := json.Marshal(body) // errs for nothing that is in them
	r := h.request(who, verb, h.sites[0].URL+"/api/v1"+path, bytes.NewReader(text))
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	answer, said, err := who.Do(r)
	if err != nil || answer.StatusCode >= 300 {
		h.Fatalf("%s %s: %v %s", verb, path, err, said)
	}
	var got fields
	if said != "" {
		if err := json.Unmarshal([]byte(said), &got); err != nil {
			h.Fatalf("%s %s: %v in %s", verb, path, err, said)
		}
	}
	return got
}

func (h *house) request(who someone, verb, address string, body io.Reader) *http.Request {
	h.Helper()
	r, err := http.NewRequestWithContext(h.Context(), verb, address, body)
	if err != nil {
		h.Fatal(err)
	}
	if who.seat != "" {
		r.Header.Set("Debrief-Seat", who.seat)
		r.AddCookie(&http.Cookie{Name: "seat", Value: who.seat})
	}
	return r
}

// comes adds somebody to the team, who comes in by a link.
func (h *house) comes(name string) someone {
	h.Helper()
	h.ask(h.ines, "POST", "/teams/"+h.team+"/members", fields{"names": []string{name}})
	for _, m := range h.ask(h.ines, "GET", "/members", nil).list() {
		if m.text("name") == name {
			link := h.ask(h.ines, "POST", "/members/"+m.text("id")+"/links", fields{"use": "in"})
			who := someone{Visitor: debrieftest.NewVisitor(), id: m.text("id")}
			h.ask(who, "POST", "/devices", fields{"link": link.text("link")})
			return who
		}
	}
	h.Fatalf("nobody is called %s", name)
	return someone{}
}

func (h *house) report(text string) fields {
	h.Helper()
	return h.ask(h.ines, "POST", "/failures", fields{"team": h.team, "text": text, "stage": "after"})
}

// room calls a review of a failure and returns its id.
func (h *house) room(failure fields, people ...someone) string {
	h.Helper()
	var ids []string
	for _, one := range people {
		ids = append(ids, one.id)
	}
	return h.ask(h.ines, "POST", "/reviews", fields{"failure": failure.text("id"), "meet_at": time.Now(), "box_minutes": 30, "people": ids}).text("id")
}

// sit takes the place of an invited person and returns the seat, which knows
// nothing of them.
func (h *house) sit(who someone, room string) someone {
	h.Helper()
	return h.takes(who, room, "/reviews/"+room+"/place", fields{"closeness": "did"})
}

// takes asks for a place and draws a seat with the ticket.
func (h *house) takes(who someone, room, path string, body fields) someone {
	h.Helper()
	place := h.ask(who, "POST", path, body)
	nobody := someone{Visitor: debrieftest.NewVisitor()}
	nobody.seat = h.ask(nobody, "POST", "/seats/"+room, fields{"ticket": place.text("ticket")}).text("key")
	return nobody
}

// stream is what somebody hears on an open page.
type stream struct {
	*house
	address string
	begun   chan struct{}
	heard   atomic.Int32
	over    chan struct{}
}

func (h *house) listen(site *debrieftest.Site, who someone, path string) *stream {
	h.Helper()
	s := &stream{house: h, address: site.URL + path, begun: make(chan struct{}), over: make(chan struct{})}
	r := h.request(who, "GET", s.address, nil)
	go func() {
		defer close(s.over)
		answer, err := who.Open(r)
		if err != nil {
			return
		}
		defer answer.Body.Close()
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			switch line := lines.Text(); {
			case strings.HasPrefix(line, "retry:"):
				close(s.begun)
			case strings.HasPrefix(line, "data:"):
				s.heard.Add(1)
			}
		}
	}()
	return s
}

func (s *stream) begins() { s.Helper(); s.until("begin", s.begun) }
func (s *stream) ends()   { s.Helper(); s.until("end", s.over) }

func (s *stream) until(what string, so <-chan struct{}) {
	s.Helper()
	select {
	case <-so:
	case <-time.After(debrieftest.Patience):
		s.Fatalf("%s does not %s", s.address, what)
	}
}

// hears waits until more was heard than before.
func (s *stream) hears(before int32) {
	s.Helper()
	for until := time.Now().Add(debrieftest.Patience); s.heard.Load() <= before; {
		select {
		case <-s.over:
			s.Fatalf("%s of somebody who stays has ended", s.address)
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(until) {
			s.Fatalf("%s of somebody who stays hears nothing", s.address)
		}
	}
}
