package app

import (
	"context"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// asRecords refuses everybody but those who keep records.
func asRecords(actor practice.Actor) error {
	if len(actor.Scopes) > 0 || !actor.Records {
		return practice.ErrForbidden
	}
	return nil
}

// HoldFailure keeps everything of a failure from going, for a reason that
// whoever reads it sees, until a day or until somebody ends it. Those who have
// to do with it under their name are told. It takes somebody who keeps records,
// who reads nothing more for it.
func (a *App) HoldFailure(ctx context.Context, actor practice.Actor, number int, n practice.NewHold) error {
	if err := asRecords(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if err := n.Check(tx.Now()); err != nil {
			return err
		}
		f, err := heldBy(tx, number)
		if err != nil {
			return err
		}
		if _, err := tx.HoldOn(f.ID); err == nil {
			return practice.Refuse(practice.Conflict, "hold.twice").At("number")
		} else if !isNotFound(err) {
			return err
		}
		h := practice.Hold{ID: practice.HoldID(tx.NewID("hld")), Failure: f.ID, Why: n.Why, By: actor.Member, At: tx.Now(), Until: n.Until}
		return saveHold(tx, f, h, "failure.held", "notice.held")
	})
}

// heldBy finds the failure that somebody names by its number.
func heldBy(tx *store.Tx, number int) (practice.Failure, error) {
	f, err := tx.FailureByNumber(number)
	switch {
	case isNotFound(err):
		return f, practice.Refuse(practice.Invalid, "hold.number").At("number")
	case err == nil && f.Source == practice.SourceImported:
		return f, practice.Refuse(practice.Conflict, "failure.imported").At("number")
	}
	return f, err
}

// EndHold lets go again, for a reason, what is held of a failure: what is due
// goes on the next day. Those who have to do with it are told.
func (a *App) EndHold(ctx context.Context, actor practice.Actor, number int, why string) error {
	if err := asRecords(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		f, err := tx.FailureByNumber(number)
		if err != nil {
			return err
		}
		h, err := tx.HoldOn(f.ID)
		if err != nil {
			return err
		}
		if h, err = h.End(actor.Member, why, tx.Now()); err != nil {
			return err
		}
		return saveHold(tx, f, h, "failure.released", "notice.released")
	})
}

// saveHold keeps a hold or its end, tells who has to do with the failure, and
// lets the list beside the database follow.
func saveHold(tx *store.Tx, f practice.Failure, h practice.Hold, kind, code string) error {
	if err := tx.SaveHold(h); err != nil {
		return err
	}
	concerned, err := tx.Concerned(f.ID)
	if err != nil {
		return err
	}
	for _, m := range concerned {
		n := practice.Notice{Member: m, Code: code, Link: practice.FailurePath(f.Number), Args: practice.Args{"title": f.Title, "why": h.Why}}
		if err := tx.AddNotice(n); err != nil {
			return err
		}
	}
	if err := tx.Enqueue(KeepLedger, tx.Now(), nil); err != nil {
		return err
	}
	return tx.Emit(practice.Event{Kind: kind, About: string(f.ID), In: string(f.Team)})
}

// endPast ends the holds whose last day is over.
func endPast(tx *store.Tx) error {
	all, err := tx.Holds()
	if err != nil {
		return err
	}
	for _, h := range all {
		if !h.Over(tx.Now()) {
			continue
		}
		f, err := tx.Failure(h.Failure)
		if err != nil {
			return err
		}
		h.EndedAt = tx.Now()
		if err := saveHold(tx, f, h, "failure.released", "notice.released"); err != nil {
			return err
		}
	}
	return nil
}

// Held is a hold with the names of those who put it on and ended it, where they
// are still known, and the failure as far as the reader may know it.
type Held struct {
	practice.Hold
	Number        int
	Title         string // empty where the reader does not read the failure
	By, EndedName string
}

// HoldOn returns what keeps the things of a failure from going; an empty one
// where nothing does.
func (a *App) HoldOn(ctx context.Context, actor practice.Actor, id practice.FailureID) (Held, error) {
	return read(ctx, a, func(tx *store.Tx) (Held, error) {
		f, err := readable(tx, actor, id)
		if err != nil {
			return Held{}, err
		}
		h, err := tx.HoldOn(f.ID)
		if isNotFound(err) {
			return Held{}, nil
		}
		if err != nil {
			return Held{}, err
		}
		return named(tx, actor, h)
	})
}

// named adds to a hold what the reader may know of it.
func named(tx *store.Tx, actor practice.Actor, h practice.Hold) (Held, error) {
	held := Held{Hold: h}
	f, err := tx.Failure(h.Failure)
	if err != nil {
		return held, err
	}
	if held.Number = f.Number; f.ReadBy(actor) {
		held.Title = f.Title
	}
	by, err := memberOrNobody(tx, h.By)
	if err != nil {
		return held, err
	}
	ended, err := memberOrNobody(tx, h.EndedBy)
	held.By, held.EndedName = by.Name, ended.Name
	return held, err
}
