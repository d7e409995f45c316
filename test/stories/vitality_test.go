package stories

import (
	"crypto/rand"
	"errors"
	"fmt"
	"testing"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// A team of two sees that nothing is counted yet; once it is six, that there is nothing
// to count; and after a year, in pictures, that its reviews have stopped changing
// anything. The picture and its table go along as files.
func TestVitality_afterAYear(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		amal := s.joined(ines, "Amal", debrieftest.Phone)
		amal.Open("/more")
		amal.Click(s.Say("more.vitality"))
		amal.See(s.Say("vitality.people.title"))
		amal.Look("vitality-few")
		ines.Open("/team/people")
		ines.Type("[name=names]", "Bo\nCem\nDele\nElif")
		ines.Click(s.Say("people.add.do"))
		ines.Open("/vitality")
		ines.See(s.Say("vitality.early.waits"))
		ines.See(s.Say("vitality.young"))
		ines.Look("vitality-young")
		s.year()
		ines.Open("/")
		ines.Click(s.Say("nav.vitality"))
		ines.See(s.Say("vitality.alarm", "k", 7, "n", 10))
		ines.See(s.Say("vitality.nobody"))
		ines.Look("vitality")
		ines.Click(s.Say("vitality.made"))
		ines.See(s.Say("vitality.col.nothing"))
		ines.Look("vitality-made")
		for file, has := range map[string]string{"hollow.svg": "<svg xmlns", "hollow.csv": "Changed nothing", "others.csv": "Counted"} {
			if got := ines.Await(`fetch("/vitality/` + file + `").then(r => r.text()).then(t => String(t.includes("` + has + `")))`); got != "true" {
				t.Errorf("%s: %s", file, got)
			}
		}
		amal.Open("/vitality")
		amal.See(s.Say("vitality.alarm", "k", 7, "n", 10))
		amal.Click(s.Say("ground.title"))
		amal.See(s.Say("ground.none"))
		amal.See(s.Say("ground.read.fresh"))
		amal.Look("ground")
	})
}

// year puts one behind the team: a report a week, a review of most, and of the last ten
// with an avoidable gap seven that changed nothing.
func (s *story) year() {
	s.Helper()
	now := time.Now()
	db, err := store.Open(s.Context(), store.Options{Database: s.site.Database(), Now: time.Now, Random: rand.Reader})
	if err != nil {
		s.Fatal(err)
	}
	defer db.Close()
	err = db.Update(s.Context(), func(tx *store.Tx) error {
		teams, err := tx.Teams()
		if err != nil {
			return err
		}
		people, err := tx.MembersOf(teams[0].ID)
		if err != nil {
			return err
		}
		var last practice.FailureID
		for week := range 40 {
			one := past{team: teams[0].ID, people: people, at: now.AddDate(0, 0, 7*week-300), n: week}
			id, err := one.add(tx)
			if err == nil && week%9 == 5 && last != "" {
				err = tx.AddTie(practice.Tie{ID: practice.LinkID(tx.NewID("lnk")), A: id, B: last, Kind: practice.TieSame, At: one.at})
			}
			if err != nil {
				return err
			}
			if week%9 < 6 {
				last = id
			}
		}
		return nil
	})
	if err != nil {
		s.Fatal(err)
	}
}

// past is one week of that year.
type past struct {
	team   practice.TeamID
	people []practice.Member
	at     time.Time
	n      int
}

var pastTitles = []string{"The bike went out with loose brakes", "The key was with somebody else", "The list at the door was wrong", "Nobody told the school"}

// add reports something, and where it broke meets about it.
func (p past) add(tx *store.Tx) (practice.FailureID, error) {
	f := practice.Failure{ID: practice.FailureID(tx.NewID("flr")), Team: p.team, Title: pastTitles[p.n%4], Text: pastTitles[p.n%4], Stage: practice.StageAfter,
		RecognisedAt: p.at, ReportedAt: p.at, Reporter: p.people[0].ID, Source: practice.SourceReport, Triage: practice.TriageSignificant, TriageWhy: "harm"}
	if p.n%4 == 1 || p.n > 32 && p.n%2 == 0 {
		f.Stage, f.Triage = practice.StageEarly, practice.TriageKept
	}
	f, err := tx.AddFailure(f)
	if err != nil || f.Stage == practice.StageEarly {
		return f.ID, err
	}
	met := p.at.Add(time.Duration(20+p.n*13%70) * time.Hour)
	r := practice.Review{ID: practice.ReviewID(tx.NewID("rev")), Failure: f.ID, Form: practice.FormLive, Lead: p.people[0].ID, MeetAt: met, Box: practice.DefaultBox,
		Phase: practice.PhaseClosed, StartedAt: met, WrittenAt: met, MetAt: met, ClosedAt: met.Add(time.Hour)}
	guard := practice.Safeguard{ID: practice.SafeguardID(tx.NewID("sfg")), Team: p.team, Link: "https://elsewhere.example", Text: "one lock", At: met}
	gap := practice.Gap{ID: practice.GapID(tx.NewID("gap")), Review: r.ID, Intended: "a", Actual: "b", Where: "c", Taken: true, Verdict: practice.Avoidable,
		Route: practice.Route{Kind: practice.RouteSafeguard, To: string(guard.ID)}}
	if p.n > 22 && p.n%9 != 6 && p.n != 28 && p.n != 31 {
		gap.Route = practice.Route{Kind: practice.RouteNothing, Why: "No time."}
	}
	errs := []error{tx.AddReview(r, nil), tx.AddSafeguard(guard), tx.AddGap(gap),
		tx.AddClosing(r.ID, "blamed", p.n%2, 4), tx.AddClosing(r.ID, "again", 5, 0)}
	for i, m := range p.people {
		invited := practice.Invitation{Review: r.ID, Member: m.ID, Closeness: practice.Saw}
		errs = append(errs, tx.AddInvitation(invited))
		if i < 6-p.n/10 {
			errs = append(errs, tx.SpendInvitation(invited))
		}
	}
	if gap.Route.Kind == practice.RouteSafeguard {
		errs = append(errs, tx.AddScar(practice.Scar{ID: practice.ScarID(tx.NewID("scr")), Safeguard: guard.ID, Failure: f.ID, Gap: gap.ID, At: met}))
	}
	return f.ID, errors.Join(append(errs, tx.AddCarry(practice.Carry{ID: practice.CarryID(tx.NewID("cry")), Review: r.ID, Failure: f.ID, Team: p.team, Carrier: p.people[0].ID,
		Act: fmt.Sprint("brief ", p.n), NamedAt: met, DueAt: met.AddDate(0, 0, 5), State: practice.CarryDone, SettleAt: met.AddDate(0, 0, 3+p.n%4)}))...)
}
