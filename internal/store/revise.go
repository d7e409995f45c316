package store

import (
	"slices"

	"debrief/internal/practice"
	"debrief/internal/prose"
)

// Revised is a procedure after a change, and the steps the change touched.
type Revised struct {
	Procedure practice.Procedure
	Revision  practice.Revision
	Touched   []practice.ProcedureStep
}

// Revise makes one change to a procedure and keeps the page it leads to as the
// next revision: every word beside the changed step stays as it was, and every
// step keeps its identity.
//
// It refuses with "step.meanwhile", and both texts, where somebody else
// changed the step since c.Base; other steps may have changed in between.
func (tx *Tx) Revise(c practice.StepChange, why practice.Revision) (Revised, error) {
	p, err := tx.Procedure(c.Procedure)
	if err != nil {
		return Revised{}, err
	}
	p, page, steps, err := tx.page(p)
	if err != nil {
		return Revised{}, err
	}
	edit, err := apply(page, steps, c)
	if err != nil {
		return Revised{}, err
	}
	return tx.keepPage(p, edit.Procedure, why, identity{old: steps, Known: edited(edit, steps, c)})
}

// Paste keeps a whole page as the next revision, or the first. Steps are known
// again by their words and their place; one that was taken out comes back with
// its history where its old words do.
func (tx *Tx) Paste(p practice.Procedure, page prose.Procedure, why practice.Revision) (Revised, error) {
	all, err := tx.Steps(p.ID, true)
	if err != nil {
		return Revised{}, err
	}
	return tx.keepPage(p, page, why, identity{old: all, Known: Recognise(all, page)})
}

// Known says which steps the lines of a page are.
type Known struct {
	IDs     []practice.StepID // of each line; empty for a new one
	Origins []practice.StepID // the step a new line was split from, or none
	Became  map[practice.StepID]practice.StepID
}

func newKnown(lines int) Known {
	return Known{
		IDs: make([]practice.StepID, lines), Origins: make([]practice.StepID, lines),
		Became: map[practice.StepID]practice.StepID{},
	}
}

// Recognise finds a procedure's steps in a page, those that were taken out only
// where they stand in it word for word.
func Recognise(all []practice.ProcedureStep, page prose.Procedure) Known {
	var use, retired []practice.ProcedureStep
	for _, s := range all {
		if s.Retired > 0 {
			retired = append(retired, s)
		} else {
			use = append(use, s)
		}
	}
	k := newKnown(len(page.Steps))
	for i, m := range prose.MatchSteps(stepTexts(use), pageTexts(page)) {
		k.IDs[i], k.Origins[i] = practice.StepID(m.ID), practice.StepID(m.SplitFrom)
		for _, into := range m.Merged {
			k.Became[practice.StepID(into)] = k.IDs[i]
		}
	}
	for i, s := range page.Steps {
		at := slices.IndexFunc(retired, func(r practice.ProcedureStep) bool { return r.Text == s.Text })
		if k.IDs[i] == "" && at >= 0 {
			k.IDs[i], k.Origins[i] = retired[at].ID, ""
			retired = slices.Delete(retired, at, at+1)
		}
	}
	return k
}

// stepTexts and pageTexts are steps as they are compared.
func stepTexts(steps []practice.ProcedureStep) []prose.StepText {
	out := make([]prose.StepText, len(steps))
	for i, s := range steps {
		out[i] = prose.StepText{ID: string(s.ID), Text: s.Text, Depth: s.Depth, Heading: s.Heading}
	}
	return out
}

func pageTexts(page prose.Procedure) []prose.StepText {
	out := make([]prose.StepText, len(page.Steps))
	for i, s := range page.Steps {
		out[i] = prose.StepText{Text: s.Text, Depth: s.Depth, Heading: s.Heading}
	}
	return out
}

// page reads a procedure's page in use, and its steps in the page's order.
// Where an earlier release read the page into other steps than this one does,
// it is read anew first, so that the two agree.
func (tx *Tx) page(p practice.Procedure) (practice.Procedure, prose.Procedure, []practice.ProcedureStep, error) {
	rev, err := tx.Revision(p.ID, p.Revision)
	if err != nil {
		return p, prose.Procedure{}, nil, err
	}
	page, err := prose.ParseProcedure([]byte(rev.Markdown))
	if err != nil {
		return p, page, nil, err
	}
	steps, err := tx.Steps(p.ID, false)
	if err != nil || sameSteps(page, steps) {
		return p, page, steps, err
	}
	done, err := tx.Paste(p, page, practice.Revision{Reason: practice.ReasonPaste})
	if err != nil {
		return p, page, nil, err
	}
	steps, err = tx.Steps(p.ID, false)
	return done.Procedure, page, steps, err
}

func sameSteps(page prose.Procedure, steps []practice.ProcedureStep) bool {
	return slices.EqualFunc(page.Steps, steps, func(a prose.Step, b practice.ProcedureStep) bool { return a.Text == b.Text })
}

// Preview is the page a change would lead to, and which steps its lines would
// be, without keeping it. The refusals are those of [Tx.Revise].
func Preview(page prose.Procedure, steps []practice.ProcedureStep, c practice.StepChange) (prose.Procedure, Known, error) {
	edit, err := apply(page, steps, c)
	if err != nil {
		return page, Known{}, err
	}
	return edit.Procedure, edited(edit, steps, c), nil
}

