package app

import (
	"context"
	"errors"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// theirOwn returns a failure that the actor reported, while what it says may
// still be another: until its review begins.
func theirOwn(tx *store.Tx, actor practice.Actor, id practice.FailureID) (practice.Failure, error) {
	f, err := own(tx, actor, id)
	if err != nil {
		return f, err
	}
	if f.Reporter == "" || f.Reporter != actor.Member {
		return f, practice.Refuse(practice.Forbidden, "report.others")
	}
	reviews, err := tx.Reviews(f.ID)
	if err == nil && practice.Begun(reviews) {
		err = practice.Refuse(practice.Conflict, "report.begun").With("number", f.Number)
	}
	return f, err
}

// OwnReport returns what the actor reported, by its number, while they may still
// edit it or take it back.
func (a *App) OwnReport(ctx context.Context, actor practice.Actor, number int) (practice.Failure, error) {
	return read(ctx, a, func(tx *store.Tx) (practice.Failure, error) {
		f, err := tx.FailureByNumber(number)
		if err != nil {
			return f, err
		}
		return theirOwn(tx, actor, f.ID)
	})
}

// EditReport changes what the actor reported: change is handed the report as it
// is and returns all of it as it shall be, or refuses, because it was edited
// elsewhere since. What it said before stays to be read. change may be asked
// more than once.
func (a *App) EditReport(ctx context.Context, actor practice.Actor, id practice.FailureID,
	change func(practice.Failure) (practice.NewFailure, error)) (practice.Failure, error) {
	if err := mayWrite(actor); err != nil {
		return practice.Failure{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Failure, error) {
		f, err := theirOwn(tx, actor, id)
		if err != nil {
			return f, err
		}
		n, err := change(f)
		if err != nil {
			return f, err
		}
		next, was, edited, err := f.Edit(n, tx.Now())
		if err != nil || !edited {
			return f, err
		}
		if err := tx.EditFailure(next, was); err != nil {
			return f, err
		}
		return next, tx.Emit(practice.Event{Kind: "failure.edited", About: string(f.ID), In: string(f.Team)})
	})
}

// TakeBackReport takes back what the actor reported, with all that hangs on it,
// and returns it as it was, so that it can be sent again. Whoever was invited to
// talk about it is told that they need not come.
func (a *App) TakeBackReport(ctx context.Context, actor practice.Actor, id practice.FailureID) (practice.Failure, error) {
	if err := mayWrite(actor); err != nil {
		return practice.Failure{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Failure, error) {
		f, err := theirOwn(tx, actor, id)
		if err != nil {
			return f, err
		}
		told, err := toldOf(tx, f)
		if err != nil {
			return f, err
		}
		if err := tx.RemoveFailure(f.ID); err != nil {
			return f, err
		}
		for _, m := range told {
			if m == actor.Member {
				continue
			}
			err := tx.AddNotice(practice.Notice{Member: m, Code: "notice.withdrawn", Args: practice.Args{"number": f.Number}, Link: "/"})
			if err != nil {
				return f, err
			}
		}
		return f, errors.Join(tx.Emit(practice.Event{Kind: "failure.withdrawn", About: string(f.ID), In: string(f.Team)}), tx.KeepLedger())
	})
}

// toldOf are the people who count on a failure: whoever convenes it, those who
// are invited to talk about it, and who carries on what came of it.
func toldOf(tx *store.Tx, f practice.Failure) ([]practice.MemberID, error) {
	told := map[practice.MemberID]bool{f.Convener: f.Convener != ""}
	reviews, err := tx.Reviews(f.ID)
	if err != nil {
		return nil, err
	}
	for _, r := range reviews {
		invited, err := tx.Invitations(r.ID)
		if err != nil {
			return nil, err
		}
		for _, i := range invited {
			told[i.Member] = true
		}
		if c, err := tx.CarryOf(r.ID); err == nil {
			told[c.Carrier], told[c.Offered] = true, c.Offered != ""
		} else if !isNotFound(err) {
			return nil, err
		}
	}
	var all []practice.MemberID
	for m, is := range told {
		if is {
			all = append(all, m)
		}
	}
	return all, nil
}

// Formers returns what a report said before it was edited, the latest first.
func (a *App) Formers(ctx context.Context, actor practice.Actor, id practice.FailureID) ([]practice.Former, error) {
	return read(ctx, a, func(tx *store.Tx) ([]practice.Former, error) {
		if _, err := readable(tx, actor, id); err != nil {
			return nil, err
		}
		return tx.Formers(id)
	})
}
