package app

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// convened returns a failure whose review the actor may set a time for: the
// convener does, or anybody of the team where there is none.
func convened(tx *store.Tx, actor practice.Actor, id practice.FailureID) (practice.Failure, error) {
	f, err := own(tx, actor, id)
	if err != nil {
		return f, err
	}
	name, err := convenedByOther(tx, actor, f)
	if err == nil && name != "" {
		err = practice.Refuse(practice.Conflict, "review.convener").With("name", name)
	}
	return f, err
}

// convenes returns a review with what it is about, for whoever convenes it.
func convenes(tx *store.Tx, actor practice.Actor, id practice.ReviewID) (practice.Review, practice.Failure, error) {
	r, err := tx.Review(id)
	if err != nil {
		return r, practice.Failure{}, err
	}
	f, err := convened(tx, actor, r.Failure)
	return r, f, err
}

// convenedByOther returns the name of whoever else convenes a failure, if
// somebody does who is still there.
func convenedByOther(tx *store.Tx, actor practice.Actor, f practice.Failure) (string, error) {
	if f.Convener == actor.Member {
		return "", nil
	}
	m, err := memberOrNobody(tx, f.Convener)
	if err != nil || !m.Active {
		return "", err
	}
	return m.Name, nil
}

// CallReview sets a time and invites the people closest to a failure. The
// failure becomes significant by being called; its window is 72 hours.
func (a *App) CallReview(ctx context.Context, actor practice.Actor, n practice.NewReview) (practice.Review, error) {
	if err := mayWrite(actor); err != nil {
		return practice.Review{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Review, error) {
		if err := n.Check(tx.Now()); err != nil {
			return practice.Review{}, err
		}
		f, err := convened(tx, actor, n.Failure)
		if err != nil {
			return practice.Review{}, err
		}
		if err := a.mayCall(tx, f, n); err != nil {
			return practice.Review{}, err
		}
		r := practice.Review{
			ID: practice.ReviewID(tx.NewID("rev")), Failure: f.ID, Form: cmp.Or(n.Form, practice.FormLive), Lead: actor.Member,
			MeetAt: n.MeetAt, Box: cmp.Or(n.Box, practice.DefaultBox), Phase: practice.PhaseArrive, Sitting: 1, LateWhy: n.LateWhy(f),
		}
		if r, err = opened(tx, r); err != nil {
			return r, err
		}
		if r, err = askAgain(tx, r); err != nil {
			return r, err
		}
		if err := errors.Join(tx.AddReview(r, n.People), tx.Schedule(r)); err != nil {
			return r, err
		}
		if err := errors.Join(a.convene(tx, actor, f), nameGuide(tx, f, r, n.Guide)); err != nil {
			return r, err
		}
		for _, m := range n.People {
			if m == actor.Member {
				continue
			}
			if err := tx.Tell(asked(m, f, r), r.ID); err != nil {
				return r, err
			}
		}
		err = tx.Announce(practice.Dispatch{Code: practice.DispatchCalled, Team: f.Team, Review: r.ID, Link: practice.RoomPath(f.Number)})
		if err != nil {
			return r, err
		}
		return r, tx.Emit(practice.Event{Kind: "review.called", About: string(r.ID), In: string(f.Team)})
	})
}

// opened is a review as it stands when it is called: one in writing has the clock
// of the house, and is open from now on where it is not to open later.
func opened(tx *store.Tx, r practice.Review) (practice.Review, error) {
	if !r.InWriting() {
		return r, nil
	}
	house, err := tx.Organisation()
	if r.Zone = house.Zone; err != nil || r.MeetAt.After(tx.Now()) {
		return r, err
	}
	return r.Advance(practice.Progress{}, tx.Now())
}

// asked is the notice that asks somebody to a review.
func asked(m practice.MemberID, f practice.Failure, r practice.Review) practice.Notice {
	n := practice.Notice{Member: m, Code: "notice.invited", Link: practice.RoomPath(f.Number),
		Args: practice.Args{"title": f.Title, "number": f.Number, "at": r.MeetAt.UnixMicro()}}
	if r.InWriting() {
		n.Code, n.Args["at"] = "notice.write", r.WriteBy().UnixMicro()
	}
	return n
}

