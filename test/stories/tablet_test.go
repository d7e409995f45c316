package stories

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"debrief/internal/debrieftest"
	"debrief/internal/store/storetest"
)

// tabletWidth is that of a tablet held upright.
const tabletWidth = 768

// onWall is a second device of the founder's, which they make a tablet that the
// team shares.
func (s *story) onWall(ines *debrieftest.Device, name string) *debrieftest.Device {
	s.Helper()
	return s.share(ines, s.somebody(tabletWidth), name)
}

// share makes a device one that the team shares, after its founder looked at some pages.
func (s *story) share(ines, d *debrieftest.Device, name string, pages ...string) *debrieftest.Device {
	s.Helper()
	ines.Open("/you")
	ines.Click(s.Say("you.devices.add"))
	ines.See(s.Say("people.once"))
	d.Open(strings.TrimSpace(ines.Text("#secret")))
	d.Click(s.Say("people.link.do"))
	d.Gone(s.Say("people.link.do"))
	s.draft(d, "What Ines began to write")
	for _, page := range pages {
		d.Open(page)
	}
	d.Open("/team/people")
	d.Look("tablet-people")
	d.Click(s.Say("tablet.make"))
	d.Look("tablet-make")
	d.Type("[name=name]", name)
	d.Click(s.Say("tablet.make.do"))
	d.See(s.Say("tablet.who"))
	return d
}

// draft has somebody begin a report on a device of their own, which keeps it: the
// control of everything that a shared tablet does not keep.
func (s *story) draft(d *debrieftest.Device, words string) {
	s.Helper()
	d.Open("/report")
	d.Type(s.Say("report.what"), words)
	d.See(s.Say("draft.kept"))
	if !strings.Contains(d.Evaluate(everythingKept), words) {
		s.Errorf("a device of one's own keeps %s", d.Evaluate(everythingKept))
	}
}

const everythingKept = `JSON.stringify([localStorage, sessionStorage])`

// forgot fails where anything of what somebody wrote is on the tablet: on the page, in
// what it stores, or behind the page.
func (s *story) forgot(d *debrieftest.Device, words ...string) {
	s.Helper()
	d.See(s.Say("tablet.who"))
	if kept := d.Evaluate(everythingKept); kept != "[{},{}]" {
		s.Errorf("the tablet keeps %s", kept)
	}
	s.eventually(d, `Promise.all([caches.keys(), indexedDB.databases(), navigator.serviceWorker.getRegistrations()]).then((all) => all.flat().length === 0)`)
	d.Back()
	d.See(s.Say("tablet.who"))
	for _, word := range words {
		d.Gone(word)
	}
}

// A clerk reports at the tablet on the wall and goes. Whoever comes next finds nothing
// of theirs, also where somebody left in the middle; the report is on the clerk's own
// phone, and says that it came from the tablet.
func TestTablet_clerk(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		t.Parallel()
		s := begin(t, debrieftest.Options{Database: database, Flags: []string{"--tablet-idle=30s"}})
		ines := s.founder(debrieftest.Desktop)
		amal, ben := s.joined(ines, "Amal", debrieftest.Phone), s.joined(ines, "Ben", debrieftest.Phone)
		wall := s.onWall(ines, "At the counter")
		s.forgot(wall, "What Ines began")
		for _, elsewhere := range []string{"/", "/report", "/f/1", "/team/people", "/you"} {
			wall.Open(elsewhere)
			wall.See(s.Say("tablet.who"))
		}
		wall.Look("tablet-names")

		wall.Click("Amal")
		wall.See(s.Say("tablet.as", "name", "Amal"))
		wall.Look("tablet-report")
		wall.Type(s.Say("report.what"), "Half a sentence of")
		wall.Click(s.Say("tablet.back"))
		s.forgot(wall, "Half a sentence", s.Say("tablet.as", "name", "Amal"))

		wall.Click("Amal")
		if got := wall.Value(s.Say("report.what")); got != "" {
			s.Errorf("whoever comes next reads %q", got)
		}
		wall.Type(s.Say("report.what"), "The till was short by forty. I counted twice.")
		wall.Click(s.Say("report.send"))
		wall.See(s.Say("tablet.in", "number", 1))
		s.forgot(wall, "The till", s.Say("tablet.as", "name", "Amal"))

		wall.Click("Ben")
		wall.See(s.Say("tablet.as", "name", "Ben"))
		wall.Gone("The till")
		wall.Type(s.Say("report.what"), "Ben is called away while")
		wall.See(s.Say("tablet.who")) // by itself
		s.forgot(wall, "called away", s.Say("tablet.as", "name", "Ben"))

		amal.Open("/")
		amal.See("The till was short by forty")
		amal.Look("tablet-notice")
		amal.Open("/f/1")
		amal.See(s.Say("tablet.failure"))
		amal.See(s.Say("own.title"))
		amal.Look("tablet-failure")
		ben.Open("/f/1")
		ben.Gone(s.Say("own.title"))
		ben.Open("about:blank")
		s.unnamedAt(wall)
		s.withoutScripts(wall)
		s.ended(ines, wall)
	})
}

