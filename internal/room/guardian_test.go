package room_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
)

// guardian lets somebody of the stage stand, and returns their words.
func (s *stage) guardian(person int) string {
	s.t.Helper()
	words, key, err := s.rooms.DrawReceipt(s.ctx())
	s.must(err)
	s.update(func(tx *store.Tx) error {
		return tx.SaveGuardian(practice.Guardian{Member: s.people[person], NamedBy: s.people[0], Agreed: true, Lookup: key.Lookup, Public: key.Public()})
	})
	return words
}

// handle is what a guardian does with a case.
func (s *stage) handle(ctx context.Context, who practice.Stranger, words string, h practice.Handling) error {
	_, err := s.rooms.Handle(ctx, who, words, h)
	return err
}

func (s *stage) tell(text string, to ...practice.MemberID) room.Reported {
	s.t.Helper()
	r, err := s.rooms.TellGuardian(s.ctx(), stranger(len(text)), practice.NewMisuse{Text: text, To: to})
	s.must(err)
	return r
}

func (s *stage) desk(words string) room.Desk {
	s.t.Helper()
	d, err := s.rooms.Desk(s.ctx(), stranger(201), words)
	s.must(err)
	return d
}

// waited looks at how long the one case waited to be read.
func (s *stage) waited(want practice.Wait) {
	s.t.Helper()
	s.update(func(tx *store.Tx) error {
		all, err := tx.MisuseWaits()
		if len(all) != 1 || all[0].Read != want {
			s.t.Errorf("it waited %+v, want %q", all, want)
		}
		return err
	})
}

func (s *stage) said(words string) *room.Said {
	s.t.Helper()
	held, err := s.rooms.Receipt(s.ctx(), stranger(202), words)
	s.must(err)
	if held.Said == nil {
		s.t.Fatal("the words open no case")
	}
	return held.Said
}

// What the guardian is told waits for the hour, stands in the database in no words, and
// is read by the guardian and by whoever told it. The answer goes the same way back.
func TestGuardian_onlyTheTwoRead(t *testing.T) {
	onBoth(t, 4, func(s *stage) {
		mira, tom := s.guardian(1), s.guardian(2)
		const text = "What I wrote was read out at my appraisal."
		events := len(s.rows("event"))
		told := s.tell(text, s.people[1])
		if got := len(s.rows("event")); got != events || len(s.rows("pool")) != 1 || len(s.rows("misuse")) != 0 {
			t.Errorf("before the hour: %d events, was %d", got, events)
		}
		if said := s.said(told.Words); !said.Waits || said.Thread[0].Text != text {
			t.Errorf("while it waits the words open %+v", said)
		}
		s.hour()
		if got := len(s.rows("event")); got != events {
			t.Errorf("it has %d events of its own", got-events)
		}
		if d := s.desk(tom); len(d.Cases) != 0 {
			t.Errorf("another guardian reads it: %+v", d.Cases)
		}
		s.waited("")
		d := s.desk(mira)
		s.waited(practice.WaitWeek)
		if len(d.Cases) != 1 || d.Cases[0].Thread[0].Text != text || d.Cases[0].State != practice.MisuseOpen {
			t.Fatalf("the guardian reads %+v", d.Cases)
		}
		act := practice.Handling{Case: d.Cases[0].ID, Seen: practice.MisuseOpen, Text: "Whom did they read it to?"}
		s.refused(s.handle(s.ctx(), stranger(5), tom, act), "not.found")
		s.must(s.handle(s.ctx(), stranger(5), mira, act))
		s.refused(s.handle(s.ctx(), stranger(6), mira, act), "changed.meanwhile")
		said := s.said(told.Words)
		if len(said.Thread) != 2 || !said.Thread[1].Answer || said.Thread[1].Text != act.Text || said.Case.State != practice.MisuseAnswered {
			t.Fatalf("the answer: %+v", said)
		}
		s.must(s.rooms.SayMore(s.ctx(), stranger(7), told.Words, "To both of my leads."))
		if d := s.desk(mira); len(d.Cases[0].Thread) != 2 {
			t.Error("what was added does not wait for the hour")
		}
		s.hour()
		if d := s.desk(mira); len(d.Cases[0].Thread) != 3 || d.Cases[0].State != practice.MisuseOpen {
			t.Errorf("added: %+v", d.Cases)
		}
		for _, row := range copyOf(t, s.database) {
			if line := fmt.Sprint(row.Values); strings.Contains(line, "appraisal") || strings.Contains(line, "read it to") || strings.Contains(line, "both of my") {
				t.Errorf("it stands in %s in the clear: %s", row.Table, line)
			}
		}
		for _, row := range s.rows("misuse_message") {
			if at := row.Values["day"]; !strings.HasSuffix(at, "00000000") {
				t.Errorf("a message knows more than its day: %s", at)
			}
		}
	})
}

