package store

import (
	"errors"
	"fmt"

	"debrief/internal/practice"
	"debrief/internal/prose"
)

// CreateProcedure keeps a procedure with its first revision, every word of the
// page as it came.
func (tx *Tx) CreateProcedure(p practice.Procedure, page prose.Procedure, why practice.Revision) (Revised, error) {
	var err error
	p.ID, p.Revision = practice.ProcedureID(tx.NewID("prc")), 0
	if p.Slug, err = tx.freeSlug(p.Title); err != nil {
		return Revised{}, err
	}
	if err := tx.AddProcedure(p); err != nil {
		return Revised{}, err
	}
	return tx.Paste(p, page, why)
}

// freeSlug makes the readable name in a procedure's address. It is given once
// and stays when the title changes.
func (tx *Tx) freeSlug(title string) (string, error) {
	base := practice.Slug(title)
	for n, s := 2, base; ; n++ {
		_, err := tx.ProcedureBySlug(s)
		if errors.Is(err, practice.ErrNotFound) {
			return s, nil
		}
		if err != nil {
			return "", err
		}
		s = fmt.Sprintf("%s-%d", base, n)
	}
}
