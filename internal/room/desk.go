package room

import (
	"context"
	"errors"
	"slices"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Desk is what the words of a guardian open: the cases that are for them. Whoever shows
// the words is asked for no name, so that nothing says when a guardian was at work.
type Desk struct {
	Organisation practice.Organisation
	Guardian     practice.Guardian
	Cases        []Case
	People       []practice.Member // to whom raw answers can be closed
	Teams        []practice.Team   // to which a pause can be proposed

	fresh map[practice.MisuseID]practice.Wait // read for the first time
}

// Case is one of them.
type Case struct {
	practice.Misuse
	Thread []Line
	Closed []practice.Member // to whom raw answers are closed because of it
}

// errDesk is the one answer to words that are no guardian's.
var errDesk = practice.Refuse(practice.Invalid, "desk.wrong").At("words")

// Desk opens the cases of the guardian whose words these are. Of what is read for the first
// time it is kept whether it waited a week or a month, and no day.
func (rooms *Rooms) Desk(ctx context.Context, who practice.Stranger, typed string) (d Desk, err error) {
	key, err := rooms.unlockDesk(ctx, who, typed)
	if err != nil {
		return d, err
	}
	err = rooms.store.View(ctx, func(tx *store.Tx) error {
		d, err = desk(tx, key)
		return err
	})
	if err != nil || len(d.fresh) == 0 {
		return d, err
	}
	return d, rooms.store.Update(ctx, func(tx *store.Tx) error {
		for id, within := range d.fresh {
			err = errors.Join(err, tx.MisuseRead(id, within))
		}
		return err
	})
}

// unlockDesk is unlock, and says of what it refuses that it is no guardian's.
func (rooms *Rooms) unlockDesk(ctx context.Context, who practice.Stranger, typed string) (practice.ReceiptKey, error) {
	key, err := rooms.unlock(ctx, who, typed)
	if errors.Is(err, errReceipt) {
		err = errDesk
	}
	return key, err
}

func atDesk(tx *store.Tx, key practice.ReceiptKey) (practice.Guardian, error) {
	g, err := tx.GuardianByLookup(key.Lookup)
	if errors.Is(err, practice.ErrNotFound) {
		err = errDesk
	}
	return g, err
}

func desk(tx *store.Tx, key practice.ReceiptKey) (d Desk, err error) {
	if d.Guardian, err = atDesk(tx, key); err != nil {
		return d, err
	}
	if d.Organisation, err = tx.Organisation(); err != nil {
		return d, err
	}
	if d.Teams, err = tx.Teams(); err != nil {
		return d, err
	}
	people, err := tx.Members()
	if err != nil {
		return d, err
	}
	d.People = slices.DeleteFunc(slices.Clone(people), func(m practice.Member) bool { return !m.Belongs() })
	all, err := tx.Misuses()
	if err != nil {
		return d, err
	}
	d.fresh = map[practice.MisuseID]practice.Wait{}
	for _, m := range all {
		if !slices.Contains(m.Readers, d.Guardian.Member) {
			continue
		}
		c := Case{Misuse: m}
		if c.Thread, err = opened(tx, m.ID, d.Guardian.Member, key); err != nil {
			return d, err
		}
		if within := practice.WaitOf(m.Day, today(tx)); m.Read == "" && within != "" && len(c.Thread) > 0 && !c.Thread[0].Shut {
			d.fresh[m.ID] = within
		}
		closed, err := tx.ClosedBecause(m.ID)
		if err != nil {
			return d, err
		}
		for _, one := range people {
			if slices.Contains(closed, one.ID) {
				c.Closed = append(c.Closed, one)
			}
		}
		d.Cases = append(d.Cases, c)
	}
	return d, nil
}

// Handle is what a guardian does with a case: they answer, say where it stands, close
// raw answers to somebody or open them again, and propose a pause.
func (rooms *Rooms) Handle(ctx context.Context, who practice.Stranger, typed string, h practice.Handling) error {
	key, err := rooms.unlockDesk(ctx, who, typed)
	if err != nil {
		return err
	}
	return rooms.onceBy(ctx, key, who, func(tx *store.Tx) error {
		g, err := atDesk(tx, key)
		if err != nil {
			return err
		}
		all, err := tx.Misuses()
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(m practice.Misuse) bool { return m.ID == h.Case && slices.Contains(m.Readers, g.Member) })
		if i < 0 {
			return practice.ErrNotFound
		}
		teams, err := tx.Teams()
		if err != nil {
			return err
		}
		h, err := all[i].Proposes(h, teams)
		if err != nil {
			return err
		}
		m, err := all[i].Handle(h, tx.Now())
		if err != nil {
			return err
		}
		return errors.Join(tx.SaveMisuse(m), answer(tx, m, h.Text), shut(tx, m, h), proposePause(tx, h.Pause))
	})
}

