package app

import (
	"context"
	"errors"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Referral is a gap that was handed to somebody who can change it, as its page shows it:
// the words of the gap and what the failure is called, and nothing else of the review.
type Referral struct {
	practice.Referral
	Words   practice.Parts
	Ask     string           // why it is handed over
	Failure practice.Failure // its number and its title, for the team all that they read
	Team    practice.Team
	Names   map[practice.MemberID]string
	Own     bool // the reader is of the team that handed it over
	Mine    bool // and is the one who is asked
	Guest   bool // who is asked now has no account
	State   practice.ReferralState
}

// ReferralAnswer is what somebody says about a gap that was handed over.
type ReferralAnswer struct {
	Says practice.ReferralSays
	Why  string
	Next practice.NewReceiver // who is asked instead
}

// Referral returns a gap that was handed over: to the team that did, and to whoever was
// asked.
func (a *App) Referral(ctx context.Context, actor practice.Actor, id practice.GapID) (Referral, error) {
	return read(ctx, a, func(tx *store.Tx) (Referral, error) { return referral(tx, actor, id) })
}

// Referrals returns what the actor's teams handed over and what was handed to the actor,
// the last first.
func (a *App) Referrals(ctx context.Context, actor practice.Actor) ([]Referral, error) {
	return read(ctx, a, func(tx *store.Tx) ([]Referral, error) {
		ids, err := tx.ReferralsOf(actor.Teams, actor.Member)
		if err != nil {
			return nil, err
		}
		return allReferrals(tx, actor, ids)
	})
}

// allReferrals reads those that the actor may.
func allReferrals(tx *store.Tx, actor practice.Actor, ids []practice.GapID) ([]Referral, error) {
	return eachThere(ids, func(id practice.GapID) (Referral, error) { return referral(tx, actor, id) })
}

// referral reads one as an actor may. Somebody without an account reads the one that
// their link is for, while they are the one who is asked.
func referral(tx *store.Tx, actor practice.Actor, id practice.GapID) (out Referral, err error) {
	if out.Referral, err = tx.Referral(id); err != nil {
		return out, err
	}
	g, err := tx.Gap(id)
	if err != nil {
		return out, err
	}
	r, err := tx.Review(g.Review)
	if err != nil {
		return out, err
	}
	f, err := tx.Failure(r.Failure)
	if err != nil {
		return out, err
	}
	last := out.Last()
	guest := actor.Pass.ID != ""
	out.Own = !guest && actor.In(f.Team) && f.ReadBy(actor)
	out.Mine = actor.Member != "" && last.To == actor.Member && (!guest || actor.Holds(practice.PassReferral, string(id)))
	asked := !guest && actor.Member != "" && slices.ContainsFunc(out.Asked, func(r practice.Receiver) bool { return r.To == actor.Member })
	shut := f.Restricted() && !slices.Contains(f.Only, actor.Member)
	if out.State = out.Referral.State(tx.Now()); out.State == practice.ReferralSoon || shut || !out.Own && !out.Mine && !asked {
		return Referral{}, practice.ErrNotFound
	}
	out.Words, out.Ask, out.Failure = g.Parts(), g.Route.Why, f
	if !out.Own {
		out.Failure = practice.Failure{Number: f.Number, Title: f.Title, Team: f.Team}
	}
	if guest { // who else was asked is nothing for somebody outside
		out.Asked = out.Asked[len(out.Asked)-1:]
	}
	out.Names, out.Guest = map[practice.MemberID]string{}, last.Mail != ""
	for _, one := range out.Asked {
		if err := nameAll(tx, out.Names, one.To); err != nil {
			return out, err
		}
	}
	if !out.Own { // an address is for those who hand over the link
		for i := range out.Asked {
			out.Asked[i].Mail = ""
		}
	}
	out.Team, err = tx.Team(f.Team)
	return out, err
}

// AnswerReferral takes a gap on, declines it with a reason, or names somebody else, as
// the one who is asked; or asks somebody else or takes it back, as the team that handed
// it over. Whom that concerns is told, once.
func (a *App) AnswerReferral(ctx context.Context, actor practice.Actor, id practice.GapID, s ReferralAnswer) error {
	if !actor.Holds(practice.PassReferral, string(id)) {
		if err := mayWrite(actor); err != nil {
			return err
		}
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		r, err := referral(tx, actor, id)
		if err != nil {
			return err
		}
		was, err := tx.Referral(id)
		if err != nil {
			return err
		}
		next, err := r.next(tx, s)
		if err != nil {
			return err
		}
		is, err := r.turn(was, s, next, tx)
		if err != nil {
			return err
		}
		return errors.Join(tx.SaveReferral(is, was), r.told(tx, is, s),
			tx.Emit(practice.Event{Kind: "referral." + string(s.Says), About: string(id), In: string(r.Team.ID)}))
	})
}

