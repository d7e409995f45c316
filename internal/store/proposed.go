package store

import (
	"errors"
	"fmt"

	"debrief/internal/practice"
)

const proposalColumns = `id, procedure, coalesce(gap, ''), coalesce(member, ''), step, act, body, rest, target, checked, reason, source, from_at,
	base, at, state, why, end_at, revision`

func scanProposal(r scanner) (p practice.Proposed, err error) {
	c := &p.Change
	err = r.Scan(&p.ID, &c.Procedure, &p.Gap, &p.By, &c.Step, &c.Act, &c.Text, &c.Rest, &c.To, &c.Checked, &c.Reason, &c.Source, at{&c.From},
		&c.Base, at{&p.At}, &p.State, &p.Why, at{&p.EndAt}, &p.Revision)
	c.Checks = c.Checked != ""
	return p, err
}

// AddProposed keeps a change that somebody proposed, over the revision in use.
func (tx *Tx) AddProposed(p practice.Proposed) (practice.Proposed, error) {
	c := p.Change
	if !c.Checks {
		c.Checked = ""
	}
	p.ID, p.At, p.State = practice.ProposedID(tx.NewID("prp")), tx.Now(), practice.ProposedWaits
	_, err := tx.exec(`INSERT INTO proposal (id, procedure, gap, member, step, act, body, rest, target, checked, reason, source, from_at,
			base, at, state, why, end_at, revision)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, '', 0, 0)`,
		p.ID, c.Procedure, orNull(p.Gap), orNull(p.By), c.Step, c.Act, c.Text, c.Rest, c.To, c.Checked, c.Reason, c.Source, c.From,
		c.Base, p.At, p.State)
	if err != nil {
		return p, fmt.Errorf("add proposal: %w", err)
	}
	return p, nil
}

// Proposed returns one by its id.
func (tx *Tx) Proposed(id practice.ProposedID) (practice.Proposed, error) {
	return scanProposal(tx.row(`SELECT `+proposalColumns+` FROM proposal WHERE id = $1`, id))
}

// ProposedTo returns those of a procedure, the newest first.
func (tx *Tx) ProposedTo(p practice.ProcedureID) ([]practice.Proposed, error) {
	return list(tx, scanProposal, `SELECT `+proposalColumns+` FROM proposal WHERE procedure = $1 ORDER BY at DESC, id DESC`, p)
}

// ProposedWaiting returns those about procedures in use of some teams that wait, the oldest first.
func (tx *Tx) ProposedWaiting(teams []practice.TeamID) ([]practice.Proposed, error) {
	return list(tx, scanProposal, `SELECT `+proposalColumns+` FROM proposal WHERE state = $2 AND procedure IN
		(SELECT id FROM procedure WHERE retired_at = 0 AND team IN `+tx.among(1)+`) ORDER BY at, id`, jsonOf(teams), practice.ProposedWaits)
}

// SaveProposed writes back what became of one that waits. It returns [practice.ErrChanged]
// where somebody was faster.
func (tx *Tx) SaveProposed(p practice.Proposed) error {
	n, err := tx.exec(`UPDATE proposal SET state = $2, why = $3, end_at = $4, revision = $5 WHERE id = $1 AND state = $6`,
		p.ID, p.State, p.Why, p.EndAt, p.Revision, practice.ProposedWaits)
	if err != nil {
		return fmt.Errorf("save proposal: %w", err)
	}
	if n == 0 {
		return practice.ErrChanged
	}
	return nil
}

// RemoveProposed takes back what a room proposed.
func (tx *Tx) RemoveProposed(p practice.Proposed) error {
	return errors.Join(tx.remove(p.ID, `DELETE FROM proposal WHERE id = $1`), tx.remove(p.Gap, `DELETE FROM people_check WHERE gap = $1`))
}

// DeclineGap lets the gap for which a room proposed something lead nowhere, and says why.
func (tx *Tx) DeclineGap(p practice.Proposed, f practice.FailureID) error {
	return errors.Join(tx.remove(p.Gap, `DELETE FROM people_check WHERE gap = $1`),
		tx.lead(p.Gap, f, practice.Route{Kind: practice.RouteDeclined, To: string(p.ID), Why: p.Why}))
}

// Propose keeps a change that could be made, and tells those who change the procedure. The
// refusals are those of [Tx.Revise].
func (tx *Tx) Propose(one practice.Proposed) (practice.Proposed, error) {
	p, err := tx.Procedure(one.Change.Procedure)
	if err != nil {
		return one, err
	}
	p, page, steps, err := tx.page(p)
	if err != nil {
		return one, err
	}
	if _, _, err := Preview(page, steps, one.Change.StepChange); err != nil {
		return one, err
	}
	one.Change.Base = p.Revision
	if one, err = tx.AddProposed(one); err != nil {
		return one, err
	}
	return one, errors.Join(tx.TellProposed(p, one.ID), tx.Emit(practice.Event{Kind: "proposal.made", About: string(p.ID), In: string(p.Team)}))
}
