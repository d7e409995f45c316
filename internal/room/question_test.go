package room_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
)

func TestMove_needsMoreThanHearsay(t *testing.T) {
	s := onSQLite(t, 3)
	for i, c := range []practice.Closeness{practice.Saw, practice.Heard, practice.Heard} {
		drawn, err := s.rooms.Draw(s.ctx(), s.review, s.ticket(i, c))
		s.must(err)
		s.seats = append(s.seats, practice.SeatAt(s.review, drawn.Key))
	}
	_, err := s.rooms.Move(s.ctx(), s.seats[0], 0, " ")
	s.refused(err, "room.few")
	r, err := s.rooms.Move(s.ctx(), s.seats[0], 0, "The night shift is on leave.")
	s.must(err)
	if r.FewWhy == "" || s.look(1).Review.FewWhy != r.FewWhy {
		t.Errorf("the reason is not kept: %+v", r)
	}
}

func TestMove_twiceAtOnce(t *testing.T) {
	onBoth(t, 4, func(s *stage) {
		s.come(4)
		version := s.look(0).Review.Version
		var all sync.WaitGroup
		results := make([]error, 4)
		for i := range results {
			all.Go(func() { _, results[i] = s.rooms.Move(context.Background(), s.seats[i], version, "") })
		}
		all.Wait()
		moved := 0
		for _, err := range results {
			if err == nil {
				moved++
			} else if !errors.Is(err, practice.ErrChanged) {
				s.t.Error(err)
			}
		}
		if at := s.look(0).Review.Phase; moved != 1 || at != practice.PhaseIntended {
			s.t.Errorf("%d of four taps moved the room, which is at %s", moved, at)
		}
	})
}

func TestQuestion_laterOnesWait(t *testing.T) {
	s := onSQLite(t, 1).come(1)
	for _, q := range []practice.Phase{practice.PhaseIntended, practice.PhaseHappened, practice.PhaseGap} {
		_, err := s.rooms.Question(s.ctx(), s.seats[0], q)
		s.refused(err, "question.order")
		s.refused(s.write(0, q, "early"), "question.order")
		s.refused(s.rooms.Reveal(s.ctx(), s.seats[0], q), "question.order")
	}
	_, err := s.rooms.Sorting(s.ctx(), s.seats[0])
	s.refused(err, "question.order")
}

// canary is a text that nobody may receive before the reveal.
const canary = "By 10:40 the canary had left "

// Before the reveal everybody gets counts, whatever they ask for.
func TestReveal_nobodyReceivesTextsBefore(t *testing.T) {
	s := onSQLite(t, 3).come(3)
	s.move(0)
	for _, q := range []practice.Phase{practice.PhaseIntended, practice.PhaseHappened, practice.PhaseGap} {
		canary := canary + string(q)
		s.must(s.write(0, q, canary))
		s.must(s.rooms.Write(s.ctx(), s.seats[0], room.NewAnswer{Question: q, Text: canary, Actual: canary, Where: canary, Whose: room.Spoken}))
		if seen := s.everything(1); strings.Contains(seen, canary) {
			t.Errorf("%s: somebody reads what another wrote", q)
		}
		if seen := s.everything(0); !strings.Contains(seen, canary) {
			t.Errorf("%s: whoever wrote it does not see their own: this test would prove nothing", q)
		}
		if view := s.question(1, q); view.Count != 2 || view.Progress.Written != 1 {
			t.Errorf("%s: %d answers, %d wrote", q, view.Count, view.Progress.Written)
		}
		s.refused(s.rooms.Reveal(s.ctx(), s.seats[1], q), "reveal.early")
		s.must(s.write(1, q, "two"))
		s.must(s.rooms.Write(s.ctx(), s.seats[2], room.NewAnswer{Question: q, Nothing: true}))
		if seen := s.everything(1); !strings.Contains(seen, canary) {
			t.Errorf("%s: it did not open when all had written", q)
		}
		switch q {
		case practice.PhaseGap:
			_, err := s.rooms.AddGap(s.ctx(), s.seats[0], practice.Parts{}, s.question(0, q).Answers[0].ID)
			s.must(err)
			s.move(0)
		default:
			s.agree(q, "one text")
		}
	}
	g := s.sorting(0).Gaps[0].Gap
	s.must(s.rooms.Judge(s.ctx(), s.seats[0], room.NewJudgement{Gap: g.ID, Round: 1, Kind: practice.Avoidable, Reason: "a private reason"}))
	if seen := s.everything(1); strings.Contains(seen, "a private reason") || strings.Contains(seen, string(practice.Avoidable)) {
		t.Error("a judgement is seen before the reveal")
	}
}

