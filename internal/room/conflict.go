package room

import (
	"context"
	"errors"
	"slices"
	"time"

	"debrief/internal/practice"
)

// NewConflict is a conflict as somebody parks it: a line of their own, or a sentence of the
// text that the room agrees on. That sentence, or a gap that is none, leaves the review.
type NewConflict struct {
	Line   string
	Phrase string // of the agreed text; without a line it is the line
	Gap    GapAt
	Name   string    // who is to look after it; empty: nobody is named yet
	Heard  bool      // the room heard them say yes
	Due    time.Time // by which day; zero: in two weeks
}

// Aside is a conflict that this room parked.
type Aside struct {
	practice.ParkedConflict
	Name string // of whoever is to look after it
}

// PutAside parks a conflict between people or groups, so that it is not argued here. No
// words of an answer go along but what stands in the agreed text. Until the room closes,
// nobody outside hears of it, and it can be taken back.
func (rooms *Rooms) PutAside(ctx context.Context, seat practice.Seat, n NewConflict) (practice.ConflictID, error) {
	return act(ctx, rooms, seat, func(v *visit) (practice.ConflictID, error) {
		if n.Line == "" {
			n.Line = n.Phrase
		}
		text, err := practice.ConflictLine(n.Line)
		if err != nil {
			return "", err
		}
		all, err := v.conflicts()
		switch {
		case err != nil:
			return "", err
		case slices.ContainsFunc(all, func(c practice.ParkedConflict) bool { return c.Text == text }) && n.Gap.ID == "" && n.Phrase == "":
			return "", practice.Refuse(practice.Conflict, "conflict.there").At("line")
		case len(all) >= practice.MostConflicts:
			return "", practice.Refuse(practice.Conflict, "conflict.most").At("line").With("max", practice.MostConflicts)
		}
		if err := errors.Join(v.noPhrase(n.Phrase), v.noGap(n.Gap)); err != nil {
			return "", err
		}
		c, err := v.withOwner(practice.ParkedConflict{Review: v.review.ID, Text: text}, n)
		if err != nil {
			return "", err
		}
		c, err = v.tx.AddConflict(c)
		return c.ID, errors.Join(err, v.emit("room.gap", nil))
	})
}

// conflicts are those that this room parked. While people write or sort alone none is.
func (v *visit) conflicts() ([]practice.ParkedConflict, error) {
	p := v.review.Phase
	if p.Before(practice.PhaseIntended) || (p.HasAnswers() || p == practice.PhaseSort) && !v.review.Open {
		return nil, practice.Refuse(practice.Conflict, "conflict.alone").At("line")
	}
	return v.tx.ConflictsIn(v.review.ID)
}

// withOwner is a conflict with who is to look after it, where somebody was named.
func (v *visit) withOwner(c practice.ParkedConflict, n NewConflict) (practice.ParkedConflict, error) {
	if n.Name == "" && !n.Heard && n.Due.IsZero() {
		return c, nil
	}
	owner, err := v.owner(n.Name)
	if err != nil {
		return c, err
	}
	f, err1 := v.tx.Failure(v.review.Failure)
	shut, err2 := v.tx.ReadingClosed(owner)
	if err := errors.Join(err1, err2); err != nil {
		return c, err
	}
	if shut || f.Restricted() && !slices.Contains(f.Only, owner) {
		return c, practice.Refuse(practice.Conflict, "conflict.other").At("name")
	}
	return c.NameAtOnce(owner, n.Heard, n.Due, v.tx.Now())
}

// owner is whom a typed name means: somebody of the team, and for whoever did not come by
// a link anybody with an account.
func (v *visit) owner(name string) (practice.MemberID, error) {
	nobody := practice.Refuse(practice.Invalid, "conflict.whom").At("name")
	if name == "" {
		return "", nobody
	}
	m, err := v.chosen(practice.NewCarry{Typed: name})
	var refusal *practice.Error
	if errors.As(err, &refusal) && refusal.Code == "carrier.unknown" && !v.seat.ByLink() {
		m, err = v.tx.MemberByName(name)
	}
	if errors.Is(err, practice.ErrNotFound) || errors.As(err, &refusal) || err == nil && !m.Belongs() {
		return "", nobody
	}
	return m.ID, err
}

