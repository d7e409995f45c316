package app

import (
	"context"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Asking is somebody of the team who was there and is not invited, before
// whoever may invite them.
type Asking struct {
	Failure practice.Failure
	Review  practice.Review
	Member  practice.Member
	Invited bool // by now
}

// askingPath is where somebody who asks in is answered.
func askingPath(f practice.Failure, m practice.MemberID) string {
	return practice.RoomPath(f.Number) + "/asks/" + string(m)
}

// AskIn tells whoever called the room, and the convener, that the actor was
// there too. It returns the names of those who are asked: nobody where the actor
// is the only one to ask.
func (a *App) AskIn(ctx context.Context, actor practice.Actor, number int) ([]string, error) {
	if err := mayWrite(actor); err != nil {
		return nil, err
	}
	return write(ctx, a, func(tx *store.Tx) ([]string, error) {
		ask, err := asking(tx, actor, number, actor.Member)
		if err != nil || ask.Invited {
			return nil, err
		}
		var names []string
		for _, id := range slices.Compact([]practice.MemberID{ask.Review.Lead, ask.Failure.Convener}) {
			m, err := memberOrNobody(tx, id)
			if err != nil {
				return nil, err
			}
			if !m.Active || m.ID == actor.Member {
				continue
			}
			names = append(names, m.Name)
			link := askingPath(ask.Failure, actor.Member)
			waits, err := tx.Noticed(m.ID, link)
			if err == nil && !waits {
				err = tx.Tell(practice.Notice{Member: m.ID, Code: "notice.there", Link: link,
					Args: practice.Args{"name": actor.Name, "title": ask.Failure.Title}}, ask.Review.ID)
			}
			if err != nil {
				return nil, err
			}
		}
		return names, nil
	})
}

// Asking returns somebody who asks into the open room of a failure.
func (a *App) Asking(ctx context.Context, actor practice.Actor, number int, id practice.MemberID) (Asking, error) {
	return read(ctx, a, func(tx *store.Tx) (Asking, error) { return asking(tx, actor, number, id) })
}

func asking(tx *store.Tx, actor practice.Actor, number int, id practice.MemberID) (Asking, error) {
	f, err := tx.FailureByNumber(number)
	if err != nil {
		return Asking{}, err
	}
	if f, err = own(tx, actor, f.ID); err != nil {
		return Asking{}, err
	}
	reviews, err := tx.Reviews(f.ID)
	if err != nil {
		return Asking{}, err
	}
	if len(reviews) == 0 {
		return Asking{}, notInvited(actor, f, "review.none")
	}
	ask := Asking{Failure: f, Review: openOf(reviews)}
	if ask.Review.Phase == practice.PhaseClosed {
		return ask, practice.Refuse(practice.Conflict, "review.closed")
	}
	if ask.Member, err = tx.Member(id); err != nil {
		return ask, err
	}
	if !ask.Member.Active || !slices.Contains(ask.Member.Teams, f.Team) {
		return ask, practice.ErrNotFound
	}
	_, err = tx.Invitation(ask.Review.ID, id)
	ask.Invited = err == nil
	if isNotFound(err) {
		err = nil
	}
	return ask, err
}

// NewGuest is one more person for a room that was called.
type NewGuest struct {
	Member practice.MemberID
	There  bool // they lead somebody who is invited, were there and say so
}

// InviteOne invites one more person to the open room of a failure. Whoever leads
// one of those invited is refused, to the inviter alone, unless they were there
// and say so.
func (a *App) InviteOne(ctx context.Context, actor practice.Actor, number int, n NewGuest) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		ask, err := asking(tx, actor, number, n.Member)
		if err != nil || ask.Invited {
			return err
		}
		if !n.There {
			people, err := invitedTo(tx, ask.Review.ID)
			if err != nil {
				return err
			}
			if err := ask.Member.CheckLeads(people); err != nil {
				return err
			}
		}
		if err := tx.AddInvitation(practice.Invitation{Review: ask.Review.ID, Member: n.Member}); err != nil {
			return err
		}
		if err := tx.SettleNotices(askingPath(ask.Failure, n.Member)); err != nil {
			return err
		}
		if n.Member != actor.Member {
			if err := tx.Tell(asked(n.Member, ask.Failure, ask.Review), ask.Review.ID); err != nil {
				return err
			}
		}
		return tx.Emit(practice.Event{Kind: "review.invited", About: string(ask.Review.ID), In: string(ask.Failure.Team)})
	})
}

// invitedTo returns the people who are asked to a review.
func invitedTo(tx *store.Tx, id practice.ReviewID) ([]practice.Member, error) {
	invited, err := tx.Invitations(id)
	if err != nil {
		return nil, err
	}
	var people []practice.Member
	for _, i := range invited {
		m, err := tx.Member(i.Member)
		if err != nil {
			return nil, err
		}
		people = append(people, m)
	}
	return people, nil
}

// LeaveOut answers somebody who asked in: they get the result.
func (a *App) LeaveOut(ctx context.Context, actor practice.Actor, number int, id practice.MemberID) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		ask, err := asking(tx, actor, number, id)
		if err != nil || ask.Invited {
			return err
		}
		if err := tx.SettleNotices(askingPath(ask.Failure, id)); err != nil {
			return err
		}
		return tx.AddNotice(practice.Notice{Member: id, Code: "notice.result", Link: practice.FailurePath(ask.Failure.Number),
			Args: practice.Args{"title": ask.Failure.Title}})
	})
}
