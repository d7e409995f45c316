package stories

import (
	"errors"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/debrieftest"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// days is another node on the same database, whose clock is so many days ahead.
func (s *story) days(ahead int) (*store.Store, *app.App) {
	s.Helper()
	at := time.Now().AddDate(0, 0, ahead)
	db := storetest.Open(s, s.site.Database(), func(o *store.Options) { o.Now = func() time.Time { return at } })
	return db, app.New(app.Options{Store: db})
}

// round is the daily round of a day that has not come yet.
func (s *story) round(ahead int) {
	s.Helper()
	_, a := s.days(ahead)
	if err := a.Dispose(s.Context()); err != nil {
		s.Fatal(err)
	}
}

// closed lets a room about a failure have been closed two days ago, in which everybody
// of its team wrote alone.
func (s *story) closed(number int, wrote string) {
	s.Helper()
	db, _ := s.days(0)
	err := db.Update(s.Context(), func(tx *store.Tx) error {
		f, err := tx.FailureByNumber(number)
		if err != nil {
			return err
		}
		people, err := tx.MembersOf(f.Team)
		if err != nil {
			return err
		}
		r := practice.Review{ID: practice.ReviewID(tx.NewID("rev")), Failure: f.ID, Form: practice.FormLive, Lead: people[0].ID, MeetAt: tx.Now(),
			Box: practice.DefaultBox, Phase: practice.PhaseClosed, StartedAt: tx.Now(), ClosedAt: tx.Now().AddDate(0, 0, -2)}
		var ids []practice.MemberID
		for _, m := range people {
			ids = append(ids, m.ID)
		}
		if err := tx.AddReview(r, ids); err != nil {
			return err
		}
		for _, id := range ids {
			err = errors.Join(err, tx.SpendInvitation(practice.Invitation{Review: r.ID, Member: id, Closeness: practice.Did}))
		}
		f.Triage, f.Standing = practice.TriageSignificant, practice.Reviewed
		return errors.Join(err, tx.SaveFailure(f), tx.SetAnswers(r.ID, practice.PhaseHappened, []practice.Answer{{ID: practice.AnswerID(tx.NewBlindID("ans")), Text: wrote, Place: 1}}))
	})
	if err != nil {
		s.Fatal(err)
	}
}

// A steward names a keeper of records, who puts a failure on hold. When the time
// of raw answers is over, those on hold stay and the others go, which the log
// tells. The hold ends, and they go too.
func TestRetain_holdAndDisposal(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		amal := s.joined(ines, "Amal", debrieftest.Phone)
		rita := s.joined(ines, "Rita", debrieftest.Desktop)
		without := strings.Contains(s.site.Database(), "://") // PostgreSQL has no file beside it
		if strings.Contains(s.site.Log(), s.Say("cli.erased.none")) != without {
			s.Errorf("at its start it says %s", s.site.Log())
		}
		for _, text := range []string{"The oven stayed on over night.", "The gate was locked at ten."} {
			amal.Open("/report")
			amal.Type(s.Say("report.what"), text)
			amal.Click(s.Say("report.send"))
			amal.See(s.Say("echo.in"))
		}
		s.closed(1, "Nobody looked at the dial.")
		s.closed(2, "I had no key.")

		ines.Open("/team/people")
		ines.Click(s.Say("people.open") + " Rita")
		ines.Click(s.Say("team.people.records.make"))
		ines.See(s.Say("team.people.records.end"))
		ines.Look("retain-member")
		ines.Open("/team/kept")
		ines.See(s.Say("kept.class.answers"))
		ines.See(s.Say("kept.holds.who", "names", []string{"Rita"}))

		rita.Open("/f/1")
		rita.Click(s.Say("failure.hold.do"))
		rita.Holds("[name=number]", "1")
		rita.Type("[name=why]", "The fire office asked for it")
		rita.Look("retain-kept")
		rita.Click(s.Say("kept.hold.do"))
		rita.See("The fire office asked for it")
		rita.Look("retain-hold")
		rita.Resize(debrieftest.Phone)
		rita.Look("retain-hold-phone")
		rita.Resize(debrieftest.Desktop)

		amal.Open("/")
		amal.See("On hold, so that nothing of it goes")
		amal.Open("/f/1")
		amal.See("The fire office asked for it.")
		amal.Look("retain-failure")
		amal.Open("/f/1/record")
		amal.See(s.Say("record.answers.hold"))
		amal.Look("retain-record")

		s.round(91)
		amal.Reload()
		amal.See(s.Say("record.opened.none"))
		amal.Click(s.Say("record.answers.read"))
		amal.See(s.Say("answers.ask"))
		amal.Look("retain-ask")
		amal.Gone("Nobody looked at the dial.")
		amal.Click(s.Say("answers.open"))
		amal.See("Nobody looked at the dial.")
		rita.Open("/f/1/record")
		rita.See("Amal, ")
		rita.Look("retain-opened")
		amal.Open("/f/2/record")
		amal.Click(s.Say("record.answers.read"))
		amal.Gone("I had no key.")
		amal.Gone(s.Say("answers.open"))
		rita.Open("/team/kept")
		rita.See(s.Say("kept.log.line", "class", s.Say("kept.class.answers"), "n", 1, "rule", s.Say("kept.log.rule", "days", "90 days")))
		rita.Look("retain-log")

		rita.Click(s.Say("kept.hold.end"))
		rita.Type(s.Say("kept.hold.end.why"), "They have it")
		rita.Click(s.Say("kept.hold.end.do"))
		rita.See(s.Say("kept.holds.none"))
		rita.Click(s.Say("kept.holds.past"))
		rita.See("They have it.")
		s.round(92)
		amal.Open("/f/1/record")
		amal.Click(s.Say("record.answers.read"))
		amal.See(s.Say("record.opened.title"))
		amal.Gone("Nobody looked at the dial.")
		rita.Reload()
		if n := strings.Count(rita.Text("aside"), s.Say("kept.class.answers")); n != 2 {
			s.Errorf("the log tells of %d rooms", n)
		}
		rita.Dark(true)
		rita.Look("retain-dark")

		ines.Open("/team/people")
		ines.Click(s.Say("people.open") + " Amal")
		ines.Click(s.Say("people.left.do"))
		ines.Click(s.Say("leaving.do", "name", "Amal"))
		ines.Type(s.Say("people.erase.why"), "By letter of 3 November")
		ines.Look("retain-letter")
		ines.Click("[name=sure]")
		ines.Click(s.Say("people.erase.do"))
		ines.See(s.Say("kept.letters"))
		ines.See("By letter of 3 November.")
		ines.Open("/team/people")
		ines.Gone("Amal")
	})
}
