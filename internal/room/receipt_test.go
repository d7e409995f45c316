package room_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// ask has the team seal a question to a receipt.
func (s *stage) ask(f practice.FailureID, text string) (id practice.MessageID) {
	s.t.Helper()
	s.update(func(tx *store.Tx) error {
		r, err := tx.ReceiptOf(f)
		if err != nil {
			return err
		}
		id = practice.MessageID(tx.NewBlindID("msg"))
		sealed, err := r.Seal(id, text)
		if err != nil {
			return err
		}
		return tx.AddMessage(practice.Message{ID: id, Failure: f, Day: tx.Now(), Asked: true, Sealed: sealed})
	})
	return id
}

func (s *stage) thread(f practice.FailureID) (all []practice.Message) {
	s.t.Helper()
	s.update(func(tx *store.Tx) (err error) { all, err = tx.Messages(f); return err })
	return all
}

// Wrong words, an unknown receipt and an old one get one answer; the right words
// are read however they are typed.
func TestReceipt_oneAnswerToAllThatIsWrong(t *testing.T) {
	s := outside(t, storetest.SQLite(t))
	words := s.report("x").Words
	s.hour()
	for _, typed := range []string{strings.ToUpper(words), strings.ReplaceAll(words, " ", ",\n "), "  " + strings.ReplaceAll(words, " ", "-")} {
		if _, err := s.rooms.Receipt(s.ctx(), stranger(1), typed); err != nil {
			t.Errorf("%q: %v", typed, err)
		}
	}
	fields := strings.Fields(words)
	unknown := strings.Join(append([]string{"lantern"}, fields[1:]...), " ")
	if fields[0] == "lantern" {
		unknown = strings.Join(append([]string{"meadow"}, fields[1:]...), " ")
	}
	_, wrong := s.rooms.Receipt(s.ctx(), stranger(2), unknown)
	s.refused(wrong, "receipt.wrong")
	_, short := s.rooms.Receipt(s.ctx(), stranger(2), strings.Join(fields[:6], " "))
	s.clock.Pass(practice.ReceiptDays * 24 * time.Hour)
	_, old := s.rooms.Receipt(s.ctx(), stranger(3), words)
	s.hour()
	s.clock.Pass(24 * time.Hour)
	s.update(func(tx *store.Tx) error { return tx.Dispose() })
	_, forgotten := s.rooms.Receipt(s.ctx(), stranger(4), words)
	for name, err := range map[string]error{"too few words": short, "an old one": old, "a forgotten one": forgotten} {
		if err == nil || fmt.Sprintf("%#v", err) != fmt.Sprintf("%#v", wrong) {
			t.Errorf("%s gets another answer than a wrong one: %#v, %#v", name, err, wrong)
		}
	}
	if n := len(s.rows("receipt")); n != 0 {
		t.Errorf("%d old receipts are kept", n)
	}
	_, err := s.rooms.Receipt(s.ctx(), stranger(5), "no such wordz as these are here")
	s.refused(err, "words.unknown")
}

func TestReceipt_triesAreCounted(t *testing.T) {
	s := outside(t, storetest.SQLite(t))
	const wrong = "lantern meadow crisp sundial copper heron abacus"
	for range 10 {
		_, err := s.rooms.Receipt(s.ctx(), stranger(1), wrong)
		s.refused(err, "receipt.wrong")
	}
	_, err := s.rooms.Receipt(s.ctx(), stranger(1), wrong)
	s.refused(err, "receipt.slow")
	_, err = s.rooms.Receipt(s.ctx(), stranger(2), wrong)
	s.refused(err, "receipt.wrong")
}

