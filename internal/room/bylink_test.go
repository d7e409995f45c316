package room_test

import (
	"slices"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
)

// byLink lets somebody without an account take a seat by a signed link.
func (s *stage) byLink(name string) room.Drawn {
	s.t.Helper()
	drawn, err := s.rooms.Draw(s.ctx(), s.review, s.linkTicket(name))
	s.must(err)
	s.seats = append(s.seats, practice.SeatAt(s.review, drawn.Key))
	return drawn
}

func (s *stage) linkTicket(name string) (sealed string) {
	s.t.Helper()
	s.update(func(tx *store.Tx) error {
		m, err := tx.Guest(name)
		if err != nil {
			return err
		}
		i := practice.Invitation{Review: s.review, Member: m.ID, Closeness: practice.Saw}
		if err := tx.AddInvitation(i); err != nil {
			return err
		}
		if err := tx.SpendInvitation(i); err != nil {
			return err
		}
		secret, err := tx.SeatSecret()
		if err != nil {
			return err
		}
		ticket := practice.NewTicket(s.review, tx.Now(), tx.Random())
		ticket.Stamp, err = tx.LinkStamp(s.review)
		sealed = ticket.Seal(secret)
		return err
	})
	return sealed
}

// lastTime is a review of the team that closed with a promise.
func (s *stage) lastTime() {
	s.t.Helper()
	s.update(func(tx *store.Tx) error {
		f, err := tx.AddFailure(practice.Failure{ID: "flr_last", Team: s.team, Title: "The van stood", Text: "The van stood", Stage: practice.StageAfter,
			RecognisedAt: tx.Now(), Source: practice.SourceReport})
		if err != nil {
			return err
		}
		if err := tx.AddReview(practice.Review{ID: "rev_last", Failure: f.ID, Form: practice.FormLive, Lead: s.people[0], MeetAt: tx.Now(),
			Box: practice.DefaultBox, Phase: practice.PhaseClosed, ClosedAt: tx.Now()}, s.people); err != nil {
			return err
		}
		return tx.AddCarry(practice.Carry{ID: "cry_last", Review: "rev_last", Failure: f.ID, Team: s.team, Carrier: s.people[0], Moment: "on Monday",
			Act: "charge it", DueAt: tx.Now(), State: practice.CarryAccepted, NamedAt: tx.Now()})
	})
}

// Whoever came by a link reads nothing of last time's room; the others in the room
// do. Three words bring their seat to another device as what it is.
func TestByLink_readsNothingOfLastTime(t *testing.T) {
	onBoth(t, 2, func(s *stage) {
		s.lastTime()
		drawn := s.come(2).byLink("Gus")
		for i, want := range []practice.CarryID{"cry_last", "cry_last", ""} {
			a, err := s.rooms.Arrival(s.ctx(), s.seats[i])
			s.must(err)
			if a.Last.ID != want || (want == "") != (a.LastOf.Title+a.Carrier == "") || a.ByLink != (want == "") {
				s.t.Errorf("seat %d reads of last time: %+v", i, a.Last)
			}
		}
		key, err := s.rooms.Words(s.ctx(), s.review, drawn.Words)
		s.must(err)
		if again := practice.SeatAt(s.review, key); again != s.seats[2] {
			s.t.Error("the words open another seat")
		}
		if cut := practice.SeatAt(s.review, drawn.Key[:32]); s.rooms.Sits(s.ctx(), cut) == nil {
			s.t.Error("a seat without its stamp is one of the team")
		}
	})
}

// At the handover they are shown those of the room, and may type another name in
// full; a part of it finds nobody they were not shown.
func TestByLink_namesACarrier(t *testing.T) {
	onBoth(t, 3, func(s *stage) {
		var away practice.Member
		s.update(func(tx *store.Tx) error {
			away = practice.Member{ID: practice.MemberID(tx.NewID("mem")), Name: "Odile Away", Active: true, Teams: []practice.TeamID{s.team}}
			return tx.AddMember(away)
		})
		s.come(3).byLink("Gus")
		s.toHandover()
		shown := func(seat int) (names []string) {
			h, err := s.rooms.Handover(s.ctx(), s.seats[seat])
			s.must(err)
			for _, m := range h.People {
				names = append(names, m.Name)
			}
			return names
		}
		if team := shown(0); !slices.Contains(team, away.Name) {
			s.t.Errorf("a member is shown %v", team)
		}
		if room := shown(3); slices.Contains(room, away.Name) || !slices.Contains(room, "Person 1") || !slices.Contains(room, "Gus") {
			s.t.Errorf("a guest is shown %v", room)
		}
		name := func(n practice.NewCarry) (practice.Carry, error) {
			n.Moment, n.Act, n.DueAt = "on Saturday", "count the bags", s.clock.Now().AddDate(0, 0, 1)
			return s.rooms.NameCarrier(s.ctx(), s.seats[3], n)
		}
		_, err := name(practice.NewCarry{Carrier: away.ID})
		s.refused(err, "carrier.none")
		_, err = name(practice.NewCarry{Typed: "Odile"})
		s.refused(err, "carrier.unknown")
		for _, n := range []practice.NewCarry{{Typed: "odile away"}, {Carrier: s.people[1]}, {Typed: "Rosa", Guest: true}} {
			_, err := name(n)
			s.must(err)
		}
	})
}

// Once a link into a room was taken back, no seat that was taken by one opens anything,
// nor do its words; the others' stand, and what was written stays. Whoever still has a
// link draws anew in the place of the seat they hold.
func TestByLink_isTakenBack(t *testing.T) {
	onBoth(t, 2, func(s *stage) {
		drawn := s.come(2).byLink("Gus")
		late := s.linkTicket("Gus")
		s.move(0)
		s.must(s.write(2, practice.PhaseIntended, "fifty"))
		s.must(s.rooms.GiveUp(s.ctx(), s.seats[2])) // which stands
		s.must(s.rooms.Sits(s.ctx(), s.seats[2]))
		s.update(func(tx *store.Tx) error { return tx.EndLinkStamp(s.review) })
		s.refused(s.rooms.Sits(s.ctx(), s.seats[2]), "seat.ended")
		s.refused(s.write(2, practice.PhaseIntended, "sixty"), "seat.ended")
		_, err := s.rooms.Words(s.ctx(), s.review, drawn.Words)
		s.refused(err, "words.wrong")
		_, err = s.rooms.Draw(s.ctx(), s.review, late)
		s.refused(err, "ticket.old")
		if q, err := s.rooms.Question(s.ctx(), s.seats[0], practice.PhaseIntended); err != nil || q.Count != 1 {
			s.t.Errorf("%d are written, %v", q.Count, err)
		}
		fresh := s.linkTicket("Gus")
		_, err = s.rooms.Draw(s.ctx(), s.review, fresh)
		s.refused(err, "room.full")
		s.must(s.rooms.GiveUp(s.ctx(), s.seats[2]))
		again, err := s.rooms.Draw(s.ctx(), s.review, fresh)
		s.must(err)
		s.must(s.rooms.Sits(s.ctx(), practice.SeatAt(s.review, again.Key)))
	})
}
