package room

import (
	"cmp"
	"errors"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// propose puts a change to those who change the procedure, where the room is not known to
// be among them: nobody knows who sits in it. Its gap leads to the proposal until one of
// them takes it.
func (v *visit) propose(g practice.Gap, c practice.StepChange) (practice.Route, error) {
	if c.Procedure == v.undone.ID && c.Base == v.undone.Revision-1 {
		c.Base = v.undone.Revision
	}
	one, err := v.tx.Propose(practice.Proposed{Gap: g.ID, Change: practice.OtherChange{StepChange: c, Reason: practice.ReasonLearning}})
	return practice.Route{Kind: practice.RouteProposed, To: string(one.ID), Strength: cmp.Or(c.Strength, practice.Reminds)},
		errors.Join(err, v.tx.KeepCheck(g.ID, c, 0))
}

// who reads who changes a procedure, where not the whole team does.
func (p *Page) who(tx *store.Tx) error {
	a, err := tx.Authority(p.Procedure.ID)
	p.Named = a.Named()
	for _, id := range a.Who(p.Procedure) {
		name, failed := nameOf(tx, id)
		p.Who, err = append(p.Who, name), errors.Join(err, failed)
	}
	return err
}

// proposed reads what the room proposed, and the step as it stands.
func (d *Done) proposed(tx *store.Tx, id practice.ProposedID) (err error) {
	if d.Proposed, err = tx.Proposed(id); err != nil {
		return err
	}
	if d.Page.Procedure, err = tx.Procedure(d.Proposed.Change.Procedure); err != nil {
		return err
	}
	if err := d.Page.who(tx); err != nil || d.Proposed.Change.Step == "" {
		return err
	}
	d.Step, err = tx.Step(d.Proposed.Change.Step)
	return err
}

// named reports whether only some people change a procedure.
func (v *visit) named(p practice.ProcedureID) (bool, error) {
	a, err := v.tx.Authority(p)
	return a.Named(), err
}

// unpropose takes back what the room proposed. What was declined stays with its reason.
func (v *visit) unpropose(r practice.Route) error {
	one, err := v.tx.Proposed(practice.ProposedID(r.To))
	if err != nil || !one.Waits() {
		return err
	}
	p, err := v.tx.Procedure(one.Change.Procedure)
	if err != nil {
		return err
	}
	return errors.Join(v.tx.RemoveProposed(one), v.tx.SettleNotices(practice.ProposedPath(p.Slug, one.ID)), v.tellUndone("proposal", string(p.ID)))
}
