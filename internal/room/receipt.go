package room

import (
	"context"
	"errors"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Held is what the words of a receipt open: one's own report, what became of
// it, and the thread with the team.
type Held struct {
	House
	Waits   bool             // it has not appeared yet
	Severe  bool             // somebody was hurt or worse
	Text    string           // of the report, as it stands
	Failure practice.Failure // once it has appeared
	Day     time.Time        // on which it did
	News    []News
	Facts   []practice.Fact
	Thread  []practice.Message     // what was sealed is opened; what its holder said and waits has no day
	Pending []practice.WaitingKind // what its holder did that appears with the hour
	Begun   bool                   // its review has begun: no more correcting or taking back
	Hold    string                 // nor while it is on hold: why it is; empty where it is not
	Since   practice.Since         // whether its holder is asked if anything bad has happened since
	Said    *Said                  // it is no report: this is what a guardian was told; else nil
}

// errReceipt is the one answer to words that are wrong, unknown or too old.
var errReceipt = practice.Refuse(practice.Invalid, "receipt.wrong").At("words")

// bearer is the holder of a receipt, inside one transaction.
type bearer struct {
	tx      *store.Tx
	key     practice.ReceiptKey
	receipt practice.Receipt   // once the report has appeared
	waits   []practice.Waiting // what came with this receipt and waits
	house   House
	failure practice.Failure
}

// Receipt shows what seven words open, typed in any case.
func (rooms *Rooms) Receipt(ctx context.Context, who practice.Stranger, typed string) (Held, error) {
	key, err := rooms.unlock(ctx, who, typed)
	if err != nil {
		return Held{}, err
	}
	var held Held
	err = rooms.store.View(ctx, func(tx *store.Tx) error {
		if held.Said, err = saidBy(tx, key); err != nil || held.Said != nil {
			return err
		}
		b, err := bear(tx, key)
		if err != nil {
			return err
		}
		held, err = b.held()
		return err
	})
	return held, err
}

// unlock counts the try and stretches the words. Words that are in no list
// cannot be a receipt's, and are named.
func (rooms *Rooms) unlock(ctx context.Context, who practice.Stranger, typed string) (practice.ReceiptKey, error) {
	err := rooms.store.View(ctx, func(tx *store.Tx) error {
		return rooms.hurdle.take(who, mostReceipts, "receipt.slow", tx.Now(), tx.Random())
	})
	if err != nil {
		return practice.ReceiptKey{}, err
	}
	said, unknown := rooms.words.Read(typed)
	switch {
	case len(unknown) > 0:
		return practice.ReceiptKey{}, practice.Refuse(practice.Invalid, "words.unknown").With("word", unknown[0].Word).At("words").With("near", unknown[0].Near)
	case len(strings.Fields(said)) != practice.ReceiptWords:
		return practice.ReceiptKey{}, errReceipt
	}
	return rooms.key(ctx, said)
}

// bear finds what a key opens.
func bear(tx *store.Tx, key practice.ReceiptKey) (*bearer, error) {
	b := &bearer{tx: tx, key: key}
	var err error
	if b.waits, err = tx.WaitingFor(key.Lookup); err != nil {
		return nil, err
	}
	b.receipt, err = tx.Receipt(key.Lookup)
	switch {
	case errors.Is(err, practice.ErrNotFound):
		return b, b.unreleased()
	case err != nil:
		return nil, err
	case b.receipt.Expired(tx.Now()):
		return nil, errReceipt
	}
	if b.failure, err = tx.Failure(b.receipt.Failure); err != nil {
		return nil, err
	}
	return b, b.of(b.failure.Team)
}

// unreleased finds the house of a report that waits.
func (b *bearer) unreleased() error {
	w := b.report()
	if w == nil {
		return errReceipt
	}
	return b.of(w.Team)
}

func (b *bearer) of(id practice.TeamID) error {
	t, err := b.tx.Team(id)
	if err != nil {
		return err
	}
	b.house, err = houseOf(b.tx, t)
	return err
}

// report is the report itself while it waits, or nil.
func (b *bearer) report() *practice.Waiting {
	for i := range b.waits {
		if b.waits[i].Kind == practice.WaitingReport {
			return &b.waits[i]
		}
	}
	return nil
}

func (b *bearer) held() (Held, error) {
	h := Held{House: b.house, Failure: b.failure, Text: b.failure.Text, Severe: b.failure.Severe, Day: b.receipt.Day}
	for _, w := range b.waits {
		if w.Kind == practice.WaitingReport {
			h.Waits, h.Text, h.Severe = true, w.Report.Text, w.Report.Severe
			return h, nil
		}
		h.Pending = append(h.Pending, w.Kind)
	}
	var err error
	h.Since = practice.SinceReport(b.receipt.Day, b.tx.Now())
	if h.News, err = news(b.tx, b.failure); err != nil {
		return h, err
	}
	if h.Facts, err = b.tx.Facts(b.failure.ID); err != nil {
		return h, err
	}
	if h.Thread, err = b.thread(); err != nil {
		return h, err
	}
	for _, w := range b.waits {
		if w.Kind == practice.WaitingMessage {
			h.Thread = append(h.Thread, practice.Message{ID: practice.MessageID(w.ID), Text: w.Text, Answers: w.Answers})
		}
	}
	if h.Hold, err = b.tx.WhyHeld(b.failure.ID); err != nil {
		return h, err
	}
	err = notBegun(b.tx, b.failure)
	h.Begun = practice.KindOf(err) == practice.Conflict
	if h.Begun {
		err = nil
	}
	return h, err
}

// thread opens what was sealed for this receipt.
func (b *bearer) thread() ([]practice.Message, error) {
	all, err := b.tx.Messages(b.failure.ID)
	if err != nil {
		return nil, err
	}
	for i, m := range all {
		if len(m.Sealed) == 0 {
			continue
		}
		if all[i].Text, err = b.key.Open(m.ID, m.Sealed); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// hold runs f for the holder of a receipt in one transaction.
func (rooms *Rooms) hold(ctx context.Context, who practice.Stranger, typed string, f func(*bearer) error) error {
	key, err := rooms.unlock(ctx, who, typed)
	if err != nil {
		return err
	}
	return rooms.onceBy(ctx, key, who, func(tx *store.Tx) error {
		b, err := bear(tx, key)
		if err != nil {
			return err
		}
		return f(b)
	})
}

// onceBy runs f in one transaction for whoever shows some words, and once however
// often it is sent.
func (rooms *Rooms) onceBy(ctx context.Context, key practice.ReceiptKey, who practice.Stranger, f func(*store.Tx) error) error {
	if who.Once != "" && !rooms.onces.First(key.Lookup+" "+who.Once) {
		return nil
	}
	err := rooms.store.Update(ctx, f)
	if err != nil && who.Once != "" {
		rooms.onces.Forget(key.Lookup + " " + who.Once)
	}
	return err
}

// wait keeps something for the hour.
func (b *bearer) wait(w practice.Waiting) error {
	w.ID, w.Lookup = b.tx.NewBlindID("wtg"), b.key.Lookup
	return b.tx.AddWaiting(w)
}

// Say writes to the team, as an answer to one of its questions or by itself.
// The team reads it from the hour on, with the question it answers.
func (rooms *Rooms) Say(ctx context.Context, who practice.Stranger, typed string, m practice.Message) error {
	if err := practice.CheckMessage(m.Text); err != nil {
		return err
	}
	return rooms.hold(ctx, who, typed, func(b *bearer) error {
		if b.failure.ID == "" {
			return errReceipt // the page has no field for it before the report appeared
		}
		thread, err := b.thread()
		if err != nil {
			return err
		}
		if len(thread)+len(b.waits) >= practice.MaxMessages {
			return practice.Refuse(practice.Conflict, "thread.full").At("text")
		}
		w := practice.Waiting{Kind: practice.WaitingMessage, Text: strings.TrimSpace(m.Text)}
		for _, q := range thread {
			if q.Asked && q.ID == m.Answers {
				w.Answers, w.Asked = q.ID, q.Text
			}
		}
		return b.wait(w)
	})
}

// Correct puts other words in the place of those of a report: at once while it
// waits, else with the hour, as long as its review has not begun. The old words
// are gone.
func (rooms *Rooms) Correct(ctx context.Context, who practice.Stranger, typed, text string) error {
	text = strings.TrimSpace(text)
	return rooms.hold(ctx, who, typed, func(b *bearer) error {
		if err := (practice.Unnamed{Text: text, Stage: practice.StageAfter}).Check(b.tx.Now()); err != nil {
			return err
		}
		if w := b.report(); w != nil {
			w.Report.Text = text
			return b.tx.SaveWaiting(*w)
		}
		if err := mayTake(b.tx, b.failure); err != nil {
			return err
		}
		for _, w := range b.waits {
			if w.Kind == practice.WaitingCorrection {
				w.Report.Text = text
				return b.tx.SaveWaiting(w)
			}
		}
		return b.wait(practice.Waiting{Kind: practice.WaitingCorrection, Report: practice.Unnamed{Text: text}})
	})
}

// Withdraw takes a report back: at once while it waits, else with the hour, as
// long as its review has not begun. It reports whether it is gone already.
func (rooms *Rooms) Withdraw(ctx context.Context, who practice.Stranger, typed string) (gone bool, err error) {
	err = rooms.hold(ctx, who, typed, func(b *bearer) error {
		gone = false
		if w := b.report(); w != nil {
			gone = true
			return b.tx.RemoveWaiting(w.ID)
		}
		if err := mayTake(b.tx, b.failure); err != nil {
			return err
		}
		for _, w := range b.waits {
			if w.Kind == practice.WaitingWithdrawal {
				return nil
			}
		}
		return b.wait(practice.Waiting{Kind: practice.WaitingWithdrawal})
	})
	return gone, err
}
