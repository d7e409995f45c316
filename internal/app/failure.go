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

// readable returns a failure the actor may read: one of their teams', or an
// imported one, which everybody with an account reads. Which one people joined it
// to is there where the actor reads that one too.
func readable(tx *store.Tx, actor practice.Actor, id practice.FailureID) (practice.Failure, error) {
	f, err := tx.Failure(id)
	return readBy(tx, actor, f, err)
}

// readBy is [readable] for a failure that was found already.
func readBy(tx *store.Tx, actor practice.Actor, f practice.Failure, err error) (practice.Failure, error) {
	if err != nil {
		return f, err
	}
	if !f.ReadBy(actor) {
		return practice.Failure{}, practice.ErrNotFound
	}
	if f.JoinedTo == "" {
		return f, nil
	}
	whole, err := tx.Failure(f.JoinedTo)
	if !whole.ReadBy(actor) {
		f.JoinedTo = ""
	}
	return f, err
}

// allReadBy is [readBy] for many, which the actor reads.
func allReadBy(tx *store.Tx, actor practice.Actor, all []practice.Failure, err error) ([]practice.Failure, error) {
	for i := range all {
		all[i], err = readBy(tx, actor, all[i], err)
	}
	return all, err
}

// own returns a failure of one of the actor's teams: imported ones can be read
// and tied, and nothing else is done to them.
func own(tx *store.Tx, actor practice.Actor, id practice.FailureID) (practice.Failure, error) {
	f, err := tx.Failure(id)
	switch {
	case err != nil:
		return f, err
	case !f.ReadBy(actor):
		return practice.Failure{}, practice.ErrNotFound
	case f.Source == practice.SourceImported:
		return f, practice.Refuse(practice.Conflict, "failure.imported")
	}
	return f, nil
}

// ReportFailure keeps a report. Once it returns, the report is on the disk.
func (a *App) ReportFailure(ctx context.Context, actor practice.Actor, n practice.NewFailure) (practice.Failure, error) {
	if !actor.May(practice.ScopeReport) && !actor.May(practice.ScopeWrite) && (actor.Tablet == "" || actor.Member == "") {
		return practice.Failure{}, practice.Refuse(practice.Forbidden, "token.scope").With("scope", practice.ScopeReport)
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Failure, error) {
		now := tx.Now()
		if err := n.Check(now); err != nil {
			return practice.Failure{}, err
		}
		team, err := actor.For(n.Team)
		if err != nil {
			return practice.Failure{}, err
		}
		at := n.At.UTC().Truncate(time.Microsecond)
		if at.IsZero() || at.After(now) {
			at = now
		}
		text := strings.TrimSpace(n.Text)
		f := practice.Failure{
			ID:   practice.FailureID(tx.NewID("flr")),
			Team: team, Title: practice.Title(text), Text: text,
			Stage: n.Stage, RecognisedAt: at, ReportedAt: now, Reporter: actor.Member,
			Touched: n.Touched, TouchedOther: strings.TrimSpace(n.TouchedOther),
			Source: practice.SourceReport, Triage: practice.TriageNew, Standing: practice.Reported, Drill: n.Drill, Severe: n.Severe,
		}
		if f, err = ofPlan(tx, f, n.Plan); err != nil {
			return f, err
		}
		if actor.Tablet != "" {
			f.Source = practice.SourceTablet
		}
		if n.Convene && actor.Tablet == "" {
			f.Convener = actor.Member
		} else if !n.Drill {
			if f.Convener, err = tx.ThisWeek(team); err != nil {
				return f, err
			}
		}
		id, err := once(tx, actor, "failure.report", func() (_ string, err error) {
			f, err = addFailure(tx, f)
			return string(f.ID), err
		})
		if err != nil || id == string(f.ID) {
			return f, err
		}
		return tx.Failure(practice.FailureID(id)) // the same request once more
	})
}

func addFailure(tx *store.Tx, f practice.Failure) (practice.Failure, error) {
	f, err := tx.AddFailure(f)
	if err != nil {
		return f, err
	}
	if f.Convener != f.Reporter {
		if err := tx.TellConvener(f); err != nil {
			return f, err
		}
	}
	if f.Source == practice.SourceTablet { // whoever bears the name hears of it, and may take it back
		err := tx.AddNotice(practice.Notice{Member: f.Reporter, Code: "notice.tablet", Args: practice.Args{"title": f.Title}, Link: practice.FailurePath(f.Number)})
		if err != nil {
			return f, err
		}
	}
	return f, tx.Emit(practice.Event{Kind: "failure.reported", About: string(f.ID), In: string(f.Team),
		Data: practice.Args{"stage": f.Stage, "source": f.Source}})
}

