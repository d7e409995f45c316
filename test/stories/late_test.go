package stories

import (
	"testing"

	"debrief/internal/debrieftest"
)

// Two write the one text of the room at the same time. Whoever is later is
// shown both, and joins them: what anybody wrote is in what they agree on.
func TestRoom_twoEditors(t *testing.T) {
	tell(t, func(s *story) { s.twoEditors(false) })
}

// The same without a script: the page after sending shows both.
func TestRoom_twoEditorsWithoutScripts(t *testing.T) {
	inTurn(t, func(s *story) { s.twoEditors(true) })
}

func (s *story) twoEditors(plain bool) {
	p := s.begun(plain)
	p.write(p.ines, "question.1.write", "Twelve boxes in the van.")
	p.write(p.amal, "question.1.write", "Brake pads among them.")
	p.refresh(p.ines)
	p.ines.See("Brake pads among them.")
	p.amal.See("Brake pads among them.")

	p.ines.Type("#text", "Twelve boxes by two.")
	p.amal.Type("#text", "Brake pads first.")
	p.ines.Click(p.Say("room.agree.save"))
	if plain {
		p.amal.Click(p.Say("room.agree.save"))
	}
	p.amal.See(p.Say("both.heading"))
	p.amal.See("Twelve boxes by two.")
	p.amal.See("Brake pads first.")
	p.amal.Look("room-both")
	p.amal.Click(p.Say("both.join"))
	p.amal.Click(p.Say("room.agree.save"))
	p.refresh(p.ines)
	for _, words := range []string{"Twelve boxes by two.", "Brake pads first."} {
		p.amal.Holds("#text", words)
		p.ines.Holds("#text", words)
	}
}

// Two write the one text at once, again and again, and whoever has only put the
// cursor into it is asked nothing. In the end both read the same words and the
// same count.
func TestRoom_textAndCountAreTheSame(t *testing.T) {
	inTurn(t, func(s *story) {
		p := s.begun(false)
		p.write(p.ines, "question.1.write", "Twelve boxes in the van.")
		p.write(p.amal, "question.1.write", "Brake pads among them.")
		p.ines.See("Brake pads among them.")
		p.amal.See("Brake pads among them.")
		count := func(n int) {
			for _, d := range []*debrieftest.Device{p.ines, p.amal} {
				d.See(p.Say("room.agree.count", "n", n, "all", 2))
			}
		}
		p.amal.Click("#text") // and thinks
		p.ines.Type("#text", "Twelve boxes by two.")
		p.ines.Click(p.Say("room.agree.stand"))
		count(1)
		p.amal.Holds("#text", "Twelve boxes by two.")
		p.amal.Gone(p.Say("both.join"))

		p.ines.Type("#text", "Twelve boxes at two.")
		p.amal.Type("#text", "Brake pads first.")
		p.amal.Click(p.Say("room.agree.stand"))
		p.ines.See(p.Say("both.heading"))
		count(1)
		p.ines.Click(p.Say("both.use-theirs"))
		p.ines.Holds("#text", "Brake pads first.")
		p.ines.Gone(p.Say("both.join"))
		p.ines.Click(p.Say("room.agree.stand"))
		count(2)
		if said := p.amal.Text(".dock .soft"); said != p.Say("frame.tally", "n", 2, "all", 2) {
			s.Errorf("the way to the one text says %q", said)
		}
		for _, d := range []*debrieftest.Device{p.ines, p.amal} {
			d.Holds("#text", "Brake pads first.")
		}
	})
}

