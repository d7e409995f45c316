package room

import (
	"context"
	"errors"
	"slices"
	"strings"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Refer hands a gap that the team cannot change to somebody who can, with one line why
// to them. They are asked once the review closes; until then it can be taken back.
func (rooms *Rooms) Refer(ctx context.Context, seat practice.Seat, at GapAt, n practice.NewReceiver, why string) (practice.Gap, error) {
	return rooms.embed(ctx, seat, at, func(v *visit, g practice.Gap) (practice.Route, error) {
		route := practice.Route{Kind: practice.RouteReferral, Why: strings.TrimSpace(why)}
		if _, err := g.Embed(route, v.tx.Now()); err != nil {
			return route, err // before anybody outside is known by name
		}
		f, err := v.tx.Failure(v.review.Failure)
		if err != nil {
			return route, err
		}
		if f.Drill {
			return route, practice.Refuse(practice.Conflict, "referral.drill")
		}
		to, err := v.tx.Receiver(n)
		if err != nil {
			return route, err
		}
		if f.Restricted() && !slices.Contains(f.Only, to.To) {
			return route, practice.Refuse(practice.Conflict, "referral.restricted").At("name")
		}
		return route, v.tx.AddReferral(g.ID, to)
	})
}

// refer asks those to whom the review hands gaps, as it closes.
func (v *visit) refer() error {
	f, err := v.tx.Failure(v.review.Failure)
	if err != nil || f.Drill { // nobody is asked for practice
		return err
	}
	gaps, err := v.tx.BeginReferrals(v.review.ID)
	if err != nil {
		return err
	}
	team, err := v.tx.Team(f.Team)
	if err != nil {
		return err
	}
	for _, id := range gaps {
		r, err := v.tx.Referral(id)
		if err != nil {
			return err
		}
		if err := errors.Join(v.tx.AskReceiver(r, team), v.tellOutside(r)); err != nil {
			return err
		}
	}
	return nil
}

// tellOutside tells the team that who is asked has no account, and waits for a link.
func (v *visit) tellOutside(r practice.Referral) error {
	if r.Last().Mail == "" {
		return nil
	}
	name, err := nameOf(v.tx, r.Last().To)
	if err != nil {
		return err
	}
	return v.tx.TellReferrer(r.Gap, practice.Notice{Code: "notice.referral-link", Args: practice.Args{"name": name}})
}

// handed reads whom a gap is handed to.
func (d *Done) handed(tx *store.Tx, id practice.GapID) error {
	r, err := tx.Referral(id)
	if err != nil {
		return err
	}
	d.Receiver = r.Last()
	d.Name, err = nameOf(tx, d.Receiver.To)
	return err
}
