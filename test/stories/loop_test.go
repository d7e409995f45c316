package stories

import (
	"errors"
	"testing"

	"debrief/internal/debrieftest"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// From the first page to a closed record: two people on two devices. A failure
// becomes a changed step that carries its scar, and one of them carries it on.
func TestLoop(t *testing.T) {
	tell(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		amal := s.joined(ines, "Amal", debrieftest.Phone)
		s.checklist(ines)

		amal.Open("/report")
		amal.Type(s.Say("report.what"), "The courier van left without the brake pads. The list on the door was last week's.")
		amal.Click(s.Say("report.send"))
		amal.See(s.Say("echo.in"))
		s.invite(ines)

		s.arrive(ines)
		s.arrive(amal)
		ines.Click(s.Say("room.wait.begin"))

		s.answer(ines, amal, "1", "Six boxes of brake pads on the van at eight.", "The van loaded from today's list.")
		s.agree(ines, amal, "1", "Six boxes of brake pads on the van at eight, from today's list.")
		s.answer(ines, amal, "2", "Five boxes were loaded at eight.", "The list on the door was from Thursday.")
		s.agree(ines, amal, "2", "Five boxes were loaded. The list on the door was from Thursday.")
		s.parted(ines, amal)
		s.judge(ines, amal)
		s.change(ines)
		s.close(ines, amal)

		amal.Open("/f/1/record")
		amal.See("Read the date on the list aloud before loading.")
		amal.Look("record")
		ines.Open("/p/loading-the-van")
		ines.See(s.Say("frame.number", "n", 1))
		ines.Look("procedure-scar")
		amal.Open("/")
		ines.Open("/carry")
		ines.See("print the list each morning")
		s.moves(amal)
		s.offers(ines)
	})
}

// moves asks whoever carries the change on its day whether it moved what it was to move.
func (s *story) moves(carrier *debrieftest.Device) {
	s.Helper()
	db, a := s.days(0)
	err := db.Update(s.Context(), func(tx *store.Tx) error {
		f, err := tx.FailureByNumber(1)
		if err != nil {
			return err
		}
		reviews, err := tx.Reviews(f.ID)
		if err != nil {
			return err
		}
		gaps, err := tx.Gaps(reviews[0].ID)
		if err != nil {
			return err
		}
		was, err := tx.Effect(gaps[0].ID)
		is := was
		is.AskAt = tx.Now().AddDate(0, 0, -1)
		return errors.Join(err, tx.SaveEffect(is, was))
	})
	if err := errors.Join(err, a.AskEffects(s.Context())); err != nil {
		s.Fatal(err)
	}
	carrier.Open("/")
	carrier.See(s.Say("effect.moved"))
	carrier.Open("/f/1/record")
	carrier.Look("record-moved-phone")
	carrier.Click(s.Say("effect.move.unsure"))
	carrier.See("Nobody can tell whether it moved.")
}

// offers lets another team take over what this one changed, once the groups that have a
// say there agree.
func (s *story) offers(ines *debrieftest.Device) {
	s.Helper()
	rosa := s.joined(ines, "Rosa", debrieftest.Phone)
	s.depot("Rosa")
	s.checklist(rosa)
	s.asks("loading-the-van-2", map[string]string{"Drivers": "Rosa", "Office": "Ines"})

	ines.Open("/p/loading-the-van")
	ines.Open(ines.Evaluate(`[...document.querySelectorAll("li.step")].find(l => l.textContent.includes("Read the date")).querySelector('a[href*="/step/"]').getAttribute("href")`))
	ines.Click(s.Say("offer.new"))
	ines.Type("[name=why]", "A van left with the list of another day.")
	ines.Look("offer-new")
	ines.Click(s.Say("offer.do"))
	ines.See("Not answered by Depot")

	rosa.Open("/")
	rosa.See(s.Say("offer.title.mine", "team", "Workshop"))
	rosa.See(s.Say("notice.offer", "team", "Workshop"))
	rosa.Look("home-offer-phone")
	rosa.Click(s.Say("home.carry.answer"))
	rosa.See(s.Say("offer.take.step"))
	rosa.Look("offer-phone")
	rosa.NoScripts(true)
	rosa.Click(s.Say("offer.adopt"))
	rosa.See(s.Say("offer.stands.consent", "other", "Depot", "groups", "Drivers and Office"))
	rosa.NoScripts(false)
	rosa.Look("offer-asks-phone")
	rosa.Click(s.Say("trial.groups"))
	round := rosa.Evaluate(`location.pathname`)
	rosa.Type("[name=line]", "Another team loaded from an old list.")
	rosa.Click(s.Say("consent.present", "n", 2))
	rosa.Click(s.Say("consent.safe"))
	rosa.See(s.Say("consent.you.safe", "group", "Drivers"))

	ines.Open("/offers")
	ines.See(s.Say("offer.stands.consent", "other", "Depot", "groups", "Office"))
	ines.Look("offers")
	ines.Open(round)
	ines.Click(s.Say("consent.safe"))
	ines.See("Every group said yes")
	ines.Open("/")
	ines.See(s.Say("notice.offer-taken", "team", "Depot"))
	ines.Open("/f/1/record")
	ines.See("Taken over by Depot")
	ines.Look("record-offered")
	rosa.Open("/p/loading-the-van-2")
	rosa.See(s.Say("offer.from", "team", "Workshop"))
	rosa.Look("procedure-offered-phone")
}

