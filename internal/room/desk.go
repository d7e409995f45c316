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
	People       []practice.Member                  // to whom raw answers can be closed
	Teams        []practice.Team                    // to which a pause can be proposed
	Pauses       map[practice.TeamID]practice.Pause // that wait or run there already
	Closed       []practice.ReadingClosed           // to whom raw answers are closed because of cases that others read

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
	if err := d.elsewhere(tx, people, all); err != nil {
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

// elsewhere reads which teams pause already, and to whom raw answers are closed because of
// cases that this guardian does not read: but for their own, each can be opened again by
// any of them, so that nobody stays shut out because one guardian has gone.
func (d *Desk) elsewhere(tx *store.Tx, people []practice.Member, all []practice.Misuse) error {
	d.Pauses = map[practice.TeamID]practice.Pause{}
	for _, t := range d.Teams {
		p, err := tx.PauseOf(t.ID)
		if err != nil {
			return err
		}
		if p.ID != "" {
			d.Pauses[t.ID] = p
		}
	}
	closed, err := tx.ReadingsClosed()
	for _, c := range closed {
		mine := func(m practice.Misuse) bool { return m.ID == c.Case && slices.Contains(m.Readers, d.Guardian.Member) }
		if c.Member == d.Guardian.Member || slices.ContainsFunc(all, mine) {
			continue
		}
		i := slices.IndexFunc(people, func(m practice.Member) bool { return m.ID == c.Member })
		if i >= 0 {
			c.Name = people[i].Name
			d.Closed = append(d.Closed, c)
		}
	}
	return err
}

// Handle is what a guardian does with a case: they answer, say where it stands, close
// raw answers to somebody or open them again, and propose a pause. It says what became of
// that; sent twice, it says nothing the second time.
func (rooms *Rooms) Handle(ctx context.Context, who practice.Stranger, typed string, h practice.Handling) (said practice.PauseAsked, err error) {
	key, err := rooms.unlockDesk(ctx, who, typed)
	if err != nil {
		return said, err
	}
	err = rooms.onceBy(ctx, key, who, func(tx *store.Tx) error {
		g, err := atDesk(tx, key)
		if err != nil {
			return err
		}
		all, err := tx.Misuses()
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(m practice.Misuse) bool { return m.ID == h.Case && m.HandledBy(g.Member, h) })
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
		if err := errors.Join(tx.SaveMisuse(m), answer(tx, m, h.Text), shut(tx, m, h)); err != nil {
			return err
		}
		said, err = proposePause(tx, h.Pause)
		return err
	})
	return said, err
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

// shut closes raw answers to somebody, or opens them again; a case that turns out not to
// be so opens them to everybody it closed them to. Why stands in the case alone.
func shut(tx *store.Tx, m practice.Misuse, h practice.Handling) error {
	var open []practice.MemberID
	if h.Open != "" {
		open = append(open, h.Open)
	}
	if m.State == practice.MisuseUnconfirmed {
		closed, err := tx.ClosedBecause(m.ID)
		if err != nil {
			return err
		}
		open = closed
	}
	for _, who := range open {
		if err := onReading(tx, who, "reading.opened", "notice.reading-opened", func() error { return tx.OpenReading(who, m.ID) }); err != nil {
			return err
		}
	}
	if h.Close == "" {
		return nil
	}
	return onReading(tx, h.Close, "reading.closed", "notice.reading-closed", func() error { return tx.CloseReading(h.Close, m.ID, today(tx)) })
}

// onReading does something about whether somebody reads raw answers. Where that changes, it
// is told to them, and what kind of thing was done is in the log: where another case stands
// too, nothing changes, and nothing is said.
func onReading(tx *store.Tx, who practice.MemberID, kind, code string, do func() error) error {
	one, err := tx.Member(who)
	if err != nil || !one.Active || one.Guest {
		return practice.Refuse(practice.Invalid, "member.unknown").At("close")
	}
	was, err := tx.ReadingClosed(who)
	if err := errors.Join(err, do()); err != nil {
		return err
	}
	is, err := tx.ReadingClosed(who)
	if err != nil || is == was {
		return err
	}
	return errors.Join(tx.Tell(practice.Notice{Member: who, Code: code, Link: practice.GuardianPath}, ""), tx.Emit(practice.Event{Kind: kind, At: today(tx)}))
}

// proposePause proposes a pause to a team. Where one is proposed already the guardian's is
// joined to it, and where the team pauses nothing is added. Nobody's name and no time of
// the day is in it.
func proposePause(tx *store.Tx, id practice.TeamID) (practice.PauseAsked, error) {
	if id == "" || id == practice.NoTeam {
		return "", nil
	}
	team, err := tx.Team(id)
	if err != nil {
		return "", practice.Refuse(practice.Invalid, "misuse.pause").At("pause")
	}
	p, err := tx.PauseOf(id)
	if err != nil {
		return "", err
	}
	said := practice.PauseAskedNew
	switch {
	case p.ID == "":
		p = practice.ProposeByGuardian(id, today(tx))
		p.ID = practice.PauseID(tx.NewBlindID("pse"))
		err = tx.AddPause(p)
	case p.Guardian && p.Waits():
		return practice.PauseJoined, nil
	default:
		p, said = p.Join()
		err = tx.SavePause(p)
	}
	if err != nil || said == practice.PauseRan {
		return said, err
	}
	people, err := tx.MembersOf(id)
	err = errors.Join(err, tx.Emit(practice.Event{Kind: "pause.proposed", About: string(p.ID), In: string(id), At: today(tx)}), tx.AskToPause(p, team))
	for _, m := range people {
		if !m.Guest {
			n := practice.Notice{Member: m.ID, Code: "notice.pause-proposed", Link: practice.PausePath + "/" + string(id), Args: practice.Args{"team": team.Name}}
			err = errors.Join(err, tx.Tell(n, ""))
		}
	}
	return said, err
}