// next is who is asked instead, where somebody is.
func (r Referral) next(tx *store.Tx, s ReferralAnswer) (*practice.Receiver, error) {
	if s.Says != practice.ReferralRedirect && s.Says != practice.ReferralHand {
		return nil, nil
	}
	if practice.FoldName(s.Next.Name) == "" {
		return nil, practice.Refuse(practice.Invalid, "referral.who").At("name")
	}
	f, err := tx.FailureByNumber(r.Failure.Number)
	if err != nil {
		return nil, err
	}
	next, err := tx.Receiver(s.Next)
	if err == nil && f.Restricted() && !slices.Contains(f.Only, next.To) {
		err = practice.Refuse(practice.Conflict, "referral.restricted").At("name")
	}
	return &next, err
}

// turn lets the practice decide. The team does what is the team's, and who is asked what
// is theirs; somebody may be both.
func (r Referral) turn(was practice.Referral, s ReferralAnswer, next *practice.Receiver, tx *store.Tx) (practice.Referral, error) {
	if s.Says == practice.ReferralHand || s.Says == practice.ReferralBack {
		if !r.Own {
			return was, practice.Refuse(practice.Forbidden, "referral.team")
		}
		return was.Move(s.Says, s.Why, next, tx.Now())
	}
	if tellsOf[s.Says] == "" {
		return was, practice.Refuse(practice.Invalid, "required").At("do")
	}
	if !r.Mine {
		return was, practice.Refuse(practice.Forbidden, "referral.yours").With("name", r.Names[r.Last().To])
	}
	return was.Say(s.Says, s.Why, next, tx.Now())
}

// tellsOf is what the team is told of an answer.
var tellsOf = map[practice.ReferralSays]string{practice.ReferralAccept: "notice.referral-accept",
	practice.ReferralDecline: "notice.referral-decline", practice.ReferralRedirect: "notice.referral-redirect"}

// told settles what was told before, asks whoever is asked now, and tells the team what a
// receiver said.
func (r Referral) told(tx *store.Tx, is practice.Referral, s ReferralAnswer) error {
	last := is.Last()
	if err := errors.Join(tx.SettleNotices(practice.ReferralPath(r.Gap)), tx.EndReferralPasses(r.Gap, last.To)); err != nil {
		return err
	}
	if s.Says == practice.ReferralRedirect || s.Says == practice.ReferralHand {
		if err := tx.AskReceiver(is, r.Team); err != nil {
			return err
		}
	}
	if s.Says == practice.ReferralHand || s.Says == practice.ReferralBack {
		return nil // the team did it itself, and reads it on the page
	}
	args := practice.Args{"name": r.Names[r.Last().To], "title": r.Failure.Title}
	switch s.Says {
	case practice.ReferralDecline:
		args["why"] = s.Why
	case practice.ReferralRedirect:
		m, err := tx.Member(last.To)
		if err != nil {
			return err
		}
		args["other"] = m.Name
	}
	return tx.TellReferrer(r.Gap, practice.Notice{Code: tellsOf[s.Says], Args: args})
}

// ChaseReferral says to the team that nobody answered in time: it is stuck outside. It is
// a job, and nobody's act.
func (a *App) ChaseReferral(ctx context.Context, id practice.GapID) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		r, err := tx.Referral(id)
		if isNotFound(err) || err == nil && r.State(tx.Now()) != practice.ReferralStuck {
			return nil
		}
		if err != nil {
			return err
		}
		m, err := tx.Member(r.Last().To)
		if err != nil {
			return err
		}
		return tx.TellReferrer(id, practice.Notice{Code: "notice.referral-stuck", Args: practice.Args{"name": m.Name}})
	})
}

// ReferralPass returns the signed link by which somebody without an account answers. The
// team that handed the gap over passes it on.
func (a *App) ReferralPass(ctx context.Context, actor practice.Actor, id practice.GapID) (Guest, error) {
	if err := inPerson(actor); err != nil {
		return Guest{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (Guest, error) {
		r, err := referral(tx, actor, id)
		if err != nil {
			return Guest{}, err
		}
		if !r.Own || !r.Awaits() || !r.Guest {
			return Guest{}, practice.ErrNotFound
		}
		m, err := tx.Member(r.Last().To)
		if err != nil {
			return Guest{}, err
		}
		return pass(tx, m, practice.Pass{Use: practice.PassReferral, About: string(id), EndsAt: r.Last().Until.Add(practice.PassAfter)})
	})
}

// referrals are gaps that wait for this person's answer, and those of their teams that
// nobody outside answered in time.
func (h *Home) referrals(tx *store.Tx, r reader, teams []practice.TeamID) error {
	ids, err := tx.ReferralsWaiting(teams, r.Member)
	if err != nil {
		return err
	}
	h.Referrals, err = allReferrals(tx, r.Actor, ids)
	return err
}

// exportReferral is to whom a gap was handed, one after the other, without addresses.
func exportReferral(l Learned) []map[string]any {
	var all []map[string]any
	for _, r := range l.Referral.Asked {
		all = append(all, map[string]any{"name": l.Names[r.To], "asked_at": day(r.At), "until": day(r.Until), "says": r.Says, "why": r.Why, "said_at": day(r.SaidAt)})
	}
	return all
}
