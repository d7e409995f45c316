package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"debrief/internal/measure"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// Rhythm is how a team's practice goes: whether it was told that most reviews change
// nothing, whether it pauses, and whether it begins anew.
type Rhythm struct {
	Team   practice.Team
	People int            // in the team
	Pause  practice.Pause // proposed, or begun; the zero value where there is none
	Alarm  practice.Alarm // that is not over; the zero value where there is none
	Share  measure.Share  // what the alarm counts, while there is one
	Cases  []measure.Case // and what of
	Start  practice.Start
	Again  practice.Failure             // that came back after a change for it was in use, more than once; mostly zero
	Names  map[practice.MemberID]string // of those who decided something
	Others bool                         // the pause is for others to decide, and not for the reader
	Asked  bool                         // the reader is not of the team, and decides about its pause
	Own    bool                         // the reader proposed it
	Taken  bool                         // the reader was given the question what is in the way
	Called []Window                     // reviews called before the pause, while it waits or runs
}

// Waits reports whether something in it waits for the reader: a pause to answer or to look
// at again, or the question what is in the way.
func (r Rhythm) Waits(now time.Time) bool {
	decides := !r.Others && (r.Pause.Waits() && !r.Own || r.Pause.Asks(now))
	return decides || r.Alarm.Stands() && r.Alarm.Asks(now) && !r.Taken && !r.Pause.Runs()
}

// Quiet reports whether there is nothing to say of it on a start page.
func (r Rhythm) Quiet() bool {
	return r.Pause.ID == "" && !r.Alarm.Stands() && !r.Start.Guides() && r.Again.ID == ""
}

// Pauses reports whether a team calls nothing now.
func (h Home) Pauses(team practice.TeamID) bool {
	return slices.ContainsFunc(h.Rhythms, func(r Rhythm) bool { return r.Team.ID == team && r.Pause.Runs() })
}

// rhythms are those of the reader's teams to which something is to be said.
func (h *Home) rhythms(tx *store.Tx, of reader, teams []practice.TeamID) error {
	for _, team := range teams {
		p, err1 := tx.PauseOf(team)
		alarm, err2 := tx.AlarmOf(team)
		start, err3 := tx.NewStart(team)
		again, err4 := tx.Anew(team)
		if err := errors.Join(err1, err2, err3, err4); err != nil {
			return err
		}
		if (Rhythm{Pause: p, Alarm: alarm, Start: start, Again: again}).Quiet() {
			continue
		}
		r, err := rhythmFor(tx, of.Actor, team)
		if err != nil {
			return err
		}
		h.Rhythms = append(h.Rhythms, r)
	}
	return nil
}

// Rhythm returns that of one of the actor's teams; of another one nothing but the pause,
// where the actor decides about it because nobody of the team can.
func (a *App) Rhythm(ctx context.Context, actor practice.Actor, team practice.TeamID) (Rhythm, error) {
	return read(ctx, a, func(tx *store.Tx) (Rhythm, error) {
		if actor.In(team) {
			return rhythmFor(tx, actor, team)
		}
		p, err := pauseAsked(tx, actor, team)
		if err != nil {
			return Rhythm{}, err
		}
		r := Rhythm{Pause: p, Asked: true}
		if r.Team, err = tx.Team(team); err != nil {
			return r, err
		}
		r.Names, err = namesOf(tx, p.By, p.Agreed)
		return r, err
	})
}

// pauseAsked is the pause of a team of others, where the actor decides about it.
func pauseAsked(tx *store.Tx, actor practice.Actor, team practice.TeamID) (practice.Pause, error) {
	p, err := tx.PauseOf(team)
	if err != nil {
		return p, err
	}
	if p.ID == "" || actor.Member == "" {
		return p, practice.ErrNotFound
	}
	all, err := tx.PauseDeciders(p)
	if err == nil && !slices.Contains(all, actor.Member) {
		err = practice.ErrNotFound
	}
	return p, err
}

// calledBefore are the reviews that a pause finds called, as far as the actor reads them.
func calledBefore(tx *store.Tx, actor practice.Actor, team practice.TeamID) (all []Window, err error) {
	open, err := tx.OpenReviews(team)
	for _, r := range open {
		f, failed := tx.Failure(r.Failure)
		if err = errors.Join(err, failed); err == nil && f.ReadBy(actor) {
			all = append(all, Window{Failure: f, Review: r})
		}
	}
	return all, err
}

// rhythmFor is the rhythm of a team as one of its people reads it.
func rhythmFor(tx *store.Tx, actor practice.Actor, team practice.TeamID) (Rhythm, error) {
	r, err := rhythm(tx, team)
	if err != nil {
		return r, err
	}
	if r.Alarm.ID != "" {
		r.Taken, err = tx.HasCauseTicket(r.Alarm.ID, actor.Member)
	}
	if err != nil || r.Pause.ID == "" {
		return r, err
	}
	shut, err1 := tx.ReadingClosed(actor.Member)
	open, err2 := calledBefore(tx, actor, team)
	r.Called, r.Others, r.Own = open, practice.MayDecide(shut) != nil, r.Pause.By == actor.Member
	return r, errors.Join(err1, err2)
}

