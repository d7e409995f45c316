package app

import (
	"context"
	"errors"
	"strings"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// ReadyTicket is the question before a room, as it is put to one person: what their
// browser answers with, in a request that does not say who they are.
type ReadyTicket struct {
	Ticket string
	Tag    string // tells people apart who share a browser; see [practice.DeviceTag]
	Few    bool   // so few are asked that whoever said go can tell who did not
}

// AskReady puts the question to the actor, who is invited. Nothing of it is kept:
// not that they were shown it, and not what they say.
func (a *App) AskReady(ctx context.Context, actor practice.Actor, id practice.ReviewID) (ReadyTicket, error) {
	if err := mayWrite(actor); err != nil && !actor.Holds(practice.PassSeat, string(id)) {
		return ReadyTicket{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (ReadyTicket, error) {
		if _, err := tx.Invitation(id, actor.Member); err != nil {
			return ReadyTicket{}, err
		}
		r, err := tx.Review(id)
		if err != nil {
			return ReadyTicket{}, err
		}
		if err := r.MayAnswerReady(tx.Now()); err != nil {
			return ReadyTicket{}, err
		}
		secret, err := tx.ReadySecret()
		if err != nil {
			return ReadyTicket{}, err
		}
		ticket := practice.NewTicket(id, tx.Now(), tx.Random())
		ticket.Until = r.ReadyAt
		invited, err := tx.Invitations(id)
		return ReadyTicket{ticket.Seal(secret), practice.DeviceTag(id, actor.Member, secret), practice.Few(len(invited))}, err
	})
}

// CloseReady says what the question before a room came to, at its moment, and takes
// the answers away. On "not now" the review goes on in writing, and everybody who is
// invited is told so. It is a job, and says so once.
func (a *App) CloseReady(ctx context.Context, id practice.ReviewID) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		r, err := tx.Review(id)
		if errors.Is(err, practice.ErrNotFound) || err == nil && tx.Now().Before(r.ReadyAt) { // taken back, or moved since
			return nil
		} else if err != nil {
			return err
		}
		notNow, err := tx.TakeReady(id)
		if err != nil {
			return err
		}
		house, err := tx.Organisation()
		if err != nil {
			return err
		}
		was := r.Version
		r, said := r.CloseReady(notNow, house.Zone, tx.Now())
		if !said {
			return nil
		}
		f, err := tx.Failure(r.Failure)
		if err != nil {
			return err
		}
		before, err := tx.LastReady(f.Team)
		if err != nil {
			return err
		}
		err = errors.Join(tx.SaveReview(r, was), tx.Schedule(r), tx.Emit(practice.Event{Kind: store.ReadySaid, About: string(r.ID), In: string(f.Team),
			Data: practice.Args{"answer": r.Ready}}))
		if err != nil || r.Ready == practice.Go {
			return err
		}
		err = errors.Join(tx.SettleNotices(practice.RoomPath(f.Number)), tellEach(tx, r, asked("", f, r)))
		if err != nil || before != practice.NotNow {
			return err
		}
		return tellGuardian(tx, house, f.Team)
	})
}

// tellGuardian says that the answer in a team was "not now" twice in a row, and no
// more. A guardian without an account is told by a steward, in words; not by whoever
// convenes there, whom people may be afraid of.
func tellGuardian(tx *store.Tx, house practice.Organisation, id practice.TeamID) error {
	team, err := tx.Team(id)
	if err != nil {
		return err
	}
	people, err := tx.Members()
	if err != nil {
		return err
	}
	n := practice.Notice{Code: "notice.not-now", Link: "/team/" + string(id), Args: practice.Args{"team": team.Name, "guardian": house.Guardian}}
	for _, m := range people {
		if m.Active && strings.EqualFold(m.Name, house.Guardian) {
			n.Member = m.ID
			return tx.Tell(n, "")
		}
	}
	if n.Code = "notice.not-now-tell"; house.Guardian == "" {
		n.Code, n.Link = "notice.not-now-nobody", "/team/organisation"
	}
	return tellStewards(tx, "", n)
}

// askAgain asks those who are invited whether the review is a go, for the time it
// has now. What they said before is forgotten.
func askAgain(tx *store.Tx, r practice.Review) (practice.Review, error) {
	before, err := tx.WasAsked(r.Failure)
	if err != nil {
		return r, err
	}
	if r, err = r.AskReady(before || r.WasAsked(), tx.Now()); err != nil {
		return r, err
	}
	_, err = tx.TakeReady(r.ID)
	return r, err
}