// What the team asks is sealed until it is answered, so that a copy of the
// database does not tell it. The answer appears with the hour and opens the
// question it belongs to.
func TestSay_opensTheQuestion(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := outside(t, database)
		words := s.report("The fee was wrong.").Words
		s.hour()
		held, err := s.rooms.Receipt(s.ctx(), stranger(1), words)
		s.must(err)
		const question, other, answer = "Was it the counter on the left?", "Were you alone there?", "The left one, by the door."
		asked := s.ask(held.Failure.ID, question)
		s.ask(held.Failure.ID, other)
		for _, m := range s.thread(held.Failure.ID) {
			if m.Text != "" || len(m.Sealed) == 0 {
				t.Errorf("a question lies open: %+v", m)
			}
		}
		held, err = s.rooms.Receipt(s.ctx(), stranger(1), words)
		if err != nil || len(held.Thread) != 2 || held.Thread[0].Text != question || held.Thread[1].Text != other {
			t.Fatalf("whoever holds the words reads %+v, %v", held.Thread, err)
		}

		who := stranger(1)
		who.Once = "sent twice"
		for range 2 {
			s.must(s.rooms.Say(s.ctx(), who, words, practice.Message{Text: " " + answer + " ", Answers: asked}))
		}
		if n := len(s.thread(held.Failure.ID)); n != 2 {
			t.Errorf("before the hour the thread has %d messages", n)
		}
		if held, err = s.rooms.Receipt(s.ctx(), stranger(1), words); err != nil || len(held.Pending) != 1 {
			t.Errorf("what was sent is not said to wait: %+v, %v", held.Pending, err)
		}
		if last := held.Thread[len(held.Thread)-1]; len(held.Thread) != 3 || last.Text != answer || last.Answers != asked || !last.Day.IsZero() {
			t.Errorf("what waits is not shown to its holder: %+v", held.Thread)
		}
		s.hour()
		all := s.thread(held.Failure.ID)
		if len(all) != 3 || all[0].Text != question || len(all[0].Sealed) > 0 || all[1].Text != "" || all[2].Text != answer || all[2].Answers != asked {
			t.Errorf("the team reads %+v", all)
		}
		if day := all[2].Day.In(held.Organisation.Location()); day.Hour() != 0 || day.Minute() != 0 {
			t.Errorf("the answer knows its moment: %s", day)
		}
	})
}

func TestSay_refuses(t *testing.T) {
	s := outside(t, storetest.SQLite(t))
	words := s.report("x").Words
	s.refused(s.rooms.Say(s.ctx(), stranger(1), words, practice.Message{Text: " "}), "message.empty")
	s.hour()
	for i := range practice.MaxMessages {
		s.must(s.rooms.Say(s.ctx(), stranger(10+i), words, practice.Message{Text: "and this"}))
	}
	s.refused(s.rooms.Say(s.ctx(), stranger(1), words, practice.Message{Text: "too much"}), "thread.full")
}

// While a report waits it is corrected and taken back at once; afterwards with
// the hour, and only until its review begins.
func TestCorrect_andWithdraw(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := outside(t, database)
		words := s.report("Karin took the wrong fee.").Words
		s.must(s.rooms.Correct(s.ctx(), stranger(1), words, "The wrong fee was taken."))
		s.hour()
		held, err := s.rooms.Receipt(s.ctx(), stranger(1), words)
		if err != nil || held.Text != "The wrong fee was taken." {
			t.Fatalf("it appeared as %q, %v", held.Text, err)
		}
		for _, text := range []string{"The wrong fee.", "The wrong fee, on Monday."} {
			s.must(s.rooms.Correct(s.ctx(), stranger(1), words, text))
		}
		if held, err = s.rooms.Receipt(s.ctx(), stranger(1), words); err != nil || held.Text != "The wrong fee was taken." || len(held.Pending) != 1 {
			t.Errorf("before the hour: %+v, %v", held, err)
		}
		s.hour()
		if held, err = s.rooms.Receipt(s.ctx(), stranger(1), words); err != nil || held.Text != "The wrong fee, on Monday." || held.Failure.Title != "The wrong fee, on Monday" {
			t.Errorf("after the hour: %+v, %v", held, err)
		}
		number := held.Failure.Number
		gone, err := s.rooms.Withdraw(s.ctx(), stranger(2), words)
		if err != nil || gone {
			t.Errorf("taken back at once: %v, %v", gone, err)
		}
		s.hour()
		_, err = s.rooms.Receipt(s.ctx(), stranger(2), words)
		s.refused(err, "receipt.wrong")
		err = s.store.View(s.ctx(), func(tx *store.Tx) error { _, err := tx.FailureByNumber(number); return err })
		if !errors.Is(err, practice.ErrNotFound) {
			t.Errorf("taken back it is still there: %v", err)
		}

		again := s.report("Something else.").Words
		if gone, err := s.rooms.Withdraw(s.ctx(), stranger(3), again); err != nil || !gone {
			t.Errorf("a report that waits is not gone at once: %v, %v", gone, err)
		}
		s.hour()
		_, err = s.rooms.Receipt(s.ctx(), stranger(3), again)
		s.refused(err, "receipt.wrong")
	})
}

