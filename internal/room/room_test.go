package room_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
	"debrief/internal/words"
)

// stage is a called review, with people who may come and a clock.
type stage struct {
	t        *testing.T
	store    *store.Store
	rooms    *room.Rooms
	clock    *storetest.Clock
	review   practice.ReviewID
	team     practice.TeamID
	database string
	people   []practice.MemberID
	seats    []practice.Seat
	drawn    []room.Drawn
}

var seatWords = sync.OnceValue(words.NewWordlist)

// onBoth runs a test on SQLite and on PostgreSQL.
func onBoth(t *testing.T, people int, test func(*stage)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, address string) { test(newStage(t, address, people)) })
}

// onSQLite runs a test where the database makes no difference.
func onSQLite(t *testing.T, people int) *stage {
	t.Helper()
	return newStage(t, storetest.SQLite(t), people)
}

func newStage(t *testing.T, address string, people int) *stage {
	t.Helper()
	s := &stage{t: t, database: address, clock: storetest.NewClock(time.Date(2026, 6, 13, 14, 30, 0, 0, time.UTC))}
	s.store = storetest.Open(t, address, s.clock.Option)
	s.rooms = room.New(room.Options{Store: s.store, Words: seatWords()})
	s.update(func(tx *store.Tx) error {
		if _, err := tx.AddOrganisation(practice.Organisation{Name: "Elm Street Union", Zone: "Europe/London", RetentionDays: 90}); err != nil {
			return err
		}
		s.team, s.people = practice.TeamID(tx.NewID("tea")), nil
		if err := tx.AddTeam(practice.Team{ID: s.team, Name: "Saturday doors", Pack: "activist", CycleDays: 14}); err != nil {
			return err
		}
		for i := range people {
			m := practice.Member{ID: practice.MemberID(tx.NewID("mem")), Name: fmt.Sprintf("Person %d", i), Active: true, Teams: []practice.TeamID{s.team}}
			if err := tx.AddMember(m); err != nil {
				return err
			}
			s.people = append(s.people, m.ID)
		}
		f, err := tx.AddFailure(practice.Failure{ID: practice.FailureID(tx.NewID("flr")), Team: s.team, Title: "12 of 50 signed",
			Text: "12 of 50 signed", Stage: practice.StageAfter, RecognisedAt: tx.Now(), Source: practice.SourceReport})
		if err != nil {
			return err
		}
		s.review = practice.ReviewID(tx.NewID("rev"))
		return tx.AddReview(practice.Review{ID: s.review, Failure: f.ID, Form: practice.FormLive, Lead: s.people[0], MeetAt: tx.Now(),
			Box: practice.DefaultBox, Phase: practice.PhaseArrive}, s.people)
	})
	s.besides()
	return s
}

func (s *stage) update(fn func(*store.Tx) error) {
	s.t.Helper()
	if err := s.store.Update(context.Background(), fn); err != nil {
		s.t.Fatal(err)
	}
}

// ticket spends somebody's invitation.
func (s *stage) ticket(person int, c practice.Closeness) string {
	s.t.Helper()
	var sealed string
	s.update(func(tx *store.Tx) error {
		if err := tx.SpendInvitation(practice.Invitation{Review: s.review, Member: s.people[person], Closeness: c}); err != nil {
			return err
		}
		secret, err := tx.SeatSecret()
		sealed = practice.NewTicket(s.review, tx.Now(), tx.Random()).Seal(secret)
		return err
	})
	return sealed
}

// come lets people take their seats.
func (s *stage) come(n int) *stage {
	s.t.Helper()
	for range n {
		drawn, err := s.rooms.Draw(s.ctx(), s.review, s.ticket(len(s.seats), practice.Did))
		if err != nil {
			s.t.Fatal(err)
		}
		s.drawn = append(s.drawn, drawn)
		s.seats = append(s.seats, practice.SeatAt(s.review, drawn.Key))
	}
	return s
}

func (s *stage) ctx() context.Context { return s.t.Context() }

// must fails the test where something was refused.
func (s *stage) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatalf("refused: %v", err)
	}
}

// refused fails the test where something was not refused with the code.
func (s *stage) refused(err error, code string) {
	s.t.Helper()
	var e *practice.Error
	if !errors.As(err, &e) || e.Code != code {
		s.t.Errorf("got %v, want the refusal %s", err, code)
	}
}

