package room

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Guarded is what anybody may know of whom they can tell that a review was used against
// somebody: who reads it, when, and what else there is.
type Guarded struct {
	Organisation practice.Organisation
	Guardians    []practice.Guardian // those who stand; none: nobody can be written to
	Appears      time.Time           // at the latest
}

// Guarded returns who is there to tell.
func (rooms *Rooms) Guarded(ctx context.Context) (g Guarded, err error) {
	err = rooms.store.View(ctx, func(tx *store.Tx) error {
		g, err = guarded(tx)
		return err
	})
	return g, err
}

func guarded(tx *store.Tx) (g Guarded, err error) {
	if g.Organisation, err = tx.Organisation(); err != nil {
		return g, err
	}
	all, err := tx.Guardians()
	g.Guardians, g.Appears = practice.Guarding(all), g.Organisation.Appears(tx.Now())
	return g, err
}

// TellGuardian keeps what somebody tells the guardian, sealed from the first moment on, until
// the hour at which it appears with whatever else came without a name. Sending it
// twice keeps it once.
func (rooms *Rooms) TellGuardian(ctx context.Context, who practice.Stranger, n practice.NewMisuse) (Reported, error) {
	if err := n.Check(); err != nil {
		return Reported{}, err
	}
	var g Guarded
	err := rooms.store.View(ctx, func(tx *store.Tx) (err error) {
		if g, err = guarded(tx); err != nil {
			return err
		}
		return rooms.hurdle.take(who, mostReports, "report.slow", tx.Now(), tx.Random())
	})
	if err != nil {
		return Reported{}, err
	}
	keys := map[practice.MemberID][]byte{}
	for _, one := range g.Guardians {
		if len(n.To) == 0 || slices.Contains(n.To, one.Member) {
			keys[one.Member] = one.Public
		}
	}
	if len(keys) == 0 {
		return Reported{}, practice.Refuse(practice.Conflict, "guardian.none").At("to")
	}
	if who.Once != "" {
		who.Once = "guardian " + who.Once
	}
	return rooms.sent.once(who.Once, func() (Reported, error) {
		words, key, err := rooms.DrawReceipt(ctx)
		if err != nil {
			return Reported{}, err
		}
		first := practice.Told{Readers: readersOf(keys)}
		keys[""] = key.Public()
		err = rooms.store.Update(ctx, func(tx *store.Tx) error {
			first.ID = practice.MessageID(tx.NewBlindID("msg"))
			if first, err = first.Seal(n.Words(), keys); err != nil {
				return err
			}
			return tx.AddWaiting(practice.Waiting{ID: tx.NewBlindID("wtg"), Kind: practice.WaitingMisuse, Lookup: key.Lookup, Public: key.Public(), Told: first})
		})
		return Reported{Words: words, Appears: g.Appears}, err
	})
}

func readersOf(keys map[practice.MemberID][]byte) (all []practice.MemberID) {
	for id := range keys {
		all = append(all, id)
	}
	slices.Sort(all)
	return all
}

// DrawReceipt draws the words of a receipt and what they make. They are shown once.
func (rooms *Rooms) DrawReceipt(ctx context.Context) (string, practice.ReceiptKey, error) {
	var drawn []string
	err := rooms.store.View(ctx, func(tx *store.Tx) error {
		drawn = rooms.words.Draw(practice.ReceiptWords, tx.Random())
		return nil
	})
	if err != nil {
		return "", practice.ReceiptKey{}, err
	}
	words := strings.Join(drawn, " ")
	key, err := rooms.key(ctx, words)
	return words, key, err
}

// Line is one message of a case as its reader opens it.
type Line struct {
	Day    time.Time // zero while it waits
	Answer bool      // by a guardian
	Text   string
	Shut   bool // sealed to words that were drawn anew since
	Since  bool // they had been asked, after a report, whether anything bad has happened since
}

// Said is a case as the receipt of whoever told it opens it.
type Said struct {
	Case      practice.Misuse
	Thread    []Line
	Guardians []string // who reads it
	Waits     bool     // it has not appeared yet
}

