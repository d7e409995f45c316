package stories

import (
	"testing"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// A step on which much hangs waits: the wording of one room is kept and counted, and
// the third failure puts it in, with all three behind it.
func TestCore_threeFailures(t *testing.T) {
	tell(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		amal := s.joined(ines, "Amal", debrieftest.Phone)
		s.checklist(ines)
		ines.Click(`li.step .side a[href*="/step/"]`)
		step := ines.Evaluate(`location.pathname.split("/").pop()`)
		ines.Click(s.Say("core.mark"))
		ines.Type("[name=why]", "A wrong list sends the van to the wrong street.")
		ines.Click(s.Say("core.mark.do"))
		ines.See(s.Say("core.unmark"))
		ines.Look("line-core")
		s.spoke(step, 9, "Take the list from the office, not from the door.")

		amal.Open("/report")
		amal.Type(s.Say("report.what"), "The courier van left without the brake pads. The list on the door was last week's.")
		amal.Click(s.Say("report.send"))
		amal.See(s.Say("echo.in"))
		s.inviteTo(ines, "/f/2")
		for _, d := range []*debrieftest.Device{ines, amal} {
			d.Open("/f/2/room")
			d.Click(s.Say("room.wait.closeness.did"))
			d.See(s.Say("room.wait.begin"))
		}
		ines.Click(s.Say("room.wait.begin"))
		s.answer(ines, amal, "1", "Six boxes of brake pads on the van at eight.", "The van loaded from today's list.")
		s.agree(ines, amal, "1", "Six boxes of brake pads on the van at eight, from today's list.")
		s.answer(ines, amal, "2", "Five boxes were loaded at eight.", "The list on the door was from Thursday.")
		s.agree(ines, amal, "2", "Five boxes were loaded. The list on the door was from Thursday.")
		s.parted(ines, amal)
		s.judge(ines, amal)

		room := s.room(ines)
		ines.Open(room + "/change")
		ines.Look("room-core")
		ines.Open(room + "/change?step=" + step)
		ines.Look("room-core-held")
		amal.Open(s.room(amal) + "/change?step=" + step)
		amal.Look("room-core-held-phone")
		ines.Type("li.edit [name=text]", "Read the date on the list aloud before loading.")
		ines.Click(s.Say("core.room.keep"))
		ines.See(s.Say("core.room.kept", "count", s.Say("core.wait", "n", 2, "all", 3)))
		ines.Look("room-core-kept")
		ines.Click(s.Say("embed.undo"))
		ines.Open(room + "/change?step=" + step)
		ines.Click(s.Say("core.room.harm"))
		ines.Look("room-core-harm")
		ines.Type("li.edit [name=text]", "Nobody loads before the list is read.")
		ines.Type("[name=harm]", "A van on the wrong street meets children on their way to school.")
		ines.Click(s.Say("core.room.harm.do"))
		ines.See("Nobody loads before the list is read.")
		ines.Look("room-core-at-once")
		ines.Click(s.Say("embed.undo"))
		s.spoke(step, 8, "Print the list each morning.")
		amal.Open("/p/loading-the-van")
		amal.See(s.Say("core.wait", "n", 2, "all", 3))
		amal.Look("procedure-core-phone")
		amal.Open("/p/loading-the-van/step/" + step)
		amal.Look("line-core-phone")

		ines.Open(room + "/change?step=" + step)
		ines.See(s.Say("core.room.opens", "n", 3))
		ines.Type("li.edit [name=text]", "Read the date on the list aloud before loading.")
		ines.Look("room-core-opens")
		ines.Click(s.Say("embed.step.do"))
		ines.See(s.Say("embed.done"))
		ines.Open("/p/loading-the-van")
		ines.See("Read the date on the list aloud before loading.")
		for n := range 3 {
			ines.See(s.Say("frame.number", "n", n+1))
		}
		ines.Look("procedure-core-placed")
	})
}

// What rests on one failure comes back to the start page: it is kept, with one line why,
// and then put back.
func TestTrial_keptAndPutBack(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		amal := s.joined(ines, "Amal", debrieftest.Phone)
		s.checklist(ines)
		ines.Click(`li.step .side a[href*="/step/"]`)
		step := ines.Evaluate(`location.pathname.split("/").pop()`)
		s.tried(step, 40, "Read the date on the list aloud before loading.", "A wrong list sends the van to the wrong street.")
		amal.Open("/")
		amal.See(s.Say("trial.title"))
		amal.Look("home-trial-phone")
		amal.Click(s.Say("home.item.decide"))
		amal.See(s.Say("trial.harm.said", "harm", "A wrong list sends the van to the wrong street."))
		amal.Click(s.Say("trial.keep"))
		amal.See(s.Say("trial.why.title"))
		amal.Look("trial-why-phone")
		amal.Type("[name=why]", "Nobody took a wrong one.")
		amal.Click(s.Say("trial.keep"))
		amal.See(s.Say("trial.kept", "why", "Nobody took a wrong one."))
		ines.Open("/p/loading-the-van")
		ines.Look("procedure-trial")
		ines.Open("/p/loading-the-van/step/" + step)
		ines.Look("line-trial")
		ines.Type("[name=why]", "It takes too long.")
		ines.Click(s.Say("trial.back"))
		ines.See(s.Say("procedure.history.put-back"))
		ines.Look("line-put-back")
		ines.Open("/p/loading-the-van")
		ines.See("Take the list from the door")
	})
}

// tried gives a step other words because of a failure of some days ago, on trial since.
func (s *story) tried(step string, days int, text, harm string) {
	s.Helper()
	db := storetest.Open(s, s.site.Database(), func(o *store.Options) { o.Now = time.Now })
	err := db.Update(s.Context(), func(tx *store.Tx) error {
		_, err := storetest.Tried(tx, practice.StepID(step), tx.Now().AddDate(0, 0, -days), text, harm)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
}

// spoke lets a failure of some days ago, whose review has closed, speak for a step.
func (s *story) spoke(step string, days int, text string) {
	s.Helper()
	db := storetest.Open(s, s.site.Database(), func(o *store.Options) { o.Now = time.Now })
	err := db.Update(s.Context(), func(tx *store.Tx) error {
		_, err := storetest.Spoken(tx, practice.StepID(step), "", tx.Now().AddDate(0, 0, -days), text)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
}
