package app

import (
	"context"
	"errors"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Parcel is what one sending has to be made of: a dispatch, or all of a weekly
// mail, with no more than may leave the house. Without dispatches there is nothing
// to send.
type Parcel struct {
	Dispatches   []Outward
	Mail         string // to whom; empty: to the chat
	Chat         string // address of the chat
	Organisation string
	Pack         string // whose words it speaks
	Zone         *time.Location
}

// Outward is one dispatch with what it may say.
type Outward struct {
	practice.Dispatch
	Title   string           // of what it is about; empty where it must not be said
	Meeting *Meeting         // of an invitation or a change of time
	Confirm *practice.Member // who says that the address is theirs
}

// Parcel packs a dispatch at the moment it is sent. What is no longer worth
// sending is dropped, and what meets quiet hours waits once more.
func (a *App) Parcel(ctx context.Context, id practice.DispatchID) (Parcel, error) {
	return write(ctx, a, func(tx *store.Tx) (Parcel, error) {
		m, err := tx.Dispatch(id)
		if isNotFound(err) {
			return Parcel{}, nil
		}
		if err != nil || !m.SentAt.IsZero() || !m.GaveUpAt.IsZero() {
			return Parcel{}, err
		}
		p, err := addressed(tx, m)
		if errors.Is(err, errPointless) {
			return Parcel{}, tx.ForgetDispatch(id)
		}
		return p, err
	})
}

// errPointless says that a dispatch need not be sent any more.
var errPointless = errors.New("nobody needs this dispatch any more")

func addressed(tx *store.Tx, m practice.Dispatch) (Parcel, error) {
	house, err := tx.Organisation()
	if err != nil {
		return Parcel{}, err
	}
	p := Parcel{Organisation: house.Name, Zone: house.Location()}
	if m.Team != "" {
		return p.toChat(tx, m)
	}
	return p.toPerson(tx, m, house)
}

func (p Parcel) toChat(tx *store.Tx, m practice.Dispatch) (Parcel, error) {
	team, err := tx.Team(m.Team)
	if err != nil {
		return p, err
	}
	c, err := tx.Channel(m.Team)
	if err != nil {
		return p, err
	}
	if c.Address == "" {
		return p, errPointless
	}
	p.Chat, p.Pack = c.Address, team.Pack
	return p.with(tx, m)
}

func (p Parcel) toPerson(tx *store.Tx, m practice.Dispatch, house practice.Organisation) (Parcel, error) {
	who, err := tx.Member(m.Member)
	if err != nil {
		return p, err
	}
	c, err := tx.Contact(m.Member)
	if err != nil {
		return p, err
	}
	if len(who.Teams) > 0 {
		team, err := tx.Team(who.Teams[0])
		if err != nil {
			return p, err
		}
		p.Pack = team.Pack
	}
	p.Zone = c.Location(house)
	if m.Code == practice.DispatchConfirm {
		p.Mail = c.Asked
		if !who.Active || m.Link != confirmPath(c) {
			return p, errPointless
		}
		p.Dispatches = []Outward{{Dispatch: m, Confirm: &who}}
		return p, nil
	}
	p.Mail = c.Mail
	if !who.Active || !c.Reachable() {
		return p, errPointless
	}
	if at := c.Awake(tx.Now(), p.Zone); at.After(tx.Now()) {
		return Parcel{}, tx.Enqueue(store.JobSend, at, store.DispatchJob{Dispatch: m.ID})
	}
	if !m.Weekly {
		return p.with(tx, m)
	}
	waiting, err := tx.WeeklyDispatches(m.Member)
	if err != nil {
		return p, err
	}
	return p.with(tx, waiting...)
}

// with puts dispatches in, each with what it may say.
func (p Parcel) with(tx *store.Tx, dispatches ...practice.Dispatch) (Parcel, error) {
	for _, m := range dispatches {
		o := Outward{Dispatch: m}
		if m.Review != "" {
			r, err := tx.Review(m.Review)
			if isNotFound(err) {
				return p, errPointless
			}
			if err != nil {
				return p, err
			}
			f, err := tx.Failure(r.Failure)
			if err != nil {
				return p, err
			}
			meeting, err := meetingOutside(tx, r, f)
			if err != nil {
				return p, err
			}
			meeting.Guided = m.Link == practice.GuidePath(f.Number)
			o.Title = meeting.Title
			if m.Team != "" && f.Restricted() {
				return p, errPointless
			}
			if practice.IsOff(m.Code) != (r.Phase == practice.PhaseOff) {
				return p, errPointless
			}
			if practice.IsMeeting(m.Code) {
				o.Meeting = &meeting
				if m.Team == "" && begun(r) && !practice.IsOff(m.Code) {
					return p, errPointless
				}
			}
		}
		p.Dispatches = append(p.Dispatches, o)
	}
	return p, nil
}

// begun reports whether a review goes on without those who still wait for the
// word of its time: in writing that is when people have written alone.
func begun(r practice.Review) bool {
	return !r.StartedAt.IsZero() && r.Leg() != practice.LegWrite
}

// Delivered keeps that a parcel arrived. Its dispatches are forgotten a day later.
func (a *App) Delivered(ctx context.Context, p Parcel) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		return settled(tx, p, practice.ForgetSent, func(m *practice.Dispatch) { m.Fault, m.SentAt = "", tx.Now() })
	})
}

