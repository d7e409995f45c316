package room_test

import (
	"testing"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// confirmed is a case that only one guardian reads and that closed raw answers to somebody.
func (s *stage) confirmed(words string, reader practice.MemberID, closed practice.MemberID) practice.MisuseID {
	s.t.Helper()
	before := map[practice.MisuseID]bool{}
	for _, c := range s.desk(words).Cases {
		before[c.ID] = true
	}
	s.tell("It was used against me.", reader)
	s.hour()
	for _, c := range s.desk(words).Cases {
		if !before[c.ID] {
			s.must(s.handle(s.ctx(), practice.Stranger{}, words, practice.Handling{Case: c.ID, Seen: c.State, Text: "It is so.",
				State: practice.MisuseConfirmed, Close: closed, Pause: practice.NoTeam}))
			return c.ID
		}
	}
	s.t.Fatal("no case")
	return ""
}

// lines counts the lines somebody was given with a code.
func (s *stage) lines(code string) (n int) {
	s.t.Helper()
	for _, row := range s.rows("notice") {
		if row.Values["code"] == code {
			n++
		}
	}
	return n
}

// Raw answers stay closed while any case stands. Any guardian opens them again, with a word
// to whoever told it, also one who does not read the case; nobody does it for themselves.
func TestGuardian_closedWhileAnyCaseStands(t *testing.T) {
	onBoth(t, 4, func(s *stage) {
		mira, tom := s.guardian(1), s.guardian(2)
		who := s.people[3]
		shut := func(want bool, when string) {
			t.Helper()
			s.update(func(tx *store.Tx) error {
				is, err := tx.ReadingClosed(who)
				if is != want {
					t.Errorf("%s: closed %t", when, is)
				}
				return err
			})
		}
		one := s.confirmed(mira, s.people[1], who)
		two := s.confirmed(tom, s.people[2], who)
		if n := s.lines("notice.reading-closed"); n != 1 {
			t.Errorf("told %d times that it is closed", n)
		}
		open := practice.Handling{Case: one, Seen: practice.MisuseConfirmed, Text: "They put it right.", Open: who}
		s.must(s.handle(s.ctx(), practice.Stranger{}, mira, open))
		shut(true, "one of two opened")
		if s.lines("notice.reading-opened") != 0 {
			t.Error("told that it is open while another case stands")
		}
		d := s.desk(mira)
		if len(d.Closed) != 1 || d.Closed[0].Case != two || d.Closed[0].Name == "" || len(s.desk(tom).Closed) != 0 {
			t.Fatalf("of cases that others read: %+v", d.Closed)
		}
		open.Case, open.Text = two, ""
		s.refused(s.handle(s.ctx(), practice.Stranger{}, mira, open), "message.empty")
		open.Text = "Tom has left; it is put right."
		act := open
		act.Close = s.people[0]
		s.refused(s.handle(s.ctx(), practice.Stranger{}, mira, act), "not.found")
		s.must(s.handle(s.ctx(), practice.Stranger{}, mira, open))
		shut(false, "both opened")
		if s.lines("notice.reading-opened") != 1 || len(s.desk(mira).Closed) != 0 {
			t.Error("both are opened, and nothing says so")
		}
	})
}

// A case that turns out not to be so closes nothing any more; a guardian does not open to
// themselves what another one closed to them.
func TestGuardian_unconfirmedOpens(t *testing.T) {
	s := onSQLite(t, 4)
	mira, tom := s.guardian(1), s.guardian(2)
	id := s.confirmed(tom, s.people[2], s.people[1])
	s.refused(s.handle(s.ctx(), practice.Stranger{}, mira, practice.Handling{Case: id, Seen: practice.MisuseConfirmed, Text: "Nothing was.", Open: s.people[1]}), "not.found")
	if len(s.desk(mira).Closed) != 0 {
		t.Error("a guardian reads at the desk that it is closed to them")
	}
	s.must(s.handle(s.ctx(), practice.Stranger{}, tom, practice.Handling{Case: id, Seen: practice.MisuseConfirmed, Text: "It was another.", State: practice.MisuseUnconfirmed}))
	s.update(func(tx *store.Tx) error {
		is, err := tx.ReadingClosed(s.people[1])
		if is {
			t.Error("it is not so, and still closed")
		}
		return err
	})
}

// A guardian's proposal is joined to one that waits, and where the team pauses the guardian
// is told so. Sent again, it is joined once.
func TestGuardian_joinsAPause(t *testing.T) {
	onBoth(t, 4, func(s *stage) {
		mira := s.guardian(1)
		id := s.confirmed(mira, s.people[1], s.people[3])
		ask := func(want practice.PauseAsked) {
			t.Helper()
			got, err := s.rooms.Handle(s.ctx(), practice.Stranger{}, mira, practice.Handling{Case: id, Seen: practice.MisuseConfirmed, Text: "I ask them.", Pause: s.team})
			s.must(err)
			if got != want {
				t.Errorf("what became of it is %q, want %q", got, want)
			}
		}
		now := func() (p practice.Pause) {
			t.Helper()
			s.update(func(tx *store.Tx) (err error) { p, err = tx.PauseOf(s.team); return err })
			return p
		}
		s.update(func(tx *store.Tx) error {
			p, err := practice.ProposePause(practice.Pause{ID: "pse_1", Team: s.team, By: s.people[2], Why: "Nothing is done"}, 7, tx.Now())
			if err != nil {
				return err
			}
			return tx.AddPause(p)
		})
		if now().Guardian {
			t.Fatal("no guardian proposed it yet")
		}
		ask(practice.PauseJoined)
		if p := now(); !p.Guardian || p.By != s.people[2] || p.Why != "Nothing is done" || s.lines("notice.pause-proposed") != 4 {
			t.Errorf("joined it is %+v, told %d", p, s.lines("notice.pause-proposed"))
		}
		ask(practice.PauseJoined)
		if n := s.lines("notice.pause-proposed"); n != 4 || s.desk(mira).Pauses[s.team].ID == "" {
			t.Errorf("asked twice, told %d", n)
		}
		s.update(func(tx *store.Tx) error {
			p, err := tx.PauseOf(s.team)
			if err != nil {
				return err
			}
			if p, err = p.Agree(s.people[0], 4, tx.Now()); err != nil {
				return err
			}
			p.Guardian = false
			return tx.SavePause(p)
		})
		ask(practice.PauseRan)
		if p := now(); p.Guardian || !p.Runs() || s.lines("notice.pause-proposed") != 4 {
			t.Errorf("while it runs: %+v", p)
		}
	})
}