func rhythm(tx *store.Tx, team practice.TeamID) (r Rhythm, err error) {
	var errs [6]error
	r.Team, errs[0] = tx.Team(team)
	r.Pause, errs[1] = tx.PauseOf(team)
	r.Alarm, errs[2] = tx.AlarmOf(team)
	r.Start, errs[3] = tx.NewStart(team)
	r.People, errs[4] = tx.People(team)
	r.Again, errs[5] = tx.Anew(team)
	if err := errors.Join(errs[:]...); err != nil {
		return r, err
	}
	if r.Alarm.ID != "" {
		h, err := hollow(tx, team)
		if err != nil {
			return r, err
		}
		r.Share = h.Share
		for _, c := range h.Cases {
			if c.In {
				r.Cases = append(r.Cases, c)
			}
		}
	}
	r.Names, err = namesOf(tx, r.Pause.By, r.Pause.Agreed, r.Alarm.Aside)
	return r, err
}

// namesOf are the names of some members.
func namesOf(tx *store.Tx, ids ...practice.MemberID) (map[practice.MemberID]string, error) {
	names := map[practice.MemberID]string{}
	for _, id := range ids {
		if id == "" || names[id] != "" {
			continue
		}
		m, err := tx.Member(id)
		if err != nil {
			return nil, err
		}
		names[id] = m.Name
	}
	return names, nil
}

// Paused is a pause, or a proposal, with the names of those who decided.
type Paused struct {
	practice.Pause
	Names map[practice.MemberID]string
}

// Pauses returns those of one of the actor's teams, proposals too, the newest first.
func (a *App) Pauses(ctx context.Context, actor practice.Actor, team practice.TeamID) ([]Paused, error) {
	if !actor.In(team) {
		return nil, practice.ErrNotFound
	}
	return read(ctx, a, func(tx *store.Tx) ([]Paused, error) {
		all, err := tx.Pauses(team)
		if err != nil {
			return nil, err
		}
		out := make([]Paused, len(all))
		for i, p := range all {
			out[i].Pause = p
			if out[i].Names, err = namesOf(tx, p.By, p.Agreed, p.Ended); err != nil {
				return nil, err
			}
		}
		return out, nil
	})
}

// oneOf refuses whoever is not one of a team's people.
func oneOf(tx *store.Tx, actor practice.Actor, team practice.TeamID) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	if !actor.In(team) || actor.Member == "" {
		return practice.ErrNotFound
	}
	m, err := tx.Member(actor.Member)
	if err == nil && !m.Belongs() {
		err = practice.ErrNotFound
	}
	return err
}

// ProposePause proposes that a team calls no reviews for a while. In a team of one it
// begins at once.
func (a *App) ProposePause(ctx context.Context, actor practice.Actor, team practice.TeamID, why string, days int) (practice.Pause, error) {
	return write(ctx, a, func(tx *store.Tx) (practice.Pause, error) {
		id, err := once(tx, actor, "pause.propose", func() (string, error) {
			p, err := propose(tx, actor, practice.Pause{Team: team, Why: why}, days)
			return string(p.ID), err
		})
		if err != nil {
			return practice.Pause{}, err
		}
		return tx.Pause(practice.PauseID(id))
	})
}

func propose(tx *store.Tx, actor practice.Actor, p practice.Pause, days int) (practice.Pause, error) {
	if err := oneOf(tx, actor, p.Team); err != nil {
		return p, err
	}
	p, err := practice.ProposePause(p, days, tx.Now())
	if err != nil {
		return p, err
	}
	switch before, err := tx.PauseOf(p.Team); {
	case err != nil:
		return p, err
	case before.Runs():
		return p, practice.Refuse(practice.Conflict, "pause.already")
	case before.ID != "":
		return p, practice.Refuse(practice.Conflict, "pause.proposed")
	}
	people, err := tx.People(p.Team)
	if err != nil {
		return p, err
	}
	shut, err := tx.ReadingClosed(actor.Member)
	if err != nil {
		return p, err
	}
	p.ID, p.By = practice.PauseID(tx.NewID("pse")), actor.Member
	if people == 1 && practice.MayDecide(shut) == nil {
		if p, err = p.Agree(actor.Member, people, tx.Now()); err != nil {
			return p, err
		}
		return p, errors.Join(tx.AddPause(p), tellPause(tx, p))
	}
	team, err := tx.Team(p.Team)
	return p, errors.Join(err, tx.AddPause(p), tx.AskToPause(p, team), tellPause(tx, p))
}

// tellPause lets the open pages of a team know.
func tellPause(tx *store.Tx, p practice.Pause) error {
	kind := "pause.proposed"
	switch {
	case !p.EndedAt.IsZero():
		kind = "pause.ended"
	case !p.BeganAt.IsZero():
		kind = "pause.began"
	}
	return tx.Emit(practice.Event{Kind: kind, About: string(p.ID), In: string(p.Team)})
}