// aside are those that this room parked, with whom they wait for.
func (v *visit) aside() ([]Aside, error) {
	all, err := v.tx.ConflictsIn(v.review.ID)
	var out []Aside
	for _, c := range all {
		one := Aside{ParkedConflict: c}
		if c.Owner != "" {
			m, missed := v.tx.Member(c.Owner)
			one.Name, err = m.Name, errors.Join(err, missed)
		}
		out = append(out, one)
	}
	return out, err
}

// askOwners asks those who were named while this room was open, or tells them what it says
// that it heard. Nobody is asked for practice. A day that went by meanwhile is moved on.
func (v *visit) askOwners() error {
	all, err := v.tx.ConflictsIn(v.review.ID)
	f, missed := v.tx.Failure(v.review.Failure)
	if err = errors.Join(err, missed); err != nil || f.Drill {
		return err
	}
	for _, c := range all {
		if c.Owner != "" {
			err = errors.Join(err, v.askOwner(c))
		}
	}
	return err
}

func (v *visit) askOwner(c practice.ParkedConflict) error {
	was, now := c.Version, v.tx.Now()
	m, err1 := v.tx.Member(c.Owner)
	shut, err2 := v.tx.ReadingClosed(c.Owner)
	if err := errors.Join(err1, err2); err != nil || !m.Belongs() || shut {
		return err // they are gone, or read nothing of it, and it waits for somebody again
	}
	if !c.DueOn.After(now) {
		c.DueOn = now.AddDate(0, 0, practice.ConflictDue)
		c.Version++
		if err := v.tx.SaveConflict(c, was); err != nil {
			return err
		}
	}
	code := "notice.conflict"
	if c.Yes {
		code = "notice.conflict-heard"
	}
	team, err := v.team()
	if err != nil {
		return err
	}
	return v.tx.Tell(practice.Notice{Member: c.Owner, Code: code, Link: practice.ConflictPath(c.ID), Args: practice.Args{"team": team.Name, "at": c.DueOn.UnixMicro()}}, "")
}

// noPhrase takes a sentence out of the text that the room is agreeing on.
func (v *visit) noPhrase(phrase string) error {
	if phrase == "" {
		return nil
	}
	now, err := v.text(v.review.Phase)
	if err != nil {
		return err
	}
	next := now
	text, stood := practice.TakeOut(now.Text, phrase)
	switch {
	case !stood:
		return practice.ErrChanged
	case text == "":
		return practice.Refuse(practice.Conflict, "conflict.all").At("line")
	}
	next.Text, next.Version = text, now.Version+1
	return errors.Join(v.tx.SaveText(next, now.Version), v.emit("room.text", practice.Args{"question": v.review.Phase.Number()}))
}

// noGap takes out what is no gap. At question four another one has to be left to sort.
func (v *visit) noGap(at GapAt) error {
	if at.ID == "" {
		return nil
	}
	if v.review.Phase != practice.PhaseSort {
		if err := v.composing(); err != nil {
			return err
		}
	}
	g, taken, err := v.gap(at.ID)
	switch {
	case err != nil:
		return err
	case g.Version != at.Version:
		return practice.ErrChanged
	case v.review.Phase == practice.PhaseSort && g.Taken && taken < 2:
		return practice.Refuse(practice.Conflict, "conflict.last").At("line")
	}
	return v.tx.DropGap(g)
}

// TakeConflictBack takes one back while the room is open. What had stood in a text, or been
// a gap, is written anew.
func (rooms *Rooms) TakeConflictBack(ctx context.Context, seat practice.Seat, id practice.ConflictID) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		c, err := v.tx.Conflict(id)
		if err == nil && c.Review != v.review.ID {
			err = practice.ErrNotFound
		}
		if err != nil {
			return err
		}
		return errors.Join(v.tx.RemoveConflict(id), v.emit("room.gap", nil))
	})
}
