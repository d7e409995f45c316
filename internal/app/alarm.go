package app

import (
	"context"
	"errors"

	"debrief/internal/measure"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// WatchAlarms tells each team in which most reviews change nothing, once an episode, and
// each in which the same keeps coming back that it can begin anew; and it counts what
// people said is in the way where the time for that is over. It is work for every day, for
// the moment a cycle begins, and for the one at which a question closes.
func (a *App) WatchAlarms(ctx context.Context) error {
	teams, err := read(ctx, a, func(tx *store.Tx) ([]practice.Team, error) { return tx.Teams() })
	for _, t := range teams {
		err = errors.Join(err, a.store.Update(ctx, func(tx *store.Tx) error { return watchAlarm(tx, t.ID) }))
	}
	return err
}

// hollow reads how many of the last reviews of a team changed nothing.
func hollow(tx *store.Tx, team practice.TeamID) (measure.Reading, error) {
	trail, err := trailOf(tx, team)
	return measure.HollowOf(trail), err
}

// trailOf is what a team went through, on the organisation's clock.
func trailOf(tx *store.Tx, team practice.TeamID) (practice.Trail, error) {
	trail, err := tx.Trail(team)
	if err != nil {
		return trail, err
	}
	o, err := tx.Organisation()
	trail.At = trail.At.In(o.Location())
	return trail, err
}

func watchAlarm(tx *store.Tx, team practice.TeamID) error {
	trail, err := trailOf(tx, team)
	if err != nil {
		return err
	}
	if err := tx.SuggestAnew(team, measure.Anew(trail)); err != nil {
		return err
	}
	h := measure.HollowOf(trail)
	alarm, err := tx.AlarmOf(team)
	if err != nil {
		return err
	}
	stood := alarm.ID != ""
	stands := measure.Alarmed(stood, h.Share)
	switch {
	case !stood && stands:
		return raise(tx, team)
	case stood && !stands:
		alarm.OverAt = tx.Now()
		return errors.Join(tx.SettleNotices(practice.CausePath(alarm.ID)), tx.ForgetCauses(alarm.ID), tx.SaveAlarm(alarm), tellAlarm(tx, alarm, "alarm.over"))
	case stood && alarm.Found == "" && !tx.Now().Before(alarm.Until):
		said, err := tx.Causes(alarm.ID)
		if err != nil {
			return err
		}
		alarm.Found = practice.Find(said)
		return errors.Join(tx.SettleNotices(practice.CausePath(alarm.ID)), tx.ForgetCauses(alarm.ID), tx.SaveAlarm(alarm), tellAlarm(tx, alarm, "alarm.found"))
	}
	return nil
}

// raise tells a team. Of two servers that see it at once, one does.
func raise(tx *store.Tx, team practice.TeamID) error {
	o, err := tx.Organisation()
	if err != nil {
		return err
	}
	a := practice.RaiseAlarm(practice.Alarm{ID: practice.AlarmID(tx.NewID("alm")), Team: team}, tx.Now(), o.Location())
	if fresh, err := tx.AddAlarm(a); err != nil || !fresh {
		return err
	}
	return errors.Join(tx.EnqueueAt(store.JobAlarm, a.Until), tellAlarm(tx, a, "alarm.rose"), announce(tx, a))
}

// announce gives everybody of the team a line of their own, and the guardians who are not
// of it: if it is not safe to say what is in the way, somebody outside has to know.
func announce(tx *store.Tx, a practice.Alarm) error {
	team, err1 := tx.Team(a.Team)
	people, err2 := tx.MembersOf(a.Team)
	guardians, err3 := tx.Guardians()
	err := errors.Join(err1, err2, err3)
	of := map[practice.MemberID]bool{}
	for _, m := range people {
		of[m.ID] = true
		if m.Belongs() {
			err = errors.Join(err, tx.Tell(practice.Notice{Member: m.ID, Code: "notice.alarm", Link: practice.CausePath(a.ID), Args: practice.Args{"team": team.Name}}, ""))
		}
	}
	for _, g := range practice.Guarding(guardians) {
		if !of[g.Member] {
			err = errors.Join(err, tx.Tell(practice.Notice{Member: g.Member, Code: "notice.alarm-guardian", Link: practice.GuardiansPath, Args: practice.Args{"team": team.Name}}, ""))
		}
	}
	return err
}

// announceAside tells the others of the team who set the alarm aside, and where it says why.
func announceAside(tx *store.Tx, a practice.Alarm) error {
	team, err1 := tx.Team(a.Team)
	people, err2 := tx.MembersOf(a.Team)
	names, err3 := namesOf(tx, a.Aside)
	err := errors.Join(err1, err2, err3)
	for _, m := range people {
		if m.Belongs() && m.ID != a.Aside {
			n := practice.Notice{Member: m.ID, Code: "notice.alarm-aside", Link: practice.PausePath + "/" + string(a.Team), Args: practice.Args{"team": team.Name, "name": names[a.Aside]}}
			err = errors.Join(err, tx.Tell(n, ""))
		}
	}
	return err
}

// tellAlarm lets the open pages of a team know. What people said is no part of it.
func tellAlarm(tx *store.Tx, a practice.Alarm, kind string) error {
	return tx.Emit(practice.Event{Kind: kind, About: string(a.ID), In: string(a.Team)})
}

// Alarms returns those of one of the actor's teams, the newest first.
func (a *App) Alarms(ctx context.Context, actor practice.Actor, team practice.TeamID) ([]practice.Alarm, error) {
	if !actor.In(team) {
		return nil, practice.ErrNotFound
	}
	return read(ctx, a, func(tx *store.Tx) ([]practice.Alarm, error) { return tx.Alarms(team) })
}

// CauseTicket is the question what is in the way, as it is put to one person: what their
// browser answers with, in a request that does not say who they are.
type CauseTicket struct {
	Alarm  practice.Alarm
	Share  measure.Share
	Ticket string // empty where it is not given now
	Taken  bool   // it was given before, once and for good
	Tag    string // tells people apart who share a browser; see [practice.DeviceTag]
}

// CauseDoor is the question before somebody of the team takes their ticket, or once they
// did. It writes nothing.
func (a *App) CauseDoor(ctx context.Context, actor practice.Actor, id practice.AlarmID) (CauseTicket, error) {
	return read(ctx, a, func(tx *store.Tx) (CauseTicket, error) {
		out, err := causeFor(tx, actor, id)
		if err != nil || !out.Taken {
			return out, err
		}
		secret, err := tx.KeptCauseSecret()
		out.Tag = practice.DeviceTag(practice.ReviewID(id), actor.Member, secret)
		return out, err
	})
}

// AskCause gives somebody of the team their ticket to the question, once: so many answers
// are so many people. It notes that they have it; what they say is linked to nothing.
func (a *App) AskCause(ctx context.Context, actor practice.Actor, id practice.AlarmID) (CauseTicket, error) {
	if err := mayWrite(actor); err != nil {
		return CauseTicket{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (CauseTicket, error) {
		out, err := causeFor(tx, actor, id)
		if err != nil {
			return out, err
		}
		if out.Taken {
			return out, practice.Refuse(practice.Conflict, "cause.taken")
		}
		secret, err := tx.CauseSecret()
		if err != nil {
			return out, err
		}
		of := practice.ReviewID(id)
		ticket := practice.NewTicket(of, tx.Now(), tx.Random())
		ticket.Until = out.Alarm.Until
		out.Ticket, out.Tag = ticket.Seal(secret), practice.DeviceTag(of, actor.Member, secret)
		return out, tx.GiveCauseTicket(id, actor.Member)
	})
}

// causeFor is the question while it is open, for somebody of the team.
func causeFor(tx *store.Tx, actor practice.Actor, id practice.AlarmID) (out CauseTicket, err error) {
	if out.Alarm, err = tx.Alarm(id); err != nil {
		return out, err
	}
	if err := oneOf(tx, actor, out.Alarm.Team); err != nil {
		return out, err
	}
	if err := out.Alarm.MayAnswer(tx.Now()); err != nil {
		return out, err
	}
	h, err := hollow(tx, out.Alarm.Team)
	if err != nil {
		return out, err
	}
	out.Share = h.Share
	out.Taken, err = tx.HasCauseTicket(id, actor.Member)
	return out, err
}

// SetAlarmAside takes an alarm off the team's start page, with one line why not now.
func (a *App) SetAlarmAside(ctx context.Context, actor practice.Actor, id practice.AlarmID, why string) (practice.Alarm, error) {
	if err := mayWrite(actor); err != nil {
		return practice.Alarm{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Alarm, error) {
		alarm, err := tx.Alarm(id)
		if err != nil {
			return alarm, err
		}
		if err := oneOf(tx, actor, alarm.Team); err != nil {
			return alarm, err
		}
		if alarm, err = alarm.SetAside(actor.Member, why, tx.Now()); err != nil {
			return alarm, err
		}
		return alarm, errors.Join(tx.SaveAlarm(alarm), tellAlarm(tx, alarm, "alarm.aside"), announceAside(tx, alarm))
	})
}