// AgreeToPause begins a pause that somebody else of the team proposed.
func (a *App) AgreeToPause(ctx context.Context, actor practice.Actor, id practice.PauseID) (practice.Pause, error) {
	return a.decidePause(ctx, actor, id, func(tx *store.Tx, p practice.Pause) (practice.Pause, error) {
		people, err := tx.People(p.Team)
		if err != nil {
			return p, err
		}
		return p.Agree(actor.Member, people, tx.Now())
	})
}

// TurnPauseDown ends a proposal, with one line why not now. Whoever made it may, too.
func (a *App) TurnPauseDown(ctx context.Context, actor practice.Actor, id practice.PauseID, why string) (practice.Pause, error) {
	return a.decidePause(ctx, actor, id, func(tx *store.Tx, p practice.Pause) (practice.Pause, error) {
		return p.TurnDown(actor.Member, why, tx.Now())
	})
}

// LengthenPause sets another day on which a team is asked whether it goes on.
func (a *App) LengthenPause(ctx context.Context, actor practice.Actor, id practice.PauseID, days int) (practice.Pause, error) {
	return a.decidePause(ctx, actor, id, func(tx *store.Tx, p practice.Pause) (practice.Pause, error) { return p.Longer(days, tx.Now()) })
}

// ResumeFromPause ends a pause, with one line what changed, which also answers an alarm
// that stands. The team begins anew: with one failure and one review.
func (a *App) ResumeFromPause(ctx context.Context, actor practice.Actor, id practice.PauseID, changed string) (practice.Pause, error) {
	return a.decidePause(ctx, actor, id, func(tx *store.Tx, p practice.Pause) (practice.Pause, error) {
		p, err := p.Resume(actor.Member, changed, tx.Now())
		if err != nil {
			return p, err
		}
		alarm, err := tx.AlarmOf(p.Team)
		if err != nil || !alarm.Stands() {
			return p, err
		}
		alarm, err = alarm.SetAside(actor.Member, changed, tx.Now())
		return p, errors.Join(err, tx.SaveAlarm(alarm))
	})
}

// decidePause lets somebody of the team change a pause, or whoever decides in its place.
func (a *App) decidePause(ctx context.Context, actor practice.Actor, id practice.PauseID, do func(*store.Tx, practice.Pause) (practice.Pause, error)) (practice.Pause, error) {
	return write(ctx, a, func(tx *store.Tx) (practice.Pause, error) {
		p, err := tx.Pause(id)
		if err != nil {
			return p, err
		}
		if err := decidesPause(tx, actor, p.Team); err != nil {
			return p, err
		}
		if p, err = do(tx, p); err != nil {
			return p, err
		}
		return p, errors.Join(tx.SavePause(p), tellPause(tx, p), tx.SettleNotices(practice.PausePath+"/"+string(p.Team)))
	})
}

// decidesPause refuses whoever does not decide about the pause of a team.
func decidesPause(tx *store.Tx, actor practice.Actor, team practice.TeamID) error {
	if !actor.In(team) {
		_, err := pauseAsked(tx, actor, team)
		return errors.Join(mayWrite(actor), err)
	}
	if err := oneOf(tx, actor, team); err != nil {
		return err
	}
	shut, err := tx.ReadingClosed(actor.Member)
	return errors.Join(err, practice.MayDecide(shut))
}

// mayBegin refuses a new review while its team pauses, and a second one, without a
// reason, before the first one after a pause has changed something.
func mayBegin(tx *store.Tx, team practice.TeamID, n practice.NewReview, open int) error {
	p, err := tx.PauseOf(team)
	if err != nil {
		return err
	}
	if err := p.MayCall(); err != nil {
		return err
	}
	s, err := tx.NewStart(team)
	if err != nil {
		return err
	}
	return s.MayFollow(n, open)
}

// MayCall refuses whoever wants to call a review while the team pauses.
func (a *App) MayCall(ctx context.Context, team practice.TeamID) error {
	p, err := read(ctx, a, func(tx *store.Tx) (practice.Pause, error) { return tx.PauseOf(team) })
	if err != nil {
		return err
	}
	return p.MayCall()
}

// ToBeginWith are the failures of one of the actor's teams that a new start can take
// one of: the last ones reported, that nobody has met about.
func (a *App) ToBeginWith(ctx context.Context, actor practice.Actor, team practice.TeamID) ([]practice.Failure, error) {
	if !actor.In(team) {
		return nil, practice.ErrNotFound
	}
	return read(ctx, a, func(tx *store.Tx) (out []practice.Failure, err error) {
		all, err := tx.Failures(store.FailureFilter{Reader: actor.Member, Teams: []practice.TeamID{team}, Standing: practice.Reported, AtMost: 4 * mostToBegin})
		if all, err = allReadBy(tx, actor, all, err); err != nil {
			return nil, err
		}
		for _, f := range all {
			reviews, err := tx.Reviews(f.ID)
			if err != nil {
				return nil, err
			}
			if len(reviews) == 0 && f.JoinedTo == "" && !f.Drill && f.Source != practice.SourceImported && len(out) < mostToBegin {
				out = append(out, f)
			}
		}
		return out, nil
	})
}

// mostToBegin is how many failures a new start offers.
const mostToBegin = 6
