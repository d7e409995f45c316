package app

import (
	"context"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Revision returns one version of a procedure with its whole page.
func (a *App) Revision(ctx context.Context, _ practice.Actor, id practice.ProcedureID, number int) (practice.Revision, error) {
	return read(ctx, a, func(tx *store.Tx) (practice.Revision, error) { return tx.Revision(id, number) })
}