// depot is another team of the organisation, to which somebody moves.
func (s *story) depot(name string) {
	s.Helper()
	db, _ := s.days(0)
	err := db.Update(s.Context(), func(tx *store.Tx) error {
		team := practice.Team{ID: practice.TeamID(tx.NewID("tea")), Name: "Depot", Pack: "default", CycleDays: 14, CycleStartAt: tx.Now()}
		m, err := tx.MemberByName(name)
		m.Teams = []practice.TeamID{team.ID}
		return errors.Join(err, tx.AddTeam(team), tx.SaveMember(m))
	})
	if err != nil {
		s.Fatal(err)
	}
}

// asks gives groups of one person each a say about a procedure.
func (s *story) asks(slug string, groups map[string]string) {
	s.Helper()
	db, _ := s.days(0)
	err := db.Update(s.Context(), func(tx *store.Tx) error {
		p, err := tx.ProcedureBySlug(slug)
		of := practice.Authority{Procedure: p.ID}
		for group, name := range groups {
			m, err1 := tx.MemberByName(name)
			g, err2 := tx.AddParty(practice.Party{Name: group, Days: 3, Members: []practice.MemberID{m.ID},
				Voices: []practice.Voice{{Member: m.ID, At: tx.Now(), How: "By hand."}}})
			of.Asked = append(of.Asked, g.ID)
			err = errors.Join(err, err1, err2)
		}
		return errors.Join(err, tx.SaveAuthority(of))
	})
	if err != nil {
		s.Fatal(err)
	}
}

// checklist brings in the procedure that the failure will change.
func (s *story) checklist(d *debrieftest.Device) {
	s.Helper()
	d.Open("/p/new")
	d.Type("[name=title]", "Loading the van")
	d.Type("[name=markdown]", "- [ ] Take the list from the door\n- [ ] Count the boxes against the list\n")
	d.Click(s.Say("procedure.new.do"))
	d.See("Count the boxes against the list")
}

// meetNow chooses the time for which nobody is asked before whether it is a go, so
// that no story waits.
const meetNow = `document.querySelector("[name=meet][value=now]").checked = true`

// invite calls the room with everybody of the team.
func (s *story) invite(d *debrieftest.Device) {
	s.Helper()
	s.inviteTo(d, "/f/1")
}

func (s *story) inviteTo(d *debrieftest.Device, failure string) {
	s.Helper()
	d.Open(failure)
	d.Click(s.Say("triage.asked"))
	d.Click(s.Say("triage.call"))
	d.See(s.Say("invite.who"))
	d.Evaluate(`document.querySelectorAll('[name=people]').forEach(b => b.checked = true)`)
	d.Evaluate(meetNow)
	d.Click(s.Say("invite.send"))
	d.See(s.Say("home.item.door"))
}

// arrive takes a seat.
func (s *story) arrive(d *debrieftest.Device) {
	s.Helper()
	d.Open("/f/1/room")
	d.Click(s.Say("room.wait.closeness.did"))
	d.See(s.Say("room.wait.begin"))
}

