package storetest

import (
	"errors"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Spoken lets a failure that was noticed then, and whose review has closed, speak for
// other words of a step.
func Spoken(tx *store.Tx, step practice.StepID, by practice.MemberID, noticed time.Time, text string) (practice.GapID, error) {
	g, p, err := led(tx, step, practice.Failure{Reporter: by, RecognisedAt: noticed, Text: text}, practice.RouteWaiting)
	if err != nil {
		return "", err
	}
	return g.ID, tx.AddCoreChange(practice.CoreChange{Gap: g.ID, Revision: p.Revision,
		Change: practice.StepChange{Act: practice.ActEdit, Step: step, Text: text}})
}

// Tried gives a step other words because of a failure that was noticed then, and whose
// review has closed. They are on trial since, in the place of
// what was, and put to the groups that the procedure affects; harm is why a core step could not wait.
func Tried(tx *store.Tx, step practice.StepID, noticed time.Time, text, harm string) (practice.GapID, error) {
	g, p, err := led(tx, step, practice.Failure{RecognisedAt: noticed, Text: text}, practice.RouteStep)
	if err != nil {
		return "", err
	}
	c := practice.StepChange{Procedure: p.ID, Base: p.Revision, Act: practice.ActEdit, Step: step, Text: text}
	asked, err := tx.Affected(c)
	if err != nil {
		return "", err
	}
	done, err := tx.Revise(c,
		practice.Revision{Reason: practice.ReasonLearning, Gap: g.ID})
	if err != nil {
		return "", err
	}
	if err := tx.EndTrials(c, g.ID); err != nil {
		return "", err
	}
	r, err := tx.Review(g.Review)
	if err != nil {
		return "", err
	}
	team, err := tx.Team(p.Team)
	if err != nil {
		return "", err
	}
	team.CycleEndAt = noticed.AddDate(0, 0, 14)
	t := practice.NewTrial(team, harm, noticed, time.UTC)
	t.Gap, t.Procedure, t.Step, t.Revision = g.ID, p.ID, step, done.Revision.Number
	return g.ID, errors.Join(tx.Try(t, asked, done), tx.AddScar(practice.Scar{ID: practice.ScarID(tx.NewID("scr")), Step: step, Failure: r.Failure, Gap: g.ID,
		Revision: t.Revision, At: noticed}))
}

// led is an avoidable gap of a closed review that leads to a step, and the procedure.
func led(tx *store.Tx, step practice.StepID, f practice.Failure, kind practice.RouteKind) (practice.Gap, practice.Procedure, error) {
	s, err := tx.Step(step)
	if err != nil {
		return practice.Gap{}, practice.Procedure{}, err
	}
	p, err := tx.Procedure(s.Procedure)
	if err != nil {
		return practice.Gap{}, p, err
	}
	f.ID, f.Team, f.Title, f.Stage, f.ReportedAt = practice.FailureID(tx.NewID("flr")), p.Team, f.Text, practice.StageAfter, f.RecognisedAt
	f.Source, f.Standing = practice.SourceReport, practice.Reviewed
	if f, err = tx.AddFailure(f); err != nil {
		return practice.Gap{}, p, err
	}
	people, err := tx.MembersOf(p.Team)
	if err != nil || len(people) == 0 {
		return practice.Gap{}, p, errors.Join(err, practice.ErrNotFound)
	}
	noticed := f.RecognisedAt
	r := practice.Review{ID: practice.ReviewID(tx.NewID("rev")), Failure: f.ID, Form: practice.FormLive, MeetAt: noticed, Phase: practice.PhaseClosed, Lead: people[0].ID,
		StartedAt: noticed, ClosedAt: noticed.Add(time.Hour)}
	g := practice.Gap{ID: practice.GapID(tx.NewID("gap")), Review: r.ID, Intended: "intended", Actual: f.Text, Where: "there", Taken: true,
		Verdict: practice.Avoidable, Round: 1, Route: practice.Route{Kind: kind, To: string(step)}}
	return g, p, errors.Join(tx.AddReview(r, nil), tx.AddGap(g))
}

// Proposed lets a failure that was noticed then, and whose review has closed, propose other
// words for a step to those who change its procedure.
func Proposed(tx *store.Tx, step practice.StepID, noticed time.Time, text string) (practice.Proposed, error) {
	g, p, err := led(tx, step, practice.Failure{RecognisedAt: noticed, Text: text}, practice.RouteProposed)
	if err != nil {
		return practice.Proposed{}, err
	}
	c := practice.StepChange{Procedure: p.ID, Base: p.Revision, Act: practice.ActEdit, Step: step, Text: text}
	one, err := tx.Propose(practice.Proposed{Gap: g.ID, Change: practice.OtherChange{StepChange: c, Reason: practice.ReasonLearning}})
	if err != nil {
		return one, err
	}
	g.Route.To = string(one.ID)
	was := g.Version
	g.Version++
	return one, tx.SaveGap(g, was)
}
