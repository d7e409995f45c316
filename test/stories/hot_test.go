package stories

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/practice"
)

const signed = "12 signed and the leaflets ran out"

// Five minutes are written without signal, the page is closed and opened again,
// and they are still there, readable nowhere on the phone. Sent off, they wait, go by
// themselves, and are there once.
func TestHot_withoutSignal(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Phone)
		s.kept(ines)
		s.cutOff(ines)
		ines.Open("/hot")
		ines.See(s.Say("hot.locked"))
		ines.Look("hot")
		ines.Type(s.Say("hot.meant"), "Sign 50 people by two.")
		ines.Type(s.Say("hot.happened"), signed+".")
		ines.Click(s.Say("severe.mark"))
		ines.See(s.Say("severe.first"))
		ines.Type(s.Say("hot.parted"), "People need a day to read.")
		ines.Click(s.Say("hot.kind.inherent"))
		ines.Type(s.Say("hot.change"), "First visit, leaflet only.")
		ines.Click(s.Say("hot.another"))
		ines.Type(s.Say("hot.other"), "the team")
		ines.Click(s.Say("hot.send"))
		if got := ines.Evaluate(`document.querySelector("[name=other]").validationMessage`); !strings.Contains(got, s.Say("hot.one")) {
			t.Errorf("a team is refused with %q", got)
		}
		ines.Click("Juniper")
		ines.Await(`new Promise((kept) => { const look = () => document.body.ariaBusy === "true" ? setTimeout(look, 20) : kept(""); look(); })`)
		ines.See(s.Say("hot.kept"))
		ines.Look("hot-written")
		s.sealed(ines)

		ines.Open("about:blank")
		ines = ines.Tab()
		ines.Forgive("net::ERR_")
		ines.Open("/hot")
		ines.Holds(s.Say("hot.happened"), signed+".")
		ines.Click(s.Say("hot.send"))
		ines.See(s.Say("hot.leaves.all"))
		ines.See("Juniper")
		ines.See(s.Say("severe.mark"))
		ines.See(ines.Evaluate(`new Date().toLocaleDateString([], { dateStyle: "full" })`))
		ines.Look("hot-leaves")
		ines.Click(s.Say("hot.sure"))
		ines.See(s.Say("hot.waits"))
		if got := ines.Text("[data-hot=form] button:not([type])"); got != s.Say("hot.send") {
			t.Errorf("what waits has a button that says %q", got)
		}
		s.sealed(ines)
		s.comeBack()
		ines.Open("/")
		s.eventually(ines, five+`.then((all) => !all.length)`)
		if got := s.reports(ines, signed); got != "1" {
			t.Errorf("it is there %s times", got)
		}
		ines.Open("/f/1")
		ines.See(s.Say("hot.proposed"))
		ines.See(s.Say("support.wait"))
		ines.See("Juniper")
		ines.Look("hot-failure")
		ines.Open("/hot")
		if got := ines.Value(s.Say("hot.happened")); got != "" {
			t.Errorf("after sending the phone still holds %q", got)
		}
	})
}

// What nobody sends is gone after a day, unless it is marked as a legal matter.
func TestHot_isGoneAfterADay(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Phone)
		later := func() {
			ines.Evaluate(`void (Date.now = ((now) => () => now() + 25 * 36e5)(Date.now), document.dispatchEvent(new Event("visibilitychange")))`)
		}
		ines.Open("/hot")
		ines.Type(s.Say("hot.happened"), signed)
		ines.See(s.Say("hot.kept"))
		ines.Click(s.Say("hot.legal"))
		ines.Evaluate(`void document.querySelector("[name=meant]").dispatchEvent(new Event("input", { bubbles: true }))`)
		s.eventually(ines, `navigator.locks.query().then(({ held, pending }) => !held.length && !pending.length)`)
		later()
		ines.Reload()
		ines.Holds(s.Say("hot.happened"), signed)
		ines.Click(s.Say("hot.legal"))
		s.eventually(ines, `navigator.locks.query().then(({ held, pending }) => !held.length && !pending.length)`)
		ines.Reload()
		ines.Holds(s.Say("hot.happened"), signed) // the day is not over: the control
		later()
		s.eventually(ines, five+`.then((all) => !all.length)`)
		s.eventually(ines, `Promise.resolve(!document.querySelector("[name=happened]").value)`)

		ines.Reload()
		ines.Type(s.Say("hot.happened"), signed)
		ines.See(s.Say("hot.kept"))
		ines.Click(s.Say("hot.forget"))
		s.eventually(ines, five+`.then((all) => !all.length)`)
	})
}