// everything is all a seat can ask for, as text.
func (s *stage) everything(seat int) string {
	var all []string
	add := func(v any, err error) { all = append(all, fmt.Sprintf("%+v %v", v, err)) }
	add(s.rooms.Room(s.ctx(), s.seats[seat]))
	add(s.rooms.Arrival(s.ctx(), s.seats[seat]))
	for _, q := range practice.Questions() {
		add(s.rooms.Question(s.ctx(), s.seats[seat], q))
	}
	add(s.rooms.Sorting(s.ctx(), s.seats[seat]))
	return strings.Join(all, "\n")
}

func TestReveal_oneOrderForAllAndNoSeats(t *testing.T) {
	s := onSQLite(t, 12).come(12)
	s.move(0)
	s.all(practice.PhaseIntended)
	first := s.question(0, practice.PhaseIntended).Answers
	var texts []string
	for i := range s.seats {
		view := s.question(i, practice.PhaseIntended)
		mine := 0
		for j, a := range view.Answers {
			if a.ID != first[j].ID || a.Mark != "" {
				t.Fatalf("seat %d reads %s in place %d, seat 0 reads %s; its mark is %q", i, a.ID, j, first[j].ID, a.Mark)
			}
			if a.Mine {
				mine++
				if want := fmt.Sprintf("intended %d", i); a.Text != want {
					t.Errorf("seat %d is told that %q is its own", i, a.Text)
				}
			}
		}
		if mine != 1 {
			t.Errorf("seat %d sees %d of its own", i, mine)
		}
	}
	for _, a := range first {
		texts = append(texts, a.Text)
	}
	written := slices.Clone(texts)
	slices.SortFunc(written, func(a, b string) int { return cmp.Or(len(a)-len(b), strings.Compare(a, b)) })
	if slices.Equal(written, texts) {
		t.Error("twelve answers stand in the order they were written")
	}
}

func TestWrite_ownWordsCanBeChangedUntilTheReveal(t *testing.T) {
	s := onSQLite(t, 2).come(2)
	s.move(0)
	s.must(s.write(0, practice.PhaseIntended, "first"))
	s.must(s.write(0, practice.PhaseIntended, "better"))
	if q := s.question(0, practice.PhaseIntended); q.Mine.Text != "better" || q.Count != 1 {
		t.Errorf("%q, %d answers", q.Mine.Text, q.Count)
	}
	s.must(s.write(1, practice.PhaseIntended, "other"))
	s.must(s.write(0, practice.PhaseIntended, "later"))
	q := s.question(1, practice.PhaseIntended)
	if len(q.Answers) != 3 || !q.Answers[2].Added || q.Answers[2].Text != "later" || q.Answers[0].Added {
		t.Errorf("%+v", q.Answers)
	}
	s.refused(s.rooms.Write(s.ctx(), s.seats[0], room.NewAnswer{Question: practice.PhaseIntended, Nothing: true}), "answer.empty")
}

func TestWrite_phonesAreShared(t *testing.T) {
	s := onSQLite(t, 1).come(1)
	s.move(0)
	write := func(text string, whose room.Whose, passOn bool) {
		t.Helper()
		s.must(s.rooms.Write(s.ctx(), s.seats[0], room.NewAnswer{Question: practice.PhaseIntended, Text: text, Whose: whose, PassOn: passOn}))
	}
	write("the first", room.Own, true)
	write("the second", room.Other, true)
	write("somebody said", room.Spoken, true)
	q := s.question(0, practice.PhaseIntended)
	if q.Open() || q.Count != 3 || !q.Passing {
		t.Fatalf("open %v, %d answers, passing %v", q.Open(), q.Count, q.Passing)
	}
	if seen := s.everything(0); strings.Contains(seen, "the first") || strings.Contains(seen, "the second") || strings.Contains(seen, "somebody said") {
		t.Error("the next one on this phone reads what another wrote on it")
	}
	write("the third", room.Other, false)
	q = s.question(0, practice.PhaseIntended)
	mine, spoken := 0, 0
	for _, a := range q.Answers {
		if a.Mine {
			mine++
		}
		if a.Spoken {
			spoken++
		}
	}
	if len(q.Answers) != 4 || mine != 1 || spoken != 1 {
		t.Errorf("%d answers, %d mine, %d spoken", len(q.Answers), mine, spoken)
	}
}