// Failure returns a failure by the number people say aloud.
func (a *App) Failure(ctx context.Context, actor practice.Actor, number int) (practice.Failure, error) {
	return read(ctx, a, func(tx *store.Tx) (practice.Failure, error) {
		f, err := tx.FailureByNumber(number)
		return readBy(tx, actor, f, err)
	})
}

// FailureByID returns a failure by its id.
func (a *App) FailureByID(ctx context.Context, actor practice.Actor, id practice.FailureID) (practice.Failure, error) {
	return read(ctx, a, func(tx *store.Tx) (practice.Failure, error) { return readable(tx, actor, id) })
}

// Failures lists the failures of the actor's teams, the newest first. A filter
// that names other teams finds nothing there.
func (a *App) Failures(ctx context.Context, actor practice.Actor, filter store.FailureFilter) ([]practice.Failure, error) {
	teams := make([]practice.TeamID, 0, len(actor.Teams))
	for _, t := range actor.Teams {
		if filter.Teams == nil || slices.Contains(filter.Teams, t) {
			teams = append(teams, t)
		}
	}
	if filter.Source == practice.SourceImported {
		filter.Teams = nil
	} else {
		filter.Teams = teams
	}
	filter.Reader, filter.All = actor.Member, false
	return read(ctx, a, func(tx *store.Tx) ([]practice.Failure, error) {
		all, err := tx.Failures(filter)
		return allReadBy(tx, actor, all, err)
	})
}

// Triage is a convener's decision about one failure.
type Triage struct {
	Decision practice.Triage
	Triggers []string // the team's own sentences that it meets
	Why      string   // for noted: one line
}

// TriageFailure decides whether a failure needs half an hour together. The
// default is not: with nothing ticked it is kept, and no clock runs. Anybody of
// the team may ask for a review; setting it aside, and taking that back, is for
// whoever convenes it, where somebody does.
func (a *App) TriageFailure(ctx context.Context, actor practice.Actor, id practice.FailureID, t Triage) (practice.Failure, error) {
	if err := mayWrite(actor); err != nil {
		return practice.Failure{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Failure, error) {
		f, err := own(tx, actor, id)
		if err != nil {
			return f, err
		}
		return triage(tx, actor, f, t)
	})
}

// triage keeps a decision, and tells whoever reported it that it is set aside and
// why.
func triage(tx *store.Tx, actor practice.Actor, f practice.Failure, t Triage) (practice.Failure, error) {
	if t.Decision != practice.TriageSignificant {
		if name, err := convenedByOther(tx, actor, f); err != nil || name != "" {
			return f, errors.Join(err, practice.Refuse(practice.Conflict, "triage.others").With("name", name))
		}
	}
	f, err := f.Decide(t.Decision, t.Triggers, t.Why)
	if err != nil {
		return f, err
	}
	if f.Convener == "" {
		f.Convener = actor.Member
	}
	if err := errors.Join(tx.SaveFailure(f), tx.SettleNotices(practice.FailurePath(f.Number))); err != nil {
		return f, err
	}
	if f.Triage == practice.TriageNoted && f.Reporter != "" && f.Reporter != actor.Member {
		err := tx.Tell(practice.Notice{Member: f.Reporter, Code: "notice.noted", Args: practice.Args{"why": f.TriageWhy},
			Link: practice.FailurePath(f.Number)}, "")
		if err != nil {
			return f, err
		}
	}
	return f, tx.Emit(practice.Event{Kind: "failure.triaged", About: string(f.ID), In: string(f.Team),
		Data: practice.Args{"triage": f.Triage}})
}

// NoteFailures notes several failures with one reason, all or none.
func (a *App) NoteFailures(ctx context.Context, actor practice.Actor, ids []practice.FailureID, why string) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		for _, id := range ids {
			f, err := own(tx, actor, id)
			if err != nil {
				return err
			}
			if _, err := triage(tx, actor, f, Triage{Decision: practice.TriageNoted, Why: why}); err != nil {
				return err
			}
		}
		return nil
	})
}

