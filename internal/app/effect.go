package app

import (
	"context"
	"errors"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Awaited is what is watched of a change and waits for a word of whoever carries it.
type Awaited struct {
	practice.Effect
	Failure practice.Failure
}

// WatchEffect names what is watched of a change of a closed review, and from which day on
// whoever carries it is asked whether it moved. They alone name it.
func (a *App) WatchEffect(ctx context.Context, actor practice.Actor, id practice.GapID, what string, at time.Time) error {
	return a.onEffect(ctx, actor, id, func(tx *store.Tx, was practice.Effect) (practice.Effect, error) {
		return was.Watch(what, at, tx.Now())
	})
}

// SayEffect keeps whether it moved, as whoever carries the change says. That nobody can
// tell is an answer.
func (a *App) SayEffect(ctx context.Context, actor practice.Actor, id practice.GapID, said practice.Moved, text string) error {
	return a.onEffect(ctx, actor, id, func(tx *store.Tx, was practice.Effect) (practice.Effect, error) {
		house, err := tx.Organisation()
		if err != nil {
			return was, err
		}
		return was.Answer(said, text, tx.Now(), house.Location())
	})
}

// onEffect lets whoever carries a change do something with what is watched of it.
func (a *App) onEffect(ctx context.Context, actor practice.Actor, id practice.GapID, do func(*store.Tx, practice.Effect) (practice.Effect, error)) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		g, err := tx.Gap(id)
		if err != nil {
			return err
		}
		r, f, err := changeOf(tx, actor, g)
		if err != nil {
			return err
		}
		if may, err := carriesChange(tx, actor, r.ID); err != nil || !may {
			return errors.Join(err, practice.Refuse(practice.Forbidden, "effect.carrier"))
		}
		was, err := tx.Effect(id)
		if err != nil {
			return err
		}
		e, err := do(tx, was)
		if err != nil {
			return err
		}
		if e.Said != "" {
			err = tx.SettleNotices(effectLink(f, id))
		}
		return errors.Join(err, tx.SaveEffect(e, was), tx.Emit(practice.Event{Kind: "failure.effect", About: string(f.ID), In: string(f.Team)}))
	})
}

// changeOf returns the closed review, and the failure, of a gap that changed something, for
// whoever reads what changed.
func changeOf(tx *store.Tx, actor practice.Actor, g practice.Gap) (practice.Review, practice.Failure, error) {
	r, err := tx.Review(g.Review)
	if err != nil {
		return r, practice.Failure{}, err
	}
	reader, err := newReader(tx, actor)
	if err != nil {
		return r, practice.Failure{}, err
	}
	if r.Phase != practice.PhaseClosed || !g.Route.Changes() || reader.records[r.ID] == practice.ReadsNothing {
		return r, practice.Failure{}, practice.ErrNotFound
	}
	f, err := tx.Failure(r.Failure)
	return r, f, err
}

// carriesChange reports whether somebody said yes to carrying what a review changed.
func carriesChange(tx *store.Tx, actor practice.Actor, r practice.ReviewID) (bool, error) {
	c, err := tx.CarryOf(r)
	if isNotFound(err) {
		return false, nil
	}
	return err == nil && c.Carrier == actor.Member && c.State != practice.CarryOffered, err
}

func effectLink(f practice.Failure, g practice.GapID) string {
	return practice.RecordPath(f.Number) + "#effect-" + string(g)
}

// effects are the changes of which somebody waits for the reader's word.
func (h *Home) effects(tx *store.Tx, r reader, _ []practice.TeamID) error {
	all, err := tx.EffectsDue(r.Member)
	if err != nil {
		return err
	}
	for _, e := range all {
		f, err := failureOfGap(tx, e.Gap)
		if err != nil {
			return err
		}
		if f.ReadBy(r.Actor) {
			h.Effects = append(h.Effects, Awaited{e, f})
		}
	}
	return nil
}

// AskEffects tells whoever carries a change once that the day has come to say whether what
// is watched of it moved. It is work for every day.
func (a *App) AskEffects(ctx context.Context) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		all, err := tx.UntoldEffects()
		for _, e := range all {
			err = errors.Join(err, askEffect(tx, e))
		}
		return err
	})
}

func askEffect(tx *store.Tx, e practice.Effect) error {
	g, err := tx.Gap(e.Gap)
	if err != nil {
		return err
	}
	f, err := failureOfGap(tx, e.Gap)
	if err != nil {
		return err
	}
	c, err := tx.CarryOf(g.Review)
	if isNotFound(err) || err == nil && (c.Carrier == "" || c.State == practice.CarryOffered) {
		return nil // once somebody carries it, they are asked
	}
	if err != nil {
		return err
	}
	n := practice.Notice{Member: c.Carrier, Code: "notice.effect", Link: effectLink(f, e.Gap), Args: practice.Args{"what": e.What}}
	return errors.Join(tx.Tell(n, ""), tx.ToldOfEffect(e.Gap))
}

// exportEffect is what was watched of a change, and what came of it.
func exportEffect(e practice.Effect) map[string]any {
	if e.What == "" {
		return nil
	}
	return map[string]any{"what": e.What, "ask_at": day(e.AskAt), "moved": e.Said, "text": e.Text, "said_at": day(e.SaidAt)}
}
