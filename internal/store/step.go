package store

import (
	"fmt"
	"slices"
	"strconv"

	"debrief/internal/practice"
)

const stepQuery = `SELECT step.id, step.procedure, step.place, step.depth, step.heading, said.body, said.revision,
	(SELECT min(first.revision) FROM step_text AS first WHERE first.step = step.id),
	step.retired, step.became, step.origin
	FROM step JOIN step_text AS said ON said.step = step.id
		AND said.revision = (SELECT max(t.revision) FROM step_text AS t WHERE t.step = step.id)`

// Steps returns the lines of a procedure in reading order, with their scars, what was
// said of them, what waits at them and what comes back; those taken out stand last, if they are asked for.
func (tx *Tx) Steps(p practice.ProcedureID, retired bool) ([]practice.ProcedureStep, error) {
	steps, err := list(tx, scanStep, stepQuery+` WHERE step.procedure = $1
		ORDER BY CASE WHEN step.retired = 0 THEN 0 ELSE 1 END, step.place, step.id`, p)
	if err != nil {
		return nil, err
	}
	scars, err := tx.ScarsOf(p)
	if err != nil {
		return nil, err
	}
	marks, err := tx.CoreMarks(p)
	if err != nil {
		return nil, err
	}
	waits, err := tx.coreChanges(p)
	if err != nil {
		return nil, err
	}
	trials, err := tx.trials(p)
	if err != nil {
		return nil, err
	}
	practice.Inherit(steps, scars, marks, waits)
	for _, t := range trials {
		steps[indexOfStep(steps, t.Step)].Trial = t
	}
	number(steps)
	if retired {
		return steps, nil
	}
	return slices.DeleteFunc(steps, func(s practice.ProcedureStep) bool { return s.Retired > 0 }), nil
}

// number gives the steps in use their numbers; one that was taken out keeps the
// place it had.
func number(steps []practice.ProcedureStep) {
	var depths []int
	for _, s := range steps {
		if s.Retired == 0 {
			depths = append(depths, s.Depth)
		}
	}
	numbers := practice.StepNumbers(depths)
	for i := range steps {
		if steps[i].Number = strconv.Itoa(steps[i].Place); i < len(numbers) {
			steps[i].Number = numbers[i]
		}
	}
}

// Step returns one line as it stands, with its scars.
func (tx *Tx) Step(id practice.StepID) (practice.ProcedureStep, error) {
	s, err := scanStep(tx.row(stepQuery+` WHERE step.id = $1`, id))
	if err != nil {
		return s, err
	}
	all, err := tx.Steps(s.Procedure, true)
	if err != nil {
		return s, err
	}
	return all[slices.IndexFunc(all, func(o practice.ProcedureStep) bool { return o.ID == id })], nil
}

func scanStep(r scanner) (practice.ProcedureStep, error) {
	var s practice.ProcedureStep
	err := r.Scan(&s.ID, &s.Procedure, &s.Place, &s.Depth, &s.Heading, &s.Text, &s.Since, &s.Begun, &s.Retired, &s.Became, &s.Origin)
	return s, err
}

// AddStep keeps a new line with its first wording.
func (tx *Tx) AddStep(s practice.ProcedureStep) error {
	_, err := tx.exec(`INSERT INTO step (id, procedure, place, depth, heading, retired, became, origin)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		s.ID, s.Procedure, s.Place, s.Depth, s.Heading, s.Retired, s.Became, s.Origin)
	if err != nil {
		return fmt.Errorf("add step: %w", err)
	}
	return tx.Word(s)
}

// Word keeps the wording a line has from a revision on.
func (tx *Tx) Word(s practice.ProcedureStep) error {
	_, err := tx.exec(`INSERT INTO step_text (step, revision, body) VALUES ($1, $2, $3)`, s.ID, s.Since, s.Text)
	if err != nil {
		return fmt.Errorf("keep wording: %w", err)
	}
	return nil
}

// SaveStep writes back where a line stands, or that it was taken out.
func (tx *Tx) SaveStep(s practice.ProcedureStep) error {
	_, err := tx.exec(`UPDATE step SET place = $2, depth = $3, heading = $4, retired = $5, became = $6 WHERE id = $1`,
		s.ID, s.Place, s.Depth, s.Heading, s.Retired, s.Became)
	if err != nil {
		return fmt.Errorf("save step: %w", err)
	}
	return nil
}

// Wording is what a line said from a revision on.
type Wording struct {
	Step     practice.StepID
	Revision int
	Text     string
}

// WordingsOf returns everything the lines of a procedure ever said, in the
// order of the revisions.
func (tx *Tx) WordingsOf(p practice.ProcedureID) ([]Wording, error) {
	return list(tx, scanWording, `SELECT step_text.step, step_text.revision, step_text.body
		FROM step_text JOIN step ON step.id = step_text.step
		WHERE step.procedure = $1 ORDER BY step_text.revision, step.place, step.id`, p)
}

func scanWording(r scanner) (Wording, error) {
	var w Wording
	err := r.Scan(&w.Step, &w.Revision, &w.Text)
	return w, err
}
