package app

import (
	"context"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Monitor returns the monitor of a plan of one of the actor's teams; without an id
// where it has none.
func (a *App) Monitor(ctx context.Context, actor practice.Actor, number int) (practice.Monitor, error) {
	return read(ctx, a, func(tx *store.Tx) (practice.Monitor, error) {
		p, err := planFor(tx, actor, number)
		if err != nil {
			return practice.Monitor{}, err
		}
		m, err := tx.MonitorOf(p.ID)
		if isNotFound(err) {
			return practice.Monitor{Plan: p.ID}, nil
		}
		return m, err
	})
}

// ConnectMonitor lets a program outside say that conditions of a plan came true, and
// returns the secret it signs with, which nobody is shown again. Where there is one
// already it gets another secret, and the one before stays good for a day.
func (a *App) ConnectMonitor(ctx context.Context, actor practice.Actor, number int) (m practice.Monitor, secret string, err error) {
	if err := mayWrite(actor); err != nil {
		return m, "", err
	}
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		p, err := planFor(tx, actor, number)
		if err != nil {
			return err
		}
		if !p.Frozen() {
			return practice.Refuse(practice.Conflict, "plan.draft")
		}
		m, err = tx.MonitorOf(p.ID)
		if isNotFound(err) {
			m, err = practice.Monitor{ID: practice.MonitorID(tx.NewBlindID("mon")), Plan: p.ID}, nil
		}
		if err != nil {
			return err
		}
		key, err := tx.MonitorSecret()
		if err != nil {
			return err
		}
		m = m.Renew(tx.NewBlindID("salt"), tx.Now())
		secret = m.Show(key)
		return tx.SaveMonitor(m)
	})
	return m, secret, err
}

// EndMonitor lets no program say so any more, with any secret.
func (a *App) EndMonitor(ctx context.Context, actor practice.Actor, number int) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		p, err := planFor(tx, actor, number)
		if err != nil {
			return err
		}
		return tx.EndMonitor(p.ID)
	})
}

// Heard is what a delivery led to.
type Heard struct {
	practice.Firing
	Number int // of the failure
}

// Known refuses a delivery that no monitor signed, with
// [practice.ErrUnauthenticated], whatever else is wrong with it. It writes nothing:
// strangers cost a look.
func (a *App) Known(ctx context.Context, d practice.Delivery) error {
	return a.store.View(ctx, func(tx *store.Tx) error {
		_, err := signedBy(tx, d)
		return err
	})
}

// Deliver takes what a monitor says. It needs no actor: the signature says who it is,
// and is looked at as in [App.Known]. It takes each delivery once ("monitor.again"),
// in the transaction in which it counts.
func (a *App) Deliver(ctx context.Context, d practice.Delivery) (Heard, error) {
	return write(ctx, a, func(tx *store.Tx) (Heard, error) {
		m, err := signedBy(tx, d)
		if err != nil {
			return Heard{}, err
		}
		f, err := d.Read(tx.Now())
		if err != nil {
			return Heard{}, err
		}
		const route = "monitor.deliver"
		key := string(m.ID) + " " + d.ID
		if _, err := tx.Repeated(key, route); err == nil {
			return Heard{}, practice.Refuse(practice.Conflict, "monitor.again")
		} else if !isNotFound(err) {
			return Heard{}, err
		}
		p, err := tx.Plan(m.Plan)
		if err != nil {
			return Heard{}, err
		}
		firing, err := fire(tx, p, f, "")
		if err != nil {
			return Heard{}, err
		}
		made, err := tx.Failure(firing.Failure)
		if err != nil {
			return Heard{}, err
		}
		m.HeardAt = tx.Now()
		if err := tx.SaveMonitor(m); err != nil {
			return Heard{}, err
		}
		return Heard{firing, made.Number}, tx.Remember(key, route, string(made.ID))
	})
}

// signedBy returns the monitor that signed a delivery.
func signedBy(tx *store.Tx, d practice.Delivery) (practice.Monitor, error) {
	m, err := tx.Monitor(d.Monitor)
	if practice.KindOf(err) == practice.Invalid { // an address of no text
		return m, practice.ErrUnauthenticated
	}
	if err != nil && !isNotFound(err) {
		return m, err
	}
	key, err := tx.KeptMonitorSecret()
	if err != nil && !isNotFound(err) {
		return m, err
	}
	if !d.Signed(m, key, tx.Now()) {
		return practice.Monitor{}, practice.ErrUnauthenticated
	}
	return m, nil
}
