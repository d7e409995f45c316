package stories

import (
	"slices"
	"strings"
	"testing"

	"debrief/internal/debrieftest"
)

// cutOff takes the server away from everybody: their browsers find nobody at its
// address.
func (s *story) cutOff(all ...*debrieftest.Device) {
	s.Helper()
	for _, d := range all {
		d.Forgive("net::ERR_")
	}
	if err := s.site.Stop(); err != nil {
		s.Fatal(err)
	}
}

// comeBack gives the server back.
func (s *story) comeBack() {
	s.Helper()
	if err := s.site.Return(); err != nil {
		s.Fatal(err)
	}
}

// kept waits until the device has what works without signal.
func (s *story) kept(d *debrieftest.Device) {
	s.Helper()
	d.Open("/")
	s.eventually(d, `caches.match("/whose")`)
}

// waiting reports what a person types into the form that opens without signal, with
// what they tick.
func (s *story) waiting(d *debrieftest.Device, text string, ticks ...string) {
	s.Helper()
	d.Open("/report")
	d.Type(s.Say("report.what"), text)
	for _, tick := range ticks {
		d.Click(tick)
	}
	d.Click(s.Say("report.send"))
	d.See(s.Say("offline.waits"))
	d.See(text)
}

// reports counts the reports with the words, as somebody of the team finds them.
func (s *story) reports(d *debrieftest.Device, words string) string {
	s.Helper()
	d.Open("/search?q=" + strings.ReplaceAll(words, " ", "+"))
	return d.Evaluate(`[...document.querySelectorAll("main a")].filter(a => a.innerText.includes("` + words + `")).length`)
}

const (
	gate  = "The gate of the depot stood open"
	lamp  = "The lamp of the trailer went out"
	spoke = "A spoke of the loan bike broke"
)

// Two reports are written without signal. They wait on the phone, also while no
// page is open, go by themselves when the signal is back, and are there once,
// although one of them had arrived before. A third one, which the phone forgets, is
// the control: it is not found.
func TestReport_withoutSignal(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		amal := s.joined(ines, "Amal", debrieftest.Phone)
		s.kept(amal)
		amal.Open("/report")
		amal.Type(s.Say("report.what"), gate)
		amal.See(s.Say("draft.kept"))
		ines.Open("about:blank")
		s.cutOff(amal, ines)

		amal.Open("/carry")
		amal.See(s.Say("offline.title"))
		amal.Holds(s.Say("report.what"), gate)
		amal.Look("no-signal")
		s.waiting(amal, gate+" at noon.", s.Say("severe.mark"))
		for _, text := range []string{lamp, spoke} {
			s.waiting(amal, text+" at noon.")
		}
		amal.Look("three-wait")
		if got := amal.Value(s.Say("report.what")); got != "" {
			t.Errorf("the form still holds %q", got)
		}
		amal.Await(`(async () => {
			const kept = await caches.open("waits");
			for (const at of await kept.keys()) {
				const body = await (await kept.match(at)).text(), of = new URLSearchParams(body).get("what");
				if (of.startsWith("A spoke")) await kept.delete(at); // a phone that forgets
				if (of.startsWith("The gate")) localStorage.setItem("copy", body);
			}
		})()`)
		amal.Open("about:blank") // the page is closed, and another one opened
		amal = amal.Tab()
		amal.Forgive("net::ERR_")
		amal.Open("/")
		amal.See(gate)
		amal.See(s.Say("offline.waits"))
		amal.Gone(spoke)

		s.comeBack()
		amal.See(s.Say("offline.sent"))
		amal.Gone(s.Say("offline.waits"))
		amal.Look("sent")
		// As if the answer to the first sending had been lost.
		again := amal.Await(`fetch("/report", { method: "POST", body: new URLSearchParams(localStorage.getItem("copy")) }).then((answer) => answer.url)`)
		if !strings.HasSuffix(again, "/in") {
			t.Errorf("sent again, it led to %s", again)
		}
		for text, want := range map[string]string{gate: "1", lamp: "1", spoke: "0"} {
			if got := s.reports(ines, text); got != want {
				t.Errorf("%q is there %s times, want %s", text, got, want)
			}
		}
		ines.Open("/f/1")
		ines.See(gate)
		ines.See(s.Say("support.wait"))
		ines.Open("/f/2")
		ines.See(lamp)
		ines.Gone(s.Say("support.wait"))
		if left := amal.Await(`caches.open("waits").then((kept) => kept.keys()).then((all) => all.length)`); left != "0" {
			t.Errorf("%s still wait", left)
		}
	})
}