func (s *stage) look(seat int) room.Room {
	s.t.Helper()
	r, err := s.rooms.Room(s.ctx(), s.seats[seat])
	s.must(err)
	return r
}

func (s *stage) question(seat int, q practice.Phase) room.Question {
	s.t.Helper()
	view, err := s.rooms.Question(s.ctx(), s.seats[seat], q)
	s.must(err)
	return view
}

func (s *stage) sorting(seat int) room.Sorting {
	s.t.Helper()
	view, err := s.rooms.Sorting(s.ctx(), s.seats[seat])
	s.must(err)
	return view
}

func (s *stage) move(seat int) {
	s.t.Helper()
	_, err := s.rooms.Move(s.ctx(), s.seats[seat], s.look(seat).Review.Version, "")
	s.must(err)
}

func (s *stage) write(seat int, q practice.Phase, text string) error {
	n := room.NewAnswer{Question: q, Text: text}
	if q == practice.PhaseGap {
		n.Actual, n.Where = text+" went", text+" there"
	}
	return s.rooms.Write(s.ctx(), s.seats[seat], n)
}

// all lets every seat write to the question the room is at.
func (s *stage) all(q practice.Phase) {
	s.t.Helper()
	for i := range s.seats {
		s.must(s.write(i, q, fmt.Sprintf("%s %d", q, i)))
	}
}

// agree lets everybody stand behind one text, and goes on.
func (s *stage) agree(q practice.Phase, text string) {
	s.t.Helper()
	for i := range s.seats {
		t := s.question(i, q).Text
		_, err := s.rooms.SaveText(s.ctx(), s.seats[i], room.NewText{Question: q, Text: text, Version: t.Version, Stand: true})
		s.must(err)
	}
	s.move(0)
}

// toGaps brings the room to question three, revealed.
func (s *stage) toGaps() *stage {
	s.t.Helper()
	s.move(0)
	s.all(practice.PhaseIntended)
	s.agree(practice.PhaseIntended, "Six pairs, 50 sign-ups.")
	s.all(practice.PhaseHappened)
	s.agree(practice.PhaseHappened, "212 doors, 12 signed.")
	s.all(practice.PhaseGap)
	return s
}

// toSort brings the room to question four with n gaps taken up.
func (s *stage) toSort(n int) *stage {
	s.t.Helper()
	s.toGaps()
	for i := range n {
		_, err := s.rooms.AddGap(s.ctx(), s.seats[0], practice.Parts{Intended: "50", Actual: fmt.Sprint("12, ", i), Where: "door"}, "")
		s.must(err)
	}
	s.move(0)
	return s
}

func (s *stage) judge(seat int, g practice.Gap, kind practice.Verdict) error {
	return s.rooms.Judge(s.ctx(), s.seats[seat], room.NewJudgement{Gap: g.ID, Round: g.Round, Kind: kind,
		Reason: fmt.Sprintf("because %s", kind), Could: practice.CouldOthers})
}

func TestRoom_fromArrivalToSettled(t *testing.T) {
	onBoth(t, 3, func(s *stage) {
		s.come(3).toSort(2)
		for i := range s.seats {
			for _, g := range s.sorting(i).Gaps {
				s.must(s.judge(i, g.Gap, practice.Avoidable))
			}
		}
		gaps := s.sorting(0).Gaps
		for _, g := range gaps {
			if !g.Open || g.Agreed != practice.Avoidable || len(g.Marks) != 1 || g.Marks[0].N != 3 || len(g.Marks[0].Reasons) != 3 {
				t := s.t
				t.Errorf("%+v", g)
			}
			_, err := s.rooms.Settle(s.ctx(), s.seats[1], room.GapAt{ID: g.ID, Version: g.Version}, practice.Settlement{Verdict: practice.Avoidable})
			s.must(err)
		}
		s.move(2)
		if got := s.look(0).Review.Phase; got != practice.PhaseChange {
			s.t.Errorf("the room is at %s", got)
		}
	})
}