// unnamedAt leaves a name off at the tablet: the words of the receipt go as the rest
// does.
func (s *story) unnamedAt(wall *debrieftest.Device) {
	s.Helper()
	wall.Click(s.Say("report.unnamed"))
	wall.Type(s.Say("report.what"), "Somebody has the key to the safe at home.")
	wall.Click(s.Say("report.send"))
	wall.See(s.Say("receipt.write"))
	words := strings.TrimSpace(wall.Text("#words"))
	wall.Look("tablet-receipt")
	wall.Click(s.Say("echo.done"))
	s.forgot(wall, words, "key to the safe")
}

// withoutScripts has Ben ask for time, and then go away.
func (s *story) withoutScripts(wall *debrieftest.Device) {
	s.Helper()
	wall.NoScripts(true)
	defer wall.NoScripts(false)
	wall.Open("/tablet")
	wall.Click("Ben")
	wall.Type(s.Say("report.what"), "A lamp is out.")
	wall.Click(s.Say("tablet.more"))
	wall.Holds(s.Say("report.what"), "A lamp is out.")
	wall.See(s.Say("tablet.who"))
	wall.Gone("A lamp")
}

// ended has somebody leave the team, and then the tablet.
func (s *story) ended(ines, wall *debrieftest.Device) {
	s.Helper()
	ines.Open("/team/people")
	ines.Click(s.Say("people.open") + " Ben")
	ines.Click(s.Say("people.left.do"))
	ines.Click(s.Say("leaving.do", "name", "Ben"))
	ines.See(s.Say("team.people.left"))
	wall.Open("/tablet")
	wall.See("Amal")
	wall.Gone("Ben")

	ines.Open("/team/people")
	ines.See("At the counter")
	ines.Click(s.Say("tablet.open") + " At the counter")
	ines.Look("tablet-one")
	ines.Click(s.Say("you.devices.end"))
	ines.Gone("At the counter")
	wall.Forgive("401")
	wall.Open("/tablet")
	wall.See(s.Say("tablet.none.title"))
	wall.Look("tablet-ended")
}

// Ben sits down at the tablet, in the room beside it. His phone and another tablet get
// no second seat, and whoever looks at the names finds none.
func TestTablet_seat(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		ben := s.joined(ines, "Ben", debrieftest.Phone)
		wall, other := s.onWall(ines, "At the counter"), s.onWall(ines, "At the back")
		s.called(ines, ben)
		s.seat(ines)

		wall.Click("Ben")
		other.Click("Ben")
		wall.Click(s.Say("room.seat.title"))
		wall.Look("tablet-door")
		other.Click(s.Say("room.seat.title"))
		wall.Click(s.Say("room.wait.closeness.saw"))
		wall.See(s.Say("room.wait.agree"))
		wall.Look("tablet-room")
		words, room := strings.TrimSpace(wall.Text(".words")), wall.Address()

		other.Forgive("409")
		other.Click(s.Say("room.wait.closeness.saw"))
		other.See(s.Say("tablet.came.title"))
		ben.Open("/f/1/room")
		ben.Click(s.Say("room.place.again"))
		ben.Forgive("409")
		ben.Click(s.Say("room.wait.closeness.saw"))
		ben.See(s.Say("room.full.title"))

		wall.Click(s.Say("tablet.back"))
		wall.See(s.Say("tablet.who"))
		wall.Back() // where anybody may type three words, and nobody has a seat
		wall.See(s.Say("room.seat.have"))
		wall.Gone(words)
		wall.Open(room)
		wall.See(s.Say("room.seat.have"))
		wall.Gone(words)
		wall.Open("/tablet")
		wall.Click("Ben")
		wall.Click(s.Say("room.seat.have"))
		wall.Type("[name=words]", words)
		wall.Click(s.Say("room.seat.enter"))
		wall.See(s.Say("room.wait.agree"))
		wall.Click(s.Say("tablet.back"))
		wall.Open(room)
		wall.See(s.Say("room.seat.have"))
	})
}

// Whoever made the tablet one looked at this and that before. Going back, as often as the
// browser goes, leads to the names and shows nothing of theirs.
func TestTablet_back(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		ines.Open("/report")
		ines.Type(s.Say("report.what"), "The key was not in its box.")
		ines.Click(s.Say("report.send"))
		ines.See(s.Say("echo.in"))
		for name, at := range map[string]string{"Counter": s.site.URL, "Yard": heedless(t, s.site.URL)} {
			wall := s.joined(ines, name, tabletWidth)
			wall.Base = at
			beside := wall.Tab()
			beside.Forgive("EventSource") // whose stream ends with their being let in
			beside.Open("/f/1")
			s.share(ines, wall, name, "/", "/f/1", "/team/people", "/f/1", "/you")
			beside.Evaluate(`dispatchEvent(new PageTransitionEvent("pageshow", {persisted: true}))`) // as one that was kept as it was left
			beside.See(s.Say("tablet.who"))
			for range 8 {
				wall.Back()
				wall.See(s.Say("tablet.who"))
				wall.Gone("The key was not")
				wall.Gone(s.Say("you.devices.add"))
			}
		}
	})
}

// heedless is a site for a browser that clears nothing when it is told to, as those over
// plain http do not.
func heedless(t *testing.T, site string) string {
	t.Helper()
	to, err := url.Parse(site)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to); r.Out.Host = r.In.Host },
		ModifyResponse: func(answer *http.Response) error { answer.Header.Del("Clear-Site-Data"); return nil },
		ErrorLog:       log.New(io.Discard, "", 0)} // of pages that were left before they came
	server := httptest.NewServer(proxy)
	t.Cleanup(server.Close)
	return server.URL
}
