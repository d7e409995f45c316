package stories

import (
	"database/sql"
	"strings"
	"testing"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/practice"
)

// A room hands a gap to somebody without an account, who can change what the team cannot.
// Two weeks go by without a word: for the team it is stuck outside, on its start page and in the
// record, on a phone and on a screen. Then the answer comes after all, by the same link, and
// the team reads it.
func TestReferral_stuckOutsideUs(t *testing.T) {
	tell(t, func(s *story) {
		p := s.begun(false)
		p.question("question.1", "Twelve boxes are in the van by two.", "Twelve boxes, one of them brake pads.")
		p.question("question.2", "The van left with eleven boxes. The list was last week's.", "I loaded from the list on the door.")
		p.gaps()
		p.sorted()
		p.ines.Click(s.Say("embed.refer.title"))
		p.ines.Type("#refer-name", "Rosa")
		p.ines.Type("#refer-mail", "rosa@printers.example")
		p.ines.Type("#refer-why", "The printer is hers.")
		p.ines.Click(s.Say("embed.refer.do"))
		p.ines.See(s.Say("embed.refer.done.link"))
		p.ines.Click(s.Say("embed.next.carry"))
		p.follow(p.amal)
		p.named()
		p.amal.Click(s.Say("close.do"))
		p.amal.Click(s.Say("close.anyway"))
		p.amal.See(s.Say("record.carrier"))

		p.ines.Open("/f/1/record")
		p.ines.Click(s.Say("referral.open"))
		at := p.ines.Address()
		p.ines.Click(s.Say("guest.link", "name", "Rosa"))
		p.ines.See(s.Say("referral.link", "name", "Rosa"))
		link := strings.TrimSpace(p.ines.Text(".notice code"))
		stuck := s.Say("referral.stuck")
		for _, d := range []*debrieftest.Device{p.ines, p.amal} { // the control: it waits
			d.Open("/")
			if text := d.Text("main"); strings.Contains(text, stuck) {
				t.Errorf("stuck before two weeks are over: %s", text)
			}
		}
		s.waits(practice.ReferralTerm + time.Minute)
		for name, d := range map[string]*debrieftest.Device{"stuck-home": p.ines, "stuck-home-phone": p.amal} {
			d.Open("/")
			d.See(stuck)
			d.Look(name)
			d.Open("/f/1/record")
			if text := d.Text("main"); !strings.Contains(text, stuck) {
				t.Errorf("the record does not say that it is stuck: %s", text)
			}
		}
		p.amal.Open(at)
		if text := p.amal.Text("main"); !strings.Contains(text, stuck) {
			t.Errorf("it does not say that it is stuck: %s", text)
		}
		p.amal.Look("stuck-referral")

		rosa := s.somebody(debrieftest.Phone)
		rosa.NoScripts(true)
		rosa.Open(link)
		rosa.See("The printer is hers.")
		rosa.Click(s.Say("referral.decline"))
		rosa.Type("#decline-why", "I was away. It was sold in May.")
		rosa.Click(s.Say("referral.decline.do"))
		rosa.See("It was sold in May.")
		for name, d := range map[string]*debrieftest.Device{"stuck-answered": p.ines, "stuck-answered-phone": p.amal} {
			d.Open("/")
			d.See("Rosa")
			d.Open(at)
			d.See("It was sold in May.")
			if text := d.Text("main"); strings.Contains(text, stuck) {
				t.Errorf("answered, and still stuck: %s", text)
			}
			d.Look(name)
			d.Open("/f/1/record")
			if text := d.Text("main"); strings.Contains(text, stuck) {
				t.Errorf("answered, and the record has it stuck: %s", text)
			}
		}
	})
}

// waits lets whoever was handed a gap have had it for so long, and does what is due then.
func (s *story) waits(long time.Duration) {
	s.Helper()
	driver := "sqlite"
	if strings.Contains(s.site.Database(), "://") {
		driver = "pgx"
	}
	db, err := sql.Open(driver, s.site.Database())
	if err != nil {
		s.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(s.Context(), `UPDATE referral SET at = at - $1, until_at = until_at - $1`, long.Microseconds()); err != nil {
		s.Fatal(err)
	}
	var gap practice.GapID
	if err := db.QueryRowContext(s.Context(), `SELECT gap FROM referral`).Scan(&gap); err != nil {
		s.Fatal(err)
	}
	if _, a := s.days(0); a.ChaseReferral(s.Context(), gap) != nil {
		s.Fatal("what is due after two weeks")
	}
}
