package job

import (
	"context"
	"encoding/json"
	"time"

	"debrief/internal/store"
)

// Daily is work that is done once a day by whichever node is there. It is begun
// again whenever a node starts, so it should not mind a second time.
type Daily struct {
	Store *store.Store
	Kind  string
	Work  func(context.Context) error
}

// Begin leaves today's work.
func (d Daily) Begin(ctx context.Context) error {
	return d.Store.Update(ctx, func(tx *store.Tx) error { return tx.EnqueueDaily(d.Kind, tx.Now()) })
}

// Run is the handler of the kind. It leaves tomorrow's work before it does
// today's: work that fails does not end the days after it.
func (d Daily) Run(ctx context.Context, _ json.RawMessage) error {
	err := d.Store.Update(ctx, func(tx *store.Tx) error { return tx.EnqueueDaily(d.Kind, tx.Now().Add(24*time.Hour)) })
	if err != nil {
		return err
	}
	return d.Work(ctx)
}
