package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// ProposedChange is a change that somebody proposed, as its page shows it.
type ProposedChange struct {
	practice.Proposed
	Of   practice.Procedure
	Line practice.ProcedureStep // the step as it stands; empty for a line at the front, or where it is gone
	Gone bool                   // the step is not there any more
	Scar practice.Scar          // the failure behind it, where a room proposed it
	Name string                 // who proposed it
	Who  []string               // who takes it or declines it; nobody where the whole team does
	May  bool                   // the reader does
	Own  bool                   // the reader proposed it
}

// Words are those that it would put in, or those of the line that it would move or take out.
func (p ProposedChange) Words() string { return cmp.Or(p.Change.Text, p.Line.Text, p.Of.Title) }

// Words are those with which a proposal is taken, over the revision that was seen; those
// that were proposed where none are given.
type Words struct {
	Text, Rest string
	Base       int
}

// mayRevise decides whether the actor changes a procedure of their teams, or proposes to.
func mayRevise(tx *store.Tx, actor practice.Actor, p practice.Procedure) error {
	if actor.Operator {
		return nil
	}
	a, err := tx.Authority(p.ID)
	if err != nil {
		return err
	}
	return a.MayChange(p, actor.Member)
}

// mayDecide decides who says what becomes of the trials of a procedure, and who has a say
// about it: its owner, or whoever may change it where nobody looks after it.
func mayDecide(tx *store.Tx, actor practice.Actor, p practice.Procedure) (err error) {
	if p.Owner, err = ownerHere(tx, p); err != nil {
		return err
	}
	if err := p.MayDecide(actor.Member); err != nil || p.Owner != "" {
		return err
	}
	return mayRevise(tx, actor, p)
}

// ownerHere is who looks after a procedure; nobody where they left its team, so that what
// waits for their word does not wait for good.
func ownerHere(tx *store.Tx, p practice.Procedure) (practice.MemberID, error) {
	m, err := memberOrNobody(tx, p.Owner)
	if err != nil || !m.Belongs() || p.Team != "" && !slices.Contains(m.Teams, p.Team) {
		return "", err
	}
	return p.Owner, nil
}

// ProposeChange proposes a change that comes from no failure to those who change the
// procedure. It refuses with "proposal.yours" whoever can change it themselves.
func (a *App) ProposeChange(ctx context.Context, actor practice.Actor, c practice.OtherChange) (practice.Proposed, error) {
	if err := mayWrite(actor); err != nil {
		return practice.Proposed{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Proposed, error) {
		id, err := once(tx, actor, "proposal.add "+string(c.Procedure), func() (string, error) {
			made, err := proposeChange(tx, actor, c)
			return string(made.ID), err
		})
		if err != nil {
			return practice.Proposed{}, err
		}
		return tx.Proposed(practice.ProposedID(id))
	})
}

func proposeChange(tx *store.Tx, actor practice.Actor, c practice.OtherChange) (practice.Proposed, error) {
	none := practice.Proposed{}
	p, err := theirs(tx, actor, c.Procedure)
	if err != nil {
		return none, err
	}
	if mayRevise(tx, actor, p) == nil {
		return none, practice.Refuse(practice.Conflict, "proposal.yours")
	}
	c.Source = strings.TrimSpace(c.Source)
	steps, err := tx.Steps(p.ID, false)
	if err := errors.Join(err, fromNoOffer(c), c.Check(), c.MayReword(steps)); err != nil {
		return none, err
	}
	return tx.Propose(practice.Proposed{By: actor.Member, Change: c})
}

// Proposals returns what was proposed for a procedure, the newest first. The whole
// organisation reads it.
func (a *App) Proposals(ctx context.Context, actor practice.Actor, slug string) ([]ProposedChange, error) {
	return read(ctx, a, func(tx *store.Tx) ([]ProposedChange, error) {
		r, p, err := procedureFor(tx, actor, slug)
		if err != nil {
			return nil, err
		}
		all, err := tx.ProposedTo(p.ID)
		if err != nil {
			return nil, err
		}
		return r.proposals(tx, p, all)
	})
}

// Proposal returns one of them.
func (a *App) Proposal(ctx context.Context, actor practice.Actor, slug string, id practice.ProposedID) (ProposedChange, error) {
	all, err := a.Proposals(ctx, actor, slug)
	at := slices.IndexFunc(all, func(p ProposedChange) bool { return p.ID == id })
	if err == nil && at < 0 {
		err = practice.ErrNotFound
	}
	if err != nil {
		return ProposedChange{}, err
	}
	return all[at], nil
}