// Two texts that met stay beside each other, whatever goes on in the room, until
// the one who is asked has said which it is.
func TestRoom_twoTextsStayUntilOneIsChosen(t *testing.T) {
	inTurn(t, func(s *story) {
		p := s.begun(false)
		p.write(p.ines, "question.1.write", "Twelve boxes in the van.")
		p.write(p.amal, "question.1.write", "Brake pads among them.")
		p.amal.See("Twelve boxes in the van.")
		p.ines.See("Brake pads among them.")
		stay := func(theirs string) {
			s.Helper()
			if is := p.amal.Text("[data-both] [data-slot=theirs]"); is != theirs {
				s.Errorf("theirs is %q, not %q", is, theirs)
			}
			if is := p.amal.Text("[data-both] [data-slot=mine]"); is != "Brake pads first." {
				s.Errorf("the words of whoever is asked are %q", is)
			}
		}
		p.ines.Type("#text", "Twelve boxes by two.")
		p.amal.Type("#text", "Brake pads first.")
		p.ines.Click(p.Say("room.agree.stand"))
		p.amal.See(p.Say("both.heading"))
		stay("Twelve boxes by two.")
		p.amal.Click(p.Say("room.agree.stand")) // and has not chosen
		p.amal.Await(`document.querySelector("[data-both] form") && "asked"`)
		stay("Twelve boxes by two.")

		p.ines.Click(p.Say("room.trace.none"))
		p.amal.Gone(p.Say("room.trace.none"))
		stay("Twelve boxes by two.")
		p.ines.Type("#text", "Twelve boxes at two.")
		p.ines.Click(p.Say("room.agree.save"))
		p.amal.Holds("#text", "Twelve boxes at two.")
		stay("Twelve boxes by two.")

		p.amal.Click(p.Say("both.use-mine")) // over words not seen before
		p.amal.See("Twelve boxes at two.")
		stay("Twelve boxes at two.")
		p.amal.Click(p.Say("both.use-mine"))
		p.amal.Gone(p.Say("both.join"))
		p.amal.Holds("#text", "Brake pads first.")
		p.ines.Holds("#text", "Brake pads first.")
	})
}

// Whoever gives the three closing taps in one go has given three, however often
// they change their mind.
func TestClose_tapsInQuickSuccession(t *testing.T) {
	inTurn(t, func(s *story) {
		p := s.untilNamed(false)
		p.amal.See(p.Say("close.tapped", "n", 0, "all", 2))
		for _, want := range []string{"yes,no,yes", "no,yes,no", "yes,yes,no", "no,no,yes", "yes,no,no"} {
			p.amal.Evaluate(`"` + want + `".split(",").map((say, n) => document.querySelectorAll("#taps form")[n].querySelector("[value=" + say + "]").click())`)
			is := p.amal.Await(`new Promise((done) => {
				const look = () => {
					const is = [...document.querySelectorAll("#taps [aria-pressed]")].map((el) => el.value).join();
					is === "` + want + `" || --left === 0 ? done(is) : setTimeout(look, 100);
				};
				let left = 100;
				look();
			})`)
			if is != want {
				s.Errorf("of %s there is %s", want, is)
			}
		}
		p.amal.See(p.Say("close.tapped", "n", 1, "all", 2))
		p.amal.Reload()
		p.amal.See(p.Say("close.tapped", "n", 1, "all", 2))
		p.amal.Look("room-taps")
	})
}

// Two close the review, and somebody sends from a page that is long over. Each
// hears that it is closed and where the record is; the record is one and holds
// nothing that came after.
func TestClose_twiceAndLate(t *testing.T) {
	tell(t, func(s *story) {
		p := s.untilNamed(false)
		also, old := p.ines.Tab(), p.amal.Tab()
		also.NoScripts(true) // so that it hears nothing
		old.NoScripts(true)
		also.Open(p.room(p.ines) + "/carry")
		old.Open(p.room(p.amal) + "/carry")
		old.Click(p.Say("close.another"))
		old.Type("[name=act]", "does something quite different")
		p.closed()

		also.Click(p.Say("close.do"))
		also.See(p.Say("review.closed.title"))
		also.Look("room-closed")
		also.Click(p.Say("review.closed.way.record"))
		also.See(p.Say("record.carrier"))
		also.See("puts up the new list")

		old.Click(p.Say("close.do.name"))
		old.See(p.Say("review.closed.title"))
		old.Reload()
		old.Open("/f/1/record")
		old.See("puts up the new list")
		old.Gone("does something quite different")
		p.ines.Open("/carry")
		p.ines.See("puts up the new list")
		p.ines.Gone("does something quite different")
	})
}