func TestFinish_opensWithoutMoreWords(t *testing.T) {
	s := onSQLite(t, 1).come(1)
	s.move(0)
	s.must(s.rooms.Write(s.ctx(), s.seats[0], room.NewAnswer{Question: practice.PhaseIntended, Text: "one", PassOn: true}))
	s.must(s.rooms.Finish(s.ctx(), s.seats[0], practice.PhaseIntended))
	if !s.question(0, practice.PhaseIntended).Open() {
		t.Error("still closed")
	}
}

func TestReveal_atTheClock(t *testing.T) {
	s := onSQLite(t, 2).come(2)
	s.move(0)
	s.refused(s.rooms.Reveal(s.ctx(), s.seats[0], practice.PhaseIntended), "reveal.empty")
	s.must(s.write(0, practice.PhaseIntended, "one"))
	s.must(s.rooms.MoreTime(s.ctx(), s.seats[1]))
	s.clock.Pass(practice.PhaseIntended.Silence(0))
	s.refused(s.rooms.Reveal(s.ctx(), s.seats[0], practice.PhaseIntended), "reveal.early")
	s.clock.Pass(practice.MoreSilence)
	s.must(s.rooms.Reveal(s.ctx(), s.seats[1], practice.PhaseIntended))
	s.must(s.rooms.Reveal(s.ctx(), s.seats[0], practice.PhaseIntended))
	if q := s.question(1, practice.PhaseIntended); len(q.Answers) != 1 || q.Mine.ID != "" {
		t.Errorf("%+v", q.Answers)
	}
}

func TestSaveText_bothTextsAreKept(t *testing.T) {
	onBoth(t, 4, func(s *stage) {
		s.come(4)
		s.move(0)
		s.all(practice.PhaseIntended)
		var all sync.WaitGroup
		kept := make([]practice.AgreedText, 4)
		errs := make([]error, 4)
		for i := range s.seats {
			all.Go(func() {
				kept[i], errs[i] = s.rooms.SaveText(context.Background(), s.seats[i], room.NewText{Question: practice.PhaseIntended, Text: fmt.Sprint("text of ", i)})
			})
		}
		all.Wait()
		now := s.question(0, practice.PhaseIntended).Text
		won := 0
		for i, err := range errs {
			switch {
			case err == nil:
				won++
				if now.Text != fmt.Sprint("text of ", i) {
					s.t.Errorf("%d was told that it won; the room has %q", i, now.Text)
				}
			case !errors.Is(err, practice.ErrChanged):
				s.t.Error(err)
			case kept[i].Text != now.Text:
				s.t.Errorf("%d is shown %q, the room has %q", i, kept[i].Text, now.Text)
			}
		}
		if won != 1 || now.Version != 1 {
			s.t.Errorf("%d won, version %d", won, now.Version)
		}
	})
}

func TestStand_belongsToAVersion(t *testing.T) {
	s := onSQLite(t, 2).come(2)
	s.move(0)
	s.all(practice.PhaseIntended)
	text, err := s.rooms.SaveText(s.ctx(), s.seats[0], room.NewText{Question: practice.PhaseIntended, Text: "fifty", Stand: true})
	s.must(err)
	s.must(s.rooms.Stand(s.ctx(), s.seats[1], text, true))
	if q := s.question(0, practice.PhaseIntended); q.Text.Stand != 2 || !q.Stands {
		t.Errorf("%d stand behind it", q.Text.Stand)
	}
	s.must(s.rooms.Stand(s.ctx(), s.seats[1], text, false))
	better, err := s.rooms.SaveText(s.ctx(), s.seats[1], room.NewText{Question: practice.PhaseIntended, Text: "fifty sign-ups",
		Phrases: []string{"by 14:00,"}, Version: text.Version})
	s.must(err)
	if q := s.question(0, practice.PhaseIntended); q.Text.Stand != 0 || q.Text.Text != "fifty sign-ups By 14:00." || q.Stands {
		t.Errorf("%d stand behind %q", q.Text.Stand, q.Text.Text)
	}
	if err := s.rooms.Stand(s.ctx(), s.seats[0], text, true); !errors.Is(err, practice.ErrChanged) {
		t.Errorf("stood behind a text that is gone: %v", err)
	}
	s.must(s.rooms.Stand(s.ctx(), s.seats[0], better, true))
}