// answer writes alone, twice, and opens for both.
func (s *story) answer(a, b *debrieftest.Device, n, first, second string) {
	s.Helper()
	for _, d := range []*debrieftest.Device{a, b} {
		d.Open(s.room(d) + "/" + n)
		text := first
		if d == b {
			text = second
		}
		d.Type("[name=text]", text)
		d.Click(s.Say("room.write.mine"))
		if d == a {
			d.See(s.Say("room.write.in"))
		}
	}
	b.See(first) // the last one to write opens them for everybody
}

// room is where a device's seat is.
func (s *story) room(d *debrieftest.Device) string {
	return d.Evaluate(`location.pathname.split('/').slice(0, 3).join('/')`)
}

// agree writes the one text and has both stand behind it.
func (s *story) agree(a, b *debrieftest.Device, n, text string) {
	s.Helper()
	a.Open(s.room(a) + "/" + n)
	a.Type("#text", text)
	a.Click(s.Say("room.agree.stand"))
	a.See(s.Say("room.agree.stood"))
	b.Open(s.room(b) + "/" + n)
	b.Click(s.Say("room.agree.stand"))
	b.See(s.Say("room.agree.stood"))
	a.Open(s.room(a) + "/" + n)
	a.Click(s.Say("room.agree.next", "what", s.Say("question."+n+".next")))
}

// parted finds where intended and actual parted.
func (s *story) parted(a, b *debrieftest.Device) {
	s.Helper()
	for _, d := range []*debrieftest.Device{a, b} {
		d.Open(s.room(d) + "/3")
		d.Type("#text", "Loaded from today's list")
		d.Type("#actual", "Loaded from Thursday's list")
		d.Type("#where", "At the door, before the first box")
		d.Click(s.Say("room.write.mine"))
		if d == a {
			d.See(s.Say("room.write.in"))
		}
	}
	b.See(s.Say("room.gap.from"))
	b.Click(s.Say("room.gap.from"))
	b.See(s.Say("room.gap.next"))
	b.Open(s.room(b) + "/3")
	b.Click(s.Say("room.gap.next"))
	b.See(s.Say("room.judge.title"))
}

// judge sorts the gap alone, and settles it.
func (s *story) judge(a, b *debrieftest.Device) {
	s.Helper()
	for _, d := range []*debrieftest.Device{a, b} {
		d.Open(s.room(d) + "/4")
		d.Click("input[name=kind][value=avoidable]")
		d.Click(s.Say("room.judge.mine"))
	}
	b.See(s.Say("room.sort.agree"))
	b.Click(s.Say("room.sort.agree.last", "kind", s.Say("kind.avoidable")))
	b.See(s.Say("embed.avoidable.lede"))
}

// change puts another wording into the step, and everybody sees it.
func (s *story) change(d *debrieftest.Device) {
	s.Helper()
	d.Open(s.room(d) + "/change")
	d.Look("room-change")
	d.Click(s.Say("procedure.edit"))
	d.Type("li.edit [name=text]", "Read the date on the list aloud before loading.")
	d.Click(s.Say("embed.step.do"))
	d.See(s.Say("embed.done"))
	d.Look("room-changed")
	d.Click(s.Say("effect.name")) // what it is to move is for who likes to say it
	d.Click(s.Say("form.save"))
	d.See(s.Say("effect.what.title"))
	d.Type("[name=what]", "Boxes left behind in a month")
	d.Look("room-watch")
	d.Click(s.Say("form.save"))
	d.See("Boxes left behind in a month")
	d.Click(s.Say("embed.next.carry"))
	d.See(s.Say("close.heading"))
}

// close names one person, taps three times, and closes.
func (s *story) close(a, b *debrieftest.Device) {
	s.Helper()
	a.Open(s.room(a) + "/carry")
	a.Type("[name=carrier]", "the team")
	a.Type("[name=act]", "print the list each morning")
	a.Type("[name=moment]", "Before the first van of next week")
	a.Click(s.Say("close.do.name"))
	a.Look("room-carry-refused")
	a.Type("[name=carrier]", "Amal")
	a.Click(s.Say("close.aloud"))
	a.Click(s.Say("close.do.name"))
	a.See(s.Say("carry.aloud"))
	b.Open(s.room(b) + "/carry")
	b.Look("room-carry")
	b.Click(`form[action$="/tap"] button[value=yes]`)
	a.Open(s.room(a) + "/carry")
	a.Click(s.Say("close.do"))
	a.Click(s.Say("close.anyway"))
	a.See(s.Say("record.carrier"))
}
