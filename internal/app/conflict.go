package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Aside is a conflict that a room put aside, as those read it who were in that room,
// and whoever looks after it.
type Aside struct {
	practice.ParkedConflict
	Name    string           // of its owner
	Day     time.Time        // on which its review closed
	Failure practice.Failure // its number and title, for who was there
	Team    string
	Mine    bool // the reader looks after it, or is asked to
	Open    bool // nobody looks after it who is still here
	Guards  bool // whoever looks after it, or is asked to, is a guardian

	of practice.Failure // whole, for whom it can be given to
}

// Late reports whether its day is over and it goes on.
func (a Aside) Late(now time.Time) bool {
	return !a.Over() && !a.DueOn.IsZero() && !now.Before(a.DueOn.AddDate(0, 0, 1))
}

// Waits reports whether the reader has something to do about it.
func (a Aside) Waits(now time.Time) bool {
	return !a.Over() && (a.Open || a.Mine && (!a.Yes || !now.Before(a.DueOn)))
}

// ConflictAct is what somebody does about a parked conflict.
type ConflictAct struct {
	Do   string            // "take", "ask", "guardian", "yes", "no" or "end"
	Name string            // who is asked
	To   practice.MemberID // which guardian; empty: the only one
	Due  time.Time         // by which day
	How  string            // how it ended
}

// Conflicts returns the parked conflicts that the actor reads, those that go on first.
func (a *App) Conflicts(ctx context.Context, actor practice.Actor) ([]Aside, error) {
	return read(ctx, a, func(tx *store.Tx) ([]Aside, error) { return asides(tx, actor, tx.ConflictsOf) })
}

// asides reads what some query finds for the actor: all of the closed reviews they took part
// in and those they look after, or what goes on of these. Whoever is kept from raw answers is kept from these.
func asides(tx *store.Tx, actor practice.Actor, find func(practice.MemberID) ([]practice.ParkedConflict, error)) (out []Aside, err error) {
	if actor.Member == "" || actor.Pass.ID != "" {
		return nil, nil
	}
	shut, err := tx.ReadingClosed(actor.Member)
	if err != nil || shut {
		return nil, err
	}
	all, err := find(actor.Member)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		one, err := aside(tx, actor, c)
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

func aside(tx *store.Tx, actor practice.Actor, c practice.ParkedConflict) (Aside, error) {
	one := Aside{ParkedConflict: c, Mine: c.Owner == actor.Member, Open: !c.Over() && c.Owner == ""}
	r, err := tx.Review(c.Review)
	if err != nil {
		return one, err
	}
	f, err := tx.Failure(r.Failure)
	if err != nil {
		return one, err
	}
	if f.Restricted() && !slices.Contains(f.Only, actor.Member) || f.Stopped != "" {
		return one, practice.ErrNotFound
	}
	one.of = f
	house, err1 := tx.Organisation()
	team, err2 := tx.Team(f.Team)
	owner, err3 := memberOrNobody(tx, c.Owner)
	there, err4 := tx.Invitation(r.ID, actor.Member)
	if err4 == nil && there.Spent {
		one.Failure = practice.Failure{Number: f.Number, Title: f.Title}
	} else if isNotFound(err4) {
		err4 = nil // its owner reads the line, and nothing of the review
	}
	if c.Owner != "" && !c.Over() {
		shut, err := tx.ReadingClosed(c.Owner)
		if err != nil {
			return one, err
		}
		one.Open = !owner.Active || shut // neither can look after it
	}
	guardians, err5 := tx.Guardians()
	one.Guards = slices.ContainsFunc(practice.Guarding(guardians), func(g practice.Guardian) bool { return g.Member == c.Owner })
	one.Day, one.Team, one.Name = practice.DayOf(r.ClosedAt, house.Location()), team.Name, owner.Name
	return one, errors.Join(err1, err2, err3, err4, err5)
}

// ActOnConflict asks somebody to look after a parked conflict, or does what its owner does:
// says yes or no, gives it back, says how it ended. Whoever reads it may ask, and nobody is
// kept who did.
func (a *App) ActOnConflict(ctx context.Context, actor practice.Actor, id practice.ConflictID, act ConflictAct) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		all, err := asides(tx, actor, tx.ConflictsOf)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(c Aside) bool { return c.ID == id })
		if at < 0 {
			return practice.ErrNotFound
		}
		was := all[at]
		is, err := was.next(tx, actor, act)
		if err != nil {
			return err
		}
		return errors.Join(tx.SaveConflict(is, was.Version), tellConflict(tx, is, was))
	})
}

