package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/store"
)

// ChangeWithoutFailure changes a procedure for a reason that is no failure:
// law, contract, instruction or wording. It leaves no scar and counts nowhere.
func (a *App) ChangeWithoutFailure(ctx context.Context, actor practice.Actor, c practice.OtherChange) (store.Revised, error) {
	return a.revise(ctx, actor, c.Procedure, func(tx *store.Tx, _ practice.Procedure) (store.Revised, error) {
		if err := fromNoOffer(c); err != nil {
			return store.Revised{}, err
		}
		return takeOther(tx, actor, c)
	})
}

// tellChecked keeps that a change which comes from no failure adds a check on people, and
// tells those of them who are here: a law asks nobody.
func tellChecked(tx *store.Tx, actor practice.Actor, c practice.StepChange, done store.Revised) error {
	if err := tx.KeepCheck("", c, done.Revision.Number); err != nil {
		return err
	}
	on, err := tx.PartyNamed(c.Checked)
	if err != nil {
		return err
	}
	people := on.Members
	if v := on.Voice().Member; v != "" && !slices.Contains(people, v) {
		people = append(slices.Clone(people), v)
	}
	for _, id := range people {
		m, err := tx.Member(id)
		if err != nil {
			return err
		}
		if !m.Belongs() || id == actor.Member {
			continue
		}
		n := practice.Notice{Member: id, Code: "notice.check", Link: practice.VersionPath(done.Procedure.Slug, done.Revision.Number),
			Args: practice.Args{"procedure": done.Procedure.Title, "group": on.Name}}
		if err := tx.Tell(n, ""); err != nil {
			return err
		}
	}
	return nil
}

// Pasted is a whole page as somebody brings it in, over the revision they saw.
type Pasted struct {
	Base     int
	Markdown string
	Checks   bool // it adds a check on people
}

// PasteProcedure replaces a procedure's whole page. Steps are known again by
// their words and their place, and what looks new gets no scar. It refuses with
// "check.paste" what adds a check on people: that has a step of its own, so that those who
// are checked are asked or told.
func (a *App) PasteProcedure(ctx context.Context, actor practice.Actor, id practice.ProcedureID, n Pasted) (store.Revised, error) {
	return a.revise(ctx, actor, id, func(tx *store.Tx, p practice.Procedure) (store.Revised, error) {
		switch {
		case p.Revision != n.Base:
			return store.Revised{}, practice.ErrChanged.At("markdown")
		case n.Checks:
			return store.Revised{}, practice.Refuse(practice.Invalid, "check.paste").At("markdown")
		}
		return pastePage(tx, p, n.Markdown)
	})
}

