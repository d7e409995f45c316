package main

import (
	"errors"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// others leaves a deadline of each kind that the story of the demo has none of: a review
// in writing, a gap in the hands of somebody who does not answer, and an alarm.
func (t *tale) others(ada practice.Actor, more []app.Added) error {
	f, err := t.n.app.ReportFailure(t.ctx, ada, practice.NewFailure{Team: ada.Teams[0], Stage: practice.StageAfter, Text: "The lamp went out.", Convene: true})
	if err != nil {
		return err
	}
	_, err = t.n.app.CallReview(t.ctx, ada, practice.NewReview{Failure: f.ID, Form: practice.FormDays, MeetAt: t.now.Add(time.Hour), Box: practice.DefaultBox,
		Why: "The others wait.", People: []practice.MemberID{ada.Member, more[0].Member.ID, more[1].Member.ID}})
	if err != nil {
		return err
	}
	gaps, err := t.n.app.Gaps(t.ctx, ada)
	if err != nil {
		return err
	}
	return t.n.store.Update(t.ctx, func(tx *store.Tx) error {
		team, err := tx.Team(ada.Teams[0])
		if err != nil {
			return err
		}
		a := practice.RaiseAlarm(practice.Alarm{ID: practice.AlarmID(tx.NewID("alm")), Team: team.ID}, tx.Now(), time.UTC)
		_, err = tx.AddAlarm(a)
		return errors.Join(err, tx.EnqueueAt(store.JobAlarm, a.Until), handOver(tx, gaps[0].ID, team, more[3].Member.ID))
	})
}

// handOver asks somebody to take a gap on.
func handOver(tx *store.Tx, gap practice.GapID, team practice.Team, to practice.MemberID) error {
	g, err := tx.Gap(gap)
	if err != nil {
		return err
	}
	g.Route = practice.Route{Kind: practice.RouteReferral, Why: "The key is theirs."}
	g.Version++
	if err := errors.Join(tx.SaveGap(g, g.Version-1), tx.AddReferral(g.ID, practice.Receiver{To: to})); err != nil {
		return err
	}
	if _, err := tx.BeginReferrals(g.Review); err != nil {
		return err
	}
	r, err := tx.Referral(g.ID)
	return errors.Join(err, tx.AskReceiver(r, team))
}
