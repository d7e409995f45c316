package app

import (
	"context"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Thread is what a team and whoever reported something without a name say to
// each other, as the team reads it: its own questions stay sealed until they
// are answered.
type Thread struct {
	Messages []practice.Message
	Open     bool // somebody still holds words that open it
}

// Thread returns the thread of a failure. A report with a name has none.
func (a *App) Thread(ctx context.Context, actor practice.Actor, id practice.FailureID) (Thread, error) {
	return read(ctx, a, func(tx *store.Tx) (Thread, error) {
		f, err := readable(tx, actor, id)
		if err != nil || !f.Unnamed() || !actor.In(f.Team) {
			return Thread{}, err
		}
		_, open, err := receiptOf(tx, f)
		if err != nil {
			return Thread{}, err
		}
		all, err := tx.Messages(f.ID)
		return Thread{Messages: all, Open: open}, err
	})
}

// receiptOf returns the receipt of a failure, and whether it opens anything.
func receiptOf(tx *store.Tx, f practice.Failure) (practice.Receipt, bool, error) {
	r, err := tx.ReceiptOf(f.ID)
	if isNotFound(err) {
		return r, false, nil
	}
	return r, err == nil && !r.Expired(tx.Now()), err
}

// AskReporter asks whoever reported a failure without a name. The question is
// sealed so that only the seven words open it; of the team nobody reads it
// again before it is answered.
func (a *App) AskReporter(ctx context.Context, actor practice.Actor, id practice.FailureID, text string) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	if err := practice.CheckMessage(text); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		f, err := own(tx, actor, id)
		if err != nil {
			return err
		}
		r, open, err := receiptOf(tx, f)
		if err != nil {
			return err
		}
		if !open {
			return practice.Refuse(practice.Conflict, "thread.none")
		}
		all, err := tx.Messages(f.ID)
		if err != nil {
			return err
		}
		if len(all) >= practice.MaxMessages {
			return practice.Refuse(practice.Conflict, "thread.full").At("text")
		}
		_, err = once(tx, actor, "thread.ask", func() (string, error) { return ask(tx, f, r, strings.TrimSpace(text)) })
		return err
	})
}

func ask(tx *store.Tx, f practice.Failure, r practice.Receipt, text string) (string, error) {
	m := practice.Message{ID: practice.MessageID(tx.NewBlindID("msg")), Failure: f.ID, Day: tx.Now().Truncate(24 * time.Hour), Asked: true}
	var err error
	if m.Sealed, err = r.Seal(m.ID, text); err != nil {
		return "", err
	}
	if err := tx.AddMessage(m); err != nil {
		return "", err
	}
	return string(m.ID), tx.Emit(practice.Event{Kind: "thread.asked", About: string(f.ID), In: string(f.Team)})
}