// A device is ended while a report waits on it. The words stay, the person reads
// what to do, and once they came in again it goes. Whoever comes in in between
// neither reads nor sends it, and going out asks before it is deleted.
func TestReport_refusedOnArrival(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		amal := s.joined(ines, "Amal", debrieftest.Phone)
		s.kept(amal)
		amal.Open("/you")
		ines.Open("about:blank")
		s.cutOff(amal, ines)
		s.waiting(amal, gate+" at noon.")
		amal.Open("about:blank")
		s.comeBack()

		amal.Forgive("status of 401")
		amal.Forgive("status of 409")
		amal.Forgive("Unexpected internal error") // signing out empties the cache that is being read
		ines.Open("/team/people")
		ines.Click(s.Say("people.open") + " Amal")
		ines.Click(s.Say("team.devices.end"))
		ines.See(s.Say("people.devices.none"))

		amal.Open("/offline")
		amal.See(s.Say("offline.in"))
		amal.See(gate)
		amal.Look("refused")

		ines.Open("/team/people")
		ines.Type("[name=names]", "Ben")
		ines.Click(s.Say("people.add.do"))
		s.letIn(ines, "Ben", amal) // on the same phone
		s.eventually(amal, `caches.match("/whose").then((me) => me.text()).then((me) => me === document.body.dataset.worker)`)
		amal.Open("/offline")
		amal.See(s.Say("report.from.title"))
		amal.Gone(gate)
		amal.Look("somebody-elses")
		amal.Open("/you")
		amal.Click("form[action='/out'] button")
		amal.See(s.Say("offline.out"))
		amal.Look("going-out")
		amal.Click(s.Say("offline.out.stay"))
		amal.See(s.Say("report.from.title"))

		s.letIn(ines, "Amal", amal)
		s.eventually(amal, `caches.open("waits").then((kept) => kept.keys()).then((all) => !all.length)`)
		if got := s.reports(ines, gate); got != "1" {
			t.Errorf("the report is there %s times", got)
		}
		for range 3 { // whatever the worker and the page are in the middle of
			s.letIn(ines, "Amal", amal)
			s.eventually(amal, `caches.match("/whose")`)
			amal.Await(`caches.open("waits").then((kept) => kept.put("/waits/ben", new Response(new URLSearchParams({ from: "Ben", what: "The bell." }))))`)
			amal.Open("/you")
			amal.Click("form[action='/out'] button")
			amal.Click(s.Say("offline.out.do"))
			amal.See(s.Say("people.in.lede"))
			if left := amal.Await(kept); left != "" {
				t.Errorf("after going out the device keeps %s", left)
			}
		}
		s.letIn(ines, "Amal", amal)
		s.eventually(amal, `caches.match("/whose")`)
		if left := amal.Await(kept); left == "" {
			t.Error("what a device keeps is not seen at all")
		}
	})
}

// kept is all that a device holds for the site beside its cookies.
const kept = `(async () => [...await caches.keys(), ...(await indexedDB.databases()).map((one) => one.name)])()`

// What the server does not take as it is stays on the phone, and goes into the form
// to be mended.
func TestReport_mendedAfterWaiting(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Phone)
		s.kept(ines)
		s.cutOff(ines)
		s.waiting(ines, gate+" at noon.")
		ines.Await(`(async () => {
			const kept = await caches.open("waits"), [at] = await kept.keys();
			const body = new URLSearchParams(await (await kept.match(at)).text());
			for (const [name, value] of [["when", "before"], ["day", "2999-01-01"], ["time", "12:00"]]) body.set(name, value);
			await kept.put(at, new Response(body));
		})()`)
		s.comeBack()
		ines.See(s.Say("offline.refused"))
		ines.See(gate)
		ines.Look("as-it-is")
		ines.Open("/")
		ines.Click(s.Say("offline.left"))
		ines.Click(s.Say("offline.form"))
		ines.Holds(s.Say("report.what"), gate+" at noon.")
		ines.Reload()
		ines.Holds(s.Say("report.what"), gate+" at noon.") // also while it is being mended
		ines.Gone(s.Say("offline.refused"))
		ines.Click(s.Say("report.when.now"))
		ines.Click(s.Say("report.send"))
		ines.See(s.Say("echo.in"))
		ines.Open("/offline")
		ines.Gone(gate)
		if got := s.reports(ines, gate); got != "1" {
			t.Errorf("the report is there %s times", got)
		}
	})
}

