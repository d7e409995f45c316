package stories

import (
	"testing"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// From a report to the closed record without a mouse: Tab, Enter and Space, and
// words. At every stop it shows where one is, and stops come as the page reads.
func TestLoop_byKeyboard(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := keys{s, s.founder(debrieftest.Desktop)}
		amal := s.joined(ines.Device, "Amal", debrieftest.Phone)
		ines.reports()
		ines.meets()
		s.arrive(amal)
		ines.enter("room.wait.begin")
		ines.question(amal, "1", "Six boxes on the van at eight.")
		ines.question(amal, "2", "Five boxes were loaded at eight.")
		ines.sorts(amal)
		ines.changes()
		ines.closes()
		ines.asksAgain()
	})
}

// keys is somebody without a mouse.
type keys struct {
	*story
	*debrieftest.Device
}

// enter comes to what is called so and presses Enter.
func (k keys) enter(key string, args ...any) {
	k.Helper()
	k.TabTo(k.Say(key, args...))
	k.Press("Enter")
}

// tick comes to a box or a choice and presses Space.
func (k keys) tick(what string) {
	k.Helper()
	k.TabTo(what)
	k.Press("Space")
}

// fill comes to a field and writes.
func (k keys) fill(field, words string) {
	k.Helper()
	k.TabTo(field)
	k.Write(words)
}

func (k keys) reports() {
	k.Helper()
	k.Open("/")
	k.enter("nav.report")
	k.Write("The courier van left without the brake pads.") // the first field has the focus
	k.enter("report.send")
	k.See(k.Say("echo.in"))
	k.enter("echo.add.link")
	k.fill("[name=text]", "The list on the door was from Thursday.")
	k.enter("failure.facts.add")
	k.See("The list on the door was from Thursday.")
	k.tick(k.Say("triage.asked"))
	k.enter("triage.call")
}

func (k keys) meets() {
	k.Helper()
	k.See(k.Say("invite.who"))
	k.tick("Amal")
	k.Evaluate(meetNow)
	k.enter("invite.send")
	k.enter("home.item.door")
	k.enter("room.wait.closeness.did")
	k.See(k.Say("room.wait.begin"))
}

// question is written alone, read, and agreed with Amal.
func (k keys) question(amal *debrieftest.Device, n, words string) {
	k.Helper()
	k.See(k.Say("question." + n))
	k.fill("[name=text]", words)
	k.enter("room.write.mine")
	k.See(k.Say("room.write.in"))
	k.Focuses(k.Say("question." + n)) // and not the top of the page
	amal.Open(k.room(amal) + "/" + n)
	k.write(amal, "question."+n+".write", "The van loaded from today's list.")
	k.See("The van loaded from today's list.")
	k.tick("input[name=phrase]")
	k.enter("room.agree.stand")
	k.See(k.Say("room.agree.stood"))
	k.Press("Tab")
	k.Focuses(k.Say("room.agree.title")) // the text that was sent
	amal.Open(k.room(amal) + "/" + n)
	amal.Click(k.Say("room.agree.stand"))
	amal.See(k.Say("room.agree.stood"))
	k.See(k.Say("room.agree.count", "n", 2, "all", 2))
	k.enter("room.agree.next", "what", k.Say("question."+n+".next"))
}

// sorts names the gap and judges it.
func (k keys) sorts(amal *debrieftest.Device) {
	k.Helper()
	k.fill("[name=where]", "At the door") // what was meant and how it went stand there, as agreed
	k.enter("room.write.mine")
	k.See(k.Say("room.write.in"))
	amal.Open(k.room(amal) + "/3")
	k.gap(amal, "Six boxes", "Five boxes", "At the shelf")
	k.See("Five boxes")
	k.enter("room.gap.from")
	k.See(k.Say("room.gap.count", "n", 1))
	k.enter("room.gap.next")
	k.See(k.Say("room.judge.title"))
	k.tick("input[name=kind][value=avoidable]")
	k.enter("room.judge.mine")
	amal.Open(k.room(amal) + "/4")
	amal.Click(k.Say("kind.avoidable"))
	amal.Click(k.Say("room.judge.mine"))
	k.See(k.Say("room.sort.agree"))
	k.enter("room.sort.agree.last", "kind", k.Say("kind.avoidable"))
}

func (k keys) changes() {
	k.Helper()
	k.See(k.Say("embed.procedure.none"))
	k.fill(k.Say("embed.procedure.name"), "Loading the van")
	k.fill(k.Say("embed.step.first"), "Print the list on the morning of the day.")
	k.enter("embed.step.do")
	k.See(k.Say("embed.done"))
	k.enter("embed.next.carry")
}

func (k keys) closes() {
	k.Helper()
	k.See(k.Say("close.heading"))
	k.tick("Amal")
	k.fill("[name=act]", "puts up the new list")
	k.fill("[name=moment]", "before the van is loaded on Saturday")
	k.tick(k.Say("close.aloud"))
	k.enter("close.do.name")
	k.See("puts up the new list")
	k.enter("close.do")
	k.enter("close.anyway")
	k.See(k.Say("record.carrier"))
}

// asksAgain is a limit that was named long ago and is due for a look: found on the first
// page, asked again, and gone from there.
func (k keys) asksAgain() {
	k.Helper()
	const limit = "No van may wait in front of the shop."
	db, _ := k.days(0)
	if err := db.Update(k.Context(), func(tx *store.Tx) error {
		teams, err := tx.Teams()
		if err == nil {
			_, err = tx.AddConstraint(practice.Constraint{ID: practice.ConstraintID(tx.NewID("con")), Team: teams[0].ID, Text: limit, Assume: "We load in the yard.",
				Kind: practice.ByLaw, Places: []string{"plan"}, NamedAt: tx.Now().AddDate(-1, 0, 0), LookAt: tx.Now().AddDate(0, 0, -1)})
		}
		return err
	}); err != nil {
		k.Fatal(err)
	}
	k.Open("/")
	k.TabTo(limit)
	k.Press("Enter")
	k.See("to be asked again since")
	k.enter("constraint.still.yes")
	k.Gone("to be asked again since")
	k.Gone(time.Now().AddDate(-1, 0, 0).Format("January 2006"))
	k.Open("/")
	k.See("Loading the van")
	k.Gone(limit)
}
