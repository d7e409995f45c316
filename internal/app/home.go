package app

import (
	"context"
	"sort"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Home is what one person's start page is made of: what runs, what waits for
// them, what they carry, and what changed.
type Home struct {
	Windows  []Window           // failures whose time is running
	Waiting  []practice.Failure // reported and not yet looked at by a convener
	Mine     []practice.Carry   // what this person carries, or is asked to
	OnTheWay []practice.Carry   // what others of the team carry
	Lately   []Meant            // the last changes, with the failures behind them
	Notices  []practice.Notice
	Failures int // how many there are at all, to tell an empty start from a quiet week
}

// Window is a failure whose review is due, with the room if one was called.
type Window struct {
	Failure practice.Failure
	Review  practice.Review // zero until a time is set
	Invited bool            // whoever asks is invited
}

// mostLately is how many changes the start page shows.
const mostLately = 5

// Home returns the actor's start page.
func (a *App) Home(ctx context.Context, actor practice.Actor) (Home, error) {
	return read(ctx, a, func(tx *store.Tx) (Home, error) {
		var h Home
		teams := append([]practice.TeamID{}, actor.Teams...)
		for _, part := range []func(*store.Tx, practice.Actor, []practice.TeamID) error{
			h.windows, h.waiting, h.carries, h.lately,
		} {
			if err := part(tx, actor, teams); err != nil {
				return h, err
			}
		}
		var err error
		h.Notices, err = tx.Notices(actor.Member)
		return h, err
	})
}

func (h *Home) windows(tx *store.Tx, actor practice.Actor, teams []practice.TeamID) error {
	failures, err := tx.Failures(store.FailureFilter{Teams: teams, Triage: practice.TriageSignificant, Standing: practice.Reported})
	if err != nil {
		return err
	}
	for _, f := range failures {
		if f.JoinedTo != "" {
			continue
		}
		w := Window{Failure: f}
		reviews, err := tx.Reviews(f.ID)
		if err != nil {
			return err
		}
		if len(reviews) > 0 && reviews[0].Phase != practice.PhaseClosed {
			w.Review = reviews[0]
			invited, err := tx.Invitations(w.Review.ID)
			if err != nil {
				return err
			}
			for _, i := range invited {
				w.Invited = w.Invited || i.Member == actor.Member
			}
		}
		h.Windows = append(h.Windows, w)
	}
	sort.SliceStable(h.Windows, func(i, j int) bool {
		return h.Windows[i].Failure.RecognisedAt.After(h.Windows[j].Failure.RecognisedAt)
	})
	return nil
}

func (h *Home) waiting(tx *store.Tx, _ practice.Actor, teams []practice.TeamID) error {
	var err error
	if h.Waiting, err = tx.Failures(store.FailureFilter{Teams: teams, Triage: practice.TriageNew, AtMost: 20}); err != nil {
		return err
	}
	any, err := tx.Failures(store.FailureFilter{Teams: teams, AtMost: 1})
	h.Failures = len(any)
	return err
}

func (h *Home) carries(tx *store.Tx, actor practice.Actor, teams []practice.TeamID) error {
	var err error
	if h.Mine, err = tx.CarriedBy(actor.Member); err != nil {
		return err
	}
	for _, t := range teams {
		cs, err := tx.Carries(t)
		if err != nil {
			return err
		}
		for _, c := range cs {
			if c.SettleAt.IsZero() && c.Carrier != actor.Member {
				h.OnTheWay = append(h.OnTheWay, c)
			}
		}
	}
	return nil
}

func (h *Home) lately(tx *store.Tx, _ practice.Actor, teams []practice.TeamID) error {
	scars, err := tx.LatestScars(teams, 2*mostLately)
	if err != nil {
		return err
	}
	h.Lately, err = linesOf(tx, scars, mostLately)
	return err
}