func TestNoteDifference_afterTheWait(t *testing.T) {
	s := onSQLite(t, 2).come(2)
	s.move(0)
	s.all(practice.PhaseIntended)
	text, err := s.rooms.SaveText(s.ctx(), s.seats[0], room.NewText{Question: practice.PhaseIntended, Text: "fifty", Stand: true})
	s.must(err)
	note := func(differ, was string) error {
		return s.rooms.NoteDifference(s.ctx(), s.seats[1], practice.PhaseIntended, differ, was)
	}
	s.refused(note("sixty", ""), "text.waiting")
	s.clock.Pass(practice.AgreeWait)
	_, err = s.rooms.Move(s.ctx(), s.seats[1], s.look(0).Review.Version, "")
	s.refused(err, "text.differ")
	s.refused(note(" ", ""), "differ.empty")
	s.must(note("sixty", ""))
	if err := note("seventy", ""); !errors.Is(err, practice.ErrChanged) {
		t.Errorf("overwrote another difference: %v", err)
	}
	if q := s.question(0, practice.PhaseIntended); q.Text.Differ != "sixty" || q.Text.Version != text.Version || q.Text.Stand != 1 {
		t.Errorf("%+v", q.Text)
	}
	s.move(1)
	_, err = s.rooms.SaveText(s.ctx(), s.seats[0], room.NewText{Question: practice.PhaseIntended, Text: "other", Version: 1})
	s.refused(err, "text.settled")
}

func TestGaps_threeAtMost(t *testing.T) {
	s := onSQLite(t, 2).come(2).toGaps()
	answer := s.question(0, practice.PhaseGap).Answers[0]
	id, err := s.rooms.AddGap(s.ctx(), s.seats[0], practice.Parts{}, answer.ID)
	s.must(err)
	_, err = s.rooms.AddGap(s.ctx(), s.seats[0], practice.Parts{Intended: "x", Actual: "y"}, "")
	s.refused(err, "gap.where")
	_, err = s.rooms.AddGap(s.ctx(), s.seats[0], practice.Parts{}, "ans_none")
	s.refused(err, "not.found")
	for i := range 3 {
		_, err = s.rooms.AddGap(s.ctx(), s.seats[1], practice.Parts{Intended: "x", Actual: fmt.Sprint(i), Where: "z"}, "")
		s.must(err)
	}
	gaps := s.question(0, practice.PhaseGap).Gaps
	if gaps[0].ID != id || gaps[0].Intended != answer.Text || gaps[3].Taken || !gaps[2].Taken {
		t.Errorf("%+v", gaps)
	}
	at := func(i int) room.GapAt {
		return room.GapAt{ID: gaps[i].ID, Version: s.question(0, practice.PhaseGap).Gaps[i].Version}
	}
	_, err = s.rooms.TakeGap(s.ctx(), s.seats[0], at(3), room.Taking{Take: true})
	s.refused(err, "gap.fourth")
	_, err = s.rooms.TakeGap(s.ctx(), s.seats[0], at(0), room.Taking{})
	s.must(err)
	_, err = s.rooms.TakeGap(s.ctx(), s.seats[1], at(3), room.Taking{Take: true})
	s.must(err)
	_, err = s.rooms.RewriteGap(s.ctx(), s.seats[0], room.GapAt{ID: gaps[3].ID, Version: gaps[3].Version}, practice.Parts{Intended: "a", Actual: "b", Where: "c"})
	if !errors.Is(err, practice.ErrChanged) {
		t.Errorf("changed a gap somebody else had changed: %v", err)
	}
	_, err = s.rooms.KeepQuotes(s.ctx(), s.seats[0], at(1), []string{answer.Actual})
	s.must(err)
	_, err = s.rooms.KeepQuotes(s.ctx(), s.seats[0], at(1), []string{"nobody said this"})
	s.refused(err, "quote.unsaid")
	s.must(s.rooms.RemoveGap(s.ctx(), s.seats[0], at(0)))
	if view := s.question(0, practice.PhaseGap); len(view.Gaps) != 3 || len(view.Answers) != 2 {
		t.Errorf("%d gaps, %d answers", len(view.Gaps), len(view.Answers))
	}
	s.move(0)
	_, err = s.rooms.AddGap(s.ctx(), s.seats[0], practice.Parts{Intended: "x", Actual: "y", Where: "z"}, "")
	s.refused(err, "gap.composed")
}