// Whoever leads others of those invited is seen by all of them.
func TestArrival_namesWhoLeads(t *testing.T) {
	s := onSQLite(t, 3).come(2)
	arrival := func() []string {
		a, err := s.rooms.Arrival(s.ctx(), s.seats[0])
		s.must(err)
		return a.Leaders
	}
	if got := arrival(); len(got) != 0 {
		t.Errorf("nobody leads, and the room names %v", got)
	}
	s.update(func(tx *store.Tx) error {
		m, err := tx.Member(s.people[2])
		m.Leads = []practice.MemberID{s.people[0]}
		return errors.Join(err, tx.SaveMember(m))
	})
	if got := arrival(); len(got) != 1 || got[0] != "Person 2" {
		t.Errorf("the room names %v", got)
	}
}

// The room begins with the promise of the time before it, also where that was turned
// down since, or an older one has somebody else now.
func TestArrival_theLastPromise(t *testing.T) {
	s := onSQLite(t, 3).come(2)
	promised := func(act string, at, named time.Time) {
		s.update(func(tx *store.Tx) error {
			r, err := tx.Review(s.review)
			f, err2 := tx.Failure(r.Failure)
			f.ID = practice.FailureID(tx.NewID("flr"))
			_, err3 := tx.AddFailure(f)
			r.ID, r.Failure = practice.ReviewID(tx.NewID("rev")), f.ID
			return errors.Join(err, err2, err3, tx.AddReview(r, nil), tx.AddCarry(practice.Carry{ID: practice.CarryID(practice.NewID("cry", at, rand.Reader)),
				Review: r.ID, Failure: f.ID, Team: f.Team, Carrier: s.people[0], Moment: "on Monday", Act: act, DueAt: at, NamedAt: named, State: practice.CarryOffered}))
		})
	}
	now := s.clock.Now()
	promised("look at the gate", now.AddDate(0, 0, -9), now.Add(-time.Hour))
	promised("print the list", now.AddDate(0, 0, -2), time.Time{})
	a, err := s.rooms.Arrival(s.ctx(), s.seats[0])
	s.must(err)
	if a.Last.Act != "print the list" {
		t.Errorf("the room begins with %q", a.Last.Act)
	}
}

func TestSeat_isDrawnOncePerTicket(t *testing.T) {
	s := onSQLite(t, 3)
	ticket := s.ticket(0, practice.Did)
	s.ticket(1, practice.Saw)
	first, err := s.rooms.Draw(s.ctx(), s.review, ticket)
	s.must(err)
	again, err := s.rooms.Draw(s.ctx(), s.review, ticket)
	s.must(err)
	if first.Words != again.Words || string(first.Key) != string(again.Key) || len(strings.Fields(first.Words)) != 3 {
		t.Errorf("%q and then %q", first.Words, again.Words)
	}
	if n := s.count("seat"); n != 1 {
		t.Errorf("%d seats", n)
	}
	s.clock.Pass(practice.TicketLife)
	_, err = s.rooms.Draw(s.ctx(), s.review, ticket)
	s.refused(err, "ticket.old")
}

// count counts the rows of a table by what the store says of them.
func (s *stage) count(what string) (n int) {
	s.update(func(tx *store.Tx) error {
		seats, err := tx.Seats(s.review)
		n = len(seats)
		return err
	})
	return n
}

func TestSeats_neverExceedWhoCame(t *testing.T) {
	s := onSQLite(t, 4)
	tickets := []string{s.ticket(0, practice.Did), s.ticket(0, practice.Did), s.ticket(1, practice.Did), s.ticket(1, practice.Did)}
	for i, ticket := range tickets {
		_, err := s.rooms.Draw(s.ctx(), s.review, ticket)
		if i < 2 {
			s.must(err)
			continue
		}
		s.refused(err, "room.full")
	}
	if n := s.count("seat"); n != 2 {
		t.Errorf("%d seats for two who came", n)
	}
}

// Whoever comes alone and loses the seat draws another: nobody else could hold
// it.
func TestSeat_aloneAndLost(t *testing.T) {
	s := onSQLite(t, 2)
	_, err := s.rooms.Draw(s.ctx(), s.review, s.ticket(0, practice.Did))
	s.must(err)
	second, err := s.rooms.Draw(s.ctx(), s.review, s.ticket(0, practice.Did))
	s.must(err)
	if _, err := s.rooms.Seat(s.ctx(), s.review, second.Key); err != nil || s.count("seat") != 1 {
		t.Errorf("%v, %d seats", err, s.count("seat"))
	}
}

