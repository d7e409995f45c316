package app

import (
	"cmp"
	"context"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// NewPlan begins a plan: what is going to be done, in a line.
type NewPlan struct {
	Team  practice.TeamID // empty: the actor's only one
	Title string
	Like  int // the number of an earlier plan of the team that is done again; 0: none
}

// Plans returns those of the actor's teams, the newest first, without why they may
// fail.
func (a *App) Plans(ctx context.Context, actor practice.Actor) ([]practice.Plan, error) {
	return read(ctx, a, func(tx *store.Tx) ([]practice.Plan, error) { return tx.Plans(actor.Teams) })
}

// Plan returns a plan of one of the actor's teams. Why it may fail is there once it
// is open to all.
func (a *App) Plan(ctx context.Context, actor practice.Actor, number int) (practice.Plan, error) {
	return read(ctx, a, func(tx *store.Tx) (practice.Plan, error) {
		p, err := planFor(tx, actor, number)
		if !p.Opened() {
			p.Reasons = nil
		}
		return p, err
	})
}

// planFor returns a plan of one of the actor's teams: of others it knows nothing.
func planFor(tx *store.Tx, actor practice.Actor, number int) (practice.Plan, error) {
	p, err := tx.PlanByNumber(number)
	if err == nil && !actor.In(p.Team) {
		return practice.Plan{}, practice.ErrNotFound
	}
	return p, err
}

// BeginPlan begins a draft, which everybody of the team may write.
func (a *App) BeginPlan(ctx context.Context, actor practice.Actor, n NewPlan) (practice.Plan, error) {
	if err := mayWrite(actor); err != nil {
		return practice.Plan{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Plan, error) {
		p, err := n.draft(tx, actor)
		if err != nil {
			return p, err
		}
		id, err := once(tx, actor, "plan.begin", func() (string, error) {
			p.ID = practice.PlanID(tx.NewID("pln"))
			if p, err = tx.AddPlan(p); err != nil {
				return "", err
			}
			return string(p.ID), tx.Emit(practice.Event{Kind: "plan.begun", About: string(p.ID), In: string(p.Team)})
		})
		if err != nil {
			return p, err
		}
		return tx.Plan(practice.PlanID(id))
	})
}

// draft is the plan that begins, of the team of the one that is done again and with its
// words, to be reworked.
func (n NewPlan) draft(tx *store.Tx, actor practice.Actor) (practice.Plan, error) {
	var earlier practice.Plan
	if n.Like != 0 {
		var err error
		if earlier, err = likePlan(tx, actor, n.Like); err != nil {
			return practice.Plan{}, err
		}
		n.Team = cmp.Or(n.Team, earlier.Team)
	}
	team, err := actor.For(n.Team)
	if err != nil {
		return practice.Plan{}, err
	}
	p, err := practice.Plan{Team: team, BegunAt: tx.Now()}.Write(earlier.Intent.Again(n.Title))
	if err == nil && n.Like != 0 {
		p, err = p.Like(earlier)
	}
	return p, err
}

// WritePlan changes what a draft intends: change is handed the plan as it is and
// returns all of its intent as it shall be, or refuses, because somebody else was
// faster. It may be asked more than once.
func (a *App) WritePlan(ctx context.Context, actor practice.Actor, number int,
	change func(practice.Plan) (practice.Intent, error)) (practice.Plan, error) {
	return a.onPlan(ctx, actor, number, func(tx *store.Tx, was practice.Plan) (practice.Plan, error) {
		intent, err := change(was)
		if err != nil {
			return was, err
		}
		p, err := was.Write(intent)
		if err != nil {
			return was, err
		}
		if err := tx.SavePlan(p, was.Version); err != nil {
			return was, err
		}
		return p, tx.Emit(practice.Event{Kind: "plan.written", About: string(p.ID), In: string(p.Team)})
	})
}

// FreezePlan begins the work: what is intended stays as it is, with the time. It
// refuses while a known limit fits clearly and the plan says nothing to it.
func (a *App) FreezePlan(ctx context.Context, actor practice.Actor, number int) (practice.Plan, error) {
	if err := a.answered(ctx, actor, number); err != nil {
		return practice.Plan{}, err
	}
	return a.onPlan(ctx, actor, number, func(tx *store.Tx, was practice.Plan) (practice.Plan, error) {
		p, err := was.Freeze(tx.Now())
		if err != nil {
			return was, err
		}
		house, err := tx.Organisation()
		if err != nil {
			return was, err
		}
		p = p.Looked(nil, house.Location())
		err = tx.SavePlan(p, was.Version)
		if err == nil && !was.Opened() {
			err = showReasons(tx, p)
		}
		if err != nil {
			return was, err
		}
		return p, tx.Emit(practice.Event{Kind: "plan.frozen", About: string(p.ID), In: string(p.Team)})
	})
}

// AddToPlan keeps what is known only since the work began, beside the intent.
func (a *App) AddToPlan(ctx context.Context, actor practice.Actor, number int, text string) (practice.Plan, error) {
	return a.onPlan(ctx, actor, number, func(tx *store.Tx, was practice.Plan) (practice.Plan, error) {
		p, err := was.Add(text, tx.Now())
		if err != nil {
			return was, err
		}
		if err := tx.SavePlan(p, was.Version); err != nil {
			return was, err
		}
		return p, tx.Emit(practice.Event{Kind: "plan.added", About: string(p.ID), In: string(p.Team)})
	})
}

// SupposeFailed keeps why a plan may have failed, as the actor supposes alone.
// Neither who nor when is kept, and no event tells of it.
func (a *App) SupposeFailed(ctx context.Context, actor practice.Actor, number int, reason string) error {
	_, err := a.onPlan(ctx, actor, number, func(tx *store.Tx, was practice.Plan) (practice.Plan, error) {
		p, err := was.Suppose(reason)
		if err != nil {
			return was, err
		}
		return p, tx.SetReasons(p.ID, p.Reasons)
	})
	return err
}

// OpenReasons shows all of the team at once why the plan may fail.
func (a *App) OpenReasons(ctx context.Context, actor practice.Actor, number int) (practice.Plan, error) {
	return a.onPlan(ctx, actor, number, func(tx *store.Tx, was practice.Plan) (practice.Plan, error) {
		p, err := was.Open(tx.Now())
		if err != nil {
			return was, err
		}
		if err := tx.SavePlan(p, was.Version); err != nil {
			return was, err
		}
		return p, showReasons(tx, p)
	})
}

// showReasons writes the reasons once more, in the one order in which everybody reads
// them. What the files still have of the orders before it goes with the scrub.
func showReasons(tx *store.Tx, p practice.Plan) error {
	if err := tx.SetReasons(p.ID, p.Reasons); err != nil {
		return err
	}
	if err := tx.EnqueueAt("store.scrub", tx.Now()); err != nil {
		return err
	}
	return tx.Emit(practice.Event{Kind: "plan.opened", About: string(p.ID), In: string(p.Team)})
}

// DropPlan throws a draft away. What was frozen stays.
func (a *App) DropPlan(ctx context.Context, actor practice.Actor, number int) error {
	_, err := a.onPlan(ctx, actor, number, func(tx *store.Tx, was practice.Plan) (practice.Plan, error) {
		if err := was.Drop(); err != nil {
			return was, err
		}
		if err := tx.RemovePlan(was.ID); err != nil {
			return was, err
		}
		if err := tx.EnqueueAt("store.scrub", tx.Now()); err != nil {
			return was, err
		}
		return practice.Plan{}, tx.Emit(practice.Event{Kind: "plan.dropped", About: string(was.ID), In: string(was.Team)})
	})
	return err
}

// onPlan does something with a plan of one of the actor's teams, and returns it as
// the team reads it afterwards.
func (a *App) onPlan(ctx context.Context, actor practice.Actor, number int,
	do func(*store.Tx, practice.Plan) (practice.Plan, error)) (practice.Plan, error) {
	if err := mayWrite(actor); err != nil {
		return practice.Plan{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Plan, error) {
		was, err := planFor(tx, actor, number)
		if err != nil {
			return was, err
		}
		p, err := do(tx, was)
		if err != nil {
			return practice.Plan{}, err
		}
		if !p.Opened() {
			p.Reasons = nil
			return p, nil
		}
		all, err := tx.Plan(p.ID)
		p.Reasons = all.Reasons
		return p, err
	})
}
