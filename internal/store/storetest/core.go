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
	s, err := tx.Step(step)
	if err != nil {
		return "", err
	}
	p, err := tx.Procedure(s.Procedure)
	if err != nil {
		return "", err
	}
	f, err := tx.AddFailure(practice.Failure{ID: practice.FailureID(tx.NewID("flr")), Team: p.Team, Title: text, Text: text, Stage: practice.StageAfter,
		RecognisedAt: noticed, ReportedAt: noticed, Reporter: by, Source: practice.SourceReport, Standing: practice.Reviewed})
	if err != nil {
		return "", err
	}
	people, err := tx.MembersOf(p.Team)
	if err != nil || len(people) == 0 {
		return "", errors.Join(err, practice.ErrNotFound)
	}
	r := practice.Review{ID: practice.ReviewID(tx.NewID("rev")), Failure: f.ID, Form: practice.FormLive, MeetAt: noticed, Phase: practice.PhaseClosed, Lead: people[0].ID,
		StartedAt: noticed, ClosedAt: noticed.Add(time.Hour)}
	g := practice.Gap{ID: practice.GapID(tx.NewID("gap")), Review: r.ID, Intended: "intended", Actual: text, Where: "there", Taken: true,
		Verdict: practice.Avoidable, Round: 1, Route: practice.Route{Kind: practice.RouteWaiting, To: string(step)}}
	if err := errors.Join(tx.AddReview(r, nil), tx.AddGap(g)); err != nil {
		return "", err
	}
	return g.ID, tx.AddCoreChange(practice.CoreChange{Gap: g.ID, Revision: p.Revision,
		Change: practice.StepChange{Act: practice.ActEdit, Step: step, Text: text}})
}