// convene makes a failure significant because a room was called for it.
func (a *App) convene(tx *store.Tx, actor practice.Actor, f practice.Failure) error {
	if f.Convener == "" {
		f.Convener = actor.Member
	}
	f.Triage = practice.TriageSignificant
	return errors.Join(tx.SaveFailure(f), tx.SettleNotices(practice.FailurePath(f.Number)))
}

// mayCall holds the rules that need a look at the team: one open room per
// failure, few open rooms at once, late ones with a reason, and nobody in the
// room who decides about the work of another without having been there.
func (a *App) mayCall(tx *store.Tx, f practice.Failure, n practice.NewReview) error {
	if err := f.MayReview(); err != nil {
		return err
	}
	reviews, err := tx.Reviews(f.ID)
	if err != nil {
		return err
	}
	for _, r := range reviews {
		if r.Phase != practice.PhaseClosed {
			return practice.Refuse(practice.Conflict, "review.open")
		}
	}
	open, err := tx.OpenReviews(f.Team)
	if err != nil {
		return err
	}
	if err := mayBegin(tx, f.Team, n, len(open)); err != nil {
		return err
	}
	if err := n.MayCall(f, len(open)); err != nil {
		return err
	}
	people := make([]practice.Member, 0, len(n.People))
	for _, id := range n.People {
		m, err := tx.Member(id)
		if err != nil || !m.Active || !slices.Contains(m.Teams, f.Team) {
			return practice.Refuse(practice.Invalid, "member.unknown").At("people")
		}
		people = append(people, m)
	}
	return n.CheckLeaders(people)
}

// MoveReview sets another time, or another form, while the review has not begun.
func (a *App) MoveReview(ctx context.Context, actor practice.Actor, id practice.ReviewID, n practice.NewReview) (practice.Review, error) {
	if err := mayWrite(actor); err != nil {
		return practice.Review{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Review, error) {
		r, f, err := convenes(tx, actor, id)
		if err != nil {
			return r, err
		}
		switch {
		case r.Phase == practice.PhaseOff:
			return r, practice.ErrNotFound
		case !r.StartedAt.IsZero():
			return r, practice.Refuse(practice.Conflict, "review.begun")
		}
		n.Failure, n.Box = f.ID, r.Box
		n.People = []practice.MemberID{actor.Member}
		if err := n.Check(tx.Now()); err != nil {
			return r, err
		}
		if err := n.MayCall(f, 0); err != nil {
			return r, err
		}
		was := r.Version
		r.MeetAt, r.LateWhy, r.Version = n.MeetAt, n.LateWhy(f), r.Version+1
		if n.Form != "" {
			r.Form = n.Form
		}
		if r, err = opened(tx, r); err != nil {
			return r, err
		}
		if r, err = askAgain(tx, r); err != nil {
			return r, err
		}
		if err := errors.Join(tx.SaveReview(r, was), tx.Schedule(r)); err != nil {
			return r, err
		}
		if err := tellInvited(tx, r, f, practice.Notice{Code: "notice.moved"}, practice.DispatchMoved); err != nil {
			return r, err
		}
		return r, tx.Emit(practice.Event{Kind: "review.moved", About: string(r.ID), In: string(f.Team)})
	})
}