func (r reader) proposals(tx *store.Tx, p practice.Procedure, all []practice.Proposed) (out []ProposedChange, err error) {
	if len(all) == 0 {
		return nil, nil
	}
	of, err1 := tx.Authority(p.ID)
	steps, err2 := tx.Steps(p.ID, false)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	var who []string
	for _, id := range of.Who(p) {
		m, err := tx.Member(id)
		if err != nil {
			return nil, err
		}
		who = append(who, m.Name)
	}
	for _, one := range all {
		c := ProposedChange{Proposed: one, Of: p, Who: who, Own: one.By != "" && one.By == r.Member,
			May: one.Waits() && mayChange(r.Actor, p) && of.MayChange(p, r.Member) == nil}
		if at := slices.IndexFunc(steps, func(s practice.ProcedureStep) bool { return s.ID == one.Change.Step }); at >= 0 {
			c.Line = steps[at]
		} else {
			c.Gone = one.Change.Step != ""
		}
		if one.Gap != "" {
			f, err := failureOfGap(tx, one.Gap)
			if err != nil {
				return nil, err
			}
			if c.Scar, err = r.scarOf(tx, f.ID); err != nil {
				return nil, err
			}
		}
		m, err := memberOrNobody(tx, one.By)
		if err != nil {
			return nil, err
		}
		c.Name = m.Name
		out = append(out, c)
	}
	return out, nil
}

// TakeProposal puts what was proposed in, in the words of whoever takes it. What a room
// proposed is a change of that room's then: with its failure behind it, and on trial like
// any other.
func (a *App) TakeProposal(ctx context.Context, actor practice.Actor, of practice.ProcedureID, id practice.ProposedID, w Words) (store.Revised, error) {
	return a.revise(ctx, actor, of, func(tx *store.Tx, p practice.Procedure) (done store.Revised, err error) {
		was, err := proposedTo(tx, p, id)
		if err != nil {
			return done, err
		}
		c := was.Change
		if c.Base = w.Base; strings.TrimSpace(w.Text) != "" {
			c.Text = w.Text
		}
		if strings.TrimSpace(w.Rest) != "" {
			c.Rest = w.Rest
		}
		now, err := was.Take(0, tx.Now())
		switch {
		case err != nil:
			return done, err
		case was.Gap == "" && c.Reason == practice.ReasonOffer:
			done, err = takeOffered(tx, id, c)
		case was.Gap == "":
			done, err = takeOther(tx, actor, c)
		default:
			done, err = takeLearned(tx, was.Gap, c.StepChange)
		}
		if err != nil {
			return done, err
		}
		now.Revision = done.Revision.Number
		return done, errors.Join(tx.SaveProposed(now), tellProposer(tx, p, now))
	})
}

// proposedTo is a proposal of a procedure.
func proposedTo(tx *store.Tx, p practice.Procedure, id practice.ProposedID) (practice.Proposed, error) {
	one, err := tx.Proposed(id)
	if err == nil && one.Change.Procedure != p.ID {
		err = practice.ErrNotFound
	}
	return one, err
}

// takeOther makes a change that comes from no failure. It asks nobody; but groups that are
// being asked about a step which it changes are asked about what it says by then.
func takeOther(tx *store.Tx, actor practice.Actor, c practice.OtherChange) (store.Revised, error) {
	steps, err := tx.Steps(c.Procedure, false)
	if err != nil {
		return store.Revised{}, err
	}
	if err := errors.Join(c.Check(), c.MayReword(steps)); err != nil {
		return store.Revised{}, err
	}
	done, err := tx.Revise(c.StepChange, practice.Revision{Reason: c.Reason, Source: strings.TrimSpace(c.Source), From: c.From})
	if err != nil {
		return done, err
	}
	if err := tx.AskAnew(c.StepChange, steps); err != nil || !c.Checks {
		return done, err
	}
	return done, tellChecked(tx, actor, c.StepChange, done)
}

// takeLearned makes the change that a room proposed, by the rules that hold in a room.
func takeLearned(tx *store.Tx, gap practice.GapID, c practice.StepChange) (done store.Revised, err error) {
	f, err1 := failureOfGap(tx, gap)
	house, err2 := tx.Organisation()
	steps, err3 := tx.Steps(c.Procedure, false)
	events, err4 := tx.Events([]practice.FailureID{f.ID})
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return done, err
	}
	if err := c.MayChange(steps, practice.SpeaksOf(f, events), house.Location()); err != nil {
		return done, err
	}
	if c.Checks, c.Checked, err = checkOf(tx, gap); err != nil {
		return done, err
	}
	asked, err := tx.Affected(c)
	if err != nil {
		return done, err
	}
	if done, err = tx.Revise(c, practice.Revision{Reason: practice.ReasonLearning, Gap: gap}); err != nil {
		return done, err
	}
	step, err := tx.Led(gap, f.ID, c, done)
	if err := errors.Join(err, tx.EndTrials(c, gap), tx.PlaceCore(c, steps, done), tx.TellPlaced(gap)); err != nil || !c.Tries(steps) && !asked.Needs {
		return done, err
	}
	team, err := tx.Team(f.Team)
	if err != nil {
		return done, err
	}
	t := practice.NewTrial(team, "", tx.Now(), house.Location())
	t.Gap, t.Procedure, t.Step, t.Revision = gap, c.Procedure, step, done.Revision.Number
	if !c.Tries(steps) {
		t = t.ForGroups()
	}
	return done, tx.Try(t, asked, done)
}