// saidBy finds what a key told a guardian, or nothing.
func saidBy(tx *store.Tx, key practice.ReceiptKey) (*Said, error) {
	waits, err := tx.WaitingFor(key.Lookup)
	if err != nil {
		return nil, err
	}
	s := Said{}
	s.Case, err = tx.MisuseBy(key.Lookup)
	switch {
	case errors.Is(err, practice.ErrNotFound):
		i := slices.IndexFunc(waits, func(w practice.Waiting) bool { return w.Kind == practice.WaitingMisuse })
		if i < 0 {
			return nil, nil
		}
		s.Waits, s.Case.Readers = true, waits[i].Told.Readers
	case err != nil:
		return nil, err
	}
	all, err := tx.Guardians()
	if err != nil {
		return nil, err
	}
	for _, g := range practice.Guarding(all) {
		if slices.Contains(s.Case.Readers, g.Member) {
			s.Guardians = append(s.Guardians, g.Name)
		}
	}
	if s.Case.ID != "" {
		if s.Thread, err = opened(tx, s.Case.ID, "", key); err != nil {
			return nil, err
		}
	}
	for _, w := range waits {
		text, ok := w.Told.Read("", key)
		text, asked := practice.Followed(text)
		s.Thread = append(s.Thread, Line{Text: text, Shut: !ok, Since: asked})
	}
	return &s, nil
}

// opened opens the messages of a case for one reader.
func opened(tx *store.Tx, id practice.MisuseID, who practice.MemberID, key practice.ReceiptKey) ([]Line, error) {
	all, err := tx.Told(id)
	var thread []Line
	for _, t := range all {
		text, ok := t.Read(who, key)
		text, asked := practice.Followed(text)
		thread = append(thread, Line{Day: t.Day, Answer: t.Answer, Text: text, Shut: !ok, Since: asked})
	}
	return thread, err
}

// keysFor are the keys of all who read a case now.
func keysFor(tx *store.Tx, m practice.Misuse) (map[practice.MemberID][]byte, error) {
	keys := map[practice.MemberID][]byte{"": m.Public}
	all, err := tx.Guardians()
	for _, g := range practice.Guarding(all) {
		if slices.Contains(m.Readers, g.Member) {
			keys[g.Member] = g.Public
		}
	}
	return keys, err
}

// SayMore adds to what somebody told a guardian, with the words of its receipt. It
// appears with the hour.
func (rooms *Rooms) SayMore(ctx context.Context, who practice.Stranger, typed, text string) error {
	if err := practice.CheckMessage(text); err != nil {
		return err
	}
	key, err := rooms.unlock(ctx, who, typed)
	if err != nil {
		return err
	}
	return rooms.onceBy(ctx, key, who, func(tx *store.Tx) error {
		m, err := tx.MisuseBy(key.Lookup)
		if errors.Is(err, practice.ErrNotFound) {
			return errReceipt
		} else if err != nil {
			return err
		}
		said, err := tx.Told(m.ID)
		if err != nil {
			return err
		}
		waits, err := tx.WaitingFor(key.Lookup)
		if err != nil {
			return err
		}
		if len(said)+len(waits) >= practice.MaxMessages {
			return practice.Refuse(practice.Conflict, "thread.full").At("text")
		}
		keys, err := keysFor(tx, m)
		if err != nil {
			return err
		}
		t := practice.Told{ID: practice.MessageID(tx.NewBlindID("msg")), Case: m.ID}
		if t, err = t.Seal(text, keys); err != nil {
			return err
		}
		return tx.AddWaiting(practice.Waiting{ID: tx.NewBlindID("wtg"), Kind: practice.WaitingTold, Lookup: key.Lookup, Told: t})
	})
}

// misuse lets a case appear, and tells those it is for that something waits for them.
func (b batch) misuse(w practice.Waiting) error {
	m := practice.Misuse{ID: practice.MisuseID(b.tx.NewBlindID("mis")), Lookup: w.Lookup, Public: w.Public, Readers: w.Told.Readers,
		State: practice.MisuseOpen, Day: day(b.hour)}
	if err := b.tx.AddMisuse(m); err != nil {
		return err
	}
	w.Told.Case, w.Told.Day = m.ID, m.Day
	return errors.Join(b.tx.AddTold(w.Told), b.tellGuardians(m))
}

// told lets appear what was added to a case.
func (b batch) told(w practice.Waiting) error {
	m, err := b.tx.MisuseBy(w.Lookup)
	if errors.Is(err, practice.ErrNotFound) {
		return nil // its time is over
	} else if err != nil {
		return err
	}
	w.Told.Day = day(b.hour)
	return errors.Join(b.tx.AddTold(w.Told), b.tx.SaveMisuse(m.Again()), b.tellGuardians(m))
}

func (b batch) tellGuardians(m practice.Misuse) error {
	all, err := b.tx.Guardians()
	for _, g := range practice.Guarding(all) {
		if slices.Contains(m.Readers, g.Member) {
			err = errors.Join(err, b.tx.Tell(practice.Notice{Member: g.Member, Code: "notice.misuse", Link: practice.DeskPath}, ""))
		}
	}
	return err
}
