package room

import (
	"context"
	"errors"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Release lets appear what waits, at a look that was due at some moment: all of
// it together, in no order, with the hour as its time, in one transaction. What
// it stood in before is then wiped out of the files.
func (rooms *Rooms) Release(ctx context.Context, due time.Time) error {
	var now bool
	err := rooms.store.Update(ctx, func(tx *store.Tx) error {
		o, err := tx.Organisation()
		if errors.Is(err, practice.ErrNotFound) {
			return tx.AwaitRelease()
		} else if err != nil {
			return err
		}
		if now, err = releases(tx, o, due); err != nil || !now {
			return errors.Join(err, tx.AwaitRelease())
		}
		return errors.Join(release(tx, o), tx.AwaitRelease())
	})
	if err != nil || !now {
		return err
	}
	return rooms.store.Scrub(ctx)
}

// releases reports whether what waits appears at this look. At a full hour it
// does, even if nothing waits: the files are wiped every hour.
func releases(tx *store.Tx, o practice.Organisation, due time.Time) (bool, error) {
	waits, err := tx.Waiting()
	reports := 0
	for _, w := range waits {
		if w.Kind == practice.WaitingReport {
			reports++
		}
	}
	return o.Releases(due, tx.Now(), reports), err
}

func release(tx *store.Tx, o practice.Organisation) error {
	waits, err := tx.DrawPool()
	if err != nil {
		return err
	}
	b := batch{tx: tx, hour: o.ReleaseHour(tx.Now())}
	for _, w := range waits { // reports first: what is said about one comes after it
		switch w.Kind {
		case practice.WaitingReport:
			err = errors.Join(err, b.report(w))
		case practice.WaitingMisuse:
			err = errors.Join(err, b.misuse(w))
		}
	}
	for _, w := range waits {
		switch w.Kind {
		case practice.WaitingReport, practice.WaitingMisuse:
		case practice.WaitingTold:
			err = errors.Join(err, b.told(w))
		default:
			err = errors.Join(err, b.later(w))
		}
	}
	return err
}

// batch is what appears together.
type batch struct {
	tx   *store.Tx
	hour time.Time
}

// report makes a failure of what was reported, and its receipt.
func (b batch) report(w practice.Waiting) error {
	f := w.Report.Appear(practice.FailureID(b.tx.NewBlindID("flr")), w.Team, b.hour)
	var err error
	if f.Convener, err = b.tx.ThisWeek(w.Team); err != nil {
		return err
	}
	if f, err = b.tx.AddFailure(f); err != nil {
		return err
	}
	if err := b.tx.TellConvener(f); err != nil {
		return err
	}
	err = b.tx.AddReceipt(practice.Receipt{Lookup: w.Lookup, Public: w.Public, Failure: f.ID, Day: day(b.hour)})
	return errors.Join(err, b.emit("failure.reported", f, practice.Args{"stage": f.Stage, "source": f.Source}))
}

// later does what the holder of a receipt asked for since their report
// appeared. What the practice does not allow any more is said instead.
func (b batch) later(w practice.Waiting) error {
	r, err := b.tx.Receipt(w.Lookup)
	if errors.Is(err, practice.ErrNotFound) {
		return nil // taken back, or its time is over
	} else if err != nil {
		return err
	}
	f, err := b.tx.Failure(r.Failure)
	if err != nil {
		return err
	}
	if w.Kind != practice.WaitingMessage {
		switch err := mayTake(b.tx, f); {
		case practice.KindOf(err) == practice.Conflict && w.Kind == practice.WaitingCorrection:
			w.Text = w.Report.Text
		case practice.KindOf(err) == practice.Conflict:
			return nil
		case err != nil:
			return err
		case w.Kind == practice.WaitingWithdrawal:
			return errors.Join(b.tx.RemoveFailure(f.ID), b.emit("failure.withdrawn", f, nil), b.tx.KeepLedger())
		default:
			f.Text, f.Title = w.Report.Text, practice.Title(w.Report.Text)
			return errors.Join(b.tx.RewordFailure(f), b.emit("failure.reworded", f, nil))
		}
	}
	return b.message(w, f)
}

// message puts what was said into the thread; the question it answers is open
// from then on.
func (b batch) message(w practice.Waiting, f practice.Failure) error {
	if w.Answers != "" && w.Asked != "" {
		if err := b.tx.OpenMessage(w.Answers, w.Asked); err != nil {
			return err
		}
	}
	err := b.tx.AddMessage(practice.Message{ID: practice.MessageID(b.tx.NewBlindID("msg")), Failure: f.ID, Day: day(b.hour),
		Text: w.Text, Answers: w.Answers})
	return errors.Join(err, b.emit("thread.answered", f, nil))
}

func (b batch) emit(kind string, f practice.Failure, data practice.Args) error {
	return b.tx.Emit(practice.Event{Kind: kind, About: string(f.ID), In: string(f.Team), At: b.hour, Data: data})
}

// day is the beginning of the day of a moment, where it is that day.
func day(at time.Time) time.Time {
	y, m, d := at.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, at.Location())
}

// mayTake refuses to take away the words of a report that is on hold, or whose
// review has begun.
func mayTake(tx *store.Tx, f practice.Failure) error {
	if err := tx.Unheld(f.ID); err != nil {
		return err
	}
	return notBegun(tx, f)
}

// notBegun refuses what may be done to a report only before its review begins.
func notBegun(tx *store.Tx, f practice.Failure) error {
	reviews, err := tx.Reviews(f.ID)
	if err != nil {
		return err
	}
	if practice.Begun(reviews) {
		return practice.Refuse(practice.Conflict, "receipt.begun")
	}
	return nil
}
