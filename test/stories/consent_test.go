package stories

import (
	"strings"
	"testing"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// A core step that three failures opened touches three groups. Two answer, one of them
// after its harm is taken up; one is silent, and nothing happens because of that, until
// one person says why it goes on.
func TestConsent_threeGroupsOneSilent(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		amal := s.joined(ines, "Amal", debrieftest.Phone)
		s.checklist(ines)
		ines.Click(`li.step .side a[href*="/step/"]`)
		step := ines.Evaluate(`location.pathname.split("/").pop()`)
		ines.Click(s.Say("core.mark"))
		ines.Type("[name=why]", "A wrong list sends the van to the wrong street.")
		ines.Click(s.Say("core.mark.do"))
		ines.See(s.Say("core.unmark"))

		for _, g := range []struct{ name, voice string }{{"Loaders", "Ines"}, {"Drivers", "Amal"}, {"Tenants' panel", "Oriel"}} {
			ines.Open("/groups")
			ines.Type("[name=name]", g.name)
			ines.Click(s.Say("party.add.do"))
			ines.See(s.Say("party.voice.none"))
			ines.Type("[name=speaker]", g.voice)
			ines.Type("[name=how]", "A show of hands.")
			ines.Click(s.Say("party.voice.do"))
			ines.See("A show of hands.")
		}
		ines.Open("/p/loading-the-van/authority")
		ines.Evaluate(`document.querySelectorAll("[name=asked]").forEach(box => box.click())`)
		ines.Click(s.Say("form.save"))
		ines.See(s.Say("authority.asks.line", "n", 3))

		for day := range 3 {
			s.spoke(step, 9-day, "Read the date on the list aloud before loading.")
		}
		ines.Open("/p/loading-the-van/step/" + step)
		ines.Click(s.Say("core.place.do"))
		ines.See("Read the date on the list aloud before loading.")
		ines.Open("/")
		ines.See(s.Say("trial.present"))
		ines.Click(s.Say("home.item.decide"))
		round := ines.Evaluate(`location.pathname`)
		ines.Click(s.Say("consent.present", "n", 3))
		ines.See(s.Say("consent.line.title"))
		ines.Type("[name=line]", "Three vans left with the list of another day.")
		ines.Click(s.Say("consent.present", "n", 3))
		ines.See(s.Say("consent.lede"))
		ines.Look("consent-round")
		ines.NoScripts(true)
		ines.Click(s.Say("consent.safe"))
		ines.See(s.Say("consent.you.safe", "group", "Loaders"))
		ines.NoScripts(false)

		amal.Open(round)
		amal.Click(s.Say("consent.harm.do")) // a harm without its words is none
		amal.See(s.Say("consent.harm.why"))
		amal.Look("consent-no-harm-phone")
		amal.Type("[name=harm]", "Whoever does not hear well misses it.")
		amal.Click(s.Say("consent.harm.do"))
		amal.See(s.Say("consent.you.harm", "group", "Drivers"))
		ines.Open(round)
		ines.See("Whoever does not hear well misses it.")
		ines.Click(s.Say("consent.way.amend"))
		ines.Type("[name=text]", "Read the date on the list aloud and point at it before loading.")
		ines.Type("[name=why]", "Whoever does not hear it sees it.")
		ines.Look("consent-integrate")
		ines.Click(s.Say("consent.integrate.do"))
		ines.See(s.Say("consent.how.amend"))
		ines.Click(s.Say("consent.safe"))
		amal.Open("/")
		amal.See(s.Say("consent.title"))
		amal.Open(round)
		amal.Click(s.Say("consent.safe"))
		amal.See(s.Say("consent.you.safe", "group", "Drivers"))

		later(s, 4)
		ines.Open("/")
		ines.See(s.Say("trial.tag.over"))
		ines.Open(round)
		ines.See(s.Say("consent.overdue.line"))
		ines.Look("consent-overdue")
		ines.Click(s.Say("consent.keep"))
		ines.See(s.Say("trial.why.title"))
		ines.Type("[name=reason]", "The panel meets on Monday.")
		ines.Click(s.Say("consent.keep"))
		ines.See(s.Say("consent.kept"))
		ines.Click(s.Say("consent.link.do"))
		link := ines.Text("main code")
		guest := s.somebody(debrieftest.Phone)
		guest.Open(link[strings.Index(link, "/pass/"):])
		guest.See(s.Say("guest.only"))
		guest.Look("consent-guest-phone")
		guest.Click(s.Say("consent.safe"))
		guest.See("Every group said yes")
		ines.Open(round)
		ines.See(s.Say("consent.kept"))
		ines.Look("consent-passed")
		ines.Open("/p/loading-the-van")
		ines.See("Read the date on the list aloud and point at it before loading.")
		if text := ines.Text("main"); strings.Contains(text, s.Say("trial.tag.asked")) {
			t.Errorf("still on trial: %s", text)
		}
		proposes(s, ines, amal)
	})
}

// proposes lets one person alone change the list: what the other one writes is proposed to
// them, and goes in with their words.
func proposes(s *story, owner, other *debrieftest.Device) {
	s.Helper()
	owner.Open("/p/loading-the-van/authority")
	owner.Type("[name=may]", "Ines")
	owner.Look("authority")
	owner.Click(s.Say("form.save"))
	owner.See(s.Say("authority.may.said", "names", "Ines", "n", 1))
	other.Open("/p/loading-the-van")
	other.Click(s.Say("procedure.edit"))
	other.See(s.Say("proposal.yours", "names", "Ines", "n", 1))
	other.Click(s.Say("other.wording")) // which changes no core step
	other.Type("[name=text]", "Read the list twice.")
	other.Click(s.Say("proposal.do"))
	other.See(s.Say("core.wording.title", "n", 1))
	other.Click(s.Say("other.contract"))
	other.Type("[name=source]", "The lease of the van")
	other.Look("propose-phone")
	other.Click(s.Say("proposal.do"))
	other.See(s.Say("proposal.waits", "names", "Ines"))
	owner.Open("/")
	owner.See("Read the list twice.")
	owner.Look("home-proposed")
	owner.Open("/p/loading-the-van")
	owner.Click("A change is proposed")
	owner.Click(s.Say("proposal.decline")) // without a reason
	owner.See(s.Say("proposal.why.title"))
	owner.Look("proposed")
	owner.Type("[name=text]", "Read the list twice, aloud.")
	owner.NoScripts(true)
	owner.Click(s.Say("proposal.take"))
	owner.See("Read the list twice, aloud.")
	owner.NoScripts(false)
	other.Open("/")
	other.See(s.Say("notice.proposed-taken", "procedure", "Loading the van"))
	other.Look("proposed-taken-phone")
}

// later moves what the open round waits for so many days back, as if they had passed.
func later(s *story, days int) {
	s.Helper()
	db := storetest.Open(s, s.site.Database(), func(o *store.Options) { o.Now = time.Now })
	err := db.Update(s.Context(), func(tx *store.Tx) error {
		all, err := tx.ConsentsAsking()
		for _, was := range all {
			c := was
			c.Groups = append([]practice.Asked{}, was.Groups...)
			for i := range c.Groups {
				c.Groups[i].Until = c.Groups[i].Until.AddDate(0, 0, -days)
			}
			err = tx.SaveConsent(c, was)
		}
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
}
