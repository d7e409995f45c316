package app

import (
	"context"
	"errors"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// inHandOf returns a failure that is in the actor's hands: they reported it, or
// convene it, or nobody convenes it yet.
func inHandOf(tx *store.Tx, actor practice.Actor, id practice.FailureID) (practice.Failure, error) {
	f, err := own(tx, actor, id)
	if err != nil || f.InHandOf(actor.Member) {
		return f, err
	}
	m, err := memberOrNobody(tx, f.Convener)
	if err != nil {
		return f, err
	}
	return f, practice.Refuse(practice.Forbidden, "failure.hands").With("name", m.Name)
}

// RestrictFailure lets only named people read a failure, and whatever is said
// because of it; with nobody named its team reads it again. Whoever reported it,
// convenes it or is invited to talk about it stays among them, and so does the
// actor.
func (a *App) RestrictFailure(ctx context.Context, actor practice.Actor, id practice.FailureID, only []practice.MemberID) (practice.Failure, error) {
	if err := mayWrite(actor); err != nil {
		return practice.Failure{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Failure, error) {
		f, err := inHandOf(tx, actor, id)
		if err != nil {
			return f, err
		}
		before := f
		f.Only = nil
		if len(only) > 0 {
			told, err := toldOf(tx, f)
			if err != nil {
				return f, err
			}
			f.Only = slices.Concat(only, told, []practice.MemberID{actor.Member, f.Reporter})
			slices.Sort(f.Only)
			f.Only = slices.DeleteFunc(slices.Compact(f.Only), func(m practice.MemberID) bool { return m == "" })
		}
		for _, one := range only {
			m, err := tx.Member(one)
			if err != nil || !m.Active || !slices.Contains(m.Teams, f.Team) {
				return f, practice.Refuse(practice.Invalid, "member.unknown").At("only")
			}
		}
		if err := errors.Join(tx.RestrictFailure(f), restrictGuides(tx, before, f)); err != nil {
			return f, err
		}
		return f, tx.Emit(practice.Event{Kind: "failure.restricted", About: string(f.ID), In: string(f.Team)})
	})
}

// MarkDrill says of a failure that somebody only practised, or takes that back, until a
// review of it closes ("drill.closed"). It counts in no measure then, and is neither searched nor compared.
func (a *App) MarkDrill(ctx context.Context, actor practice.Actor, id practice.FailureID, drill bool) (practice.Failure, error) {
	if err := mayWrite(actor); err != nil {
		return practice.Failure{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Failure, error) {
		f, err := inHandOf(tx, actor, id)
		if err != nil || f.Drill == drill {
			return f, err
		}
		reviews, err := tx.Reviews(f.ID)
		if err != nil {
			return f, err
		}
		if f, err = f.MarkDrill(drill, reviews); err != nil {
			return f, err
		}
		if err := tx.SaveDrill(f); err != nil {
			return f, err
		}
		for _, r := range reviews { // what was said there is found again, or not any more
			if err := tx.Emit(practice.Event{Kind: "review.drilled", About: string(r.ID), In: string(f.Team)}); err != nil {
				return f, err
			}
		}
		return f, tx.Emit(practice.Event{Kind: "failure.drilled", About: string(f.ID), In: string(f.Team)})
	})
}

// ClearDrill removes what somebody practised, with all that came of it.
func (a *App) ClearDrill(ctx context.Context, actor practice.Actor, id practice.FailureID) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		f, err := inHandOf(tx, actor, id)
		if err != nil {
			return err
		}
		if !f.Drill {
			return practice.Refuse(practice.Conflict, "drill.not")
		}
		return clearAll(tx, f)
	})
}

// clearAll removes a failure with all that came of it, and says so of each thing.
func clearAll(tx *store.Tx, f practice.Failure) error {
	gone, err := tx.ClearDrill(f.ID)
	if err != nil {
		return err
	}
	for _, about := range append(gone, string(f.ID)) {
		if err := tx.Emit(practice.Event{Kind: "drill.cleared", About: about, In: string(f.Team)}); err != nil {
			return err
		}
	}
	return tx.KeepLedger()
}
