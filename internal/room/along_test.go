package room_test

import (
	"slices"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// tied reports something in somebody's name, or unnamed, and ties it to what is reviewed.
func (s *stage) tied(by practice.MemberID, team practice.TeamID, at time.Time) (id practice.FailureID) {
	s.t.Helper()
	s.update(func(tx *store.Tx) error {
		f, err := tx.AddFailure(practice.Failure{ID: practice.FailureID(tx.NewID("flr")), Team: team, Title: "11 of 50", Text: "11 of 50",
			Stage: practice.StageAfter, RecognisedAt: at, Reporter: by, Source: practice.SourceReport, Triage: practice.TriageNew})
		id = f.ID
		if err != nil {
			return err
		}
		return s.tie(tx, id)
	})
	return id
}

func (s *stage) tie(tx *store.Tx, id practice.FailureID) error {
	r, err := tx.Review(s.review)
	if err != nil {
		return err
	}
	return tx.AddTie(practice.Tie{ID: practice.LinkID(tx.NewID("lnk")), A: id, B: r.Failure, Kind: practice.TieSame, At: tx.Now()})
}

// told are the lines a person has that lead to the record.
func (s *stage) told(who int) (codes []string) {
	s.t.Helper()
	s.update(func(tx *store.Tx) error {
		notices, err := tx.Notices(s.people[who])
		for _, n := range notices {
			if n.Link == practice.RecordPath(1) {
				codes = append(codes, n.Code)
			}
		}
		return err
	})
	return codes
}

// Whoever reported what goes along with a review is told at its close what those
// are told who had a part in it; whoever noticed it later is not, nor who may not
// read it, nor whose tie was undone.
func TestClose_tellsWhoReportedTheSame(t *testing.T) {
	onBoth(t, 7, func(s *stage) {
		s.come(3).toHandover()
		before, after := s.clock.Now().Add(-time.Hour), s.clock.Now().Add(time.Hour)
		var elsewhere practice.TeamID
		s.update(func(tx *store.Tx) error {
			elsewhere = practice.TeamID(tx.NewID("tea"))
			if err := tx.AddTeam(practice.Team{ID: elsewhere, Name: "Night", Pack: "activist", CycleDays: 14}); err != nil {
				return err
			}
			m, err := tx.Member(s.people[5])
			if err != nil {
				return err
			}
			m.Teams = []practice.TeamID{elsewhere}
			return tx.SaveMember(m)
		})
		s.tied(s.people[3], s.team, before)
		s.tied(s.people[4], s.team, after)
		s.tied(s.people[5], elsewhere, before)
		undone := s.tied(s.people[6], s.team, before)
		s.update(func(tx *store.Tx) error {
			ties, err := tx.Ties(undone)
			if err != nil {
				return err
			}
			return tx.RemoveTie(ties[0].ID)
		})
		_, err := s.rooms.Close(s.ctx(), s.seats[0], s.look(0).Review.Version)
		s.must(err)
		if want := s.told(0); len(want) == 0 || !slices.Equal(s.told(3), want) {
			t := s.t
			t.Errorf("who reported the same is told %q, who took part %q", s.told(3), want)
		}
		for _, who := range []int{4, 5, 6} {
			if got := s.told(who); len(got) != 0 {
				s.t.Errorf("person %d is told %q", who, got)
			}
		}
	})
}

// The words of an unnamed report that goes along with a review open what became of
// that one, while all of the team read it and they are tied.
func TestReceipt_whatItGoesAlongWith(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := newStage(t, database, 3)
		s.update(func(tx *store.Tx) error { return tx.SaveAddress(s.team, address) })
		s.update(func(tx *store.Tx) error { return tx.AwaitRelease() })
		words := s.report("Eleven of fifty signed.").Words
		s.hour()
		codes := func() (all []string) {
			t.Helper()
			held, err := s.rooms.Receipt(s.ctx(), stranger(9), words)
			s.must(err)
			for _, n := range held.News {
				all = append(all, n.Code)
			}
			return all
		}
		alone := codes()
		held, err := s.rooms.Receipt(s.ctx(), stranger(9), words)
		s.must(err)
		s.update(func(tx *store.Tx) error { return s.tie(tx, held.Failure.ID) })
		s.come(3).toHandover()
		_, err = s.rooms.Close(s.ctx(), s.seats[0], s.look(0).Review.Version)
		s.must(err)
		if got := codes(); !slices.Contains(got, "along") || !slices.Contains(got, "closed") || !slices.Contains(got, "nothing") {
			t.Errorf("tied, it tells %q", got)
		}
		is := func(what string, want []string) {
			t.Helper()
			if got := codes(); !slices.Equal(got, want) {
				t.Errorf("%s, it tells %q, want %q", what, got, want)
			}
		}
		only := func(people ...practice.MemberID) {
			s.update(func(tx *store.Tx) error {
				r, err := tx.Review(s.review)
				if err != nil {
					return err
				}
				f, err := tx.Failure(r.Failure)
				if err != nil {
					return err
				}
				f.Only = people
				return tx.RestrictFailure(f)
			})
		}
		only(s.people[0])
		is("restricted", alone)
		only()
		if got := codes(); slices.Equal(got, alone) {
			t.Error("no longer restricted, it tells nothing of the other")
		}
		s.update(func(tx *store.Tx) error {
			ties, err := tx.Ties(held.Failure.ID)
			if err != nil {
				return err
			}
			return tx.RemoveTie(ties[0].ID)
		})
		is("untied", alone)
	})
}
