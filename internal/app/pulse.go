package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// PulseDoor is what one person finds where they are asked whether it is safe to speak.
type PulseDoor struct {
	Pulse practice.Pulse // the one that asks them; none where nobody does
	About practice.Team  // whom it is about
	Taken bool           // they took their sheet; whether it came back nobody knows
	Asks  bool           // people are asked at this moment, if not them
	Opens time.Time      // when people are asked next
	Few   bool           // their team has too few people to be asked without a name
}

// PulseDoor says whether somebody asks the actor, and about which team.
func (a *App) PulseDoor(ctx context.Context, actor practice.Actor, team practice.TeamID) (PulseDoor, error) {
	return read(ctx, a, func(tx *store.Tx) (d PulseDoor, err error) {
		if d.Pulse, d.Taken, err = tx.PulseFor(actor.Member); err != nil && !isNotFound(err) {
			return d, err
		}
		if !d.Pulse.Open(tx.Now()) {
			d.Pulse, d.Taken = practice.Pulse{Team: team}, false
		}
		house, err := tx.Organisation()
		if err != nil {
			return d, err
		}
		if d.About, err = tx.Team(d.Pulse.Team); err != nil {
			return d, err
		}
		open, err := tx.PulsesOpen()
		if err != nil {
			return d, err
		}
		d.Asks = slices.ContainsFunc(open, func(p practice.Pulse) bool { return p.Open(tx.Now()) })
		from := tx.Now()
		if d.Asks {
			from = open[0].Until
		}
		d.Opens = house.PulseOpens(from)
		people, err := circle(tx, team)
		d.Few = len(people) < practice.PulseFew
		return d, err
	})
}

// circle are the people of a team who can be asked.
func circle(tx *store.Tx, team practice.TeamID) (all []practice.MemberID, err error) {
	people, err := tx.MembersOf(team)
	for _, m := range people {
		if m.Belongs() {
			all = append(all, m.ID)
		}
	}
	return all, err
}

// TakeSheet gives the actor their sheet, once. It notes that they took one; what the
// sheet is known by is kept nowhere.
func (a *App) TakeSheet(ctx context.Context, actor practice.Actor) (practice.PulseID, string, error) {
	if err := mayWrite(actor); err != nil {
		return "", "", err
	}
	var id practice.PulseID
	sealed, err := write(ctx, a, func(tx *store.Tx) (string, error) {
		p, taken, err := tx.PulseFor(actor.Member)
		if err != nil {
			return "", err
		}
		if err := p.MayAnswer(tx.Now()); err != nil {
			return "", err
		}
		if taken {
			return "", practice.Refuse(practice.Conflict, "pulse.taken")
		}
		secret, err := tx.PulseSecret()
		if err != nil {
			return "", err
		}
		id = p.ID
		ticket := practice.NewTicket(practice.ReviewID(p.ID), tx.Now(), tx.Random())
		ticket.Until = p.Until
		return ticket.Seal(secret), tx.TakeSheet(p.ID, actor.Member)
	})
	return id, sealed, err
}

// KeepPulses asks people in the last weeks of a quarter, and says what it came to when
// it is over. It is work for every day, and minds no second time.
func (a *App) KeepPulses(ctx context.Context) error {
	return errors.Join(a.store.Update(ctx, closePulses), a.store.Update(ctx, openPulses))
}

// closePulses counts those that are over, all in one transaction: what all answered, and
// what each team did, is said at one moment or not at all.
func closePulses(tx *store.Tx) error {
	all, err := tx.PulsesOpen()
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(p practice.Pulse) bool { return p.Open(tx.Now()) })
	if len(all) == 0 {
		return nil
	}
	boxes, err := tx.TakePulses(all)
	if err != nil {
		return err
	}
	for _, r := range practice.CountPulses(boxes) {
		if r.ID == "" {
			r.ID = practice.PulseID(tx.NewBlindID("pls"))
		}
		if err := tx.SavePulse(r); err != nil {
			return err
		}
	}
	return nil
}

// openPulses asks everybody of every team that is large enough, each person once.
func openPulses(tx *store.Tx) error {
	house, err := tx.Organisation()
	if isNotFound(err) {
		return nil // nobody has set up anything yet
	}
	if err != nil {
		return err
	}
	from, until := house.Quarter(tx.Now())
	if tx.Now().Before(until.Add(-practice.PulseOpen)) || tx.Now().After(until.Add(-practice.PulseLeast)) {
		return nil
	}
	teams, err := tx.Teams()
	if err != nil {
		return err
	}
	var circles []practice.Circle
	for _, t := range teams {
		people, err := circle(tx, t.ID)
		if err != nil {
			return err
		}
		circles = append(circles, practice.Circle{Team: t.ID, People: people})
	}
	var all []practice.Pulse
	for _, c := range practice.AskOnce(circles) {
		all = append(all, practice.Pulse{ID: practice.PulseID(tx.NewBlindID("pls")), Team: c.Team, From: from, Until: until, Asked: c.People})
	}
	if opened, err := tx.OpenPulses(all); err != nil || !opened {
		return err
	}
	return tellAsked(tx, all)
}

// tellAsked tells everybody who is asked so, once. Nobody is reminded: whoever reminds
// those who have not answered knows who they are.
func tellAsked(tx *store.Tx, all []practice.Pulse) error {
	for _, p := range all {
		for _, m := range p.Asked {
			n := practice.Notice{Member: m, Code: "notice.pulse", Link: practice.PulsePath, Args: practice.Args{"at": p.Until.UnixMicro()}}
			if err := tx.Tell(n, ""); err != nil {
				return err
			}
		}
	}
	return nil
}

// Pulses returns what was said of the quarters of the actor's teams, and of the whole
// organisation, the same to everybody.
func (a *App) Pulses(ctx context.Context, actor practice.Actor) ([]practice.PulseResult, error) {
	return read(ctx, a, func(tx *store.Tx) (all []practice.PulseResult, err error) {
		for _, team := range append([]practice.TeamID{""}, actor.Teams...) {
			of, err := tx.Pulses(team)
			if err != nil {
				return nil, err
			}
			all = append(all, of...)
		}
		return all, nil
	})
}