func TestShow_isAskedBeforeQuestionTwo(t *testing.T) {
	onBoth(t, 1, func(s *stage) {
		s.come(1).move(0)
		s.all(practice.PhaseIntended)
		untold := func() bool { return s.question(0, practice.PhaseIntended).Untold }
		if !untold() {
			t.Error("nobody asks for a record")
		}
		s.refused(s.rooms.Show(s.ctx(), s.seats[0], " ", false), "trace.empty")
		s.must(s.rooms.Show(s.ctx(), s.seats[0], "", true))
		if r := s.look(0).Review; untold() || !r.Traceless {
			t.Errorf("there is none, and the room says %+v", r)
		}
		s.must(s.rooms.Show(s.ctx(), s.seats[0], "the tally sheet", false))
		if r := s.look(0).Review; r.Traceless || r.Trace != "the tally sheet" {
			t.Errorf("%+v", r)
		}
	})
	s := onSQLite(t, 1).come(1)
	s.update(func(tx *store.Tx) error {
		r, err := tx.Review(s.review)
		return errors.Join(err, tx.AddFact(practice.Fact{ID: practice.FactID(tx.NewID("fct")), Failure: r.Failure, At: tx.Now(),
			Text: "x", Link: "https://tally.example", Author: s.people[0]}))
	})
	s.move(0)
	if s.question(0, practice.PhaseIntended).Untold {
		t.Error("a fact with a link shows it, and the room asks all the same")
	}
}

func TestPicture_onlyOfTheRoomsFailure(t *testing.T) {
	onBoth(t, 1, func(s *stage) {
		s.come(1)
		files := map[string]practice.FileID{}
		s.update(func(tx *store.Tx) error {
			other, err := tx.AddFailure(practice.Failure{ID: practice.FailureID(tx.NewID("flr")), Team: s.team, Title: "Another", Stage: practice.StageAfter})
			if err != nil {
				return err
			}
			r, err := tx.Review(s.review)
			for name, of := range map[string]practice.FailureID{"its own": r.Failure, "another's": other.ID} {
				files[name] = practice.FileID(tx.NewBlindID("fil"))
				err = errors.Join(err, tx.AddFile(files[name], "image/png", []byte(name)),
					tx.AddFact(practice.Fact{ID: practice.FactID(tx.NewID("fct")), Failure: of, At: tx.Now(), Text: "x", File: files[name], Author: s.people[0]}))
			}
			return err
		})
		p, err := s.rooms.Picture(s.ctx(), s.seats[0], files["its own"])
		s.must(err)
		if string(p.Data) != "its own" || p.Kind != "image/png" {
			t.Errorf("%+v", p)
		}
		_, err = s.rooms.Picture(s.ctx(), s.seats[0], files["another's"])
		s.refused(err, "not.found")
	})
}

// A view is what a page and the API are made of: none of it may hold a seat.
func TestViews_holdNoSeat(t *testing.T) {
	s := onSQLite(t, 2).come(2).toSort(1)
	for i := range s.seats {
		s.must(s.judge(i, s.sorting(i).Gaps[0].Gap, practice.Experiment))
	}
	for _, view := range []any{s.look(0), s.question(0, practice.PhaseHappened), s.question(0, practice.PhaseGap), s.sorting(0)} {
		text := fmt.Sprintf("%+v", view)
		for _, seat := range s.seats {
			if strings.Contains(text, seat.Key) {
				t.Errorf("%s holds a seat", reflect.TypeOf(view))
			}
		}
	}
}

// Events count: they name neither seat nor answer.
func TestEvents_nameNobody(t *testing.T) {
	s := onSQLite(t, 2).come(2).toSort(1)
	batch, err := s.store.EventsAfter(s.ctx(), store.Position{}, 1000)
	s.must(err)
	if len(batch.Events) < 12 {
		t.Fatalf("only %d events", len(batch.Events))
	}
	for _, e := range batch.Events {
		text := fmt.Sprintf("%+v", e.Event)
		if e.About != string(s.review) || strings.Contains(text, "ans_") || strings.Contains(text, "mem_") || strings.Contains(text, "doors") {
			t.Errorf("%s", text)
		}
		for _, seat := range s.seats {
			if strings.Contains(text, seat.Key[:16]) {
				t.Errorf("an event names a seat: %s", text)
			}
		}
	}
}