// HandConvening makes somebody else of the team the one who decides and calls.
func (a *App) HandConvening(ctx context.Context, actor practice.Actor, id practice.FailureID, to practice.MemberID) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		f, err := own(tx, actor, id)
		if err != nil {
			return err
		}
		if to == "" {
			return practice.Refuse(practice.Invalid, "required").At("convener")
		}
		m, err := tx.Member(to)
		if err != nil || !m.Active || !slices.Contains(m.Teams, f.Team) {
			return practice.Refuse(practice.Invalid, "member.unknown").At("convener")
		}
		f.Convener = to
		if err := errors.Join(tx.SaveFailure(f), tx.SettleNotices(practice.FailurePath(f.Number))); err != nil {
			return err
		}
		if to != actor.Member {
			if err := tx.TellConvener(f); err != nil {
				return err
			}
		}
		return tx.Emit(practice.Event{Kind: "failure.handed", About: string(f.ID), In: string(f.Team)})
	})
}

// NameStep records that the reporter thinks a step would have caught it; empty
// takes that back. It goes to the room without a name.
func (a *App) NameStep(ctx context.Context, actor practice.Actor, id practice.FailureID, step practice.StepID) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		f, err := own(tx, actor, id)
		if err != nil {
			return err
		}
		if step != "" {
			if _, err := tx.Step(step); err != nil {
				return err
			}
		}
		f.Step = step
		return tx.SaveFailure(f)
	})
}

// witnessed returns a failure whose facts the actor may still change: once its
// review is closed they are part of the record.
func witnessed(tx *store.Tx, actor practice.Actor, id practice.FailureID) (practice.Failure, error) {
	f, err := own(tx, actor, id)
	if err != nil {
		return f, err
	}
	if _, err = latestClosed(tx, f); err == nil {
		return f, practice.Refuse(practice.Conflict, "fact.closed")
	}
	if isNotFound(err) {
		return f, nil
	}
	return f, err
}

// AddFact puts a line on the strip "facts so far", with a picture if one was
// given, already stored anew without its metadata.
func (a *App) AddFact(ctx context.Context, actor practice.Actor, fact practice.Fact, picture *Picture) (practice.Fact, error) {
	if err := mayWrite(actor); err != nil {
		return fact, err
	}
	fact.Text, fact.Link = strings.TrimSpace(fact.Text), practice.CompleteAddress(fact.Link)
	return write(ctx, a, func(tx *store.Tx) (practice.Fact, error) {
		if err := fact.Check(tx.Now()); err != nil {
			return fact, err
		}
		f, err := witnessed(tx, actor, fact.Failure)
		if err != nil {
			return fact, err
		}
		there, err := tx.Facts(f.ID)
		if err != nil {
			return fact, err
		}
		if len(there) >= practice.MaxFacts {
			return fact, practice.Refuse(practice.Conflict, "fact.full").With("max", practice.MaxFacts)
		}
		if fact.At.IsZero() {
			fact.At = tx.Now()
		}
		fact.Author = actor.Member
		id, err := once(tx, actor, "fact.add", func() (string, error) { return addFact(tx, fact, picture) })
		if err != nil {
			return fact, err
		}
		return tx.Fact(practice.FactID(id))
	})
}

func addFact(tx *store.Tx, fact practice.Fact, picture *Picture) (string, error) {
	fact.ID = practice.FactID(tx.NewID("fct"))
	if picture != nil {
		fact.File = practice.FileID(tx.NewBlindID("fil"))
		if err := tx.AddFile(fact.File, picture.Kind, picture.Data); err != nil {
			return "", err
		}
	}
	if err := tx.AddFact(fact); err != nil {
		return "", err
	}
	return string(fact.ID), tx.Emit(practice.Event{Kind: "fact.added", About: string(fact.ID), In: string(fact.Failure)})
}

// RemoveFact takes a line off the strip. Whoever wrote it and the convener may.
func (a *App) RemoveFact(ctx context.Context, actor practice.Actor, id practice.FactID) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		fact, err := tx.Fact(id)
		if err != nil {
			return err
		}
		f, err := witnessed(tx, actor, fact.Failure)
		if err != nil {
			return err
		}
		if fact.Author != actor.Member && f.Convener != actor.Member {
			return practice.Refuse(practice.Forbidden, "fact.others")
		}
		return removeFact(tx, fact)
	})
}

func removeFact(tx *store.Tx, fact practice.Fact) error {
	if err := tx.RemoveFact(fact); err != nil {
		return err
	}
	return errors.Join(tx.Emit(practice.Event{Kind: "fact.removed", About: string(fact.ID), In: string(fact.Failure)}), tx.KeepLedger())
}

// Facts returns the strip of a failure.
func (a *App) Facts(ctx context.Context, actor practice.Actor, id practice.FailureID) ([]practice.Fact, error) {
	return read(ctx, a, func(tx *store.Tx) ([]practice.Fact, error) {
		if _, err := readable(tx, actor, id); err != nil {
			return nil, err
		}
		return tx.Facts(id)
	})
}