// Once the review has begun the report stays as it is. What was on its way to
// correct it becomes a message.
func TestCorrect_whenTheReviewBegan(t *testing.T) {
	s := outside(t, storetest.SQLite(t))
	words := s.report("The fee was wrong.").Words
	s.hour()
	s.must(s.rooms.Correct(s.ctx(), stranger(1), words, "It was the old fee."))
	held, err := s.rooms.Receipt(s.ctx(), stranger(1), words)
	s.must(err)
	s.update(func(tx *store.Tx) error {
		return tx.AddReview(practice.Review{ID: "rev_begun", Failure: held.Failure.ID, Form: practice.FormLive, Lead: s.people[0], MeetAt: tx.Now(),
			StartedAt: tx.Now(), Box: practice.DefaultBox, Phase: practice.PhaseIntended}, s.people)
	})
	s.refused(s.rooms.Correct(s.ctx(), stranger(1), words, "Something else."), "receipt.begun")
	_, err = s.rooms.Withdraw(s.ctx(), stranger(1), words)
	s.refused(err, "receipt.begun")
	s.hour()
	if held, err = s.rooms.Receipt(s.ctx(), stranger(1), words); err != nil || !held.Begun || held.Text != "The fee was wrong." {
		t.Errorf("it reads %+v, %v", held, err)
	}
	if all := s.thread(held.Failure.ID); len(all) != 1 || all[0].Text != "It was the old fee." {
		t.Errorf("the thread has %+v", all)
	}
}

// Whoever holds the words hears what became of their report, and never who did
// it.
func TestReceipt_news(t *testing.T) {
	s := outside(t, storetest.SQLite(t))
	words := s.report("The fee was wrong.").Words
	s.hour()
	codes := func() string {
		held, err := s.rooms.Receipt(s.ctx(), stranger(1), words)
		s.must(err)
		var all []string
		for _, n := range held.News {
			all = append(all, strings.TrimSpace(n.Code+" "+n.Text))
		}
		return strings.Join(all, "; ")
	}
	decide := func(d practice.Triage, why string) {
		s.update(func(tx *store.Tx) error {
			f, err := tx.FailureByNumber(3)
			if err == nil {
				f, err = f.Decide(d, []string{"Somebody paid too much."}, why)
			}
			if err != nil {
				return err
			}
			return tx.SaveFailure(f)
		})
	}
	for _, c := range []struct {
		do   func()
		want string
	}{
		{func() {}, "new"},
		{func() { decide(practice.TriageNoted, "we know the old list") }, "noted we know the old list"},
		{func() { decide(practice.TriageSignificant, "") }, "called"},
	} {
		if c.do(); codes() != c.want {
			t.Errorf("heard %q, want %q", codes(), c.want)
		}
	}
}

// A month and three months after a report its words lead to a question, for two weeks. What
// is told the guardian then says so to them alone, and no row says that anybody was asked.
func TestReceipt_asksWhatHappenedSince(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := outside(t, database)
		words := s.report("The fee was wrong.").Words
		s.hour()
		rows := func() (n int) {
			for _, r := range copyOf(t, database) {
				if r.Table != "pool" && r.Table != "meta" && r.Table != "job" {
					n++
				}
			}
			return n
		}
		was := rows()
		for _, c := range []struct {
			pass  time.Duration
			asked bool
		}{{0, false}, {28, false}, {3, true}, {11, true}, {4, false}, {46, true}, {14, false}} {
			s.clock.Pass(c.pass * 24 * time.Hour)
			held, err := s.rooms.Receipt(s.ctx(), stranger(1), words)
			s.must(err)
			if held.Since.Asks != c.asked {
				t.Errorf("after %d days more: %+v", c.pass, held.Since)
			}
		}
		if now := rows(); now != was {
			t.Errorf("%d rows, were %d", now, was)
		}
	})
}
