package app

import (
	"context"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// ChaseGap tells those who sat in a room that a gap has been kept open for a
// week: now they choose, or record that they do not know. It is a job, and
// nobody's act.
func (a *App) ChaseGap(ctx context.Context, id practice.GapID) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		g, err := tx.Gap(id)
		if isNotFound(err) { // it was split, and this half taken back
			return nil
		}
		if err != nil || g.Verdict != practice.KeptOpen {
			return err
		}
		r, err := tx.Review(g.Review)
		if err != nil || r.Phase == practice.PhaseClosed {
			return err
		}
		f, err := tx.Failure(r.Failure)
		if err != nil {
			return err
		}
		invited, err := tx.Invitations(r.ID)
		if err != nil {
			return err
		}
		for _, i := range invited {
			if !i.Spent {
				continue
			}
			err := tx.AddNotice(practice.Notice{Member: i.Member, Code: "notice.week", Link: practice.RoomPath(f.Number), Args: practice.Args{"title": f.Title}})
			if err != nil {
				return err
			}
		}
		return nil
	})
}
