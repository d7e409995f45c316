package app

import (
	"context"
	"errors"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Guest is somebody without an account, with the signed link to hand them.
type Guest struct {
	Member practice.Member
	Pass   practice.Pass
	Sealed string // the last part of the link
	Came   bool   // they took their place
}

// Path is where the link leads.
func (g Guest) Path() string { return "/pass/" + string(g.Pass.Use) + "/" + g.Sealed }

// InviteGuest invites somebody without an account to the open room of a failure
// and returns the signed link to hand them. Asking again for the same name gives
// the same link. A name with an account is invited as such ("member.known").
func (a *App) InviteGuest(ctx context.Context, actor practice.Actor, number int, name string) (Guest, error) {
	if err := inPerson(actor); err != nil {
		return Guest{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (Guest, error) {
		f, r, err := openRoom(tx, actor, number)
		if err != nil {
			return Guest{}, err
		}
		m, err := tx.Guest(name)
		if err != nil {
			return Guest{}, err
		}
		if err := tx.AddInvitation(practice.Invitation{Review: r.ID, Member: m.ID}); err != nil {
			return Guest{}, err
		}
		g, err := pass(tx, m, practice.Pass{Use: practice.PassSeat, About: string(r.ID), EndsAt: r.MeetAt.Add(practice.PassAfter)})
		if err != nil {
			return g, err
		}
		return g, tx.Emit(practice.Event{Kind: "review.invited", About: string(r.ID), In: string(f.Team)})
	})
}

// openRoom finds the room of a failure of the actor's team that is not closed.
func openRoom(tx *store.Tx, actor practice.Actor, number int) (f practice.Failure, r practice.Review, err error) {
	if f, err = tx.FailureByNumber(number); err != nil {
		return f, r, err
	}
	if f, err = own(tx, actor, f.ID); err != nil {
		return f, r, err
	}
	reviews, err := tx.Reviews(f.ID)
	switch {
	case err != nil:
		return f, r, err
	case len(reviews) == 0:
		return f, r, practice.Refuse(practice.Conflict, "review.none").With("number", number)
	}
	if r = openOf(reviews); r.Phase == practice.PhaseClosed {
		err = practice.Refuse(practice.Conflict, "review.closed")
	}
	return f, r, err
}

// pass finds the pass of somebody for one thing, or makes it.
func pass(tx *store.Tx, m practice.Member, p practice.Pass) (Guest, error) {
	all, err := tx.Passes(p.About)
	if err != nil {
		return Guest{}, err
	}
	i := slices.IndexFunc(all, func(o practice.Pass) bool { return o.Member == m.ID && o.Use == p.Use })
	if i >= 0 {
		p = all[i]
	} else {
		p.ID, p.Member = practice.PassID(tx.NewBlindID("pas")), m.ID
		if err := tx.AddPass(p); err != nil {
			return Guest{}, err
		}
	}
	secret, err := tx.PassSecret()
	return Guest{Member: m, Pass: p, Sealed: p.Seal(secret)}, err
}

// Guests returns those without an account who are invited to the open room of a
// failure, each with their link.
func (a *App) Guests(ctx context.Context, actor practice.Actor, number int) ([]Guest, error) {
	if err := inPerson(actor); err != nil {
		return nil, err
	}
	return write(ctx, a, func(tx *store.Tx) ([]Guest, error) {
		_, r, err := openRoom(tx, actor, number)
		if err != nil {
			return nil, err
		}
		all, err := tx.Passes(string(r.ID))
		if err != nil {
			return nil, err
		}
		var guests []Guest
		for _, p := range all {
			m, err := tx.Member(p.Member)
			if err != nil {
				return nil, err
			}
			g, err := pass(tx, m, p)
			if err != nil {
				return nil, err
			}
			i, err := tx.Invitation(r.ID, m.ID)
			if err != nil {
				return nil, err
			}
			g.Came = i.Spent
			guests = append(guests, g)
		}
		return guests, nil
	})
}

// CarryPass returns the signed link by which a carrier without an account says
// yes. Whoever may name a carrier hands it over: those who were in the room, who
// called it, and the convener.
func (a *App) CarryPass(ctx context.Context, actor practice.Actor, id practice.CarryID) (Guest, error) {
	if err := inPerson(actor); err != nil {
		return Guest{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (Guest, error) {
		c, err := carryFor(tx, actor, id)
		if err != nil {
			return Guest{}, err
		}
		may, err := namesFor(tx, actor, c)
		if err != nil {
			return Guest{}, err
		}
		m, err := tx.Member(c.Carrier)
		if err != nil || !may || !m.Guest || !c.SettleAt.IsZero() {
			return Guest{}, practice.ErrNotFound
		}
		return pass(tx, m, practice.Pass{Use: practice.PassCarry, About: string(c.ID), EndsAt: c.DueAt.Add(practice.PassAfter)})
	})
}

// EndPass takes a signed link back; an invitation that was not spent goes with
// it. Where it was spent, every seat in that room that was taken by a link ends:
// which of them is whose, nothing says.
func (a *App) EndPass(ctx context.Context, actor practice.Actor, id practice.PassID) error {
	if err := inPerson(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		p, err := tx.Pass(id)
		if err != nil {
			return err
		}
		if p.Use == practice.PassCarry {
			c, err := carryFor(tx, actor, practice.CarryID(p.About))
			if err != nil {
				return err
			}
			if may, err := namesFor(tx, actor, c); err != nil || !may {
				return practice.ErrNotFound
			}
			return tx.EndPass(id)
		}
		if p.Use == practice.PassConsent {
			if _, err := round(tx, actor, practice.GapID(p.About)); err != nil {
				return err
			}
			return tx.EndPass(id)
		}
		if p.Use == practice.PassReferral {
			if r, err := referral(tx, actor, practice.GapID(p.About)); err != nil || !r.Own {
				return errors.Join(err, practice.ErrNotFound)
			}
			return tx.EndPass(id)
		}
		r, err := tx.Review(practice.ReviewID(p.About))
		if err != nil {
			return err
		}
		if _, err := own(tx, actor, r.Failure); err != nil {
			return err
		}
		return errors.Join(endPlace(tx, r.ID, p.Member), tx.EndPass(id))
	})
}

// endPlace takes the place in a room from a guest.
func endPlace(tx *store.Tx, r practice.ReviewID, m practice.MemberID) error {
	i, err := tx.Invitation(r, m)
	if err != nil {
		return err
	}
	if i.Spent {
		err = tx.EndLinkStamp(r)
	}
	return errors.Join(err, tx.Uninvite(r, m))
}

// Passed is all that somebody sees who came by a signed link: no failure, not
// even its title.
type Passed struct {
	Team     practice.Team
	Guardian string          // whom people can talk with; may be empty
	Hold     string          // why what it is about is on hold; empty where it is not
	Review   practice.Review // of a seat: when, and whether it is over
	Came     bool
	Few      bool           // are asked to that room: unnamed is not really unnamed there
	Guide    practice.Led   // who leads it from outside
	Talk     bool           // the guest asked them to talk beforehand
	Carry    practice.Carry // of a promise
}

// PassAbout returns what the actor's pass is about.
func (a *App) PassAbout(ctx context.Context, actor practice.Actor) (Passed, error) {
	return read(ctx, a, func(tx *store.Tx) (Passed, error) {
		switch actor.Pass.Use {
		case practice.PassCarry:
			return promised(tx, actor)
		case practice.PassSeat:
			return place(tx, actor)
		}
		return Passed{}, practice.ErrPassOld
	})
}

// promised is what a guest sees of their promise.
func promised(tx *store.Tx, actor practice.Actor) (out Passed, err error) {
	if out.Carry, err = tx.Carry(practice.CarryID(actor.Pass.About)); err != nil {
		return out, err
	}
	if out.Carry.Carrier != actor.Member {
		return out, practice.ErrPassOld // somebody else was named since
	}
	if out.Hold, err = tx.WhyHeld(out.Carry.Failure); err != nil {
		return out, err
	}
	out.Team, err = tx.Team(out.Carry.Team)
	return out, err
}

// place is what a guest sees of their place in a room; why it is on hold once they
// have sat in it.
func place(tx *store.Tx, actor practice.Actor) (out Passed, err error) {
	if out.Review, err = tx.Review(practice.ReviewID(actor.Pass.About)); err != nil {
		return out, err
	}
	i, err := tx.Invitation(out.Review.ID, actor.Member)
	if err != nil {
		return out, err
	}
	asked, err := tx.Turnout(out.Review.ID)
	if err != nil {
		return out, err
	}
	out.Few = asked.Few()
	if out.Guide, out.Talk, err = talkWith(tx, out.Review.ID, actor.Member); err != nil {
		return out, err
	}
	if i.Spent {
		if out.Hold, err = tx.WhyHeld(out.Review.Failure); err != nil {
			return out, err
		}
	}
	f, err := tx.Failure(out.Review.Failure)
	if err != nil {
		return out, err
	}
	house, err := tx.House()
	if err != nil {
		return out, err
	}
	out.Guardian, out.Came, out.Review = house.Guardian, i.Spent, out.Review.Outside()
	out.Team, err = tx.Team(f.Team)
	return out, err
}

// VoicePass returns the signed link by which whoever speaks for a group answers in one
// round without an account. The group and the team whose procedure it is hand it over.
func (a *App) VoicePass(ctx context.Context, actor practice.Actor, id practice.GapID, party practice.PartyID) (Guest, error) {
	if err := inPerson(actor); err != nil {
		return Guest{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (Guest, error) {
		r, err := round(tx, actor, id)
		if err != nil {
			return Guest{}, err
		}
		g, asked := r.Group(party)
		if !asked || !r.Runs() || !r.Team && !slices.Contains(r.Mine, party) {
			return Guest{}, practice.ErrNotFound
		}
		voice, err := memberOrNobody(tx, r.Party(party).Voice().Member)
		switch {
		case err != nil:
			return Guest{}, err
		case voice.ID == "":
			return Guest{}, practice.Refuse(practice.Conflict, "consent.voiceless").With("group", r.Party(party).Name)
		case !voice.Guest:
			return Guest{}, practice.Refuse(practice.Conflict, "consent.account").With("name", voice.Name)
		}
		return pass(tx, voice, practice.Pass{Use: practice.PassConsent, About: string(id), EndsAt: g.Until.Add(practice.PassAfter)})
	})
}
