package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// CycleOver is the kind of the job that lets the next cycle of a team start.
const CycleOver = "cycle.over"

// Round is a cycle with what stands against it, as far as the reader may know.
type Round struct {
	practice.Cycle
	Name     string    // of the team
	Carries  []Carried // what was promised for it
	Promised []Pledge  // which changes were
	Reviews  []Closed  // what was closed in it
	Changes  []Meant   // what changed in it
	Plans    []practice.Plan
}

// Pledge is a change that a review put off to a day.
type Pledge struct {
	Failure practice.Failure
	Gap     practice.Gap
	Outcome practice.Outcome // it shares that of the one promise of its review
}

// Closed is a review that was closed, and whether all it sorted is in place.
type Closed struct {
	Failure  practice.Failure
	At       time.Time
	Embedded bool
}

// Count is how many promises of the cycle came to an outcome by now.
func (r Round) Count(o practice.Outcome) (n int) {
	for _, c := range r.Carries {
		if c.Outcome == o {
			n++
		}
	}
	for _, p := range r.Promised {
		if p.Outcome == o {
			n++
		}
	}
	return n
}

// Promises is how many there were.
func (r Round) Promises() int { return len(r.Carries) + len(r.Promised) }

// Cycles returns those of one of the actor's teams, the one it is in first.
func (a *App) Cycles(ctx context.Context, actor practice.Actor, team practice.TeamID) ([]practice.Cycle, error) {
	if !actor.In(team) {
		return nil, practice.ErrNotFound
	}
	return read(ctx, a, func(tx *store.Tx) ([]practice.Cycle, error) { return tx.Cycles(team) })
}

// Cycle returns a cycle of one of the actor's teams with all that stands against it.
func (a *App) Cycle(ctx context.Context, actor practice.Actor, id practice.CycleID) (Round, error) {
	return read(ctx, a, func(tx *store.Tx) (Round, error) {
		c, err := tx.Cycle(id)
		if err != nil {
			return Round{}, err
		}
		if !actor.In(c.Team) {
			return Round{}, practice.ErrNotFound
		}
		r, err := newReader(tx, actor)
		if err != nil {
			return Round{}, err
		}
		return r.round(tx, c)
	})
}

// round reads what stands against a cycle.
func (r reader) round(tx *store.Tx, c practice.Cycle) (Round, error) {
	out := Round{Cycle: c}
	for _, part := range []func(*store.Tx, *Round) error{r.carriesIn, r.promisedIn, r.closedIn, r.changesIn} {
		if err := part(tx, &out); err != nil {
			return out, err
		}
	}
	team, err := tx.Team(c.Team)
	if err != nil {
		return out, err
	}
	out.Name = team.Name
	plans, err := tx.Plans([]practice.TeamID{c.Team})
	out.Plans = slices.DeleteFunc(plans, func(p practice.Plan) bool { return !p.Frozen() || !c.Holds(p.FrozenAt) })
	return out, err
}

func (r reader) carriesIn(tx *store.Tx, out *Round) error {
	all, err := tx.Carries(out.Team)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(c practice.Carry) bool { return r.withheld[string(c.ID)] || !out.Takes(c.DueAt) })
	slices.SortStableFunc(all, func(a, b practice.Carry) int { return a.DueAt.Compare(b.DueAt) })
	out.Carries, err = allCarried(tx, all)
	return err
}

// promisedIn reads the changes that were put off to a day of the cycle. Whoever
// carries the one promise of a review brings them.
func (r reader) promisedIn(tx *store.Tx, out *Round) error {
	all, err1 := tx.PromisedGaps(out.Team)
	today, err2 := todayHere(tx)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	for _, g := range all {
		if !out.Takes(g.Route.By) || r.records[g.Review] != practice.ReadsWhole {
			continue
		}
		review, err := tx.Review(g.Review)
		if err != nil {
			return err
		}
		p := Pledge{Gap: g}
		if p.Failure, err = tx.Failure(review.Failure); err != nil {
			return err
		}
		carry, err := tx.CarryOf(g.Review)
		if err != nil && !isNotFound(err) {
			return err
		}
		carry.DueAt = g.Route.By
		p.Outcome = carry.Outcome(today)
		out.Promised = append(out.Promised, p)
	}
	return nil
}