// A case that is confirmed closes raw answers to somebody, tells them and the log what
// was done and not why, and opens them again with a word.
func TestGuardian_closesAndOpens(t *testing.T) {
	onBoth(t, 3, func(s *stage) {
		mira := s.guardian(1)
		s.tell("It was used against me.")
		s.hour()
		id := s.desk(mira).Cases[0].ID
		act := practice.Handling{Case: id, Seen: practice.MisuseOpen, Text: "It is so.", Close: s.people[2]}
		s.refused(s.handle(s.ctx(), stranger(1), mira, act), "misuse.unconfirmed")
		act.State = practice.MisuseConfirmed
		s.refused(s.handle(s.ctx(), stranger(1), mira, act), "misuse.pause")
		act.Pause = s.team
		s.must(s.handle(s.ctx(), stranger(2), mira, act))
		closed := func() (is bool) {
			s.update(func(tx *store.Tx) (err error) { is, err = tx.ReadingClosed(s.people[2]); return err })
			return is
		}
		if c := s.desk(mira).Cases[0]; !closed() || len(c.Closed) != 1 || c.State != practice.MisuseConfirmed {
			t.Fatalf("closed: %+v", c)
		}
		codes := map[string]int{}
		for _, n := range s.rows("notice") {
			codes[n.Values["code"]]++
		}
		if codes["notice.reading-closed"] != 1 || codes["notice.pause-proposed"] != 3 || codes["notice.misuse"] != 1 {
			t.Errorf("told %v", codes)
		}
		pauses := s.rows("pause")
		if len(pauses) != 1 || pauses[0].Values["began_at"] != "0" || !strings.HasSuffix(pauses[0].Values["proposed_at"], "00000000") ||
			pauses[0].Values["why"] != practice.GuardianProposes || strings.Contains(fmt.Sprint(pauses[0].Values), string(s.people[1])) || strings.Contains(fmt.Sprint(pauses[0].Values), string(id)) {
			t.Errorf("proposed is %v", pauses)
		}
		s.must(s.handle(s.ctx(), stranger(9), mira, practice.Handling{Case: id, Seen: practice.MisuseConfirmed, Text: "I ask them again.", Pause: s.team}))
		if n := len(s.rows("pause")); n != 1 {
			t.Errorf("asked again it is proposed %d times", n)
		}
		for _, e := range s.rows("event") {
			if e.Values["kind"] == "reading.closed" && (e.Values["about"] != "" || strings.Contains(fmt.Sprint(e.Values), string(id))) {
				t.Errorf("the log says more than what was done: %v", e.Values)
			}
		}
		s.refused(s.handle(s.ctx(), stranger(3), mira, practice.Handling{Case: id, Seen: practice.MisuseConfirmed, Open: s.people[2]}), "message.empty")
		s.must(s.handle(s.ctx(), stranger(4), mira, practice.Handling{Case: id, Seen: practice.MisuseConfirmed, Text: "They put it right.", Open: s.people[2]}))
		if closed() {
			t.Error("still closed")
		}
	})
}

// Wrong words, the words of a receipt, and those of somebody who is no guardian any more
// get one answer.
func TestGuardian_wordsOfOthers(t *testing.T) {
	s := onSQLite(t, 3)
	mira := s.guardian(1)
	told := s.tell("x")
	s.hour()
	_, err := s.rooms.Desk(s.ctx(), stranger(1), told.Words)
	s.refused(err, "desk.wrong")
	_, err = s.rooms.Receipt(s.ctx(), stranger(2), mira)
	s.refused(err, "receipt.wrong")
	s.update(func(tx *store.Tx) error { return tx.EndGuardian(s.people[1]) })
	_, err = s.rooms.Desk(s.ctx(), stranger(3), mira)
	s.refused(err, "desk.wrong")
	if said := s.said(told.Words); len(said.Guardians) != 0 {
		t.Errorf("read by %v", said.Guardians)
	}
	_, err = s.rooms.TellGuardian(s.ctx(), stranger(4), practice.NewMisuse{Text: "x"})
	s.refused(err, "guardian.none")
}