// answer puts a guardian's words behind the others, sealed to all who read the case.
func answer(tx *store.Tx, m practice.Misuse, text string) error {
	said, err := tx.Told(m.ID)
	if err != nil {
		return err
	}
	if len(said) >= practice.MaxMessages {
		return practice.Refuse(practice.Conflict, "thread.full").At("text")
	}
	keys, err := keysFor(tx, m)
	if err != nil {
		return err
	}
	t := practice.Told{ID: practice.MessageID(tx.NewBlindID("msg")), Case: m.ID, Day: today(tx), Answer: true}
	if t, err = t.Seal(text, keys); err != nil {
		return err
	}
	return tx.AddTold(t)
}

// today is the day it is, and no time of it.
func today(tx *store.Tx) time.Time { return tx.Now().UTC().Truncate(24 * time.Hour) }

// shut closes raw answers to somebody, or opens them again. It is told to them, and
// what kind of thing was done is in the log; why stands in the case alone.
func shut(tx *store.Tx, m practice.Misuse, h practice.Handling) error {
	who, kind, code := h.Close, "reading.closed", "notice.reading-closed"
	if h.Open != "" {
		who, kind, code = h.Open, "reading.opened", "notice.reading-opened"
	}
	if who == "" {
		return nil
	}
	one, err := tx.Member(who)
	if err != nil || !one.Active || one.Guest {
		return practice.Refuse(practice.Invalid, "member.unknown").At("close")
	}
	if h.Open != "" {
		err = tx.OpenReading(who, m.ID)
	} else {
		err = tx.CloseReading(who, m.ID, today(tx))
	}
	return errors.Join(err, tx.Tell(practice.Notice{Member: who, Code: code, Link: practice.GuardianPath}, ""),
		tx.Emit(practice.Event{Kind: kind, At: today(tx)}))
}

// proposePause proposes a pause to a team, which alone decides it. Where one is proposed
// already, or runs, nothing is added. Nobody's name and no time of the day is in it.
func proposePause(tx *store.Tx, id practice.TeamID) error {
	if id == "" || id == practice.NoTeam {
		return nil
	}
	team, err := tx.Team(id)
	if err != nil {
		return practice.Refuse(practice.Invalid, "misuse.pause").At("pause")
	}
	if before, err := tx.PauseOf(id); err != nil || before.ID != "" {
		return err
	}
	p := practice.ProposeByGuardian(id, today(tx))
	p.ID = practice.PauseID(tx.NewBlindID("pse"))
	err = errors.Join(tx.AddPause(p), tx.Emit(practice.Event{Kind: "pause.proposed", About: string(p.ID), In: string(id), At: p.ProposedAt}))
	people, failed := tx.MembersOf(id)
	err = errors.Join(err, failed)
	for _, m := range people {
		if !m.Guest {
			n := practice.Notice{Member: m.ID, Code: "notice.pause-proposed", Link: practice.PausePath + "/" + string(id), Args: practice.Args{"team": team.Name}}
			err = errors.Join(err, tx.Tell(n, ""))
		}
	}
	return err
}