func (r reader) closedIn(tx *store.Tx, out *Round) error {
	all, err := tx.ClosedIn(out.Cycle)
	if err != nil {
		return err
	}
	for _, review := range all {
		if r.records[review.ID] == practice.ReadsNothing {
			continue
		}
		f, err := tx.Failure(review.Failure)
		if err != nil {
			return err
		}
		gaps, err := tx.Gaps(review.ID)
		if err != nil {
			return err
		}
		waits := slices.ContainsFunc(gaps, func(g practice.Gap) bool { return g.Route.Kind == practice.RoutePromised })
		if carry, err := tx.CarryOf(review.ID); err == nil && carry.State == practice.CarryDone {
			waits = false
		} else if err != nil && !isNotFound(err) {
			return err
		}
		out.Reviews = append(out.Reviews, Closed{Failure: f, At: review.ClosedAt, Embedded: !waits})
	}
	return nil
}

func (r reader) changesIn(tx *store.Tx, out *Round) error {
	scars, err := tx.ScarsIn(out.Cycle)
	if err != nil {
		return err
	}
	out.Changes, err = r.lines(tx, scars, len(scars))
	return err
}

// startCycle keeps a cycle, and lets the next one start when it ends.
func startCycle(tx *store.Tx, c practice.Cycle) error {
	if _, _, err := tx.AddCycle(c); err != nil {
		return err
	}
	return tx.EnqueueAt(CycleOver, c.EndAt)
}

// moveCycle lets the next cycle of a team start at another time; zero: when it does.
func moveCycle(tx *store.Tx, team practice.TeamID, next time.Time) error {
	c, err := tx.CycleOf(team)
	if err != nil || c.ID == "" || next.IsZero() || next.Equal(c.EndAt) {
		return err
	}
	if err := practice.CheckNext(next, tx.Now()); err != nil {
		return err
	}
	c.EndAt = next.UTC()
	if err := tx.MoveCycle(c); err != nil {
		return err
	}
	return tx.EnqueueAt(CycleOver, c.EndAt)
}

// TurnCycles starts the next cycle of every team whose cycle is over, and says so to
// the people of a team where something was promised for it. A team for which the
// next one has started already it leaves alone.
func (a *App) TurnCycles(ctx context.Context) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		house, err := tx.Organisation()
		if isNotFound(err) {
			return nil // nobody has set up anything yet
		}
		if err != nil {
			return err
		}
		teams, err := tx.Teams()
		if err != nil {
			return err
		}
		for _, t := range teams {
			if err := turnCycle(tx, t, house.Location()); err != nil {
				return err
			}
		}
		return nil
	})
}

func turnCycle(tx *store.Tx, t practice.Team, zone *time.Location) error {
	c, err := tx.CycleOf(t.ID)
	if err != nil {
		return err
	}
	if c.ID == "" {
		return startCycle(tx, t.FirstCycle(tx.Now(), zone))
	}
	var over practice.Cycle // the last one that ended, where nobody was there for long
	for c.Over(tx.Now()) {
		next, fresh, err := tx.AddCycle(c.Next(t.CycleDays, zone))
		if err != nil || !fresh {
			return err
		}
		over, c = c, next
	}
	if over.ID != "" {
		if err := tellCycle(tx, over); err != nil {
			return err
		}
	}
	return tx.EnqueueAt(CycleOver, c.EndAt)
}

// tellCycle says to everybody of a team that a cycle is over, where something stands
// against it that all of them may know.
func tellCycle(tx *store.Tx, c practice.Cycle) error {
	anybody, err := newReader(tx, practice.Actor{Teams: []practice.TeamID{c.Team}})
	if err != nil {
		return err
	}
	round, err := anybody.round(tx, c)
	if err != nil || round.Promises()+len(round.Reviews) == 0 {
		return err
	}
	people, err := tx.MembersOf(c.Team)
	if err != nil {
		return err
	}
	for _, m := range people {
		if err := tx.AddNotice(practice.Notice{Member: m.ID, Code: "notice.cycle", Link: practice.CyclePath(c.ID)}); err != nil {
			return err
		}
	}
	return tx.Emit(practice.Event{Kind: "cycle.over", About: string(c.ID), In: string(c.Team)})
}
