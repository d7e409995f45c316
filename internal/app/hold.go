package app

import (
	"cmp"
	"context"
	"errors"

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

// HoldFailure keeps everything of a failure from going, and of every other report
// of the same event, for a reason that whoever reads it sees, until a day or until
// somebody ends it. Those who have to do with it under their name are told. It takes
// somebody who keeps records, who reads nothing more for it.
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
		return saveHold(tx, f, h)
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
		return saveHold(tx, f, h)
	})
}

// saveHold keeps a hold or its end, tells who has to do with the event, and lets
// the list beside the database follow.
func saveHold(tx *store.Tx, f practice.Failure, h practice.Hold) error {
	if err := tx.SaveHold(h); err != nil {
		return err
	}
	kind := "failure.held"
	if !h.Lasts() {
		kind = "failure.released"
	}
	if err := tellOfHold(tx, f, h); err != nil {
		return err
	}
	if err := tx.KeepLedger(); err != nil {
		return err
	}
	return tx.Emit(practice.Event{Kind: kind, About: string(f.ID), In: string(f.Team)})
}

// tellOfHold tells everybody once who has to do with an event, by the report that
// they have to do with. Guests read no notices: whoever convenes is asked to tell
// them that something is held, or who decided so where nobody does.
func tellOfHold(tx *store.Tx, of practice.Failure, h practice.Hold) error {
	code := "notice.held"
	if !h.Lasts() {
		code = "notice.released"
		if _, err := tx.HoldOn(of.ID); !isNotFound(err) {
			return err // another hold keeps it
		}
	}
	whole, err := tx.Whole(of.ID)
	if err != nil {
		return err
	}
	told := map[practice.MemberID]bool{}
	for _, f := range whole {
		concerned, err := tx.Concerned(f.ID)
		if err != nil {
			return err
		}
		n := practice.Notice{Code: code, Link: practice.FailurePath(f.Number), Args: practice.Args{"title": f.Title, "why": h.Why}}
		for _, n.Member = range concerned {
			if told[n.Member] {
				continue
			}
			told[n.Member] = true
			if err := tx.AddNotice(n); err != nil {
				return err
			}
		}
		if err := askToTell(tx, f, h); err != nil {
			return err
		}
	}
	return nil
}

// askToTell asks for a word to each guest of a failure that is held now.
func askToTell(tx *store.Tx, f practice.Failure, h practice.Hold) error {
	to := cmp.Or(f.Convener, h.By)
	if !h.Lasts() || to == "" {
		return nil
	}
	guests, err := tx.GuestsAbout(f.ID)
	if err != nil {
		return err
	}
	for _, name := range guests {
		err := tx.AddNotice(practice.Notice{Member: to, Code: "notice.held-guest", Link: practice.FailurePath(f.Number), Args: practice.Args{"name": name, "title": f.Title}})
		if err != nil {
			return err
		}
	}
	return nil
}

// holdTogether tells those who have to do with one of two reports of the same event
// that it is held from now on, because the other is.
func holdTogether(tx *store.Tx, f, o practice.Failure) error {
	for _, pair := range [][2]practice.Failure{{f, o}, {o, f}} {
		if _, err := tx.HoldOn(pair[0].ID); err == nil {
			continue
		} else if !isNotFound(err) {
			return err
		}
		h, err := tx.HoldOn(pair[1].ID)
		if isNotFound(err) {
			continue
		}
		if err := errors.Join(err, tellOfHold(tx, pair[0], h)); err != nil {
			return err
		}
	}
	return nil
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
		if err := saveHold(tx, f, h); err != nil {
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