// CallOff ends a review that has not begun, and tells everybody who was invited.
// Its failure waits for another one, or for the reason why nobody meets. One in writing
// ends with a reason also once it has begun, until its answers open; what was written
// then goes unread, unless the failure is on hold.
func (a *App) CallOff(ctx context.Context, actor practice.Actor, id practice.ReviewID, why string) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		r, f, err := convenes(tx, actor, id)
		if err != nil {
			return err
		}
		was, begun := r.Version, !r.StartedAt.IsZero()
		if r, err = r.CallOff(why); err != nil {
			return err
		}
		if begun {
			if err := errors.Join(tx.Unheld(f.ID), tx.Unwrite(r.ID)); err != nil {
				return err
			}
		}
		if _, err := tx.TakeReady(r.ID); err != nil {
			return err
		}
		if err := tx.SaveReview(r, was); err != nil {
			return err
		}
		told := practice.Notice{Code: "notice.off"}
		if why = strings.TrimSpace(why); why != "" {
			told = practice.Notice{Code: "notice.off-why", Args: practice.Args{"why": why}}
		}
		err = errors.Join(tellInvited(tx, r, f, told, practice.DispatchOff), tx.ForgetTalks(r.ID))
		if err != nil {
			return err
		}
		return tx.Emit(practice.Event{Kind: "review.off", About: string(r.ID), In: string(f.Team)})
	})
}

// tellInvited tells everybody who is invited, and the team's chat, what became of
// the time they were told before.
func tellInvited(tx *store.Tx, r practice.Review, f practice.Failure, n practice.Notice, chat string) error {
	told := asked("", f, r)
	if !r.InWriting() || r.Phase == practice.PhaseOff {
		told.Code, told.Args["at"] = n.Code, r.MeetAt.UnixMicro()
		maps.Copy(told.Args, n.Args)
	}
	if err := tx.SettleNotices(told.Link); err != nil {
		return err
	}
	if r.Phase == practice.PhaseOff {
		told.Link = practice.FailurePath(f.Number) // there is no room any more
	}
	if err := tellEach(tx, r, told); err != nil {
		return err
	}
	if chat == practice.DispatchMoved {
		if moved, err := tx.WasMoved(r.ID); err != nil || moved {
			return err // the chat reads three lines about one review at most, and its end is one
		}
	}
	return tx.Announce(practice.Dispatch{Code: chat, Team: f.Team, Review: r.ID, Link: told.Link})
}

// tellEach tells the same to everybody who is invited, and to whoever leads it from
// outside.
func tellEach(tx *store.Tx, r practice.Review, told practice.Notice) error {
	invited, err := tx.Invitations(r.ID)
	if err != nil {
		return err
	}
	for _, i := range invited {
		told.Member = i.Member
		if err := tx.Tell(told, r.ID); err != nil {
			return err
		}
	}
	return tellGuide(tx, r, told)
}

// Called is a review with the failure it is about and who was invited.
type Called struct {
	Review  practice.Review
	Failure practice.Failure
	Invited []practice.Invitation
	Guide   Guiding  // who leads it from outside; the zero value where the script does
	Carried *Carried // once it is closed
}

// Review returns a review of a failure the actor may read.
func (a *App) Review(ctx context.Context, actor practice.Actor, id practice.ReviewID) (Called, error) {
	return read(ctx, a, func(tx *store.Tx) (Called, error) {
		r, err := tx.Review(id)
		if err != nil {
			return Called{}, err
		}
		return called(tx, actor, r)
	})
}

// ReviewsOf returns the reviews of a failure, the latest first.
func (a *App) ReviewsOf(ctx context.Context, actor practice.Actor, id practice.FailureID) ([]Called, error) {
	return read(ctx, a, func(tx *store.Tx) ([]Called, error) {
		reviews, err := tx.Reviews(id)
		if err != nil {
			return nil, err
		}
		out := make([]Called, 0, len(reviews))
		for _, r := range reviews {
			c, err := called(tx, actor, r)
			if err != nil {
				return nil, err
			}
			out = append(out, c)
		}
		return out, nil
	})
}

func called(tx *store.Tx, actor practice.Actor, r practice.Review) (Called, error) {
	f, err := readable(tx, actor, r.Failure)
	if err != nil {
		return Called{}, err
	}
	invited, err := tx.Invitations(r.ID)
	if err != nil {
		return Called{}, err
	}
	c := Called{Review: r.Outside(), Failure: f, Invited: invited}
	if c.Guide, err = guidedBy(tx, r.ID); err != nil || r.Phase != practice.PhaseClosed {
		return c, err
	}
	c.Carried, err = carriedFrom(tx, r)
	return c, err
}