// NotDelivered keeps why a parcel did not arrive, and reports whether to try
// again: for three days, unless that is in vain. Then it is given up, and the
// steward sees it for a month.
func (a *App) NotDelivered(ctx context.Context, p Parcel, fault practice.Fault) (again bool, err error) {
	return write(ctx, a, func(tx *store.Tx) (bool, error) {
		if fault.Passes() && tx.Now().Before(p.Dispatches[0].DueAt.Add(practice.GiveUpAfter)) {
			return true, settled(tx, p, 0, func(m *practice.Dispatch) { m.Fault = fault })
		}
		return false, settled(tx, p, practice.ForgetFailed, func(m *practice.Dispatch) { m.Fault, m.GaveUpAt = fault, tx.Now() })
	})
}

// ForgetDispatch removes a dispatch whose time is over.
func (a *App) ForgetDispatch(ctx context.Context, id practice.DispatchID) error {
	return a.store.Update(ctx, func(tx *store.Tx) error { return tx.ForgetDispatch(id) })
}

// settled keeps what became of the dispatches of a parcel, and forgets them after
// a while unless that is zero.
func settled(tx *store.Tx, p Parcel, forget time.Duration, became func(*practice.Dispatch)) error {
	for _, o := range p.Dispatches {
		m, err := tx.Dispatch(o.ID)
		if isNotFound(err) {
			continue // their owner left, or took the address away
		}
		if err != nil {
			return err
		}
		became(&m)
		if err := tx.SaveDispatch(m); err != nil {
			return err
		}
		if forget > 0 {
			if err := tx.Enqueue(store.JobForget, tx.Now().Add(forget), store.DispatchJob{Dispatch: m.ID}); err != nil {
				return err
			}
		}
		if err := chatSettled(tx, m); err != nil {
			return err
		}
	}
	if forget > 0 && p.Dispatches[0].Weekly {
		return restOfTheWeek(tx, p.Dispatches[0].Member)
	}
	return nil
}

// chatSettled keeps with a team's chat whether the last dispatch arrived.
func chatSettled(tx *store.Tx, m practice.Dispatch) error {
	if m.Team == "" {
		return nil
	}
	c, err := tx.Channel(m.Team)
	if err != nil {
		return err
	}
	c.Fault, c.TriedAt = m.Fault, tx.Now()
	return tx.SaveChannel(c)
}

// restOfTheWeek sends on what came in while the weekly mail was on its way.
func restOfTheWeek(tx *store.Tx, m practice.MemberID) error {
	waiting, err := tx.WeeklyDispatches(m)
	if err != nil || len(waiting) == 0 {
		return err
	}
	return tx.Enqueue(store.JobSend, waiting[0].DueAt, store.DispatchJob{Dispatch: waiting[0].ID})
}
