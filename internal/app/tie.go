package app

import (
	"context"
	"errors"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// TieFailures records that a person sees two failures as the same again, or as
// one event reported twice. Only such taps count; the machine proposes at most.
func (a *App) TieFailures(ctx context.Context, actor practice.Actor, id, other practice.FailureID, kind practice.TieKind) (practice.Tie, error) {
	if err := mayWrite(actor); err != nil {
		return practice.Tie{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Tie, error) {
		f, err := own(tx, actor, id)
		if err != nil {
			return practice.Tie{}, err
		}
		o, err := readable(tx, actor, other)
		if err != nil {
			return practice.Tie{}, err
		}
		tie := practice.Tie{ID: practice.LinkID(tx.NewID("lnk")), A: f.ID, B: o.ID, Kind: kind, At: tx.Now()}
		was, err := tx.TieOf(f.ID, o.ID)
		switch {
		case err == nil && was.Kind == kind:
			return was, nil
		case err == nil:
			if f, o, err = untie(tx, was, f, o); err != nil {
				return tie, err
			}
		case !isNotFound(err):
			return tie, err
		}
		if err := tie.Check(f, o); err != nil {
			return tie, err
		}
		if kind == practice.TieJoined {
			f.JoinedTo = o.ID
			if err := errors.Join(holdTogether(tx, f, o), tx.SaveFailure(f)); err != nil {
				return tie, err
			}
		}
		if err := tx.AddTie(tie); err != nil {
			return tie, err
		}
		if kind == practice.TieSame {
			if err := cameBack(tx, actor, f, o); err != nil {
				return tie, err
			}
		}
		if err := cameOf(tx, f, o); err != nil {
			return tie, err
		}
		return tie, tx.Emit(practice.Event{Kind: "failure.tied", About: string(f.ID), In: string(f.Team),
			Data: practice.Args{"kind": kind, "other": o.ID}})
	})
}

// cameBack tells those who had a part in a review that changed something that it
// happened again. Each is told of a return once, however often it is tied; whoever
// may not read the new report is led to the old record.
func cameBack(tx *store.Tx, actor practice.Actor, f, o practice.Failure) error {
	older, newer := o, f
	if older.RecognisedAt.After(newer.RecognisedAt) {
		older, newer = newer, older
	}
	r, err := latestClosed(tx, older)
	if isNotFound(err) {
		return nil
	}
	gaps, err2 := tx.Gaps(r.ID)
	people, err3 := tx.Contributors(r)
	if err := errors.Join(err, err2, err3); err != nil || practice.StandingOf(gaps) != practice.Changed {
		return err
	}
	for _, id := range people {
		m, err := tx.Member(id)
		if err != nil {
			return err
		}
		n := practice.Notice{Member: id, Code: "notice.came-back", Args: practice.Args{"title": older.Title},
			Link: practice.FailurePath(newer.Number)}
		if !newer.ReadBy(practice.Actor{Member: id, Teams: m.Teams}) {
			n.Link = practice.RecordPath(older.Number)
		}
		told, err := tx.WasTold(n)
		if err == nil && !told && id != actor.Member {
			err = tx.Tell(n, r.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// cameOf tells whoever reported one of two failures that were just tied or untied
// what came of the review of the other one, which is closed and held for theirs too:
// each once, however often they are tied. Undone, it is taken back.
func cameOf(tx *store.Tx, f, o practice.Failure) error {
	for _, pair := range [][2]practice.Failure{{f, o}, {o, f}} {
		if err := cameOfIts(tx, pair[0], pair[1]); err != nil {
			return err
		}
	}
	return nil
}

func cameOfIts(tx *store.Tx, went, led practice.Failure) error {
	r, err := latestClosed(tx, led)
	if isNotFound(err) || went.Reporter == "" {
		return nil // those without a name come back by themselves
	}
	people, err2 := tx.Contributors(r)
	along, err3 := tx.Along(led.ID)
	gaps, err4 := tx.Gaps(r.ID)
	if err := errors.Join(err, err2, err3, err4); err != nil {
		return err
	}
	switch {
	case !slices.Contains(people, went.Reporter):
		return errors.Join(tx.Untell(went.Reporter, practice.RecordPath(led.Number)), restOfTheWeek(tx, went.Reporter))
	case !slices.ContainsFunc(along, func(f practice.Failure) bool { return f.ID == went.ID }):
		return nil
	}
	lines, err := tx.Outcome(led, r, gaps)
	if err != nil {
		return err
	}
	first := lines[0]
	first.Member = went.Reporter
	if told, err := tx.WasTold(first); err != nil || told {
		return err
	}
	return tx.TellOutcome(went.Reporter, r.ID, lines)
}

// untie takes a tie of two failures back and returns them as they are then. What is
// held together stays together.
func untie(tx *store.Tx, tie practice.Tie, f, o practice.Failure) (practice.Failure, practice.Failure, error) {
	if tie.Kind == practice.TieJoined {
		if err := tx.Unheld(tie.A); err != nil {
			return f, o, err
		}
	}
	if err := tx.RemoveTie(tie.ID); err != nil {
		return f, o, err
	}
	for _, pair := range [][2]*practice.Failure{{&f, &o}, {&o, &f}} {
		if one := pair[0]; tie.Kind == practice.TieJoined && one.JoinedTo == pair[1].ID {
			one.JoinedTo = ""
			if err := tx.SaveFailure(*one); err != nil {
				return f, o, err
			}
		}
	}
	return f, o, nil
}

// UntieFailures takes a tie back.
func (a *App) UntieFailures(ctx context.Context, actor practice.Actor, id practice.LinkID) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		tie, err := tx.Tie(id)
		if err != nil {
			return err
		}
		f, err := readable(tx, actor, tie.A)
		if err != nil {
			return err
		}
		o, err := readable(tx, actor, tie.B)
		if err != nil {
			return err
		}
		if f, o, err = untie(tx, tie, f, o); err != nil {
			return err
		}
		if err := cameOf(tx, f, o); err != nil {
			return err
		}
		return tx.Emit(practice.Event{Kind: "failure.untied", About: string(tie.A), In: string(f.Team),
			Data: practice.Args{"kind": tie.Kind, "other": tie.B}})
	})
}

// Tied is a failure that people tied to another one.
type Tied struct {
	practice.Tie
	Other practice.Failure
	Leads bool // what is decided about Other holds for both, and nobody has to decide twice
}

// Ties returns what people tied to a failure, as far as the actor may read it.
func (a *App) Ties(ctx context.Context, actor practice.Actor, id practice.FailureID) ([]Tied, error) {
	return read(ctx, a, func(tx *store.Tx) ([]Tied, error) {
		f, err := readable(tx, actor, id)
		if err != nil {
			return nil, err
		}
		return tiesOf(tx, actor, f)
	})
}

// tiesOf are the ties of a failure to those the actor may read.
func tiesOf(tx *store.Tx, actor practice.Actor, f practice.Failure) ([]Tied, error) {
	ties, err := tx.Ties(f.ID)
	if err != nil {
		return nil, err
	}
	leading, err := tx.AlongWith(f.ID)
	if err != nil {
		return nil, err
	}
	var out []Tied
	for _, t := range ties {
		o, err := readable(tx, actor, t.Other(f.ID))
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		leads := slices.ContainsFunc(leading, func(l practice.Failure) bool { return l.ID == o.ID })
		out = append(out, Tied{t, o, leads})
	}
	return out, nil
}

// Leading returns the failure that another one, of which these are the ties, goes
// along with; nil where it is decided about for itself.
func Leading(ties []Tied) *practice.Failure {
	if i := slices.IndexFunc(ties, func(t Tied) bool { return t.Leads }); i >= 0 {
		return &ties[i].Other
	}
	return nil
}