// next lets the practice decide. Who is no longer here looks after nothing.
func (a Aside) next(tx *store.Tx, actor practice.Actor, act ConflictAct) (practice.ParkedConflict, error) {
	c := a.ParkedConflict
	if a.Open {
		c.Owner, c.Yes = "", false
	}
	house, err := tx.Organisation()
	if err != nil {
		return c, err
	}
	switch act.Do {
	case "take":
		return c.Ask(actor.Member, true, act.Due, tx.Now())
	case "ask":
		to, err := a.owner(tx, act.Name)
		if err != nil {
			return c, err
		}
		return c.Ask(to, to == actor.Member, act.Due, tx.Now())
	case "guardian":
		to, err := a.guardian(tx, act.To)
		if err != nil {
			return c, err
		}
		return c.HandOn(actor.Member, to, act.Due, tx.Now())
	case "yes", "no":
		return c.Answer(actor.Member, act.Do == "yes")
	case "end":
		return c.End(actor.Member, act.How, practice.DayOf(tx.Now(), house.Location()))
	}
	return c, practice.Refuse(practice.Invalid, "required").At("do")
}

// guardian is to which guardian it is handed.
func (a Aside) guardian(tx *store.Tx, to practice.MemberID) (practice.MemberID, error) {
	all, err := tx.Guardians()
	if err != nil {
		return "", err
	}
	all = practice.Guarding(all)
	if to == "" && len(all) == 1 {
		to = all[0].Member
	}
	switch {
	case len(all) == 0:
		return "", practice.Refuse(practice.Conflict, "guardian.none").At("to")
	case !slices.ContainsFunc(all, func(g practice.Guardian) bool { return g.Member == to }):
		return "", practice.Refuse(practice.Invalid, "conflict.which").At("to")
	}
	return to, a.reads(tx, to, "to")
}

// owner is whom a typed name means: somebody with an account, of any team.
func (a Aside) owner(tx *store.Tx, name string) (practice.MemberID, error) {
	m, err := tx.MemberByName(name)
	if isNotFound(err) || err == nil && !m.Belongs() {
		return "", practice.Refuse(practice.Invalid, "conflict.whom").At("name")
	}
	if err != nil {
		return "", err
	}
	return m.ID, a.reads(tx, m.ID, "name")
}

// reads refuses somebody from whom the failure of its review is kept, or what was written
// alone: they would be asked about a line that they do not read. Why is not said.
func (a Aside) reads(tx *store.Tx, m practice.MemberID, field string) error {
	shut, err := tx.ReadingClosed(m)
	if err == nil && (shut || a.of.Restricted() && !slices.Contains(a.of.Only, m)) {
		err = practice.Refuse(practice.Conflict, "conflict.other").At(field)
	}
	return err
}

// tellConflict tells whoever is asked, and puts away what anybody was told before. What
// the conflict is about stands on its page alone.
func tellConflict(tx *store.Tx, is practice.ParkedConflict, was Aside) error {
	link := practice.ConflictPath(is.ID)
	if err := tx.SettleNotices(link); err != nil || is.Owner == "" || is.Yes || is.Owner == was.Owner {
		return err
	}
	return tx.Tell(practice.Notice{Member: is.Owner, Code: "notice.conflict", Link: link, Args: practice.Args{"team": was.Team, "at": is.DueOn.UnixMicro()}}, "")
}

// TellConflicts reminds whoever looks after a parked conflict once that its day has come.
// It is work for every day.
func (a *App) TellConflicts(ctx context.Context) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		due, err := tx.ConflictsDue()
		if err != nil {
			return err
		}
		for _, c := range due {
			if err := remindOfConflict(tx, c); err != nil {
				return err
			}
		}
		return nil
	})
}

func remindOfConflict(tx *store.Tx, c practice.ParkedConflict) error {
	was := c.Version
	one, err := aside(tx, practice.Actor{Member: c.Owner}, c)
	switch {
	case isNotFound(err) || err == nil && one.Open: // it is kept from them, or they are gone
		return nil
	case err != nil:
		return err
	}
	c.Told = true
	c.Version++
	return errors.Join(tx.SaveConflict(c, was),
		tx.Tell(practice.Notice{Member: c.Owner, Code: "notice.conflict-due", Link: practice.ConflictPath(c.ID), Args: practice.Args{"team": one.Team}}, ""))
}

// conflicts are those about which the reader has something to do.
func (h *Home) conflicts(tx *store.Tx, r reader, _ []practice.TeamID) error {
	all, err := asides(tx, r.Actor, tx.OpenConflictsOf)
	for _, c := range all {
		if c.Waits(tx.Now()) {
			h.Conflicts = append(h.Conflicts, c)
		}
	}
	return err
}