// revise makes a change to a procedure of the actor's teams, once for each
// time it is asked for. It refuses with "procedure.named" whoever can only propose it.
func (a *App) revise(ctx context.Context, actor practice.Actor, id practice.ProcedureID,
	do func(tx *store.Tx, p practice.Procedure) (store.Revised, error)) (store.Revised, error) {
	if err := mayWrite(actor); err != nil {
		return store.Revised{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (store.Revised, error) {
		p, err := theirs(tx, actor, id)
		if err != nil {
			return store.Revised{}, err
		}
		var done store.Revised
		number, err := once(tx, actor, "procedure.change "+string(id), func() (string, error) {
			if err = mayRevise(tx, actor, p); err != nil {
				return "", err
			}
			if done, err = do(tx, p); err != nil {
				return "", err
			}
			if err := tx.TellChange(p.ID, done.Revision.Number, actor.Member); err != nil {
				return "", err
			}
			return strconv.Itoa(done.Revision.Number), tx.Emit(practice.Event{Kind: "procedure.changed", About: string(p.ID),
				In: string(p.Team), Data: practice.Args{"reason": done.Revision.Reason}})
		})
		if err != nil || done.Revision.Number > 0 {
			return done, err
		}
		n, err := strconv.Atoi(number)
		if err != nil {
			return done, fmt.Errorf("repeated change: %w", err)
		}
		done.Procedure = p
		done.Revision, err = tx.Revision(p.ID, n)
		return done, err
	})
}

// pastePage keeps a whole page, and refuses one that is there already.
func pastePage(tx *store.Tx, p practice.Procedure, markdown string) (store.Revised, error) {
	rev, err := tx.Revision(p.ID, p.Revision)
	if err != nil {
		return store.Revised{}, err
	}
	if rev.Markdown == markdown {
		return store.Revised{}, practice.Refuse(practice.Invalid, "step.same").At("markdown")
	}
	page, err := NewProcedure{Markdown: markdown}.page()
	if err != nil {
		return store.Revised{}, err
	}
	return paste(tx, p, page)
}

// paste puts a whole page in the place of a procedure's, wherever it comes from.
func paste(tx *store.Tx, p practice.Procedure, page prose.Procedure) (store.Revised, error) {
	all, err := tx.Steps(p.ID, true)
	if err != nil {
		return store.Revised{}, err
	}
	if err := mayPaste(all, store.Recognise(all, page), page); err != nil {
		return store.Revised{}, err
	}
	return tx.Paste(p, page, practice.Revision{Reason: practice.ReasonPaste})
}

// PreviewChange tells what a change would do to which line, without keeping
// it. The refusals are those of the change.
func (a *App) PreviewChange(ctx context.Context, actor practice.Actor, c practice.StepChange) ([]LineTurn, error) {
	return a.preview(ctx, actor, c.Procedure, func(page prose.Procedure, steps []practice.ProcedureStep) (prose.Procedure, store.Known, error) {
		return store.Preview(page, withoutRetired(steps), c)
	})
}

// PreviewPaste tells what pasting a whole page would do to which line.
func (a *App) PreviewPaste(ctx context.Context, actor practice.Actor, id practice.ProcedureID, markdown string) ([]LineTurn, error) {
	return a.preview(ctx, actor, id, func(was prose.Procedure, steps []practice.ProcedureStep) (prose.Procedure, store.Known, error) {
		page, err := NewProcedure{Markdown: markdown}.page()
		if err == nil && string(was.Markdown()) == markdown {
			err = practice.Refuse(practice.Invalid, "step.same").At("markdown")
		}
		return page, store.Recognise(steps, page), err
	})
}

// preview holds the page that would be against the page there is.
func (a *App) preview(ctx context.Context, actor practice.Actor, id practice.ProcedureID,
	next func(prose.Procedure, []practice.ProcedureStep) (prose.Procedure, store.Known, error)) ([]LineTurn, error) {
	return read(ctx, a, func(tx *store.Tx) ([]LineTurn, error) {
		p, err := theirs(tx, actor, id)
		if err != nil {
			return nil, err
		}
		rev, err := tx.Revision(p.ID, p.Revision)
		if err != nil {
			return nil, err
		}
		page, err := readPage(rev.Markdown)
		if err != nil {
			return nil, err
		}
		steps, err := tx.Steps(p.ID, true)
		if err != nil {
			return nil, err
		}
		next, known, err := next(page, steps)
		if err != nil {
			return nil, err
		}
		return turnsOf(withoutRetired(steps), next, known), nil
	})
}

func withoutRetired(steps []practice.ProcedureStep) []practice.ProcedureStep {
	var use []practice.ProcedureStep
	for _, s := range steps {
		if s.Retired == 0 {
			use = append(use, s)
		}
	}
	return use
}

// turnsOf tells what a page does to the steps there are.
func turnsOf(steps []practice.ProcedureStep, page prose.Procedure, known store.Known) []LineTurn {
	var was, now []Line
	for _, s := range steps {
		was = append(was, Line{Step: s.ID, Number: s.Number, Text: s.Text})
	}
	origin := map[practice.StepID]practice.StepID{}
	numbers := page.Numbers()
	for i, s := range page.Steps {
		id := known.IDs[i]
		if id == "" {
			id = practice.StepID("new " + strconv.Itoa(i))
			origin[id] = known.Origins[i]
		}
		now = append(now, Line{Step: id, Number: numbers[i], Text: s.Text})
	}
	turns := linesBetween(was, now)
	for i, t := range turns {
		turns[i].Origin, turns[i].Became = origin[t.Step], known.Became[t.Step]
	}
	return turns
}