// five are the names of what is kept of the five minutes.
const five = `new Promise((done, fail) => {
	const opening = indexedDB.open("five", 1);
	opening.onupgradeneeded = () => opening.result.createObjectStore("five");
	opening.onerror = fail;
	opening.onsuccess = () => {
		const asked = opening.result.transaction("five").objectStore("five").getAllKeys();
		asked.onsuccess = () => { opening.result.close(); done(asked.result); };
	};
})`

// sealed wants the words to be kept and readable nowhere.
func (s *story) sealed(d *debrieftest.Device) {
	s.Helper()
	got := d.Await(strings.ReplaceAll(five, "getAllKeys", "getAll") + `.then(async (all) => {
		const key = all.find((one) => one instanceof CryptoKey), kept = all.find((one) => one.data);
		const said = new TextDecoder("latin1").decode(kept.data) + JSON.stringify(kept) + JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage });
		const waiting = await Promise.all((await (await caches.open("waits")).matchAll()).map((one) => one.text()));
		const read = await crypto.subtle.exportKey("raw", key).then(() => "read", () => "locked");
		return [read, /leaflets|Juniper|Sign 50/.test(said + waiting.join()), kept.data.byteLength > 100].join();
	})`)
	if got != "locked,false,true" {
		s.Errorf("the key, the words and whether any are kept: %s", got)
	}
}

// A phone that nobody let in has the page all the same once it was open on it, also
// without signal. What was sent off there waits, and goes by itself when the phone is
// let in.
func TestHot_onAPhoneNeverLetIn(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Phone)
		mo := s.somebody(debrieftest.Phone)
		mo.Open("/hot")
		s.eventually(mo, `caches.match("/hot")`)
		ines.Open("about:blank")
		s.cutOff(mo, ines)
		mo.Open("/hot")
		mo.Type(s.Say("hot.happened"), signed+".")
		mo.Click("Juniper")
		mo.Click(s.Say("hot.send"))
		mo.Click(s.Say("hot.sure"))
		mo.See(s.Say("hot.out"))
		mo.Look("hot-out")
		mo.Open("about:blank")
		s.comeBack()
		mo = mo.Tab()
		mo.Forgive("status of 401")
		ines.Open("/team/people")
		ines.Type("[name=names]", "Mo")
		ines.Click(s.Say("people.add.do"))
		s.letIn(ines, "Mo", mo)
		s.eventually(mo, five+`.then((all) => !all.length)`)
		if got := s.reports(mo, signed); got != "1" {
			t.Errorf("it is there %s times", got)
		}
	})
}

// Whoever stops for care first takes along when they talk, without signal too: a
// calendar gets a time within 72 hours, and nothing of what or with whom.
func TestHot_careFirst(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Phone)
		s.kept(ines)
		s.cutOff(ines)
		ines.Open("/hot")
		ines.Click(s.Say("hot.care"))
		ines.See(s.Say("hot.talk.why"))
		ines.Gone(s.Say("hot.happened"))
		ines.Look("hot-care")
		ines.Evaluate(`void (URL.createObjectURL = (made) => (window.made = made, "#"))`)
		ines.Click(s.Say("hot.talk.3"))
		got := ines.Await(`window.made.text()`)
		at := regexp.MustCompile(`DTSTART:(\d{8}T\d{6}Z)\r\n`).FindStringSubmatch(got)
		if at == nil || !strings.Contains(got, "SUMMARY:"+s.Say("hot.talk")+"\r\n") {
			t.Fatalf("the entry is %q", got)
		}
		then, err := time.Parse("20060102T150405Z", at[1])
		if away := time.Until(then); err != nil || away > practice.WaitAtMost || away < practice.WaitAtMost-time.Hour {
			t.Errorf("they talk in %s: %v", away, err)
		}
		for _, about := range []string{"Ines", "Workshop", "Harbour"} {
			if strings.Contains(got, about) {
				t.Errorf("the entry tells of %s", about)
			}
		}
		s.comeBack()
		ines.Open("/hot")
		ines.Click(s.Say("hot.care"))
		ines.Click(s.Say("hot.alone"))
		ines.See(s.Say("report.unnamed"))
	})
}