// edited says which steps the lines of an edited page are.
func edited(edit prose.Edit, steps []practice.ProcedureStep, c practice.StepChange) Known {
	k := newKnown(len(edit.Steps))
	for i, was := range edit.From {
		switch {
		case was >= 0:
			k.IDs[i] = steps[was].ID
		case c.Act == practice.ActSplit:
			k.Origins[i] = c.Step
		}
	}
	if c.Act == practice.ActMerge {
		k.Became[c.Step] = c.To
	}
	return k
}

// apply lets prose change the page.
func apply(page prose.Procedure, steps []practice.ProcedureStep, c practice.StepChange) (prose.Edit, error) {
	at, err := place(steps, c)
	if err != nil {
		return prose.Edit{}, err
	}
	to := indexOfStep(steps, c.To)
	switch c.Act {
	case practice.ActEdit:
		return page.Change(at, c.Text)
	case practice.ActAdd:
		return page.Insert(at, c.Text)
	case practice.ActRemove:
		return page.Remove(at)
	case practice.ActMove:
		return page.Move(at, to)
	case practice.ActSplit:
		return page.Split(at, c.Text, c.Rest)
	default:
		return page.Merge(at, to, c.Text)
	}
}

func indexOfStep(steps []practice.ProcedureStep, id practice.StepID) int {
	return slices.IndexFunc(steps, func(s practice.ProcedureStep) bool { return s.ID == id })
}

// place finds the step a change is about, and refuses the change where the
// step is gone, says something else by now, or would stay the same.
func place(steps []practice.ProcedureStep, c practice.StepChange) (int, error) {
	at := indexOfStep(steps, c.Step)
	if at < 0 && (c.Step != "" || c.Act != practice.ActAdd) || c.To != "" && indexOfStep(steps, c.To) < 0 {
		return at, practice.Refuse(practice.Conflict, "step.gone").With("yours", c.Text)
	}
	old := ""
	if at >= 0 {
		old = steps[at].Text
	}
	if err := c.Check(old); err != nil {
		return at, err
	}
	var rewritten []practice.StepID
	switch c.Act {
	case practice.ActEdit, practice.ActRemove, practice.ActSplit:
		rewritten = []practice.StepID{c.Step}
	case practice.ActMerge:
		rewritten = []practice.StepID{c.Step, c.To}
	}
	for _, id := range rewritten {
		if s := steps[indexOfStep(steps, id)]; s.Since > c.Base {
			return at, practice.Refuse(practice.Conflict, "step.meanwhile").At("text").
				With("theirs", s.Text).With("yours", c.Text).With("base", s.Since)
		}
	}
	return at, nil
}

// identity is what is known of a page's lines, with the steps there were.
type identity struct {
	old []practice.ProcedureStep // those taken out are there only to come back
	Known
}

// keepPage keeps a page as the procedure's next revision and brings its steps
// in line with it.
func (tx *Tx) keepPage(p practice.Procedure, page prose.Procedure, why practice.Revision, id identity) (Revised, error) {
	was := p.Revision
	p.Revision++
	why.Procedure, why.Number, why.Markdown, why.At = p.ID, p.Revision, string(page.Markdown()), tx.Now()
	done := Revised{Procedure: p}
	if err := tx.SaveProcedure(p, was); err != nil {
		return done, err
	}
	left := map[practice.StepID]practice.ProcedureStep{}
	for _, s := range id.old {
		left[s.ID] = s
	}
	numbers := page.Numbers()
	for i, s := range page.Steps {
		old, there := left[id.IDs[i]]
		delete(left, id.IDs[i])
		now := practice.ProcedureStep{ID: id.IDs[i], Procedure: p.ID, Place: i + 1, Number: numbers[i], Depth: s.Depth, Heading: s.Heading,
			Text: s.Text, Begun: p.Revision, Since: p.Revision, Origin: id.Origins[i]}
		if there {
			now.Begun, now.Origin, now.Scars = old.Begun, old.Origin, old.Scars
		}
		if err := tx.keepStep(&now, old, there); err != nil {
			return done, err
		}
		if !there || old.Text != now.Text || old.Retired > 0 {
			done.Touched = append(done.Touched, now)
		}
		why.Steps = append(why.Steps, now.ID)
	}
	for _, s := range id.old {
		if _, gone := left[s.ID]; !gone || s.Retired > 0 {
			continue
		}
		s.Retired, s.Became = p.Revision, id.Became[s.ID]
		if err := tx.SaveStep(s); err != nil {
			return done, err
		}
	}
	done.Revision = why
	return done, tx.AddRevision(why)
}

// keepStep writes a step where anything about it is new.
func (tx *Tx) keepStep(now *practice.ProcedureStep, old practice.ProcedureStep, there bool) error {
	if !there {
		now.ID = practice.StepID(tx.NewID("stp"))
		return tx.AddStep(*now)
	}
	if old.Text == now.Text {
		now.Since = old.Since
	} else if err := tx.Word(*now); err != nil {
		return err
	}
	if old.Place == now.Place && old.Depth == now.Depth && old.Heading == now.Heading && old.Retired == 0 {
		return nil
	}
	return tx.SaveStep(*now)
}