// checkOf is on whom what a gap led to adds a check.
func checkOf(tx *store.Tx, gap practice.GapID) (bool, string, error) {
	on, err := tx.CheckOf(gap)
	if err != nil || on == "" {
		return false, "", err
	}
	g, err := tx.Party(on)
	return true, g.Name, err
}

// DeclineProposal says that a change does not come, with one line why, which whoever
// proposed it reads. Who may take it may.
func (a *App) DeclineProposal(ctx context.Context, actor practice.Actor, of practice.ProcedureID, id practice.ProposedID, why string) error {
	return a.onProposal(ctx, actor, of, id, func(tx *store.Tx, p practice.Procedure, was practice.Proposed) error {
		if err := mayRevise(tx, actor, p); err != nil {
			return err
		}
		now, err := was.Decline(why, tx.Now())
		if err != nil {
			return err
		}
		if err := tx.SaveProposed(now); err != nil {
			return err
		}
		if was.Gap == "" {
			return errors.Join(followProposed(tx, now), tellProposer(tx, p, now))
		}
		f, err := failureOfGap(tx, was.Gap)
		if err != nil {
			return err
		}
		return errors.Join(tx.DeclineGap(now, f.ID), tellProposer(tx, p, now))
	})
}

// WithdrawProposal takes one's own back while it waits.
func (a *App) WithdrawProposal(ctx context.Context, actor practice.Actor, of practice.ProcedureID, id practice.ProposedID) error {
	return a.onProposal(ctx, actor, of, id, func(tx *store.Tx, p practice.Procedure, was practice.Proposed) error {
		now, err := was.Withdraw(actor.Member, tx.Now())
		if err != nil {
			return err
		}
		return errors.Join(tx.SaveProposed(now), followProposed(tx, now), tx.SettleNotices(practice.ProposedPath(p.Slug, was.ID)))
	})
}

// onProposal does something with a proposal, and tells whoever follows the log.
func (a *App) onProposal(ctx context.Context, actor practice.Actor, of practice.ProcedureID, id practice.ProposedID,
	do func(tx *store.Tx, p practice.Procedure, was practice.Proposed) error) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		p, err := theirs(tx, actor, of)
		if err != nil {
			return err
		}
		was, err := proposedTo(tx, p, id)
		if err != nil {
			return err
		}
		if err := do(tx, p, was); err != nil {
			return err
		}
		return tx.Emit(practice.Event{Kind: "proposal.answered", About: string(p.ID), In: string(p.Team)})
	})
}

// tellProposer says what became of a proposal: to whoever proposed it, or to those who had a
// part in the review, as soon as it is closed. An open room sees it.
func tellProposer(tx *store.Tx, p practice.Procedure, now practice.Proposed) error {
	link := practice.ProposedPath(p.Slug, now.ID)
	if err := tx.SettleNotices(link); err != nil {
		return err
	}
	if now.By != "" {
		n := practice.Notice{Member: now.By, Code: "notice.proposed-taken", Link: link, Args: practice.Args{"procedure": p.Title, "why": now.Why}}
		if now.State == practice.ProposedDeclined {
			n.Code = "notice.proposed-declined"
		}
		return tx.Tell(n, "")
	}
	g, err := tx.Gap(now.Gap)
	if err != nil {
		return err
	}
	r, err := tx.Review(g.Review)
	if err != nil {
		return err
	}
	switch {
	case !r.ClosedAt.IsZero():
		return tx.TellLed(now.Gap)
	case r.InWriting():
		return nil
	}
	return tx.Emit(practice.Event{Kind: "room.gap", About: string(r.ID), In: string(r.ID), At: tx.Now().Truncate(time.Hour)})
}

// proposals are those that wait for a word of the reader.
func (h *Home) proposals(tx *store.Tx, r reader, teams []practice.TeamID) error {
	all, err := tx.ProposedWaiting(teams)
	if err != nil {
		return err
	}
	for _, one := range all {
		p, err := tx.Procedure(one.Change.Procedure)
		if err != nil {
			return err
		}
		some, err := r.proposals(tx, p, []practice.Proposed{one})
		if err != nil {
			return err
		}
		if some[0].May {
			h.Proposals = append(h.Proposals, some[0])
		}
	}
	return nil
}