// letIn lets a device in as somebody of the team.
func (s *story) letIn(founder *debrieftest.Device, name string, d *debrieftest.Device) {
	s.Helper()
	founder.Open("/team/people")
	founder.Click(s.Say("people.open") + " " + name)
	founder.Click(s.Say("people.link.make"))
	founder.See(s.Say("people.once"))
	d.Open(strings.TrimSpace(founder.Text("#secret")))
	d.Click(s.Say("people.link.do"))
	d.Gone(s.Say("people.link.do"))
	d.Open("/")
}

// eventually waits until what is promised is true in the page.
func (s *story) eventually(d *debrieftest.Device, promised string) {
	s.Helper()
	d.Await(`(async () => { while (!await (` + promised + `)) await new Promise((soon) => setTimeout(soon, 50)); })()`)
}

// After a walk through the product a device has kept what is the same for all, and
// no page of a person, a team or a room.
func TestWorker_keepsNothingOfAnybody(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Phone)
		s.kept(ines)
		ines.Open("/report")
		ines.Type(s.Say("report.what"), gate+" at noon.")
		ines.Click(s.Say("report.send"))
		ines.See(s.Say("echo.in"))
		for _, address := range []string{"/f/1", "/team", "/team/people", "/you", "/p", "/c", "/e", "/more", "/search?q=gate", "/carry", "/report", "/receipt", "/offline"} {
			ines.Open(address)
		}
		ines.Open("/report")
		ines.Click(s.Say("report.unnamed"))
		ines.See(s.Say("unnamed.beside.title"))
		ines.Type(s.Say("report.what"), lamp+" at noon.")
		ines.Click(s.Say("report.send"))
		ines.See(s.Say("echo.in"))
		ines.Open("/")
		got := strings.Fields(ines.Await(`(async () => {
			const all = [], words = [];
			for (const name of await caches.keys()) {
				const kept = await caches.open(name);
				for (const at of await kept.keys()) {
					all.push(new URL(at.url).pathname.replace(/\.[0-9a-f]{12}\./, "."));
					words.push(await (await kept.match(at)).text());
				}
			}
			window.words = words.join();
			return all.sort().join(" ");
		})()`))
		want := []string{"/cloth/debrief.css", "/cloth/debrief.js", "/cloth/holes-down.svg", "/cloth/holes.svg", "/cloth/hot.js", "/cloth/icons.svg",
			"/cloth/mark.svg", "/cloth/stitch.svg", "/cloth/suture.svg", "/cloth/waits.js", "/hot", "/offline", "/whose"}
		if !slices.Equal(got, want) {
			t.Errorf("the device keeps\n%q, want\n%q", got, want)
		}
		for _, secret := range []string{"Ines", "Workshop", "Harbour Bikes", gate, lamp} {
			if ines.Evaluate(`window.words.includes("`+secret+`")`) != "false" {
				t.Errorf("%q is kept on the device", secret)
			}
		}
		if ines.Evaluate(`JSON.stringify(localStorage).includes("lamp")`) != "false" {
			t.Error("words without a name are kept on the device")
		}
	})
}

// The site can be put on a home screen.
func TestWorker_installs(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Phone)
		s.kept(ines)
		if why := ines.Uninstallable(); len(why) > 0 {
			t.Errorf("it cannot be put on a home screen: %q", why)
		}
	})
}

// Where a browser lets nothing work beside pages, as by http from another machine,
// everything is as it was.
func TestWorker_notThere(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.somebody(debrieftest.Phone)
		ines.Forgive("origin was untrustworthy")
		ines.Forgive("Not supported for insecure origins")
		ines.Base = strings.Replace(s.site.URL, "127.0.0.1", "0.0.0.0", 1)
		ines.Open(strings.Replace(s.site.SetUp, "127.0.0.1", "0.0.0.0", 1))
		ines.Type("[name=organisation]", "Harbour Bikes")
		ines.Type("[name=team]", "Workshop")
		ines.Type("[name=name]", "Ines")
		ines.Click(s.Say("setup.do"))
		if got := ines.Evaluate(`[isSecureContext, navigator.serviceWorker]`); got != "false," {
			t.Fatalf("here a worker may work: %s", got)
		}
		ines.Open("/offline")
		ines.See(s.Say("report.heading"))
		ines.Type(s.Say("report.what"), gate+" at noon.")
		ines.Click(s.Say("report.send"))
		ines.See(s.Say("echo.in"))
		ines.Open("/you")
		ines.Click("form[action='/out'] button")
		ines.See(s.Say("people.in.lede"))
	})
}