// Words that are drawn anew open nothing older, and everything newer. A closed case
// goes after its time, and one that keeps somebody from reading does not.
func TestGuardian_newWordsAndTheEnd(t *testing.T) {
	s := onSQLite(t, 3)
	s.guardian(1)
	s.tell("the first")
	s.hour()
	mira := s.guardian(1)
	s.tell("the second one")
	s.hour()
	shut, open := 0, 0
	var ids []practice.MisuseID
	for _, c := range s.desk(mira).Cases {
		ids = append(ids, c.ID)
		if c.Thread[0].Shut {
			shut++
		} else {
			open++
		}
	}
	if shut != 1 || open != 1 {
		t.Fatalf("%d shut, %d open", shut, open)
	}
	act := practice.Handling{Case: ids[0], Seen: practice.MisuseOpen, Text: "So it is.", State: practice.MisuseConfirmed, Close: s.people[2], Pause: practice.NoTeam}
	s.must(s.handle(s.ctx(), stranger(1), mira, act))
	for i, id := range ids {
		seen := []practice.MisuseState{practice.MisuseConfirmed, practice.MisuseOpen}[i]
		s.must(s.handle(s.ctx(), stranger(2+i), mira, practice.Handling{Case: id, Seen: seen, Text: "Done.", State: practice.MisuseClosed}))
	}
	s.clock.Pass((practice.MisuseDays + 1) * 24 * time.Hour)
	s.update(func(tx *store.Tx) error { return tx.Dispose() })
	if left := s.rows("misuse"); len(left) != 1 || left[0].Values["id"] != string(ids[0]) || len(s.rows("misuse_message")) != 3 {
		t.Errorf("left: %v", left)
	}
}

// That somebody was asked after a report is sealed with what they told: the guardian reads
// it, and the database has nothing of it.
func TestGuardian_toldAfterAReport(t *testing.T) {
	onBoth(t, 2, func(s *stage) {
		mira := s.guardian(1)
		_, err := s.rooms.TellGuardian(s.ctx(), stranger(1), practice.NewMisuse{Text: "They moved my shifts.", Since: true})
		s.must(err)
		s.tell("It was read out.")
		s.hour()
		asked := 0
		for _, c := range s.desk(mira).Cases {
			if strings.Contains(c.Thread[0].Text, "since") {
				s.t.Errorf("the words are %q", c.Thread[0].Text)
			}
			if c.Thread[0].Since {
				asked++
			}
		}
		if asked != 1 {
			s.t.Errorf("%d of two were asked", asked)
		}
		rows := s.rows("misuse")
		if len(rows) != 2 || rows[0].Values["state"] != rows[1].Values["state"] || rows[0].Values["day"] != rows[1].Values["day"] {
			s.t.Errorf("the rows tell them apart: %v", rows)
		}
	})
}

// A first reading is kept as within a week or within a month, whoever it is by, and what
// nobody could read any more is not read. Later nothing is kept of it.
func TestDesk_keepsHowLongItWaited(t *testing.T) {
	s := onSQLite(t, 3)
	s.guardian(1)
	s.tell("the first")
	s.hour()
	s.desk(s.guardian(1)) // their words were drawn anew
	s.waited("")
	for _, c := range []struct {
		days int
		want practice.Wait
	}{{9, practice.WaitMonth}, {40, ""}} {
		s := onSQLite(t, 3)
		mira, tom := s.guardian(1), s.guardian(2)
		s.tell("used")
		s.hour()
		s.clock.Pass(time.Duration(c.days) * 24 * time.Hour)
		s.desk(mira)
		s.waited(c.want)
		s.clock.Pass(24 * time.Hour)
		s.desk(tom)
		s.waited(c.want)
	}
}