func TestWords_openTheSeatElsewhere(t *testing.T) {
	s := onSQLite(t, 2).come(2)
	said := strings.ToUpper(strings.ReplaceAll(s.drawn[1].Words, " ", "-"))
	key, err := s.rooms.Words(s.ctx(), s.review, " "+said+". ")
	s.must(err)
	if seat, err := s.rooms.Seat(s.ctx(), s.review, key); err != nil || seat != s.seats[1] {
		t.Errorf("%v, %v", seat, err)
	}
	wrong := strings.Fields(s.drawn[1].Words)
	wrong[0], wrong[2] = wrong[2], wrong[0]
	_, err = s.rooms.Words(s.ctx(), s.review, strings.Join(wrong, " "))
	s.refused(err, "words.wrong")
	_, err = s.rooms.Words(s.ctx(), s.review, strings.Join(wrong[:2], " "))
	s.refused(err, "words.wrong")
	_, err = s.rooms.Words(s.ctx(), s.review, "xyzzy plugh quux")
	s.refused(err, "words.unknown")
	_, err = s.rooms.Words(s.ctx(), "rev_other", s.drawn[1].Words)
	s.refused(err, "words.wrong")
}

func TestWords_triesAreFew(t *testing.T) {
	s := onSQLite(t, 1).come(1)
	wrong := strings.Fields(s.drawn[0].Words)
	wrong[0], wrong[2] = wrong[2], wrong[0]
	typed := strings.Join(wrong, " ")
	for range 10 {
		_, err := s.rooms.Words(s.ctx(), s.review, typed)
		s.refused(err, "words.wrong")
	}
	_, err := s.rooms.Words(s.ctx(), s.review, s.drawn[0].Words)
	s.refused(err, "words.slow")
	s.clock.Pass(time.Minute)
	_, err = s.rooms.Words(s.ctx(), s.review, s.drawn[0].Words)
	s.must(err)
}

func TestSeat_lostOrUnknownLookAlike(t *testing.T) {
	s := onSQLite(t, 1).come(1)
	_, err := s.rooms.Seat(s.ctx(), s.review, []byte("a key nobody drew"))
	s.refused(err, "seat.lost")
	_, err2 := s.rooms.Seat(s.ctx(), "rev_none", s.drawn[0].Key)
	if err.Error() != err2.Error() {
		t.Errorf("%v is told from %v", err, err2)
	}
}

func TestFreeSeats_thoseWhoDidNotSayHere(t *testing.T) {
	s := onSQLite(t, 3).come(3)
	s.move(0)
	s.must(s.write(2, practice.PhaseIntended, "mine"))
	s.must(s.rooms.CallRoll(s.ctx(), s.seats[0]))
	s.must(s.rooms.CallRoll(s.ctx(), s.seats[1]))
	s.refused(s.rooms.FreeSeats(s.ctx(), s.seats[0]), "seat.wait")
	if r := s.look(1); r.Here != 2 || !r.MineHere {
		t.Errorf("%d are here, I am: %v", r.Here, r.MineHere)
	}
	s.clock.Pass(practice.HereWait)
	s.must(s.rooms.FreeSeats(s.ctx(), s.seats[1]))
	_, err := s.rooms.Room(s.ctx(), s.seats[2])
	s.refused(err, "seat.lost")
	if q := s.question(0, practice.PhaseIntended); q.Count != 1 || q.Progress.Seats != 2 || q.Progress.Written != 0 {
		t.Errorf("%d answers, %d seats, %d of them wrote", q.Count, q.Progress.Seats, q.Progress.Written)
	}
	if _, err := s.rooms.Draw(s.ctx(), s.review, s.ticket(2, practice.Did)); err != nil {
		t.Errorf("the one who lost their seat may not draw again: %v", err)
	}
}

func TestLeave_theOthersGoOn(t *testing.T) {
	s := onSQLite(t, 2).come(2)
	s.move(0)
	s.must(s.write(0, practice.PhaseIntended, "mine"))
	s.must(s.rooms.Leave(s.ctx(), s.seats[1]))
	s.must(s.rooms.Reveal(s.ctx(), s.seats[0], practice.PhaseIntended))
	if q := s.question(0, practice.PhaseIntended); len(q.Answers) != 1 {
		t.Errorf("%d answers", len(q.Answers))
	}
}
