package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// greet keeps that somebody is new to a team that has something to tell. Those who begin
// a team are not new to it.
func greet(tx *store.Tx, m practice.MemberID, team practice.TeamID) error {
	began, err := tx.AnyFailure(m, []practice.TeamID{team})
	if err != nil || !began {
		return err
	}
	return tx.AddNewcomer(practice.Newcomer{ID: practice.NewcomerID(tx.NewBlindID("new")), Member: m, Team: team, Since: tx.Now().Truncate(24 * time.Hour)})
}

// newcomer returns what is kept of the actor's first time in a team; zero where they are
// not new there.
func newcomer(tx *store.Tx, actor practice.Actor, team practice.TeamID) (practice.Newcomer, error) {
	if team == "" {
		return practice.Newcomer{}, nil
	}
	if !actor.In(team) || actor.Member == "" {
		return practice.Newcomer{}, practice.ErrNotFound
	}
	n, err := tx.Newcomer(actor.Member, team)
	if isNotFound(err) {
		return practice.Newcomer{}, nil
	}
	return n, err
}

// Newcomer returns what is kept of the actor's first time in one of their teams: zero
// where they are not new there.
func (a *App) Newcomer(ctx context.Context, actor practice.Actor, team practice.TeamID) (practice.Newcomer, error) {
	return read(ctx, a, func(tx *store.Tx) (practice.Newcomer, error) { return newcomer(tx, actor, team) })
}

// SeeTour keeps that the tour was shown to the actor, or put away by them: nobody is led
// to it twice.
func (a *App) SeeTour(ctx context.Context, actor practice.Actor, team practice.TeamID) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		n, err := newcomer(tx, actor, team)
		if err != nil || n.ID == "" || n.Led {
			return err
		}
		n.Led = true
		return tx.SaveNewcomer(n)
	})
}

// SayAnswered counts that something answered a question the actor had in their first
// days, or, where about is empty, that nothing did. Who asked what is kept nowhere.
func (a *App) SayAnswered(ctx context.Context, actor practice.Actor, team practice.TeamID, about string) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		n, err := newcomer(tx, actor, team)
		switch {
		case err != nil:
			return err
		case !n.NewHere(tx.Now()):
			return practice.Refuse(practice.Conflict, "newcomer.over").With("days", practice.NewDays)
		case about == "":
			about = practice.SaidNothing
		default:
			if err := answers(tx, actor, about); err != nil {
				return err
			}
		}
		_, err = once(tx, actor, "newcomer.said", func() (string, error) {
			if !n.Told {
				n.Told = true
				err = errors.Join(tx.SaveNewcomer(n), tx.CountNewcomer(team, practice.SaidPeople))
			}
			return about, errors.Join(err, tx.CountNewcomer(team, about))
		})
		return err
	})
}

// answers refuses an id of what is not there for the actor.
func answers(tx *store.Tx, actor practice.Actor, about string) (err error) {
	switch prefix, _, _ := strings.Cut(about, "_"); prefix {
	case "prc":
		_, err = tx.Procedure(practice.ProcedureID(about))
	case "con":
		_, err = tx.Constraint(practice.ConstraintID(about))
	case "fnd":
		_, err = tx.Finding(practice.FindingID(about))
	case "flr":
		_, err = readable(tx, actor, practice.FailureID(about))
	default:
		err = practice.ErrNotFound
	}
	return err
}

// StateRun keeps that the actor did a procedure alone for the first time, and asks one
// person of the team whether they saw it.
func (a *App) StateRun(ctx context.Context, actor practice.Actor, id practice.ProcedureID, witness practice.MemberID) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		p, err := tx.Procedure(id)
		if err != nil {
			return err
		}
		team := p.Team
		if !actor.In(team) {
			if team, err = actor.For(""); err != nil {
				return err
			}
		}
		n, err := newcomer(tx, actor, team)
		if err != nil {
			return err
		}
		if n, err = n.State(p.ID, witness, tx.Now()); err != nil {
			return err
		}
		m, err := memberOrNobody(tx, witness)
		if isNotFound(err) || err == nil && (!m.Active || !slices.Contains(m.Teams, team)) {
			return practice.Refuse(practice.Invalid, "newcomer.witness").At("witness")
		}
		if err != nil {
			return err
		}
		if err := tx.SaveNewcomer(n); err != nil {
			return err
		}
		if err := tx.SettleNotices(practice.RunPath(n.ID)); err != nil {
			return err
		}
		return tx.Tell(practice.Notice{Member: witness, Code: "notice.run", Link: practice.RunPath(n.ID),
			Args: practice.Args{"name": actor.Name, "procedure": p.Title}}, "")
	})
}

// Run is a first run of their own that somebody stated.
type Run struct {
	practice.Newcomer
	Who practice.Member
	Of  practice.Procedure
}

// Run returns one that the actor is asked about.
func (a *App) Run(ctx context.Context, actor practice.Actor, id practice.NewcomerID) (Run, error) {
	return read(ctx, a, func(tx *store.Tx) (Run, error) { return runFor(tx, actor, id) })
}

func runFor(tx *store.Tx, actor practice.Actor, id practice.NewcomerID) (Run, error) {
	n, err := tx.NewcomerByID(id)
	if err != nil {
		return Run{}, err
	}
	if n.Witness == "" || n.Witness != actor.Member {
		return Run{}, practice.ErrNotFound
	}
	r := Run{Newcomer: n}
	if r.Who, err = tx.Member(n.Member); err != nil {
		return r, err
	}
	r.Of, err = tx.Procedure(n.Procedure)
	return r, err
}

// WitnessRun says whether the actor saw it. Only then it counts, by its days and its
// month, and nobody stands beside them.
func (a *App) WitnessRun(ctx context.Context, actor practice.Actor, id practice.NewcomerID, yes bool) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		r, err := runFor(tx, actor, id)
		if err != nil {
			return err
		}
		n, days := r.Seen(yes)
		if err := errors.Join(tx.SaveNewcomer(n), tx.SettleNotices(practice.RunPath(id))); err != nil {
			return err
		}
		if yes {
			return tx.AddNewcomerRun(n.Team, days)
		}
		return tx.Tell(practice.Notice{Member: n.Member, Code: "notice.run-no", Link: practice.ProcedurePath(r.Of.Slug),
			Args: practice.Args{"name": actor.Name, "procedure": r.Of.Title}}, "")
	})
}
